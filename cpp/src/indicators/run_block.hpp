#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "indicators/run_columns.hpp"

/// Runs side by side in the registers of the processor, and the functions that the arithmetic of runs needs.
///
/// Whatever works on a block is inlined, or the instructions of the version (SSE2, AVX2, AVX-512) would not reach it.
namespace tocsin::run_columns {

inline constexpr double to_whole = 6755399441055744.0;  // 1.5 * 2^52: what is added to it is rounded to a whole number

// Chebyshev interpolations; relative errors 1e-17, 8e-17 and 3e-16. log2((1 + q) / (1 - q)) / q in powers of q^2, q
// from 0 to 1/32 and from 0 to 1/3.
inline constexpr double small_ratio = 1.0 / 32;
inline constexpr double large_ratio = 1.0 / 3;
inline constexpr std::array<double, 5> small_ratio_terms = {2.8853900817779268, 0.9617966939259522, 0.5770780165468148,
                                                            0.4121980349234227, 0.3212401597219918};
inline constexpr std::array<double, 10> ratio_terms = {
    2.8853900817779268, 0.9617966939262051, 0.5770780162875998,  0.41219859090498345, 0.32059844553352324,
    0.26232321663323,   0.2216509953409951, 0.19608109023253079, 0.14254965360722935, 0.2565221979515153};
// 2^-x, x from -1/2 to 1/2.
inline constexpr std::array<double, 11> power_terms = {1.0,
                                                       -0.69314718055995,
                                                       0.24022650695910097,
                                                       -0.05550410866444772,
                                                       0.009618129107606888,
                                                       -0.0013333558230164974,
                                                       0.0001540353044173605,
                                                       -1.5252657260200837e-05,
                                                       1.321544258792169e-06,
                                                       -1.0208690299958306e-07,
                                                       7.072585949269223e-09};

template <std::size_t width>
struct Register {
  using Reals [[gnu::vector_size(width * sizeof(double))]] = double;
  using Bits [[gnu::vector_size(width * sizeof(double))]] = std::uint64_t;
};

// A block of runs in as many registers as it takes, worked on in turns: hardly an operation waits for the one before.
template <std::size_t width>
struct Block {
  using Part = typename Register<width>::Reals;
  using Bits = typename Register<width>::Bits;
  static constexpr std::size_t count = run_block / width;
  Part parts[count];

  [[gnu::always_inline]] static Block of(double value) {
    Block result;
    for (Part& part : result.parts) part = Part{} + value;
    return result;
  }
  [[gnu::always_inline]] static Block at(const double* from) {
    Block result;
    for (std::size_t k = 0; k < count; ++k) std::memcpy(&result.parts[k], from + k * width, sizeof(Part));
    return result;
  }
  [[gnu::always_inline]] void store(double* to) const {
    for (std::size_t k = 0; k < count; ++k) std::memcpy(to + k * width, &parts[k], sizeof(Part));
  }
  [[gnu::always_inline]] friend Block operator+(const Block& a, const Block& b) {
    Block result;
    for (std::size_t k = 0; k < count; ++k) result.parts[k] = a.parts[k] + b.parts[k];
    return result;
  }
  [[gnu::always_inline]] friend Block operator-(const Block& a, const Block& b) {
    Block result;
    for (std::size_t k = 0; k < count; ++k) result.parts[k] = a.parts[k] - b.parts[k];
    return result;
  }
  [[gnu::always_inline]] friend Block operator*(const Block& a, const Block& b) {
    Block result;
    for (std::size_t k = 0; k < count; ++k) result.parts[k] = a.parts[k] * b.parts[k];
    return result;
  }
  [[gnu::always_inline]] friend Block operator/(const Block& a, const Block& b) {
    Block result;
    for (std::size_t k = 0; k < count; ++k) result.parts[k] = a.parts[k] / b.parts[k];
    return result;
  }
  [[gnu::always_inline]] friend Block operator+(const Block& a, double b) { return a + of(b); }
  [[gnu::always_inline]] friend Block operator-(const Block& a, double b) { return a - of(b); }
  [[gnu::always_inline]] friend Block operator-(double a, const Block& b) { return of(a) - b; }
  [[gnu::always_inline]] friend Block operator*(double a, const Block& b) { return of(a) * b; }
  [[gnu::always_inline]] friend Block operator/(double a, const Block& b) { return of(a) / b; }

  [[gnu::always_inline]] friend Block operator*(const Block& a, double b) { return a * of(b); }

  // a > b ? one : other
  [[gnu::always_inline]] static Block where_above(const Block& a, const Block& b, const Block& one,
                                                  const Block& other) {
    Block result;
    for (std::size_t k = 0; k < count; ++k) result.parts[k] = a.parts[k] > b.parts[k] ? one.parts[k] : other.parts[k];
    return result;
  }
  [[gnu::always_inline]] static Block larger(const Block& a, const Block& b) {
    Block result;
    for (std::size_t k = 0; k < count; ++k) result.parts[k] = a.parts[k] > b.parts[k] ? a.parts[k] : b.parts[k];
    return result;
  }
  [[gnu::always_inline]] static bool all_below(const Block& a, double bound) {
    Bits signs = (Bits)(a.parts[0] - bound);
    for (std::size_t k = 1; k < count; ++k) signs &= (Bits)(a.parts[k] - bound);
    std::array<typename Register<2>::Bits, width / 2> pairs;
    std::memcpy(pairs.data(), &signs, sizeof(signs));
    for (std::size_t i = 1; i < width / 2; ++i) pairs[0] &= pairs[i];
    return ((pairs[0][0] & pairs[0][1]) >> 63U) != 0;
  }
  // By halves, so that every width adds the same pairs.
  [[gnu::always_inline]] static double sum(const Block& all) {
    Block left = all;
    for (std::size_t half = count / 2; half > 0; half /= 2) {
      for (std::size_t k = 0; k < half; ++k) left.parts[k] += left.parts[k + half];
    }
    std::array<double, width> lanes;
    std::memcpy(lanes.data(), &left.parts[0], sizeof(lanes));
    for (std::size_t half = width / 2; half > 0; half /= 2) {
      for (std::size_t i = 0; i < half; ++i) lanes[i] += lanes[i + half];
    }
    return lanes[0];
  }

  // weight becomes at least 1 and below 2, and power what keeps weight * 2^power.
  [[gnu::always_inline]] static void normalise(Block& weight, Block& power) {
    for (std::size_t k = 0; k < count; ++k) {
      const Bits bits = (Bits)weight.parts[k];
      power.parts[k] += (Part)((bits >> 52U) | (Bits)(Part{} + 0x1p52)) - (0x1p52 + 1023.0);
      weight.parts[k] = (Part)((bits & 0x000FFFFFFFFFFFFFU) | (Bits)(Part{} + 1.0));
    }
  }
  // weight * 2^power, for powers that a number can hold
  [[gnu::always_inline]] static Block raised(const Block& weight, const Block& power) {
    Block result;
    for (std::size_t k = 0; k < count; ++k) {
      result.parts[k] = (Part)((Bits)weight.parts[k] + ((Bits)(power.parts[k] + to_whole) << 52U));
    }
    return result;
  }
  // 2^steps, steps as many as the exponents of a and b are apart
  [[gnu::always_inline]] static Block power_between(const Block& a, const Block& b, Block& steps) {
    Block result;
    for (std::size_t k = 0; k < count; ++k) {
      const Bits exponent = Bits{} + 0x7FF0000000000000U;
      const Bits apart = ((Bits)a.parts[k] & exponent) - ((Bits)b.parts[k] & exponent);
      result.parts[k] = (Part)(apart + (Bits)(Part{} + 1.0));
      steps.parts[k] = (Part)((apart >> 52U) | (Bits)(Part{} + 0x1p52)) - 0x1p52;
    }
    return result;
  }
};

// The terms from `first` up to `end`, by halves (Estrin): few sums wait for one another. powers[i] = x^(2^i).
template <std::size_t first, std::size_t end, class Reals, std::size_t count, std::size_t steps>
[[gnu::always_inline]] inline Reals evaluate(const std::array<double, count>& terms, const Reals (&powers)[steps]) {
  if constexpr (end - first == 1) {
    return Reals::of(terms[first]);
  } else if constexpr (end - first == 2) {
    return terms[first + 1] * powers[0] + terms[first];
  } else {
    constexpr std::size_t half = std::bit_ceil(end - first) / 2;
    return evaluate<first, first + half>(terms, powers) +
           evaluate<first + half, end>(terms, powers) * powers[std::countr_zero(half)];
  }
}

template <class Reals, std::size_t count>
[[gnu::always_inline]] inline Reals evaluate(const std::array<double, count>& terms, const Reals& x) {
  const Reals square = x * x;
  const Reals fourth = square * square;
  const Reals powers[] = {x, square, fourth, fourth * fourth};
  return evaluate<0, count>(terms, powers);
}

// 2^-x = result * 2^power, the result near 1.
template <class Reals>
[[gnu::always_inline]] inline Reals power_of_minus(const Reals& x, Reals& power) {
  power = (to_whole - x) - to_whole;
  return evaluate(power_terms, x + power);
}

}  // namespace tocsin::run_columns
