#include <algorithm>
#include <cmath>
#include <numbers>

#include <Eigen/Dense>

#include "tocsin/indicators/no_excitation.hpp"

namespace tocsin {

namespace {

constexpr double half_an_act = 0.5;  // of a series in which nothing happened
// Of a coefficient, standard deviation 3: a rate of 0 would need an infinite one.
constexpr double believed_precision = 1.0 / 9;
constexpr double tolerance = 1e-6;  // nats
constexpr int most_steps = 50;
constexpr int most_halvings = 30;

/// Counts on collected days and the terms of the logarithm of their rate.
struct LogLinear {
  Eigen::ArrayXd y;
  Eigen::MatrixXd terms;

  [[nodiscard]] double log_posterior(const Eigen::VectorXd& c) const {
    const Eigen::ArrayXd log_rate = (terms.leftCols(c.size()) * c).array();
    return (y * log_rate - log_rate.exp()).sum() - c.tail(c.size() - 1).squaredNorm() * believed_precision / 2;
  }

  /// Newton's method on the first terms, as many as the coefficients to begin with.
  [[nodiscard]] Eigen::VectorXd maximize(Eigen::VectorXd c) const {
    const auto used = terms.leftCols(c.size());
    double value = log_posterior(c);
    for (int step = 0; step < most_steps; ++step) {
      const Eigen::ArrayXd rate = (used * c).array().exp();
      Eigen::VectorXd slope = used.transpose() * (y - rate).matrix();
      Eigen::MatrixXd curvature = used.transpose() * rate.matrix().asDiagonal() * used;
      slope.tail(c.size() - 1) -= c.tail(c.size() - 1) * believed_precision;
      curvature.diagonal().tail(c.size() - 1).array() += believed_precision;
      Eigen::VectorXd way = curvature.ldlt().solve(slope);
      double after = log_posterior(c + way);
      for (int half = 0; half < most_halvings && !(after >= value); ++half) {
        way /= 2;
        after = log_posterior(c + way);
      }
      if (!(after > value)) break;
      c += way;
      const bool is_done = after - value < tolerance;
      value = after;
      if (is_done) break;
    }
    return c;
  }
};

/// (days, 1 + terms): 1, a line from -1 to 1, half-waves.
Eigen::MatrixXd smooth_terms(Eigen::Index days, int terms) {
  Eigen::MatrixXd matrix(days, 1 + terms);
  for (Eigen::Index t = 0; t < days; ++t) {
    const double place = (static_cast<double>(t) + 0.5) / static_cast<double>(days);
    matrix(t, 0) = 1;
    if (terms > 0) matrix(t, 1) = 2 * place - 1;
    for (int k = 1; k < terms; ++k) matrix(t, 1 + k) = std::cos(std::numbers::pi * k * place);
  }
  return matrix;
}

}  // namespace

SmoothLevel SmoothLevel::of(const Eigen::ArrayXd& y, double dispersion, const LevelOptions& options) {
  const Eigen::Index collected = y.size() - y.isNaN().count();
  const double acts = y.isNaN().select(0, y).sum();
  SmoothLevel level{Eigen::ArrayXd::Zero(y.size()), 0, 0};
  if (collected == 0) return level;
  level.rate.setConstant(std::max(acts, half_an_act) / static_cast<double>(collected));
  if (!(acts > 0)) return level;
  level.penalty_per_term = dispersion * options.term_penalty * std::log(static_cast<double>(collected));
  const int most = std::max(1, static_cast<int>(collected) / options.half_wave_days);
  const Eigen::MatrixXd all = smooth_terms(y.size(), 1 + most);
  LogLinear model{Eigen::ArrayXd(collected), Eigen::MatrixXd(collected, all.cols())};
  Eigen::Index row = 0;
  for (Eigen::Index t = 0; t < y.size(); ++t) {
    if (std::isnan(y[t])) continue;
    model.y[row] = y[t];
    model.terms.row(row++) = all.row(t);
  }
  Eigen::VectorXd fitted = Eigen::VectorXd::Constant(1, std::log(acts / static_cast<double>(collected)));
  Eigen::VectorXd best = fitted;
  double largest = model.log_posterior(fitted);
  for (int terms = 1; terms <= 1 + most; ++terms) {
    Eigen::VectorXd start = Eigen::VectorXd::Zero(1 + terms);
    start.head(terms) = fitted;
    fitted = model.maximize(start);
    const double value = model.log_posterior(fitted) - level.penalty_per_term * terms;
    if (!(value > largest)) continue;
    largest = value;
    best = fitted;
    level.terms = terms;
  }
  level.rate = (all.leftCols(best.size()) * best).array().exp();
  return level;
}

}  // namespace tocsin
