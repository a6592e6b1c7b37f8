#pragma once

#include "tocsin/indicators/no_excitation.hpp"

namespace tocsin {

/// Days whose counts say which level the simulated days have: enough to see a change of the level before them.
inline constexpr Eigen::Index segmented_days = 180;

/// Days that are simulated: what is older weighs less than a thousandth in C11's sums.
[[nodiscard]] Eigen::Index simulated_days(const ReproductionNumber::Options& options);

/// `reproduction_null_95` with a level that comes from the counts themselves, up to today: of a level that jumps and
/// one that glides the larger, since nothing in the counts says which it was.
///
/// @param y          counts of the last days up to today, at most `segmented_days` or `days`; NaN: not collected
/// @param days       how many of them are simulated
[[nodiscard]] double reproduction_null_of(const Eigen::ArrayXd& y, Eigen::Index days, const ExogenousRate& exogenous,
                                          const ReproductionNumber::Options& options, double dispersion,
                                          std::uint64_t key, int draws);

}  // namespace tocsin
