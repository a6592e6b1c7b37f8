#pragma once

#include "tocsin/discounted_count.hpp"

namespace tocsin {

/// Overdispersion phi (INDICATORS C0): how many rows the source writes for one real event.
///
/// phi(t) = clamp((5 + sum d^(t-s) (y_s - mu_s)^2) / (5 + sum d^(t-s) mu_s), 1, 50): a ratio of sums, so that days on
/// which nothing was expected cannot blow it up. Quasi-likelihood dispersion after McCullagh and Nelder (1989),
/// section 4.5.
class Dispersion {
 public:
  struct Options {
    double half_life_days = 180;
  };
  struct State {
    double squares = 0;   // discounted sum of squared departures
    double expected = 0;  // discounted sum of means

    template <class Self, class Visit>
    static void fields(Self& state, Visit&& visit) {
      visit("squares", state.squares);
      visit("expected", state.expected);
    }
  };

  explicit Dispersion(Options options) : Dispersion(options, State{}) {}
  Dispersion(Options options, State state);

  /// @param is_left_out  the day was not collected, or belongs to a crisis that must not become its own noise
  void step(double count, double mean, bool is_left_out);

  /// @param believed  phi of a series of which nothing was seen: that of the five events of the prior
  [[nodiscard]] double value(double believed = 1) const;
  [[nodiscard]] const State& state() const { return state_; }

 private:
  double delta_;
  State state_;
};

}  // namespace tocsin
