#pragma once

#include <array>

#include "indicators/run_columns.hpp"

/// How probable it is that the rate of a run is above another one.
namespace tocsin::run_columns {

using Lanes = std::array<double, run_block>;

/// P(Gamma(shape, 1) > x) of every lane, to an absolute error of 1e-12.
///
/// The series of the lower tail in x (DLMF 8.11.4) as a quotient of two polynomials, of as many terms as the slowest
/// lane needs. Every width of the registers gives the same bits.
///
/// @param shapes  1e-200 to 1e6
/// @param x       at least 0
/// @return        false if some x is above largest_x: the series would be long, and `tails` is not filled
[[nodiscard]] bool upper_tails(const Lanes& shapes, const Lanes& x, Lanes& tails,
                               std::size_t width = widest_registers());

inline constexpr double largest_x = 200;

}  // namespace tocsin::run_columns
