#include "tocsin/onset_reader.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "tocsin/error.hpp"

namespace tocsin {
namespace {

Day day(const char* text) { return *parse_day(text); }

OnsetReading read(const std::string& text, const OnsetOptions& options = {}) {
  std::istringstream stream(text);
  return read_onsets(stream, "onsets.csv", options);
}

std::int64_t sum_of(const OnsetReport& report) {
  std::int64_t sum = report.used;
  for (const auto& [reason, rows] : report.unused) sum += rows;
  return sum;
}

std::string message_of(const std::string& text, const OnsetOptions& options = {}) {
  try {
    (void)read(text, options);
  } catch (const InputError& error) {
    return error.what();
  }
  return "nothing was thrown";
}

const std::string mie =
    "micnum,eventnum,ccode1,ccode2,stmon,stday,styear,endmon,endday,endyear,sidea1,action,hostlev,version\n"
    "1,1,651,666,10,6,1973,10,24,1973,1,22,5,mie-1.0\n"
    "2,1,666,651,3,-9,1985,3,-9,1985,1,16,4,mie-1.0\n"
    "3,1,666,660,7,12,2006,8,14,2006,1,7,3,mie-1.0\n"
    "4,1,666,9999,7,12,2006,8,14,2006,1,7,4,mie-1.0\n";

TEST(OnsetReader, MilitarizedEventsBecomeOnsetsBetweenTheCodesAskedFor) {
  const OnsetReading found = read(mie, {.actor_system = "keds", .min_level = 4});
  ASSERT_EQ(found.onsets.size(), 2U);
  EXPECT_EQ(found.report.source, "mie");
  EXPECT_EQ(found.onsets[0].pair, Pair::of("UAR", "ISR"));
  EXPECT_EQ(found.onsets[0].first, day("1973-10-06"));
  EXPECT_EQ(found.onsets[0].last, day("1973-10-24"));
  EXPECT_EQ(found.onsets[0].level, 5);
  EXPECT_EQ(found.covered->first, day("1973-10-06"));
  EXPECT_EQ(found.covered->last, day("2006-07-12"));
}

TEST(OnsetReader, AnUnknownDayLeavesTheWholeMonthOpen) {
  const OnsetReading found = read(mie, {.min_level = 4});
  ASSERT_EQ(found.report.undated, 1);
  const Onset& onset = found.onsets[1];
  EXPECT_EQ(onset.first, day("1985-03-01"));
  EXPECT_EQ(onset.begun_by(), day("1985-03-31"));
  EXPECT_EQ(onset.last, day("1985-03-31"));
}

TEST(OnsetReader, EveryRowIsUsedOrCountedWithItsReason) {
  const OnsetReading found =
      read(mie + "5,1,666,651,13,1,1985,1,1,1985,1,1,4,v\n6,1,666,651,1,1,1985,1,1,1985,1,1,many,v\n7,1\n",
           {.min_level = 4});
  EXPECT_EQ(found.report.rows, 7);
  EXPECT_EQ(sum_of(found.report), 7);
  EXPECT_EQ(found.report.used, 2);
  EXPECT_EQ(found.report.unmapped_actors, (std::map<std::string, std::int64_t>{{"9999", 1}}));
  EXPECT_EQ(found.report.unused.size(), 5U);
}

TEST(OnsetReader, AStateThatTheScoresSpellInTwoWaysHasItsOnsetsInBoth) {
  const std::string text = "micnum,ccode1,ccode2,stmon,stday,styear,hostlev\n1,260,365,6,1,1980,4\n";
  const auto one = read(text, {.actor_system = "keds"});
  ASSERT_EQ(one.onsets.size(), 1U);
  const auto both = read(text, {.actor_system = "keds", .actors = {"GER", "GMW", "USR"}});
  ASSERT_EQ(both.onsets.size(), 2U);
  EXPECT_EQ(both.onsets[0].pair, Pair::of("GER", "USR"));
  EXPECT_EQ(both.onsets[1].pair, Pair::of("GMW", "USR"));
  EXPECT_EQ(both.report.used, 1);
}

TEST(OnsetReader, ParticipantsOfAnIncidentAreSetAgainstTheOtherSide) {
  const auto found = read(
      "DispNum3,IncidNum3,StAbb,ccode,StDay,StMon,StYear,EndDay,EndMon,EndYear,InSide A,SideA,Action,HostLev\n"
      "9,9001,USA,2,12,1,1993,12,1,1993,1,1,8,3\n"
      "9,9001,UKG,200,13,1,1993,14,1,1993,1,1,17,4\n"
      "9,9001,IRQ,645,12,1,1993,14,1,1993,0,0,0,1\n"
      "9,9002,IRQ,645,20,1,1993,20,1,1993,1,0,7,3\n");
  EXPECT_EQ(found.report.source, "mid-incidents");
  ASSERT_EQ(found.onsets.size(), 2U);
  EXPECT_EQ(found.onsets[0].pair, Pair::of("GBR", "IRQ"));
  EXPECT_EQ(found.onsets[0].level, 4);
  EXPECT_EQ(found.onsets[0].first, day("1993-01-13"));
  EXPECT_EQ(found.onsets[1].pair, Pair::of("IRQ", "USA"));
  EXPECT_EQ(found.onsets[1].level, 3);
  EXPECT_EQ(found.report.used, 3);
  EXPECT_EQ(sum_of(found.report), 4);
}

TEST(OnsetReader, ADyadicDisputeCountsOnceThoughItStandsThereEveryYear) {
  const auto found = read(
      "disno,statea,stateb,strtday,strtmnth,strtyr,year,endday,endmnth,endyear,hihost\n"
      "7,750,770,8,5,1999,1999,17,7,2000,5\n7,750,770,8,5,1999,2000,17,7,2000,5\n7,770,750,8,5,1999,2000,17,7,2000,"
      "5\n");
  ASSERT_EQ(found.onsets.size(), 1U);
  EXPECT_EQ(found.onsets[0].pair, Pair::of("IND", "PAK"));
  EXPECT_EQ(found.onsets[0].last, day("2000-07-17"));
  EXPECT_EQ(found.report.unused.at("another row of the same dispute"), 2);
}

const std::string icb_header =
    "\xEF\xBB\xBFicb2,crisno,cracid,actor,crisname,yrtrig,motrig,datrig,trigent,yrterm,moterm,daterm\n";

TEST(OnsetReader, ActorsOfACrisisAreAdversariesWhereOneTriggeredItForTheOther) {
  const auto found = read(icb_header +
                          "ICB2,1,750,IND,KARGIL,1999,5,8,770,1999,7,14\n"
                          "ICB2,1,770,PAK,KARGIL,1999,5,26,750,1999,7,11\n"
                          "ICB2,1,710,CHN,KARGIL,1999,5,30,750,1999,6,88\n"
                          "ICB2,2,2,USA,ALONE,1999,5,77,996,1999,6,1\n");
  ASSERT_EQ(found.onsets.size(), 3U);
  EXPECT_EQ(found.onsets[2].pair, Pair::of("IND", "PAK"));
  EXPECT_TRUE(found.onsets[2].are_adversaries);
  EXPECT_EQ(found.onsets[2].first, day("1999-05-08"));
  EXPECT_EQ(found.onsets[2].last, day("1999-07-14"));
  EXPECT_EQ(found.onsets[2].name, "KARGIL");
  EXPECT_TRUE(found.onsets[0].are_adversaries);   // CHN-IND: triggered by India
  EXPECT_FALSE(found.onsets[1].are_adversaries);  // CHN-PAK
  EXPECT_EQ(found.onsets[1].last, day("1999-07-11"));
  EXPECT_EQ(found.report.unused.at("no other actor of the same crisis that has a code"), 1);
}

TEST(OnsetReader, DaysOfAThirdOfAMonthAreTakenAsWideAsTheyMayBe) {
  const auto found =
      read(icb_header + "ICB2,1,750,IND,A,1999,2,77,770,1999,4,66\nICB2,1,770,PAK,A,1999,2,88,750,1999,4,88\n");
  ASSERT_EQ(found.onsets.size(), 1U);
  EXPECT_EQ(found.onsets[0].first, day("1999-02-11"));
  EXPECT_EQ(found.onsets[0].begun_by(), day("1999-02-20"));
  EXPECT_EQ(found.onsets[0].last, day("1999-04-30"));
}

TEST(OnsetReader, OfUcdpOnlyEventsBetweenTwoGovernmentsCount) {
  const auto found = read(
      "id,type_of_violence,dyad_name,date_prec,date_start,date_end,gwnoa,gwnob\n"
      "1,1,Government of India - Government of Pakistan,1,1999-05-20 00:00:00.000,1999-05-20 00:00:00.000,750,770\n"
      "2,1,Government of India - Government of Pakistan,5,1999-05-01,1999-07-31,750.0,770.0\n"
      "3,1,Government of India - CPI,1,1999-05-20,1999-05-20,750,\n"
      "4,3,Government of India - Civilians,1,1999-05-20,1999-05-20,750,\n");
  ASSERT_EQ(found.onsets.size(), 2U);
  EXPECT_EQ(found.onsets[0].uncertain_days, 91);
  EXPECT_EQ(found.onsets[1].uncertain_days, 0);
  EXPECT_EQ(found.onsets[1].level, 0);
  EXPECT_EQ(sum_of(found.report), 4);
}

TEST(OnsetReader, ATableOfOnesOwnKeepsItsNames) {
  const auto found =
      read("date,pair,end_date,level,name\n2025-05-07,PAK-IND,2025-05-10,4,Sindoor\n2019-02-26,IND-PAK,,,\n");
  ASSERT_EQ(found.onsets.size(), 2U);
  EXPECT_EQ(found.onsets[1].pair, Pair::of("IND", "PAK"));
  EXPECT_EQ(found.onsets[1].last, day("2025-05-10"));
  EXPECT_EQ(found.onsets[0].last, day("2019-02-26"));
  EXPECT_FALSE(found.covered);
}

TEST(OnsetReader, ABrokenRowOfATableIsNamedByLineAndColumn) {
  EXPECT_EQ(message_of("date,pair\n2025-05-32,IND-PAK\n").substr(0, 17), "onsets.csv:2:1: c");
  EXPECT_EQ(message_of("date,pair\n2025-05-07,IND\n").substr(0, 15), "onsets.csv:2:2:");
  EXPECT_EQ(message_of("date,source,target,end_date\n2025-05-07,IND,PAK,2025-05-01\n").substr(0, 15),
            "onsets.csv:2:4:");
  EXPECT_EQ(message_of("date,pair,level\n2025-05-07,IND-PAK,-1\n").substr(0, 15), "onsets.csv:2:3:");
}

TEST(OnsetReader, AFileOfNoKnownKindSaysWhatWasExpected) {
  EXPECT_NE(message_of("a,b\n1,2\n").find("expected a file of one of the kinds mie, mid-incidents"), std::string::npos);
  EXPECT_NE(message_of("dispnum,incidnum,styear\n1,2,1999\n").find("MIDIP"), std::string::npos);
  EXPECT_NE(message_of("date,pair\n", {.source = "acled"}).find("expected one of"), std::string::npos);
  EXPECT_NE(message_of("date,pair\n", {.source = "mie"}).find("\"ccode1\""), std::string::npos);
  EXPECT_NE(message_of(mie, {.actor_system = "morse"}).find("morse"), std::string::npos);
  EXPECT_NE(message_of("").find("is empty"), std::string::npos);
}

TEST(OnsetReader, TheOrderOfRowsDoesNotMatter) {
  const std::string head = icb_header;
  const std::string a = "ICB2,1,750,IND,A,1999,2,7,770,1999,4,6\n";
  const std::string b = "ICB2,1,770,PAK,A,1999,2,8,750,1999,4,8\n";
  const auto first = read(head + a + b).onsets;
  const auto second = read(head + b + a).onsets;
  EXPECT_EQ(first, second);
}

}  // namespace
}  // namespace tocsin
