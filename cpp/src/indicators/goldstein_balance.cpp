#include "tocsin/indicators/goldstein_balance.hpp"

#include <cmath>

namespace tocsin {

GoldsteinBalance::GoldsteinBalance(Options options, State state)
    : conflict_(options.half_life_days, state.conflict), cooperation_(options.half_life_days, state.cooperation) {}

GoldsteinBalance::Reading GoldsteinBalance::step(double conflict, double cooperation) {
  const double exposure = std::isnan(conflict) || std::isnan(cooperation) ? 0 : 1;
  conflict_.step(conflict, exposure);
  cooperation_.step(cooperation, exposure);
  return {conflict_.count(), cooperation_.count()};
}

}  // namespace tocsin
