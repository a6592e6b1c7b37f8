#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tocsin {

/// Gives each distinct name a small number, in order of appearance; writes the names into a vector that it does not
/// own.
class NameNumbers {
 public:
  explicit NameNumbers(std::vector<std::string>& names) : names_(names) {}

  std::uint32_t of(std::string_view name) {
    if (name.empty() || name.size() > sizeof(std::uint64_t)) return find(name);
    // Codes of countries and events: looked up for every row, and short enough to be compared as a number.
    const std::uint64_t letters = letters_of(name);
    Recent& recent = recent_[(letters * 0x9E3779B97F4A7C15) >> 56];
    if (recent.letters != letters || recent.size != name.size()) {
      recent = {letters, find(name), static_cast<std::uint32_t>(name.size())};
    }
    return recent.number;
  }

 private:
  struct Recent {
    std::uint64_t letters = 0;
    std::uint32_t number = 0;
    std::uint32_t size = 0;  // of the name; 0: none
  };

  // Of one to eight.
  static std::uint64_t letters_of(std::string_view name) {
    const std::size_t size = name.size();
    if (size >= 4) {
      std::uint32_t first = 0;
      std::uint32_t last = 0;
      std::memcpy(&first, name.data(), 4);
      std::memcpy(&last, name.data() + size - 4, 4);
      return std::uint64_t{first} << 32 | last;
    }
    const auto byte = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(name[i])}; };
    return byte(0) << 16 | byte(size / 2) << 8 | byte(size - 1);
  }

  std::uint32_t find(std::string_view name) {
    const auto known = numbers_.find(name);
    if (known != numbers_.end()) return known->second;
    const auto number = static_cast<std::uint32_t>(names_.size());
    numbers_.emplace(name, number);
    names_.emplace_back(name);
    return number;
  }

  // Found by a view, without a string of its own.
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };

  std::vector<std::string>& names_;
  std::array<Recent, 256> recent_{};
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
};

}  // namespace tocsin
