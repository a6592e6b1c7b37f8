#include "pair_day.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tocsin {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

constexpr std::size_t rhetoric = index_of(Signal::rhetoric);
constexpr std::size_t military = index_of(Signal::military);
constexpr std::size_t punitive = index_of(Signal::punitive);

// A signals-only panel knows the kind of act, not its rung: words stand on 1, punishment on 3, force on 5.
constexpr std::size_t coarse_rung_of_rhetoric = 0;
constexpr std::size_t coarse_rung_of_punitive = 2;
constexpr std::size_t coarse_rung_of_military = 4;

using Cells = std::array<double, signal_count>;

// The collected hostile cells of one direction.
struct Direction {
  double sum = 0;
  int known = 0;
  int missing = 0;

  static Direction of(const Cells& cells, const Collected& collected) {
    Direction direction;
    for (const Signal signal : hostile_signals) {
      if (!collected.has(signal)) continue;
      const double value = cells[index_of(signal)];
      if (std::isnan(value)) {
        ++direction.missing;
      } else {
        ++direction.known;
        direction.sum += value;
      }
    }
    return direction;
  }
};

double known_or_zero(double value) { return std::isnan(value) ? 0 : value; }

bool same_cells_missing(const Cells& a, const Cells& b) {
  return std::all_of(hostile_signals.begin(), hostile_signals.end(),
                     [&](Signal signal) { return std::isnan(a[index_of(signal)]) == std::isnan(b[index_of(signal)]); });
}

// Words and deeds of the directions in which both are known.
void read_words_and_deeds(Composite::Day& day, const Cells& cells, const Collected& collected) {
  const bool has_military = collected.has(Signal::military) && !std::isnan(cells[military]);
  const bool has_punitive = collected.has(Signal::punitive) && !std::isnan(cells[punitive]);
  if (!collected.has(Signal::rhetoric) || std::isnan(cells[rhetoric]) || !(has_military || has_punitive)) return;
  day.rhetoric = known_or_zero(day.rhetoric) + cells[rhetoric];
  day.material =
      known_or_zero(day.material) + (has_military ? cells[military] : 0) + (has_punitive ? cells[punitive] : 0);
}

void read_rungs(Composite::Day& day, const PairDay& row, const Collected& collected, std::size_t directions) {
  RungCounts exact{};
  RungCounts coarse{};
  for (std::size_t direction = 0; direction < directions; ++direction) {
    const Cells& cells = row.counts->counts[direction];
    coarse[coarse_rung_of_rhetoric] += known_or_zero(cells[rhetoric]);
    coarse[coarse_rung_of_punitive] += known_or_zero(cells[punitive]);
    coarse[coarse_rung_of_military] += known_or_zero(cells[military]);
    for (std::size_t i = 0; i < rung_count; ++i) {
      exact[i] += row.extras != nullptr ? (*row.extras)[direction][i] : 0;
    }
  }
  const bool is_exact =
      has_rungs(collected) && std::none_of(exact.begin(), exact.end(), [](double n) { return std::isnan(n); });
  day.rungs = is_exact ? exact : coarse;
}

void read_goldstein(Observation& seen, const PairDay& row, std::size_t directions) {
  if (row.extras == nullptr) return;
  for (std::size_t direction = 0; direction < directions; ++direction) {
    seen.conflict += (*row.extras)[direction][index_of(Extra::goldstein_conflict)];
    seen.cooperation += (*row.extras)[direction][index_of(Extra::goldstein_cooperation)];
  }
}

Observation nothing_collected() {
  Observation seen;
  seen.day.hostile = seen.day.rhetoric = seen.day.material = nan;
  seen.day.forward = seen.day.backward = seen.day.mediation = seen.day.cooperation = nan;
  seen.day.kinds.fill(nan);
  seen.day.rungs.fill(nan);
  seen.conflict = seen.cooperation = nan;
  seen.signals.fill(nan);
  seen.acts.hostile = nan;
  seen.acts.nodes.fill(nan);
  return seen;
}

void read_hostile(Composite::Day& day, const PairDay& row, const Collected& collected, std::size_t directions) {
  Direction all;
  std::array<Direction, 2> sides;
  day.rhetoric = day.material = nan;
  day.kinds.fill(nan);
  for (std::size_t d = 0; d < directions; ++d) {
    const Cells& cells = row.counts->counts[d];
    sides[d] = Direction::of(cells, collected);
    all.sum += sides[d].sum;
    all.known += sides[d].known;
    all.missing += sides[d].missing;
    read_words_and_deeds(day, cells, collected);
    for (std::size_t i = 0; i < hostile_signals.size(); ++i) {
      if (collected.has(hostile_signals[i])) day.kinds[3 * d + i] = cells[tocsin::index_of(hostile_signals[i])];
    }
  }
  day.hostile = all.known > 0 ? all.sum : nan;
  day.exposure = row.exposure * all.known / std::max(1, all.known + all.missing);
  day.knows_all_hostile = all.missing == 0;
  // The two sides are compared only where the same was collected of both.
  const bool is_comparable =
      directions == 2 && sides[0].known > 0 && same_cells_missing(row.counts->counts[0], row.counts->counts[1]);
  day.forward = is_comparable ? sides[0].sum : nan;
  day.backward = is_comparable ? sides[1].sum : nan;
}

void read_signals(Observation& seen, const PairDay& row, const Collected& collected, std::size_t directions) {
  for (std::size_t i = 0; i < signal_count; ++i) {
    if (!collected.signals[i]) {
      seen.signals[i] = nan;
      continue;
    }
    for (std::size_t direction = 0; direction < directions; ++direction) {
      seen.signals[i] += row.counts->counts[direction][i];
    }
  }
}

// Words and deeds of each side; of deeds, what is collected at all.
void read_nodes(ActHistory::Day& acts, const std::array<Cells, 2>& cells, const Collected& collected,
                std::size_t directions) {
  for (std::size_t d = 0; d < directions; ++d) {
    double& words = acts.nodes[2 * d];
    double& deeds = acts.nodes[2 * d + 1];
    if (collected.has(Signal::rhetoric)) words += cells[d][rhetoric];
    if (collected.has(Signal::military)) deeds += cells[d][military];
    if (collected.has(Signal::punitive)) deeds += cells[d][punitive];
  }
}

Observation quiet_day(double exposure, const Collected& collected) {
  Observation seen;
  seen.day.exposure = seen.day.whole_exposure = exposure;
  if (!collected.has(Signal::mediation)) seen.day.mediation = nan;
  if (!collected.has(Signal::cooperation)) seen.day.cooperation = nan;
  for (std::size_t i = 0; i < signal_count; ++i) {
    if (!collected.signals[i]) seen.signals[i] = nan;
  }
  return seen;
}

}  // namespace

bool has_rungs(const Collected& collected) {
  for (std::size_t i = 0; i < rung_count; ++i) {
    if (!collected.extras[i]) return false;
  }
  return true;
}

Shares shares_of(const Collected& collected, double hostile_known, double mediation_known) {
  const auto has = [&](Signal signal) { return collected.has(signal); };
  const auto n_hostile = static_cast<double>(std::count_if(hostile_signals.begin(), hostile_signals.end(), has));
  const double hostile = n_hostile / 3 * hostile_known;
  const bool has_deeds = has(Signal::military) || has(Signal::punitive);
  Shares shares{};
  const auto set = [&](Component component, double share) { shares[static_cast<std::size_t>(component)] = share; };
  set(Component::level, hostile);
  set(Component::rung, has_rungs(collected) ? hostile_known : hostile);
  set(Component::material_share, has(Signal::rhetoric) && has_deeds ? hostile : 0);
  set(Component::momentum, hostile);
  set(Component::change, hostile);
  set(Component::reproduction, hostile);
  set(Component::reciprocity, collected.is_directed ? hostile : 0);
  set(Component::spread, collected.is_directed ? hostile : hostile / 2);
  set(Component::restraint, has(Signal::mediation) ? (n_hostile * hostile_known + mediation_known) / 4 : 0);
  return shares;
}

Observation Observation::of(const PairDay& row, const Collected& collected) {
  if (!(row.exposure > 0)) return nothing_collected();
  if (row.counts == nullptr) return quiet_day(row.exposure, collected);
  const std::size_t directions = collected.is_directed ? 2 : 1;
  Observation seen;
  seen.day.whole_exposure = row.exposure;
  read_hostile(seen.day, row, collected, directions);
  read_rungs(seen.day, row, collected, directions);
  read_goldstein(seen, row, directions);
  read_signals(seen, row, collected, directions);
  read_nodes(seen.acts, row.counts->counts, collected, directions);
  seen.acts.hostile = seen.day.hostile;
  seen.day.mediation = collected.has(Signal::mediation) ? row.counts->mediation() : nan;
  seen.day.cooperation = seen.signals[index_of(Signal::cooperation)];
  return seen;
}

}  // namespace tocsin
