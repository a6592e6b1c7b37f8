#pragma once

#include "tocsin/posterior.hpp"

namespace tocsin {

/// C18: what part of everything that was reported on a day is about these acts?
///
/// Beta(2 + y, 98 + total - y): two of a hundred is what is believed before the day is seen (Gelman et al., Bayesian
/// Data Analysis, section 2.4). Each day stands alone, so there is no state to carry over.
class AttentionShare {
 public:
  struct Options {
    double prior_acts = 2;
    double prior_others = 98;
  };
  struct State {
    template <class Self, class Visit>
    static void fields(Self& /*state*/, Visit&& /*visit*/) {}
  };

  explicit AttentionShare(Options options) : options_(options) {}
  AttentionShare(Options options, State /*state*/) : options_(options) {}

  /// @param total  events of the whole source on that day, at least `count`; NaN in either gives NaN
  [[nodiscard]] BetaPosterior step(double count, double total) const {
    return {options_.prior_acts + count, options_.prior_others + total - count};
  }

  [[nodiscard]] State state() const { return {}; }

 private:
  Options options_;
};

}  // namespace tocsin
