#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "tocsin/onset.hpp"

namespace tocsin {

/// What is to be told from the numbers of a day: whether force will begin soon, or whether a crisis is on.
enum class Target { onset, crisis };
[[nodiscard]] std::string_view name_of(Target target);
/// @throws InputError for another name than "onset" and "crisis"
[[nodiscard]] Target target_named(std::string_view name);

struct LabelOptions {
  Target target = Target::onset;
  int horizon_days = 30;            // an onset counts that begins on day t+1 .. t+horizon
  int quiet_days = 60;              // and only on days t on which none began on t-quiet .. t
  bool is_quiet_after_end = false;  // none was on in these days, instead of: none began
  int warm_up_days = 365;           // first days of the calendar that are left out
  int min_level = 4;                // of an event; those without a level count as well
  int margin_days = 60;    // of a crisis: calm days so near to a militarised event are left out, where some are given
  int recent_days = 1826;  // an onset is hard where the last event is longer ago
  std::optional<Calendar> covered = {};  // days that the label source speaks of; absent: those of the calendar
};

/// @throws InputError for a horizon below 1, or negative numbers of days
void require_valid(const LabelOptions& options);

/// What a label source says of one pair, one value a day of a calendar.
struct PairLabels {
  static constexpr std::int8_t unknown = -1;

  std::vector<std::int8_t> labels;       // 1, 0, or unknown: not to be judged
  std::vector<std::int32_t> days_since;  // since the last day of an event, however long before the calendar; or `never`
  std::vector<std::int32_t> onsets;      // days (from 0) on which begins what a label of 1 warns of, ascending

  static constexpr std::int32_t never = 1 << 20;
};

/// Labels of C20. Day t sees the future only in `labels`, and only up to t + horizon; `days_since` is known on t.
///
/// onset: 1 where an event begins on t+1 .. t+horizon. Unknown: within the warm-up; where another began (or was on)
/// in the last `quiet_days`; where the label source does not cover t-quiet .. t+horizon; where an event of which only
/// the month is known may or may not have begun within the horizon.
/// crisis: 1 from the first to the last day of a crisis between adversaries. Unknown: days on which the two are
/// co-actors only; calm days within `margin_days` of a militarised event; within the warm-up; days not covered.
///
/// @param onsets       of this pair, in any order
/// @param militarised  of this pair; for `crisis` only
[[nodiscard]] PairLabels label_days(const std::vector<Onset>& onsets, const std::vector<Onset>& militarised,
                                    const Calendar& calendar, const LabelOptions& options);

}  // namespace tocsin
