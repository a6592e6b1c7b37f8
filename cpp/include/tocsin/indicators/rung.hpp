#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "tocsin/signal.hpp"

namespace tocsin {

/// Hostile events of a day by rung 1..7 of the escalation ladder; element 0 is rung 1.
using RungCounts = std::array<double, rung_count>;

/// C9: how high on the ladder? (Kahn 1965, On Escalation; seven rungs after SIGNALS.md)
///
/// The supported maximum is the highest rung with at least `min_events` events at or above it in the window: one
/// miscoded event must not shout.
class Rung {
 public:
  struct Options {
    int window_days = 28;
    double min_events = 2;
  };
  struct Reading {
    RungCounts counts;  // sums over the window
    int supported_max;  // 0: none

    [[nodiscard]] double events() const;
    /// P(rung >= q | hostile event) under a Jeffreys prior, q = 1..7; NaN without events
    [[nodiscard]] double p_at_least(int rung) const;
    /// Ordinal average, for trend only; NaN without events
    [[nodiscard]] double mean_rung() const;
  };
  struct State {
    std::vector<double> counts;  // window_days x 7, day by day, as a ring
    std::size_t newest = 0;

    template <class Self, class Visit>
    static void fields(Self& state, Visit&& visit) {
      visit("counts", state.counts);
      visit("newest", state.newest);
    }
  };

  explicit Rung(Options options);
  /// @throws StateError if the state is of a window of another length
  Rung(Options options, State state);

  /// @param counts  NaN: not collected, which adds nothing
  Reading step(const RungCounts& counts) {
    update(counts);
    return read();
  }
  void update(const RungCounts& counts);
  /// Adds counts to the newest day instead of beginning a new one: nothing falls out of the window.
  void add(const RungCounts& counts);
  [[nodiscard]] Reading read() const;

  [[nodiscard]] const State& state() const { return state_; }

 private:
  Options options_;
  State state_;
  RungCounts sums_{};  // over the window; whole numbers, so adding and taking away is exact
};

}  // namespace tocsin
