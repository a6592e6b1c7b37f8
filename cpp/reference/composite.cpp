#include "composite.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tocsin::reference {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::size_t at(int day) { return static_cast<std::size_t>(day); }

double clamp01(double value) { return std::min(1.0, std::max(0.0, value)); }

bool is_collected(const PairDays& pair, int day) { return pair.hostile_exposure[at(day)] > 0; }

}  // namespace

double collections_at(const PairDays& pair, int t) {
  int stands_for = 1;
  while (t - stands_for >= 0 && !(pair.exposure[at(t - stands_for)] > 0)) ++stands_for;
  return stands_for > t ? 1 : std::max(1.0, pair.exposure[at(t)] / stands_for);  // of the first nobody knows
}

int gap_at(const PairDays& pair, int t) {
  int gap = 0;
  while (gap <= t && !is_collected(pair, t - gap)) ++gap;
  return gap;
}

namespace {

// The days up to t on which something was collected, each with its age on the score's clock.
struct SeenDay {
  int day;
  int age;
};

std::vector<SeenDay> seen_days(const PairDays& pair, int t, int longest_pause) {
  std::vector<SeenDay> seen;
  int age = 0;
  for (int s = t; s >= 0; --s) {
    if (is_collected(pair, s)) seen.push_back({s, age});
    const bool clock_runs = is_collected(pair, s) || gap_at(pair, s) > longest_pause;
    if (clock_runs) ++age;
  }
  return seen;
}

// Discounted sum of `y` over the days seen on which `y` and `other` are known.
double sum_seen(const std::vector<SeenDay>& seen, const Series& y, const Series& other, double half_life) {
  double sum = 0;
  for (const SeenDay& day : seen) {
    if (std::isnan(y[at(day.day)]) || std::isnan(other[at(day.day)])) continue;
    sum += weight_of_age(day.age, half_life) * y[at(day.day)];
  }
  return sum;
}

double window_sum(const std::vector<SeenDay>& seen, const Series& y, int from_age, int to_age) {
  double sum = 0;
  for (const SeenDay& day : seen) {
    if (day.age >= from_age && day.age < to_age) sum += y[at(day.day)];
  }
  return sum;
}

// The days up to t on a clock that also stands still, for a while, on days of which `is_whole` says no.
template <class IsWhole>
std::vector<SeenDay> seen_on_held_clock(const PairDays& pair, int t, int longest_pause, const IsWhole& is_whole) {
  std::vector<SeenDay> seen;
  int ticks = 0;
  int paused = 0;
  for (int s = 0; s <= t; ++s) {
    const bool is_taken = is_collected(pair, s) || gap_at(pair, s) > longest_pause;
    if (!is_taken) continue;
    paused = is_whole(s) ? 0 : paused + 1;
    if (paused == 0 || paused > longest_pause) ++ticks;
    if (is_collected(pair, s)) seen.push_back({s, ticks});
  }
  for (SeenDay& day : seen) day.age = ticks - day.age;
  return seen;
}

int supported_rung(const PairDays& pair, int t, int window) {
  const auto knows_all_hostile = [&](int s) {
    return !is_collected(pair, s) || pair.hostile_exposure[at(s)] == pair.exposure[at(s)];
  };
  const std::vector<SeenDay> seen = seen_on_held_clock(pair, t, window, knows_all_hostile);
  for (std::size_t rung = 7; rung >= 1; --rung) {
    double at_or_above = 0;
    for (std::size_t i = rung - 1; i < 7; ++i) {
      for (const SeenDay& day : seen) {
        if (day.age < window) at_or_above += pair.rungs[at(day.day)][i];
      }
    }
    if (at_or_above >= 1.5) return static_cast<int>(rung);  // two events; fractions are rounded
  }
  return 0;
}

// A day that was collected more than once, as if it had been collected once.
PairDays brought_down_to_one(const PairDays& as_collected) {
  PairDays pair = as_collected;
  for (int t = 0; t < pair.size(); ++t) {
    const double collections = collections_at(as_collected, t);
    for (Series* series : {&pair.exposure, &pair.hostile_exposure, &pair.hostile, &pair.rhetoric, &pair.material,
                           &pair.forward, &pair.backward, &pair.mediation, &pair.cooperation}) {
      (*series)[at(t)] /= collections;
    }
    for (Series& kind : pair.kinds) kind[at(t)] /= collections;
    for (double& rung : pair.rungs[at(t)]) rung /= collections;
  }
  return pair;
}

// Acts that the share of the last months lends to the hostile ones of the last weeks: a beta-binomial estimate of how
// many of the recent acts are hostile, less those that were.
double lent_acts(const PairDays& pair, const std::vector<SeenDay>& seen, const Config& config) {
  Series hostile(pair.hostile.size(), nan);
  Series other(pair.hostile.size(), nan);
  for (const SeenDay& day : seen) {
    const std::size_t t = at(day.day);
    if (std::isnan(pair.cooperation[t]) || pair.hostile_exposure[t] != pair.exposure[t]) continue;
    hostile[t] = pair.hostile[t];
    other[t] = pair.cooperation[t];
  }
  const auto sum = [&](const Series& y, double half_life) { return sum_seen(seen, y, y, half_life); };
  const double n = sum(hostile, config.half_life_medium_days);
  const double all = n + sum(other, config.half_life_medium_days);
  const double n_slow = sum(hostile, config.half_life_slow_days);
  const double all_slow = n_slow + sum(other, config.half_life_slow_days);
  if (!(all > 0)) return 0;
  const double weight = config.goalposts.evidence_acts;
  const double share = (n + weight * n_slow / all_slow) / (all + weight);
  return all * share - n;
}

// Mediation keeps its weight while nobody looks for it.
double held_mediation(const PairDays& pair, int t, const Config& config) {
  const auto is_known = [&](int s) { return !std::isnan(pair.mediation[at(s)]); };
  return sum_seen(seen_on_held_clock(pair, t, config.baseline_days, is_known), pair.mediation, pair.mediation,
                  config.half_life_medium_days);
}

// Share of the recent cells that were collected, on a clock that counts the days of which anything was.
struct Known {
  double hostile = 1;
  double mediation = 1;
};

Known known_shares(const PairDays& pair, int t, double half_life) {
  double days = 0;
  double hostile = 0;
  double mediation = 0;
  int age = 0;
  for (int s = t; s >= 0; --s) {
    const double whole = pair.exposure[at(s)];
    if (!(whole > 0)) continue;
    const double weight = weight_of_age(age++, half_life);
    days += weight * whole;
    hostile += weight * pair.hostile_exposure[at(s)];
    mediation += std::isnan(pair.mediation[at(s)]) ? 0 : weight * whole;
  }
  return days > 0 ? Known{hostile / days, mediation / days} : Known{};
}

// Signals collected over signals used; 0: the component cannot be computed at all.
std::array<double, 9> collected_shares(const PairDays& pair, const Known& known) {
  const auto has = [&](Signal signal) { return pair.has_signal[index_of(signal)] ? 1.0 : 0.0; };
  const double n = has(Signal::rhetoric) + has(Signal::military) + has(Signal::punitive);
  const bool has_words_and_deeds = has(Signal::rhetoric) > 0 && n > 1;
  const double k = known.hostile;
  return {k * n / 3,
          pair.has_rungs ? k : k * n / 3,
          has_words_and_deeds ? k * n / 3 : 0,
          k * n / 3,
          k * n / 3,
          k * n / 3,
          pair.is_directed ? k * n / 3 : 0,
          k * (pair.is_directed ? 2 * n : n) / 6,
          has(Signal::mediation) > 0 ? (k * n + known.mediation) / 4 : 0};
}

NineSubscores subscores(const PairDays& pair, const Days& as_collected, int t, const Config& config,
                        const Dynamics& held) {
  const std::vector<SeenDay> seen = seen_days(pair, t, config.baseline_days);
  NineSubscores u;
  u.fill(nan);
  if (seen.empty() || gap_at(pair, t) > config.baseline_days) return u;
  const double half_life = config.half_life_medium_days;
  const Goalposts& goal = config.goalposts;
  const Series& hostile = pair.hostile;

  const double n = sum_seen(seen, hostile, hostile, half_life);
  const double b14 = sum_seen(seen, pair.hostile_exposure, pair.hostile_exposure, half_life);
  const double m = held_mediation(pair, t, config);
  const double g = n / (n + goal.evidence_acts);
  const double lambda = (n + lent_acts(pair, seen, config)) / (b14 + 2);
  u[0] = clamp01((std::log2(lambda) - goal.level_low_log2) / (goal.level_high_log2 - goal.level_low_log2));

  u[1] = clamp01(supported_rung(pair, t, config.baseline_days) / goal.rung);

  const double words = sum_seen(seen, pair.rhetoric, pair.material, half_life);
  const double deeds = sum_seen(seen, pair.material, pair.rhetoric, half_life);
  u[2] = words + deeds > 0 ? clamp01(g * deeds / (words + deeds) / goal.material_share) : n > 0 ? nan : 0;

  const int recent = config.recent_days;
  const int all = config.recent_days + config.baseline_days;
  const double n28 = window_sum(seen, pair.hostile_exposure, recent, all);
  const double days7 = window_sum(seen, pair.hostile_exposure, 0, recent);
  if (n28 >= 7) {
    // The score stands still over a gap, and with it what is usual: as it was on the last collected day.
    const double slow =
        slow_rate(as_collected, t - gap_at(pair, t), config.half_life_slow_days, config.guard_days).mean();
    const double r7 = days7 > 0 ? window_sum(seen, hostile, 0, recent) / days7 : 0;
    const double r28 = (window_sum(seen, hostile, recent, all) + 7 * slow) / (n28 + 7);
    u[3] = clamp01(std::log2((r7 + 0.25) / (r28 + 0.25)) / goal.momentum_doublings);
  }

  u[4] = clamp01(g * held.change_above_slow);
  u[5] = clamp01(
      g * clamp01((held.reproduction - goal.reproduction_low) / (goal.reproduction_high - goal.reproduction_low)));

  const double ab = sum_seen(seen, pair.forward, pair.backward, half_life);
  const double ba = sum_seen(seen, pair.backward, pair.forward, half_life);
  u[6] = ab + ba > 0 ? g * 2 * std::min(ab, ba) / (ab + ba) : n > 0 ? nan : 0;

  std::vector<double> kinds;
  for (const Series& kind : pair.kinds) kinds.push_back(sum_seen(seen, kind, kind, half_life));
  const double hill = hill_numbers(kinds).shannon;
  u[7] = std::isnan(hill) ? 0 : clamp01(g * std::log2(hill) / std::log2(6));

  u[8] = n / (n + goal.acts_per_mediation * m + goal.evidence_acts);
  if (n == 0) {
    for (double& value : u) value = std::isnan(value) ? nan : 0;
  }
  return u;
}

}  // namespace

CompositeDay composite(const PairDays& as_collected, int t, const Config& config, const Dynamics& held) {
  const PairDays pair = brought_down_to_one(as_collected);
  const Known known = known_shares(pair, t, config.half_life_medium_days);
  const std::array<double, 9> shares = collected_shares(pair, known);
  const std::array<std::size_t, 9> group{0, 0, 0, 1, 1, 2, 2, 3, 4};
  const std::array<double, 5> group_size{3, 2, 2, 1, 1};
  const std::array<double, 5> weight{config.weights.intensity, config.weights.momentum, config.weights.self_sustaining,
                                     config.weights.spread, config.weights.restraint_deficit};
  CompositeDay day{subscores(pair, as_collected.hostile_days(), t, config, held), {nan, nan, nan, nan, nan}, 0, 0, 0};
  double computed = 0;
  for (std::size_t i = 0; i < 9; ++i) {
    if (shares[i] == 0) day.subscores[i] = nan;
    if (std::isnan(day.subscores[i])) continue;
    const double w = weight[group[i]] / group_size[group[i]];
    const double before = std::isnan(day.contributions[group[i]]) ? 0 : day.contributions[group[i]];
    day.contributions[group[i]] = before + 100 * w * day.subscores[i];
    day.coverage += w * shares[i];
    computed += w;
  }
  if (computed < 0.6 - 1e-9 || day.coverage < 0.4) {
    day.contributions.fill(nan);
    day.score = day.score_max = nan;
    return day;
  }
  for (const double points : day.contributions) day.score += std::isnan(points) ? 0 : points;
  day.score_max = day.score + 100 * (1 - computed);
  return day;
}

}  // namespace tocsin::reference
