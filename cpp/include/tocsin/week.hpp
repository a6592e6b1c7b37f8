#pragma once

#include <optional>
#include <string_view>

#include "tocsin/panel.hpp"

namespace tocsin {

/// The last day, a Sunday, of the ISO 8601 week that is written `YYYY-Www` (nothing before or after). Empty when the
/// text is not such a week or the year has no week of that number.
[[nodiscard]] std::optional<Day> parse_week(std::string_view text) noexcept;

/// The Sunday that ends the ISO week of a day.
[[nodiscard]] constexpr Day sunday_of(Day day) noexcept {
  const std::int32_t since_monday = ((day.since_epoch + 3) % 7 + 7) % 7;  // 1970-01-01 was a Thursday
  return day + (6 - since_monday);
}

/// A table whose rows are weeks, as one of days that says the same: the counts of a week stand on its Sunday, with an
/// exposure of 7 days unless the table gives another; the other days are not collected. A week without a row is a quiet
/// one. The date of a row may be any day of its week.
///
/// @param calendar  as it will be given to `CountPanel::from_table`; absent: from the first to the last Sunday
[[nodiscard]] CountTable daily_table(CountTable weeks, const std::optional<Calendar>& calendar = {});

}  // namespace tocsin
