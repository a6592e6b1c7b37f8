#include "tocsin/metrics.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "random.hpp"
#include "tocsin/error.hpp"

namespace tocsin::metrics {
namespace {

const Labels outcomes{0, 0, 1, 1};

Eigen::VectorXd forecasts() {
  Eigen::VectorXd values(4);
  values << 0.1, 0.4, 0.8, 0.3;
  return values;
}

TEST(Metrics, TheCheckValuesOfTheDefinition) {
  EXPECT_NEAR(brier(outcomes, forecasts()), 0.175, 1e-15);
  EXPECT_NEAR(1 - brier(outcomes, forecasts()) / brier(outcomes, Eigen::VectorXd::Constant(4, 0.25)), 0.44, 1e-12);
  EXPECT_NEAR(log_score(outcomes, forecasts()), 0.5108256238, 1e-10);
}

// Pairs (positive, negative): .8 > .1, .8 > .4, .3 > .1, .3 < .4: three of four. Thresholds from above: .8 finds one of
// one, .4 none, .3 the second of three: AP = (1 + 2/3) / 2.
TEST(Metrics, HandWorkedFourDays) {
  EXPECT_DOUBLE_EQ(auc(outcomes, forecasts()), 0.75);
  EXPECT_DOUBLE_EQ(average_precision(outcomes, forecasts()), (1 + 2.0 / 3) / 2);
}

TEST(Metrics, ATieCountsHalfAndItsDaysTogether) {
  const Eigen::VectorXd same = Eigen::VectorXd::Constant(4, 7);
  EXPECT_DOUBLE_EQ(auc(outcomes, same), 0.5);
  EXPECT_DOUBLE_EQ(average_precision(outcomes, same), 0.5);  // the base rate
}

TEST(Metrics, AucEqualsTheNaiveDefinition) {
  random::Stream stream(11);
  Labels labels;
  Eigen::VectorXd values(300);
  for (int i = 0; i < 300; ++i) {
    labels.push_back(stream.next_uniform() < 0.2 ? 1 : 0);
    values[i] = std::floor(10 * stream.next_uniform()) + labels.back();
  }
  double wins = 0;
  double pairs = 0;
  for (Eigen::Index i = 0; i < 300; ++i) {
    for (Eigen::Index j = 0; j < 300; ++j) {
      if (labels[static_cast<std::size_t>(i)] != 1 || labels[static_cast<std::size_t>(j)] != 0) continue;
      wins += values[i] > values[j] ? 1 : values[i] == values[j] ? 0.5 : 0;
      ++pairs;
    }
  }
  EXPECT_NEAR(auc(labels, values), wins / pairs, 1e-14);
}

TEST(Metrics, WithoutOneOfTheClassesThereIsNoAuc) {
  EXPECT_TRUE(std::isnan(auc({1, 1}, Eigen::VectorXd::Zero(2))));
  EXPECT_TRUE(std::isnan(auc({0, 0}, Eigen::VectorXd::Zero(2))));
  EXPECT_TRUE(std::isnan(average_precision({0, 0}, Eigen::VectorXd::Zero(2))));
}

TEST(Metrics, WhatIsNoCaseIsRefused) {
  EXPECT_THROW((void)auc({0, 1}, Eigen::VectorXd::Zero(3)), InputError);
  EXPECT_THROW((void)auc({0, 2}, Eigen::VectorXd::Zero(2)), InputError);
  EXPECT_THROW((void)auc({0, 1}, Eigen::VectorXd::Constant(2, NAN)), InputError);
}

// Pools 0.5 > 0: three values, the second and third share (1 + 0) / 2.
TEST(Isotonic, PoolsWhatFalls) {
  Eigen::VectorXd values(4);
  values << 1, 2, 3, 4;
  const Labels labels{0, 1, 0, 1};
  const auto function = Isotonic::fit(labels, values, ascending(values));
  EXPECT_DOUBLE_EQ(function.at(0), 0);
  EXPECT_DOUBLE_EQ(function.at(1), 0);
  EXPECT_DOUBLE_EQ(function.at(1.5), 0.25);
  EXPECT_DOUBLE_EQ(function.at(2), 0.5);
  EXPECT_DOUBLE_EQ(function.at(2.7), 0.5);
  EXPECT_DOUBLE_EQ(function.at(3), 0.5);
  EXPECT_DOUBLE_EQ(function.at(4), 1);
  EXPECT_DOUBLE_EQ(function.at(9), 1);
}

TEST(Reliability, ProbabilitiesThatAreTrueLieOnTheDiagonal) {
  random::Stream stream(5);
  Labels labels;
  Eigen::VectorXd p(200000);
  for (Eigen::Index i = 0; i < p.size(); ++i) {
    p[i] = 0.02 + 0.9 * stream.next_uniform() * stream.next_uniform();
    labels.push_back(stream.next_uniform() < p[i] ? 1 : 0);
  }
  const Line line = reliability_line(labels, p);
  EXPECT_NEAR(line.slope, 1, 0.03);
  EXPECT_NEAR(line.intercept, 0, 0.03);
  const auto curve = reliability_curve(labels, p);
  ASSERT_EQ(curve.size(), 10U);
  for (const Bin& bin : curve) EXPECT_NEAR(bin.forecast, bin.realised, 0.02);
}

// Twice the log-odds of the truth is twice too sure.
TEST(Reliability, TooSureProbabilitiesHaveASlopeBelowOne) {
  random::Stream stream(6);
  Labels labels;
  Eigen::VectorXd told(100000);
  for (Eigen::Index i = 0; i < told.size(); ++i) {
    const double x = 4 * stream.next_uniform() - 2;
    labels.push_back(stream.next_uniform() < 1 / (1 + std::exp(-x)) ? 1 : 0);
    told[i] = 1 / (1 + std::exp(-2 * x));
  }
  EXPECT_NEAR(reliability_line(labels, told).slope, 0.5, 0.02);
}

TEST(Reliability, WithoutAnythingToFitThereIsNoLine) {
  EXPECT_TRUE(std::isnan(reliability_line({0, 1}, Eigen::VectorXd::Constant(2, 0.3)).slope));
  EXPECT_TRUE(std::isnan(reliability_line(outcomes, (Eigen::VectorXd(4) << 0.1, 0.2, 0.8, 0.9).finished()).slope));
}

}  // namespace
}  // namespace tocsin::metrics
