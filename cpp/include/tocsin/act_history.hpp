#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <deque>
#include <vector>

namespace tocsin {

/// Hostile acts of the last days, day by day: what is looked at again with the knowledge of today. Days without an act
/// take no room.
class ActHistory {
 public:
  static constexpr std::size_t node_count = 4;
  static constexpr std::int32_t longest = 400;  // days
  /// Words and deeds of the first actor, words and deeds of the second; where counts come by pair, the first two only.
  using Nodes = std::array<double, node_count>;
  struct Day {
    double hostile = 0;  // NaN: not collected
    Nodes nodes{};       // NaN: not collected; 0 where the source never collects them
  };
  struct State {
    std::int32_t days = 0;             // seen so far
    std::vector<std::int32_t> places;  // of the days that are held, the first day being 0; ascending
    std::vector<double> cells;         // of these: hostile, then the nodes

    template <class Self, class Visit>
    static void fields(Self& state, Visit&& visit) {
      visit("days", state.days);
      visit("places", state.places);
      visit("cells", state.cells);
    }
  };

  ActHistory() = default;
  /// @throws StateError if the state is not one of such a history
  explicit ActHistory(const State& state);

  void step(const Day& day);

  /// Days held, at most `longest`.
  [[nodiscard]] std::int32_t size() const;
  /// The day that is `age` days old, 0 being the last one. @param age  below size()
  [[nodiscard]] Day at(std::int32_t age) const;
  /// Hostile acts of the last days, oldest first. @param days  at most size()
  [[nodiscard]] Eigen::ArrayXd hostile(std::int32_t days) const;
  /// (size(), node_count), oldest first
  [[nodiscard]] Eigen::ArrayXXd nodes() const;

  [[nodiscard]] State state() const;

 private:
  struct Held {
    std::int32_t place;
    Day day;
  };

  std::int32_t days_ = 0;
  std::deque<Held> held_;
};

}  // namespace tocsin
