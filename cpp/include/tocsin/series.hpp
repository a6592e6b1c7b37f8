#pragma once

#include <Eigen/Core>
#include <optional>

#include "tocsin/indicators/attention_share.hpp"
#include "tocsin/indicators/ears.hpp"
#include "tocsin/indicators/mediation_coverage.hpp"
#include "tocsin/indicators/post_mediation_change.hpp"
#include "tocsin/indicators/rung.hpp"
#include "tocsin/indicators/slowing_down.hpp"
#include "tocsin/indicators/surprise.hpp"

/// Single indicators over whole series: each function is a loop over the recursion class of the same name.
///
/// Counts are daily, oldest first; NaN was not collected. `exposure` is days of collection a day; empty: 1 every day.
/// Every array of a result is as long as the input; element t depends on days up to t only.
/// All throw InputError for a negative, infinite or fractional count, a negative exposure, unequal lengths, or an
/// option out of range.
namespace tocsin::series {

using Array = Eigen::ArrayXd;
using Flags = Eigen::Array<bool, Eigen::Dynamic, 1>;
using Counts = Eigen::Ref<const Eigen::ArrayXd>;
using Table = Eigen::Ref<const Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>;

struct Rate {
  Array mean, low, high, shape, rate;
};
/// C1
[[nodiscard]] Rate discounted_rate(const Counts& y, const Counts& exposure, double half_life_days,
                                   const Belief& belief);

struct Ratio {
  Array log2_ratio, low, high, p_rising, absolute_change;
};
/// C2
[[nodiscard]] Ratio rate_ratio(const Counts& y, const Counts& exposure, const RateRatio::Options& options,
                               const Belief& belief);

struct Unusual {
  Array bans, mid_p, bits;
};
/// C3. @param options  without a dispersion it is estimated, with C4 deciding which days belong to a crisis
[[nodiscard]] Unusual surprise(const Counts& y, const Counts& exposure, const Surprise::Options& options);

/// C3 for one day and a given baseline Gamma(shape, rate): how far out is this count?
[[nodiscard]] PredictiveTail predictive_tail(double count, double exposure, const GammaPosterior& baseline,
                                             double dispersion);

struct Rise {
  Array statistic, threshold;  // nats; the threshold is NaN where `ratio` is not 2
  Flags alarm;                 // statistic > threshold
};
/// C4. @param mean  expected count a day, one value or one a day; @param false_alarm_days  from 30 to 3650
[[nodiscard]] Rise cusum(const Counts& y, const Counts& mean, double ratio, double dispersion, double false_alarm_days);

struct Share {
  Array share, low, high;
};
/// C8
[[nodiscard]] Share material_share(const Counts& rhetoric, const Counts& material, double half_life_days,
                                   double dispersion);

struct Ladder {
  Array supported_max;
  Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> p_at_least;  // (T, 7)
  Array mean_rung;
};
/// C9. @param counts  (T, 7): events a day by rung 1..7
[[nodiscard]] Ladder rung(const Table& counts, const Rung::Options& options);

struct Sides {
  Array balance, asymmetry;
};
/// C10
[[nodiscard]] Sides reciprocity(const Counts& forward, const Counts& backward, double half_life_days);

struct Hill {
  Array shannon, simpson;
};
/// C14. @param counts  (T, n): acts a day by direction or kind
[[nodiscard]] Hill breadth(const Table& counts, double half_life_days);

struct Mediation {
  Array coverage, low, high, gap, days_since, hostile_since;
};
/// C15; mediation may be fractional
[[nodiscard]] Mediation mediation_coverage(const Counts& mediation, const Counts& hostile,
                                           const MediationCoverage::Options& options, double dispersion);

struct Excess {
  Array statistic, upper;
  Flags alarm;  // false where the statistic is NaN
};
/// C5
[[nodiscard]] Excess ears(const Counts& y, const Ears::Options& options);

struct Damping {
  Array log_rate_ratio, low, high, episodes, compared_episodes, matched_days;
};
/// C16: an association, selection not removed. @param phases  whole numbers from 0 to 7, or empty
[[nodiscard]] Damping post_mediation_change(const Counts& mediation, const Counts& hostile, const Counts& phases,
                                            const PostMediationChange::Options& options, double dispersion);

struct Slowing {
  Array lag1, variance_to_mean, kendall_tau, p_value;
};
/// C17, experimental
[[nodiscard]] Slowing slowing_down(const Counts& y, const SlowingDown::Options& options);

/// C18. @param total  all events of the source a day, those in `y` among them
[[nodiscard]] Share attention_share(const Counts& y, const Counts& total, const AttentionShare::Options& options);

}  // namespace tocsin::series
