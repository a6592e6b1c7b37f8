#include "additive_poisson.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace tocsin {

namespace {

constexpr int most_steps = 500;
constexpr double share_of_the_way = 0.9;  // to a bound that a Newton step would cross
constexpr double ridge = 1e-12;           // a term that is 0 on every day has no curvature

bool is_flat(const GammaPrior& prior) { return prior.shape == 1 && prior.rate == 0; }

}  // namespace

AdditivePoisson::AdditivePoisson(const Eigen::ArrayXd& y, const Eigen::MatrixXd& terms, std::vector<GammaPrior> priors)
    : sums_(terms.colwise().sum().transpose()), priors_(std::move(priors)) {
  const Eigen::Index with_acts = (y > 0).count();
  y_.resize(with_acts);
  terms_.resize(with_acts, terms.cols());
  Eigen::Index row = 0;
  for (Eigen::Index t = 0; t < y.size(); ++t) {
    if (!(y[t] > 0)) continue;
    y_[row] = y[t];
    terms_.row(row++) = terms.row(t);
  }
}

double AdditivePoisson::log_likelihood(const Eigen::VectorXd& coefficients) const {
  return (y_ * (terms_ * coefficients).array().log()).sum() - sums_.dot(coefficients);
}

double AdditivePoisson::log_prior(const Eigen::VectorXd& coefficients) const {
  double sum = 0;
  for (std::size_t k = 0; k < priors_.size(); ++k) {
    const double c = coefficients[static_cast<Eigen::Index>(k)];
    if (!is_flat(priors_[k])) sum += (priors_[k].shape - 1) * std::log(c) - priors_[k].rate * c;
  }
  return sum;
}

Eigen::VectorXd AdditivePoisson::em_step(const Eigen::VectorXd& coefficients) const {
  const Eigen::VectorXd pull = terms_.transpose() * (y_ / (terms_ * coefficients).array()).matrix();
  Eigen::VectorXd next(coefficients.size());
  for (Eigen::Index k = 0; k < next.size(); ++k) {
    const GammaPrior& prior = priors_[static_cast<std::size_t>(k)];
    const double below = sums_[k] + prior.rate;
    next[k] = below > 0 ? (coefficients[k] * pull[k] + prior.shape - 1) / below : 0;
  }
  return next;
}

Eigen::MatrixXd AdditivePoisson::information(const Eigen::VectorXd& coefficients, double dispersion) const {
  const Eigen::ArrayXd mean = (terms_ * coefficients).array();
  return curvature(coefficients, y_ / (mean * mean) / dispersion);
}

Eigen::MatrixXd AdditivePoisson::curvature(const Eigen::VectorXd& coefficients, const Eigen::ArrayXd& weight) const {
  Eigen::MatrixXd matrix = terms_.transpose() * weight.matrix().asDiagonal() * terms_;
  for (Eigen::Index k = 0; k < coefficients.size(); ++k) {
    const GammaPrior& prior = priors_[static_cast<std::size_t>(k)];
    if (prior.shape > 1) matrix(k, k) += (prior.shape - 1) / (coefficients[k] * coefficients[k]);
  }
  return matrix;
}

AdditivePoisson::Point AdditivePoisson::improve(const Point& now) const {
  const Eigen::VectorXd& c = now.coefficients;
  const Eigen::ArrayXd mean = (terms_ * c).array();
  const Eigen::ArrayXd share = y_ / mean;
  Eigen::VectorXd slope = terms_.transpose() * share.matrix() - sums_;
  for (Eigen::Index k = 0; k < slope.size(); ++k) {
    const GammaPrior& prior = priors_[static_cast<std::size_t>(k)];
    slope[k] -= prior.rate;
    if (prior.shape > 1) slope[k] += (prior.shape - 1) / c[k];
  }
  Eigen::MatrixXd matrix = curvature(c, share / mean);
  matrix.diagonal().array() += ridge;
  const Eigen::VectorXd step = matrix.ldlt().solve(slope);
  double length = 1;
  for (Eigen::Index k = 0; k < step.size(); ++k) {
    if (step[k] < 0) length = std::min(length, -share_of_the_way * c[k] / step[k]);
  }
  const Point newton = at(c + length * step);
  // A step that a bound cut short may gain less than one of expectation-maximisation.
  if (length == 1 && newton.log_posterior >= now.log_posterior) return newton;
  const Point em = at(em_step(c));
  if (newton.log_posterior >= now.log_posterior && newton.log_posterior >= em.log_posterior) return newton;
  // Rounding may lower the log posterior in its last digits once the top is reached.
  return em.log_posterior >= now.log_posterior ? em : now;
}

AdditivePoisson::Point AdditivePoisson::at(const Eigen::VectorXd& coefficients) const {
  constexpr double impossible = -std::numeric_limits<double>::infinity();
  return {coefficients, coefficients.allFinite() ? log_posterior(coefficients) : impossible};
}

AdditivePoisson::Point AdditivePoisson::maximize(const Eigen::VectorXd& start, double tolerance) const {
  Point now = at(start);
  for (int step = 0; step < most_steps; ++step) {
    Point next = improve(now);
    const bool is_done = !(next.log_posterior - now.log_posterior > tolerance);
    now = std::move(next);
    if (is_done) break;
  }
  return now;
}

}  // namespace tocsin
