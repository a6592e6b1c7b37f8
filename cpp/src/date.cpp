#include "tocsin/date.hpp"

#include <array>
#include <charconv>
#include <chrono>

#include "text.hpp"

namespace tocsin {

namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

year_month_day civil(Day day) { return year_month_day{sys_days{days{day.since_epoch}}}; }

// Digits only: from_chars alone would take "-1" as a month.
std::optional<unsigned> digits(std::string_view text) noexcept {
  unsigned value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

std::string padded(unsigned value, std::size_t width) {
  std::string text = std::to_string(value);
  return std::string(width > text.size() ? width - text.size() : 0, '0') + text;
}

}  // namespace

std::optional<Day> parse_day(std::string_view text) noexcept {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto month = digits(text.substr(5, 2));
  const auto day = digits(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const year_month_day date{std::chrono::year{static_cast<int>(*year)}, std::chrono::month{*month},
                            std::chrono::day{*day}};
  if (!date.ok()) return std::nullopt;
  return Day{static_cast<std::int32_t>(sys_days{date}.time_since_epoch().count())};
}

std::string to_string(Day day) {
  const year_month_day date = civil(day);
  return concat(padded(static_cast<unsigned>(static_cast<int>(date.year())), 4), "-",
                padded(static_cast<unsigned>(date.month()), 2), "-", padded(static_cast<unsigned>(date.day()), 2));
}

std::string to_words(Day day) {
  constexpr std::array<std::string_view, 12> months{"January",   "February", "March",    "April",
                                                    "May",       "June",     "July",     "August",
                                                    "September", "October",  "November", "December"};
  const year_month_day date = civil(day);
  return concat(static_cast<unsigned>(date.day()), " ", months[static_cast<unsigned>(date.month()) - 1], " ",
                static_cast<int>(date.year()));
}

}  // namespace tocsin
