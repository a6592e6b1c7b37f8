#pragma once

#include <vector>

#include "tocsin/indicators/phase.hpp"

/// A whole series at once, given ln P(counts of the day | phase) of every day, [day][phase]. All of these look ahead.
namespace tocsin {

struct SmoothedPhases {
  std::vector<double> posterior;  // [day][phase], given all days
  std::vector<double> moves;      // [from][to], expected number of moves from one day to the next
  double log_likelihood = 0;
};

/// Forward filter, then backwards in the posteriors alone, without the likelihoods, which may underflow:
///     P(i today | all) = P(i | until today) sum_j P(j | i) P(j tomorrow | all) / P(j tomorrow | until today)
/// (Kitagawa 1987, J. Am. Stat. Assoc. 82).
[[nodiscard]] SmoothedPhases smooth_phases(const PhaseTables& tables, const std::vector<double>& log_likelihoods);

/// The most probable path (Viterbi 1967), phases counted from 0; of two equal ones the calmer.
[[nodiscard]] std::vector<std::size_t> best_phase_path(const PhaseTables& tables,
                                                       const std::vector<double>& log_likelihoods);

}  // namespace tocsin
