#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "tocsin/indicators/phase_model.hpp"

namespace tocsin {

/// The parameters of a phase model from counts: Baum-Welch, that is EM (Baum and others 1970, Ann. Math. Stat. 41;
/// Rabiner 1989, Proc. IEEE 77), over one or several series of the same kind.
struct PhaseFit {
  /// (T, columns of the model): counts a day, oldest first; NaN was not collected.
  using Counts = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

  /// A cell that is the same as that of the phase before, from where a fit starts to where it ends.
  struct Tie {
    std::size_t phase = 1;
    std::size_t signal = 0;
  };

  /// With both at their defaults the fit is by maximum likelihood; otherwise it stays near the start.
  struct Options {
    int most_iterations = 2000;
    double tolerance = 1e-9;  // ends when an iteration gains less, nats
    double prior_days = 0;    // what the transitions of the start weigh, in days spent in each phase
    // Spread of the normal prior around the logarithm of each floor, multiple and size of the start.
    double prior_spread = std::numeric_limits<double>::infinity();
    bool keeps_multiples = false;  // leaves the multiples as they are in the start
    std::vector<Tie> ties{};       // signals by which a phase is not told from the one before
  };

  PhaseModel model;           // calmest phase first
  double log_likelihood = 0;  // of the series, given `model`
  double log_posterior = 0;   // plus the priors, up to a constant
  int iterations = 0;
  bool has_converged = false;

  /// What is 0 in the start stays 0 (a transition, a multiple), what is Poisson stays Poisson. The log-posterior never
  /// falls from one iteration to the next. For speed the slow rates are rounded to a 1/16 of a doubling.
  /// @throws InputError  for counts that do not fit the start, or options out of range
  [[nodiscard]] static PhaseFit from(const std::vector<Counts>& series, const PhaseModel& start,
                                     const Options& options);

  /// The best of several fits with fixed means, from random starts that depend on the seed only.
  [[nodiscard]] static PhaseFit from_random_starts(const std::vector<Counts>& series, int phases, bool is_poisson,
                                                   int starts, std::uint64_t seed, const Options& options);
};

}  // namespace tocsin
