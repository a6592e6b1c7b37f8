#pragma once

#include "random.hpp"

namespace tocsin::random {

/// Gamma variates with rate 1 and one shape: the distribution of `random::gamma` several times as fast, where many are
/// drawn of the same shape. What depends on the shape alone is computed once, and the normal variates come from the
/// ziggurat (Marsaglia & Tsang 2000, J. Stat. Softw. 5(8), as written down by Doornik 2005, "An improved ziggurat
/// method to generate normal random samples") instead of a quantile.
class GammaSampler {
 public:
  /// Of a variate that is always 0.
  GammaSampler() = default;
  /// @param shape  at least 0; 0 gives 0
  explicit GammaSampler(double shape);

  [[nodiscard]] double operator()(Stream& stream) const noexcept;

 private:
  double d_ = 0;               // shape - 1/3, of the shape or of one more
  double c_ = 0;               // 1 / sqrt(9 d)
  double power_ = 0;           // 1 / shape where that is below 1, else 0
  double all_below_is_0_ = 1;  // a uniform number so small that its power underflows
};

/// Standard normal by the ziggurat: one uniform in 99 of 100 cases.
[[nodiscard]] double ziggurat_normal(Stream& stream) noexcept;

}  // namespace tocsin::random
