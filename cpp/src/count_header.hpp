#pragma once

#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "tocsin/panel.hpp"

namespace tocsin {

/// Where each known column of a table of daily counts stands.
struct CountHeader {
  static constexpr std::size_t absent = static_cast<std::size_t>(-1);

  std::size_t date = absent;
  std::size_t source = absent;
  std::size_t target = absent;
  std::size_t pair = absent;
  std::array<std::size_t, column_count> values{};
  bool is_directed = true;
};

/// Throws what fits a file or a table. @param column  that the fault is about; `CountHeader::absent`: the whole header
using HeaderFault = std::function<void(std::size_t column, const std::string& what)>;

/// Finds the columns of a table by their names, and warns in the table of those that nobody knows.
/// @param needs_date  false: the day of the rows is known from elsewhere
/// @param fail        must not return
[[nodiscard]] CountHeader count_header(const std::vector<std::string>& names, bool needs_date, CountTable& table,
                                       const HeaderFault& fail);

}  // namespace tocsin
