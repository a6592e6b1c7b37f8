#pragma once

#include <filesystem>
#include <istream>
#include <optional>
#include <string>

#include "tocsin/panel.hpp"

namespace tocsin {

/// Reads daily counts from a CSV or TSV file, plain or gzipped (recognised by content).
///
/// The header names the columns, in any order: `date` (YYYY-MM-DD, or in all rows an ISO week as YYYY-Www), `source`
/// and `target` (or `pair`, or `actor_1` and `actor_2`, for counts without a direction), at least one hostile signal,
/// and any of the other columns of `column_names`. An empty cell was not collected. Other columns are ignored with a
/// warning that names them. Fields may be quoted (RFC 4180); a byte order mark and CRLF are accepted.
///
/// @throws ParseError  where a row cannot be read, or as in `CountPanel::from_table`
/// @throws InputError  if the file cannot be opened, is empty or has no row
[[nodiscard]] CountPanel read_counts(const std::filesystem::path& path, std::optional<Calendar> calendar = {});

/// The same from an open stream. @param origin  names the stream in messages
[[nodiscard]] CountPanel read_counts(std::istream& stream, const std::string& origin = "stream",
                                     std::optional<Calendar> calendar = {});

/// The rows as they stand, before they are arranged into a panel.
[[nodiscard]] CountTable read_count_table(std::istream& stream, const std::string& origin);

}  // namespace tocsin
