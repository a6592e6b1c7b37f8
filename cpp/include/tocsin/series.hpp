#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <vector>

#include "tocsin/indicators/attention_share.hpp"
#include "tocsin/indicators/change_point.hpp"
#include "tocsin/indicators/cross_excitation.hpp"
#include "tocsin/indicators/ears.hpp"
#include "tocsin/indicators/mediation_coverage.hpp"
#include "tocsin/indicators/no_excitation.hpp"
#include "tocsin/indicators/phase.hpp"
#include "tocsin/indicators/post_mediation_change.hpp"
#include "tocsin/indicators/reproduction_number.hpp"
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

struct Changes {
  Array p_recent, p_recent_up, expected_run, map_run, rate, log_evidence;
};
/// C6. @param belief  prior of every run, and the dispersion
[[nodiscard]] Changes change_point(const Counts& y, const Counts& exposure, const ChangePoint::Options& options,
                                   const Belief& belief);

using Phases = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;  // (T, phases)

struct CrisisPhase {
  Phases posterior;
  Array entropy;  // nats
  Array p_reach_hostilities;
  Array log_likelihood;  // ln P(counts of days 0..t)
};
/// C13, the filter. @param y  (T, columns of the model)
[[nodiscard]] CrisisPhase phase(const Table& y, const Counts& exposure, const Phase::Options& options);

struct WholePhases {
  Phases posterior;
  double log_likelihood;
};
/// C13 with hindsight: element t depends on all days, later ones too.
[[nodiscard]] WholePhases phase_smooth(const Table& y, const Counts& exposure, const Phase::Options& options);

/// C13 with hindsight: the most probable path, phases counted from 0.
[[nodiscard]] Array phase_path(const Table& y, const Counts& exposure, const Phase::Options& options);

struct Reproduction {
  Array mean, low, high, p_above_1;
  Array null_95;       // NaN on days for which it was not asked
  Array regime_shift;  // 1 where p_recent is above one half, NaN where it was not given
  Array pressure;
};
/// Which level C11 is compared with, if no act drew another.
struct ReproductionNull {
  bool from_segments = false;  // the level is taken from the series itself, up to each day
  /// Or else: one row, the rates of the last days as believed on the last one; or a row for each day, as believed on
  /// it.
  Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> rate;
  bool every_day = false;  // by default the last day alone
  Array p_recent;          // C6, one a day; empty: not known
  int draws = 200;
  std::uint64_t seed = 0;
};
/// C11. @param exogenous_rate  acts a day, one value or one a day; empty: the slow rate of C0, which is then estimated
///                             anew on every simulated series
[[nodiscard]] Reproduction reproduction_number(const Counts& y, const Counts& exposure, const Counts& exogenous_rate,
                                               const ReproductionNumber::Options& options, double dispersion,
                                               const ReproductionNull& null);

/// C12 over the last `window_days` of a (T, n) table. @param base  (T, n) or (T, 1) above 0; empty: by the options
[[nodiscard]] CrossExcitation::Reading cross_excitation(const Table& y, const CrossExcitation::Options& options,
                                                        int window_days, const Table& base);

/// C12 refitted every `every_days` over the `window_days` that end there; the last fit ends on the last day.
struct DatedExcitation {
  Eigen::Index last_day;
  CrossExcitation::Reading reading;
};
[[nodiscard]] std::vector<DatedExcitation> rolling_cross_excitation(const Table& y,
                                                                    const CrossExcitation::Options& options,
                                                                    int window_days, int every_days);

/// C12: log-likelihood of given parameters, -ln y! included
[[nodiscard]] double cross_excitation_log_likelihood(const Table& y, const Excitation& excitation,
                                                     double generation_half_life_days, const Table& base);
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
