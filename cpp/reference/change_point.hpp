#pragma once

#include <vector>

#include "rates.hpp"

/// Naive version of C6 (docs/method.md), by the first day of the run instead of a recursion over run lengths.
namespace tocsin::reference {

/// What is believed and known of each day.
struct RunPriors {
  std::vector<Gamma> prior;  // of a run whose first day this is
  std::vector<double> dispersion;
};

struct RunPosterior {
  std::vector<double> probability;  // by first day of the run, 0..t; they sum to 1 - hazard
  std::vector<Gamma> rate;          // posterior of each run
  double log_evidence;              // ln p(y of all days up to t)
};

/// After each day. P(y(0..t), the run began on day s) = p(y(0..s-1)) h (1-h)^(t-s) p(y(s..t) | one run), the h absent
/// for s = 0; these sum to p(y(0..t)).
[[nodiscard]] std::vector<RunPosterior> run_posteriors(const Days& days, double hazard, const RunPriors& priors);

/// sum of the runs of 1..window days that began after the first collected day: probability * P(rate > reference), the
/// reference of a run that began on day s being references[s - 1].
[[nodiscard]] double p_recent_above(const RunPosterior& after, int t, int window, int first_collected,
                                    const std::vector<double>& references);

}  // namespace tocsin::reference
