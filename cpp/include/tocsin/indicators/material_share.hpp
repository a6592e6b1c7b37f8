#pragma once

#include "tocsin/discounted_count.hpp"
#include "tocsin/posterior.hpp"

namespace tocsin {

/// C8: words or deeds? The share of hostile acts that are deeds.
///
/// Beta(1/2 + material / phi, 1/2 + rhetoric / phi) on discounted counts (Jeffreys prior; Brown, Cai and DasGupta 2001,
/// Statistical Science 16).
class MaterialShare {
 public:
  struct Options {
    double half_life_days = 14;
  };
  struct Reading {
    double rhetoric;  // discounted counts
    double material;
    double dispersion;

    [[nodiscard]] bool has_events() const { return rhetoric + material > 0; }
    [[nodiscard]] BetaPosterior posterior() const { return {0.5 + material / dispersion, 0.5 + rhetoric / dispersion}; }
  };
  struct State {
    DiscountedCount::State rhetoric;
    DiscountedCount::State material;

    template <class Self, class Visit>
    static void fields(Self& state, Visit&& visit) {
      visit("rhetoric", state.rhetoric);
      visit("material", state.material);
    }
  };

  explicit MaterialShare(Options options) : MaterialShare(options, State{}) {}
  MaterialShare(Options options, State state);

  /// A day counts only where both are known: one without the other would tilt the share. NaN: not collected.
  Reading step(double rhetoric, double material, double dispersion) {
    update(rhetoric, material);
    return read(dispersion);
  }
  void update(double rhetoric, double material);
  [[nodiscard]] Reading read(double dispersion) const { return {rhetoric_.count(), material_.count(), dispersion}; }

  [[nodiscard]] State state() const { return {rhetoric_.state(), material_.state()}; }

 private:
  DiscountedCount rhetoric_;
  DiscountedCount material_;
};

}  // namespace tocsin
