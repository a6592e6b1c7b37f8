#include "tocsin/series.hpp"

#include <cmath>
#include <limits>

#include "series_input.hpp"
#include "tocsin/indicators/breadth.hpp"
#include "tocsin/indicators/discounted_rate.hpp"
#include "tocsin/indicators/material_share.hpp"
#include "tocsin/indicators/reciprocity.hpp"

namespace tocsin::series {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// A count that is not there has no exposure, whatever the exposure column says.
double exposure_on(const Counts& y, const Counts& exposure, Eigen::Index t) {
  if (std::isnan(y[t])) return 0;
  return exposure.size() == 0 ? 1 : exposure[t];
}

}  // namespace

Rate discounted_rate(const Counts& y, const Counts& exposure, double half_life_days, const Belief& belief) {
  require_counts(y, "y");
  require_exposure(exposure, y.size());
  require_half_life(half_life_days);
  require_belief(belief);
  const Eigen::Index days = y.size();
  Rate result{Array(days), Array(days), Array(days), Array(days), Array(days)};
  DiscountedRate recursion({half_life_days});
  for (Eigen::Index t = 0; t < days; ++t) {
    const GammaPosterior posterior = recursion.step(y[t], exposure_on(y, exposure, t), belief);
    const Interval interval = posterior.interval();
    result.mean[t] = posterior.mean();
    result.low[t] = interval.low;
    result.high[t] = interval.high;
    result.shape[t] = posterior.shape;
    result.rate[t] = posterior.rate;
  }
  return result;
}

Ratio rate_ratio(const Counts& y, const Counts& exposure, const RateRatio::Options& options, const Belief& belief) {
  require_counts(y, "y");
  require_exposure(exposure, y.size());
  require_windows(options);
  require_belief(belief);
  const Eigen::Index days = y.size();
  Ratio result{Array(days), Array(days), Array(days), Array(days), Array(days)};
  RateRatio recursion(options);
  for (Eigen::Index t = 0; t < days; ++t) {
    const RateRatio::Reading reading = recursion.step(y[t], exposure_on(y, exposure, t), belief);
    const Interval interval = reading.interval();
    result.log2_ratio[t] = reading.log2_ratio();
    result.low[t] = interval.low;
    result.high[t] = interval.high;
    result.p_rising[t] = reading.p_rising();
    result.absolute_change[t] = reading.absolute_change();
  }
  return result;
}

Unusual surprise(const Counts& y, const Counts& exposure, const Surprise::Options& options) {
  require_counts(y, "y");
  require_exposure(exposure, y.size());
  require_half_life(options.baseline.half_life_days);
  require_at_least(options.baseline.guard_days, 0, "guard_days");
  if (options.dispersion) require_at_least(*options.dispersion, 1, "dispersion");
  require_above(options.unseen.prior_shape, 0, "prior_shape");
  require_above(options.unseen.prior_rate, 0, "prior_rate");
  require_at_least(options.unseen.dispersion, 1, "prior_dispersion");
  const Eigen::Index days = y.size();
  Unusual result{Array(days), Array(days), Array(days)};
  Surprise recursion(options);
  for (Eigen::Index t = 0; t < days; ++t) {
    const PredictiveTail tail = recursion.step(y[t], exposure_on(y, exposure, t)).tail();
    result.bans[t] = tail.bans();
    result.mid_p[t] = tail.mid_p();
    result.bits[t] = tail.bits();
  }
  return result;
}

PredictiveTail predictive_tail(double count, double exposure, const GammaPosterior& baseline, double dispersion) {
  require_counts(Eigen::ArrayXd::Constant(1, count), "count");
  require_above(exposure, 0, "exposure");
  require_above(baseline.shape, 0, "shape");
  require_above(baseline.rate, 0, "rate");
  require_at_least(dispersion, 1, "dispersion");
  return PredictiveTail::of(count, exposure, baseline, dispersion);
}

Rise cusum(const Counts& y, const Counts& mean, double ratio, double dispersion, double false_alarm_days) {
  require_counts(y, "y");
  require_means(mean, y.size());
  require_above(ratio, 1, "ratio");
  require_at_least(dispersion, 1, "dispersion");
  require_budget(false_alarm_days);
  Rise result{Array(y.size()), Array(y.size()), Flags(y.size())};
  Cusum recursion({ratio});
  double threshold = nan;
  for (Eigen::Index t = 0; t < y.size(); ++t) {
    const double expected = mean[mean.size() == 1 ? 0 : t];
    const bool is_as_before = t > 0 && expected == mean[mean.size() == 1 ? 0 : t - 1];
    // The table is made for a doubling.
    if (ratio == 2 && !is_as_before) threshold = Cusum::threshold(expected, dispersion, false_alarm_days);
    result.statistic[t] = recursion.step(y[t], std::isnan(y[t]) ? 0 : 1, expected, dispersion);
    result.threshold[t] = threshold;
    result.alarm[t] = result.statistic[t] > threshold;
  }
  return result;
}

Share material_share(const Counts& rhetoric, const Counts& material, double half_life_days, double dispersion) {
  require_counts(rhetoric, "rhetoric");
  require_counts(material, "material");
  require_equal_length(rhetoric.size(), material.size(), "rhetoric and material");
  require_half_life(half_life_days);
  require_at_least(dispersion, 1, "dispersion");
  const Eigen::Index days = rhetoric.size();
  Share result{Array(days), Array(days), Array(days)};
  MaterialShare recursion({half_life_days});
  for (Eigen::Index t = 0; t < days; ++t) {
    const MaterialShare::Reading reading = recursion.step(rhetoric[t], material[t], dispersion);
    const Interval interval = reading.has_events() ? reading.posterior().interval() : Interval{nan, nan};
    result.share[t] = reading.has_events() ? reading.posterior().mean() : nan;
    result.low[t] = interval.low;
    result.high[t] = interval.high;
  }
  return result;
}

Ladder rung(const Table& counts, const Rung::Options& options) {
  if (counts.cols() != static_cast<Eigen::Index>(rung_count)) fail_columns(counts.cols());
  for (Eigen::Index t = 0; t < counts.rows(); ++t) require_counts(counts.row(t).transpose(), "counts_by_rung");
  require_at_least(options.window_days, 1, "window_days");
  require_above(options.min_events, 0, "min_events");
  const Eigen::Index days = counts.rows();
  Ladder result{Array(days), {days, counts.cols()}, Array(days)};
  Rung recursion(options);
  for (Eigen::Index t = 0; t < days; ++t) {
    RungCounts today{};
    for (std::size_t i = 0; i < rung_count; ++i) today[i] = counts(t, static_cast<Eigen::Index>(i));
    const Rung::Reading reading = recursion.step(today);
    result.supported_max[t] = reading.supported_max;
    result.mean_rung[t] = reading.mean_rung();
    for (int q = 1; q <= static_cast<int>(rung_count); ++q) result.p_at_least(t, q - 1) = reading.p_at_least(q);
  }
  return result;
}

Sides reciprocity(const Counts& forward, const Counts& backward, double half_life_days) {
  require_counts(forward, "forward");
  require_counts(backward, "backward");
  require_equal_length(forward.size(), backward.size(), "forward and backward");
  require_half_life(half_life_days);
  Sides result{Array(forward.size()), Array(forward.size())};
  Reciprocity recursion({half_life_days});
  for (Eigen::Index t = 0; t < forward.size(); ++t) {
    const Reciprocity::Reading reading = recursion.step(forward[t], backward[t]);
    result.balance[t] = reading.balance();
    result.asymmetry[t] = reading.asymmetry();
  }
  return result;
}

Hill breadth(const Table& counts, double half_life_days) {
  for (Eigen::Index t = 0; t < counts.rows(); ++t) require_counts(counts.row(t).transpose(), "counts");
  require_half_life(half_life_days);
  Hill result{Array(counts.rows()), Array(counts.rows())};
  Breadth recursion({half_life_days, static_cast<int>(counts.cols())});
  for (Eigen::Index t = 0; t < counts.rows(); ++t) {
    const Breadth::Reading reading =
        recursion.step({counts.data() + t * counts.outerStride(), static_cast<std::size_t>(counts.cols())});
    result.shannon[t] = reading.shannon;
    result.simpson[t] = reading.simpson;
  }
  return result;
}

Mediation mediation_coverage(const Counts& mediation, const Counts& hostile, const MediationCoverage::Options& options,
                             double dispersion) {
  require_amounts(mediation, "mediation");
  require_counts(hostile, "hostile");
  require_equal_length(mediation.size(), hostile.size(), "mediation and hostile");
  require_at_least(options.window_days, 1, "window_days");
  require_windows(options.growth);
  require_at_least(dispersion, 1, "dispersion");
  const Eigen::Index days = mediation.size();
  Mediation result{Array(days), Array(days), Array(days), Array(days), Array(days), Array(days)};
  const Belief belief{0.5, 0.5, dispersion};
  MediationCoverage recursion(options);
  RateRatio hostile_growth(options.growth);
  for (Eigen::Index t = 0; t < days; ++t) {
    const MediationCoverage::Reading reading = recursion.step(mediation[t], hostile[t], 1, belief);
    const Interval odds = reading.has_hostile() ? reading.posterior().odds_interval() : Interval{nan, nan};
    result.coverage[t] = reading.has_hostile() ? reading.posterior().median_odds() : nan;
    result.low[t] = odds.low;
    result.high[t] = odds.high;
    result.gap[t] = reading.gap(hostile_growth.step(hostile[t], std::isnan(hostile[t]) ? 0 : 1, belief));
    result.days_since[t] = reading.days_since;
    result.hostile_since[t] = reading.hostile_since;
  }
  return result;
}

}  // namespace tocsin::series
