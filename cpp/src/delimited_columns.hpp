#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "delimited_reader.hpp"
#include "text.hpp"
#include "tocsin/date.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

// What the readers of tables share: named columns, the cells that every table has, and their faults by line.

inline constexpr std::size_t absent_column = static_cast<std::size_t>(-1);

/// Without the spaces around it.
[[nodiscard]] inline std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

/// @throws ParseError at a field of the current record
[[noreturn]] inline void fail_at(const DelimitedReader& reader, std::size_t field, std::string_view what) {
  throw ParseError(reader.origin(), reader.line(), static_cast<std::int64_t>(field) + 1, what);
}

/// Notes where a column of the header stands. @throws ParseError if it already has a place
inline void set_once(std::size_t& place, std::size_t field, std::string_view name, const DelimitedReader& reader) {
  if (place != absent_column)
    fail_at(reader, field, concat("column ", in_quotes(name), " stands twice; keep one of them"));
  place = field;
}

/// @throws ParseError that names what was expected of the header and the columns that it has
[[noreturn]] inline void fail_header(const DelimitedReader& reader, std::string_view expected) {
  std::vector<std::string> found;
  for (const std::string& name : reader.fields()) found.push_back(in_quotes(trimmed(name)));
  throw ParseError(reader.origin(), reader.line(), 0, concat(expected, "; found ", joined(found)));
}

/// Reads the first record. @throws InputError if there is none
inline void require_header(DelimitedReader& reader) {
  if (!reader.next())
    throw InputError(concat(reader.origin(), ": the file is empty; expected a header with column names"));
}

inline void require_width(const DelimitedReader& reader, std::size_t width) {
  if (reader.fields().size() == width) return;
  throw ParseError(reader.origin(), reader.line(), 0,
                   concat("expected ", width, " fields as in the header, found ", reader.fields().size(),
                          "; is the line cut off, or a separator missing?"));
}

[[nodiscard]] inline Day day_at(const DelimitedReader& reader, std::size_t field) {
  const std::string& text = reader.fields()[field];
  const auto day = parse_day(trimmed(text));
  if (!day) fail_at(reader, field, concat("column \"date\" holds ", in_quotes(text), ", expected a day as YYYY-MM-DD"));
  return *day;
}

/// A cell that may not be empty. @param expected  "an actor"
[[nodiscard]] inline std::string_view text_at(const DelimitedReader& reader, std::size_t field, std::string_view name,
                                              std::string_view expected) {
  const std::string_view text = trimmed(reader.fields()[field]);
  if (text.empty()) fail_at(reader, field, concat("column \"", name, "\" is empty, expected ", expected));
  return text;
}

/// @param content  "daily counts". @throws InputError
[[nodiscard]] inline std::ifstream opened(const std::filesystem::path& path, std::string_view content) {
  if (std::filesystem::is_directory(path)) {
    throw InputError(concat(path.string(), ": is a folder; expected a CSV or TSV file of ", content));
  }
  std::ifstream stream(path, std::ios::binary);
  if (!stream) throw InputError(concat(path.string(), ": cannot be opened; is the path right and the file readable?"));
  return stream;
}

}  // namespace tocsin
