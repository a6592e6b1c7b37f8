#include "phase.hpp"

#include <cmath>

namespace tocsin::reference {

namespace {

// Path number `index`, read as a number with K digits.
std::vector<std::size_t> path_of(std::size_t index, std::size_t days, std::size_t phases) {
  std::vector<std::size_t> path(days);
  for (std::size_t t = 0; t < days; ++t) {
    path[t] = index % phases;
    index /= phases;
  }
  return path;
}

std::size_t number_of_paths(std::size_t days, std::size_t phases) {
  std::size_t paths = 1;
  for (std::size_t t = 0; t < days; ++t) paths *= phases;
  return paths;
}

}  // namespace

double probability_of_count(double count, double mean, std::optional<double> size) {
  // P(0), then P(k) from P(k - 1).
  double p = size ? std::pow(*size / (*size + mean), *size) : std::exp(-mean);
  for (double k = 1; k <= count; ++k) {
    p *= size ? (*size + k - 1) / k * mean / (*size + mean) : mean / k;
  }
  return p;
}

double probability_of_day(const Chain& chain, std::size_t phase, const Row& counts) {
  double p = 1;
  for (std::size_t s = 0; s < counts.size(); ++s) {
    if (std::isnan(counts[s])) continue;
    std::optional<double> size;
    if (!chain.sizes.empty()) size = chain.sizes[phase][s];
    p *= probability_of_count(counts[s], chain.means[phase][s], size);
  }
  return p;
}

AllPaths all_paths(const Chain& chain, const Rows& days) {
  const std::size_t phases = chain.initial.size();
  AllPaths all{0, Rows(days.size(), Row(phases, 0.0)), {}, {}};
  double highest = -1;
  for (std::size_t index = 0; index < number_of_paths(days.size(), phases); ++index) {
    const std::vector<std::size_t> path = path_of(index, days.size(), phases);
    double p = chain.initial[path[0]];
    for (std::size_t t = 0; t < days.size(); ++t) {
      if (t > 0) p *= chain.transition[path[t - 1]][path[t]];
      p *= probability_of_day(chain, path[t], days[t]);
    }
    all.probability += p;
    for (std::size_t t = 0; t < days.size(); ++t) all.smoothed[t][path[t]] += p;
    if (p > highest) {
      highest = p;
      all.best = path;
    }
  }
  for (Row& row : all.smoothed) {
    for (double& p : row) p /= all.probability;
  }
  // Given all days up to the last: for the last day itself, that is the filter.
  all.filtered = all.smoothed.back();
  return all;
}

double p_reach_last(const Rows& transition, const Row& today, int horizon) {
  const std::size_t phases = today.size();
  const std::size_t length = static_cast<std::size_t>(horizon) + 1;
  double reached = 0;
  for (std::size_t index = 0; index < number_of_paths(length, phases); ++index) {
    const std::vector<std::size_t> path = path_of(index, length, phases);
    double p = today[path[0]];
    bool has_reached = path[0] == phases - 1;
    for (std::size_t t = 1; t < length; ++t) {
      p *= transition[path[t - 1]][path[t]];
      has_reached = has_reached || path[t] == phases - 1;
    }
    if (has_reached) reached += p;
  }
  return reached;
}

}  // namespace tocsin::reference
