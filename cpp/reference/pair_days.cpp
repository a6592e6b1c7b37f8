#include "pair_days.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tocsin::reference {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t mediation_column = index_of(Signal::mediation);
constexpr std::size_t cooperation_signal = index_of(Signal::cooperation);
constexpr std::size_t first_rung = signal_count + index_of(Extra::rung_1);
constexpr std::size_t conflict_column = signal_count + index_of(Extra::goldstein_conflict);
constexpr std::size_t cooperation_column = signal_count + index_of(Extra::goldstein_cooperation);

bool holds_a_value(const std::vector<double>& column) {
  return std::any_of(column.begin(), column.end(), [](double value) { return !std::isnan(value); });
}

// The rows of one pair and day by direction; without a row a direction is a collected zero.
struct Cells {
  std::array<std::array<double, column_count>, 2> values{};
  std::array<bool, 2> has_row{};
};

Cells cells_of(const CountTable& table, const Pair& pair, Day day) {
  Cells cells;
  for (std::size_t row = 0; row < table.size(); ++row) {
    const std::string& source = table.actors[table.sources[row]];
    const std::string& target = table.actors[table.targets[row]];
    if (table.dates[row] != day || Pair::of(source, target) != pair) continue;
    const std::size_t direction = !table.is_directed || source == pair.first ? 0 : 1;
    cells.has_row[direction] = true;
    for (std::size_t i = 0; i < column_count; ++i) {
      if (holds_a_value(table.values[i])) cells.values[direction][i] = table.values[i][row];
    }
  }
  return cells;
}

double exposure_of(const CountTable& table, Day day) {
  for (std::size_t row = 0; row < table.values[exposure_column].size(); ++row) {
    if (table.dates[row] == day && !std::isnan(table.values[exposure_column][row]))
      return table.values[exposure_column][row];
  }
  return 1;
}

// The sum over the rows that give it; NaN where there are rows and none of them does.
double mediation_of(const Cells& cells) {
  double sum = 0;
  bool is_given = !cells.has_row[0] && !cells.has_row[1];
  for (std::size_t d = 0; d < 2; ++d) {
    const double value = cells.values[d][mediation_column];
    if (!cells.has_row[d] || std::isnan(value)) continue;
    sum += value;
    is_given = true;
  }
  return is_given ? sum : nan;
}

// Words on rung 1, punishment on 3, force on 5, where the rungs themselves are not known.
std::array<double, 7> rungs_of(const PairDays& pair, const Cells& cells, std::size_t directions) {
  std::array<double, 7> exact{};
  std::array<double, 7> coarse{};
  bool is_exact = pair.has_rungs;
  for (std::size_t d = 0; d < directions; ++d) {
    for (std::size_t i = 0; i < 7; ++i) {
      exact[i] += cells.values[d][first_rung + i];
      if (std::isnan(cells.values[d][first_rung + i])) is_exact = false;
    }
    const auto count = [&](Signal signal) { return cells.values[d][index_of(signal)]; };
    if (!std::isnan(count(Signal::rhetoric))) coarse[0] += count(Signal::rhetoric);
    if (!std::isnan(count(Signal::punitive))) coarse[2] += count(Signal::punitive);
    if (!std::isnan(count(Signal::military))) coarse[4] += count(Signal::military);
  }
  return is_exact ? exact : coarse;
}

double nan_or(bool is_known, double value) { return is_known ? value : nan; }

}  // namespace

Days PairDays::known_days(const Series& counts, const Series& days_exposure) const {
  Days days{counts, days_exposure};
  for (std::size_t t = 0; t < counts.size(); ++t) {
    if (std::isnan(counts[t])) days.exposure[t] = 0;
  }
  return days;
}

PairDays pair_days(const CountTable& table, const Pair& pair) {
  PairDays all;
  all.is_directed = table.is_directed;
  for (std::size_t i = 0; i < signal_count; ++i) all.has_signal[i] = holds_a_value(table.values[i]);
  all.has_rungs = true;
  for (std::size_t i = 0; i < 7; ++i) all.has_rungs = all.has_rungs && holds_a_value(table.values[first_rung + i]);
  const std::size_t directions = table.is_directed ? 2 : 1;
  const auto [first, last] = std::minmax_element(table.dates.begin(), table.dates.end());

  for (Day day = *first; day <= *last; day = day + 1) {
    const double exposure = exposure_of(table, day);
    const bool is_collected = exposure > 0;
    const Cells cells = cells_of(table, pair, day);
    std::array<double, 2> side{};
    double rhetoric = 0;
    double material = 0;
    bool has_both = false;  // words and deeds, in some direction
    bool is_comparable = table.is_directed;
    int n_known = 0;
    int n_used = 0;
    for (std::size_t d = 0; d < directions; ++d) {
      double deeds = 0;
      bool has_deeds = false;
      for (std::size_t i = 0; i < 3; ++i) {
        const std::size_t signal = index_of(hostile_signals[i]);
        const double value = all.has_signal[signal] ? cells.values[d][signal] : nan;
        all.kinds[3 * d + i].push_back(nan_or(is_collected, value));
        if (!all.has_signal[signal]) continue;
        ++n_used;
        if (std::isnan(value) != std::isnan(cells.values[1 - d][signal])) is_comparable = false;
        if (std::isnan(value)) continue;
        ++n_known;
        side[d] += value;
        if (hostile_signals[i] != Signal::rhetoric) {
          deeds += value;
          has_deeds = true;
        }
      }
      const double words =
          all.has_signal[index_of(Signal::rhetoric)] ? cells.values[d][index_of(Signal::rhetoric)] : nan;
      if (has_deeds && !std::isnan(words)) {
        rhetoric += words;
        material += deeds;
        has_both = true;
      }
    }
    if (directions == 1) {
      for (std::size_t i = 3; i < 6; ++i) all.kinds[i].push_back(nan);
    }
    const bool has_hostile = is_collected && n_known > 0;
    all.exposure.push_back(exposure);
    all.hostile_exposure.push_back(has_hostile ? exposure * n_known / n_used : 0);
    all.hostile.push_back(nan_or(has_hostile, side[0] + side[1]));
    all.rhetoric.push_back(nan_or(is_collected && has_both, rhetoric));
    all.material.push_back(nan_or(is_collected && has_both, material));
    all.forward.push_back(nan_or(has_hostile && is_comparable, side[0]));
    all.backward.push_back(nan_or(has_hostile && is_comparable, side[1]));
    all.mediation.push_back(nan_or(is_collected && all.has_signal[mediation_column], mediation_of(cells)));
    const double cooperation =
        cells.values[0][cooperation_signal] + (directions == 2 ? cells.values[1][cooperation_signal] : 0);
    all.cooperation.push_back(nan_or(is_collected && all.has_signal[cooperation_signal], cooperation));
    all.rungs.push_back(rungs_of(all, cells, directions));
    if (!is_collected) all.rungs.back().fill(nan);
    all.goldstein_conflict.push_back(
        nan_or(is_collected, cells.values[0][conflict_column] + cells.values[1][conflict_column]));
    all.goldstein_cooperation.push_back(
        nan_or(is_collected, cells.values[0][cooperation_column] + cells.values[1][cooperation_column]));
  }
  return all;
}

}  // namespace tocsin::reference
