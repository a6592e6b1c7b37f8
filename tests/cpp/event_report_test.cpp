#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "event_files.hpp"
#include "event_folder.hpp"

namespace tocsin {
namespace {

using event_files::EventFolder;
using event_files::fault_of;
using event_files::Fields;
using event_files::Gdelt;
using event_files::gdelt1_row;
using event_files::gdelt2_row;
using event_files::gdelt_fields;
using event_files::line;
using event_files::reading_of;
using event_files::rows_accounted_for;

const ReadOptions lenient{.max_rejected_share = 1};

std::string gdelt_rows(int from, int count) {
  std::string text;
  for (int i = from; i < from + count; ++i) text += gdelt2_row({.id = std::to_string(i)});
  return text;
}

TEST(EventReport, EveryReasonWithTheLineAndTheField) {
  const std::string zero(1, '\0');
  Fields narrow = gdelt_fields({}, 61);
  narrow.pop_back();
  Fields wide = gdelt_fields({}, 61);
  wide.push_back("x");
  const std::string text = gdelt2_row({}) + line(narrow) + "\n" + line(wide) + gdelt2_row({.date = "20250431"}) +
                           gdelt2_row({.date = "17991231"}) + gdelt2_row({.added = "22000101000000"}) +
                           gdelt2_row({.code = ""}) + gdelt2_row({.mentions = "many"}) + gdelt2_row({.id = "1.5"}) +
                           gdelt2_row({.source = "IN\xFF"}) + gdelt2_row({.code = "19" + zero}) +
                           gdelt2_row({.code = std::string(121, '1')}) + gdelt2_row({.sources = "-1"}) +
                           gdelt2_row({.id = "", .source = ""}) + gdelt2_row({.id = "99"});
  const ReadReport report = reading_of(text, lenient).report;
  EXPECT_EQ(report.rows, 15);
  EXPECT_EQ(report.kept, 2);
  EXPECT_EQ(report.rejected_rows(), 13);
  EXPECT_EQ(rows_accounted_for(report), report.rows);
  std::map<std::string, std::string> seen;  // line and field -> what
  for (const auto& [reason, found] : report.rejected) {
    EXPECT_EQ(found.rows, static_cast<std::int64_t>(found.examples.size()));
    for (const std::string& example : found.examples) {
      const std::size_t end = example.find(": ");
      seen[example.substr(7, end - 7)] = std::string{name_of(reason)} + example.substr(end);
    }
  }
  const std::string cut = "; is the line cut off, or a separator missing?";
  const std::map<std::string, std::string> wanted{
      {"2", "wrong number of fields: expected 61 fields, found 60" + cut},
      {"4", "wrong number of fields: expected 61 fields, found 62" + cut},
      {"5:2", "no date: column \"date\" holds \"20250431\", expected a day as YYYY-MM-DD"},
      {"6:2", "date out of range: the date 17991231 is out of range, expected a day from 1800-01-01 to 2199-12-31"},
      {"7:60",
       "date out of range: the date 22000101000000 is out of range, expected a day from 1800-01-01 to 2199-12-31"},
      {"8:27", "no event code: column \"code\" is empty, expected an event code"},
      {"9:32", "no number: column \"mentions\" holds \"many\", expected a whole number"},
      {"10:1", "no number: column \"id\" holds \"1.5\", expected a whole number"},
      {"11:8", "not text: column \"source\" holds \"IN?\", which is not UTF-8 text"},
      {"12:27", "not text: column \"code\" holds \"19?\", which is not UTF-8 text"},
      {"13:27", "too long: column \"code\" is too long for one: 121 characters"},
      {"14:33", "no number: column \"sources\" holds \"-1\", expected a whole number"},
      {"15:1", "no number: column \"id\" holds \"\", expected a whole number"}};
  EXPECT_EQ(seen, wanted);
}

TEST(EventReport, TheLimitIsAShareThatMayBeReached) {
  const std::string broken = gdelt2_row({.date = "?"});
  const EventReading at_limit = reading_of(gdelt_rows(1, 19) + broken);
  EXPECT_EQ(at_limit.report.rejected_rows(), 1);
  ASSERT_EQ(at_limit.events.warnings.size(), 1U);
  EXPECT_EQ(
      at_limit.events.warnings[0],
      "events: 1 of 20 rows cannot be read; no date: 1, as in events:20:2: column \"date\" holds \"?\", expected a "
      "day as YYYY-MM-DD");
  EXPECT_EQ(fault_of(gdelt_rows(1, 18) + broken),
            "events:19:2: column \"date\" holds \"?\", expected a day as YYYY-MM-DD; 1 of 19 rows cannot be read, more "
            "than the 5 % allowed; is the source right? If it is, mend the file or raise max_rejected_share");
  EXPECT_EQ(reading_of(gdelt_rows(1, 18) + broken, {.max_rejected_share = 0.06}).report.kept, 18);
  EXPECT_NE(fault_of(gdelt_rows(1, 1) + broken, {.max_rejected_share = 0.07}).find("more than the 7 % allowed"),
            std::string::npos);
  EXPECT_NE(fault_of(gdelt_rows(1, 99) + broken, {.max_rejected_share = 0}).find("more than the 0 % allowed"),
            std::string::npos);
  for (const double share : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_EQ(fault_of(gdelt_rows(1, 1), {.max_rejected_share = share}).substr(0, 22), "max_rejected_share is ");
  }
}

TEST(EventReport, TheErrorNamesTheFirstRowOfAllThatCannotBeRead) {
  const std::string text = gdelt_rows(1, 1) + gdelt2_row({.code = ""}) + gdelt2_row({.date = "?"}) + "x\n";
  EXPECT_EQ(fault_of(text).substr(0, 12), "events:2:27:");
}

TEST(EventReport, OneTabTooManyAtTheEndOfALine) {
  Fields fields = gdelt_fields({}, 61);
  fields.emplace_back();
  EXPECT_EQ(reading_of(line(fields)).report.kept, 1);
  fields.emplace_back();
  EXPECT_EQ(reading_of(gdelt_rows(1, 19) + line(fields)).report.rejected_rows(), 1);
  // Of a 57-column row the tab makes one of 58, without an address.
  Fields old = gdelt_fields({}, 57);
  old.emplace_back();
  EXPECT_EQ(reading_of(line(old)).report.kept, 1);
  old.emplace_back();
  EXPECT_EQ(reading_of(line(old)).report.kept, 1);
}

TEST(EventReport, OfEachReasonTheFirstExamples) {
  std::string text = gdelt_rows(1, 1);
  for (int i = 0; i < 20; ++i) text += gdelt2_row({.date = std::to_string(i)});
  const ReadReport report = reading_of(text, lenient).report;
  const ReadReport::Rejected& found = report.rejected.at(RejectReason::bad_date);
  EXPECT_EQ(found.rows, 20);
  ASSERT_EQ(found.examples.size(), 5U);
  EXPECT_EQ(found.examples[4].substr(0, 11), "events:6:2:");
}

TEST(EventReport, LinesOfQuotedRecordsThatSpanSeveral) {
  const EventReading reading = reading_of(
      "date,source,target,code,notes\n2025-05-07,IND,PAK,010,\"a\nb\nc\"\n\n2025-05-0,IND,PAK,010,\"d\ne\"\n"
      "2025-05-07,,PAK,010,f\n",
      lenient);
  EXPECT_EQ(reading.report.rejected.at(RejectReason::bad_date).examples.at(0).substr(0, 11), "events:6:1:");
  EXPECT_EQ(reading.report.rejected.at(RejectReason::no_actor).examples.at(0).substr(0, 11), "events:8:2:");
}

TEST(EventReport, ALostQuoteIsOneReasonWithItsLines) {
  std::string text = "date,source,target,code,notes\n";
  for (int i = 0; i < 99; ++i) text += "2025-05-07,IND,PAK,010,x\n";
  text += "2025-05-07,IND,PAK,010,\"x\n2025-05-07,IND,PAK,010,x\n";
  const EventReading reading = reading_of(text);
  EXPECT_EQ(reading.report.rows, 101);
  EXPECT_EQ(reading.report.rejected.at(RejectReason::open_quote).rows, 2);
  EXPECT_EQ(reading.report.rejected.at(RejectReason::open_quote).examples.at(0),
            "events:101: a quote is opened and not closed before the end of the text; close it or remove it");
}

class EventReportOfFiles : public EventFolder {};

TEST_F(EventReportOfFiles, LinesBeyondTheFirstPieceOfALargeFile) {
  const int rows = 110'000;
  std::string text;
  std::map<int, std::size_t> broken;  // line -> where it begins
  for (int i = 1; i <= rows; ++i) {
    if (i % 20'000 == 0) {
      broken[i] = text.size();
      text += gdelt2_row({.date = "?"});
    } else {
      text += i % 977 == 0 ? "\r\n" : gdelt2_row({.id = std::to_string(i)});
    }
  }
  ASSERT_GT(text.size(), 20'000'000U);
  ASSERT_GT(broken.rbegin()->second, std::size_t{16} << 20);
  const int blank = rows / 977;
  for (const int threads : {1, 2, 4}) {
    const ReadReport report = read_events({write("large", text)}, {.threads = threads}).report;
    EXPECT_EQ(report.rows, rows - blank);
    EXPECT_EQ(report.kept, rows - blank - 5);
    const auto& examples = report.rejected.at(RejectReason::bad_date).examples;
    ASSERT_EQ(examples.size(), broken.size());
    std::size_t i = 0;
    for (const auto& [number, place] : broken) {
      const std::string where = folder_ + "/large:" + std::to_string(number) + ":2:";
      EXPECT_EQ(examples[i++].substr(0, where.size()), where);
    }
  }
}

TEST_F(EventReportOfFiles, ALongLineInALargeFileIsOneRow) {
  const std::string rows = gdelt_rows(1, 40);
  const std::string text = rows + std::string(10U << 20U, 'x') + "\n" + gdelt_rows(41, 40) + gdelt2_row({.date = "?"});
  const ReadReport report = read_events({write("long", text)}).report;
  EXPECT_EQ(report.rows, 82);
  EXPECT_EQ(report.kept, 80);
  const std::string path = folder_ + "/long:";
  EXPECT_EQ(report.rejected.at(RejectReason::too_long).examples.at(0),
            path + "41: the line is longer than 1 MiB; expected one short row a line");
  EXPECT_EQ(report.rejected.at(RejectReason::bad_date).examples.at(0).substr(0, path.size() + 5), path + "82:2:");
}

TEST_F(EventReportOfFiles, EachFileHasItsOwnNumbers) {
  const std::vector<std::string> names{write("a", gdelt_rows(1, 30) + gdelt2_row({.date = "?"})),
                                       write("b", gdelt_rows(31, 5)), write("c", gdelt_rows(36, 30) + "x\n")};
  const ReadReport report = read_events(names).report;
  ASSERT_EQ(report.files.size(), 3U);
  const std::array<std::int64_t, 3> rows{31, 5, 31};
  const std::array<std::int64_t, 3> rejected{1, 0, 1};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(report.files[i].name, names[i]);
    EXPECT_EQ(report.files[i].source, "gdelt2");
    EXPECT_EQ(report.files[i].rows, rows[i]);
    EXPECT_EQ(report.files[i].rejected, rejected[i]);
  }
  EXPECT_EQ(report.rejected.at(RejectReason::wrong_width).examples.at(0).substr(0, names[2].size() + 4),
            names[2] + ":31:");
  EXPECT_EQ(rows_accounted_for(report), 67);
}

TEST_F(EventReportOfFiles, BothVersionsOfGdeltGoTogether) {
  const std::vector<std::string> names{write("two", gdelt2_row({})), write("one", gdelt1_row({}))};
  const EventReading reading = read_events(names);
  EXPECT_EQ(reading.report.kept, 2);  // of one number, but of two feeds
  EXPECT_EQ(reading.report.files[0].source, "gdelt2");
  EXPECT_EQ(reading.report.files[1].source, "gdelt1");
  EXPECT_EQ(reading.events.origin, names[0] + " and 1 more");
}

TEST_F(EventReportOfFiles, KindsThatDoNotGoTogether) {
  const std::string gdelt = write("gdelt", gdelt2_row({}));
  const std::string ucdp =
      write("ucdp", "id,type_of_violence,side_a,side_b,date_start,date_end\n1,1,A,B,2020-01-01,2020-01-01\n");
  for (const auto& names : {std::vector{gdelt, ucdp}, std::vector{ucdp, gdelt}}) {
    try {
      static_cast<void>(read_events(names));
      ADD_FAILURE() << "was read";
    } catch (const InputError& error) {
      const std::string message = error.what();
      EXPECT_EQ(message.substr(0, names[1].size() + 5), names[1] + ": is ");
      EXPECT_NE(message.find("UCDP GED"), std::string::npos);
      EXPECT_NE(message.find("their codes or actors are not the same; read them apart"), std::string::npos);
    }
  }
}

TEST(EventReport, WhatIsNoTableSaysWhatItIs) {
  const auto says = [](const std::string& text, const std::string& what) {
    const std::string fault = fault_of(text);
    EXPECT_EQ(fault.substr(0, 8), "events: ");
    EXPECT_NE(fault.find(what), std::string::npos) << fault;
  };
  says("", "the file is empty");
  says("\n\r\n \t\n", "the file is empty");
  says("\xEF\xBB\xBF", "the file is empty");
  says("<!DOCTYPE html><html><body>404", "is a web page or XML");
  says("\n  <?xml version=\"1.0\"?>", "is a web page or XML");
  says("{\"error\": \"no token\"}", "is JSON");
  says("[{\"date\": \"2025-05-07\", \"source\": \"IND\"}]", "is JSON");
  says(std::string("\xFF\xFE") + std::string("d\0a\0t\0e\0", 8), "is UTF-16 text; save the file as UTF-8");
  says(std::string("\xFE\xFF\0d\0a", 6), "is UTF-16 text");
  says(std::string("d\0a\0t\0e\0,\0", 10), "binary data");
  says(std::string("\x7F"
                   "ELF\0\0\0\1rubbish",
                   15),
       "binary data");
  says("\xDE\xAD\xBE\xEF\x01\x02\n", "expected the columns \"date\"");
  says("date,source,target,code\n", "there is a header but no row");
  says("date,source,target,code\n\n\r\n", "there is a header but no row");
  says("date,source,target,code", "there is a header but no row");
  says("date,source,target,\"code\n2025-05-07,IND,PAK,010\n", "expected the columns");
}

TEST(EventReport, AllRowsMayBeBrokenWhereThatIsAllowed) {
  const EventReading reading = reading_of("date,source,target,code\n?,IND,PAK,010\n", lenient);
  EXPECT_EQ(reading.events.size(), 0U);
  EXPECT_EQ(reading.report.rejected_rows(), 1);
  EXPECT_TRUE(std::isnan(reading.report.share_of_both_sides()));  // of nothing
}

TEST(EventReport, NulBytesInFieldsThatNobodyReadsDoNoHarm) {
  Fields fields = gdelt_fields({.id = "2"}, 61);
  fields[60] = std::string("http://a\0\xFF", 10);
  // Behind the first 64 KiB, which would be taken for binary data.
  const EventReading reading = reading_of(gdelt_rows(10, 1000) + line(fields));
  EXPECT_EQ(reading.report.kept, 1001);
}

}  // namespace
}  // namespace tocsin
