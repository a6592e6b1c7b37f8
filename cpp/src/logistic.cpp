#include "tocsin/logistic.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <map>

#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

using Rows = LogisticFit::Rows;
using Cases = Eigen::Ref<const Rows>;

constexpr Eigen::Index block_rows = 128;  // so many rows and their products stay in the first cache
// A start from every so many cases: most of the way is gone on a small part of them.
constexpr Eigen::Index start_stride = 16;
constexpr Eigen::Index least_start_rows = 20000;
constexpr double start_tolerance = 1e-2;
constexpr int most_halvings = 30;

void require(const Cases& x, std::span<const double> y, std::span<const std::int64_t> clusters,
             const LogisticFit::Options& options) {
  if (static_cast<std::size_t>(x.rows()) != y.size()) {
    throw InputError(concat("x has ", x.rows(), " rows and y has ", y.size(), "; expected one outcome for each row"));
  }
  if (!clusters.empty() && clusters.size() != y.size()) {
    throw InputError(
        concat("clusters has ", clusters.size(), " values and y has ", y.size(), "; expected one for each row"));
  }
  if (!(options.ridge >= 0 && std::isfinite(options.ridge))) {
    throw InputError(concat("ridge is ", shortest(options.ridge), ", expected a finite number >= 0"));
  }
  if (options.most_iterations < 1) {
    throw InputError(concat("most_iterations is ", options.most_iterations, ", expected a number >= 1"));
  }
  for (Eigen::Index i = 0; i < x.rows(); ++i) {
    if (x.row(i).allFinite()) continue;
    throw InputError(concat("row ", i, " of x holds a value that is missing or infinite; leave such rows out"));
  }
  const auto ones = static_cast<std::size_t>(std::count(y.begin(), y.end(), 1.0));
  const auto zeros = static_cast<std::size_t>(std::count(y.begin(), y.end(), 0.0));
  if (ones + zeros != y.size()) throw InputError("y holds a value that is neither 0 nor 1");
  if (ones == 0 || zeros == 0) {
    throw InputError(concat("y holds ", ones, " ones and ", zeros, " zeros; a fit needs both"));
  }
}

// The objective with its sign turned, so that more is better; its gradient, and minus its Hessian, of which the lower
// half is filled. The intercept comes first.
struct Derivatives {
  double log_likelihood = 0;
  double objective = 0;
  Eigen::VectorXd gradient;
  Eigen::MatrixXd curvature;
};

// ln P(y | logit) = -ln(1 + e^-s), with s the logit of what happened
double log_likelihood_of(double outcome, double logit) {
  const double s = outcome > 0 ? logit : -logit;
  return s > 0 ? -std::log1p(std::exp(-s)) : s - std::log1p(std::exp(s));
}

Derivatives derivatives_at(const Cases& x, std::span<const double> y, const Eigen::VectorXd& beta, double ridge,
                           Eigen::Index stride) {
  const Eigen::Index k = x.cols();
  Derivatives found{0, 0, Eigen::VectorXd::Zero(k + 1), Eigen::MatrixXd::Zero(k + 1, k + 1)};
  Eigen::MatrixXd block(k + 1, block_rows);  // a case is a column: 1, then x
  Eigen::VectorXd logits(block_rows);
  Eigen::VectorXd residuals(block_rows);
  Eigen::VectorXd roots(block_rows);
  for (Eigen::Index first = 0; first < x.rows(); first += block_rows * stride) {
    const Eigen::Index count = std::min(block_rows, (x.rows() - first + stride - 1) / stride);
    block.row(0).head(count).setOnes();
    for (Eigen::Index j = 0; j < count; ++j) block.col(j).tail(k) = x.row(first + j * stride).transpose();
    logits.head(count).noalias() = block.leftCols(count).transpose() * beta;
    for (Eigen::Index j = 0; j < count; ++j) {
      const double outcome = y[static_cast<std::size_t>(first + j * stride)];
      const double p = logistic(logits[j]);
      found.log_likelihood += log_likelihood_of(outcome, logits[j]);
      residuals[j] = outcome - p;
      roots[j] = std::sqrt(p * (1 - p));
    }
    found.gradient.noalias() += block.leftCols(count) * residuals.head(count);
    block.leftCols(count) *= roots.head(count).asDiagonal();
    found.curvature.selfadjointView<Eigen::Lower>().rankUpdate(block.leftCols(count));
  }
  found.objective = found.log_likelihood - ridge / 2 * beta.tail(k).squaredNorm();
  found.gradient.tail(k) -= ridge * beta.tail(k);
  found.curvature.diagonal().tail(k).array() += ridge;
  return found;
}

struct Ascent {
  Eigen::VectorXd beta;
  Derivatives at;  // of `beta`
  int iterations = 0;
  bool has_converged = false;
};

// Newton's method. The objective is concave, so a step that overshoots is halved until it does not.
Ascent climb(const Cases& x, std::span<const double> y, Eigen::VectorXd start, const LogisticFit::Options& options,
             double ridge, Eigen::Index stride) {
  Ascent ascent{std::move(start), {}, 0, false};
  ascent.at = derivatives_at(x, y, ascent.beta, ridge, stride);
  while (!ascent.has_converged && ascent.iterations < options.most_iterations) {
    ++ascent.iterations;
    const Eigen::LDLT<Eigen::MatrixXd> curvature(ascent.at.curvature);
    Eigen::VectorXd step = curvature.solve(ascent.at.gradient);
    if (!step.allFinite()) break;
    Derivatives next;
    for (int halvings = 0;; ++halvings) {
      next = derivatives_at(x, y, ascent.beta + step, ridge, stride);
      // Near the top the gain drowns in the rounding of the sum over all cases.
      const double slack = 1e-12 * std::abs(ascent.at.objective);
      if (next.objective >= ascent.at.objective - slack || halvings == most_halvings) break;
      step /= 2;
    }
    ascent.beta += step;
    ascent.at = std::move(next);
    ascent.has_converged = step.cwiseAbs().maxCoeff() <= options.tolerance;
  }
  return ascent;
}

Eigen::VectorXd start_of(const Cases& x, std::span<const double> y, const LogisticFit::Options& options) {
  Eigen::VectorXd beta = Eigen::VectorXd::Zero(x.cols() + 1);
  const auto share = static_cast<double>(std::count(y.begin(), y.end(), 1.0)) / static_cast<double>(y.size());
  beta[0] = std::log(share / (1 - share));
  if (x.rows() < least_start_rows) return beta;
  LogisticFit::Options rough = options;
  rough.tolerance = start_tolerance;
  const Ascent near = climb(x, y, beta, rough, options.ridge / start_stride, start_stride);
  return near.has_converged ? near.beta : beta;
}

// Sum over clusters of the outer product of their scores.
Eigen::MatrixXd score_products(const Cases& x, std::span<const double> y, std::span<const std::int64_t> clusters,
                               const Eigen::VectorXd& beta) {
  const Eigen::Index k = x.cols();
  std::map<std::int64_t, Eigen::VectorXd> scores;
  for (Eigen::Index i = 0; i < x.rows(); ++i) {
    const auto at = static_cast<std::size_t>(i);
    const double residual = y[at] - logistic(beta[0] + x.row(i).dot(beta.tail(k)));
    Eigen::VectorXd& score = scores.try_emplace(clusters[at], Eigen::VectorXd::Zero(k + 1)).first->second;
    score[0] += residual;
    score.tail(k) += residual * x.row(i).transpose();
  }
  if (scores.size() < 2) throw InputError("clusters names one cluster only; expected at least 2, or none");
  Eigen::MatrixXd products = Eigen::MatrixXd::Zero(k + 1, k + 1);
  for (const auto& [cluster, score] : scores) products += score * score.transpose();
  const auto count = static_cast<double>(scores.size());
  return products * (count / (count - 1));
}

}  // namespace

double logistic(double x) noexcept {
  // e^-|x| does not overflow.
  const double e = std::exp(-std::abs(x));
  return x >= 0 ? 1 / (1 + e) : e / (1 + e);
}

LogisticFit LogisticFit::from(const Eigen::Ref<const Rows>& x, std::span<const double> y,
                              std::span<const std::int64_t> clusters, const Options& options) {
  require(x, y, clusters, options);
  const Ascent top = climb(x, y, start_of(x, y, options), options, options.ridge, 1);
  const Eigen::Index size = x.cols() + 1;
  LogisticFit fit;
  fit.intercept = top.beta[0];
  fit.coefficients = top.beta.tail(x.cols());
  fit.log_likelihood = top.at.log_likelihood;
  fit.iterations = top.iterations;
  fit.has_converged = top.has_converged;
  const Eigen::LDLT<Eigen::MatrixXd> curvature(top.at.curvature);
  fit.covariance = curvature.solve(Eigen::MatrixXd::Identity(size, size));
  if (!clusters.empty()) {
    const Eigen::MatrixXd half = fit.covariance * score_products(x, y, clusters, top.beta);
    fit.covariance = (half * fit.covariance).eval();
  }
  // Rounding leaves the two halves a bit apart.
  fit.covariance = ((fit.covariance + fit.covariance.transpose()) / 2).eval();
  return fit;
}

Eigen::VectorXd LogisticFit::logits(const Eigen::Ref<const Rows>& x) const {
  return (x * coefficients).array() + intercept;
}

}  // namespace tocsin
