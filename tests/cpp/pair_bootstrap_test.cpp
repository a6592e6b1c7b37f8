#include "pair_bootstrap.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "random.hpp"

namespace tocsin {
namespace {

struct Sample {
  PairedCases cases;
  Eigen::VectorXd values;
};

// Ties, pairs without a positive day, and values that lean to the label.
Sample sample(std::uint64_t seed, std::size_t pairs, std::size_t days, double share) {
  random::Stream stream(seed);
  Sample made;
  made.cases.pair_count = pairs;
  made.values.resize(static_cast<Eigen::Index>(pairs * days));
  for (std::size_t i = 0; i < pairs * days; ++i) {
    const std::size_t pair = i / days;
    made.cases.pairs.push_back(static_cast<std::uint32_t>(pair));
    made.cases.labels.push_back(pair != 1 && stream.next_uniform() < share ? 1 : 0);
    made.values[static_cast<Eigen::Index>(i)] =
        std::floor(6 * stream.next_uniform() + static_cast<double>(pair)) + 2 * made.cases.labels.back();
  }
  return made;
}

// The cases of each pair as many times as it was drawn.
Sample repeated(const Sample& from, const Eigen::VectorXd& weights) {
  Sample made;
  std::vector<double> values;
  for (std::size_t i = 0; i < from.cases.labels.size(); ++i) {
    for (int k = 0; k < static_cast<int>(weights[from.cases.pairs[i]]); ++k) {
      made.cases.labels.push_back(from.cases.labels[i]);
      values.push_back(from.values[static_cast<Eigen::Index>(i)]);
    }
  }
  made.values = Eigen::Map<Eigen::VectorXd>(values.data(), static_cast<Eigen::Index>(values.size()));
  return made;
}

TEST(PairBootstrap, EveryDrawHasAsManyPairsAsThereAre) {
  const Eigen::MatrixXd weights = pair_weights(7, 100, 3);
  for (Eigen::Index draw = 0; draw < 100; ++draw) EXPECT_EQ(weights.col(draw).sum(), 7);
  EXPECT_EQ(weights.leftCols(20), pair_weights(7, 20, 3));
  EXPECT_NE(weights, pair_weights(7, 100, 4));
}

TEST(PairBootstrap, ADrawEqualsTheMetricsOfTheRepeatedPairs) {
  const Sample made = sample(1, 6, 80, 0.15);
  const RankedCases ranked(made.cases, made.values, metrics::ascending(made.values));
  const Eigen::MatrixXd weights = pair_weights(6, 30, 9);
  const Eigen::VectorXd precision = ranked.average_precision(weights);
  for (Eigen::Index draw = 0; draw < weights.cols(); ++draw) {
    const Sample twin = repeated(made, weights.col(draw));
    EXPECT_NEAR(ranked.separation(weights.col(draw)).pooled, metrics::auc(twin.cases.labels, twin.values), 1e-12);
    EXPECT_NEAR(precision[draw], metrics::average_precision(twin.cases.labels, twin.values), 1e-12);
  }
}

TEST(PairBootstrap, TheThreeReadingsOfAucAreThoseOfTheirPairs) {
  const Sample made = sample(2, 4, 60, 0.2);
  const RankedCases ranked(made.cases, made.values, metrics::ascending(made.values));
  const Separation whole = ranked.separation(Eigen::VectorXd::Ones(4));
  const Eigen::VectorXd active = (Eigen::VectorXd(4) << 1, 0, 1, 1).finished();
  const Sample of_active = repeated(made, active);
  EXPECT_NEAR(whole.active, metrics::auc(of_active.cases.labels, of_active.values), 1e-12);
  double within = 0;
  for (Eigen::Index pair : {0, 2, 3}) {
    const Sample own = repeated(made, Eigen::VectorXd::Unit(4, pair));
    within += metrics::auc(own.cases.labels, own.values) / 3;
  }
  EXPECT_NEAR(whole.within, within, 1e-12);
}

TEST(PairBootstrap, MoreThresholdsThanAreKeptChangeLittle) {
  const Sample made = [] {
    Sample many = sample(3, 3, 12000, 0.4);
    random::Stream stream(8);
    for (double& value : many.values) value += stream.next_uniform();
    return many;
  }();
  const RankedCases ranked(made.cases, made.values, metrics::ascending(made.values));
  const double exact = metrics::average_precision(made.cases.labels, made.values);
  EXPECT_NEAR(ranked.average_precision(Eigen::MatrixXd::Ones(3, 1))[0], exact, 5e-4);
  EXPECT_NEAR(ranked.separation(Eigen::VectorXd::Ones(3)).pooled, metrics::auc(made.cases.labels, made.values), 1e-12);
}

TEST(PairBootstrap, ADrawWithoutAPositiveDaySaysNothing) {
  const Sample made = sample(4, 3, 30, 0.3);
  const RankedCases ranked(made.cases, made.values, metrics::ascending(made.values));
  const Eigen::VectorXd only_calm = 3 * Eigen::VectorXd::Unit(3, 1);
  EXPECT_TRUE(std::isnan(ranked.separation(only_calm).pooled));
  EXPECT_TRUE(std::isnan(ranked.average_precision(only_calm)[0]));
}

}  // namespace
}  // namespace tocsin
