#pragma once

#include <cstdint>
#include <string_view>

/// Random variates that are the same on every machine, up to the last bit of its exp, log and sqrt.
///
/// The distributions of <random> are not: each standard library has its own. Nothing here throws or allocates.
namespace tocsin::random {

/// A well-mixed bijection of 64 bits: the finaliser of SplitMix64 (Steele, Lea & Flood, "Fast splittable pseudorandom
/// number generators", 2014; constants of D. Stafford's variant 13).
[[nodiscard]] constexpr std::uint64_t mix_bits(std::uint64_t bits) noexcept {
  bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9ULL;
  bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebULL;
  return bits ^ (bits >> 31);
}

/// One key from two, order mattering: for keys such as (seed, pair, draw). A bijection in each argument.
[[nodiscard]] constexpr std::uint64_t combine_keys(std::uint64_t first, std::uint64_t second) noexcept {
  return mix_bits(mix_bits(first + 0x9e3779b97f4a7c15ULL) + second);
}

/// The 64-bit FNV-1a hash (Fowler, Noll & Vo) of the bytes of a text, for keys that come from names.
[[nodiscard]] constexpr std::uint64_t hash_text(std::string_view text) noexcept {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char letter : text) {
    hash ^= static_cast<unsigned char>(letter);
    hash *= 0x100000001b3ULL;
  }
  return hash;
}

/// A sequence of random numbers given by its key alone: the n-th is a hash of (key, n), so that a draw does not depend
/// on what other streams did. Copying a stream copies its position.
class Stream {
 public:
  /// The key is mixed first, because nearby keys (0, 1, 2, ...) would otherwise be shifted copies of one sequence.
  explicit constexpr Stream(std::uint64_t key) noexcept : state_(mix_bits(key ^ 0x6a09e667f3bcc909ULL)) {}

  [[nodiscard]] constexpr std::uint64_t next_bits() noexcept {
    state_ += 0x9e3779b97f4a7c15ULL;  // 2^64 / golden ratio: counts the draws
    return mix_bits(state_);
  }

  /// Uniform on the open interval (0, 1): the centre of one of 2^52 equal cells, hence never 0 or 1.
  [[nodiscard]] constexpr double next_uniform() noexcept {
    return (static_cast<double>(next_bits() >> 12) + 0.5) * 0x1p-52;
  }

 private:
  std::uint64_t state_;
};

/// Standard normal, by the inverse of its distribution function: one uniform each.
[[nodiscard]] double normal(Stream& stream) noexcept;

/// Gamma with the given shape and rate 1 (Marsaglia & Tsang 2000).
///
/// A shape below 1 takes gamma(shape + 1) * uniform^(1/shape), evaluated so that tiny shapes give 0 when the variate
/// underflows. Domain shape in (0, 1e300]; NaN outside, without consuming a draw.
[[nodiscard]] double gamma(Stream& stream, double shape) noexcept;

/// Beta(a, b) as X / (X + Y) of two gamma variates, in logarithms when a shape is below 1 so that both may underflow.
///
/// Domain a, b in (0, 1e300]; NaN outside, without consuming a draw.
[[nodiscard]] double beta(Stream& stream, double a, double b) noexcept;

/// Poisson with the given mean: inversion by counting up below 10, above it transformed rejection (algorithm PTRS of
/// W. Hoermann, "The transformed rejection method for generating Poisson random variables", 1993).
///
/// Domain mean in [0, 9e14]; -1 outside, without consuming a draw.
[[nodiscard]] std::int64_t poisson(Stream& stream, double mean) noexcept;

}  // namespace tocsin::random
