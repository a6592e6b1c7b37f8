#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "text.hpp"
#include "tocsin/week.hpp"

namespace tocsin {

/// Reads the dates of one table as texts: all of them days as YYYY-MM-DD, or all of them ISO weeks as YYYY-Www.
class DateTexts {
 public:
  /// A week is its Sunday. Empty where the text is neither, or not of the kind of those before.
  std::optional<Day> read(std::string_view text) {
    if (const auto day = parse_day(text)) return of_kind(Kind::days, *day);
    if (const auto sunday = parse_week(text)) return of_kind(Kind::weeks, *sunday);
    return std::nullopt;
  }

  [[nodiscard]] bool is_weekly() const { return kind_ == Kind::weeks; }

  /// What a text that could not be read should have been.
  [[nodiscard]] std::string expected(std::string_view text) const {
    const bool is_mixed = parse_day(text) || parse_week(text);
    return concat(kind_ == Kind::weeks ? "an ISO week as YYYY-Www" : "a day as YYYY-MM-DD",
                  is_mixed ? ", as in the rows before; give days or weeks, not both" : "");
  }

 private:
  enum class Kind { unknown, days, weeks };

  std::optional<Day> of_kind(Kind kind, Day day) {
    if (kind_ == Kind::unknown) kind_ = kind;
    return kind_ == kind ? std::optional(day) : std::nullopt;
  }

  Kind kind_ = Kind::unknown;
};

}  // namespace tocsin
