#include "tocsin/indicators/cross_excitation.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "excitation_rows.hpp"
#include "gamma_functions.hpp"
#include "parallel.hpp"
#include "random.hpp"

namespace tocsin {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double tolerance = 1e-10;  // nats
constexpr int most_steps = 500;

Eigen::ArrayXd base_of(const NodeCounts& base, Eigen::Index node, Eigen::Index days) {
  return base.size() == 0 ? Eigen::ArrayXd::Ones(days) : Eigen::ArrayXd(base.col(node));
}

Eigen::VectorXd row_of(const Excitation& excitation, Eigen::Index node) {
  Eigen::VectorXd coefficients(1 + excitation.kernel.cols());
  coefficients << excitation.mu[node], excitation.kernel.row(node).transpose();
  return coefficients;
}

void set_row(Excitation& excitation, Eigen::Index node, const Eigen::VectorXd& coefficients) {
  excitation.mu[node] = coefficients[0];
  excitation.kernel.row(node) = coefficients.tail(excitation.kernel.cols()).transpose();
}

std::vector<AdditivePoisson> row_models(const NodeCounts& y, const NodeCounts& base, double half_life,
                                        const KernelPrior& prior) {
  const Eigen::MatrixXd pressure = pressures(y, half_life);
  std::vector<AdditivePoisson> models;
  for (Eigen::Index i = 0; i < y.cols(); ++i) {
    models.push_back(row_model(y.col(i), base_of(base, i, y.rows()), pressure, prior));
  }
  return models;
}

/// Improves all rows together, so that the path of the log posterior can be looked at.
void climb(const std::vector<AdditivePoisson>& models, const NodeCounts& y, CrossExcitation::Reading& reading) {
  const auto nodes = static_cast<Eigen::Index>(models.size());
  for (Eigen::Index i = 0; i < nodes; ++i) {
    set_row(reading.excitation, i, row_start(y.col(i), reading.base.col(i), nodes));
  }
  for (int step = 0; step < most_steps; ++step) {
    double value = 0;
    for (Eigen::Index i = 0; i < nodes; ++i) {
      const AdditivePoisson& model = models[static_cast<std::size_t>(i)];
      const AdditivePoisson::Point now = model.at(row_of(reading.excitation, i));
      value += now.log_posterior;
      set_row(reading.excitation, i, model.improve(now).coefficients);
    }
    const bool is_done = !reading.log_posterior.empty() && !(value - reading.log_posterior.back() > tolerance);
    reading.log_posterior.push_back(value);
    if (is_done) break;
  }
}

/// Laplace's method with a Gamma density: the one with the mode and the curvature of the posterior.
void set_intervals(const std::vector<AdditivePoisson>& models, const std::vector<NodeLevel>& levels,
                   CrossExcitation::Reading& reading) {
  const auto nodes = static_cast<Eigen::Index>(models.size());
  reading.low = reading.high = Eigen::MatrixXd::Constant(nodes, nodes, nan);
  for (Eigen::Index i = 0; i < nodes; ++i) {
    const auto at = static_cast<std::size_t>(i);
    Eigen::MatrixXd information = models[at].information(row_of(reading.excitation, i), levels[at].dispersion);
    information.diagonal().array() += std::numeric_limits<double>::epsilon();
    const Eigen::MatrixXd covariance = information.inverse();
    for (Eigen::Index j = 0; j < nodes; ++j) {
      const double mode = reading.excitation.kernel(i, j);
      const double variance = covariance(1 + j, 1 + j);
      if (!(mode > 0) || !(variance > 0) || !std::isfinite(variance)) continue;
      const GammaPosterior density{1 + mode * mode / variance, mode / variance};
      const Interval interval = density.interval();
      reading.low(i, j) = interval.low;
      reading.high(i, j) = interval.high;
    }
  }
}

/// 95 % quantile of each element over the draws.
Eigen::MatrixXd quantile_95(const std::vector<Eigen::MatrixXd>& draws) {
  const auto at = static_cast<std::ptrdiff_t>(0.95 * static_cast<double>(draws.size()));
  Eigen::MatrixXd quantile(draws[0].rows(), draws[0].cols());
  std::vector<double> values(draws.size());
  for (Eigen::Index k = 0; k < quantile.size(); ++k) {
    for (std::size_t draw = 0; draw < draws.size(); ++draw) values[draw] = draws[draw].data()[k];
    std::nth_element(values.begin(), values.begin() + at, values.end());
    quantile.data()[k] = values[static_cast<std::size_t>(at)];
  }
  return quantile;
}

/// Levels of a series: the caller's base, or found in the series itself.
std::vector<NodeLevel> levels_of(const NodeCounts& y, const NodeCounts& base, const CrossExcitation::Options& options) {
  std::vector<NodeLevel> levels;
  for (Eigen::Index i = 0; i < y.cols(); ++i) {
    const Eigen::ArrayXd counts = y.col(i);
    if (base.size() == 0) {
      levels.push_back(NodeLevel::of(counts, options.base_shape, options.level));
    } else {
      levels.push_back({dispersion_of_differences(counts), {{base.col(i), 0}}});
    }
  }
  return levels;
}

std::vector<NoExcitation> nulls_of(const NodeCounts& y, const NodeCounts& base, LevelChange change,
                                   const LevelOptions& options) {
  std::vector<NoExcitation> nulls;
  for (Eigen::Index i = 0; i < y.cols(); ++i) {
    const Eigen::ArrayXd counts = y.col(i);
    if (base.size() == 0) {
      nulls.push_back(fit_no_excitation(counts, change, options));
      continue;
    }
    const Eigen::ArrayXd is_collected = counts.isNaN().select(0.0, Eigen::ArrayXd::Ones(counts.size()));
    const Eigen::ArrayXd acts = counts.isNaN().select(0.0, counts);
    const double expected = (is_collected * base.col(i)).sum();
    const Eigen::ArrayXd rate = base.col(i) * (expected > 0 ? acts.sum() / expected : 0);
    nulls.push_back({rate, dispersion_of_differences(counts), echo_of(counts, rate)});
  }
  return nulls;
}

bool has_the_same_rates(const std::vector<NoExcitation>& left, const std::vector<NoExcitation>& right) {
  constexpr double rounding = 1e-9;
  bool is_same = true;
  for (std::size_t i = 0; i < left.size(); ++i) is_same = is_same && left[i].rate.isApprox(right[i].rate, rounding);
  return is_same;
}

/// Raises the null of the reading to that of `nulls`: nothing says how the level changed, so that the larger of both
/// has to be beaten. The whole fit - base, half-life, kernel - is done again on every simulated series.
void raise_null(const std::vector<NoExcitation>& nulls, const NodeCounts& y, const NodeCounts& base,
                const CrossExcitation::Options& options, std::uint64_t key, CrossExcitation::Reading& reading) {
  std::vector<Eigen::MatrixXd> kernels;
  std::vector<Eigen::MatrixXd> evidence;
  NodeCounts simulated(y.rows(), y.cols());
  for (int draw = 0; draw < options.null_draws; ++draw) {
    end_if_stopping();
    for (Eigen::Index i = 0; i < y.cols(); ++i) {
      const std::uint64_t node_key = random::combine_keys(key, static_cast<std::uint64_t>(i));
      simulated.col(i) =
          simulate(nulls[static_cast<std::size_t>(i)], y.col(i), node_key, static_cast<std::uint64_t>(draw));
    }
    const RowsFit fit = fit_rows(simulated, levels_of(simulated, base, options), options);
    kernels.push_back(fit.excitation.kernel);
    evidence.push_back(fit.evidence);
  }
  const auto larger = [](double left, double right) { return std::fmax(left, right); };
  reading.null_95 = reading.null_95.binaryExpr(quantile_95(kernels), larger).eval();
  reading.evidence_null_95 = reading.evidence_null_95.binaryExpr(quantile_95(evidence), larger).eval();
}

void set_null(const NodeCounts& y, const NodeCounts& base, const CrossExcitation::Options& options,
              CrossExcitation::Reading& reading) {
  reading.null_95 = reading.evidence_null_95 = Eigen::MatrixXd::Constant(y.cols(), y.cols(), nan);
  if (options.null_draws <= 0) return;
  const std::vector<NoExcitation> jumps = nulls_of(y, base, LevelChange::jump, options.level);
  const std::vector<NoExcitation> glides = nulls_of(y, base, LevelChange::glide, options.level);
  raise_null(jumps, y, base, options, random::combine_keys(options.key, 0), reading);
  if (has_the_same_rates(jumps, glides)) return;
  raise_null(glides, y, base, options, random::combine_keys(options.key, 1), reading);
}

}  // namespace

double cross_excitation_log_likelihood(const NodeCounts& y, const Excitation& excitation, double half_life,
                                       const NodeCounts& base) {
  const std::vector<AdditivePoisson> models = row_models(y, base, half_life, {1, 0});
  double sum = 0;
  for (Eigen::Index i = 0; i < y.cols(); ++i) {
    sum += models[static_cast<std::size_t>(i)].log_likelihood(row_of(excitation, i));
    for (const double count : y.col(i)) sum -= std::isnan(count) ? 0 : special::log_gamma(count + 1);
  }
  return sum;
}

Excitation cross_excitation_em_step(const NodeCounts& y, const Excitation& excitation, double half_life,
                                    const KernelPrior& prior, const NodeCounts& base) {
  const std::vector<AdditivePoisson> models = row_models(y, base, half_life, prior);
  Excitation next = excitation;
  for (Eigen::Index i = 0; i < y.cols(); ++i) {
    set_row(next, i, models[static_cast<std::size_t>(i)].em_step(row_of(excitation, i)));
  }
  return next;
}

double spectral_radius(const Eigen::MatrixXd& kernel) {
  return kernel.size() == 0 ? 0 : kernel.eigenvalues().cwiseAbs().maxCoeff();
}

Eigen::MatrixXd total_progeny(const Eigen::MatrixXd& kernel) {
  const Eigen::Index n = kernel.rows();
  if (!(spectral_radius(kernel) < 1)) return Eigen::MatrixXd::Constant(n, n, nan);
  return (Eigen::MatrixXd::Identity(n, n) - kernel).inverse();
}

Eigen::MatrixXd CrossExcitation::Reading::beats_null() const {
  Eigen::MatrixXd answer = (evidence.array() > evidence_null_95.array()).cast<double>();
  answer = evidence_null_95.array().isNaN().select(nan, answer);
  return answer;
}

CrossExcitation::Reading CrossExcitation::fit(const NodeCounts& y, const NodeCounts& base) const {
  const std::vector<NodeLevel> levels = levels_of(y, base, options_);
  const RowsFit rows = fit_rows(y, levels, options_);
  Reading reading;
  reading.excitation = rows.excitation;
  reading.generation_half_life_days = rows.half_life_days;
  reading.evidence = rows.evidence;
  reading.base.resize(y.rows(), y.cols());
  for (Eigen::Index i = 0; i < y.cols(); ++i) {
    const auto at = static_cast<std::size_t>(i);
    reading.base.col(i) = levels[at].bases[rows.chosen_base[at]].base;
  }
  const std::vector<AdditivePoisson> models = row_models(y, reading.base, rows.half_life_days, options_.prior);
  climb(models, y, reading);
  reading.log_likelihood = cross_excitation_log_likelihood(y, reading.excitation, rows.half_life_days, reading.base);
  set_intervals(models, levels, reading);
  set_null(y, base, options_, reading);
  return reading;
}

}  // namespace tocsin
