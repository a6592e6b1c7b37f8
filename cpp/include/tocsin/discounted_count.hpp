#pragma once

#include <cmath>

namespace tocsin {

/// What one day loses of its weight by the next: delta = 2^(-1 / half-life).
[[nodiscard]] inline double discount_per_day(double half_life_days) { return std::exp2(-1 / half_life_days); }

/// Sums of counts and of exposure in which a day loses half its weight in a half-life.
///
/// count(t) = delta count(t-1) + y(t), exposure(t) = delta exposure(t-1) + e(t); a day not collected decays both, adds
/// nothing.
class DiscountedCount {
 public:
  struct State {
    double count = 0;
    double exposure = 0;  // days

    template <class Self, class Visit>
    static void fields(Self& state, Visit&& visit) {
      visit("count", state.count);
      visit("exposure", state.exposure);
    }
  };

  explicit DiscountedCount(double half_life_days) : DiscountedCount(half_life_days, State{}) {}
  DiscountedCount(double half_life_days, State state) : delta_(discount_per_day(half_life_days)), state_(state) {}

  /// @param exposure  0: not collected, `count` is not looked at
  void step(double count, double exposure) {
    state_.count *= delta_;
    state_.exposure *= delta_;
    if (exposure > 0) {
      state_.count += count;
      state_.exposure += exposure;
    }
  }

  [[nodiscard]] double count() const { return state_.count; }
  [[nodiscard]] double exposure() const { return state_.exposure; }
  [[nodiscard]] const State& state() const { return state_; }

 private:
  double delta_;
  State state_;
};

}  // namespace tocsin
