#include "tocsin/indicators/baseline.hpp"

#include <utility>

namespace tocsin {

namespace {

std::size_t days_held_back(const Baseline::Options& options) {
  return static_cast<std::size_t>(options.guard_days) + 1;
}

}  // namespace

Baseline::Baseline(Options options)
    : guard_days_(days_held_back(options) - 1), past_(options.half_life_days), guarded_(days_held_back(options)) {}

Baseline::Baseline(Options options, State state)
    : guard_days_(days_held_back(options) - 1),
      past_(options.half_life_days, state.past),
      guarded_(days_held_back(options), std::move(state.guarded)) {}

GammaPosterior Baseline::step(double count, double exposure) {
  // The oldest guarded day, t - 1 - guard, becomes part of the past before today is judged.
  const TrailingWindow::Sum oldest = guarded_.sum(guard_days_, guard_days_ + 1);
  past_.step(oldest.count, oldest.exposure);
  guarded_.step(count, exposure);
  return posterior(no_past);
}

}  // namespace tocsin
