#pragma once

#include <array>
#include <vector>

#include "shares.hpp"
#include "tocsin/panel.hpp"

namespace tocsin::reference {

/// What a table says about one pair, every day of its calendar written out. NaN: not collected.
struct PairDays {
  std::array<bool, signal_count> has_signal{};  // of the whole table: a signal without a single value is not collected
  bool has_rungs = false;                       // all seven columns
  bool is_directed = true;

  // Series that the indicators read, one value a day.
  Series exposure;          // of the day
  Series hostile_exposure;  // a hostile cell that was not collected takes its share of the exposure with it
  Series hostile;           // sum of the collected hostile cells
  Series rhetoric;          // of directions in which words and deeds are known
  Series material;
  Series forward;  // where the same signals were collected of both sides
  Series backward;
  std::array<Series, 6> kinds;  // direction x signal
  Series mediation;
  Series cooperation;  // of both sides, where it was collected of both
  std::vector<std::array<double, 7>> rungs;
  Series goldstein_conflict;
  Series goldstein_cooperation;

  [[nodiscard]] int size() const { return static_cast<int>(exposure.size()); }
  /// Hostile acts and their exposure.
  [[nodiscard]] Days hostile_days() const { return {hostile, hostile_exposure}; }
  /// A side, or mediation, on the days on which it is known.
  [[nodiscard]] Days known_days(const Series& counts, const Series& days_exposure) const;
};

/// Reads the table itself, cell by cell; the calendar is that of the table.
[[nodiscard]] PairDays pair_days(const CountTable& table, const Pair& pair);

}  // namespace tocsin::reference
