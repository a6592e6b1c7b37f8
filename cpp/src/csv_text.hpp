#pragma once

#include <array>
#include <charconv>
#include <cmath>
#include <string>

namespace tocsin {

/// A text as a field of a CSV file: quoted where a separator, a quote or a line end would break the row (RFC 4180).
[[nodiscard]] inline std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  quoted += '"';
  return quoted;
}

/// As short as it can be read back; nothing for NaN.
inline void append_csv_number(std::string& text, double value) {
  if (std::isnan(value)) return;
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  text.append(digits.data(), end);
}

}  // namespace tocsin
