#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "name_numbers.hpp"
#include "parallel.hpp"
#include "tocsin/panel.hpp"

namespace tocsin {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

class TableWriter {
 public:
  TableWriter(const CountPanel& panel, CountTable& table) : panel_(panel), table_(table), names_(table.actors) {}

  // Both directions of a day; a table without directions has one row.
  void write_day(const PairCounts& pair, std::int32_t day, const DayCounts* counts, const DayExtras* extras) {
    write_row(pair, day, 0, counts, extras);
    if (panel_.collected().is_directed) write_row(pair, day, 1, counts, extras);
  }

 private:
  // What belongs to the pair stands on direction 0; where it was not collected, neither row may read as a zero.
  template <class Rows>
  static double cell(const Rows& rows, std::size_t direction, std::size_t i, bool is_of_pair) {
    return is_of_pair && std::isnan(rows[0][i]) ? nan : rows[direction][i];
  }

  void write_row(const PairCounts& pair, std::int32_t day, std::size_t direction, const DayCounts* counts,
                 const DayExtras* extras) {
    const auto index = static_cast<std::size_t>(day);
    const double exposure = panel_.exposure()[index];
    const std::uint32_t first = names_.of(pair.pair.first);
    const std::uint32_t second = names_.of(pair.pair.second);
    table_.dates.push_back(panel_.calendar().first + day);
    table_.sources.push_back(direction == 0 ? first : second);
    table_.targets.push_back(direction == 0 ? second : first);
    const double otherwise = exposure > 0 ? 0 : nan;
    for (std::size_t i = 0; i < signal_count; ++i) {
      const bool is_of_pair = i == index_of(Signal::mediation);
      const double value = counts != nullptr ? cell(counts->counts, direction, i, is_of_pair) : otherwise;
      table_.values[i].push_back(panel_.collected().signals[i] ? value : nan);
    }
    for (std::size_t i = 0; i < extra_count; ++i) {
      if (!panel_.collected().extras[i]) continue;
      const bool is_of_pair = i == index_of(Extra::mediators) || i == index_of(Extra::third_party_hostile);
      table_.values[signal_count + i].push_back(extras != nullptr ? cell(*extras, direction, i, is_of_pair)
                                                                  : otherwise);
    }
    table_.values[exposure_column].push_back(exposure);
    if (!panel_.total().empty()) table_.values[total_column].push_back(panel_.total()[index]);
  }

  const CountPanel& panel_;
  CountTable& table_;
  NameNumbers names_;
};

// Whether every column that the panel collects has a cell with a value among the days that hold something.
bool shows_all_columns(const CountPanel& panel) {
  SignalSet signals = panel.collected().signals;
  ExtraSet extras = panel.collected().extras;
  const auto cross_off = [](auto& left, const auto& rows) {
    for (std::size_t i = 0; i < left.size(); ++i) left[i] = left[i] && std::isnan(rows[0][i]);
  };
  for (const PairCounts& pair : panel.pairs()) {
    for (const DayCounts& row : pair.days) cross_off(signals, row.counts);
    for (const DayExtras& row : pair.extras) cross_off(extras, row);
    if (signals.none() && extras.none()) return true;
  }
  return false;
}

// The first collected day on which nothing happened.
std::optional<std::int32_t> quiet_day(const CountPanel& panel, const PairCounts& pair) {
  std::size_t next = 0;
  for (std::int32_t day = 0; day < panel.calendar().size(); ++day) {
    if (next < pair.days.size() && pair.days[next].day == day) {
      ++next;
    } else if (panel.exposure()[static_cast<std::size_t>(day)] > 0) {
      return day;
    }
  }
  return std::nullopt;
}

// Days that a table has to name although nothing happened: its ends, and days whose exposure or total is not the usual
// one.
std::set<std::int32_t> anchor_days(const CountPanel& panel, bool is_first_pair) {
  std::set<std::int32_t> days{0, panel.calendar().size() - 1};
  if (!is_first_pair) return days;
  for (std::int32_t day = 0; day < panel.calendar().size(); ++day) {
    const auto index = static_cast<std::size_t>(day);
    const bool has_total = !panel.total().empty() && !std::isnan(panel.total()[index]);
    if (panel.exposure()[index] != 1 || has_total) days.insert(day);
  }
  return days;
}

}  // namespace

CountTable CountPanel::to_table() const {
  CountTable table;
  table.origin = "panel";
  table.is_directed = collected_.is_directed;
  TableWriter writer(*this, table);
  // Where all cells of a column that are written are empty, the zeros of one quiet day say that it is collected at all.
  bool needs_quiet_day = !shows_all_columns(*this);
  for (const PairCounts& pair : pairs()) {
    end_if_stopping();
    std::set<std::int32_t> days = anchor_days(*this, &pair == &pairs().front());
    for (const DayCounts& row : pair.days) days.insert(row.day);
    if (const auto day = needs_quiet_day ? quiet_day(*this, pair) : std::nullopt) {
      days.insert(*day);
      needs_quiet_day = false;
    }
    std::size_t next = 0;
    for (const std::int32_t day : days) {
      const bool has_counts = next < pair.days.size() && pair.days[next].day == day;
      writer.write_day(pair, day, has_counts ? &pair.days[next] : nullptr,
                       has_counts && !pair.extras.empty() ? &pair.extras[next] : nullptr);
      if (has_counts) ++next;
    }
  }
  return table;
}

}  // namespace tocsin
