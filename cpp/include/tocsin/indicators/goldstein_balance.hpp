#pragma once

#include "tocsin/discounted_count.hpp"

namespace tocsin {

/// C7: conflict and cooperation by their Goldstein values (Goldstein 1992, Journal of Conflict Resolution 36), never
/// netted alone.
class GoldsteinBalance {
 public:
  struct Options {
    double half_life_days = 14;
  };
  struct Reading {
    double conflict;     // <= 0
    double cooperation;  // >= 0

    [[nodiscard]] double net() const { return conflict + cooperation; }
    /// cooperation / (cooperation - conflict); NaN where both are 0
    [[nodiscard]] double cooperation_share() const { return cooperation / (cooperation - conflict); }
  };
  struct State {
    DiscountedCount::State conflict;
    DiscountedCount::State cooperation;

    template <class Self, class Visit>
    static void fields(Self& state, Visit&& visit) {
      visit("conflict", state.conflict);
      visit("cooperation", state.cooperation);
    }
  };

  explicit GoldsteinBalance(Options options) : GoldsteinBalance(options, State{}) {}
  GoldsteinBalance(Options options, State state);

  /// @param conflict, cooperation  sums of the day's negative and positive values; NaN: not collected
  Reading step(double conflict, double cooperation);

  [[nodiscard]] State state() const { return {conflict_.state(), cooperation_.state()}; }

 private:
  DiscountedCount conflict_;
  DiscountedCount cooperation_;
};

}  // namespace tocsin
