#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin {

/// A UTC calendar day of the proleptic Gregorian calendar, counted from 1970-01-01 = 0.
struct Day {
  std::int32_t since_epoch = 0;

  friend constexpr auto operator<=>(Day, Day) = default;
  friend constexpr Day operator+(Day day, std::int32_t days) { return Day{day.since_epoch + days}; }
  friend constexpr std::int32_t operator-(Day a, Day b) { return a.since_epoch - b.since_epoch; }
};

/// Days outside 1800-01-01 .. 2199-12-31 are taken for a mistake: an epoch in seconds, a two-digit year.
inline constexpr Day earliest_day{-62091};
inline constexpr Day latest_day{84005};

/// Reads `YYYY-MM-DD` (nothing before or after). Empty when the text is not such a day or the day does not exist.
[[nodiscard]] std::optional<Day> parse_day(std::string_view text) noexcept;

/// `YYYY-MM-DD`
[[nodiscard]] std::string to_string(Day day);

/// "1 May 2025", for sentences.
[[nodiscard]] std::string to_words(Day day);

/// Both ends included.
struct Calendar {
  Day first;
  Day last;

  [[nodiscard]] constexpr std::int32_t size() const { return last - first + 1; }
  [[nodiscard]] constexpr bool contains(Day day) const { return first <= day && day <= last; }
  friend constexpr bool operator==(const Calendar&, const Calendar&) = default;
};

}  // namespace tocsin
