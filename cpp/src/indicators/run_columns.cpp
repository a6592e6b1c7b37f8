#include "indicators/run_columns.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

namespace tocsin::run_columns {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double largest_exponent = 600;

// Chebyshev interpolations; relative errors 5e-17 and 4e-18.
// 2 artanh(q) / q in powers of q^2, q from 0 to 1/3.
constexpr std::array<double, 10> artanh_terms = {2.0,
                                                 0.66666666666682572,
                                                 0.399999999952876,
                                                 0.28571429111657159,
                                                 0.22222190861346283,
                                                 0.18182859800473911,
                                                 0.15363676248891633,
                                                 0.13591305485579894,
                                                 0.098807890487647862,
                                                 0.17780763826113302};
// e^x, x from -ln(2)/2 to ln(2)/2.
constexpr std::array<double, 12> exp_terms = {1.0,
                                              1.0,
                                              0.50000000000000189,
                                              0.1666666666666668,
                                              0.041666666666487953,
                                              0.008333333333319589,
                                              0.0013888888952352863,
                                              0.00019841269890076403,
                                              2.4801485441561313e-05,
                                              2.7557240887229869e-06,
                                              2.763265472252779e-07,
                                              2.5110049204818658e-08};

// A block of runs in as many registers as it takes. What works on one must be inlined, or the instructions of the
// version would not reach into it.
template <std::size_t width>
struct Registers {
  using Reals [[gnu::vector_size(width * sizeof(double))]] = double;
  using Bits [[gnu::vector_size(width * sizeof(double))]] = std::uint64_t;
  static constexpr std::size_t per_block = run_block / width;

  [[gnu::always_inline]] static void load(const double* from, Reals& values) {
    std::memcpy(&values, from, sizeof(values));
  }
  [[gnu::always_inline]] static void store(const Reals& values, double* to) {
    std::memcpy(to, &values, sizeof(values));
  }
};

// The terms from `first` up to `end`, by halves (Estrin): few sums wait for one another. powers[i] = x^(2^i).
template <std::size_t first, std::size_t end, class Reals, std::size_t count, std::size_t steps>
[[gnu::always_inline]] inline void evaluate(const std::array<double, count>& terms, const Reals (&powers)[steps],
                                            Reals& result) {
  if constexpr (end - first == 1) {
    result = Reals{} + terms[first];
  } else if constexpr (end - first == 2) {
    result = powers[0] * terms[first + 1] + terms[first];
  } else {
    constexpr std::size_t half = std::bit_ceil(end - first) / 2;
    Reals upper;
    evaluate<first, first + half>(terms, powers, result);
    evaluate<first + half, end>(terms, powers, upper);
    result += upper * powers[std::countr_zero(half)];
  }
}

template <class Reals, std::size_t count>
[[gnu::always_inline]] inline void evaluate(const std::array<double, count>& terms, const Reals& x, Reals& result) {
  const Reals square = x * x;
  const Reals fourth = square * square;
  const Reals powers[] = {x, square, fourth, fourth * fourth};
  evaluate<0, count>(terms, powers, result);
}

// e^-x for x from 0 to largest_exponent.
template <std::size_t width>
[[gnu::always_inline]] inline void exp_of_minus(const typename Registers<width>::Reals& x,
                                                typename Registers<width>::Reals& result) {
  using Reals = typename Registers<width>::Reals;
  using Bits = typename Registers<width>::Bits;
  constexpr double per_ln_2 = 1.4426950408889634;
  constexpr double ln_2_high = 0.693147180369123816490;  // ends in zeros: small multiples of it are exact
  constexpr double ln_2_low = 1.90821492927058770002e-10;
  constexpr double to_whole = 6755399441055744.0;  // 1.5 * 2^52: what is added to it is rounded to a whole number
  const Reals shifted = to_whole - x * per_ln_2;
  const Reals power = shifted - to_whole;
  const Reals rest = (-x - power * ln_2_high) - power * ln_2_low;
  evaluate(exp_terms, rest, result);
  // The low bits of `shifted` are the power of two.
  result = (Reals)((Bits)result + ((Bits)shifted << 52U));
}

template <class Parts>
[[gnu::always_inline]] inline std::array<double, run_block> lanes_of(const Parts& parts) {
  std::array<double, run_block> lanes;
  static_assert(sizeof(lanes) == sizeof(parts));
  std::memcpy(lanes.data(), &parts, sizeof(lanes));
  return lanes;
}

double sum_of(const std::array<double, run_block>& lanes) {
  return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}
double largest_of(const std::array<double, run_block>& lanes) { return *std::max_element(lanes.begin(), lanes.end()); }
double least_of(const std::array<double, run_block>& lanes) { return *std::min_element(lanes.begin(), lanes.end()); }

// A negative binomial of size r with P(0) = p^r: p^r times the product over j < y of (r + j) (1 - p) / (j + 1).
template <std::size_t width, bool is_dispersed>
[[gnu::always_inline]] inline Mass weigh_all(const Runs& runs, const Day& day, double* likelihoods, double* fresh,
                                             bool& is_found) {
  using R = Registers<width>;
  using Reals = typename R::Reals;
  const double phi = day.dispersion;
  const double e = day.exposure;
  const double share = e / phi;
  const double log_phi = is_dispersed ? std::log(phi) : 0.0;
  const auto count = static_cast<int>(day.count);
  const Reals zero = {};
  std::array<Reals, R::per_block> steepest{};
  std::array<Reals, R::per_block> total{};
  std::array<Reals, R::per_block> least{};
  for (Reals& part : least) part = zero + infinity;
  for (std::size_t begin = 0; begin < runs.blocks * run_block; begin += run_block) {
    for (std::size_t k = 0; k < R::per_block; ++k) {
      const std::size_t place = begin + k * width;
      Reals shape;
      R::load(runs.shapes + place, shape);
      Reals rate;
      R::load(runs.rates + place, rate);
      // ln(1 + share / rate) = 2 artanh(q)
      const Reals q = share / (rate + rate + share);
      steepest[k] = q > steepest[k] ? q : steepest[k];
      Reals log_ratio;
      evaluate(artanh_terms, q * q, log_ratio);
      log_ratio *= q;
      const Reals size = is_dispersed ? shape * (e / (rate * (phi - 1.0) + e)) : shape;
      const Reals exponent = size * (log_ratio + log_phi);
      const Reals bound = zero + largest_exponent;
      Reals at_zero;
      exp_of_minus<width>(exponent < bound ? exponent : bound, at_zero);
      Reals likelihood = exponent < bound ? at_zero : zero;
      if (count > 0) {
        const Reals rest = is_dispersed ? (rate * (phi - 1.0) + e) / (rate * phi + e) : e / (rate + e);  // 1 - p
        likelihood = likelihood * (size * rest);
        for (int j = 1; j < count; ++j) {
          const double factor = j;
          likelihood = likelihood * ((size + factor) * (rest * (1.0 / (factor + 1.0))));
        }
      }
      Reals weight;
      R::load(runs.weights + place, weight);
      const Reals product = weight * likelihood;
      const Reals kept = weight > zero ? product : zero;
      const Reals candidate = weight > zero ? product : zero + infinity;
      total[k] += kept;
      least[k] = candidate < least[k] ? candidate : least[k];
      R::store(likelihood, likelihoods + place);
      R::store(kept, fresh + place);
    }
  }
  is_found = largest_of(lanes_of(steepest)) <= 1.0 / 3.0;
  return {sum_of(lanes_of(total)), least_of(lanes_of(least))};
}

template <std::size_t width>
[[gnu::always_inline]] inline Mass weigh_all(const Runs& runs, const Day& day, double* likelihoods, double* fresh,
                                             bool& is_found) {
  return day.dispersion > 1 ? weigh_all<width, true>(runs, day, likelihoods, fresh, is_found)
                            : weigh_all<width, false>(runs, day, likelihoods, fresh, is_found);
}

template <std::size_t width>
[[gnu::always_inline]] inline Sums settle_all(const Runs& runs, const double* fresh, const Settling& settling) {
  using R = Registers<width>;
  using Reals = typename R::Reals;
  const Reals zero = {};
  std::array<Reals, R::per_block> rates{};
  std::array<Reals, R::per_block> lengths{};
  std::array<Reals, R::per_block> recent{};
  std::array<Reals, R::per_block> largest{};
  const double first_recent = settling.days - settling.window_days;
  for (std::size_t begin = 0; begin < runs.blocks * run_block; begin += run_block) {
    for (std::size_t k = 0; k < R::per_block; ++k) {
      const std::size_t place = begin + k * width;
      Reals given;
      R::load(fresh + place, given);
      const Reals probability = given > zero ? given * settling.scale : zero;
      Reals shape;
      R::load(runs.shapes + place, shape);
      shape += settling.count;
      Reals rate;
      R::load(runs.rates + place, rate);
      rate += settling.exposure;
      Reals first_day;
      R::load(runs.first_days + place, first_day);
      R::store(given > zero ? probability : given, runs.weights + place);
      R::store(shape, runs.shapes + place);
      R::store(rate, runs.rates + place);
      rates[k] += probability * (shape / rate);
      lengths[k] += probability * (settling.days - first_day);
      recent[k] += first_day >= first_recent ? probability : zero;
      largest[k] = probability > largest[k] ? probability : largest[k];
    }
  }
  return {sum_of(lanes_of(rates)), sum_of(lanes_of(lengths)), sum_of(lanes_of(recent)), largest_of(lanes_of(largest))};
}

template <std::size_t width>
[[gnu::always_inline]] inline std::size_t cheapest_of_all(const Runs& runs, const double* fresh, std::size_t count,
                                                          double days, double* costs) {
  using R = Registers<width>;
  using Reals = typename R::Reals;
  constexpr std::array<double, run_block> lane_numbers = {0, 1, 2, 3, 4, 5, 6, 7};
  const Reals zero = {};
  const double last = static_cast<double>(count) - 1;  // it has no younger neighbour
  std::array<Reals, R::per_block> least{};
  for (Reals& part : least) part = zero + infinity;
  for (std::size_t begin = 0; begin < runs.blocks * run_block; begin += run_block) {
    for (std::size_t k = 0; k < R::per_block; ++k) {
      const std::size_t place = begin + k * width;
      Reals number;
      Reals older;
      Reals younger;
      Reals first_day;
      Reals next_first_day;
      R::load(lane_numbers.data() + k * width, number);
      R::load(fresh + place, older);
      R::load(fresh + place + 1, younger);
      R::load(runs.first_days + place, first_day);
      R::load(runs.first_days + place + 1, next_first_day);
      number += static_cast<double>(begin);
      const Reals age = days - next_first_day;
      const Reals moved = older < younger ? older : younger;
      const Reals cost = number < last ? moved * (next_first_day - first_day) / (age * age) : zero + infinity;
      least[k] = cost < least[k] ? cost : least[k];
      R::store(cost, costs + place);
    }
  }
  return static_cast<std::size_t>(std::find(costs, costs + count, least_of(lanes_of(least))) - costs);
}

#if defined(__x86_64__)

// What most machines have today is asked for while running: the library is built for every x86-64.
[[gnu::target("avx2")]] Mass weigh_by_4(const Runs& runs, const Day& day, double* likelihoods, double* fresh,
                                        bool& is_found) {
  return weigh_all<4>(runs, day, likelihoods, fresh, is_found);
}
[[gnu::target("avx2")]] Sums settle_by_4(const Runs& runs, const double* fresh, const Settling& settling) {
  return settle_all<4>(runs, fresh, settling);
}
[[gnu::target("avx2")]] std::size_t cheapest_by_4(const Runs& runs, const double* fresh, std::size_t count, double days,
                                                  double* costs) {
  return cheapest_of_all<4>(runs, fresh, count, days, costs);
}
[[gnu::target("avx512f,avx512dq")]] std::size_t cheapest_by_8(const Runs& runs, const double* fresh, std::size_t count,
                                                              double days, double* costs) {
  return cheapest_of_all<8>(runs, fresh, count, days, costs);
}
[[gnu::target("avx512f,avx512dq")]] Mass weigh_by_8(const Runs& runs, const Day& day, double* likelihoods,
                                                    double* fresh, bool& is_found) {
  return weigh_all<8>(runs, day, likelihoods, fresh, is_found);
}
[[gnu::target("avx512f,avx512dq")]] Sums settle_by_8(const Runs& runs, const double* fresh, const Settling& settling) {
  return settle_all<8>(runs, fresh, settling);
}

#endif

}  // namespace

std::size_t widest_registers() {
#if defined(__x86_64__)
  static const bool has_4 = __builtin_cpu_supports("avx2");
  static const bool has_8 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq");
  return has_8 ? 8 : has_4 ? 4 : 2;
#else
  return 2;
#endif
}

Mass weigh(const Runs& runs, const Day& day, double* likelihoods, double* fresh, bool& is_found,
           [[maybe_unused]] std::size_t width) {
#if defined(__x86_64__)
  if (width == 8) return weigh_by_8(runs, day, likelihoods, fresh, is_found);
  if (width == 4) return weigh_by_4(runs, day, likelihoods, fresh, is_found);
#endif
  return weigh_all<2>(runs, day, likelihoods, fresh, is_found);
}

Mass multiply(const Runs& runs, const double* likelihoods, double* fresh) {
  std::array<double, run_block> total{};
  double least = infinity;
  for (std::size_t i = 0; i < runs.blocks * run_block; ++i) {
    const bool is_plain = runs.weights[i] > 0;
    fresh[i] = is_plain ? runs.weights[i] * likelihoods[i] : 0;
    total[i % run_block] += fresh[i];
    if (is_plain && fresh[i] < least) least = fresh[i];
  }
  return {sum_of(total), least};
}

Sums settle(const Runs& runs, const double* fresh, const Settling& settling, [[maybe_unused]] std::size_t width) {
#if defined(__x86_64__)
  if (width == 8) return settle_by_8(runs, fresh, settling);
  if (width == 4) return settle_by_4(runs, fresh, settling);
#endif
  return settle_all<2>(runs, fresh, settling);
}

std::size_t cheapest_merge(const Runs& runs, const double* fresh, std::size_t count, double days, double* costs,
                           [[maybe_unused]] std::size_t width) {
#if defined(__x86_64__)
  if (width == 8) return cheapest_by_8(runs, fresh, count, days, costs);
  if (width == 4) return cheapest_by_4(runs, fresh, count, days, costs);
#endif
  return cheapest_of_all<2>(runs, fresh, count, days, costs);
}

}  // namespace tocsin::run_columns
