// Events as rows: what each kind of file says of an event, and what it does not say.

#include "tocsin/event_columns.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "event_files.hpp"
#include "event_folder.hpp"
#include "zip_archive.hpp"

namespace tocsin {
namespace {

using event_files::EventFolder;
using event_files::Fields;
using event_files::Gdelt;
using event_files::gdelt1_row;
using event_files::gdelt2_row;
using event_files::gdelt_fields;
using event_files::line;

std::string cell(const EventColumn& column, std::size_t row) {
  switch (column.kind) {
    case EventColumn::Kind::day:
      return column.days.at(row) == EventTable::never ? "" : to_string(column.days[row]);
    case EventColumn::Kind::number: {
      std::ostringstream text;
      if (!std::isnan(column.numbers.at(row))) text << column.numbers[row];
      return text.str();
    }
    case EventColumn::Kind::text:
      break;
  }
  return column.names.at(column.texts.at(row));
}

// Each row as "date 2025-05-07, source IND, ...": what is missing is left out, so that a zero would be seen.
Fields shown(const std::vector<EventColumn>& columns) {
  Fields rows(columns.at(0).size());
  for (const EventColumn& column : columns) {
    EXPECT_EQ(column.size(), rows.size()) << column.name;
    for (std::size_t row = 0; row < rows.size(); ++row) {
      const std::string value = cell(column, row);
      if (value.empty()) continue;
      rows[row] += (rows[row].empty() ? "" : ", ") + column.name + " " + value;
    }
  }
  return rows;
}

std::vector<EventColumn> columns_of(const std::string& text, const std::vector<std::string>& names,
                                    const ReadOptions& options = {}) {
  std::istringstream stream(text);
  return read_event_columns(stream, "events", names, options);
}

Fields shown(const std::string& text, const ReadOptions& options = {}) {
  std::vector<std::string> names = event_column_names();
  names.pop_back();  // the file, which is the same throughout
  return shown(columns_of(text, names, options));
}

const std::string gdelt_numbers = ", is_root 1, mentions 10, sources 2, articles 8, quad_class 4, intensity -10, ";

TEST(EventColumns, Gdelt1WithAndWithoutAnAddress) {
  const std::string both = "date 2025-05-07, source IND, target PAK, code 190, id 1, date_added 2025-05-07" +
                           gdelt_numbers + "tone 1.5, latitude 33.5, longitude 73.25, country PK, ";
  const std::string actors = "source_code INDGOV, target_code PAKMIL";
  EXPECT_EQ(shown(gdelt1_row({}, 57) + gdelt1_row({.id = "2"}, 58)),
            (Fields{both + actors, [&] {
                      std::string second = both + "url http://a.example/1, " + actors;
                      return second.replace(second.find("id 1"), 4, "id 2");
                    }()}));
}

TEST(EventColumns, Gdelt2AndWhatARowOfItLeavesEmpty) {
  Fields bare = gdelt_fields({.id = "2", .date = "20250506", .source = "CHN", .code = "042"}, 61);
  for (const std::size_t number : {6, 16, 26, 30, 31, 32, 33, 34, 35, 54, 57, 58, 60, 61}) bare[number - 1].clear();
  EXPECT_EQ(shown(gdelt2_row({.added = "20250508001500"}) + line(bare)),
            (Fields{"date 2025-05-07, source IND, target PAK, code 190, id 1, date_added 2025-05-08" + gdelt_numbers +
                        "tone 1.5, latitude 28.5, longitude 77.25, country IN, url http://a.example/2, source_code "
                        "INDGOV, target_code PAKMIL",
                    // Without a day of its own a row was added on the day of the event; it is a root unless it says no.
                    "date 2025-05-06, source CHN, target PAK, code 042, id 2, date_added 2025-05-06, is_root 1"}));
}

TEST(EventColumns, GdeltByTheNamesOfAQuery) {
  EXPECT_EQ(shown("SQLDATE,GLOBALEVENTID,Actor1CountryCode,Actor2CountryCode,EventCode,AvgTone\n"
                  "20250507,7,IND,PAK,010,-2.25\n"),
            Fields{"date 2025-05-07, source IND, target PAK, code 010, id 7, tone -2.25"});
}

TEST(EventColumns, GdeltReducedOfBothLengths) {
  EXPECT_EQ(
      shown(line({"19790101", "INDMIL", "PAK", "195", "3", "7", "4", "-10.0", "1", "1", "1", "1", "1", "1", "1", "28.5",
                  "77.25"})),
      Fields{"date 1979-01-01, source INDMIL, target PAK, code 195, events 3, articles 7, quad_class 4, intensity "
             "-10, latitude 28.5, longitude 77.25"});
  EXPECT_EQ(shown(line({"19990131", "IND", "PAK", "010", "1", "0.0", "1", "2", "3", "4", "28.5", ""})),
            Fields{"date 1999-01-31, source IND, target PAK, code 010, quad_class 1, intensity 0, latitude 28.5"});
}

TEST(EventColumns, IcewsWithCodesOrWithWords) {
  const Fields header{"Event ID",  "Event Date",  "Source Name", "Source Country", "Event Text", "CAMEO Code",
                      "Intensity", "Target Name", "Country",     "Target Country", "Latitude",   "Longitude"};
  Fields row{"9",    "2018-06-01", "Narendra Modi", "India", "Consult", "040", "1.0",
             "Army", "NA",         "Pakistan",      "--",    "105.841"};
  const std::string wanted =
      "date 2018-06-01, source India, target Pakistan, code 040, id 9, intensity 1, longitude 105.841, source_code "
      "Narendra Modi, target_code Army";
  EXPECT_EQ(shown(line(header) + line(row)), Fields{wanted});
  Fields without = header;
  without.erase(without.begin() + 5);
  row.erase(row.begin() + 5);
  row[1] = "6/1/2018";
  EXPECT_EQ(shown(line(without) + line(row)), Fields{wanted});
}

const Fields polecat_header{"Event ID",  "Event Date",        "Event Type", "Event Mode",       "Intensity",
                            "Quad Code", "Contexts",          "Actor Name", "Actor Country",    "Recipient Name",
                            "Country",   "Recipient Country", "Latitude",   "Publication Date", "Headline"};

TEST(EventColumns, Polecat) {
  const Fields row{"X1",   "2023-01-03",       "CONSULT",       "visit", "4.0",   "VERBAL COOPERATION",
                   "None", "Foreign Ministry", "IND",           "None",  "India", "PAK",
                   "None", "2023-01-05",       "\"A\" headline"};
  EXPECT_EQ(shown(line(polecat_header) + line(row)),
            Fields{"date 2023-01-03, source IND, target PAK, code CONSULT:visit, id X1, date_added 2023-01-05, "
                   "quad_class VERBAL COOPERATION, intensity 4, country India, source_code Foreign Ministry"});
}

TEST(EventColumns, Regression_BytesOfAnOlderEncodingAreText) {
  const Fields row{"X1",  "2023-01-03", "CONSULT",  "visit", "4.0",  "",           "", "C\xF4te d'Ivoire",
                   "IND", "\xC9t\xE9",  "P\xE9rou", "PAK",   "None", "2023-01-05", "x"};
  EXPECT_EQ(shown(columns_of(line(polecat_header) + line(row), {"source_code", "target_code", "country"})),
            Fields{"source_code C\xC3\xB4te d'Ivoire, target_code \xC3\x89t\xC3\xA9, country P\xC3\xA9rou"});
  // Addresses of GDELT hold what the web holds.
  Fields gdelt = gdelt_fields({}, 61);
  gdelt[60] = "http://a.example/\xE9";
  EXPECT_EQ(shown(columns_of(line(gdelt), {"url"})), Fields{"url http://a.example/\xC3\xA9"});
}

TEST(EventColumns, Regression_WhatIsANumberInPartOnlyIsMissing) {
  Fields row = gdelt_fields({}, 61);
  row[30] = "-10 or so";
  row[56] = "28.5N";
  row[57] = "7,5";
  EXPECT_EQ(shown(columns_of(line(row), {"intensity", "latitude", "longitude", "tone"})), Fields{"tone 1.5"});
}

TEST(EventColumns, PhoenixAndItsHistory) {
  Fields row(26);
  row[0] = "123_v0.3.0";
  row[1] = "20180131";
  row[5] = "INDGOV";
  row[6] = "IND";
  row[9] = "PAKMIL";
  row[10] = "PAK";
  row[13] = "036";
  row[15] = "0";
  row[16] = "4.0";
  row[18] = "0.0";
  row[19] = "-0.5";
  row[22] = "IN";
  row[24] = "http://a.example/3";
  EXPECT_EQ(shown(line(row)),
            // A latitude of zero is one; the class runs from zero.
            Fields{"date 2018-01-31, source IND, target PAK, code 036, id 123_v0.3.0, quad_class 0, intensity 4, "
                   "latitude 0, longitude -0.5, country IN, url http://a.example/3, source_code INDGOV, target_code "
                   "PAKMIL"});
  EXPECT_EQ(shown("eid,story_date,source,source_root,target,target_root,code,quad_class,goldstein,lat,lon,countryname\n"
                  "NYT1,1/31/1950,USAGOV,USA,SUNMIL,SUN,036,2,,1,2,Russia\n"),
            Fields{"date 1950-01-31, source USA, target SUN, code 036, id NYT1, quad_class 2, latitude 1, longitude 2, "
                   "country Russia, source_code USAGOV, target_code SUNMIL"});
}

TEST(EventColumns, WhatPeopleCoded) {
  EXPECT_EQ(shown("event_id_cnty,event_date,event_type,sub_event_type,actor1,actor2,country,latitude,longitude,"
                  "fatalities,timestamp\n"
                  "IND1,7 May 2025,Battles,Armed clash,A,\"B, \"\"C\"\"\",India,33.5,,0,1746705600\n"),
            Fields{"date 2025-05-07, source A, target B, \"C\", code Battles:Armed clash, id IND1, date_added "
                   "2025-05-08, intensity 0, latitude 33.5, country India"});
  // An event of several days is one row.
  EXPECT_EQ(shown("id,type_of_violence,side_a,side_b,country,date_start,date_end,best,gwnoa,gwnob\n"
                  "1,2,IS,Taleban,Iraq,2020-02-28 00:00:00.000,2020-03-01 00:00:00.000,3,,\n"
                  "2,2,IS,Taleban,Iraq,2020-02-28,,,,\n"),
            (Fields{"date 2020-02-28, source IS, target Taleban, code 2, id 1, intensity 3, country Iraq, last_day "
                    "2020-03-01",
                    "date 2020-02-28, source IS, target Taleban, code 2, id 2, country Iraq, last_day 2020-02-28"}));
  EXPECT_EQ(shown("790415\tISR\tLBN\t223\t(MIL ENGAGEMENT)\n"),
            Fields{"date 1979-04-15, source ISR, target LBN, code 223"});
}

TEST(EventColumns, ATidyTableWithAllThatItMayHoldAndWithTheLeast) {
  EXPECT_EQ(shown("id,date,date_added,source,target,code,is_root,events,mentions,sources,articles,url\n"
                  "a,2025-05-07,2025-05-08,IND,PAK,010,0,2,30,4,0,x\n"
                  ",2025-05-08,,NA,PAK,190,,,,,,\n"),
            (Fields{"date 2025-05-07, source IND, target PAK, code 010, id a, date_added 2025-05-08, is_root 0, events "
                    "2, mentions 30, sources 4, articles 0, url x",
                    "date 2025-05-08, source NA, target PAK, code 190, date_added 2025-05-08, is_root 1, events 1"}));
  EXPECT_EQ(shown("date,source,target,code\n2025-05-07,IND,PAK,010\n"),
            Fields{"date 2025-05-07, source IND, target PAK, code 010"});
}

TEST(EventColumns, OnlyWhatIsAskedForInTheOrderAsked) {
  const std::vector<EventColumn> columns = columns_of(gdelt2_row({}), {"code", "tone", "date", "code"});
  ASSERT_EQ(columns.size(), 4U);
  EXPECT_EQ(shown(columns), Fields{"code 190, tone 1.5, date 2025-05-07, code 190"});
  EXPECT_TRUE(columns_of(gdelt2_row({}), {}).empty());
}

TEST(EventColumns, AnUnknownColumnIsAnErrorThatListsWhatExists) {
  std::string known;
  for (const std::string& name : event_column_names()) known += (known.empty() ? "" : ", ") + name;
  try {
    static_cast<void>(columns_of(gdelt2_row({}), {"date", "colour"}));
    ADD_FAILURE() << "was read";
  } catch (const InputError& error) {
    EXPECT_EQ(std::string{error.what()}, "column \"colour\" is unknown, expected some of " + known);
  }
  // Roles that are parts of others have no column.
  for (const char* name : {"code_detail", "source_number", "", "Date"}) {
    EXPECT_THROW(static_cast<void>(columns_of(gdelt2_row({}), {name})), InputError) << name;
  }
}

TEST(EventColumns, RowsThatAreNotKeptHaveNone) {
  const std::string text = gdelt2_row({.id = "1"}) + gdelt2_row({.id = "2", .source = ""}) +
                           gdelt2_row({.id = "3", .date = "?"}) + gdelt2_row({.id = "4", .target = "---"}) + "x\n" +
                           gdelt2_row({.id = "5"});
  EXPECT_EQ(shown(columns_of(text, {"id"}, {.max_rejected_share = 1})), (Fields{"id 1", "id 5"}));
}

TEST(EventColumns, OfSeveralVersionsTheOneThatTheReportKeeps) {
  const std::string text = gdelt2_row({.id = "1", .code = "190", .added = "20250507000000"}) +
                           gdelt2_row({.id = "2", .code = "042", .added = "20250507000000"}) +
                           gdelt2_row({.id = "1", .code = "010", .added = "20250509000000"}) +
                           gdelt2_row({.id = "2", .code = "042", .added = "20250507000000"}) +
                           gdelt2_row({.id = "3", .code = "112", .added = "20250507000000"}) +
                           gdelt2_row({.id = "3", .source = "", .added = "20250508000000"});
  const ReadReport report = event_files::reading_of(text).report;
  EXPECT_EQ(report.superseded, 2);
  EXPECT_EQ(report.duplicates, 1);
  EXPECT_EQ(report.one_sided, 1);
  const Fields rows = shown(columns_of(text, {"id", "code"}));
  EXPECT_EQ(static_cast<std::int64_t>(rows.size()), report.kept);
  EXPECT_EQ(rows, (Fields{"id 2, code 042", "id 1, code 010"}));
}

TEST(EventColumns, ActorsAsStatesOfTheDayAndOthersAsTheyAre) {
  const std::string text = gdelt1_row({.id = "1", .date = "19890101", .source = "SUN", .target = "ROM"}) +
                           gdelt1_row({.id = "2", .source = "EUR", .target = "ROM"}) +
                           gdelt1_row({.id = "3", .target = "QQQ"});
  // Romania was ROM to the rest of the world until 2002.
  EXPECT_EQ(shown(columns_of(text, {"source", "target", "source_code"}, {.actors = ActorForm::iso3})),
            (Fields{"source SUN, target ROM, source_code SUNGOV", "source europe, target ROU, source_code EURGOV",
                    "source IND, target QQQ, source_code INDGOV"}));
  EXPECT_EQ(shown(columns_of(text, {"source", "target"}, {.actors = ActorForm::code}))[0],
            "source SUNGOV, target ROMMIL");
}

class EventColumnsOfFiles : public EventFolder {};

TEST_F(EventColumnsOfFiles, RowsKeepTheOrderOfTheFilesWhateverTheThreads) {
  std::vector<std::string> names;
  Fields wanted;
  for (int file = 0; file < 6; ++file) {
    std::string text;
    for (int i = 0; i < 30; ++i) {
      const std::string id = std::to_string(100 * (6 - file) + (i * 7) % 30);
      text += gdelt2_row({.id = id});
      wanted.push_back("id " + id);
    }
    const std::string name = std::to_string(9 - file);
    names.push_back(file % 2 == 0 ? write(name, text) : write(name, zip_archive::gzipped(text)));
  }
  for (const int threads : {1, 2, 5}) {
    EXPECT_EQ(shown(read_event_columns(names, {"id"}, {.threads = threads})), wanted) << threads;
  }
}

TEST_F(EventColumnsOfFiles, EachRowNamesItsFileAlsoInsideAnArchive) {
  const std::string plain = write("plain", gdelt2_row({.id = "1"}));
  const std::string zipped = write("zipped", zip_archive::zip_of({{.name = "a", .text = gdelt2_row({.id = "2"})},
                                                                  {.name = "b", .text = gdelt2_row({.id = "3"})}}));
  const ReadReport report = read_events({plain, zipped}).report;
  const Fields rows = shown(read_event_columns({plain, zipped}, {"file", "id"}));
  ASSERT_EQ(report.files.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(rows.at(i), "file " + report.files[i].name + ", id " + std::to_string(i + 1));
  }
  EXPECT_EQ(report.files[0].name, plain);
}

// Of an event in two files the row of the file that comes first stays, since nothing else tells them apart.
TEST_F(EventColumnsOfFiles, AnEventOfTwoFilesHasOneRow) {
  const std::vector<std::string> names{write("b", gdelt2_row({.id = "1"}) + gdelt2_row({.id = "2"})),
                                       write("a", gdelt2_row({.id = "2"}) + gdelt2_row({.id = "3"}))};
  EXPECT_EQ(shown(read_event_columns(names, {"id", "file"})),
            (Fields{"id 1, file " + names[0], "id 2, file " + names[0], "id 3, file " + names[1]}));
}

// Both kinds of GDELT have the event 1, and it is not the same.
TEST_F(EventColumnsOfFiles, KindsThatGoTogetherKeepTheirOwnPlaces) {
  const std::vector<std::string> names{write("two", gdelt2_row({})), write("one", gdelt1_row({}, 57))};
  EXPECT_EQ(shown(read_event_columns(names, {"id", "country", "latitude", "url"})),
            (Fields{"id 1, country IN, latitude 28.5, url http://a.example/2", "id 1, country PK, latitude 33.5"}));
}

// The header comes after lines that hold nothing but line ends that were translated twice.
TEST(EventColumns, Regression_BlankLinesBeforeAHeader) {
  const std::string header =
      "Event ID\tEvent Date\tSource Name\tSource Country\tEvent Text\tCAMEO Code\tTarget Name\t"
      "Target Country\n";
  const std::string row = "1\t2018-06-01\ta\tIndia\tx\t040\tb\tPakistan\n";
  for (const std::string blank : {"\n", "\r\n", "\r\r\n", "\r\r\n\r\r\r\n\n"}) {
    const EventReading reading = event_files::reading_of(blank + header + row + blank);
    EXPECT_EQ(reading.report.rows, 1);
    EXPECT_EQ(reading.report.kept, 1);
    const std::string tidy = blank + "date,source,target,code\n" + blank + "2018-06-01,IND,PAK,040\n" + blank;
    EXPECT_EQ(event_files::reading_of(tidy).report.rows, 1);
  }
}

}  // namespace
}  // namespace tocsin
