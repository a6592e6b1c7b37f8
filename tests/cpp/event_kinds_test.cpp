// Files without a header: known by the number of their fields.

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "event_files.hpp"
#include "tocsin/event_columns.hpp"

namespace tocsin {
namespace {

using event_files::Fields;
using event_files::Gdelt;
using event_files::gdelt1_row;
using event_files::gdelt2_row;
using event_files::gdelt_fields;
using event_files::line;
using event_files::long_rows;
using event_files::reading_of;
using event_files::short_rows;

const std::string gdelt_rest = " root 1 events 1 mentions 10 sources 2 articles 8";

TEST(EventKinds, Gdelt2) {
  const EventReading reading = reading_of(gdelt2_row({.code = "042", .added = "20250508001500"}) +
                                          gdelt2_row({.id = "2", .source = "CHN", .is_root = "0", .articles = "9"}));
  EXPECT_EQ(reading.events.source, "gdelt2");
  EXPECT_EQ(reading.events.codebook, "cameo-1.1b3");
  EXPECT_EQ(reading.events.actor_system, "cameo");
  EXPECT_EQ(long_rows(reading.events),
            (Fields{"2025-05-07 CHN>PAK 190 added 2025-05-07 root 0 events 1 mentions 10 sources 2 articles 9",
                    "2025-05-07 IND>PAK 042 added 2025-05-08" + gdelt_rest}));
}

TEST(EventKinds, Gdelt1OfBothWidthsInOneFile) {
  const EventReading reading =
      reading_of(gdelt1_row({.id = "1", .date = "19790101", .added = "19790102"}, 57) +
                 gdelt1_row({.id = "2", .date = "20130401", .added = "20130402"}, 58) +
                 gdelt1_row({.id = "3", .date = "20130401", .code = "010", .added = "20130402"}, 57));
  EXPECT_EQ(reading.events.source, "gdelt1");
  EXPECT_EQ(long_rows(reading.events), (Fields{"1979-01-01 IND>PAK 190 added 1979-01-02" + gdelt_rest,
                                               "2013-04-01 IND>PAK 010 added 2013-04-02" + gdelt_rest,
                                               "2013-04-01 IND>PAK 190 added 2013-04-02" + gdelt_rest}));
  EXPECT_EQ(reading.report.rejected_rows(), 0);
  for (const std::size_t width : {57, 58}) {
    EXPECT_EQ(reading_of(gdelt1_row({}, width)).events.source, "gdelt1") << width;
  }
}

TEST(EventKinds, GdeltRowsThatNameOneSideOnly) {
  const EventReading reading = reading_of(
      gdelt2_row({}) + gdelt2_row({.id = "2", .source = ""}) + gdelt2_row({.id = "3", .target = ""}) +
      gdelt2_row({.id = "4", .source = "", .target = "", .code = ""}) + gdelt2_row({.id = "5", .source = "---"}));
  EXPECT_EQ(reading.report.kept, 1);
  EXPECT_EQ(reading.report.one_sided, 4);
  EXPECT_DOUBLE_EQ(reading.report.share_of_both_sides(), 0.2);
}

TEST(EventKinds, GdeltActorsInFull) {
  ReadOptions options;
  options.actors = ActorForm::code;
  EXPECT_EQ(short_rows(reading_of(gdelt2_row({}), options).events), Fields{"2025-05-07 INDGOV>PAKMIL 190"});
  options.actors = ActorForm::iso3;
  EXPECT_EQ(short_rows(reading_of(gdelt2_row({.source = "ROM", .target = "TMP"}), options).events),
            Fields{"2025-05-07 ROU>TLS 190"});
}

// Every place that the two versions do not share, and the one before it.
TEST(EventKinds, GdeltPlacesOfEachVersion) {
  const std::vector<std::string> names{"country",   "latitude",   "longitude",   "url",         "date_added", "tone",
                                       "intensity", "quad_class", "source_code", "target_code", "id"};
  struct Case {
    std::string text;
    std::string country;
    double latitude;
    double longitude;
    std::string url;
  };
  for (const Case& each : {Case{gdelt1_row({}, 57), "PK", 33.5, 73.25, ""},
                           Case{gdelt1_row({}, 58), "PK", 33.5, 73.25, "http://a.example/1"},
                           Case{gdelt2_row({}), "IN", 28.5, 77.25, "http://a.example/2"}}) {
    std::istringstream stream(each.text);
    const std::vector<EventColumn> columns = read_event_columns(stream, "events", names);
    const auto text = [&](std::size_t i) { return columns[i].names[columns[i].texts.at(0)]; };
    EXPECT_EQ(text(0), each.country);
    EXPECT_EQ(columns[1].numbers, std::vector{each.latitude});
    EXPECT_EQ(columns[2].numbers, std::vector{each.longitude});
    EXPECT_EQ(text(3), each.url);
    EXPECT_EQ(to_string(columns[4].days.at(0)), "2025-05-07");
    EXPECT_EQ(columns[5].numbers, std::vector{1.5});
    EXPECT_EQ(columns[6].numbers, std::vector{-10.0});
    EXPECT_EQ(text(7), "4");
    EXPECT_EQ(text(8), "INDGOV");
    EXPECT_EQ(text(9), "PAKMIL");
    EXPECT_EQ(text(10), "1");
  }
}

const Fields reduced_row{"19790101", "INDMIL", "PAK", "195", "3", "7", "4",    "-10",  "1",
                         "1",        "1",      "1",   "1",   "1", "1", "28.5", "77.25"};
const Fields reduced_header{"Date",          "Source",        "Target",       "CAMEOCode",     "NumEvents",
                            "NumArts",       "QuadClass",     "Goldstein",    "SourceGeoType", "SourceGeoLat",
                            "SourceGeoLong", "TargetGeoType", "TargetGeoLat", "TargetGeoLong", "ActionGeoType",
                            "ActionGeoLat",  "ActionGeoLong"};

TEST(EventKinds, GdeltReducedStandsForSeveralEventsInARow) {
  for (const std::string& header : {std::string{}, line(reduced_header)}) {
    const EventReading reading = reading_of(header + line(reduced_row) + line(reduced_row));
    EXPECT_EQ(reading.events.source, "gdelt-reduced");
    EXPECT_EQ(long_rows(reading.events), Fields{"1979-01-01 INDMIL>PAK 195 events 6 articles 14"});
    EXPECT_EQ(reading.report.rows, 2);
  }
}

TEST(EventKinds, GdeltReducedByYears) {
  const std::string text = line({"19990131", "IND", "PAK", "010", "1", "0.0", "1", "2", "3", "4", "28.5", "77.25"});
  const std::string header =
      line({"Day", "Actor1Code", "Actor2Code", "EventCode", "QuadCategory", "GoldsteinScale", "Actor1Geo_Lat",
            "Actor1Geo_Long", "Actor2Geo_Lat", "Actor2Geo_Long", "ActionGeo_Lat", "ActionGeo_Long"});
  for (const std::string& all : {text, header + text}) {
    const EventReading reading = reading_of(all);
    EXPECT_EQ(reading.events.source, "gdelt-reduced-years");
    EXPECT_EQ(long_rows(reading.events), Fields{"1999-01-31 IND>PAK 010 events 1"});
  }
}

Fields phoenix_row(std::size_t width) {
  Fields fields(width, "x");
  fields[0] = "123_v0.3.0";
  fields[1] = "20180131";
  fields[5] = "INDGOV";
  fields[6] = "IND";
  fields[7] = "GOV";
  fields[9] = "PAKMIL";
  fields[10] = "PAK";
  fields[13] = "036";
  fields[14] = "03";
  fields[15] = "0";
  fields[16] = "4.0";
  return fields;
}

TEST(EventKinds, PhoenixWithAndWithoutASentence) {
  for (const std::size_t width : {26, 27}) {
    const EventReading reading = reading_of(line(phoenix_row(width)));
    EXPECT_EQ(reading.events.source, "phoenix");
    EXPECT_EQ(long_rows(reading.events), Fields{"2018-01-31 IND>PAK 036 events 1"});
    ReadOptions options;
    options.actors = ActorForm::code;
    EXPECT_EQ(short_rows(reading_of(line(phoenix_row(width)), options).events), Fields{"2018-01-31 INDGOV>PAKMIL 036"});
  }
  EXPECT_EQ(
      reading_of(line(phoenix_row(26)) + line({"124", "20180131"}) + line(phoenix_row(27)), {.max_rejected_share = 0.5})
          .report.rejected_rows(),
      1);
}

TEST(EventKinds, KedsTextWithShortAndLongDatesAndWordsBehindTheCode) {
  const EventReading reading = reading_of(
      "790415\tISR\tLBN\t223\t(MIL ENGAGEMENT)\n"
      "19790416\tISRMIL\tPAL\t031\n"
      "050417\tUSA\tISR\t023\t(NEUT COMMENT)\tmore\n");
  EXPECT_EQ(reading.events.source, "keds");
  EXPECT_EQ(long_rows(reading.events), (Fields{"1979-04-15 ISR>LBN 223 events 1", "1979-04-16 ISRMIL>PAL 031 events 1",
                                               "2005-04-17 USA>ISR 023 events 1"}));
  EXPECT_TRUE(reading.events.collected_days.empty());
}

TEST(EventKinds, CarriageReturnsByteOrderMarksAndBlankLinesMakeNoDifference) {
  const Fields fields = gdelt_fields({}, 61);
  const Fields wanted = long_rows(reading_of(line(fields)).events);
  const std::string mark = "\xEF\xBB\xBF";
  for (const std::string& text :
       {line(fields, '\t', "\r\n"), mark + line(fields), mark + line(fields, '\t', "\r\n"), line(fields, '\t', ""),
        "\n\n" + line(fields) + "\n\n", line(fields, '\t', "\r\n") + "\r\n\r\n", line(fields, '\t', "\t\n")}) {
    const EventReading reading = reading_of(text);
    EXPECT_EQ(long_rows(reading.events), wanted);
    EXPECT_EQ(reading.report.rows, 1);
    EXPECT_EQ(reading.report.rejected_rows(), 0);
  }
}

TEST(EventKinds, TheNameOfTheFileDoesNotMatter) {
  std::string folder = (std::filesystem::temp_directory_path() / "tocsin_kinds_XXXXXX").string();
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  for (const char* name : {"20130401.export.CSV", "acled.csv", "events.2018.tab", "a.zip", "b"}) {
    const std::string path = folder + "/" + name;
    std::ofstream(path) << gdelt2_row({});
    EXPECT_EQ(read_events({path}).events.source, "gdelt2") << name;
  }
  std::filesystem::remove_all(folder);
}

TEST(EventKinds, TheKindMayBeAskedFor) {
  const std::string one = gdelt2_row({});
  EXPECT_EQ(reading_of(one, {.source = "gdelt2"}).events.source, "gdelt2");
  EXPECT_EQ(event_files::fault_of(one, {.source = "gdelt1"}).substr(0, 38), "events: is not of kind \"gdelt1\"; found");
  EXPECT_EQ(event_files::fault_of(one, {.source = "gdelt3"}).substr(0, 35), "source is \"gdelt3\", expected one of");
  const std::vector<std::string> known = event_sources();
  EXPECT_TRUE(std::is_sorted(known.begin(), known.end()));
  for (const char* name : {"gdelt1", "gdelt2", "gdelt-reduced", "gdelt-reduced-years", "icews", "polecat", "phoenix",
                           "cline-phoenix", "acled", "ucdp-ged", "keds", "tidy"}) {
    EXPECT_TRUE(std::binary_search(known.begin(), known.end(), name)) << name;
  }
}

// A column more or less than any kind has is not a kind.
TEST(EventKinds, OtherNumbersOfFieldsAreNoKind) {
  for (const std::size_t width : {7, 11, 13, 16, 19, 25, 29, 48, 56, 60, 63}) {
    Fields fields = gdelt_fields({}, 61);
    fields.resize(width, "x");
    fields[0] = fields[1] = "20250507";
    fields.back() = "x";
    EXPECT_EQ(event_files::fault_of(line(fields)).substr(0, 28), "events: expected the columns") << width;
  }
}

}  // namespace
}  // namespace tocsin
