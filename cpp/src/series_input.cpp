#include "series_input.hpp"

#include <cmath>

#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin::series {

namespace {

constexpr double largest_count = 1e9;

[[noreturn]] void fail_at(std::string_view name, Eigen::Index t, double found, std::string_view expected) {
  throw InputError(concat(name, "[", t, "] is ", shortest(found), ", expected ", expected));
}

void require_length(Eigen::Index found, Eigen::Index expected, std::string_view name) {
  if (found != expected) throw InputError(concat(name, " has ", found, " values, expected ", expected, ", one a day"));
}

}  // namespace

void require_counts(const Counts& y, std::string_view name) {
  for (Eigen::Index t = 0; t < y.size(); ++t) {
    const bool is_fine = std::isnan(y[t]) || (y[t] >= 0 && y[t] <= largest_count && std::floor(y[t]) == y[t]);
    if (!is_fine) fail_at(name, t, y[t], "a whole count >= 0 and at most 1e9, or NaN where it was not collected");
  }
}

void require_amounts(const Counts& y, std::string_view name) {
  for (Eigen::Index t = 0; t < y.size(); ++t) {
    const bool is_fine = std::isnan(y[t]) || (y[t] >= 0 && y[t] <= largest_count);
    if (!is_fine) fail_at(name, t, y[t], "a number >= 0 and at most 1e9, or NaN where it was not collected");
  }
}

void require_exposure(const Counts& exposure, Eigen::Index days) {
  if (exposure.size() == 0) return;
  require_length(exposure.size(), days, "exposure");
  for (Eigen::Index t = 0; t < exposure.size(); ++t) {
    const bool is_fine = exposure[t] >= 0 && exposure[t] <= largest_count;
    if (!is_fine) fail_at("exposure", t, exposure[t], "a number >= 0; 0 where nothing was collected");
  }
}

void require_means(const Counts& mean, Eigen::Index days) {
  if (mean.size() != 1) require_length(mean.size(), days, "mean");
  for (Eigen::Index t = 0; t < mean.size(); ++t) {
    if (!(mean[t] > 0 && std::isfinite(mean[t]))) fail_at("mean", t, mean[t], "an expected count above 0");
  }
}

void require_equal_length(Eigen::Index a, Eigen::Index b, std::string_view names) {
  if (a != b) throw InputError(concat(names, " have ", a, " and ", b, " values, expected as many of both, one a day"));
}

void require_at_least(double value, double least, std::string_view name) {
  if (!(value >= least && std::isfinite(value))) {
    throw InputError(concat(name, " is ", shortest(value), ", expected a number >= ", shortest(least)));
  }
}

void require_above(double value, double bound, std::string_view name) {
  if (!(value > bound && std::isfinite(value))) {
    throw InputError(concat(name, " is ", shortest(value), ", expected a number above ", shortest(bound)));
  }
}

void require_half_life(double days) { require_above(days, 0, "half_life_days"); }

void require_windows(const RateRatio::Options& options) {
  require_at_least(options.window_days, 1, "window_days");
  require_at_least(options.baseline_days, 1, "baseline_days");
  require_at_least(options.guard_days, 0, "guard_days");
}

void require_budget(double false_alarm_days) {
  const bool is_fine =
      false_alarm_days >= Cusum::fewest_false_alarm_days && false_alarm_days <= Cusum::most_false_alarm_days;
  if (!is_fine) {
    throw InputError(concat("false_alarm_days is ", shortest(false_alarm_days), ", expected days from ",
                            shortest(Cusum::fewest_false_alarm_days), " to ", shortest(Cusum::most_false_alarm_days)));
  }
}

void require_belief(const Belief& belief) {
  require_above(belief.prior_shape, 0, "prior_shape");
  require_above(belief.prior_rate, 0, "prior_rate");
  require_at_least(belief.dispersion, 1, "dispersion");
}

void fail_columns(Eigen::Index found) {
  throw InputError(concat("counts_by_rung has ", found, " columns, expected 7, one for each of rungs 1 to 7"));
}

}  // namespace tocsin::series
