#include "reproduction_number.hpp"

#include <algorithm>

namespace tocsin::reference {

namespace {

std::size_t at(int day) { return static_cast<std::size_t>(day); }

// How often a day was collected: its exposure over itself and the dark days before it, at least once.
double collections_at(const Days& days, int t) {
  int stands_for = 1;
  while (t - stands_for >= 0 && !days.is_collected(t - stands_for)) ++stands_for;
  return stands_for > t ? 1 : std::max(1.0, days.exposure[at(t)] / stands_for);  // of the first nobody knows
}

// sum over s = 1, 2, ... of (1 - d) d^(s-1) y[t-s] / c[t-s], with d^s = 2^(-s / half-life).
double pressure_on(const Days& days, int t, double half_life) {
  double sum = 0;
  for (int s = 1; s <= t; ++s) {
    if (!days.is_collected(t - s)) continue;
    const double acts = days.count[at(t - s)] / collections_at(days, t - s);
    sum += (1 - weight_of_age(1, half_life)) * weight_of_age(s - 1, half_life) * acts;
  }
  return sum;
}

}  // namespace

std::vector<Reproduction> reproduction_number(const Days& days, const std::vector<double>& exogenous, double generation,
                                              double forgetting, const Gamma& prior, double phi, double constant) {
  std::vector<Reproduction> all;
  std::vector<double> attributed;
  for (int t = 0; t < days.size(); ++t) {
    const double pressure = pressure_on(days, t, generation);
    const double ratio = constant >= 0 ? constant : all.empty() ? prior.mean() : all.back().posterior.mean();
    const double share = exogenous[at(t)] == 0 ? 1 : ratio * pressure / (exogenous[at(t)] + ratio * pressure);
    attributed.push_back(days.is_collected(t) ? days.count[at(t)] * share : 0);
    double n = 0;
    double d = 0;
    for (int s = 0; s <= t; ++s) {
      n += weight_of_age(t - s, forgetting) * attributed[at(s)];
      if (!days.is_collected(s)) continue;
      d += weight_of_age(t - s, forgetting) * days.exposure[at(s)] * pressure_on(days, s, generation);
    }
    all.push_back({pressure, n, d, {prior.shape + n / phi, prior.rate + d / phi}});
  }
  return all;
}

}  // namespace tocsin::reference
