#include "tocsin/composite.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "composite.hpp"
#include "pair_day.hpp"
#include "sample_panels.hpp"
#include "sample_series.hpp"
#include "tocsin/collections.hpp"

namespace tocsin {
namespace {

using samples::nan;

constexpr Shares all_shares{1, 1, 1, 1, 0, 0, 1, 1, 1};
constexpr std::size_t index(Component component) { return static_cast<std::size_t>(component); }

/// Acts of one day, all of them words of the first actor unless the fields are changed.
Composite::Day day_of(double acts, double exposure = 1) {
  Composite::Day day;
  day.exposure = exposure;
  day.hostile = day.rhetoric = day.forward = day.kinds[0] = day.rungs[0] = acts;
  return day;
}

Composite::Day missing_day() {
  Composite::Day day;
  day.hostile = day.rhetoric = day.material = day.forward = day.backward = day.mediation = nan;
  day.kinds.fill(nan);
  day.rungs.fill(nan);
  return day;
}

Composite after(const std::vector<Composite::Day>& days) {
  Composite composite{Config{}};
  for (const Composite::Day& day : days) composite.step(day);
  return composite;
}

Subscores subscores_after(const std::vector<Composite::Day>& days, const Composite::Background& background = {}) {
  return Composite::subscores(after(days).read(background), all_shares, Config{});
}

double subscore(const std::vector<Composite::Day>& days, Component component,
                const Composite::Background& background = {}) {
  return subscores_after(days, background)[index(component)];
}

TEST(ScoreParts, HasTheCheckValueOfTheComposite) {
  // INDICATORS C19: w = 25, 20, 20, 15, 10, 10 and u = .8, .95, .6, .4, .2, .7 give 20, 19, 12, 6, 2, 7 and S = 66. Two
  // weights of 20 are the halves of momentum, two of 10 those of self-sustaining; 25 is spread, 15 the restraint
  // deficit.
  const Weights weights{0, 0.4, 0.2, 0.25, 0.15};
  const Subscores subscores{0, 0, 0, 0.95, 0.6, 0.2, 0.7, 0.8, 0.4};
  const ScoreParts parts = ScoreParts::of(subscores, {1, 1, 1, 1, 1, 1, 1, 1, 1}, weights);
  EXPECT_CLOSE(parts.score, 66);
  EXPECT_CLOSE(parts.contributions[1], 19 + 12);
  EXPECT_CLOSE(parts.contributions[2], 2 + 7);
  EXPECT_CLOSE(parts.contributions[3], 20);
  EXPECT_CLOSE(parts.contributions[4], 6);
  EXPECT_CLOSE(parts.coverage, 1);
  EXPECT_CLOSE(parts.score_max, 66);
}

TEST(ScoreParts, SumToTheScoreBitForBit) {
  random::Stream stream(40);
  for (int i = 0; i < 2000; ++i) {
    Subscores subscores{};
    for (double& value : subscores) value = stream.next_uniform() < 0.1 ? nan : stream.next_uniform();
    const double a = stream.next_uniform();
    const Weights weights{0.3 * a, 0.3 * (1 - a), 0.2, 0.25, 0.25};
    const ScoreParts parts = ScoreParts::of(subscores, {1, 1, 1, 1, 1, 1, 1, 1, 1}, weights);
    if (std::isnan(parts.score)) continue;
    double sum = 0;
    for (const double points : parts.contributions) sum += std::isnan(points) ? 0 : points;
    EXPECT_EQ(sum, parts.score);
  }
}

TEST(ScoreParts, GivesAHundredToAPairWithEverythingAtItsGoalpost) {
  const ScoreParts parts = ScoreParts::of({1, 1, 1, 1, 1, 1, 1, 1, 1}, {1, 1, 1, 1, 1, 1, 1, 1, 1}, {});
  EXPECT_CLOSE(parts.score, 100);
  for (const double points : parts.contributions) EXPECT_CLOSE(points, 20);
}

TEST(ScoreParts, NeitherImputesAMissingComponentNorSharesOutItsWeight) {
  // Without change and reproduction, 10 of 100 points each: the rest keeps its weight.
  const ScoreParts parts = ScoreParts::of({1, 1, 1, 1, nan, nan, 1, 1, 1}, all_shares, {});
  EXPECT_CLOSE(parts.score, 80);
  EXPECT_CLOSE(parts.score_max, 100);
  EXPECT_CLOSE(parts.coverage, 0.8);
  EXPECT_CLOSE(parts.contributions[1], 10);
}

TEST(ScoreParts, KeepsAGroupWithoutAnyComponentMissing) {
  const ScoreParts parts = ScoreParts::of({0.5, 0.5, 0.5, nan, nan, nan, 0.5, 0.5, 0.5}, all_shares, {});
  EXPECT_TRUE(std::isnan(parts.contributions[1]));
  EXPECT_FALSE(std::isnan(parts.contributions[2]));
}

TEST(ScoreParts, GivesNoScoreBelowSixtyPercentOfTheWeight) {
  // Intensity, spread and restraint are 60 % together; without the rung 53 %.
  EXPECT_CLOSE(ScoreParts::of({1, 1, 1, nan, nan, nan, nan, 1, 1}, all_shares, {}).score, 60);
  const ScoreParts too_little = ScoreParts::of({1, nan, 1, nan, nan, nan, nan, 1, 1}, all_shares, {});
  EXPECT_TRUE(std::isnan(too_little.score));
  EXPECT_TRUE(std::isnan(too_little.score_max));
  for (const double points : too_little.contributions) EXPECT_TRUE(std::isnan(points));
  EXPECT_GT(too_little.coverage, 0.5);  // says how far it was from enough
}

TEST(ScoreParts, CountsAPartlyCollectedComponentInPartInTheCoverageOnly) {
  Shares two_of_three = all_shares;
  two_of_three[index(Component::spread)] = 2.0 / 3.0;
  const ScoreParts parts = ScoreParts::of({1, 1, 1, 1, nan, nan, 1, 1, 1}, two_of_three, {});
  EXPECT_CLOSE(parts.score, 80);
  EXPECT_CLOSE(parts.coverage, 0.8 - 0.2 / 3);
}

TEST(Composite, GivesASilentPairExactlyZeroInEveryComponent) {
  const Subscores silent = subscores_after(std::vector<Composite::Day>(100, day_of(0)));
  for (const Component component : {Component::level, Component::rung, Component::material_share, Component::momentum,
                                    Component::reciprocity, Component::spread, Component::restraint}) {
    EXPECT_EQ(silent[index(component)], 0);
  }
  EXPECT_EQ(ScoreParts::of(silent, all_shares, {}).score, 0);
}

TEST(Composite, HandWorkedLevel) {
  // One day with 8 acts: n = 8, B = 1, lambda = 8/3 a day: (log2(8/3) + 8) / 12.
  EXPECT_CLOSE(subscore({day_of(8)}, Component::level), (std::log2(8.0 / 3.0) + 8) / 12);
  EXPECT_EQ(subscore({day_of(1000)}, Component::level), 1);  // above 16 a day
}

TEST(Composite, HandWorkedRestraintDeficit) {
  // n = 8, one act of mediation: 8 / (8 + 3 + 5). Mediation with no hostile act to meet is no deficit.
  Composite::Day day = day_of(8);
  day.mediation = 1;
  EXPECT_CLOSE(subscore({day}, Component::restraint), 0.5);
  day = day_of(0);
  day.mediation = 4;
  EXPECT_EQ(subscore({day}, Component::restraint), 0);
}

TEST(Composite, HandWorkedMaterialShareWithItsEvidence) {
  // 15 acts, 6 of them deeds: g = 15/20, share 6/15: (3/4)(2/5)/0.8 = 0.375.
  Composite::Day day = day_of(15);
  day.rhetoric = 9;
  day.material = 6;
  EXPECT_CLOSE(subscore({day}, Component::material_share), 0.375);
}

TEST(Composite, HandWorkedReciprocityAndSpread) {
  // 15 acts, 10 against 5: g 2 * 5/15 = 0.5. Kinds 10 and 5: Hill (3/2)^(2/3) 3^(1/3).
  Composite::Day day = day_of(15);
  day.forward = 10;
  day.backward = 5;
  day.kinds = {10, 0, 0, 5, 0, 0};
  EXPECT_CLOSE(subscore({day}, Component::reciprocity), 0.5);
  const double hill = std::pow(1.5, 2.0 / 3.0) * std::pow(3.0, 1.0 / 3.0);
  EXPECT_CLOSE(subscore({day}, Component::spread), 0.75 * std::log2(hill) / std::log2(6.0));
}

TEST(Composite, HandWorkedMomentum) {
  // 28 days of 1 act, then 7 days of 4; slow rate 0.05: r7 = 4, r28 = (28 + 0.35) / 35 = 0.81.
  std::vector<Composite::Day> days(28, day_of(1));
  days.insert(days.end(), 7, day_of(4));
  EXPECT_CLOSE(subscore(days, Component::momentum, {0.05, 0, 0, 0, 1}), std::log2(4.25 / 1.06) / 4);
}

TEST(Composite, HasNoMomentumBeforeSevenDaysOfBaseline) {
  EXPECT_TRUE(std::isnan(subscore(std::vector<Composite::Day>(13, day_of(1)), Component::momentum)));
  EXPECT_FALSE(std::isnan(subscore(std::vector<Composite::Day>(14, day_of(1)), Component::momentum)));
}

TEST(Composite, NeedsTwoEventsForARung) {
  Composite::Day day = day_of(3);
  day.rungs = {2, 0, 0, 0, 0, 0, 1};
  EXPECT_CLOSE(subscore({day}, Component::rung), 1.0 / 6.0);
  day.rungs = {0, 0, 0, 0, 0, 0, 3};
  EXPECT_EQ(subscore({day}, Component::rung), 1);  // 7 / 6, clamped
}

TEST(Composite, LeavesOutAComponentWithoutAShare) {
  Shares shares = all_shares;
  shares[index(Component::restraint)] = 0;
  const Subscores subscores = Composite::subscores(after({day_of(8)}).read({}), shares, Config{});
  EXPECT_TRUE(std::isnan(subscores[index(Component::restraint)]));
  EXPECT_FALSE(std::isnan(subscores[index(Component::level)]));
}

TEST(Composite, HoldsEverySubscoreThroughAGapOfAMonth) {
  std::vector<Composite::Day> days(40, day_of(3));
  const Subscores before = subscores_after(days);
  for (int gap = 1; gap <= 28; ++gap) {
    days.push_back(missing_day());
    const Subscores during = subscores_after(days);
    for (const Component component : {Component::level, Component::rung, Component::momentum, Component::spread}) {
      EXPECT_EQ(during[index(component)], before[index(component)]) << "day " << gap << " of the gap";
    }
  }
  days.push_back(missing_day());
  EXPECT_FALSE(after(days).read({}).is_usable);
  EXPECT_TRUE(std::isnan(subscore(days, Component::level)));
}

TEST(Composite, CountsOnAfterAGapAsIfThereHadBeenNone) {
  std::vector<Composite::Day> with_gap(40, day_of(3));
  std::vector<Composite::Day> without = with_gap;
  with_gap.insert(with_gap.end(), 14, missing_day());
  with_gap.insert(with_gap.end(), 5, day_of(1));
  without.insert(without.end(), 5, day_of(1));
  EXPECT_EQ(subscore(with_gap, Component::level), subscore(without, Component::level));
  EXPECT_EQ(subscore(with_gap, Component::momentum), subscore(without, Component::momentum));
}

TEST(Composite, LetsTheEvidenceBehindItsIntervalDecayInAGap) {
  std::vector<Composite::Day> days(40, day_of(3));
  EXPECT_EQ(after(days).read({}).freshness, 1);
  days.insert(days.end(), 14, missing_day());
  EXPECT_CLOSE(after(days).read({}).freshness, 0.5);  // one half-life
}

TEST(Composite, ContinuesFromItsStateBitForBit) {
  std::vector<Composite::Day> days;
  for (int i = 0; i < 50; ++i) days.push_back(i % 9 == 4 ? missing_day() : day_of(i % 5));
  Composite whole = after(days);
  Composite again(Config{}, whole.state());
  whole.step(day_of(2));
  again.step(day_of(2));
  const Subscores one = Composite::subscores(whole.read({}), all_shares, Config{});
  const Subscores other = Composite::subscores(again.read({}), all_shares, Config{});
  for (std::size_t i = 0; i < component_count; ++i) {
    if (!std::isnan(one[i])) {
      EXPECT_EQ(other[i], one[i]);
    }
  }
}

/// The same day as told by a source that collected it three times over.
Composite::Day told_three_times(Composite::Day day) {
  day.exposure *= 3;
  day.whole_exposure = 3;
  day.collections = 3;
  for (double* const value :
       {&day.hostile, &day.rhetoric, &day.material, &day.forward, &day.backward, &day.mediation, &day.cooperation}) {
    *value *= 3;
  }
  for (double& kind : day.kinds) kind *= 3;
  for (double& rung : day.rungs) rung *= 3;
  return day;
}

TEST(Composite, IsTheSameWhereEveryDayOrTheLastFortnightWasCollectedThreeTimesOver) {
  std::vector<Composite::Day> once;
  for (int i = 0; i < 90; ++i) {
    Composite::Day day = day_of(i % 5 == 0 ? 2 : 0);
    day.whole_exposure = 1;
    day.material = i % 10 == 0 ? 1 : 0;
    day.mediation = i % 9 == 0 ? 1 : 0;
    day.cooperation = i % 4 == 0 ? 1 : 0;
    once.push_back(day);
  }
  for (const std::size_t first : {std::size_t{0}, std::size_t{76}}) {
    std::vector<Composite::Day> thrice = once;
    for (std::size_t i = first; i < thrice.size(); ++i) thrice[i] = told_three_times(thrice[i]);
    const Composite::Reading told = after(once).read({});
    const Composite::Reading retold = after(thrice).read({});
    EXPECT_EQ(retold.supported_max, told.supported_max);
    const Subscores before = subscores_after(once);
    const Subscores now = subscores_after(thrice);
    for (std::size_t i = 0; i < component_count; ++i) {
      if (std::isnan(before[i])) continue;
      EXPECT_CLOSE(now[i], before[i]) << "component " << i << " from day " << first;
    }
  }
}

TEST(Composite, TakesTheScatterOfRepeatedReportsOutOfTheDispersion) {
  std::vector<Composite::Day> thrice;
  for (int i = 0; i < 90; ++i) thrice.push_back(told_three_times(day_of(i % 5)));
  Composite::Background noisy;
  noisy.dispersion = 6;
  EXPECT_CLOSE(after(thrice).read(noisy).background.dispersion, 2);
  EXPECT_EQ(after({day_of(2), day_of(1, 0.5)}).read(noisy).background.dispersion, 6);
}

TEST(Composite, NeedsTwoEventsNotTwoReportsOfOne) {
  Composite::Day one_event = day_of(1);
  one_event.rungs = {};
  one_event.rungs[5] = 1;
  EXPECT_EQ(after({told_three_times(one_event)}).read({}).supported_max, 0);
  EXPECT_EQ(after({told_three_times(one_event), one_event}).read({}).supported_max, 6);
  // A day that had a little more news than most is not read as half an event less.
  Composite::Day busy_day = one_event;
  busy_day.whole_exposure = busy_day.exposure = busy_day.collections = 1.1;
  EXPECT_EQ(after({busy_day, busy_day}).read({}).supported_max, 6);
}

TEST(Composite, RaisesTheLevelOfRivalsWhoDealWithEachOtherAndLowersThatOfFriends) {
  const auto level_after = [](double hostile_before, double other_before) {
    std::vector<Composite::Day> days;
    for (int i = 0; i < 200; ++i) {
      days.push_back(day_of(hostile_before));
      days.back().cooperation = other_before;
    }
    for (int i = 0; i < 30; ++i) {
      days.push_back(day_of(i % 15 == 0 ? 1 : 0));
      days.back().cooperation = i % 3 == 0 ? 1 : 0;
    }
    return subscore(days, Component::level);
  };
  EXPECT_GT(level_after(0.3, 0.1), level_after(0.3, 0.9));
}

TEST(Composite, HasSubscoresThatEqualTheNaiveDefinitionOneByOne) {
  samples::RandomShape shape;
  shape.pairs = 2;
  shape.days = 130;
  shape.share_of_missing_cells = 0.05;
  shape.share_of_missing_days = 0.2;
  shape.share_of_half_days = 0.2;
  shape.share_of_triple_days = 0.2;
  shape.has_extras = true;
  const CountTable table = samples::random_table(41, shape);
  const CountPanel panel = CountPanel::from_table(table);
  const Config config;
  for (const PairCounts& pair : panel.pairs()) {
    const reference::PairDays naive = reference::pair_days(table, pair.pair);
    Composite composite(config);
    Composite::Background background;
    Collections collections;
    std::size_t next = 0;
    for (int t = 0; t < panel.calendar().size(); ++t) {
      PairDay row{panel.exposure()[static_cast<std::size_t>(t)]};
      if (next < pair.days.size() && pair.days[next].day == t) {
        row.counts = &pair.days[next];
        row.extras = &pair.extras[next++];
      }
      Composite::Day day = Observation::of(row, panel.collected()).day;
      day.collections = collections.step(row.exposure);
      composite.step(day);
      if (day.exposure > 0) background = {reference::slow_rate(naive.hostile_days(), t).mean(), 0, 0, 0, 1, 0.3, 4, 3};
      const Subscores found = Composite::subscores(composite.read(background), shares_of(panel.collected()), config);
      const reference::NineSubscores expected = reference::composite(naive, t, config, {0.3, 4.0 / 3}).subscores;
      for (std::size_t i = 0; i < component_count; ++i) {
        EXPECT_CLOSE(found[i], expected[i]) << to_string(pair.pair) << " day " << t << " component " << i;
      }
    }
  }
}

}  // namespace
}  // namespace tocsin
