#pragma once

#include <cstdint>
#include <vector>

#include "pair_bootstrap.hpp"

namespace tocsin {

/// The days that are judged, and what may be warned of, pair by pair.
struct WatchedDays {
  const PairedCases& cases;
  const std::vector<std::int32_t>& days;                 // of each case, from 0; ascending within a pair
  const std::vector<std::vector<std::int32_t>>& onsets;  // by pair, ascending
  std::int32_t horizon_days = 30;

  [[nodiscard]] double pair_years() const { return static_cast<double>(days.size()) / 365.25; }
};

/// What watching for a value of at least `threshold` brings. An alarm is raised on a judged day on which none stands,
/// and stands for `horizon_days`; it is false where no onset begins in that time.
struct AlarmRecord {
  double threshold;
  double false_per_year;    // false alarms per pair-year
  double recall;            // share of the onsets that began under an alarm
  double median_lead_days;  // from the first alarm of the horizon before an onset to the onset; NaN without one
  double time_share;        // of the judged days, those on which an alarm stands
};
[[nodiscard]] AlarmRecord watch(const WatchedDays& watched, const metrics::Values& values, double threshold);

/// The lowest threshold that keeps to a budget of false alarms (Fawcett & Provost 1999, AMOC). Where even the highest
/// value breaks it, no alarm is ever raised: recall 0.
/// @param order  of the values, ascending
[[nodiscard]] AlarmRecord watch_within(const WatchedDays& watched, const metrics::Values& values,
                                       const std::vector<std::uint32_t>& order, double false_per_year);

/// Records at thresholds from the highest value down, by rising share of the days.
[[nodiscard]] std::vector<AlarmRecord> alarm_curve(const WatchedDays& watched, const metrics::Values& values,
                                                   const std::vector<std::uint32_t>& order);

}  // namespace tocsin
