// Files that name their columns: known by the header.

#include <gtest/gtest.h>

#include "event_files.hpp"

namespace tocsin {
namespace {

using event_files::Fields;
using event_files::line;
using event_files::long_rows;
using event_files::reading_of;
using event_files::short_rows;

const ReadOptions as_iso3{.actors = ActorForm::iso3};
const ReadOptions in_full{.actors = ActorForm::code};

TEST(EventKindsByHeader, GdeltFromADatabase) {
  const EventReading reading = reading_of(
      "SQLDATE,GLOBALEVENTID,Actor1Name,Actor1CountryCode,Actor2CountryCode,EventCode,IsRootEvent,"
      "NumMentions,NumSources,NumArticles,DATEADDED\n"
      "20250507,7,\"A, B\n\"\"C\"\"\",IND,PAK,010,0,3,2,1,20250508123000\n"
      "\"20250507\",\"8\",\"\",\"IND\",\"PAK\",\"010\",\"0\",\"3\",\"2\",\"1\",\"20250508124500\"\n");
  EXPECT_EQ(reading.events.source, "gdelt2");
  EXPECT_EQ(long_rows(reading.events),
            Fields{"2025-05-07 IND>PAK 010 added 2025-05-08 root 0 events 2 mentions 6 sources 4 articles 2"});
}

const Fields icews_header{"Event ID",       "Event Date", "Source Name",     "Source Sectors", "Source Country",
                          "Event Text",     "CAMEO Code", "Intensity",       "Target Name",    "Target Sectors",
                          "Target Country", "Story ID",   "Sentence Number", "Publisher",      "City",
                          "District",       "Province",   "Country",         "Latitude",       "Longitude"};

Fields icews_row(const std::string& id, const std::string& source, const std::string& target,
                 const std::string& missing) {
  return {id,
          "2018-06-01",
          "Foreign Affairs (" + source + ")",
          "Executive,\"Foreign\" Ministry",
          source,
          "Consult",
          "040",
          "1",
          "Military (" + target + ")",
          missing,
          target,
          "47400351",
          "2",
          "News \"A",
          missing,
          missing,
          missing,
          "Vietnam",
          "21.0245",
          "105.841"};
}

TEST(EventKindsByHeader, IcewsWithEitherMarkOfWhatIsMissing) {
  for (const std::string missing : {"", "NA", "NULL", "--"}) {
    const std::string text = line(icews_header) + line(icews_row("1", "Russian Federation", "Viet Nam", missing)) +
                             line(icews_row("2", missing, "Viet Nam", missing)) +
                             line(icews_row("3", "India", missing, missing));
    const EventReading reading = reading_of(text);
    EXPECT_EQ(reading.events.source, "icews");
    EXPECT_EQ(reading.events.actor_system, "name");
    EXPECT_EQ(long_rows(reading.events), Fields{"2018-06-01 Russian Federation>Viet Nam 040 events 1"});
    EXPECT_EQ(reading.report.one_sided, 2) << missing;
    EXPECT_EQ(short_rows(reading_of(text, as_iso3).events), Fields{"2018-06-01 RUS>VNM 040"});
    EXPECT_EQ(short_rows(reading_of(text, in_full).events).back(),
              "2018-06-01 Foreign Affairs (Russian Federation)>Military (Viet Nam) 040");
  }
}

// No column of codes, and dates with the month first.
TEST(EventKindsByHeader, IcewsAsItWasIn2017) {
  Fields header = icews_header;
  header.erase(header.begin() + 6);
  Fields row = icews_row("1", "India", "Pakistan", "");
  row.erase(row.begin() + 6);
  row[1] = "2/13/2017";
  Fields other = row;
  other[0] = "2";
  other[1] = "12/1/2017";
  other[5] = "Make an appeal or request, not specified below, that no table knows";
  const EventReading reading = reading_of(line(header) + line(row) + line(other));
  EXPECT_EQ(reading.events.source, "icews");
  EXPECT_EQ(short_rows(reading.events),
            (Fields{"2017-02-13 India>Pakistan 040",
                    "2017-12-01 India>Pakistan Make an appeal or request, not specified below, that no table knows"}));
}

const Fields polecat_header{"Event ID",      "Event Date", "Event Type",       "Event Mode",
                            "Intensity",     "Quad Code",  "Contexts",         "Actor Name",
                            "Actor Country", "Actor COW",  "Recipient Name",   "Recipient Country",
                            "Recipient COW", "Country",    "Publication Date", "Headline"};

Fields polecat_row(const std::string& id) {
  return {id,
          "2023-01-03",
          "CONSULT",
          "visit",
          "4.0",
          "VERBAL COOPERATION",
          "diplomatic; military",
          "Foreign Ministry",
          "IND",
          "750",
          "Army",
          "PAK",
          "770",
          "None",
          "2023-01-05",
          "\"A\" headline"};
}

TEST(EventKindsByHeader, Polecat) {
  for (const std::string intensity : {"Intensity", "Event Intensity"}) {
    Fields header = polecat_header;
    header[4] = intensity;
    Fields bare = polecat_row("B");
    bare[3] = "None";
    bare[2] = "AGREE";
    bare[6] = "economic;diplomatic";  // of the two, the codebook tells only the second apart
    Fields lonely = polecat_row("C");
    lonely[11] = "None";
    Fields unknown = polecat_row("D");
    unknown[2] = "AGREE";
    unknown[3] = unknown[6] = "None";
    const std::string text = line(header) + line(polecat_row("A")) + line(bare) + line(lonely) + line(unknown);
    const EventReading reading = reading_of(text);
    EXPECT_EQ(reading.events.source, "polecat");
    EXPECT_EQ(reading.events.codebook, "plover");
    EXPECT_EQ(reading.events.actor_system, "iso3");
    EXPECT_EQ(long_rows(reading.events), (Fields{"2023-01-03 IND>PAK AGREE added 2023-01-05 events 1",
                                                 "2023-01-03 IND>PAK AGREE::diplomatic added 2023-01-05 events 1",
                                                 "2023-01-03 IND>PAK CONSULT:visit added 2023-01-05 events 1"}));
    EXPECT_EQ(reading.report.one_sided, 1);
  }
}

TEST(EventKindsByHeader, PolecatWithEmptyColumnsBehindTheRows) {
  Fields header = polecat_header;
  Fields row = polecat_row("A");
  header.insert(header.end(), {"", "", ""});
  row.insert(row.end(), {"", "", ""});
  EXPECT_EQ(reading_of(line(header) + line(row)).report.kept, 1);
  // In the rows alone.
  EXPECT_EQ(reading_of(line(polecat_header) + line(row)).report.kept, 1);
}

TEST(EventKindsByHeader, PolecatInBothEncodings) {
  Fields row = polecat_row("A");
  row[7] = "C\xF4te d'Ivoire";  // ISO 8859-1
  Fields other = polecat_row("B");
  other[7] = "C\xC3\xB4te d'Ivoire";  // UTF-8
  const EventReading reading = reading_of(line(polecat_header) + line(row) + line(other), in_full);
  EXPECT_EQ(short_rows(reading.events), Fields{"2023-01-03 C\xC3\xB4te d'Ivoire>Army CONSULT:visit"});
  EXPECT_EQ(reading.report.kept, 2);
}

TEST(EventKindsByHeader, ClinePhoenix) {
  const std::string text =
      "eid,story_date,year,month,day,source,source_root,source_agent,source_others,target,target_root,target_agent,"
      "target_others,code,code_root,quad_class,goldstein,joined_issues,lat,lon,placename,statename,countryname,aid,"
      "process\n"
      "NYT1,1/31/1950,1950,1,31,USAGOV,USA,GOV,,SUNMIL,SUN,MIL,,036,3,2,4,\"A,1;B,2\",1,2,,,Russia,9,2\n";
  const EventReading reading = reading_of(text);
  EXPECT_EQ(reading.events.source, "cline-phoenix");
  EXPECT_EQ(long_rows(reading.events), Fields{"1950-01-31 USA>SUN 036 events 1"});
  EXPECT_EQ(short_rows(reading_of(text, in_full).events), Fields{"1950-01-31 USAGOV>SUNMIL 036"});
}

TEST(EventKindsByHeader, UcdpEventsOfSeveralDays) {
  const std::string text =
      "id,relid,year,type_of_violence,side_a,side_b,source_headline,country,date_prec,date_start,date_end,best,gwnoa,"
      "gwnob\n"
      "1,A,2020,1,Government of India,Government of Pakistan,\"He said: \"\"no\"\",\nand left\",India,1,"
      "2020-02-28 00:00:00.000,2020-03-01 00:00:00.000,3,750,770\n"
      "2,B,2020,2,IS,Taleban,,Afghanistan,2,2020-03-01 00:00:00.000,2020-03-31 00:00:00.000,1,,\n"
      "3,C,2020,1,Government of Nepal,CPN-M,,Nepal,4,2020-03-01 00:00:00.000,2020-04-01 00:00:00.000,1,790,\n";
  const EventReading reading = reading_of(text);
  EXPECT_EQ(reading.events.source, "ucdp-ged");
  EXPECT_EQ(reading.events.codebook, "ucdp-ged");
  EXPECT_EQ(reading.report.kept, 2);
  EXPECT_EQ(reading.report.imprecise, 1);  // 32 days
  const Fields rows = short_rows(reading.events);
  ASSERT_EQ(rows.size(), 3U + 31U);
  EXPECT_EQ(rows[0], "2020-02-28 Government of India>Government of Pakistan 1");
  EXPECT_EQ(rows[1], "2020-02-29 Government of India>Government of Pakistan 1");
  EXPECT_EQ(rows[2], "2020-03-01 Government of India>Government of Pakistan 1");
  EXPECT_EQ(rows[3], "2020-03-01 IS>Taleban 2");
  EXPECT_EQ(rows.back(), "2020-03-31 IS>Taleban 2");
  EXPECT_EQ(short_rows(reading_of(text, as_iso3).events)[0], "2020-02-28 IND>PAK 1");
  EXPECT_EQ(short_rows(reading_of(text, as_iso3).events)[3], "2020-03-01 IS>Taleban 2");
}

}  // namespace
}  // namespace tocsin
