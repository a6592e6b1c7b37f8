#include "tocsin/week.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>

namespace tocsin {

namespace {

constexpr double days_a_week = 7;
constexpr double not_collected = std::numeric_limits<double>::quiet_NaN();

std::optional<int> digits(std::string_view text) noexcept {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

// Adds a row on which nothing happened, or nothing was collected, for the actors of the first row.
class DayWriter {
 public:
  explicit DayWriter(CountTable& table) : table_(table) {
    for (std::size_t i = 0; i < total_column; ++i) {
      // A zero in a column that is empty throughout would say that it is collected.
      const auto& values = table.values[i];
      quiet_[i] = std::all_of(values.begin(), values.end(), [](double v) { return std::isnan(v); }) ? not_collected : 0;
    }
    quiet_[total_column] = not_collected;
  }

  void write(Day day, double exposure) {
    table_.dates.push_back(day);
    table_.sources.push_back(table_.sources.front());
    table_.targets.push_back(table_.targets.front());
    if (!table_.lines.empty()) table_.lines.push_back(table_.lines.front());
    for (std::size_t i = 0; i < column_count; ++i) {
      if (!table_.values[i].empty()) table_.values[i].push_back(exposure > 0 ? quiet_[i] : not_collected);
    }
    table_.values[exposure_column].back() = exposure;
  }

 private:
  CountTable& table_;
  std::array<double, column_count> quiet_{};
};

}  // namespace

std::optional<Day> parse_week(std::string_view text) noexcept {
  if (text.size() != 8 || text.substr(4, 2) != "-W") return std::nullopt;
  const auto year = digits(text.substr(0, 4));
  const auto week = digits(text.substr(6, 2));
  if (!year || !week || *week < 1) return std::nullopt;
  const auto day_of = [](int of_year, unsigned day) {
    const std::chrono::year_month_day date{std::chrono::year{of_year}, std::chrono::January, std::chrono::day{day}};
    return Day{static_cast<std::int32_t>(std::chrono::sys_days{date}.time_since_epoch().count())};
  };
  // Week 1 is the one that holds 4 January.
  const Day sunday = sunday_of(day_of(*year, 4)) + 7 * (*week - 1);
  if (sunday >= sunday_of(day_of(*year + 1, 4))) return std::nullopt;
  return sunday;
}

CountTable daily_table(CountTable weeks, const std::optional<Calendar>& calendar) {
  if (weeks.size() == 0) return weeks;
  for (Day& date : weeks.dates) date = sunday_of(date);
  std::vector<double>& exposure = weeks.values[exposure_column];
  exposure.resize(weeks.size(), days_a_week);
  std::replace_if(exposure.begin(), exposure.end(), [](double given) { return std::isnan(given); }, days_a_week);

  std::vector<Day> given = weeks.dates;
  std::sort(given.begin(), given.end());
  const Calendar days = calendar.value_or(Calendar{given.front(), given.back()});
  // An absurd calendar, or an absurd date, is refused where the table is arranged, and not spread out before.
  if (days.first < earliest_day || days.last > latest_day || weeks.sources.empty() || weeks.targets.empty())
    return weeks;
  DayWriter writer(weeks);
  for (Day day = days.first; day <= days.last; day = day + 1) {
    if (day != sunday_of(day)) {
      writer.write(day, 0);
    } else if (!std::binary_search(given.begin(), given.end(), day)) {
      writer.write(day, days_a_week);
    }
  }
  return weeks;
}

}  // namespace tocsin
