#pragma once

namespace tocsin::special {

/// The z with Phi(z) = probability, for the standard normal distribution.
///
/// Rational approximations PPND16 of M. J. Wichura, "Algorithm AS 241: The percentage points of the normal
/// distribution", Applied Statistics 37 (1988). Relative error about 1e-15.
///
/// Domain [0, 1]; 0 and 1 give -infinity and infinity, anything else NaN. Does not throw, does not allocate.
[[nodiscard]] double normal_quantile(double probability) noexcept;

}  // namespace tocsin::special
