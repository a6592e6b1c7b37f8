#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tocsin/event.hpp"

namespace tocsin {

/// Distinct texts in alphabetical order: their numbers do not depend on the order of rows.
class Ranks {
 public:
  explicit Ranks(const std::set<std::string, std::less<>>& texts) : texts_(texts.begin(), texts.end()) {}

  [[nodiscard]] std::uint32_t of(std::string_view text) const;
  [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }

 private:
  std::vector<std::string> texts_;
};

/// The number of each text among them.
[[nodiscard]] std::vector<std::uint32_t> ranks_of(const std::vector<std::string>& texts, const Ranks& ranks);

/// What happened on a day between two rolled-up actors, by one code.
struct Event {
  Day day;
  std::uint32_t source;  // ranks of actors and of codes
  std::uint32_t target;
  std::uint32_t code;
  std::int64_t events;
  std::int64_t times;  // what they count: themselves, or their weight

  friend auto operator<=>(const Event&, const Event&) = default;
  [[nodiscard]] bool is_same_act(const Event& other) const {
    return day == other.day && source == other.source && target == other.target && code == other.code;
  }
};

/// The day of a row that the options ask for.
[[nodiscard]] inline Day day_of(const EventTable& events, std::size_t row, DateChoice choice) {
  return choice == DateChoice::event ? events.dates[row] : events.dates_added[row];
}

/// Whether the row was known, and not yet replaced, at the end of the day `as_of`.
[[nodiscard]] bool was_known(const EventTable& events, std::size_t row, const std::optional<Day>& as_of);

/// @throws InputError, ParseError  for columns that do not fit together, numbers out of range, or that the options need
///                                 and the table has not
void check_table(const EventTable& events, const CountOptions& options);

/// The asked calendar, or the one that the table itself has. @throws InputError if it is backwards or out of range
[[nodiscard]] Calendar calendar_of(const EventTable& events, const CountOptions& options);

/// Days of the calendar on which nothing was collected, ascending.
[[nodiscard]] std::vector<Day> uncollected_days(const EventTable& events, const Calendar& calendar,
                                                const CountOptions& options);

/// The system of codes by which actors are rolled up: that of the table, else the one that goes with the codebook.
/// @throws InputError if the table's own is not the name of one
[[nodiscard]] std::string_view actor_system_of(const EventTable& events, const Codebook& codebook);

/// What each actor of the table is counted as.
[[nodiscard]] std::vector<std::string> rolled_up_actors(const EventTable& events, const Codebook& codebook);

}  // namespace tocsin
