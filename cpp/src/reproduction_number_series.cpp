#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "random.hpp"
#include "reproduction_null.hpp"
#include "series_input.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"
#include "tocsin/series.hpp"

namespace tocsin::series {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

void require_rates(const Eigen::Ref<const Eigen::ArrayXXd>& rate, std::string_view name) {
  for (Eigen::Index k = 0; k < rate.size(); ++k) {
    const double value = rate(k % rate.rows(), k / rate.rows());
    if (!(value >= 0 && std::isfinite(value))) {
      throw InputError(concat(name, " holds ", shortest(value), ", expected rates >= 0, in acts a day"));
    }
  }
}

void require_input(const Counts& y, const Counts& exposure, const Counts& exogenous,
                   const ReproductionNumber::Options& options, double dispersion, const ReproductionNull& null) {
  require_counts(y, "y");
  require_exposure(exposure, y.size());
  require_above(options.generation_half_life_days, 0, "generation_half_life_days");
  require_above(options.forgetting_half_life_days, 0, "forgetting_half_life_days");
  require_belief({options.prior_shape, options.prior_rate, dispersion});
  if (options.attribution_ratio) require_at_least(*options.attribution_ratio, 0, "attribution_ratio");
  require_at_least(null.draws, 1, "null_draws");
  if (exogenous.size() > 1) require_equal_length(exogenous.size(), y.size(), "exogenous_rate and y");
  require_rates(exogenous, "exogenous_rate");
  require_rates(null.rate, "null_rate");
  if (null.p_recent.size() > 0) require_equal_length(null.p_recent.size(), y.size(), "p_recent and y");
  const bool has_row_a_day = null.rate.rows() == y.size();
  if (null.rate.size() > 0 && !has_row_a_day && null.rate.rows() != 1) {
    throw InputError(concat("null_rate has ", null.rate.rows(), " rows, expected one for each of ", y.size(), " days"));
  }
  if (null.rate.size() > 0 && null.every_day && !has_row_a_day) {
    throw InputError(
        "null_rate is one path, as believed on the last day; for every day pass (days, path), a path as believed on "
        "it");
  }
  if (null.rate.rows() == 1 && null.rate.cols() > y.size() && !has_row_a_day) {
    throw InputError(concat("null_rate has ", null.rate.cols(), " days, expected at most ", y.size(), ", those of y"));
  }
}

/// What C11 needs to simulate the days before each day.
struct Past {
  Array y;                     // NaN where not collected
  const Counts& exogenous;     // as given
  std::vector<Baseline> slow;  // before each day, where the exogenous rate was not given
  ReproductionNumber::Options options;
  double dispersion;
};

// Of the last days up to t.
ExogenousRate exogenous_rate_of(const Past& past, Eigen::Index t, Eigen::Index days) {
  const Eigen::Index first = t + 1 - days;
  ExogenousRate exogenous;
  if (past.slow.empty()) {
    exogenous.rate = past.exogenous.size() == 1 ? Array(past.exogenous) : Array(past.exogenous.segment(first, days));
  } else {
    exogenous.slow = past.slow[static_cast<std::size_t>(first)];
  }
  return exogenous;
}

double null_of_day(const Past& past, Eigen::Index t, const ReproductionNull& asked) {
  const std::uint64_t key = random::combine_keys(asked.seed, random::hash_text("C11"));
  const Eigen::Index most = std::min(t + 1, simulated_days(past.options));
  if (asked.from_segments) {
    const Eigen::Index seen = std::min(t + 1, std::max(segmented_days, most));
    const Array window = past.y.segment(t + 1 - seen, seen);
    return reproduction_null_of(window, most, exogenous_rate_of(past, t, most), past.options, past.dispersion, key,
                                asked.draws);
  }
  const Eigen::Index row = asked.rate.rows() == 1 ? 0 : t;
  const Eigen::Index days = std::min<Eigen::Index>(asked.rate.cols(), t + 1);
  const Array path = asked.rate.row(row).tail(days).transpose();
  const Array window = past.y.segment(t + 1 - days, days);
  const NoExcitation null{path, std::max(past.dispersion, dispersion_of_differences(window)), echo_of(window, path)};
  return reproduction_null_95(null, window, exogenous_rate_of(past, t, days), past.options, past.dispersion, key,
                              asked.draws);
}

}  // namespace

Reproduction reproduction_number(const Counts& y, const Counts& exposure, const Counts& exogenous_rate,
                                 const ReproductionNumber::Options& options, double dispersion,
                                 const ReproductionNull& null) {
  require_input(y, exposure, exogenous_rate, options, dispersion, null);
  const Eigen::Index days = y.size();
  const Array missing = Array::Constant(days, nan);
  Reproduction result{missing, missing, missing, missing, missing, missing, missing};
  Past past{y, exogenous_rate, {}, options, dispersion};
  ReproductionNumber recursion(options);
  Baseline slow({});
  for (Eigen::Index t = 0; t < days; ++t) {
    const double exposure_of_day = std::isnan(y[t]) ? 0 : exposure.size() == 0 ? 1 : exposure[t];
    if (!(exposure_of_day > 0)) past.y[t] = nan;
    double rate = 0;
    if (exogenous_rate.size() == 0) {
      past.slow.push_back(slow);
      rate = slow.step(y[t], exposure_of_day).mean();
    } else {
      rate = exogenous_rate[exogenous_rate.size() == 1 ? 0 : t];
    }
    const ReproductionNumber::Reading reading = recursion.step(y[t], exposure_of_day, rate, dispersion);
    const Interval interval = reading.interval();
    result.mean[t] = reading.mean();
    result.low[t] = interval.low;
    result.high[t] = interval.high;
    result.p_above_1[t] = reading.p_above_1();
    result.pressure[t] = reading.pressure;
    if (null.p_recent.size() > 0 && !std::isnan(null.p_recent[t])) result.regime_shift[t] = null.p_recent[t] > 0.5;
    const bool is_asked = null.every_day || t + 1 == days;
    if (is_asked && (null.from_segments || null.rate.size() > 0)) result.null_95[t] = null_of_day(past, t, null);
  }
  return result;
}

}  // namespace tocsin::series
