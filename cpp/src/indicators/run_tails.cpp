#include "indicators/run_tails.hpp"

#include "indicators/run_block.hpp"

namespace tocsin::run_columns {

namespace {

constexpr double per_ln_2 = 1.4426950408889634;
constexpr double half_log2_two_pi = 1.3257480647361593;
constexpr double tiny = 1e-200;
constexpr int terms_at_once = 8;
constexpr int most_terms = 4000;

template <class Reals>
[[gnu::always_inline]] inline Reals log2_of(const Reals& given) {
  constexpr double root_2 = 1.4142135623730951;
  Reals x = given;
  Reals power = Reals::of(0.5);
  Reals::normalise(x, power);
  const Reals q = (x - root_2) / (x + root_2);
  return q * evaluate(ratio_terms, q * q) + power;
}

// log2 Gamma(z) by Stirling's series, for z of 17 and more.
template <class Reals>
[[gnu::always_inline]] inline Reals log2_gamma(const Reals& z) {
  constexpr std::array<double, 5> terms = {1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188};
  const Reals inverse = 1 / z;
  const Reals correction = inverse * evaluate(terms, inverse * inverse);
  return (z - 0.5) * log2_of(z) + per_ln_2 * (correction - z) + half_log2_two_pi;
}

// P = x^a e^-x / Gamma(a + n + 1) times the sum over k <= n of x^k (a + k + 1) ... (a + n).
template <std::size_t width>
[[gnu::always_inline]] inline bool find_upper_tails(const Lanes& shapes, const Lanes& all_x, Lanes& tails) {
  using Reals = Block<width>;
  const Reals shape = Reals::at(shapes.data());
  const Reals x = Reals::larger(Reals::at(all_x.data()), Reals::of(tiny));
  if (!Reals::all_below(x, largest_x)) return false;
  const Reals smallest = Reals::of(tiny);
  Reals factor = shape;
  Reals last = Reals::of(1);  // x^k, in units of 2^power
  Reals sum = last;
  Reals power = Reals::of(0);
  for (int n = 0; n < most_terms; n += terms_at_once) {
    for (int k = 0; k < terms_at_once; ++k) {
      factor = factor + 1.0;
      last = last * x;
      sum = sum * factor + last;
    }
    // What is left is at most last * x / (factor - x), where that is positive.
    const Reals left = last * x - 1e-17 * (sum * (factor - x));
    if (n >= terms_at_once && Reals::all_below(left, 0)) break;
    const Reals before = power;
    Reals::normalise(sum, power);
    last = Reals::larger(Reals::raised(last, before - power), smallest);
  }
  const Reals exponent = log2_gamma(factor + 1.0) - shape * log2_of(x) + per_ln_2 * x;
  Reals steps;
  Reals lower = power_of_minus(exponent, steps) * sum;
  power = power + steps;
  Reals::normalise(lower, power);
  lower = Reals::raised(lower, Reals::larger(power, Reals::of(lowest_power)));
  const Reals upper = Reals::larger(1 - lower, Reals::of(0));
  Reals::where_above(x, smallest, upper, Reals::of(1)).store(tails.data());
  return true;
}

#if defined(__x86_64__)

[[gnu::target("avx2")]] bool upper_tails_by_4(const Lanes& shapes, const Lanes& x, Lanes& tails) {
  return find_upper_tails<4>(shapes, x, tails);
}
[[gnu::target("avx512f,avx512dq")]] bool upper_tails_by_8(const Lanes& shapes, const Lanes& x, Lanes& tails) {
  return find_upper_tails<8>(shapes, x, tails);
}

#endif

}  // namespace

bool upper_tails(const Lanes& shapes, const Lanes& x, Lanes& tails, [[maybe_unused]] std::size_t width) {
#if defined(__x86_64__)
  if (width == 8) return upper_tails_by_8(shapes, x, tails);
  if (width == 4) return upper_tails_by_4(shapes, x, tails);
#endif
  return find_upper_tails<2>(shapes, x, tails);
}

}  // namespace tocsin::run_columns
