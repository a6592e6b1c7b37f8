#include "tocsin/indicators/reciprocity.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tocsin {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

}  // namespace

Reciprocity::Reciprocity(Options options, State state)
    : forward_(options.half_life_days, state.forward), backward_(options.half_life_days, state.backward) {}

void Reciprocity::update(double forward, double backward) {
  const double exposure = std::isnan(forward) || std::isnan(backward) ? 0 : 1;
  forward_.step(forward, exposure);
  backward_.step(backward, exposure);
}

double Reciprocity::Reading::balance() const {
  return has_events() ? 2 * std::min(forward, backward) / (forward + backward) : nan;
}

double Reciprocity::Reading::asymmetry() const {
  return has_events() ? (forward - backward) / (forward + backward) : nan;
}

}  // namespace tocsin
