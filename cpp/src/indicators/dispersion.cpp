#include "tocsin/indicators/dispersion.hpp"

#include <algorithm>

namespace tocsin {

namespace {

constexpr double prior_events = 5;  // as if five events with the phi that is believed had been seen
constexpr double largest = 50;

}  // namespace

Dispersion::Dispersion(Options options, State state)
    : delta_(discount_per_day(options.half_life_days)), state_(state) {}

void Dispersion::step(double count, double mean, bool is_left_out) {
  state_.squares *= delta_;
  state_.expected *= delta_;
  if (is_left_out) return;
  state_.squares += (count - mean) * (count - mean);
  state_.expected += mean;
}

double Dispersion::value(double believed) const {
  return std::clamp((prior_events * believed + state_.squares) / (prior_events + state_.expected), 1.0, largest);
}

}  // namespace tocsin
