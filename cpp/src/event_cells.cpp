#include "event_cells.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

namespace tocsin {

namespace {

constexpr unsigned recent_bits = std::bit_width(recent_cells - 1);
constexpr std::size_t fewest_to_add_up = std::size_t{1} << 17;

// Old number -> place in alphabetical order; the names are put in that order.
std::vector<std::uint32_t> sort_names(std::vector<std::string>& names) {
  std::vector<std::uint32_t> order(names.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return names[a] < names[b]; });
  std::vector<std::uint32_t> places(names.size());
  std::vector<std::string> sorted;
  for (const std::uint32_t old : order) {
    places[old] = static_cast<std::uint32_t>(sorted.size());
    sorted.push_back(std::move(names[old]));
  }
  names = std::move(sorted);
  return places;
}

// Where a key is looked for among the recent ones.
std::size_t place_of(const CellKey& key) {
  const std::uint64_t sides = std::uint64_t{key.source} << 32 | key.target;
  const std::uint64_t rest = std::uint64_t{key.code} << 32 | static_cast<std::uint32_t>(key.date - earliest_day);
  return ((sides * 0x9E3779B97F4A7C15) ^ (rest * 0xC2B2AE3D27D4EB4F)) >> (64 - recent_bits);
}

}  // namespace

void EventCells::add(const EventRow& row, std::int64_t times, Day superseded_on) {
  Cell cell{{row.date, row.date_added, superseded_on, actor_numbers_.of(row.source), actor_numbers_.of(row.target),
             code_numbers_.of(row.code), row.is_root},
            {times * row.events, times * row.mentions, times * row.sources, times * row.articles}};
  for (; cell.key.date <= row.last_day; cell.key.date = cell.key.date + 1) push(cell);
}

void EventCells::add_all(const EventCells& others) {
  for (Cell cell : others.cells_) {
    cell.key.source = actor_numbers_.of(others.actors_[cell.key.source]);
    cell.key.target = actor_numbers_.of(others.actors_[cell.key.target]);
    cell.key.code = code_numbers_.of(others.codes_[cell.key.code]);
    push(cell);
  }
}

void EventCells::push(const Cell& cell) {
  std::uint32_t& recent = recent_[place_of(cell.key)];
  if (recent < cells_.size() && cells_[recent].key == cell.key) {
    for (std::size_t i = 0; i < weight_count; ++i) cells_[recent].sums[i] += cell.sums[i];
    return;
  }
  recent = static_cast<std::uint32_t>(cells_.size());
  cells_.push_back(cell);
  // Twice as many as were distinct: what adding up costs stays in proportion to what is read.
  if (cells_.size() >= fewest_to_add_up && cells_.size() >= 2 * distinct_) add_up();
}

void EventCells::add_up() {
  std::sort(cells_.begin(), cells_.end(), [](const Cell& a, const Cell& b) { return a.key < b.key; });
  std::size_t kept = 0;
  for (const Cell& cell : cells_) {
    if (kept > 0 && cells_[kept - 1].key == cell.key) {
      for (std::size_t i = 0; i < weight_count; ++i) cells_[kept - 1].sums[i] += cell.sums[i];
    } else {
      cells_[kept++] = cell;
    }
  }
  cells_.resize(kept);
  distinct_ = kept;
}

void EventCells::arrange(bool has_added, bool has_root) {
  const std::vector<std::uint32_t> actor_places = sort_names(actors_);
  const std::vector<std::uint32_t> code_places = sort_names(codes_);
  for (Cell& cell : cells_) {
    cell.key.source = actor_places[cell.key.source];
    cell.key.target = actor_places[cell.key.target];
    cell.key.code = code_places[cell.key.code];
    if (!has_added) cell.key.date_added = {};
    if (!has_root) cell.key.is_root = true;
  }
  add_up();
  // What was taken away again, or stands for no event.
  std::erase_if(cells_, [](const Cell& cell) { return cell.sums[static_cast<std::size_t>(Weight::events)] == 0; });
}

}  // namespace tocsin
