// What a file of counts may not hold, and the message for each.
#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "tocsin/count_reader.hpp"
#include "tocsin/error.hpp"

namespace tocsin {
namespace {

// The message of a file, or "no fault".
std::string fault_of(const std::string& text) {
  std::istringstream stream(text);
  try {
    (void)read_counts(stream, "counts.csv");
  } catch (const InputError& error) {
    return error.what();
  }
  return "no fault";
}

// One row after a good one, so that a fault stands on line 3.
std::string fault_of_row(const std::string& row) {
  return fault_of("date,source,target,rhetoric,military,exposure\n2025-04-21,IND,PAK,1,0,1\n" + row + "\n");
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

constexpr const char* hint = "; leave the cell empty if it was not collected";

TEST(CountFaults, NegativeCounts) {
  EXPECT_EQ(
      fault_of_row("2025-04-22,IND,PAK,1,-2,1"),
      std::string{"counts.csv:3:5: column \"military\" holds \"-2\", expected a whole count >= 0 and at most 1e9"} +
          hint);
}

TEST(CountFaults, InfiniteAndHugeCounts) {
  EXPECT_EQ(
      fault_of_row("2025-04-22,IND,PAK,inf,0,1"),
      std::string{"counts.csv:3:4: column \"rhetoric\" holds \"inf\", expected a whole count >= 0 and at most 1e9"} +
          hint);
  EXPECT_TRUE(holds(fault_of_row("2025-04-22,IND,PAK,-inf,0,1"), "counts.csv:3:4: column \"rhetoric\" holds \"-inf\""));
  EXPECT_TRUE(
      holds(fault_of_row("2025-04-22,IND,PAK,1e10,0,1"), "counts.csv:3:4: column \"rhetoric\" holds \"1e+10\""));
  EXPECT_TRUE(
      holds(fault_of_row("2025-04-22,IND,PAK,1e999,0,1"), "counts.csv:3:4: column \"rhetoric\" holds \"1e999\""));
}

TEST(CountFaults, FractionalCounts) {
  EXPECT_EQ(
      fault_of_row("2025-04-22,IND,PAK,1,2.5,1"),
      std::string{"counts.csv:3:5: column \"military\" holds \"2.5\", expected a whole count >= 0 and at most 1e9"} +
          hint);
}

TEST(CountFaults, ADecimalPointWithoutAFractionIsAWholeCount) {
  EXPECT_EQ(fault_of_row("2025-04-22,IND,PAK,1.0,2e1,1"), "no fault");
}

TEST(CountFaults, TextInANumberColumn) {
  EXPECT_EQ(fault_of_row("2025-04-22,IND,PAK,1,many,1"),
            std::string{"counts.csv:3:5: column \"military\" holds \"many\", expected a number"} + hint);
  for (const char* text : {"1,5", "5 acts", "0x10", "--1", "1e", "+-1", "1_000", "٣"}) {
    EXPECT_TRUE(holds(fault_of_row(std::string{"2025-04-22,IND,PAK,1,\""} + text + "\",1"), "expected a number"))
        << text;
  }
}

TEST(CountFaults, NegativeExposure) {
  EXPECT_TRUE(holds(fault_of_row("2025-04-22,IND,PAK,1,0,-1"),
                    "counts.csv:3:6: column \"exposure\" holds \"-1\", expected a number >= 0 and at most 1e9"));
}

TEST(CountFaults, APositiveSumOfConflict) {
  EXPECT_TRUE(holds(fault_of("date,source,target,rhetoric,goldstein_conflict\n2025-04-22,IND,PAK,1,4\n"),
                    "counts.csv:2:5: column \"goldstein_conflict\" holds \"4\", expected a sum <= 0"));
}

TEST(CountFaults, CountsOnADayThatWasNotCollected) {
  EXPECT_EQ(fault_of_row("2025-04-22,IND,PAK,0,3,0"),
            "counts.csv:3:5: column \"military\" holds 3 on a day with exposure 0, which means not collected; give the "
            "day an "
            "exposure or empty the cell");
}

TEST(CountFaults, TwoExposuresForOneDay) {
  EXPECT_EQ(fault_of_row("2025-04-21,PAK,IND,0,3,0.5"),
            "counts.csv:3:6: column \"exposure\" holds 0.5 for 2025-04-21, but line 2 holds 1; it belongs to the day "
            "and must be "
            "the same in every row of a day");
}

TEST(CountFaults, TwoRowsForOneDayAndDirectionNameBothLines) {
  EXPECT_EQ(
      fault_of_row("2025-04-22,IND,PAK,1,0,1\n2025-04-21,IND,PAK,1,0,1"),
      "counts.csv:4: a second row for IND > PAK on 2025-04-21; the first is on line 2; add the two up or remove one");
}

TEST(CountFaults, ThePairBackwardsIsTheSamePairWhereThereAreNoDirections) {
  EXPECT_EQ(
      fault_of("date,pair,rhetoric\n2025-04-22,IND-PAK,1\n2025-04-22,PAK-IND,2\n"),
      "counts.csv:3: a second row for IND - PAK on 2025-04-22; the first is on line 2; add the two up or remove one");
}

TEST(CountFaults, ThePairBackwardsIsTheOtherDirectionWhereThereAreTwo) {
  EXPECT_EQ(fault_of("date,source,target,rhetoric\n2025-04-22,IND,PAK,1\n2025-04-22,PAK,IND,2\n"), "no fault");
}

TEST(CountFaults, TwoSpellingsOfOnePairOnDifferentDaysAreOnePair) {
  std::istringstream stream("date,pair,rhetoric\n2025-04-22,IND-PAK,1\n2025-04-23,PAK-IND,2\n");
  const CountPanel panel = read_counts(stream, "counts.csv");
  ASSERT_EQ(panel.pairs().size(), 1U);
  EXPECT_EQ(panel.pairs().front().days.size(), 2U);
}

TEST(CountFaults, AnActorAgainstItself) {
  EXPECT_EQ(fault_of_row("2025-04-22,IND,IND,1,0,1"),
            "counts.csv:3: actor \"IND\" is source and target; a pair needs two actors, leave such rows out");
  EXPECT_EQ(fault_of("date,pair,rhetoric\n2025-04-22,IND-IND,1\n"),
            "counts.csv:2:2: a pair needs two actors; \"IND\" stands on both sides");
}

TEST(CountFaults, AnEmptyActor) {
  EXPECT_EQ(fault_of_row("2025-04-22,IND, ,1,0,1"), "counts.csv:3:3: column \"target\" is empty, expected an actor");
  EXPECT_TRUE(holds(fault_of("date,pair,rhetoric\n2025-04-22,IND-,1\n"), "counts.csv:2:2: a pair needs two actors"));
}

TEST(CountFaults, APairThatIsNotTwoNames) {
  EXPECT_TRUE(holds(fault_of("date,pair,rhetoric\n2025-04-22,IND,1\n"), "counts.csv:2:2: pair \"IND\" cannot be read"));
  EXPECT_TRUE(
      holds(fault_of("date,pair,rhetoric\n2025-04-22,A-B-C,1\n"), "counts.csv:2:2: pair \"A-B-C\" cannot be read"));
}

TEST(CountFaults, DatesInAnotherFormat) {
  EXPECT_EQ(fault_of_row("22/04/2025,IND,PAK,1,0,1"),
            "counts.csv:3:1: column \"date\" holds \"22/04/2025\", expected a day as YYYY-MM-DD");
  EXPECT_TRUE(holds(fault_of_row("1745280000,IND,PAK,1,0,1"), "counts.csv:3:1: column \"date\" holds"));
  EXPECT_TRUE(holds(fault_of_row(",IND,PAK,1,0,1"), "counts.csv:3:1: column \"date\" holds \"\""));
}

TEST(CountFaults, DatesThatDoNotExist) {
  EXPECT_TRUE(holds(fault_of_row("2025-02-29,IND,PAK,1,0,1"), "counts.csv:3:1: column \"date\" holds \"2025-02-29\""));
}

TEST(CountFaults, DatesOutOfRange) {
  EXPECT_EQ(fault_of_row("0025-04-22,IND,PAK,1,0,1"),
            "counts.csv:3: the date 0025-04-22 is out of range, expected a day from 1800-01-01 to 2199-12-31");
  EXPECT_TRUE(holds(fault_of_row("2200-01-01,IND,PAK,1,0,1"), "counts.csv:3: the date 2200-01-01 is out of range"));
}

TEST(CountFaults, AnEmptyFile) {
  EXPECT_EQ(fault_of(""), "counts.csv: the file is empty; expected a header with column names");
  EXPECT_EQ(fault_of("\n\n"), "counts.csv: the file is empty; expected a header with column names");
}

TEST(CountFaults, AHeaderOnly) {
  EXPECT_EQ(fault_of("date,source,target,rhetoric\n"),
            "counts.csv: there is a header but no row; expected at least one day of counts");
}

TEST(CountFaults, MissingColumnsListWhatWasFound) {
  EXPECT_EQ(fault_of("day,source,target,rhetoric\n"),
            "counts.csv:1: expected a column \"date\"; found \"day\", \"source\", \"target\", \"rhetoric\"");
  EXPECT_EQ(fault_of("date,source,rhetoric\n"),
            "counts.csv:1: expected columns \"source\" and \"target\", or \"pair\"; found \"date\", \"source\", "
            "\"rhetoric\"");
  EXPECT_EQ(fault_of("date,pair,mediation\n"),
            "counts.csv:1: expected at least one of the columns \"rhetoric\", \"military\", \"punitive\"; found "
            "\"date\", \"pair\", "
            "\"mediation\"");
}

TEST(CountFaults, APairBesideSourceAndTarget) {
  EXPECT_TRUE(
      holds(fault_of("date,source,target,pair,rhetoric\n"), "either \"source\" and \"target\" or \"pair\", not both"));
}

TEST(CountFaults, AColumnThatStandsTwice) {
  EXPECT_EQ(fault_of("date,source,target,rhetoric,rhetoric\n"),
            "counts.csv:1:5: column \"rhetoric\" stands twice; keep one of them");
}

TEST(CountFaults, ALastLineThatIsCutOff) {
  EXPECT_EQ(fault_of("date,source,target,rhetoric,military\n2025-04-22,IND,PAK,1,0\n2025-04-23,IND,P"),
            "counts.csv:3: expected 5 fields as in the header, found 3; is the line cut off, or a separator missing?");
}

TEST(CountFaults, ALineWithTooManyFields) {
  EXPECT_TRUE(
      holds(fault_of_row("2025-04-22,IND,PAK,1,0,1,9"), "counts.csv:3: expected 6 fields as in the header, found 7"));
}

TEST(CountFaults, ALineOfTwoMegabytes) {
  EXPECT_EQ(fault_of_row("2025-04-22,IND,PAK," + std::string(2 << 20, '1') + ",0,1"),
            "counts.csv:3: the line is longer than 1 MiB; expected one short row a line");
}

TEST(CountFaults, ABinaryFile) {
  EXPECT_EQ(fault_of(std::string("date,source,target,rhetoric\n2025-04-22,IND,P\0K,1\n", 50)),
            "counts.csv:2: holds a NUL byte; this is not a text file");
}

TEST(CountFaults, NamesThatAreNotUtf8) {
  EXPECT_EQ(fault_of_row("2025-04-22,IND,C\xF4te,1,0,1"),
            "counts.csv:3: actor \"C?te\" is not UTF-8 text; save the file as UTF-8");
}

}  // namespace
}  // namespace tocsin
