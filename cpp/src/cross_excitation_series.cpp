#include <algorithm>
#include <cmath>

#include "random.hpp"
#include "series_input.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"
#include "tocsin/series.hpp"

namespace tocsin::series {

namespace {

void require_node_counts(const Table& y) {
  for (Eigen::Index node = 0; node < y.cols(); ++node) {
    const Array column = y.col(node);
    require_counts(column, concat("y[:, ", node, "]"));
  }
  if (y.cols() == 0) throw InputError("y has no columns, expected (days, nodes) with at least one node");
}

NodeCounts base_of(const Table& base, const Table& y) {
  if (base.size() == 0) return {};
  const bool fits = base.rows() == y.rows() && (base.cols() == y.cols() || base.cols() == 1);
  if (!fits) {
    throw InputError(concat("base is (", base.rows(), ", ", base.cols(), "), expected (", y.rows(), ", ", y.cols(),
                            ") or (", y.rows(), ", 1), as the counts"));
  }
  for (const double value : base.reshaped()) {
    if (!(value > 0 && std::isfinite(value))) {
      throw InputError(concat("base holds ", shortest(value), ", expected numbers above 0"));
    }
  }
  if (base.cols() == y.cols()) return base;
  return base.replicate(1, y.cols());
}

void require_options(const CrossExcitation::Options& options, int window_days) {
  if (options.generation_half_life_days.empty()) {
    throw InputError("generation_half_life_days is empty, expected at least one half-life");
  }
  for (const double days : options.generation_half_life_days) require_above(days, 0, "generation_half_life_days");
  require_at_least(options.prior.shape, 1, "prior_shape");
  require_at_least(options.prior.rate, 0, "prior_rate");
  require_at_least(options.null_draws, 0, "null_draws");
  require_at_least(window_days, 1, "window_days");
}

CrossExcitation::Reading fit_window(const NodeCounts& y, const NodeCounts& base, Eigen::Index end, Eigen::Index days,
                                    const CrossExcitation::Options& options) {
  const Eigen::Index used = std::min(end, days);
  const NodeCounts window = y.middleRows(end - used, used);
  const NodeCounts shape = base.size() == 0 ? NodeCounts{} : NodeCounts(base.middleRows(end - used, used));
  return CrossExcitation(options).fit(window, shape);
}

}  // namespace

CrossExcitation::Reading cross_excitation(const Table& y, const CrossExcitation::Options& options, int window_days,
                                          const Table& base) {
  require_node_counts(y);
  require_options(options, window_days);
  return fit_window(y, base_of(base, y), y.rows(), window_days, options);
}

std::vector<DatedExcitation> rolling_cross_excitation(const Table& y, const CrossExcitation::Options& options,
                                                      int window_days, int every_days) {
  require_node_counts(y);
  require_options(options, window_days);
  require_at_least(every_days, 1, "every_days");
  std::vector<DatedExcitation> fits;
  const Eigen::Index days = y.rows();
  const Eigen::Index later = days > window_days ? (days - window_days) / every_days : 0;
  for (Eigen::Index k = later; k >= 0 && days > 0; --k) {
    const Eigen::Index end = days - k * every_days;
    fits.push_back({end - 1, fit_window(y, {}, end, window_days, options)});
  }
  return fits;
}

double cross_excitation_log_likelihood(const Table& y, const Excitation& excitation, double half_life,
                                       const Table& base) {
  require_node_counts(y);
  require_above(half_life, 0, "generation_half_life_days");
  const Eigen::Index nodes = y.cols();
  if (excitation.mu.size() != nodes || excitation.kernel.rows() != nodes || excitation.kernel.cols() != nodes) {
    throw InputError(concat("mu has ", excitation.mu.size(), " values and kernel is (", excitation.kernel.rows(), ", ",
                            excitation.kernel.cols(), "), expected ", nodes, " and (", nodes, ", ", nodes,
                            "), one for each column of y"));
  }
  const bool is_positive = (excitation.mu.array() >= 0).all() && (excitation.kernel.array() >= 0).all() &&
                           excitation.mu.allFinite() && excitation.kernel.allFinite();
  if (!is_positive) throw InputError("mu and kernel hold a number that is not finite and >= 0");
  return tocsin::cross_excitation_log_likelihood(y, excitation, half_life, base_of(base, y));
}

}  // namespace tocsin::series
