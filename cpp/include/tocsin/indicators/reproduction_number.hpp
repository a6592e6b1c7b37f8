#pragma once

#include <optional>

#include "tocsin/collections.hpp"
#include "tocsin/posterior.hpp"

namespace tocsin {

/// C11: how many more acts does each act draw? A reproduction number of renewal type (Cori et al. 2013, Am. J.
/// Epidemiol. 178), with acts that come from outside.
///
/// Pressure Lam[t] = sum g(s) y[t-s] / c[t-s], g(s) = (1-d) d^(s-1): Lam[t+1] = d Lam[t] + (1-d) y[t] / c[t], c how
/// often the day was collected: one collected three times does not look like an outbreak. Of the acts of a day the
/// share R' Lam / (mu + R' Lam) is attributed to earlier acts, R' being yesterday's mean of R; attributed acts N and
/// pressure D are forgotten with a half-life of a week, and R ~ Gamma(a + N / phi, b + D / phi). It may exceed 1 for a
/// while, unlike the branching ratio of a stationary process. A mere step of the level looks the same: read it beside
/// reproduction_null_95 only.
class ReproductionNumber {
 public:
  struct Options {
    double generation_half_life_days = 2;
    double forgetting_half_life_days = 7;
    double prior_shape = 1;  // mean one half
    double prior_rate = 2;
    std::optional<double> attribution_ratio;  // a constant R' in place of yesterday's mean
  };
  struct State {
    double pressure = 0;    // Lam of the next day
    double attributed = 0;  // N, acts
    double at_risk = 0;     // D, acts
    double ratio = 0.5;     // R' of the next day
    Collections::State collections{};

    template <class Self, class Visit>
    static void fields(Self& state, Visit&& visit) {
      visit("pressure", state.pressure);
      visit("attributed", state.attributed);
      visit("at_risk", state.at_risk);
      visit("ratio", state.ratio);
      visit("collections", state.collections);
    }
  };
  struct Reading {
    double pressure;  // Lam of today, from the days before
    GammaPosterior posterior;

    [[nodiscard]] double mean() const { return posterior.mean(); }
    [[nodiscard]] Interval interval() const { return posterior.interval(); }
    [[nodiscard]] double p_above_1() const;
  };

  explicit ReproductionNumber(Options options);
  ReproductionNumber(Options options, State state);

  /// @param exposure        days of collection; 0: not collected, everything decays and `count` is not looked at
  /// @param exogenous_rate  mu >= 0, acts a day that no earlier act explains; 0 attributes every act
  /// @param dispersion      phi >= 1
  Reading step(double count, double exposure, double exogenous_rate, double dispersion);

  [[nodiscard]] const State& state() const { return state_; }

 private:
  Options options_;
  double passing_;     // d, what is left of the pressure after a day
  double forgetting_;  // what is left of N and D after a day
  State state_;
};

}  // namespace tocsin
