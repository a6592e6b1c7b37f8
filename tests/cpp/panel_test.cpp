#include "tocsin/panel.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "sample_panels.hpp"
#include "tocsin/error.hpp"

namespace tocsin {
namespace {

using samples::not_collected;

constexpr std::size_t rhetoric = index_of(Signal::rhetoric);
constexpr std::size_t military = index_of(Signal::military);
constexpr std::size_t mediation = index_of(Signal::mediation);
constexpr Day monday{20000};
const Pair ind_pak{"IND", "PAK"};

// Rows of rhetoric, military and mediation, in the order in which they are written down.
class Table {
 public:
  Table() {
    table_.actors = {"IND", "PAK"};
    table_.origin = "t";
  }

  Table& forward(int day, double words, double force, double talks) { return row(day, 0, 1, words, force, talks); }
  Table& backward(int day, double words, double force, double talks) { return row(day, 1, 0, words, force, talks); }
  Table& exposure(std::vector<double> values) {
    table_.values[exposure_column] = std::move(values);
    return *this;
  }
  Table& extra(Extra which, std::vector<double> values) {
    table_.values[signal_count + index_of(which)] = std::move(values);
    return *this;
  }
  Table& without_directions() {
    table_.is_directed = false;
    return *this;
  }

  [[nodiscard]] const CountTable& get() const { return table_; }
  [[nodiscard]] CountPanel panel() const { return CountPanel::from_table(table_); }
  [[nodiscard]] std::string fault() const {
    try {
      (void)panel();
    } catch (const InputError& error) {
      return error.what();
    }
    return "no fault";
  }

 private:
  Table& row(int day, std::uint32_t source, std::uint32_t target, double words, double force, double talks) {
    table_.dates.push_back(monday + day);
    table_.sources.push_back(source);
    table_.targets.push_back(target);
    table_.values[rhetoric].push_back(words);
    table_.values[military].push_back(force);
    table_.values[mediation].push_back(talks);
    return *this;
  }

  CountTable table_;
};

TEST(Pair, StandsInAlphabeticalOrder) {
  EXPECT_EQ(Pair::of("PAK", "IND"), ind_pak);
  EXPECT_EQ(Pair::parse("PAK-IND"), ind_pak);
  EXPECT_EQ(to_string(ind_pak), "IND-PAK");
}

TEST(Pair, NeedsTwoNames) {
  for (const char* text : {"", "IND", "IND-", "-PAK", "IND-IND", "A-B-C", "IND–PAK"})
    EXPECT_THROW(Pair::parse(text), InputError) << text;
}

TEST(Panel, ADayWithoutARowIsACollectedZero) {
  const CountPanel panel = Table().forward(0, 1, 0, 0).forward(5, 2, 0, 0).panel();
  EXPECT_EQ(panel.calendar(), (Calendar{monday, monday + 5}));
  EXPECT_EQ(panel.exposure(), std::vector<double>(6, 1.0));
  ASSERT_EQ(panel.pairs().front().days.size(), 2U);
  EXPECT_EQ(panel.pairs().front().days.back().day, 5);
}

TEST(Panel, RowsOfZerosAreNotStoredButTheirPairIs) {
  const CountPanel panel = Table().forward(0, 0, 0, 0).backward(3, 0, 0, 0).panel();
  ASSERT_EQ(panel.pairs().size(), 1U);
  EXPECT_TRUE(panel.pairs().front().days.empty());
  EXPECT_EQ(panel.calendar().size(), 4);
}

TEST(Panel, DirectionsAreKeptApartAndMediationIsSummedOntoThePair) {
  const CountPanel panel = Table().backward(0, 3, 4, 0.5).forward(0, 1, 2, 2).panel();
  const DayCounts& day = panel.pair(ind_pak).days.front();
  EXPECT_EQ(day.counts[0][rhetoric], 1);
  EXPECT_EQ(day.counts[1][rhetoric], 3);
  EXPECT_EQ(day.counts[1][military], 4);
  EXPECT_EQ(day.mediation(), 2.5);
  EXPECT_EQ(day.counts[1][mediation], 0);
}

TEST(Panel, MediationOfTheOnlyRowOfADayBelongsToThePairWhicheverItsDirection) {
  const CountPanel panel = Table().backward(0, 1, 0, 2).backward(1, 1, 0, not_collected).panel();
  EXPECT_EQ(panel.pair(ind_pak).days[0].mediation(), 2);
  EXPECT_TRUE(std::isnan(panel.pair(ind_pak).days[1].mediation()));
  EXPECT_EQ(panel.pair(ind_pak).days[1].counts[1][mediation], 0);
}

TEST(Panel, MediationIsMissingOnlyWhereNoRowGivesIt) {
  const CountPanel panel = Table()
                               .forward(0, 1, 0, not_collected)
                               .backward(0, 0, 0, 2)
                               .forward(1, 1, 0, not_collected)
                               .backward(1, 0, 0, not_collected)
                               .panel();
  EXPECT_EQ(panel.pair(ind_pak).days[0].mediation(), 2);
  EXPECT_TRUE(std::isnan(panel.pair(ind_pak).days[1].mediation()));
}

TEST(Panel, DistinctMediatorsOfThePairAreSummedLikeMediationAndRungsAreNot) {
  const CountPanel panel = Table()
                               .forward(0, 1, 0, 1)
                               .backward(0, 1, 0, 1)
                               .extra(Extra::mediators, {1, 2})
                               .extra(Extra::rung_2, {3, 4})
                               .panel();
  const DayExtras& extras = panel.pair(ind_pak).extras.front();
  EXPECT_EQ(extras[0][index_of(Extra::mediators)], 3);
  EXPECT_EQ(extras[1][index_of(Extra::mediators)], 0);
  EXPECT_EQ(extras[0][index_of(Extra::rung_2)], 3);
  EXPECT_EQ(extras[1][index_of(Extra::rung_2)], 4);
}

TEST(Panel, CountsWithoutADirectionStandOnTheFirst) {
  const CountPanel panel = Table().without_directions().forward(0, 1, 2, 1).backward(1, 3, 0, 0).panel();
  EXPECT_FALSE(panel.collected().is_directed);
  EXPECT_EQ(panel.pair(ind_pak).days[1].counts[0][rhetoric], 3);
  EXPECT_EQ(panel.pair(ind_pak).days[1].counts[1][rhetoric], 0);
}

TEST(Panel, ASignalWithoutASingleValueIsNotCollected) {
  const CountPanel panel = Table().forward(0, 1, not_collected, 0).forward(1, 1, not_collected, 0).panel();
  EXPECT_TRUE(panel.collected().has(Signal::rhetoric));
  EXPECT_FALSE(panel.collected().has(Signal::military));
  EXPECT_TRUE(panel.collected().has(Signal::mediation));
}

TEST(Panel, WhatTheSourceCollectsMayBeKnownFromElsewhere) {
  Collected known;
  known.signals.set(rhetoric).set(military).set(index_of(Signal::punitive));
  const CountPanel panel = CountPanel::from_table(Table().forward(0, 1, not_collected, 7).get(), {}, known);
  EXPECT_TRUE(panel.collected().has(Signal::military));
  const DayCounts& day = panel.pair(ind_pak).days.front();
  EXPECT_TRUE(std::isnan(day.counts[0][military])) << "collected, but not today";
  EXPECT_TRUE(std::isnan(day.counts[0][index_of(Signal::punitive)])) << "collected, but the table has no such column";
  EXPECT_EQ(day.counts[1][military], 0) << "a direction without a row did nothing";
  EXPECT_EQ(day.mediation(), 0) << "this source does not collect mediation";
}

TEST(Panel, ADayWithExposureZeroHoldsNoCounts) {
  const CountPanel panel = Table()
                               .forward(0, 1, 0, 0)
                               .forward(1, not_collected, 0, not_collected)
                               .forward(2, 2, 0, 0)
                               .exposure({1, 0, 0.5})
                               .panel();
  EXPECT_EQ(panel.exposure(), (std::vector<double>{1, 0, 0.5}));
  ASSERT_EQ(panel.pair(ind_pak).days.size(), 2U);
  EXPECT_EQ(panel.pair(ind_pak).days[1].day, 2);
}

TEST(Panel, OneRowSaysTheExposureForAllRowsOfTheDay) {
  const CountPanel panel = Table().forward(0, 1, 0, 0).backward(0, 1, 0, 0).exposure({not_collected, 0.5}).panel();
  EXPECT_EQ(panel.exposure(), std::vector<double>{0.5});
}

TEST(Panel, ATableInMemoryNumbersItsRowsInMessages) {
  EXPECT_EQ(Table().forward(0, 1, 0, 0).forward(0, 1, 0, 0).fault(),
            "t:2: a second row for IND > PAK on " + to_string(monday) +
                "; the first is on line 1; add the two up or remove one");
  EXPECT_NE(Table().forward(0, 1, -1, 0).fault().find("t:1: column \"military\" holds \"-1\""), std::string::npos);
}

TEST(Panel, MediationMayBeFractionalAndNothingElseMay) {
  EXPECT_EQ(Table().forward(0, 1, 0, 0.25).fault(), "no fault");
  EXPECT_NE(Table().forward(0, 0.25, 0, 1).fault().find("expected a whole count"), std::string::npos);
}

TEST(Panel, ATableWithoutRowsIsRefused) {
  EXPECT_EQ(Table().fault(), "t: there is a header but no row; expected at least one day of counts");
}

TEST(Panel, ColumnsOfDifferentLengthsAreRefused) {
  EXPECT_EQ(Table().forward(0, 1, 0, 0).forward(1, 1, 0, 0).exposure({1}).fault(),
            "t: column \"exposure\" has 1 rows, expected 2 as in \"date\"");
}

TEST(Panel, AnActorThatIsNotInTheListIsRefused) {
  CountTable table = Table().forward(0, 1, 0, 0).get();
  table.targets[0] = 2;
  EXPECT_THROW(CountPanel::from_table(table), InputError);
}

TEST(Panel, ACalendarThatEndsBeforeItBeginsIsRefused) {
  EXPECT_THROW(CountPanel::from_table(Table().forward(0, 1, 0, 0).get(), Calendar{monday + 1, monday}), InputError);
}

TEST(Panel, ACalendarWithoutAnyRowInItIsRefused) {
  EXPECT_THROW(CountPanel::from_table(Table().forward(0, 1, 0, 0).get(), Calendar{monday + 1, monday + 9}), InputError);
}

TEST(Panel, AnUnknownPairProposesTheNearestNames) {
  try {
    (void)Table().forward(0, 1, 0, 0).panel().pair(Pair{"IND", "PAC"});
    FAIL() << "expected an InputError";
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(), "pair \"IND-PAC\" is not in the panel (nearest: IND-PAK)");
  }
}

TEST(Panel, SelectKeepsTheCalendarAndThePairsThatAreAskedFor) {
  const CountPanel panel = CountPanel::from_table(samples::random_table(1, {.pairs = 5}));
  const std::vector<Pair> wanted{panel.pairs()[3].pair, panel.pairs()[1].pair};
  const CountPanel chosen = panel.select(wanted);
  EXPECT_EQ(chosen.calendar(), panel.calendar());
  ASSERT_EQ(chosen.pairs().size(), 2U);
  EXPECT_EQ(chosen.pairs()[0].pair, wanted[1]);
  EXPECT_EQ(chosen.pairs()[1].pair, wanted[0]);
  EXPECT_THROW((void)panel.select({wanted[0], wanted[0]}), InputError);
  EXPECT_THROW((void)panel.select({ind_pak}), InputError);
}

TEST(Panel, UntilIsThePanelOfATableThatEndsOnThatDay) {
  const CountTable table =
      samples::random_table(2, {.pairs = 3, .days = 40, .share_of_missing_days = 0.1, .has_extras = true});
  const CountPanel panel = CountPanel::from_table(table);
  const Day last = samples::first_day + 20;
  const CountPanel known = panel.until(last);
  const CountPanel expected = CountPanel::from_table(table, Calendar{samples::first_day, last});
  EXPECT_EQ(known.calendar(), expected.calendar());
  EXPECT_EQ(known.exposure(), expected.exposure());
  ASSERT_EQ(known.pairs().size(), expected.pairs().size());
  for (std::size_t i = 0; i < known.pairs().size(); ++i) {
    ASSERT_EQ(known.pairs()[i].days.size(), expected.pairs()[i].days.size());
    EXPECT_EQ(known.pairs()[i].extras, expected.pairs()[i].extras);
    for (std::size_t row = 0; row < known.pairs()[i].days.size(); ++row) {
      EXPECT_EQ(known.pairs()[i].days[row].counts, expected.pairs()[i].days[row].counts);
    }
  }
  EXPECT_THROW((void)panel.until(samples::first_day + 40), InputError);
  EXPECT_THROW((void)panel.until(samples::first_day + -1), InputError);
}

}  // namespace
}  // namespace tocsin
