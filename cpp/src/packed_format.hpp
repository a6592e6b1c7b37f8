#pragma once

#include <cstddef>
#include <string_view>

namespace tocsin {

/// As many first bytes as `packed_format` looks at.
constexpr std::size_t longest_magic = 10;

/// What packed the bytes that begin so: "gzip", "zip", "xz", ...; empty for what looks plain.
[[nodiscard]] std::string_view packed_format(std::string_view first_bytes) noexcept;

}  // namespace tocsin
