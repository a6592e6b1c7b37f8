#include "tocsin/logistic.hpp"

#include <gtest/gtest.h>

#include <Eigen/LU>
#include <cmath>
#include <limits>
#include <vector>

#include "random.hpp"
#include "tocsin/error.hpp"

namespace tocsin {
namespace {

using Rows = LogisticFit::Rows;

struct Sample {
  Rows x;
  std::vector<double> y;
  std::vector<std::int64_t> clusters;
};

// Normal features, the first of which tell of the outcome; clusters of five cases.
Sample sample(Eigen::Index rows, Eigen::Index columns, std::uint64_t seed) {
  random::Stream stream(seed);
  Sample made{Rows(rows, columns), {}, {}};
  for (Eigen::Index i = 0; i < rows; ++i) {
    for (Eigen::Index j = 0; j < columns; ++j) made.x(i, j) = random::normal(stream);
    const double logit = -1 + 0.8 * made.x(i, 0) - 0.5 * made.x(i, 1);
    made.y.push_back(stream.next_uniform() < logistic(logit) ? 1 : 0);
    made.clusters.push_back(i / 5);
  }
  return made;
}

// Gradient of the objective at the fit, one case at a time.
Eigen::VectorXd gradient_at(const LogisticFit& fit, const Sample& cases, double ridge) {
  Eigen::VectorXd gradient = Eigen::VectorXd::Zero(cases.x.cols() + 1);
  for (Eigen::Index i = 0; i < cases.x.rows(); ++i) {
    const double residual =
        cases.y[static_cast<std::size_t>(i)] - logistic(fit.intercept + cases.x.row(i).dot(fit.coefficients));
    gradient[0] += residual;
    gradient.tail(cases.x.cols()) += residual * cases.x.row(i).transpose();
  }
  gradient.tail(cases.x.cols()) -= ridge * fit.coefficients;
  return gradient;
}

Eigen::MatrixXd curvature_at(const LogisticFit& fit, const Sample& cases, double ridge) {
  Eigen::MatrixXd sum = Eigen::MatrixXd::Zero(cases.x.cols() + 1, cases.x.cols() + 1);
  for (Eigen::Index i = 0; i < cases.x.rows(); ++i) {
    Eigen::VectorXd one(cases.x.cols() + 1);
    one << 1, cases.x.row(i).transpose();
    const double p = logistic(fit.intercept + cases.x.row(i).dot(fit.coefficients));
    sum += p * (1 - p) * one * one.transpose();
  }
  sum.diagonal().tail(cases.x.cols()).array() += ridge;
  return sum;
}

TEST(Logistic, HandWorkedTwoGroups) {
  // Of four cases with x = 0 it happened once, of four with x = 1 three times. Without a ridge the fit gives the
  // shares: intercept ln(1/3); intercept + coefficient ln 3, so the coefficient is ln 9. Information of a group is n p
  // (1 - p) = 4 * 3/16 = 3/4; variance of the intercept 4/3, of the coefficient 4/3 + 4/3.
  Rows x(8, 1);
  x << 0, 0, 0, 0, 1, 1, 1, 1;
  const std::vector<double> y{1, 0, 0, 0, 1, 1, 1, 0};
  LogisticFit::Options options;
  options.ridge = 0;
  const LogisticFit fit = LogisticFit::from(x, y, {}, options);
  EXPECT_TRUE(fit.has_converged);
  EXPECT_NEAR(fit.intercept, std::log(1.0 / 3), 1e-12);
  EXPECT_NEAR(fit.coefficients[0], std::log(9.0), 1e-12);
  EXPECT_NEAR(fit.covariance(0, 0), 4.0 / 3, 1e-12);
  EXPECT_NEAR(fit.covariance(1, 1), 8.0 / 3, 1e-12);
  EXPECT_NEAR(fit.covariance(0, 1), -4.0 / 3, 1e-12);
  EXPECT_NEAR(fit.log_likelihood, 2 * (std::log(0.25) + 3 * std::log(0.75)), 1e-12);
}

TEST(Logistic, TheGradientVanishesAtTheFit) {
  for (const double ridge : {0.0, 1.0, 50.0}) {
    const Sample cases = sample(700, 6, 3);
    LogisticFit::Options options;
    options.ridge = ridge;
    const LogisticFit fit = LogisticFit::from(cases.x, cases.y, {}, options);
    EXPECT_TRUE(fit.has_converged);
    EXPECT_LT(gradient_at(fit, cases, ridge).cwiseAbs().maxCoeff(), 1e-8) << ridge;
  }
}

TEST(Logistic, AStartFromAPartOfManyCasesLeadsToTheSameFit) {
  const Sample cases = sample(30001, 4, 5);
  const LogisticFit fit = LogisticFit::from(cases.x, cases.y, {}, {});
  EXPECT_TRUE(fit.has_converged);
  EXPECT_LT(gradient_at(fit, cases, 1).cwiseAbs().maxCoeff(), 1e-7);
}

TEST(Logistic, TheCovarianceIsTheInverseCurvature) {
  const Sample cases = sample(400, 3, 7);
  const LogisticFit fit = LogisticFit::from(cases.x, cases.y, {}, {});
  EXPECT_TRUE(fit.covariance.isApprox(curvature_at(fit, cases, 1).inverse(), 1e-9));
}

TEST(Logistic, TheCovarianceOfClustersIsTheSandwichOfTheirScores) {
  const Sample cases = sample(400, 3, 9);
  const LogisticFit fit = LogisticFit::from(cases.x, cases.y, cases.clusters, {});
  Eigen::MatrixXd meat = Eigen::MatrixXd::Zero(4, 4);
  for (Eigen::Index first = 0; first < 400; first += 5) {
    Eigen::VectorXd score = Eigen::VectorXd::Zero(4);
    for (Eigen::Index i = first; i < first + 5; ++i) {
      const double residual =
          cases.y[static_cast<std::size_t>(i)] - logistic(fit.intercept + cases.x.row(i).dot(fit.coefficients));
      score[0] += residual;
      score.tail(3) += residual * cases.x.row(i).transpose();
    }
    meat += score * score.transpose() * 80.0 / 79.0;
  }
  const Eigen::MatrixXd bread = curvature_at(fit, cases, 1).inverse();
  EXPECT_TRUE(fit.covariance.isApprox(bread * meat * bread, 1e-9));
}

TEST(Logistic, MirroredOutcomesMirrorTheFit) {
  const Sample cases = sample(300, 3, 11);
  std::vector<double> mirrored;
  for (const double outcome : cases.y) mirrored.push_back(1 - outcome);
  const LogisticFit fit = LogisticFit::from(cases.x, cases.y, {}, {});
  const LogisticFit other = LogisticFit::from(cases.x, mirrored, {}, {});
  EXPECT_NEAR(fit.intercept, -other.intercept, 1e-9);
  EXPECT_TRUE(fit.coefficients.isApprox(-other.coefficients, 1e-9));
}

TEST(Logistic, ARidgeKeepsCasesThatAreToldApartWithoutAFaultFinite) {
  Rows x(4, 1);
  x << -2, -1, 1, 2;
  const std::vector<double> y{0, 0, 1, 1};
  const LogisticFit fit = LogisticFit::from(x, y, {}, {});
  EXPECT_TRUE(fit.has_converged);
  EXPECT_GT(fit.coefficients[0], 0.5);
  EXPECT_LT(fit.coefficients[0], 2);
  LogisticFit::Options bare;
  bare.ridge = 0;
  bare.most_iterations = 5;
  EXPECT_FALSE(LogisticFit::from(x, y, {}, bare).has_converged);
}

TEST(Logistic, TheFunctionIsExactAtBothEnds) {
  EXPECT_EQ(logistic(0), 0.5);
  EXPECT_EQ(logistic(800), 1);
  EXPECT_EQ(logistic(-800), 0);
  EXPECT_NEAR(logistic(-40) / std::exp(-40.0), 1, 1e-15);
}

TEST(Logistic, RefusesWhatIsNoSample) {
  Rows x(3, 1);
  x << 1, 2, 3;
  const std::vector<double> y{0, 1, 0};
  const std::vector<std::int64_t> one_cluster{4, 4, 4};
  EXPECT_THROW((void)LogisticFit::from(x, std::vector<double>{0, 1}, {}, {}), InputError);
  EXPECT_THROW((void)LogisticFit::from(x, std::vector<double>{0, 0, 0}, {}, {}), InputError);
  EXPECT_THROW((void)LogisticFit::from(x, std::vector<double>{0, 0.5, 1}, {}, {}), InputError);
  EXPECT_THROW((void)LogisticFit::from(x, y, one_cluster, {}), InputError);
  LogisticFit::Options options;
  options.ridge = -1;
  EXPECT_THROW((void)LogisticFit::from(x, y, {}, options), InputError);
  x(1, 0) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW((void)LogisticFit::from(x, y, {}, {}), InputError);
}

}  // namespace
}  // namespace tocsin
