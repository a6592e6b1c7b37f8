#include "tocsin/posterior.hpp"

#include "beta_functions.hpp"
#include "incomplete_gamma.hpp"

namespace tocsin {

namespace {

constexpr double lower_tail = 0.05;
constexpr double upper_tail = 0.95;

}  // namespace

Interval GammaPosterior::interval() const {
  return {special::gamma_quantile(lower_tail, shape) / rate, special::gamma_quantile(upper_tail, shape) / rate};
}

Interval BetaPosterior::interval() const {
  return {special::beta_quantile(lower_tail, a, b), special::beta_quantile(upper_tail, a, b)};
}

double BetaPosterior::median_odds() const { return special::beta_odds_quantile(0.5, a, b); }

Interval BetaPosterior::odds_interval() const {
  return {special::beta_odds_quantile(lower_tail, a, b), special::beta_odds_quantile(upper_tail, a, b)};
}

}  // namespace tocsin
