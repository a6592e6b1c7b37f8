#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tocsin {

/// One row of a text as fields: views of a text that somebody else keeps.
struct Record {
  const char* text = nullptr;
  const std::uint32_t* ends = nullptr;  // where each field ends: one character later the next one begins
  std::size_t count = 0;
  std::uint32_t begin = 0;
  std::int64_t line = 0;  // of the text, from 1

  [[nodiscard]] std::string_view operator[](std::size_t i) const {
    const std::uint32_t from = i == 0 ? begin : ends[i - 1] + 1;
    return {text + from, ends[i] - from};
  }
  [[nodiscard]] std::string_view whole() const { return {text + begin, ends[count - 1] - begin}; }
};

}  // namespace tocsin
