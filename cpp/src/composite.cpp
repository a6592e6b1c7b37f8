#include "tocsin/composite.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "composite_draws.hpp"

namespace tocsin {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double least_weight = 0.6;    // below this share of the weight a number would be a guess
constexpr double least_coverage = 0.4;  // below it every part may be computable, from one kind of act

// The ladder asks for two events. Those of a day that was collected more than once are fractions.
constexpr double two_events_rounded = 1.5;

std::size_t window_length(const Config& config) {
  return static_cast<std::size_t>(config.recent_days + config.baseline_days);
}

HostileShare::Options share_options(const Config& config) {
  return {config.half_life_medium_days, config.half_life_slow_days};
}

// To the next multiple of 2^-20, of which sums over a window are exact in whatever order.
double exactly_summable(double count) { return std::ldexp(std::ceil(std::ldexp(count, 20)), -20); }

Composite::Day brought_down_to_one(Composite::Day day) {
  if (day.collections == 1) return day;
  for (double* const value : {&day.exposure, &day.whole_exposure, &day.hostile, &day.rhetoric, &day.material,
                              &day.forward, &day.backward, &day.mediation, &day.cooperation}) {
    *value /= day.collections;
  }
  for (double& kind : day.kinds) kind /= day.collections;
  for (double& rung : day.rungs) rung = exactly_summable(rung / day.collections);
  return day;
}

}  // namespace

Composite::Composite(const Config& config)
    : recent_days_(config.recent_days),
      baseline_days_(config.baseline_days),
      hostile_(config.half_life_medium_days),
      calendar_(config.half_life_medium_days),
      mediation_(config.half_life_medium_days),
      collections_(config.half_life_slow_days),
      hostile_share_(share_options(config)),
      material_({config.half_life_medium_days}),
      reciprocity_({config.half_life_medium_days}),
      kinds_({config.half_life_medium_days, 6}),
      rung_({config.baseline_days, two_events_rounded}),
      days_(window_length(config)),
      hostile_known_(config.half_life_medium_days),
      mediation_known_(config.half_life_medium_days) {}

Composite::Composite(const Config& config, State state)
    : recent_days_(config.recent_days),
      baseline_days_(config.baseline_days),
      hostile_(config.half_life_medium_days, state.hostile),
      calendar_(config.half_life_medium_days, state.calendar),
      mediation_(config.half_life_medium_days, state.mediation),
      collections_(config.half_life_slow_days, state.collections),
      hostile_share_(share_options(config), state.hostile_share),
      material_({config.half_life_medium_days}, state.material),
      reciprocity_({config.half_life_medium_days}, state.reciprocity),
      kinds_({config.half_life_medium_days, 6}, state.kinds),
      rung_({config.baseline_days, two_events_rounded}, std::move(state.rung)),
      days_(window_length(config), std::move(state.days)),
      hostile_known_(config.half_life_medium_days, state.hostile_known),
      mediation_known_(config.half_life_medium_days, state.mediation_known),
      gap_days_(state.gap_days),
      partial_days_(state.partial_days),
      unmediated_days_(state.unmediated_days) {}

void Composite::step(const Day& as_collected) {
  const Day day = brought_down_to_one(as_collected);
  calendar_.step(0, day.exposure);
  if (day.whole_exposure > 0) {
    hostile_known_.step(day.exposure, day.whole_exposure);
    mediation_known_.step(std::isnan(day.mediation) ? 0 : day.whole_exposure, day.whole_exposure);
  }
  if (day.exposure > 0) {
    gap_days_ = 0;
    collections_.step(as_collected.collections, 1);
    advance(day);
    return;
  }
  ++gap_days_;
  // A short gap is a pause of the collection, not of the crisis; after a long one nothing is known any more.
  if (gap_days_ > baseline_days_) advance(day);
}

void Composite::advance(const Day& day) {
  hostile_.step(day.hostile, day.exposure);
  hostile_share_.update(day.knows_all_hostile ? day.hostile : nan, day.cooperation);
  material_.update(day.rhetoric, day.material);
  reciprocity_.update(day.forward, day.backward);
  kinds_.update(day.kinds);
  days_.step(day.hostile, day.exposure);

  // A feed that loses one signal must not be read as calm: the ladder forgets nothing while a hostile cell is missing,
  // and mediation keeps what it was while nobody looks for it.
  partial_days_ = day.knows_all_hostile ? 0 : partial_days_ + 1;
  if (partial_days_ > 0 && partial_days_ <= baseline_days_) {
    rung_.add(day.rungs);
  } else {
    rung_.update(day.rungs);
  }
  unmediated_days_ = std::isnan(day.mediation) ? unmediated_days_ + 1 : 0;
  if (unmediated_days_ == 0 || unmediated_days_ > baseline_days_) {
    mediation_.step(day.mediation, unmediated_days_ == 0 ? day.exposure : 0);
  }
}

Composite::Reading Composite::read(const Background& found) const {
  Background background = found;
  background.dispersion = dispersion_of_one_collection(found.dispersion);
  const auto recent_end = static_cast<std::size_t>(recent_days_);
  const auto baseline_end = recent_end + static_cast<std::size_t>(baseline_days_);
  const bool is_usable = hostile_.exposure() > 0 && gap_days_ <= baseline_days_;
  return {is_usable,
          hostile_.count(),
          hostile_.exposure(),
          is_usable ? calendar_.exposure() / hostile_.exposure() : 0,
          mediation_.count(),
          hostile_share_.read(),
          material_.read(background.dispersion),
          reciprocity_.read(),
          kinds_.read().shannon,
          rung_.read().supported_max,
          days_.sum(0, recent_end),
          days_.sum(recent_end, baseline_end),
          background,
          hostile_known_.exposure() > 0 ? hostile_known_.count() / hostile_known_.exposure() : 1,
          mediation_known_.exposure() > 0 ? mediation_known_.count() / mediation_known_.exposure() : 1};
}

double Composite::dispersion_of_one_collection(double dispersion) const {
  if (!(collections_.exposure() > 0)) return dispersion;
  return std::max(1.0, dispersion / (collections_.count() / collections_.exposure()));
}

Composite::State Composite::state() const {
  return {hostile_.state(),
          calendar_.state(),
          mediation_.state(),
          collections_.state(),
          hostile_share_.state(),
          material_.state(),
          reciprocity_.state(),
          kinds_.state(),
          rung_.state(),
          days_.state(),
          hostile_known_.state(),
          mediation_known_.state(),
          gap_days_,
          partial_days_,
          unmediated_days_};
}

Subscores Composite::subscores(const Reading& reading, const Shares& shares, const Config& config) {
  return subscores_from(reading, central_quantities(reading, config.goalposts), shares, config);
}

ScoreParts ScoreParts::of(const Subscores& subscores, const Shares& shares, const Weights& weights) {
  ScoreParts parts{0, 0, 0, {nan, nan, nan, nan, nan}};
  double computed = 0;
  for (std::size_t i = 0; i < component_count; ++i) {
    if (std::isnan(subscores[i])) continue;
    const auto group = static_cast<std::size_t>(group_of[i]);
    const double share = weight_of(static_cast<Component>(i), weights);
    const double points = 100 * share * subscores[i];
    parts.contributions[group] = std::isnan(parts.contributions[group]) ? points : parts.contributions[group] + points;
    parts.coverage += share * shares[i];
    computed += share;
  }
  if (computed < least_weight - 1e-9 || parts.coverage < least_coverage) {
    return {nan, nan, parts.coverage, {nan, nan, nan, nan, nan}};
  }
  for (const double points : parts.contributions) {
    if (!std::isnan(points)) parts.score += points;
  }
  parts.score_max = parts.score + 100 * std::max(0.0, 1 - computed);
  return parts;
}

ScoreInterval Composite::interval(const Reading& reading, const Shares& shares, const Config& config,
                                  std::uint64_t pair_key) {
  const ScoreInterval now = drawn_interval(reading, shares, config, pair_key);
  if (!(reading.freshness < 1)) return now;
  // Of few acts less evidence can have both quantiles nearer to zero. Nobody knows more after days without collection.
  Reading fresh = reading;
  fresh.freshness = 1;
  const ScoreInterval before = drawn_interval(fresh, shares, config, pair_key);
  return {std::min(now.low, before.low), std::max(now.high, before.high), now.variance_shares};
}

ScoreInterval Composite::drawn_interval(const Reading& reading, const Shares& shares, const Config& config,
                                        std::uint64_t pair_key) {
  const DrawnScores drawn(reading, shares, config, pair_key);
  const auto draws = static_cast<std::size_t>(drawn.is_certain() ? 1 : config.draws);
  std::vector<double> scores(draws);
  std::vector<Contributions> parts(draws);
  for (std::size_t draw = 0; draw < draws; ++draw) {
    parts[draw] = drawn.of(draw);
    for (const double points : parts[draw]) scores[draw] += std::isnan(points) ? 0 : points;
  }
  return summarise(std::move(scores), parts);
}

}  // namespace tocsin
