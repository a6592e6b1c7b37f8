#pragma once

#include <optional>
#include <string_view>

#include "event_layout.hpp"
#include "tocsin/date.hpp"

namespace tocsin {

/// The day of a date as event files write it: `20250430`, `20250430221500`, `250430`, `2025-04-30`, with a time behind
/// it or not, `30 April 2025`, `2025/4/30`, seconds since 1970 (ten digits); and where the order is known, `4/30/2025`
/// or `30/04/2025`. Six digits are of 1950 to 2049. Empty where it is none of these, or no day of the calendar.
[[nodiscard]] std::optional<Day> event_day(std::string_view text, SlashOrder order) noexcept;

}  // namespace tocsin
