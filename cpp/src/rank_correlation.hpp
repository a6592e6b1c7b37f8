#pragma once

#include <span>

namespace tocsin {

/// Kendall's tau-b of a series with its own order: does it rise? (Kendall 1945, Biometrika 33.)
///
/// (rises - falls) / sqrt(pairs (pairs - ties)) over all pairs of days; NaN where every value is the same.
[[nodiscard]] double kendall_tau_with_time(std::span<const double> values);

}  // namespace tocsin
