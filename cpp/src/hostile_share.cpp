#include "tocsin/hostile_share.hpp"

#include <cmath>

namespace tocsin {

HostileShare::HostileShare(Options options, State state)
    : hostile_(options.half_life_days, state.hostile),
      cooperation_(options.half_life_days, state.cooperation),
      slow_hostile_(options.slow_half_life_days, state.slow_hostile),
      slow_cooperation_(options.slow_half_life_days, state.slow_cooperation) {}

void HostileShare::update(double hostile, double cooperation) {
  const double exposure = std::isnan(hostile) || std::isnan(cooperation) ? 0 : 1;
  hostile_.step(hostile, exposure);
  cooperation_.step(cooperation, exposure);
  slow_hostile_.step(hostile, exposure);
  slow_cooperation_.step(cooperation, exposure);
}

double HostileShare::Reading::lent(double weight) const {
  const double acts = hostile + cooperation;
  if (!(acts > 0)) return 0;
  const double slow_share = slow_hostile / (slow_hostile + slow_cooperation);
  return weight * (acts * slow_share - hostile) / (acts + weight);
}

}  // namespace tocsin
