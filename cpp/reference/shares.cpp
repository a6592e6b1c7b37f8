#include "shares.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tocsin::reference {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::size_t at(int day) { return static_cast<std::size_t>(day); }

}  // namespace

double discounted_where_both(const Series& y, const Series& other, int t, double half_life) {
  double sum = 0;
  for (int s = 0; s <= t; ++s) {
    if (std::isnan(y[at(s)]) || std::isnan(other[at(s)])) continue;
    sum += weight_of_age(t - s, half_life) * y[at(s)];
  }
  return sum;
}

double material_share(const Series& rhetoric, const Series& material, int t, double half_life, double phi) {
  const double words = discounted_where_both(rhetoric, material, t, half_life);
  const double deeds = discounted_where_both(material, rhetoric, t, half_life);
  return words + deeds == 0 ? nan : (0.5 + deeds / phi) / (1 + (deeds + words) / phi);
}

Ladder rung(const std::vector<std::array<double, 7>>& counts, int t, int window, double min_events) {
  const auto at_or_above = [&](std::size_t rung) {
    double sum = 0;
    for (int s = std::max(0, t - window + 1); s <= t; ++s) {
      for (std::size_t i = rung - 1; i < 7; ++i) sum += std::isnan(counts[at(s)][i]) ? 0 : counts[at(s)][i];
    }
    return sum;
  };
  Ladder ladder{0, {}, nan};
  const double all = at_or_above(1);
  double sum_of_rungs = 0;
  for (std::size_t rung = 1; rung <= 7; ++rung) {
    if (at_or_above(rung) >= min_events) ladder.supported_max = static_cast<int>(rung);
    ladder.p_at_least[rung - 1] = all > 0 ? (at_or_above(rung) + 0.5) / (all + 1) : nan;
    sum_of_rungs += at_or_above(rung);  // an event on rung q is at or above q rungs
  }
  if (all > 0) ladder.mean_rung = sum_of_rungs / all;
  return ladder;
}

Sides reciprocity(const Series& forward, const Series& backward, int t, double half_life) {
  const double ab = discounted_where_both(forward, backward, t, half_life);
  const double ba = discounted_where_both(backward, forward, t, half_life);
  return {2 * std::min(ab, ba) / (ab + ba), (ab - ba) / (ab + ba)};  // 0 / 0 is NaN
}

Hill hill_numbers(const std::vector<double>& counts) {
  double all = 0;
  for (const double count : counts) all += count;
  if (all == 0) return {nan, nan};
  double entropy = 0;
  double concentration = 0;
  for (const double count : counts) {
    const double p = count / all;
    if (p > 0) entropy -= p * std::log(p);
    concentration += p * p;
  }
  return {std::exp(entropy), 1 / concentration};
}

Hill breadth(const std::vector<Series>& kinds, int t, double half_life) {
  std::vector<double> totals;
  for (const Series& kind : kinds) totals.push_back(discounted_where_both(kind, kind, t, half_life));
  return hill_numbers(totals);
}

Mediation mediation_coverage(const Series& mediation, const Series& hostile, int t, int window) {
  Mediation seen{0, 0, nan, nan};
  for (int s = std::max(0, t - window + 1); s <= t; ++s) {
    if (std::isnan(mediation[at(s)]) || std::isnan(hostile[at(s)])) continue;
    seen.mediation += mediation[at(s)];
    seen.hostile += hostile[at(s)];
  }
  for (int last = t; last >= 0; --last) {
    if (!(mediation[at(last)] > 0)) continue;
    seen.days_since = t - last;
    seen.hostile_since = 0;
    for (int s = last + 1; s <= t; ++s) seen.hostile_since += std::isnan(hostile[at(s)]) ? 0 : hostile[at(s)];
    break;
  }
  return seen;
}

}  // namespace tocsin::reference
