#pragma once

#include <cstdint>
#include <istream>
#include <string>
#include <vector>

#include "tocsin/event_reader.hpp"

namespace tocsin {

/// One column of events, row by row. Texts are numbers that point into `names`; a missing one is empty.
struct EventColumn {
  enum class Kind { day, number, text };

  std::string name;
  Kind kind = Kind::text;
  std::vector<Day> days;        // `EventTable::never`: missing
  std::vector<double> numbers;  // NaN: missing
  std::vector<std::string> names;
  std::vector<std::uint32_t> texts;

  [[nodiscard]] std::size_t size() const {
    return kind == Kind::day ? days.size() : kind == Kind::number ? numbers.size() : texts.size();
  }
};

/// What `read_event_columns` knows: `date source target code id date_added is_root events mentions sources articles
/// quad_class intensity tone latitude longitude country url source_code target_code last_day file`.
[[nodiscard]] std::vector<std::string> event_column_names();

/// The events that `read_events` keeps, one row each, in the order of the files; only these columns are held in memory.
/// An event of several days is one row. A column that the files do not have is missing throughout.
///
/// Rows that cannot be read are passed over, however many: it is `read_events` that reports and refuses them.
/// @throws InputError, ParseError  as `read_events` for what is no event file; InputError for an unknown column
[[nodiscard]] std::vector<EventColumn> read_event_columns(const std::vector<std::string>& names,
                                                          const std::vector<std::string>& columns,
                                                          const ReadOptions& options = {},
                                                          const RunControl& control = {});
[[nodiscard]] std::vector<EventColumn> read_event_columns(std::istream& stream, const std::string& origin,
                                                          const std::vector<std::string>& columns,
                                                          const ReadOptions& options = {},
                                                          const RunControl& control = {});

}  // namespace tocsin
