#pragma once

#include <array>
#include <cstddef>

/// Thresholds of the CUSUM for rho = 2, in nats: how high it climbs by chance once in so many days.
namespace tocsin::cusum_table {

inline constexpr std::size_t budget_count = 7;
inline constexpr std::size_t mean_count = 29;
inline constexpr std::size_t dispersion_count = 13;

// Means and dispersions are powers of two, half a doubling apart.
inline constexpr double lowest_log2_mean = -8;
inline constexpr double lowest_log2_dispersion = 0;
inline constexpr double points_per_doubling = 2;

extern const std::array<double, budget_count> budgets;  // days
extern const std::array<double, budget_count * mean_count * dispersion_count> thresholds;

}  // namespace tocsin::cusum_table
