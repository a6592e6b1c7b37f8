#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "stored_bytes.hpp"

namespace tocsin {

/// Numbers of a zip are stored with the lowest byte first.
[[nodiscard]] inline std::uint64_t zip_number(std::string_view bytes, std::size_t place, std::size_t width) {
  std::uint64_t number = 0;
  for (std::size_t i = width; i-- > 0;) number = number << 8U | static_cast<unsigned char>(bytes[place + i]);
  return number;
}

/// Where a zip archive keeps its table of contents (the central directory).
struct ZipDirectory {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::uint64_t entries = 0;
  bool has_all_digits = true;  // otherwise `entries` is known modulo 65536 only
  std::uint64_t leading = 0;   // bytes before the archive, which its offsets do not count
};

/// Place of the record that ends an archive. @param is_last  whether nothing but its comment may follow
[[nodiscard]] std::optional<std::uint64_t> zip_end_record(const StoredBytes& bytes, bool is_last);

/// @throws InputError  for one part of a split archive
/// @throws ParseError  for a table of contents that is missing or lies outside the archive
[[nodiscard]] ZipDirectory find_zip_directory(const StoredBytes& bytes, const std::string& origin);

}  // namespace tocsin
