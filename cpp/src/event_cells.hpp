#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "event_decoder.hpp"
#include "name_numbers.hpp"
#include "tocsin/event.hpp"

namespace tocsin {

/// What rows have in common that count alike.
struct CellKey {
  Day date;
  Day date_added;
  Day superseded_on = EventTable::never;
  std::uint32_t source = 0;
  std::uint32_t target = 0;
  std::uint32_t code = 0;
  bool is_root = true;

  friend auto operator<=>(const CellKey&, const CellKey&) = default;
};

struct Cell {
  CellKey key;
  std::array<std::int64_t, weight_count> sums{};  // by Weight
};

/// How many cells are remembered for rows that count like an earlier one; a power of two.
inline constexpr std::size_t recent_cells = std::size_t{1} << 12;

/// Events as sums of equal ones: memory grows with what is distinct, not with what is read.
class EventCells {
 public:
  EventCells() = default;
  EventCells(const EventCells&) = delete;
  EventCells& operator=(const EventCells&) = delete;

  /// The event once for each of its days. @param times  -1 takes one away that was added before
  void add(const EventRow& row, std::int64_t times = 1, Day superseded_on = EventTable::never);
  /// Those of another collection, whose numbers of names differ.
  void add_all(const EventCells& others);
  /// In the order of the keys, names in alphabetical order, each cell once, without empty ones. What not every file
  /// says tells no cells apart.
  void arrange(bool has_added, bool has_root);

  [[nodiscard]] const std::vector<Cell>& cells() const { return cells_; }
  [[nodiscard]] const std::vector<std::string>& actors() const { return actors_; }
  [[nodiscard]] const std::vector<std::string>& codes() const { return codes_; }

 private:
  void push(const Cell& cell);
  void add_up();

  std::vector<Cell> cells_;
  std::vector<std::uint32_t> recent_ = std::vector<std::uint32_t>(recent_cells);  // places of cells, by their keys
  std::size_t distinct_ = 0;                                                      // when they were last added up
  std::vector<std::string> actors_;
  std::vector<std::string> codes_;
  NameNumbers actor_numbers_{actors_};
  NameNumbers code_numbers_{codes_};
};

/// Events that last longer are known by month or year only, and cannot be given to days.
inline constexpr std::int32_t longest_event_days = 31;

}  // namespace tocsin
