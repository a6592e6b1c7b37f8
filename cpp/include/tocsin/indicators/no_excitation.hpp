#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>

#include "tocsin/indicators/baseline.hpp"
#include "tocsin/indicators/reproduction_number.hpp"

namespace tocsin {

/// A series in which no act draws another: what self-excitation has to be told apart from.
///
/// Counts of a day are negative binomial with variance phi times the mean; a share of them is told again the day after,
/// and what is told again is not told a third time. A rate that changes by itself, a source that writes several rows
/// for one event, and media that repeat a story all look like self-excitation to a fit with a constant rate.
struct NoExcitation {
  Eigen::ArrayXd rate;    // acts a day, oldest first, echo included
  double dispersion = 1;  // phi >= 1
  double echo = 0;        // share of a day's acts that is told again, 0 to 1
};

/// How the level changes: by the pieces of a segmentation or smoothly. Nothing in the counts says which.
enum class LevelChange { jump, glide };

struct LevelOptions {
  double change_penalty =
      1.5;                    // of a change of the level, times ln(days), in nats; 1 is the BIC of a place and a level
  int least_days = 7;         // of a piece: shorter ones would follow the bursts that are to be judged
  double term_penalty = 0.5;  // of a term of the smooth level, times ln(days), in nats: the BIC
  int half_wave_days = 45;    // of the quickest half-wave, for the reason of least_days
};

/// Piecewise constant rate of a series: optimal partitioning (Jackson et al. 2005, IEEE Signal Process. Lett. 12) by
/// the Poisson likelihood over phi.
struct RateSegments {
  Eigen::ArrayXd rate;            // as long as the series; a piece without an act has half an act
  Eigen::Index changes = 0;       // pieces - 1
  double penalty_per_change = 0;  // nats of Poisson likelihood

  /// @param y  counts of every day, oldest first; NaN: not collected
  [[nodiscard]] static RateSegments of(const Eigen::ArrayXd& y, double dispersion, const LevelOptions& options);
};

/// Smooth rate of a series: ln rate is a straight line plus the first few half-waves cos(pi k t / T), as many as the
/// Poisson likelihood over phi pays for.
struct SmoothLevel {
  Eigen::ArrayXd rate;          // as long as the series
  int terms = 0;                // 0: constant, 1: a line, more: one half-wave each
  double penalty_per_term = 0;  // nats of Poisson likelihood

  /// @param y  counts of every day, oldest first; NaN: not collected
  [[nodiscard]] static SmoothLevel of(const Eigen::ArrayXd& y, double dispersion, const LevelOptions& options);
};

/// Overdispersion from differences of following days (Rice 1984, Ann. Statist. 12), which a step of the level does not
/// inflate: at least 1.
[[nodiscard]] double dispersion_of_differences(const Eigen::ArrayXd& y);

/// Share of a day's acts that is told again the day after, given the rate: from the regression on yesterday's count.
[[nodiscard]] double echo_of(const Eigen::ArrayXd& y, const Eigen::ArrayXd& rate);

/// The no-excitation model that fits best, level changes by `change`: rate, dispersion and echo from `y` alone.
[[nodiscard]] NoExcitation fit_no_excitation(const Eigen::ArrayXd& y, LevelChange change, const LevelOptions& options);

/// One series of the model, a function of (key, draw) alone. @param y  NaN where the simulated series has NaN too
[[nodiscard]] Eigen::ArrayXd simulate(const NoExcitation& null, const Eigen::ArrayXd& y, std::uint64_t key,
                                      std::uint64_t draw);

/// What the exogenous rate of C11 is on simulated days: re-estimated where a baseline is given, else as it was.
struct ExogenousRate {
  Eigen::ArrayXd rate;           // acts a day; one value or one a day of the path
  std::optional<Baseline> slow;  // the slow rate as it was before the first day of the path
};

/// 95 % quantile of C11's mean on the last day of `null.rate`, if no act drew another.
///
/// @param null  the rate of the days up to today as it is believed today, with hindsight up to today only. Ten
///              forgetting half-lives are enough
/// @param y     the counts of the same days: tells which were not collected
/// @param key   from (seed, pair); a draw depends on (key, draw) alone
/// @return      the 95 % quantile of `draws` simulated series
[[nodiscard]] double reproduction_null_95(const NoExcitation& null, const Eigen::ArrayXd& y,
                                          const ExogenousRate& exogenous, const ReproductionNumber::Options& options,
                                          double dispersion, std::uint64_t key, int draws = 200);

}  // namespace tocsin
