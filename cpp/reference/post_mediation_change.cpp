#include "post_mediation_change.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "rates.hpp"

namespace tocsin::reference {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::size_t at(int day) { return static_cast<std::size_t>(day); }

struct Cell {
  std::vector<int> episodes;
  std::vector<int> matched;
};
using Stratum = std::pair<int, int>;  // octave and phase

int octave_on(const Days& days, int t) {
  const double ratio = rate_ratio(days, t, 7, 28, 0, {0.5, 0.5}, 1).log2_ratio;
  if (std::isnan(ratio)) return 99;
  return static_cast<int>(std::lround(std::max(-4.0, std::min(4.0, ratio))));
}

bool is_alone(const std::vector<double>& mediation, int t, int before, int after) {
  for (int s = t - before; s <= t + after; ++s) {
    if (s != t && mediation[at(s)] != 0) return false;  // NaN is not 0 either
  }
  return !std::isnan(mediation[at(t)]);
}

struct Rate {
  double shape;
  double days;
};
Rate rate_of(const std::vector<double>& hostile, const std::vector<int>& middles, int from, int to, double phi) {
  Rate rate{0.5, 0.5};
  for (const int t : middles) {
    for (int s = t + from; s <= t + to; ++s) {
      if (std::isnan(hostile[at(s)])) continue;
      rate.shape += hostile[at(s)] / phi;
      rate.days += 1 / phi;
    }
  }
  return rate;
}

struct Change {
  double value;
  double variance;
};
Change change_of(const std::vector<double>& hostile, const std::vector<int>& middles, int window, double phi) {
  const Rate before = rate_of(hostile, middles, -window, -1, phi);
  const Rate after = rate_of(hostile, middles, 1, window, phi);
  return {std::log(after.shape / after.days / (before.shape / before.days)),
          trigamma(after.shape) + trigamma(before.shape)};
}

bool has_days(const std::vector<double>& hostile, int from, int to) {
  for (int s = from; s <= to; ++s) {
    if (!std::isnan(hostile[at(s)])) return true;
  }
  return false;
}

}  // namespace

double trigamma(double x) {
  double sum = 0;
  const int terms = 20000;
  for (int k = 0; k < terms; ++k) sum += 1 / ((x + k) * (x + k));
  return sum + 1 / (x + terms - 0.5);  // the rest by the midpoint rule: an error of 1e-14
}

PostMediationChange post_mediation_change(const std::vector<double>& mediation, const std::vector<double>& hostile,
                                          const std::vector<int>& phases, int last, int window, double phi) {
  const Days days = Days::of(hostile);
  std::map<Stratum, Cell> cells;
  for (int t = window; t + window <= last; ++t) {
    if (!is_alone(mediation, t, window, window) || !has_days(hostile, t - window, t - 1) ||
        !has_days(hostile, t + 1, t + window)) {
      continue;
    }
    Cell& cell = cells[{octave_on(days, t), phases.empty() ? -1 : phases[at(t)]}];
    if (mediation[at(t)] > 0) {
      cell.episodes.push_back(t);
    } else if (t < 2 * window || !is_alone(mediation, t, 2 * window, window)) {
      continue;
    } else if (cell.matched.empty() || t - cell.matched.back() > 2 * window) {
      cell.matched.push_back(t);
    }
  }
  bool any = false;
  for (const auto& [name, cell] : cells) any = any || (!cell.episodes.empty() && !cell.matched.empty());
  PostMediationChange all{0, 0, 0, 0, 0};
  for (const auto& [name, cell] : cells) {
    const int n = static_cast<int>(cell.episodes.size());
    all.episodes += n;
    if (n == 0 || (any && cell.matched.empty())) continue;
    const Change mediated = change_of(hostile, cell.episodes, window, phi);
    const Change usual = any ? change_of(hostile, cell.matched, window, phi) : Change{0, 0};
    all.log_rate_ratio += n * (mediated.value - usual.value);
    all.standard_error += n * n * (mediated.variance + usual.variance);
    all.compared_episodes += n;
    all.matched_days += static_cast<int>(cell.matched.size());
  }
  all.log_rate_ratio = all.compared_episodes == 0 ? nan : all.log_rate_ratio / all.compared_episodes;
  all.standard_error = all.compared_episodes == 0 ? nan : std::sqrt(all.standard_error) / all.compared_episodes;
  return all;
}

}  // namespace tocsin::reference
