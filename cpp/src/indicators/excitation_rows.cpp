#include "excitation_rows.hpp"

#include <cmath>
#include <limits>
#include <utility>

#include "tocsin/discounted_count.hpp"

namespace tocsin {

namespace {

constexpr double tolerance = 1e-6;  // nats; a claim is decided by tenths
constexpr double start_kernel = 0.3;

struct RowFit {
  double value = -std::numeric_limits<double>::infinity();  // log posterior less the price of the base
  double likelihood = 0;                                    // log-likelihood less the price of the base
  Eigen::VectorXd coefficients;
  std::size_t base = 0;
};

RowFit best_row(const Eigen::ArrayXd& y, const NodeLevel& level, const Eigen::MatrixXd& pressure,
                const KernelPrior& prior, Eigen::Index left_out = -1) {
  RowFit best;
  const Eigen::Index nodes = pressure.cols() - (left_out < 0 ? 0 : 1);
  for (std::size_t b = 0; b < level.bases.size(); ++b) {
    const PricedBase& priced = level.bases[b];
    const AdditivePoisson model = row_model(y, priced.base, pressure, prior, left_out);
    const AdditivePoisson::Point top = model.maximize(row_start(y, priced.base, nodes), tolerance);
    const double value = top.log_posterior - priced.price;
    if (!(value > best.value)) continue;
    best = {value, model.log_likelihood(top.coefficients) - priced.price, top.coefficients, b};
  }
  return best;
}

}  // namespace

Eigen::MatrixXd pressures(const NodeCounts& y, double half_life_days) {
  const double passing = discount_per_day(half_life_days);
  Eigen::MatrixXd pressure(y.rows(), y.cols());
  for (Eigen::Index node = 0; node < y.cols(); ++node) {
    double now = 0;
    for (Eigen::Index t = 0; t < y.rows(); ++t) {
      pressure(t, node) = now;
      now = passing * now + (std::isnan(y(t, node)) ? 0 : (1 - passing) * y(t, node));
    }
  }
  return pressure;
}

AdditivePoisson row_model(const Eigen::ArrayXd& y, const Eigen::ArrayXd& base, const Eigen::MatrixXd& pressure,
                          const KernelPrior& prior, Eigen::Index left_out) {
  const Eigen::Index days = y.isNaN().select(0, Eigen::ArrayXi::Ones(y.size())).sum();
  const Eigen::Index nodes = pressure.cols() - (left_out < 0 ? 0 : 1);
  Eigen::ArrayXd counts(days);
  Eigen::MatrixXd terms(days, 1 + nodes);
  Eigen::Index row = 0;
  for (Eigen::Index t = 0; t < y.size(); ++t) {
    if (std::isnan(y[t])) continue;
    counts[row] = y[t];
    terms(row, 0) = base[t];
    Eigen::Index column = 1;
    for (Eigen::Index node = 0; node < pressure.cols(); ++node) {
      if (node != left_out) terms(row, column++) = pressure(t, node);
    }
    ++row;
  }
  std::vector<GammaPrior> priors(static_cast<std::size_t>(1 + nodes), GammaPrior{prior.shape, prior.rate});
  priors[0] = {};
  return {counts, terms, std::move(priors)};
}

Eigen::VectorXd row_start(const Eigen::ArrayXd& y, const Eigen::ArrayXd& base, Eigen::Index nodes) {
  constexpr double share_from_outside = 0.7;
  double acts = 0;
  double expected = 0;
  for (Eigen::Index t = 0; t < y.size(); ++t) {
    if (std::isnan(y[t])) continue;
    acts += y[t];
    expected += base[t];
  }
  Eigen::VectorXd start =
      Eigen::VectorXd::Constant(1 + nodes, start_kernel / static_cast<double>(std::max<Eigen::Index>(nodes, 1)));
  start[0] = expected > 0 ? share_from_outside * acts / expected : 0;
  return start;
}

NodeLevel NodeLevel::of(const Eigen::ArrayXd& y, BaseShape shape, const LevelOptions& options) {
  NodeLevel level{dispersion_of_differences(y), {}};
  if (shape != BaseShape::piecewise) level.bases.push_back({Eigen::ArrayXd::Ones(y.size()), 0});
  if (shape == BaseShape::constant) return level;
  const RateSegments segments = RateSegments::of(y, level.dispersion, options);
  if (segments.changes > 0 || shape == BaseShape::piecewise) {
    level.bases.push_back({segments.rate, segments.penalty_per_change * static_cast<double>(segments.changes)});
  }
  if (shape == BaseShape::piecewise) return level;
  const SmoothLevel smooth = SmoothLevel::of(y, level.dispersion, options);
  if (smooth.terms > 0) level.bases.push_back({smooth.rate, smooth.penalty_per_term * smooth.terms});
  return level;
}

RowsFit fit_rows(const NodeCounts& y, const std::vector<NodeLevel>& levels, const CrossExcitation::Options& options) {
  const Eigen::Index nodes = y.cols();
  std::vector<RowFit> rows;
  RowsFit result;
  Eigen::MatrixXd pressure;
  double largest = -std::numeric_limits<double>::infinity();
  for (const double half_life : options.generation_half_life_days) {
    const Eigen::MatrixXd tried = pressures(y, half_life);
    std::vector<RowFit> found;
    double total = 0;
    for (Eigen::Index i = 0; i < nodes; ++i) {
      found.push_back(best_row(y.col(i), levels[static_cast<std::size_t>(i)], tried, options.prior));
      total += found.back().value;
    }
    if (!(total > largest)) continue;
    largest = total;
    rows = std::move(found);
    pressure = tried;
    result.half_life_days = half_life;
  }
  result.excitation = {Eigen::VectorXd(nodes), Eigen::MatrixXd(nodes, nodes)};
  result.evidence.resize(nodes, nodes);
  for (Eigen::Index i = 0; i < nodes; ++i) {
    const NodeLevel& level = levels[static_cast<std::size_t>(i)];
    const RowFit& row = rows[static_cast<std::size_t>(i)];
    result.chosen_base.push_back(row.base);
    result.excitation.mu[i] = row.coefficients[0];
    result.excitation.kernel.row(i) = row.coefficients.tail(nodes).transpose();
    for (Eigen::Index j = 0; j < nodes; ++j) {
      const RowFit without = best_row(y.col(i), level, pressure, options.prior, j);
      result.evidence(i, j) = (row.likelihood - without.likelihood) / level.dispersion;
    }
  }
  return result;
}

}  // namespace tocsin
