#include "alarms.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tocsin {
namespace {

// One pair, 100 judged days from 0, an onset on day 50 with a horizon of 10 days.
class Alarms : public testing::Test {
 protected:
  Alarms() {
    cases_.pair_count = 1;
    for (std::int32_t day = 0; day < 100; ++day) {
      days_.push_back(day);
      cases_.pairs.push_back(0);
      cases_.labels.push_back(40 <= day && day < 50 ? 1 : 0);
    }
    values_ = Eigen::VectorXd::Zero(100);
  }

  [[nodiscard]] AlarmRecord watch_at(double threshold) const { return watch(watched_, values_, threshold); }

  PairedCases cases_;
  std::vector<std::int32_t> days_;
  std::vector<std::vector<std::int32_t>> onsets_{{50}};
  WatchedDays watched_{cases_, days_, onsets_, 10};
  Eigen::VectorXd values_;
};

TEST_F(Alarms, AnAlarmStandsForTheHorizonAndCountsOnce) {
  values_.segment(10, 5).setConstant(2);  // one alarm on day 10, false
  values_[43] = 2;                        // one on day 43, seven days before the onset
  const AlarmRecord record = watch_at(2);
  EXPECT_DOUBLE_EQ(record.false_per_year, 1 / (100 / 365.25));
  EXPECT_DOUBLE_EQ(record.recall, 1);
  EXPECT_DOUBLE_EQ(record.median_lead_days, 7);
  EXPECT_DOUBLE_EQ(record.time_share, 0.2);
}

TEST_F(Alarms, WhereTheValueStaysHighAlarmsFollowEachOther) {
  values_.setConstant(1);
  const AlarmRecord record = watch_at(1);
  EXPECT_DOUBLE_EQ(record.false_per_year, 9 / (100 / 365.25));  // days 0, 10, ..., 90 without day 40
  EXPECT_DOUBLE_EQ(record.median_lead_days, 10);
  EXPECT_DOUBLE_EQ(record.time_share, 1);
}

TEST_F(Alarms, TheThresholdKeepsToTheBudget) {
  for (Eigen::Index day = 0; day < 100; ++day) values_[day] = static_cast<double>(day % 37);
  values_[45] = 100;
  const auto order = metrics::ascending(values_);
  const AlarmRecord none = watch_within(watched_, values_, order, 0);
  EXPECT_DOUBLE_EQ(none.recall, 1);
  EXPECT_DOUBLE_EQ(none.false_per_year, 0);
  EXPECT_DOUBLE_EQ(none.median_lead_days, 5);
  const AlarmRecord some = watch_within(watched_, values_, order, 8);
  EXPECT_LE(some.false_per_year, 8);
  EXPECT_LT(some.threshold, none.threshold);
}

TEST_F(Alarms, WhatBreaksTheBudgetAtItsHighestNeverRaisesOne) {
  const auto order = metrics::ascending(values_);
  const AlarmRecord record = watch_within(watched_, values_, order, 1);
  EXPECT_DOUBLE_EQ(record.recall, 0);
  EXPECT_TRUE(std::isnan(record.median_lead_days));
}

TEST_F(Alarms, TheCurveRunsFromTheHighestValueToEveryDay) {
  for (Eigen::Index day = 0; day < 100; ++day) values_[day] = static_cast<double>((day * 31) % 100);
  const auto curve = alarm_curve(watched_, values_, metrics::ascending(values_));
  ASSERT_GT(curve.size(), 5U);
  EXPECT_DOUBLE_EQ(curve.front().threshold, 99);
  EXPECT_DOUBLE_EQ(curve.back().threshold, 0);
  EXPECT_DOUBLE_EQ(curve.back().recall, 1);
}

}  // namespace
}  // namespace tocsin
