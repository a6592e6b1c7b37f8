#pragma once

#include "tocsin/discounted_count.hpp"

namespace tocsin {

/// C10: do both sides act, or one? On discounted hostile counts of the two directions.
class Reciprocity {
 public:
  struct Options {
    double half_life_days = 14;
  };
  struct Reading {
    double forward;
    double backward;

    [[nodiscard]] bool has_events() const { return forward + backward > 0; }
    /// 2 min(AB, BA) / (AB + BA): 0 one-sided, 1 even; NaN without events
    [[nodiscard]] double balance() const;
    /// (AB - BA) / (AB + BA): 1 all from the first actor, -1 all from the second; NaN without events
    [[nodiscard]] double asymmetry() const;
  };
  struct State {
    DiscountedCount::State forward;
    DiscountedCount::State backward;

    template <class Self, class Visit>
    static void fields(Self& state, Visit&& visit) {
      visit("forward", state.forward);
      visit("backward", state.backward);
    }
  };

  explicit Reciprocity(Options options) : Reciprocity(options, State{}) {}
  Reciprocity(Options options, State state);

  /// A day counts only where both directions are known. NaN: not collected.
  Reading step(double forward, double backward) {
    update(forward, backward);
    return read();
  }
  void update(double forward, double backward);
  [[nodiscard]] Reading read() const { return {forward_.count(), backward_.count()}; }

  [[nodiscard]] State state() const { return {forward_.state(), backward_.state()}; }

 private:
  DiscountedCount forward_;
  DiscountedCount backward_;
};

}  // namespace tocsin
