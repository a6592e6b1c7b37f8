#include "tocsin/indicators/rung.hpp"

#include <cmath>
#include <limits>
#include <utility>

#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::size_t cells(const Rung::Options& options) { return static_cast<std::size_t>(options.window_days) * rung_count; }

}  // namespace

Rung::Rung(Options options) : options_(options), state_{std::vector<double>(cells(options)), 0} {}

Rung::Rung(Options options, State state) : options_(options), state_(std::move(state)) {
  if (state_.counts.size() != cells(options) || state_.newest >= static_cast<std::size_t>(options.window_days)) {
    throw StateError(concat("the saved ladder holds ", state_.counts.size() / rung_count, " days, expected ",
                            options.window_days, "; the state was saved under another configuration"));
  }
  for (std::size_t cell = 0; cell < state_.counts.size(); ++cell) sums_[cell % rung_count] += state_.counts[cell];
}

void Rung::update(const RungCounts& counts) {
  state_.newest = state_.newest + 1 == static_cast<std::size_t>(options_.window_days) ? 0 : state_.newest + 1;
  double* const oldest = state_.counts.data() + state_.newest * rung_count;
  for (std::size_t i = 0; i < rung_count; ++i) {
    const double count = std::isnan(counts[i]) ? 0 : counts[i];
    sums_[i] += count - oldest[i];
    oldest[i] = count;
  }
}

void Rung::add(const RungCounts& counts) {
  double* const newest = state_.counts.data() + state_.newest * rung_count;
  for (std::size_t i = 0; i < rung_count; ++i) {
    if (std::isnan(counts[i])) continue;
    sums_[i] += counts[i];
    newest[i] += counts[i];
  }
}

Rung::Reading Rung::read() const {
  Reading reading{sums_, 0};
  double at_or_above = 0;
  for (int rung = static_cast<int>(rung_count); rung >= 1 && reading.supported_max == 0; --rung) {
    at_or_above += reading.counts[static_cast<std::size_t>(rung) - 1];
    if (at_or_above >= options_.min_events) reading.supported_max = rung;
  }
  return reading;
}

double Rung::Reading::events() const {
  double all = 0;
  for (const double count : counts) all += count;
  return all;
}

double Rung::Reading::p_at_least(int rung) const {
  if (events() == 0) return nan;
  double at_or_above = 0;
  for (auto i = static_cast<std::size_t>(rung) - 1; i < rung_count; ++i) at_or_above += counts[i];
  return (at_or_above + 0.5) / (events() + 1);
}

double Rung::Reading::mean_rung() const {
  double weighted = 0;
  for (std::size_t i = 0; i < rung_count; ++i) weighted += static_cast<double>(i + 1) * counts[i];
  return events() == 0 ? nan : weighted / events();
}

}  // namespace tocsin
