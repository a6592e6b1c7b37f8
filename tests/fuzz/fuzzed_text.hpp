#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tocsin::fuzz {

/// An input as a row of choices, one byte each, and a text behind them.
class FuzzedText {
 public:
  FuzzedText(const std::uint8_t* data, std::size_t size) : rest_(reinterpret_cast<const char*>(data), size) {}

  /// 0 where the input has ended.
  std::uint8_t choice() {
    if (rest_.empty()) return 0;
    const auto byte = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return byte;
  }
  /// Of two bytes.
  unsigned number() {
    const unsigned high = choice();
    return high << 8U | choice();
  }
  [[nodiscard]] std::string_view text() const { return rest_; }

 private:
  std::string_view rest_;
};

}  // namespace tocsin::fuzz
