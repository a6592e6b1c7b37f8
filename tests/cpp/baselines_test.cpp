#include "tocsin/baselines.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sample_panels.hpp"

namespace tocsin {
namespace {

CountPanel panel_of(std::uint64_t seed, int days = 500) {
  samples::RandomShape shape;
  shape.days = days;
  shape.has_extras = true;
  shape.share_of_missing_days = 0.02;
  return CountPanel::from_table(samples::random_table(seed, shape));
}

Eigen::Index column(std::string_view name) {
  const auto& all = baselines();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const PlainPredictor& each) { return each.name == name; });
  EXPECT_NE(found, all.end()) << name;
  return found - all.begin();
}

// One pair, rhetoric from A to B as given, nothing else.
CountPanel words(const std::vector<double>& counts) {
  CountTable table;
  table.actors = {"A", "B"};
  for (std::size_t day = 0; day < counts.size(); ++day) {
    table.dates.push_back(samples::first_day + static_cast<std::int32_t>(day));
    table.sources.push_back(0);
    table.targets.push_back(1);
    table.values[index_of(Signal::rhetoric)].push_back(counts[day]);
    table.values[index_of(Signal::military)].push_back(0);
  }
  return CountPanel::from_table(table);
}

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

TEST(Baselines, DoNotLookAhead) {
  const CountPanel whole = panel_of(4);
  const CountPanel part = whole.until(samples::first_day + 299);
  for (std::size_t pair = 0; pair < whole.pairs().size(); ++pair) {
    const Eigen::MatrixXd all = baselines_of(whole, pair);
    const Eigen::MatrixXd known = baselines_of(part, pair);
    for (Eigen::Index day = 0; day < 300; ++day) {
      for (Eigen::Index i = 0; i < all.cols(); ++i) {
        EXPECT_TRUE(same(all(day, i), known(day, i))) << baselines()[static_cast<std::size_t>(i)].name << " " << day;
      }
    }
  }
}

TEST(Baselines, HandWorkedWindows) {
  const Eigen::MatrixXd found = baselines_of(words({0, 0, 4, 0, 0, 0, 0, 0, 0, 2}), 0);
  EXPECT_DOUBLE_EQ(found(2, column("hostile_last_day")), 4);
  EXPECT_DOUBLE_EQ(found(3, column("hostile_last_day")), 0);
  EXPECT_DOUBLE_EQ(found(2, column("hostile_7_days")), 4.0 / 3);  // of three days that there are
  EXPECT_DOUBLE_EQ(found(8, column("hostile_7_days")), 4.0 / 7);
  EXPECT_DOUBLE_EQ(found(9, column("hostile_7_days")), 2.0 / 7);
  EXPECT_DOUBLE_EQ(found(1, column("hostile_half_life_14")), 0);
  // The ratio divides by the mean of the last 180 days, here all of them: 6 acts in 10 days.
  EXPECT_DOUBLE_EQ(found(9, column("spike_ratio")), found(9, column("hostile_half_life_14")) / 0.6);
  EXPECT_DOUBLE_EQ(found(9, column("ratio_14_days")), 1);
}

TEST(Baselines, AHighestSumOfAYearAndOfThreeYearsAreTwoSteps) {
  std::vector<double> counts(1500, 0.0);
  counts[10] = 5;
  counts[700] = 3;
  counts[710] = 1;
  const Eigen::MatrixXd found = baselines_of(words(counts), 0);
  const Eigen::Index record = column("record_30_days");
  EXPECT_EQ(found(9, record), 0);
  EXPECT_EQ(found(10, record), 2);
  EXPECT_EQ(found(60, record), 0);
  EXPECT_EQ(found(700, record), 1);
  EXPECT_EQ(found(1400, record), 0);
}

TEST(Baselines, WithoutGoldsteinSumsTheirColumnsAreMissing) {
  const Eigen::MatrixXd found = baselines_of(words({1, 2, 3}), 0);
  EXPECT_TRUE(found.col(column("goldstein_7_days")).array().isNaN().all());
  EXPECT_FALSE(found.col(column("ears_c2")).array().isNaN().any());
}

TEST(Baselines, OfTheFirstDaysThatWereNotCollectedNothingIsKnown) {
  const Eigen::MatrixXd found = baselines_of(words({samples::not_collected, samples::not_collected, 3}), 0);
  EXPECT_EQ(found.rows(), 3);
}

TEST(Climatology, ALabelCountsWhenItHasBecomeKnown) {
  PairLabels often;
  often.labels.assign(100, 1);
  PairLabels never;
  never.labels.assign(100, 0);
  const auto shares = climatology({often, never}, 30);
  EXPECT_DOUBLE_EQ(shares[0][29], 0.5);
  // One label of each on day 30: p = (1/2 + 1) / (1 + 2) = 1/2; (1 + 365 p) / 366.
  EXPECT_DOUBLE_EQ(shares[0][30], (1 + 365 * 0.5) / 366);
  EXPECT_DOUBLE_EQ(shares[1][30], 365 * 0.5 / 366);
  // What comes later is not seen.
  auto changed = often;
  std::fill(changed.labels.begin() + 60, changed.labels.end(), std::int8_t{0});
  const auto others = climatology({changed, never}, 30);
  for (Eigen::Index day = 0; day < 90; ++day) EXPECT_EQ(others[0][day], shares[0][day]);
  EXPECT_NE(others[0][90], shares[0][90]);
}

TEST(Climatology, DaysWithoutALabelAreNotCounted) {
  PairLabels some;
  some.labels.assign(100, PairLabels::unknown);
  EXPECT_DOUBLE_EQ(climatology({some}, 30)[0][99], 0.5);
}

TEST(Recency, TheLongerAgoTheLower) {
  PairLabels labels;
  labels.days_since = {0, 1, 7, PairLabels::never};
  const Eigen::VectorXd found = recency(labels);
  EXPECT_DOUBLE_EQ(found[0], 0);
  EXPECT_DOUBLE_EQ(found[1], -1);
  EXPECT_DOUBLE_EQ(found[2], -3);
  EXPECT_LT(found[3], -19);
}

}  // namespace
}  // namespace tocsin
