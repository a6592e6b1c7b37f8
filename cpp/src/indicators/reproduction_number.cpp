#include "tocsin/indicators/reproduction_number.hpp"

#include "incomplete_gamma.hpp"
#include "tocsin/discounted_count.hpp"

namespace tocsin {

double ReproductionNumber::Reading::p_above_1() const { return special::gamma_q(posterior.shape, posterior.rate); }

ReproductionNumber::ReproductionNumber(Options options)
    : ReproductionNumber(options, State{0, 0, 0, options.prior_shape / options.prior_rate, {}}) {}

ReproductionNumber::ReproductionNumber(Options options, State state)
    : options_(options),
      passing_(discount_per_day(options.generation_half_life_days)),
      forgetting_(discount_per_day(options.forgetting_half_life_days)),
      state_(state) {}

ReproductionNumber::Reading ReproductionNumber::step(double count, double exposure, double exogenous_rate,
                                                     double dispersion) {
  const double pressure = state_.pressure;
  state_.pressure *= passing_;
  state_.attributed *= forgetting_;
  state_.at_risk *= forgetting_;
  Collections collected(state_.collections);
  const double collections = collected.step(exposure);
  state_.collections = collected.state();
  if (exposure > 0) {
    const double drawn = options_.attribution_ratio.value_or(state_.ratio) * pressure;
    // Without acts from outside every act must have been drawn by another, even where none was seen.
    const double share = exogenous_rate > 0 ? drawn / (exogenous_rate + drawn) : 1;
    state_.attributed += count * share;
    state_.at_risk += exposure * pressure;
    state_.pressure += (1 - passing_) * (count / collections);
  }
  const Belief belief{options_.prior_shape, options_.prior_rate, dispersion};
  const Reading reading{pressure, GammaPosterior::of(state_.attributed, state_.at_risk, belief)};
  state_.ratio = reading.mean();
  return reading;
}

}  // namespace tocsin
