#include "event_day.hpp"

#include <array>
#include <chrono>

namespace tocsin {

namespace {

// All digits, and few enough for the number; -1 otherwise.
std::int64_t number_of(std::string_view text) noexcept {
  if (text.empty() || text.size() > 15) return -1;
  std::int64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<Day> civil_day(std::int64_t year, std::int64_t month, std::int64_t day) noexcept {
  if (year < 0 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(year)},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  return Day{static_cast<std::int32_t>(std::chrono::sys_days{date}.time_since_epoch().count())};
}

std::optional<Day> of_digits(std::string_view text) noexcept {
  const std::int64_t value = number_of(text);
  if (value < 0) return std::nullopt;
  constexpr std::int64_t seconds_a_day = 86'400;
  switch (text.size()) {
    case 6: {
      const std::int64_t year = value / 10'000;
      return civil_day(year + (year < 50 ? 2000 : 1900), value / 100 % 100, value % 100);
    }
    case 8:
      return civil_day(value / 10'000, value / 100 % 100, value % 100);
    case 10:
      return Day{static_cast<std::int32_t>(value / seconds_a_day)};
    case 14:
      return of_digits(text.substr(0, 8));
    default:
      return std::nullopt;
  }
}

struct Parts {
  std::array<std::string_view, 3> parts;
  std::size_t count = 0;
};

Parts split(std::string_view text, char mark) noexcept {
  Parts found;
  while (found.count < 3) {
    const auto end = text.find(mark);
    found.parts[found.count++] = text.substr(0, end);
    if (end == std::string_view::npos) return found;
    text.remove_prefix(end + 1);
  }
  found.count = 4;  // more than three
  return found;
}

std::int64_t month_named(std::string_view name) noexcept {
  constexpr std::array<std::string_view, 12> names{"january",   "february", "march",    "april",
                                                   "may",       "june",     "july",     "august",
                                                   "september", "october",  "november", "december"};
  if (name.size() < 3) return -1;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (name.size() > names[i].size()) continue;
    bool is_same = true;
    for (std::size_t k = 0; k < name.size(); ++k) is_same = is_same && (name[k] | 0x20) == names[i][k];
    if (is_same) return static_cast<std::int64_t>(i) + 1;
  }
  return -1;
}

std::optional<Day> of_slashes(std::string_view text, SlashOrder order) noexcept {
  const Parts parts = split(text, '/');
  if (parts.count != 3) return std::nullopt;
  const auto at = [&](std::size_t i) { return number_of(parts.parts[i]); };
  if (parts.parts[0].size() == 4) return civil_day(at(0), at(1), at(2));
  if (parts.parts[2].size() != 4 || order == SlashOrder::none) return std::nullopt;
  const bool is_month_first = order == SlashOrder::month_first;
  return civil_day(at(2), at(is_month_first ? 0 : 1), at(is_month_first ? 1 : 0));
}

}  // namespace

std::optional<Day> event_day(std::string_view text, SlashOrder order) noexcept {
  if (const auto day = of_digits(text)) return day;
  if (text.size() >= 10 && text[4] == '-' && (text.size() == 10 || text[10] == ' ' || text[10] == 'T')) {
    return parse_day(text.substr(0, 10));
  }
  // A time behind slashes begins after a space, as the year of a written date does.
  if (text.find('/') != std::string_view::npos) return of_slashes(text.substr(0, text.find(' ')), order);
  const Parts words = split(text, ' ');
  if (words.count != 3 || words.parts[2].size() != 4) return std::nullopt;
  return civil_day(number_of(words.parts[2]), month_named(words.parts[1]), number_of(words.parts[0]));
}

}  // namespace tocsin
