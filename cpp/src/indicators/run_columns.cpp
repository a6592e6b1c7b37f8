#include "indicators/run_columns.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "indicators/run_block.hpp"

namespace tocsin::run_columns {

namespace {

// log2(1 + share / rate), given q = share / (2 rate + share): 1 + share / rate = (1 + q) / (1 - q), and where q is
// above 1/3, f (1 + q') / (1 - q') with f a power of two.
template <class Reals>
[[gnu::always_inline]] inline Reals log_ratio(const Reals& rate, double share, const Reals& q) {
  if (Reals::all_below(q, small_ratio)) return q * evaluate(small_ratio_terms, q * q);
  if (Reals::all_below(q, large_ratio)) return q * evaluate(ratio_terms, q * q);
  const Reals sum = rate + share;
  Reals steps;
  const Reals scaled = rate * Reals::power_between(sum, rate, steps);
  const Reals bound = Reals::of(large_ratio);
  const Reals near = Reals::where_above(q, bound, (sum - scaled) / (sum + scaled), q);
  return near * evaluate(ratio_terms, near * near) + Reals::where_above(q, bound, steps, Reals::of(0));
}

enum class Kind { empty, plain, dispersed };

/// One block before its day, and what a day needs of it.
template <class Reals>
struct Held {
  Reals weight;
  Reals power;
  Reals shape;
  Reals rate;
  Reals per_rate;  // 1 / rate, after the day
};

// weight times the product over j < count of (size + j) (1 - p) / (j + 1).
template <class Reals>
[[gnu::always_inline]] inline void multiply_by_acts(Held<Reals>& held, int count, const Reals& size,
                                                    const Reals& one_minus_p) {
  const Reals first = size * one_minus_p;
  held.weight = held.weight * first;
  for (int j = 1; j < count;) {
    double divisor = 1;
    for (const int end = std::min(j + 8, count); j < end; ++j) {
      const double factor = j;
      held.weight = held.weight * (first + factor * one_minus_p);
      divisor *= factor + 1;
    }
    held.weight = (1 / divisor) * held.weight;
    Reals::normalise(held.weight, held.power);
  }
}

// A negative binomial of size r with P(0) = p^r = (1 + share / rate)^-r phi^-r. One division serves all quotients.
template <Kind kind, class Reals>
[[gnu::always_inline]] inline void learn(Held<Reals>& held, const Day& day, double share, double log_phi) {
  const double phi = day.dispersion;
  const Reals after = held.rate + share;
  const Reals twice = held.rate + after;
  const Reals both = twice * after;
  Reals q;
  Reals size;
  Reals one_minus_p;
  if constexpr (kind == Kind::dispersed) {
    const Reals spread = (phi - 1) * held.rate + day.exposure;
    const Reals inverse = 1 / (both * spread);
    const Reals of_both = inverse * spread;
    q = share * (of_both * after);
    held.per_rate = of_both * twice;
    size = held.shape * (day.exposure * (inverse * both));
    one_minus_p = (1 / phi) * (spread * held.per_rate);
  } else {
    const Reals inverse = 1 / both;
    q = share * (inverse * after);
    held.per_rate = inverse * twice;
    size = held.shape;
    one_minus_p = share * held.per_rate;
  }
  Reals exponent = log_ratio(held.rate, share, q);
  if constexpr (kind == Kind::dispersed) exponent = exponent + log_phi;
  Reals steps;
  held.weight = held.weight * power_of_minus(size * exponent, steps);
  held.power = held.power + steps;
  const auto count = static_cast<int>(day.count);
  if (count > 0) multiply_by_acts(held, count, size, one_minus_p);
  held.rate = after;
  held.shape = held.shape + day.count / phi;
}

struct Peak {
  double value;
  double first_day;
};

// Of those that are as large, the oldest.
template <std::size_t width>
[[gnu::always_inline]] inline Peak peak_of(Block<width>& largest, Block<width>& first_days) {
  using Part = typename Block<width>::Part;
  for (std::size_t half = Block<width>::count / 2; half > 0; half /= 2) {
    for (std::size_t k = 0; k < half; ++k) {
      const Part& a = largest.parts[k];
      const Part& b = largest.parts[k + half];
      const Part& day = first_days.parts[k];
      const Part& other_day = first_days.parts[k + half];
      const Part older = day > other_day ? other_day : day;
      first_days.parts[k] = a > b ? day : b > a ? other_day : older;
      largest.parts[k] = a > b ? a : b;
    }
  }
  std::array<double, width> lanes;
  std::array<double, width> days;
  std::memcpy(lanes.data(), &largest.parts[0], sizeof(lanes));
  std::memcpy(days.data(), &first_days.parts[0], sizeof(days));
  Peak result{lanes[0], days[0]};
  for (std::size_t i = 1; i < width; ++i) {
    if (lanes[i] > result.value || (lanes[i] == result.value && days[i] < result.first_day)) {
      result = {lanes[i], days[i]};
    }
  }
  return result;
}

template <std::size_t width, Kind kind>
[[gnu::always_inline]] inline Sums follow_all(const Runs& runs, const Day& day) {
  using Reals = Block<width>;
  const double share = day.exposure / day.dispersion;
  const double log_phi = kind == Kind::dispersed ? std::log2(day.dispersion) : 0;
  const bool is_normalised = kind == Kind::empty || day.count > 0 || day.is_normalised;
  const auto [weights, powers, shapes, rates, first_days, values, blocks] = runs;
  const double days = day.days;
  const Reals zero = Reals::of(0);
  const Reals lowest = Reals::of(lowest_power);
  Reals total = zero;
  Reals rate = zero;
  Reals length = zero;
  Reals largest = zero;
  Reals largest_day = zero;
  for (std::size_t begin = 0; begin < blocks * run_block; begin += run_block) {
    Held<Reals> held{Reals::at(weights + begin), Reals::at(powers + begin), Reals::at(shapes + begin),
                     Reals::at(rates + begin), zero};
    if constexpr (kind == Kind::empty) {
      held.per_rate = 1 / held.rate;
    } else {
      learn<kind>(held, day, share, log_phi);
      held.rate.store(rates + begin);
      held.shape.store(shapes + begin);
    }
    if (is_normalised) Reals::normalise(held.weight, held.power);
    held.weight.store(weights + begin);
    held.power.store(powers + begin);
    const Reals value = Reals::raised(held.weight, Reals::larger(held.power, lowest));
    value.store(values + begin);
    const Reals first_day = Reals::at(first_days + begin);
    total = total + value;
    rate = rate + value * (held.shape * held.per_rate);
    length = length + value * (days - first_day);
    largest_day = Reals::where_above(value, largest, first_day, largest_day);
    largest = Reals::larger(value, largest);
  }
  const Peak peak = peak_of<width>(largest, largest_day);
  return {Reals::sum(total), Reals::sum(rate), Reals::sum(length), peak.value, peak.first_day};
}

template <std::size_t width>
[[gnu::always_inline]] inline Sums follow_any(const Runs& runs, const Day& day) {
  if (!(day.exposure > 0)) return follow_all<width, Kind::empty>(runs, day);
  return day.dispersion > 1 ? follow_all<width, Kind::dispersed>(runs, day) : follow_all<width, Kind::plain>(runs, day);
}

#if defined(__x86_64__)

// What most machines have today is asked for while running: the library is built for every x86-64.
[[gnu::target("avx2")]] Sums follow_by_4(const Runs& runs, const Day& day) { return follow_any<4>(runs, day); }
[[gnu::target("avx512f,avx512dq")]] Sums follow_by_8(const Runs& runs, const Day& day) {
  return follow_any<8>(runs, day);
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

Sums follow(const Runs& runs, const Day& day, [[maybe_unused]] std::size_t width) {
#if defined(__x86_64__)
  if (width == 8) return follow_by_8(runs, day);
  if (width == 4) return follow_by_4(runs, day);
#endif
  return follow_any<2>(runs, day);
}

}  // namespace tocsin::run_columns
