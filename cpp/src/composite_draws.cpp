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

double clamp01(double value) { return std::clamp(value, 0.0, 1.0); }

}  // namespace

Quantities central_quantities(const Composite::Reading& reading) {
  const double n28 = reading.baseline.exposure;
  const double words_and_deeds = reading.material.rhetoric + reading.material.material;
  return {reading.hostile / (reading.exposure + calm_days),
          reading.hostile,
          reading.mediation,
          reading.recent.exposure > 0 ? reading.recent.count / reading.recent.exposure : 0,
          (reading.baseline.count + slow_days * reading.background.hostile) / (n28 + slow_days),
          words_and_deeds > 0 ? reading.material.material / words_and_deeds : nan,
          reading.reciprocity.forward,
          reading.reciprocity.backward,
          reading.background.reproduction_shape / reading.background.reproduction_rate};
}

Quantities drawn_quantities(const Composite::Reading& reading, std::uint64_t pair_key, std::uint64_t seed,
                            std::uint64_t draw) {
  random::Stream stream(random::combine_keys(random::combine_keys(seed, pair_key), draw));
  const Composite::Background& slow = reading.background;
  // Evidence that the calendar has taken since widens like overdispersion: the same mean, fewer acts behind it.
  const double rows_per_act = slow.dispersion / reading.freshness;
  const auto rate = [&](double count, double exposure) {
    return random::gamma(stream, count / rows_per_act) / (exposure / rows_per_act);
  };
  const auto rate_with_prior = [&](double count, double exposure, double slow_rate) {
    return random::gamma(stream, prior_days * slow_rate + count / rows_per_act) /
           (prior_days + exposure / rows_per_act);
  };
  const auto sum_with_prior = [&](double count, double slow_rate) {
    return random::gamma(stream, prior_days * slow_rate + count / rows_per_act) * rows_per_act;
  };
  const double n28 = reading.baseline.exposure;
  Quantities drawn{};
  drawn.recent_rate = rate_with_prior(reading.recent.count, reading.recent.exposure, slow.hostile);
  drawn.baseline_rate = rate(reading.baseline.count + slow_days * slow.hostile, n28 + slow_days);
  drawn.level = rate(reading.hostile, reading.exposure + calm_days);
  drawn.hostile = drawn.level * (reading.exposure + calm_days);
  drawn.material_share = random::beta(stream, 0.5 + reading.material.material / rows_per_act,
                                      0.5 + reading.material.rhetoric / rows_per_act);
  drawn.forward = sum_with_prior(reading.reciprocity.forward, slow.forward);
  drawn.backward = sum_with_prior(reading.reciprocity.backward, slow.backward);
  drawn.mediation = sum_with_prior(reading.mediation, slow.mediation);
  drawn.reproduction =
      random::gamma(stream, slow.reproduction_shape * reading.freshness) / (slow.reproduction_rate * reading.freshness);
  return drawn;
}

Subscores subscores_from(const Composite::Reading& reading, const Quantities& quantities, const Shares& shares,
                         const Config& config) {
  Subscores values;
  values.fill(nan);
  if (!reading.is_usable) return values;
  const Goalposts& goal = config.goalposts;
  const bool has_acts = reading.hostile > 0;
  const double evidence = reading.hostile / (reading.hostile + goal.evidence_acts);
  const auto set = [&](Component component, double value) {
    const auto i = static_cast<std::size_t>(component);
    if (shares[i] > 0) values[i] = has_acts ? clamp01(value) : 0;
  };

  set(Component::level,
      (std::log2(quantities.level) - goal.level_low_log2) / (goal.level_high_log2 - goal.level_low_log2));
  set(Component::rung, reading.supported_max / goal.rung);
  // Acts of which words and deeds, or the two sides, were never known together leave the part missing.
  if (!has_acts || reading.material.has_events()) {
    set(Component::material_share, evidence * quantities.material_share / goal.material_share);
  }
  if (reading.baseline.exposure >= least_baseline_days) {
    const double doublings =
        std::log2((quantities.recent_rate + quarter_act) / (quantities.baseline_rate + quarter_act));
    set(Component::momentum, doublings / goal.momentum_doublings);
  }
  set(Component::change, evidence * reading.background.change);
  set(Component::reproduction, evidence * clamp01((quantities.reproduction - goal.reproduction_low) /
                                                  (goal.reproduction_high - goal.reproduction_low)));
  if (!has_acts || reading.reciprocity.has_events()) {
    const double both = quantities.forward + quantities.backward;
    set(Component::reciprocity, both > 0 ? evidence * 2 * std::min(quantities.forward, quantities.backward) / both : 0);
  }
  set(Component::spread, std::isnan(reading.kinds) ? 0 : evidence * std::log2(reading.kinds) / std::log2(6.0));
  set(Component::restraint,
      quantities.hostile / (quantities.hostile + goal.acts_per_mediation * quantities.mediation + goal.evidence_acts));
  return values;
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

  std::sort(scores.begin(), scores.end());
  // Linear between order statistics (Hyndman and Fan 1996, definition 7).
  const auto quantile = [&](double probability) {
    const double place = probability * (n - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, scores.size() - 1);
    return scores[below] + (place - static_cast<double>(below)) * (scores[above] - scores[below]);
  };
  interval.low = quantile(0.05);
  interval.high = quantile(0.95);
  return interval;
}

}  // namespace tocsin
