#pragma once

#include <cstddef>

#include "tocsin/discounted_count.hpp"
#include "tocsin/posterior.hpp"
#include "tocsin/trailing_window.hpp"

namespace tocsin {

/// The slow rate of a series before today (INDICATORS C0): what is usual here.
///
/// Gamma(0.05 * 30 + A, 30 + B) with A, B discounted over the days up to t - 1 - guard: 0.05 acts a day for 30 days is
/// what is believed of a series with no past. The guard keeps the first days of a crisis out of what it is compared
/// with.
class Baseline {
 public:
  static constexpr Belief no_past{1.5, 30, 1};

  struct Options {
    double half_life_days = 180;
    int guard_days = 2;
  };
  struct State {
    DiscountedCount::State past;
    TrailingWindow::State guarded;

    template <class Self, class Visit>
    static void fields(Self& state, Visit&& visit) {
      visit("past", state.past);
      visit("guarded", state.guarded);
    }
  };

  explicit Baseline(Options options);
  Baseline(Options options, State state);

  /// @return the posterior before today's count is known
  GammaPosterior step(double count, double exposure);
  /// @return the same under another belief of a series with no past; its dispersion is not used
  [[nodiscard]] GammaPosterior posterior(const Belief& belief) const {
    return {belief.prior_shape + past_.count(), belief.prior_rate + past_.exposure()};
  }

  [[nodiscard]] State state() const { return {past_.state(), guarded_.state()}; }

 private:
  std::size_t guard_days_;
  DiscountedCount past_;
  TrailingWindow guarded_;  // the last guard + 1 days, which are not yet part of the past
};

}  // namespace tocsin
