#pragma once

#include "tocsin/discounted_count.hpp"

namespace tocsin {

/// How much of what two do to each other is hostile, lately and over the slow half-life.
///
/// A recent share of few acts says little. Believed as a beta-binomial whose prior is the slow share and weighs
/// `weight` acts, A acts of which n are hostile stand for A (n + weight S) / (A + weight): the slow share S lends, or
/// takes, the difference to n (Efron and Morris 1975, Journal of the American Statistical Association 70, on such
/// shrinkage).
class HostileShare {
 public:
  struct Options {
    double half_life_days = 14;
    double slow_half_life_days = 180;
  };
  struct Reading {
    double hostile;  // discounted counts of the days on which both are known
    double cooperation;
    double slow_hostile;
    double slow_cooperation;

    /// Hostile acts that the slow share lends, between -weight and weight; 0 where nothing is known.
    [[nodiscard]] double lent(double weight) const;
  };
  struct State {
    DiscountedCount::State hostile;
    DiscountedCount::State cooperation;
    DiscountedCount::State slow_hostile;
    DiscountedCount::State slow_cooperation;

    template <class Self, class Visit>
    static void fields(Self& state, Visit&& visit) {
      visit("hostile", state.hostile);
      visit("cooperation", state.cooperation);
      visit("slow_hostile", state.slow_hostile);
      visit("slow_cooperation", state.slow_cooperation);
    }
  };

  explicit HostileShare(Options options) : HostileShare(options, State{}) {}
  HostileShare(Options options, State state);

  /// A day counts only where both are known. NaN: not collected.
  void update(double hostile, double cooperation);
  [[nodiscard]] Reading read() const {
    return {hostile_.count(), cooperation_.count(), slow_hostile_.count(), slow_cooperation_.count()};
  }
  [[nodiscard]] State state() const {
    return {hostile_.state(), cooperation_.state(), slow_hostile_.state(), slow_cooperation_.state()};
  }

 private:
  DiscountedCount hostile_;
  DiscountedCount cooperation_;
  DiscountedCount slow_hostile_;
  DiscountedCount slow_cooperation_;
};

}  // namespace tocsin
