#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

/// Joins texts and numbers into one message (g++ 12 has no std::format).
template <class... Parts>
[[nodiscard]] std::string concat(const Parts&... parts) {
  std::string all;
  const auto append = [&all](const auto& part) {
    if constexpr (std::is_arithmetic_v<std::decay_t<decltype(part)>>) {
      all += std::to_string(part);
    } else {
      all += part;
    }
  };
  (append(parts), ...);
  return all;
}

/// "a, b, c"
[[nodiscard]] std::string joined(const std::vector<std::string>& parts, std::string_view separator = ", ");

/// Whether the bytes are well-formed UTF-8 (RFC 3629).
[[nodiscard]] bool is_utf8(std::string_view text) noexcept;

/// A value found in the input, in quotes, cut where it is long. Control characters and bytes that are not UTF-8 are
/// shown as
/// '?', so that a message is always text.
[[nodiscard]] std::string in_quotes(std::string_view found);

/// A number as short as it can be read back: "2.5", "-1", "nan".
[[nodiscard]] std::string shortest(double value);

/// Up to three of `known` that are closest to `wanted` by edit distance, as " (nearest: a, b)"; empty where none is
/// close.
[[nodiscard]] std::string nearest_hint(std::string_view wanted, const std::vector<std::string>& known);

}  // namespace tocsin
