#include "tocsin/act_history.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "tocsin/error.hpp"

namespace tocsin {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// Mostly silent, sometimes not collected.
ActHistory::Day random_day(std::mt19937& random) {
  const auto kind = random() % 10;
  if (kind == 0) return {nan, {nan, nan, nan, nan}};
  if (kind > 3) return {};
  return {static_cast<double>(random() % 5), {static_cast<double>(random() % 3), 0, 1, nan}};
}

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

TEST(ActHistory, HoldsTheLastDaysAndNoOthers) {
  std::mt19937 random(5);
  ActHistory history;
  std::vector<ActHistory::Day> all;
  for (int day = 0; day < 3 * ActHistory::longest; ++day) {
    all.push_back(random_day(random));
    history.step(all.back());
    ASSERT_EQ(history.size(), std::min(day + 1, ActHistory::longest));
    if (day % 97 != 0) continue;
    const Eigen::ArrayXd hostile = history.hostile(history.size());
    const Eigen::ArrayXXd nodes = history.nodes();
    for (std::int32_t age = 0; age < history.size(); ++age) {
      const ActHistory::Day& wanted = all[all.size() - 1 - static_cast<std::size_t>(age)];
      const Eigen::Index row = history.size() - 1 - age;
      ASSERT_TRUE(same(history.at(age).hostile, wanted.hostile));
      ASSERT_TRUE(same(hostile[row], wanted.hostile));
      for (std::size_t node = 0; node < ActHistory::node_count; ++node) {
        ASSERT_TRUE(same(nodes(row, static_cast<Eigen::Index>(node)), wanted.nodes[node]));
      }
    }
  }
}

TEST(ActHistory, SilentDaysTakeNoRoom) {
  ActHistory history;
  for (int day = 0; day < 1000; ++day) history.step({});
  EXPECT_TRUE(history.state().places.empty());
  EXPECT_EQ(history.size(), ActHistory::longest);
}

TEST(ActHistory, ASavedOneGoesOnAsTheOther) {
  std::mt19937 random(6);
  ActHistory one;
  for (int day = 0; day < 500; ++day) one.step(random_day(random));
  ActHistory other(one.state());
  for (int day = 0; day < 100; ++day) {
    const ActHistory::Day next = random_day(random);
    one.step(next);
    other.step(next);
  }
  EXPECT_EQ(one.state().places, other.state().places);
  EXPECT_EQ(one.state().days, other.state().days);
}

TEST(ActHistory, RefusesAStateThatDoesNotFit) {
  EXPECT_THROW(ActHistory({5, {1, 1}, std::vector<double>(10)}), StateError);
  EXPECT_THROW(ActHistory({5, {1, 5}, std::vector<double>(10)}), StateError);
  EXPECT_THROW(ActHistory({5, {-1}, std::vector<double>(5)}), StateError);
  EXPECT_THROW(ActHistory({5, {1}, std::vector<double>(4)}), StateError);
  EXPECT_THROW(ActHistory({-1, {}, {}}), StateError);
}

}  // namespace
}  // namespace tocsin
