#include "tocsin/act_history.hpp"

#include <algorithm>
#include <functional>

#include "tocsin/error.hpp"

namespace tocsin {

namespace {

constexpr std::size_t cells_a_day = ActHistory::node_count + 1;

// NaN is not silence.
bool is_silent(const ActHistory::Day& day) {
  return day.hostile == 0 && std::all_of(day.nodes.begin(), day.nodes.end(), [](double acts) { return acts == 0; });
}

}  // namespace

ActHistory::ActHistory(const State& state) : days_(state.days) {
  const bool is_sorted =
      std::adjacent_find(state.places.begin(), state.places.end(), std::greater_equal<>()) == state.places.end();
  const bool is_inside =
      state.days >= 0 && (state.places.empty() || (state.places.front() >= 0 && state.places.back() < state.days));
  if (state.cells.size() != cells_a_day * state.places.size() || !is_sorted || !is_inside) {
    throw StateError("the days of the history do not fit each other; the state was damaged or altered");
  }
  for (std::size_t i = 0; i < state.places.size(); ++i) {
    const auto cells = state.cells.begin() + static_cast<std::ptrdiff_t>(cells_a_day * i);
    Held held{state.places[i], {*cells, {}}};
    std::copy(cells + 1, cells + static_cast<std::ptrdiff_t>(cells_a_day), held.day.nodes.begin());
    held_.push_back(held);
  }
}

void ActHistory::step(const Day& day) {
  if (!is_silent(day)) held_.push_back({days_, day});
  ++days_;
  while (!held_.empty() && held_.front().place < days_ - longest) held_.pop_front();
}

std::int32_t ActHistory::size() const { return std::min(days_, longest); }

ActHistory::Day ActHistory::at(std::int32_t age) const {
  const std::int32_t place = days_ - 1 - age;
  const auto found = std::lower_bound(held_.begin(), held_.end(), place,
                                      [](const Held& held, std::int32_t wanted) { return held.place < wanted; });
  return found != held_.end() && found->place == place ? found->day : Day{};
}

Eigen::ArrayXd ActHistory::hostile(std::int32_t days) const {
  Eigen::ArrayXd acts = Eigen::ArrayXd::Zero(days);
  for (const Held& held : held_) {
    const std::int32_t place = held.place - (days_ - days);
    if (place >= 0) acts[place] = held.day.hostile;
  }
  return acts;
}

Eigen::ArrayXXd ActHistory::nodes() const {
  Eigen::ArrayXXd acts = Eigen::ArrayXXd::Zero(size(), static_cast<Eigen::Index>(node_count));
  for (const Held& held : held_) {
    const std::int32_t place = held.place - (days_ - size());
    for (std::size_t node = 0; node < node_count; ++node)
      acts(place, static_cast<Eigen::Index>(node)) = held.day.nodes[node];
  }
  return acts;
}

ActHistory::State ActHistory::state() const {
  State state{days_, {}, {}};
  for (const Held& held : held_) {
    state.places.push_back(held.place);
    state.cells.push_back(held.day.hostile);
    state.cells.insert(state.cells.end(), held.day.nodes.begin(), held.day.nodes.end());
  }
  return state;
}

}  // namespace tocsin
