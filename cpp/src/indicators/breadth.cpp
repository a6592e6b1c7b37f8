#include "tocsin/indicators/breadth.hpp"

#include <cmath>
#include <limits>

#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

Breadth::Reading Breadth::Reading::of(std::span<const double> counts) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  double all = 0;
  for (const double count : counts) all += count;
  if (!(all > 0)) return {nan, nan};
  double entropy = 0;
  double squares = 0;
  for (const double count : counts) {
    const double share = count / all;
    if (share > 0) entropy -= share * std::log(share);
    squares += share * share;
  }
  return {std::exp(entropy), 1 / squares};
}

Breadth::Breadth(Options options)
    : kinds_(static_cast<std::size_t>(options.kinds), DiscountedCount(options.half_life_days)),
      totals_(kinds_.size()) {}

Breadth::Breadth(Options options, const State& state) : totals_(state.kinds.size()) {
  if (state.kinds.size() != static_cast<std::size_t>(options.kinds)) {
    throw StateError(concat("the saved breadth holds ", state.kinds.size(), " kinds, expected ", options.kinds));
  }
  for (std::size_t i = 0; i < state.kinds.size(); ++i) {
    kinds_.emplace_back(options.half_life_days, state.kinds[i]);
    totals_[i] = state.kinds[i].count;
  }
}

void Breadth::update(std::span<const double> counts) {
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    kinds_[i].step(counts[i], std::isnan(counts[i]) ? 0 : 1);
    totals_[i] = kinds_[i].count();
  }
}

Breadth::State Breadth::state() const {
  State state;
  for (const DiscountedCount& kind : kinds_) state.kinds.push_back(kind.state());
  return state;
}

}  // namespace tocsin
