#pragma once

#include "tocsin/discounted_count.hpp"
#include "tocsin/posterior.hpp"

namespace tocsin {

/// C1: events a day, a Gamma-Poisson rate that forgets (power steady model; Smith 1979, JRSS B 41) with an anchored
/// prior.
///
/// lambda(t) ~ Gamma(a0 + A(t) / phi, b0 + B(t) / phi), A and B discounted counts and exposure. The prior is added, not
/// decayed: a prior that is discounted with the data vanishes in a long silence and makes the first event look
/// infinitely surprising.
class DiscountedRate {
 public:
  struct Options {
    double half_life_days = 14;
  };
  using Reading = GammaPosterior;
  using State = DiscountedCount::State;

  explicit DiscountedRate(Options options) : counts_(options.half_life_days) {}
  DiscountedRate(Options options, State state) : counts_(options.half_life_days, state) {}

  /// @param exposure  days of collection; 0: not collected
  Reading step(double count, double exposure, const Belief& belief) {
    counts_.step(count, exposure);
    return GammaPosterior::of(counts_.count(), counts_.exposure(), belief);
  }

  [[nodiscard]] const State& state() const { return counts_.state(); }

 private:
  DiscountedCount counts_;
};

}  // namespace tocsin
