#pragma once

#include <array>
#include <limits>

#include "tocsin/act_history.hpp"
#include "tocsin/composite.hpp"
#include "tocsin/panel.hpp"

namespace tocsin {

[[nodiscard]] bool has_rungs(const Collected& collected);

/// Which share of the signals that each component uses is collected; 0: the component cannot be computed.
/// @param hostile_known, mediation_known  share of the recent cells of collected signals that hold a value
[[nodiscard]] Shares shares_of(const Collected& collected, double hostile_known = 1, double mediation_known = 1);

/// One pair on one day as it stands in a panel; `counts` is null on a collected day on which nothing happened.
struct PairDay {
  double exposure = 0;
  const DayCounts* counts = nullptr;
  const DayExtras* extras = nullptr;
  double total = std::numeric_limits<double>::quiet_NaN();  // events of the whole source on that day
};

/// The series that the recursions read, formed from the cells of a day. NaN: not collected.
///
/// A hostile cell that was not collected takes its share of the day's exposure with it, so that what was collected is
/// neither lost nor read as the whole.
struct Observation {
  Composite::Day day;
  double conflict = 0;  // Goldstein sums of both directions
  double cooperation = 0;
  std::array<double, signal_count> signals{};  // of both directions, where every cell was collected
  ActHistory::Day acts;

  [[nodiscard]] static Observation of(const PairDay& day, const Collected& collected);
};

}  // namespace tocsin
