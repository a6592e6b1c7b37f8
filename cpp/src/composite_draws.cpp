#include "composite_draws.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "random.hpp"

namespace tocsin {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double prior_days = 0.5;         // b0: what is believed of a rate weighs half a day
constexpr double calm_days = 2;            // level: two days without an act are added to what was seen
constexpr double slow_days = 7;            // momentum: a week at the slow rate is added to the baseline
constexpr double least_baseline_days = 7;  // below this there is nothing to compare with
constexpr double quarter_act = 0.25;       // keeps the ratio of two silent windows at 1

constexpr std::array<double, group_count> components_in{3, 2, 2, 1, 1};

double clamp01(double value) { return std::clamp(value, 0.0, 1.0); }

constexpr std::size_t index_of(Component component) { return static_cast<std::size_t>(component); }

double evidence_of(const Composite::Reading& reading, const Goalposts& goal) {
  return reading.hostile / (reading.hostile + goal.evidence_acts);
}

double level_subscore(const Quantities& quantities, const Goalposts& goal) {
  return (std::log2(quantities.level) - goal.level_low_log2) / (goal.level_high_log2 - goal.level_low_log2);
}

double material_subscore(const Quantities& quantities, double evidence, const Goalposts& goal) {
  return evidence * quantities.material_share / goal.material_share;
}

double momentum_subscore(const Quantities& quantities, const Goalposts& goal) {
  return std::log2((quantities.recent_rate + quarter_act) / (quantities.baseline_rate + quarter_act)) /
         goal.momentum_doublings;
}

double reproduction_subscore(const Quantities& quantities, double evidence, const Goalposts& goal) {
  return evidence *
         clamp01((quantities.reproduction - goal.reproduction_low) / (goal.reproduction_high - goal.reproduction_low));
}

double reciprocity_subscore(const Quantities& quantities, double evidence) {
  const double both = quantities.forward + quantities.backward;
  return both > 0 ? evidence * 2 * std::min(quantities.forward, quantities.backward) / both : 0;
}

double restraint_subscore(const Quantities& quantities, const Goalposts& goal) {
  return quantities.hostile /
         (quantities.hostile + goal.acts_per_mediation * quantities.mediation + goal.evidence_acts);
}

std::array<double, group_count> listed(const Weights& weights) {
  return {weights.intensity, weights.momentum, weights.self_sustaining, weights.spread, weights.restraint_deficit};
}

}  // namespace

double weight_of(Component component, const Weights& weights) {
  const auto group = static_cast<std::size_t>(group_of[index_of(component)]);
  return listed(weights)[group] / components_in[group];
}

Quantities central_quantities(const Composite::Reading& reading, const Goalposts& goal) {
  const double n28 = reading.baseline.exposure;
  const double words_and_deeds = reading.material.rhetoric + reading.material.material;
  return {
      std::max(0.0, reading.hostile + reading.hostile_share.lent(goal.evidence_acts)) / (reading.exposure + calm_days),
      reading.hostile,
      reading.mediation,
      reading.recent.exposure > 0 ? reading.recent.count / reading.recent.exposure : 0,
      (reading.baseline.count + slow_days * reading.background.hostile) / (n28 + slow_days),
      words_and_deeds > 0 ? reading.material.material / words_and_deeds : nan,
      reading.reciprocity.forward,
      reading.reciprocity.backward,
      reading.background.reproduction_shape / reading.background.reproduction_rate};
}

QuantityDraws::QuantityDraws(const Composite::Reading& reading, const Needed& needed, const Goalposts& goal,
                             std::uint64_t pair_key, std::uint64_t seed)
    : central_(central_quantities(reading, goal)), needed_(needed) {
  const std::uint64_t key = random::combine_keys(seed, pair_key);
  for (std::size_t i = 0; i < keys_.size(); ++i) keys_[i] = random::combine_keys(key, i);
  const Composite::Background& slow = reading.background;
  // Evidence that the calendar has taken since widens like overdispersion: the same mean, fewer acts behind it.
  const double rows_per_act = slow.dispersion / reading.freshness;
  const auto set = [&](Drawn quantity, double shape, double scale) {
    const auto i = static_cast<std::size_t>(quantity);
    samplers_[i] = random::GammaSampler(shape);
    scales_[i] = scale;
  };
  const auto rate = [&](Drawn quantity, double count, double exposure) {
    set(quantity, count / rows_per_act, rows_per_act / exposure);
  };
  const auto sum_with_prior = [&](Drawn quantity, double count, double slow_rate) {
    set(quantity, prior_days * slow_rate + count / rows_per_act, rows_per_act);
  };
  set(Drawn::recent_rate, prior_days * slow.hostile + reading.recent.count / rows_per_act,
      1 / (prior_days + reading.recent.exposure / rows_per_act));
  rate(Drawn::baseline_rate, reading.baseline.count + slow_days * slow.hostile, reading.baseline.exposure + slow_days);
  set(Drawn::hostile, reading.hostile / rows_per_act, rows_per_act);
  set(Drawn::material, 0.5 + reading.material.material / rows_per_act, 1);
  set(Drawn::rhetoric, 0.5 + reading.material.rhetoric / rows_per_act, 1);
  sum_with_prior(Drawn::forward, reading.reciprocity.forward, slow.forward);
  sum_with_prior(Drawn::backward, reading.reciprocity.backward, slow.backward);
  sum_with_prior(Drawn::mediation, reading.mediation, slow.mediation);
  set(Drawn::reproduction, slow.reproduction_shape * reading.freshness,
      1 / (slow.reproduction_rate * reading.freshness));
  exposure_ = reading.exposure + calm_days;
  lent_ = reading.hostile_share.lent(goal.evidence_acts);
}

double QuantityDraws::take(Drawn quantity, std::uint64_t draw) const {
  const auto i = static_cast<std::size_t>(quantity);
  random::Stream stream(keys_[i] + draw);
  return samplers_[i](stream) * scales_[i];
}

bool QuantityDraws::is_empty() const {
  return !(needed_.level || needed_.momentum || needed_.material_share || needed_.reciprocity || needed_.reproduction);
}

Quantities QuantityDraws::of(std::uint64_t draw) const {
  Quantities drawn = central_;
  if (needed_.level) {
    drawn.hostile = take(Drawn::hostile, draw);
    drawn.level = (drawn.hostile + lent_) / exposure_;
    // Without hostile acts there is nothing that mediation could meet.
    if (drawn.hostile > 0) drawn.mediation = take(Drawn::mediation, draw);
  }
  if (needed_.momentum) {
    drawn.recent_rate = take(Drawn::recent_rate, draw);
    drawn.baseline_rate = take(Drawn::baseline_rate, draw);
  }
  if (needed_.material_share) {
    const double material = take(Drawn::material, draw);
    drawn.material_share = material / (material + take(Drawn::rhetoric, draw));
  }
  if (needed_.reciprocity) {
    drawn.forward = take(Drawn::forward, draw);
    drawn.backward = take(Drawn::backward, draw);
  }
  if (needed_.reproduction) drawn.reproduction = take(Drawn::reproduction, draw);
  return drawn;
}

Subscores subscores_from(const Composite::Reading& reading, const Quantities& quantities, const Shares& shares,
                         const Config& config) {
  Subscores values;
  values.fill(nan);
  if (!reading.is_usable) return values;
  const Goalposts& goal = config.goalposts;
  const bool has_acts = reading.hostile > 0;
  const double evidence = evidence_of(reading, goal);
  const auto set = [&](Component component, double value) {
    const std::size_t i = index_of(component);
    if (shares[i] > 0) values[i] = has_acts ? clamp01(value) : 0;
  };

  set(Component::level, level_subscore(quantities, goal));
  set(Component::rung, reading.supported_max / goal.rung);
  // Acts of which words and deeds, or the two sides, were never known together leave the part missing.
  if (!has_acts || reading.material.has_events()) {
    set(Component::material_share, material_subscore(quantities, evidence, goal));
  }
  if (reading.baseline.exposure >= least_baseline_days) {
    set(Component::momentum, momentum_subscore(quantities, goal));
  }
  set(Component::change, evidence * reading.background.change);
  set(Component::reproduction, reproduction_subscore(quantities, evidence, goal));
  if (!has_acts || reading.reciprocity.has_events()) {
    set(Component::reciprocity, reciprocity_subscore(quantities, evidence));
  }
  set(Component::spread, std::isnan(reading.kinds) ? 0 : evidence * std::log2(reading.kinds) / std::log2(6.0));
  set(Component::restraint, restraint_subscore(quantities, goal));
  return values;
}

DrawnScores::DrawnScores(const Composite::Reading& reading, const Shares& shares, const Config& config,
                         std::uint64_t pair_key)
    : goal_(config.goalposts),
      evidence_(evidence_of(reading, config.goalposts)),
      values_(subscores_from(reading, central_quantities(reading, config.goalposts), shares, config)),
      needed_(needed(reading, config.weights)),
      quantities_(reading, needed_, config.goalposts, pair_key, config.seed) {
  missing_.fill(nan);
  for (std::size_t i = 0; i < component_count; ++i) {
    if (std::isnan(values_[i])) continue;
    points_[i] = 100 * weight_of(static_cast<Component>(i), config.weights);
    missing_[static_cast<std::size_t>(group_of[i])] = 0;
  }
  std::replace_if(values_.begin(), values_.end(), [](double value) { return std::isnan(value); }, 0.0);
}

// A component that could not move the score by a hundredth of a point stays at its central value: it would take as long
// as any other, of pairs that have been silent for a season.
QuantityDraws::Needed DrawnScores::needed(const Composite::Reading& reading, const Weights& weights) const {
  constexpr double least_points = 0.01;
  if (!(reading.hostile > 0)) return {};
  const auto moves = [&](Component component, double most) {
    return !std::isnan(values_[index_of(component)]) && 100 * weight_of(component, weights) * most >= least_points;
  };
  return {moves(Component::level, 1) || moves(Component::restraint, 1), moves(Component::momentum, 1),
          moves(Component::material_share, evidence_ / goal_.material_share), moves(Component::reciprocity, evidence_),
          moves(Component::reproduction, evidence_)};
}

Contributions DrawnScores::of(std::uint64_t draw) const {
  const Quantities drawn = quantities_.of(draw);
  Subscores values = values_;
  const auto set = [&](Component component, double value) { values[index_of(component)] = clamp01(value); };
  if (needed_.level) {
    set(Component::level, drawn.level > 0 ? level_subscore(drawn, goal_) : 0);
    set(Component::restraint, restraint_subscore(drawn, goal_));
  }
  // A rate that has not risen adds nothing, and most do not rise.
  if (needed_.momentum) {
    set(Component::momentum, drawn.recent_rate > drawn.baseline_rate ? momentum_subscore(drawn, goal_) : 0);
  }
  if (needed_.material_share) set(Component::material_share, material_subscore(drawn, evidence_, goal_));
  if (needed_.reproduction) set(Component::reproduction, reproduction_subscore(drawn, evidence_, goal_));
  if (needed_.reciprocity) set(Component::reciprocity, reciprocity_subscore(drawn, evidence_));
  Contributions contributions = missing_;
  for (std::size_t i = 0; i < component_count; ++i) {
    contributions[static_cast<std::size_t>(group_of[i])] += points_[i] * values[i];
  }
  return contributions;
}

ScoreInterval summarise(std::vector<double> scores, const std::vector<Contributions>& parts) {
  const auto n = static_cast<double>(scores.size());
  double mean = 0;
  for (const double score : scores) mean += score / n;
  Contributions means{};
  for (const Contributions& part : parts) {
    for (std::size_t k = 0; k < group_count; ++k) means[k] += part[k] / n;
  }
  double variance = 0;
  Contributions covariance{};
  for (std::size_t i = 0; i < scores.size(); ++i) {
    const double departure = scores[i] - mean;
    variance += departure * departure;
    for (std::size_t k = 0; k < group_count; ++k) covariance[k] += (parts[i][k] - means[k]) * departure;
  }
  ScoreInterval interval{};
  for (std::size_t k = 0; k < group_count; ++k)
    interval.variance_shares[k] = variance > 0 ? covariance[k] / variance : nan;

  // Linear between order statistics (Hyndman and Fan 1996, definition 7).
  const auto quantile = [&](double probability) {
    const double place = probability * (n - 1);
    const auto below = scores.begin() + static_cast<std::ptrdiff_t>(place);
    std::nth_element(scores.begin(), below, scores.end());
    const double next = below + 1 == scores.end() ? *below : *std::min_element(below + 1, scores.end());
    return *below + (place - std::floor(place)) * (next - *below);
  };
  interval.low = quantile(0.05);
  interval.high = quantile(0.95);
  return interval;
}

}  // namespace tocsin
