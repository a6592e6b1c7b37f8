#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tocsin {

enum class ArrowKind : std::uint8_t { null, boolean, integer, floating, decimal, text, date, timestamp, other };

/// How a text finds its bytes.
enum class TextPlaces : std::uint8_t { offsets_32, offsets_64, views };

/// What the format string of a column says about its values.
struct ArrowType {
  ArrowKind kind = ArrowKind::other;
  int bytes = 0;                               // of a number, a date or a time
  bool is_signed = true;                       // of an integer
  int scale = 0;                               // of a decimal: digits behind the point
  TextPlaces places = TextPlaces::offsets_32;  // of a text
  std::int64_t units_a_day = 1;                // of a date or a time
};

/// `other` for what no column of ours can be.
[[nodiscard]] ArrowType arrow_type(std::string_view format);

/// The type in a word or two, for messages: "a list".
[[nodiscard]] std::string_view words_for(std::string_view format);

}  // namespace tocsin
