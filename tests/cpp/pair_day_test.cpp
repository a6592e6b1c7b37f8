#include "pair_day.hpp"

#include <gtest/gtest.h>

#include "sample_series.hpp"

namespace tocsin {
namespace {

using samples::nan;

constexpr std::size_t rhetoric = index_of(Signal::rhetoric);
constexpr std::size_t military = index_of(Signal::military);
constexpr std::size_t punitive = index_of(Signal::punitive);

Collected everything() {
  Collected collected;
  collected.signals.set();
  return collected;
}

/// Words, force, punishment of both directions; mediation.
DayCounts counts_of(std::array<double, 3> forward, std::array<double, 3> backward, double mediation = 0) {
  DayCounts counts;
  for (std::size_t i = 0; i < 3; ++i) {
    counts.counts[0][index_of(hostile_signals[i])] = forward[i];
    counts.counts[1][index_of(hostile_signals[i])] = backward[i];
  }
  counts.counts[0][index_of(Signal::mediation)] = mediation;
  return counts;
}

Observation observed(const DayCounts& counts, const Collected& collected = everything(), double exposure = 1) {
  return Observation::of({exposure, &counts, nullptr}, collected);
}

TEST(Observation, HandWorkedDay) {
  // India: 3 words, 1 of force, 2 punishments; Pakistan: 4, 0, 1; two acts of mediation.
  const Composite::Day day = observed(counts_of({3, 1, 2}, {4, 0, 1}, 2)).day;
  EXPECT_EQ(day.exposure, 1);
  EXPECT_EQ(day.hostile, 11);
  EXPECT_EQ(day.rhetoric, 7);
  EXPECT_EQ(day.material, 4);
  EXPECT_EQ(day.forward, 6);
  EXPECT_EQ(day.backward, 5);
  EXPECT_EQ(day.mediation, 2);
  EXPECT_EQ(day.kinds, (std::array<double, 6>{3, 1, 2, 4, 0, 1}));
}

TEST(Observation, PutsWordsOnRungOnePunishmentOnThreeForceOnFive) {
  EXPECT_EQ(observed(counts_of({3, 1, 2}, {4, 0, 1})).day.rungs, (RungCounts{7, 0, 3, 0, 1, 0, 0}));
}

TEST(Observation, OfADayWithoutARowIsACollectedZero) {
  const Observation quiet = Observation::of({1, nullptr, nullptr}, everything());
  EXPECT_EQ(quiet.day.exposure, 1);
  EXPECT_EQ(quiet.day.hostile, 0);
  EXPECT_EQ(quiet.day.mediation, 0);
  EXPECT_EQ(quiet.conflict, 0);
}

TEST(Observation, OfADayNotCollectedKnowsNothing) {
  const Observation missing = Observation::of({0, nullptr, nullptr}, everything());
  EXPECT_EQ(missing.day.exposure, 0);
  EXPECT_TRUE(std::isnan(missing.day.hostile));
  EXPECT_TRUE(std::isnan(missing.day.mediation));
  EXPECT_TRUE(std::isnan(missing.day.kinds[5]));
  EXPECT_TRUE(std::isnan(missing.conflict));
}

TEST(Observation, TakesAMissingHostileCellOutOfTheExposure) {
  // One cell of six is unknown: what was collected counts, on five sixths of a day.
  const Composite::Day day = observed(counts_of({3, nan, 2}, {4, 0, 1})).day;
  EXPECT_EQ(day.hostile, 10);
  EXPECT_DOUBLE_EQ(day.exposure, 5.0 / 6.0);
  EXPECT_DOUBLE_EQ(observed(counts_of({3, nan, 2}, {4, 0, 1}), everything(), 0.5).day.exposure, 2.5 / 6.0);
}

TEST(Observation, HasNoHostileExposureWhereNoHostileCellIsKnown) {
  const Composite::Day day = observed(counts_of({nan, nan, nan}, {nan, nan, nan}, 2)).day;
  EXPECT_EQ(day.exposure, 0);
  EXPECT_TRUE(std::isnan(day.hostile));
  EXPECT_EQ(day.mediation, 2);
}

TEST(Observation, ComparesTheTwoSidesOnlyWhereTheSameWasCollected) {
  const Composite::Day uneven = observed(counts_of({3, nan, 2}, {4, 0, 1})).day;
  EXPECT_TRUE(std::isnan(uneven.forward));
  EXPECT_TRUE(std::isnan(uneven.backward));
  const Composite::Day even = observed(counts_of({3, nan, 2}, {4, nan, 1})).day;
  EXPECT_EQ(even.forward, 5);
  EXPECT_EQ(even.backward, 5);
}

TEST(Observation, TakesWordsAndDeedsFromTheDirectionsThatKnowBoth) {
  const Composite::Day one_side = observed(counts_of({nan, 1, 2}, {4, 0, 1})).day;
  EXPECT_EQ(one_side.rhetoric, 4);
  EXPECT_EQ(one_side.material, 1);
  const Composite::Day neither = observed(counts_of({nan, 1, 2}, {4, nan, nan})).day;
  EXPECT_TRUE(std::isnan(neither.rhetoric));
  EXPECT_TRUE(std::isnan(neither.material));
}

TEST(Observation, DoesNotMissASignalThatTheSourceNeverCollects) {
  // Rhetoric and force alone: four cells, all known; punishment is no gap, and its kind stays empty.
  Collected collected = everything();
  collected.signals[punitive] = false;
  const Composite::Day day = observed(counts_of({3, 1, 0}, {4, 0, 0}), collected).day;
  EXPECT_EQ(day.exposure, 1);
  EXPECT_EQ(day.hostile, 8);
  EXPECT_TRUE(std::isnan(day.kinds[2]));
  EXPECT_EQ(day.kinds[3], 4);
}

TEST(Observation, OfAPairWithoutDirectionsHasNoSides) {
  Collected collected = everything();
  collected.is_directed = false;
  const Composite::Day day = observed(counts_of({3, 1, 2}, {0, 0, 0}), collected).day;
  EXPECT_EQ(day.hostile, 6);
  EXPECT_EQ(day.exposure, 1);
  EXPECT_TRUE(std::isnan(day.forward));
  EXPECT_TRUE(std::isnan(day.kinds[3]));
}

TEST(Observation, HasNoMediationWhereTheSourceCollectsNone) {
  Collected collected = everything();
  collected.signals[index_of(Signal::mediation)] = false;
  EXPECT_TRUE(std::isnan(observed(counts_of({1, 0, 0}, {0, 0, 0}), collected).day.mediation));
  EXPECT_TRUE(std::isnan(Observation::of({1, nullptr, nullptr}, collected).day.mediation));
}

class WithExtras : public ::testing::Test {
 protected:
  WithExtras() {
    collected_.extras.set();
    extras_[0][index_of(Extra::rung_2)] = 4;
    extras_[1][index_of(Extra::rung_6)] = 1;
    extras_[0][index_of(Extra::goldstein_conflict)] = -7.5;
    extras_[1][index_of(Extra::goldstein_conflict)] = -10;
    extras_[1][index_of(Extra::goldstein_cooperation)] = 3.4;
  }
  Observation observed() { return Observation::of({1, &counts_, &extras_}, collected_); }

  Collected collected_ = everything();
  DayCounts counts_ = counts_of({3, 1, 2}, {4, 0, 1});
  DayExtras extras_{};
};

TEST_F(WithExtras, TakesTheRungsOfBothDirections) {
  EXPECT_EQ(observed().day.rungs, (RungCounts{0, 4, 0, 0, 0, 1, 0}));
}

TEST_F(WithExtras, SumsTheGoldsteinValuesOfBothDirections) {
  EXPECT_EQ(observed().conflict, -17.5);
  EXPECT_EQ(observed().cooperation, 3.4);
}

TEST_F(WithExtras, FallsBackOnTheSignalsWhereARungIsUnknown) {
  extras_[1][index_of(Extra::rung_1)] = nan;
  EXPECT_EQ(observed().day.rungs, (RungCounts{7, 0, 3, 0, 1, 0, 0}));
}

TEST_F(WithExtras, NeedsAllSevenRungColumns) {
  EXPECT_TRUE(has_rungs(collected_));
  collected_.extras[index_of(Extra::rung_4)] = false;
  EXPECT_FALSE(has_rungs(collected_));
}

double share_of(const Collected& collected, Component component) {
  return shares_of(collected)[static_cast<std::size_t>(component)];
}

TEST(SharesOf, AreWholeWhereEverythingIsCollected) {
  for (const Component component :
       {Component::level, Component::rung, Component::material_share, Component::momentum, Component::change,
        Component::reproduction, Component::reciprocity, Component::spread, Component::restraint}) {
    EXPECT_EQ(share_of(everything(), component), 1);
  }
}

TEST(SharesOf, AreSignalsCollectedOverSignalsUsed) {
  Collected three = everything();
  three.signals[punitive] = false;
  EXPECT_DOUBLE_EQ(share_of(three, Component::level), 2.0 / 3.0);
  EXPECT_DOUBLE_EQ(share_of(three, Component::restraint), 3.0 / 4.0);
  EXPECT_DOUBLE_EQ(share_of(three, Component::spread), 2.0 / 3.0);
}

TEST(SharesOf, AreNoneWhereAComponentCannotBeComputed) {
  Collected no_words = everything();
  no_words.signals[rhetoric] = false;
  EXPECT_EQ(share_of(no_words, Component::material_share), 0);
  Collected no_deeds = everything();
  no_deeds.signals[military] = no_deeds.signals[punitive] = false;
  EXPECT_EQ(share_of(no_deeds, Component::material_share), 0);
  Collected no_mediation = everything();
  no_mediation.signals[index_of(Signal::mediation)] = false;
  EXPECT_EQ(share_of(no_mediation, Component::restraint), 0);
  Collected undirected = everything();
  undirected.is_directed = false;
  EXPECT_EQ(share_of(undirected, Component::reciprocity), 0);
  EXPECT_EQ(share_of(undirected, Component::spread), 0.5);  // three kinds of six
}

TEST(SharesOf, CountExactRungsFullyWhateverSignalsThereAre) {
  Collected collected = everything();
  collected.signals[punitive] = false;
  EXPECT_DOUBLE_EQ(share_of(collected, Component::rung), 2.0 / 3.0);
  collected.extras.set();
  EXPECT_EQ(share_of(collected, Component::rung), 1);
}

}  // namespace
}  // namespace tocsin
