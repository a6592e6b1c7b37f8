#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "delimited_reader.hpp"
#include "tocsin/crosswalk.hpp"
#include "tocsin/onset_reader.hpp"

namespace tocsin {

/// The first and the last day that a date with gaps can be.
struct DaySpan {
  Day first;
  Day last;
};

/// Days of a month, or of a year where the month is not known (below 1). Empty where there is no such date.
/// @param day  1-31; below 1: unknown; 66, 77, 88: its first, second or last third, as in ICB
[[nodiscard]] std::optional<DaySpan> day_span(std::optional<int> year, std::optional<int> month,
                                              std::optional<int> day);

/// Rows of a table whose columns have names; case and spaces in the names do not matter.
class OnsetRows {
 public:
  /// Reads the header. @throws InputError if there is none
  explicit OnsetRows(DelimitedReader& reader);

  [[nodiscard]] bool has(std::string_view name) const { return columns_.contains(name); }
  [[nodiscard]] bool has_all(const std::vector<std::string_view>& names) const;
  /// Reads the next row and counts it. @return false at the end
  bool next(OnsetReport& report);
  /// Whether the row is as wide as the header.
  [[nodiscard]] bool is_whole() const;
  /// Without the spaces around it; empty where the file has no such column.
  [[nodiscard]] std::string_view text(std::string_view name) const;
  /// A whole number; empty where the cell holds something else.
  [[nodiscard]] std::optional<int> number(std::string_view name) const;
  [[nodiscard]] DelimitedReader& reader() const { return reader_; }
  [[nodiscard]] std::size_t place_of(std::string_view name) const { return columns_.find(name)->second; }
  /// Names of the columns whose name begins so.
  [[nodiscard]] std::vector<std::string> columns_beginning(std::string_view start) const;

 private:
  DelimitedReader& reader_;
  std::map<std::string, std::size_t, std::less<>> columns_;
  std::size_t width_ = 0;
};

/// Writes numbered states as the scores do.
class StateWriter {
 public:
  StateWriter(CodeSystem from, const OnsetOptions& options, OnsetReport& report);

  /// The names of a state on a day; none where it has no code, which is noted in the report.
  [[nodiscard]] std::vector<std::string> names_of(const std::string& number, Day day);

 private:
  CodeSystem from_;
  CodeSystem to_;
  OnsetReport& report_;
  std::set<std::string> actors_;
  std::map<std::string, std::vector<std::string>> candidates_;  // actors by the place that they stand for in some year
};

/// Adds an onset for each spelling of the two states. @return why it is none, else nothing
std::string_view add_onset(OnsetReading& reading, const std::vector<std::string>& a, const std::vector<std::string>& b,
                           const Onset& onset, const OnsetOptions& options);

/// Notes that the file speaks of these days.
void cover(OnsetReading& reading, DaySpan days);

inline void leave_out(OnsetReport& report, std::string_view reason) { ++report.unused[std::string{reason}]; }

inline constexpr std::string_view no_date = "no date";
inline constexpr std::string_view no_state = "a state without a code on that day";
inline constexpr std::string_view broken_row = "another number of fields than the header";
inline constexpr std::string_view bad_number = "a cell that should hold a number";

// One reader for each kind of file: the rows behind a header that has what they need.
void read_militarized_events(OnsetRows& rows, const OnsetOptions& options, OnsetReading& reading);
void read_incident_participants(OnsetRows& rows, const OnsetOptions& options, OnsetReading& reading);
void read_dyadic_disputes(OnsetRows& rows, const OnsetOptions& options, OnsetReading& reading);
void read_crisis_actors(OnsetRows& rows, const OnsetOptions& options, OnsetReading& reading);
void read_ucdp_events(OnsetRows& rows, const OnsetOptions& options, OnsetReading& reading);
void read_onset_table(OnsetRows& rows, const OnsetOptions& options, OnsetReading& reading);

}  // namespace tocsin
