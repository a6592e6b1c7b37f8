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

AdditivePoisson::AdditivePoisson(Eigen::ArrayXd y, Eigen::MatrixXd terms, std::vector<GammaPrior> priors)
    : y_(std::move(y)),
      terms_(std::move(terms)),
      sums_(terms_.colwise().sum().transpose()),
      priors_(std::move(priors)) {}

double AdditivePoisson::log_likelihood(const Eigen::VectorXd& coefficients) const {
  const Eigen::ArrayXd mean = (terms_ * coefficients).array();
  double sum = 0;
  for (Eigen::Index t = 0; t < y_.size(); ++t) {
    sum -= mean[t];
    if (y_[t] > 0) sum += y_[t] * std::log(mean[t]);
  }
  return sum;
}

double AdditivePoisson::log_prior(const Eigen::VectorXd& coefficients) const {
  double sum = 0;
  for (std::size_t k = 0; k < priors_.size(); ++k) {
    const double c = coefficients[static_cast<Eigen::Index>(k)];
    if (!is_flat(priors_[k])) sum += (priors_[k].shape - 1) * std::log(c) - priors_[k].rate * c;
  }
  return sum;
}

Eigen::ArrayXd AdditivePoisson::acts_over_mean(const Eigen::VectorXd& coefficients) const {
  const Eigen::ArrayXd mean = (terms_ * coefficients).array();
  return (y_ > 0).select(y_ / mean, 0.0);
}

Eigen::VectorXd AdditivePoisson::em_step(const Eigen::VectorXd& coefficients) const {
  const Eigen::VectorXd pull = terms_.transpose() * acts_over_mean(coefficients).matrix();
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
  const Eigen::ArrayXd weight = (y_ > 0).select(y_ / (mean * mean), 0.0) / dispersion;
  Eigen::MatrixXd matrix = terms_.transpose() * weight.matrix().asDiagonal() * terms_;
  for (Eigen::Index k = 0; k < coefficients.size(); ++k) {
    const GammaPrior& prior = priors_[static_cast<std::size_t>(k)];
    if (prior.shape > 1) matrix(k, k) += (prior.shape - 1) / (coefficients[k] * coefficients[k]);
  }
  return matrix;
}

Eigen::VectorXd AdditivePoisson::improve(const Eigen::VectorXd& coefficients) const {
  Eigen::VectorXd slope = terms_.transpose() * acts_over_mean(coefficients).matrix() - sums_;
  for (Eigen::Index k = 0; k < slope.size(); ++k) {
    const GammaPrior& prior = priors_[static_cast<std::size_t>(k)];
    slope[k] -= prior.rate;
    if (prior.shape > 1) slope[k] += (prior.shape - 1) / coefficients[k];
  }
  Eigen::MatrixXd curvature = information(coefficients, 1);
  curvature.diagonal().array() += ridge;
  const Eigen::VectorXd step = curvature.ldlt().solve(slope);
  double length = 1;
  for (Eigen::Index k = 0; k < step.size(); ++k) {
    if (step[k] < 0) length = std::min(length, -share_of_the_way * coefficients[k] / step[k]);
  }
  const double now = log_posterior(coefficients);
  const Eigen::VectorXd newton = coefficients + length * step;
  const Eigen::VectorXd em = em_step(coefficients);
  const double after_newton = newton.allFinite() ? log_posterior(newton) : -std::numeric_limits<double>::infinity();
  const double after_em = log_posterior(em);
  if (after_newton >= now && after_newton >= after_em) return newton;
  // Rounding may lower the log posterior in its last digits once the top is reached.
  if (after_em >= now) return em;
  return coefficients;
}

Eigen::VectorXd AdditivePoisson::maximize(Eigen::VectorXd coefficients, double tolerance) const {
  double before = log_posterior(coefficients);
  for (int step = 0; step < most_steps; ++step) {
    coefficients = improve(coefficients);
    const double after = log_posterior(coefficients);
    if (!(after - before > tolerance)) break;
    before = after;
  }
  return coefficients;
}

}  // namespace tocsin
