// ACLED in its four forms, and tables that people make themselves.

#include <gtest/gtest.h>

#include "event_files.hpp"

namespace tocsin {
namespace {

using event_files::fault_of;
using event_files::Fields;
using event_files::line;
using event_files::long_rows;
using event_files::reading_of;
using event_files::short_rows;

const Fields acled_header{"event_id_cnty", "event_date",     "year",   "time_precision", "disorder_type",
                          "event_type",    "sub_event_type", "actor1", "assoc_actor_1",  "inter1",
                          "actor2",        "assoc_actor_2",  "inter2", "interaction",    "country",
                          "notes",         "fatalities",     "tags",   "timestamp"};

Fields acled_row(const std::string& id, const std::string& date, const std::string& inter) {
  return {"\"" + id + "\"",
          date,
          "2025",
          "1",
          "\"Political violence\"",
          "\"Battles\"",
          "\"Armed clash\"",
          "\"Military Forces of India (2014-)\"",
          "",
          inter,
          "\"Military Forces of Pakistan (2022-)\"",
          "",
          inter,
          "11",
          "\"India\"",
          "\"On 7 May, \"\"fire\"\";\nheavy\"",
          "2",
          "",
          "1746705600"};  // 2025-05-08
}

const std::string acled_event =
    "2025-05-07 Military Forces of India (2014-)>Military Forces of Pakistan (2022-) Battles:Armed clash";

TEST(EventKindsByHand, AcledSince2023) {
  for (const std::string date : {"2025-05-07", "\"07 May 2025\"", "7 May 2025"}) {
    for (const std::string inter : {"1", "\"State forces\""}) {
      for (const char mark : {',', ';', '\t'}) {
        const EventReading reading =
            reading_of(line(acled_header, mark) + line(acled_row("IND1", date, inter), mark, "\r\n"));
        EXPECT_EQ(reading.events.source, "acled");
        EXPECT_EQ(reading.events.codebook, "acled");
        EXPECT_EQ(long_rows(reading.events), Fields{acled_event + " added 2025-05-08 events 1"}) << date << mark;
      }
    }
  }
}

TEST(EventKindsByHand, AcledActorsAsStates) {
  const std::string text = line(acled_header, ',') + line(acled_row("IND1", "2025-05-07", "1"), ',');
  EXPECT_EQ(short_rows(reading_of(text, {.actors = ActorForm::iso3}).events),
            Fields{"2025-05-07 IND>PAK Battles:Armed clash"});
}

TEST(EventKindsByHand, AcledWithARowOfTags) {
  for (const std::string first : {"#event+code", ""}) {
    Fields row(acled_header.size());
    row[0] = first;
    row[1] = "#date+occurred";
    row[10] = "#group+name+second";
    const EventReading reading =
        reading_of(line(acled_header, ',') + line(row, ',') + line(acled_row("IND1", "2025-05-07", "1"), ','));
    EXPECT_EQ(short_rows(reading.events), Fields{acled_event});
    EXPECT_EQ(reading.report.rows, 1);
  }
}

TEST(EventKindsByHand, AcledBefore2023) {
  const std::string text =
      "data_id,iso,event_id_cnty,event_id_no_cnty,event_date,year,time_precision,event_type,sub_event_type,actor1,"
      "assoc_actor_1,inter1,actor2,assoc_actor_2,inter2,interaction,region,country,notes,fatalities,timestamp,iso3\n"
      "1,356,IND1,1,16 May 2019,2019,1,Battles,Armed clash,A,,1,B,,2,12,Asia,India,\"x, y\",0,1558396800,IND\n";
  EXPECT_EQ(long_rows(reading_of(text).events), Fields{"2019-05-16 A>B Battles:Armed clash added 2019-05-21 events 1"});
}

TEST(EventKindsByHand, AcledUntil2017) {
  const std::string text =
      "GWNO,EVENT_ID_CNTY,EVENT_ID_NO_CNTY,EVENT_DATE,YEAR,TIME_PRECISION,EVENT_TYPE,ACTOR1,ALLY_ACTOR_1,INTER1,ACTOR2,"
      "ALLY_ACTOR_2,INTER2,INTERACTION,COUNTRY,NOTES,FATALITIES\n"
      "615,1ALG,1,05/04/1997,1997,1,Violence against civilians,GIA,,2,Civilians (Algeria),,7,27,Algeria,x,5\n"
      "615,2ALG,2,13/04/1997,1997,1,Violence against civilians,GIA,,2,,,0,20,Algeria,x,5\n";
  const EventReading reading = reading_of(text);
  EXPECT_EQ(long_rows(reading.events),
            Fields{"1997-04-05 GIA>Civilians (Algeria) Violence against civilians events 1"});
  EXPECT_EQ(reading.report.one_sided, 1);
}

TEST(EventKindsByHand, TidyTableWithAllThatItMayHold) {
  const EventReading reading = reading_of(
      "id,date,date_added,source,target,code,is_root,events,mentions,sources,articles,notes\n"
      "a,2025-05-07,2025-05-08 10:00,IND,PAK,010,0,2,30,4,5,\"x\ny\"\n"
      "b,2025-05-07T10:00,2025-05-09,NA,PAK,\"190\",TRUE,1,,,,z\n");
  EXPECT_EQ(reading.events.source, "tidy");
  EXPECT_EQ(long_rows(reading.events),
            // NA may be somebody's name: only the feeds write it for nobody.
            (Fields{"2025-05-07 IND>PAK 010 added 2025-05-08 root 0 events 2 mentions 30 sources 4 articles 5",
                    "2025-05-07 NA>PAK 190 added 2025-05-09 root 1 events 1 mentions 0 sources 0 articles 0"}));
}

TEST(EventKindsByHand, TidyTableUnderOtherNames) {
  const ReadOptions options{.columns = {{"source", "Who"}, {"target", "whom"}, {"date", "when"}}};
  EXPECT_EQ(short_rows(reading_of("when;Who;WHOM;code\n2025-05-07;IND;PAK;010\n", options).events),
            Fields{"2025-05-07 IND>PAK 010"});
  // The map names the columns, even where others have our names.
  EXPECT_EQ(short_rows(reading_of("when,who,whom,source,code\n2025-05-07,IND,PAK,BBC,010\n", options).events),
            Fields{"2025-05-07 IND>PAK 010"});
  EXPECT_EQ(fault_of("when,who,target,code\n2025-05-07,IND,PAK,010\n", options).substr(0, 28),
            "events: expected the columns");
  EXPECT_EQ(fault_of("a,b\n1,2\n", {.columns = {{"actor", "a"}}}).substr(0, 41),
            "columns names \"actor\", expected some of \"");
}

// Of old tables: 1 and 1.0 of a column of numbers with gaps, words of other programs.
TEST(EventKindsByHand, WhetherAnEventIsTheRootInEverySpelling) {
  for (const std::string root : {"1", "1.0", "true", "True", "TRUE", ""}) {
    EXPECT_EQ(reading_of("date,source,target,code,is_root\n2025-05-07,IND,PAK,010," + root + "\n").events.is_root[0], 1)
        << root;
  }
  for (const std::string root : {"0", "0.0", "false", "False", "FALSE"}) {
    EXPECT_EQ(reading_of("date,source,target,code,is_root\n2025-05-07,IND,PAK,010," + root + "\n").events.is_root[0], 0)
        << root;
  }
  EXPECT_NE(fault_of("date,source,target,code,is_root\n2025-05-07,IND,PAK,010,perhaps\n").find("\"perhaps\""),
            std::string::npos);
}

TEST(EventKindsByHand, NumbersOfAColumnThatBeginWithAHashAreNoTags) {
  const EventReading reading =
      reading_of("id,date,source,target,code\n#1,2025-05-07,IND,PAK,010\n#2,2025-05-08,IND,PAK,010\n");
  EXPECT_EQ(reading.report.rows, 2);
  EXPECT_EQ(reading.report.kept, 2);
}

TEST(EventKindsByHand, AColumnThatNoOneReadsMayStandTwice) {
  EXPECT_EQ(
      reading_of("date,source,target,code,latitude,notes,latitude,notes\n2025-05-07,IND,PAK,010,1,2,3,4\n").report.kept,
      1);
  EXPECT_EQ(fault_of("date,source,target,code,date\n2025-05-07,IND,PAK,010,1\n"),
            "events: column \"date\" stands twice; keep one of them");
}

TEST(EventKindsByHand, EventsOfATidyTableWithIdsAreReadOnce) {
  const EventReading reading = reading_of(
      "id,date,source,target,code,date_added\na,2025-05-07,IND,PAK,010,2025-05-07\na,2025-05-07,IND,PAK,190,2025-05-"
      "09\n"
      "b,2025-05-07,IND,PAK,010,2025-05-07\n,2025-05-07,IND,PAK,020,2025-05-07\n,2025-05-07,IND,PAK,020,2025-05-07\n");
  EXPECT_EQ(reading.report.kept, 4);
  EXPECT_EQ(reading.report.superseded, 1);
}

}  // namespace
}  // namespace tocsin
