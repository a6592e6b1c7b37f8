#pragma once

#include <cstddef>
#include <vector>

namespace tocsin {

/// Counts and exposure of the last days, the newest first.
class TrailingWindow {
 public:
  struct Sum {
    double count = 0;
    double exposure = 0;
  };

  struct State {
    std::vector<double> counts;  // as a ring: day `newest` and backwards
    std::vector<double> exposures;
    std::size_t newest = 0;

    template <class Self, class Visit>
    static void fields(Self& state, Visit&& visit) {
      visit("counts", state.counts);
      visit("exposures", state.exposures);
      visit("newest", state.newest);
    }
  };

  explicit TrailingWindow(std::size_t days) : state_{std::vector<double>(days), std::vector<double>(days), 0} {}
  /// @throws StateError if the state is of a window of another length
  TrailingWindow(std::size_t days, State state);

  void step(double count, double exposure) {
    state_.newest = state_.newest + 1 == state_.counts.size() ? 0 : state_.newest + 1;
    state_.counts[state_.newest] = exposure > 0 ? count : 0;
    state_.exposures[state_.newest] = exposure;
  }

  /// Sum over the days that are `from` to `to` - 1 days old; 0 is the newest. Summed anew each day, so nothing drifts.
  [[nodiscard]] Sum sum(std::size_t from, std::size_t to) const {
    Sum all;
    const std::size_t size = state_.counts.size();
    std::size_t place = state_.newest >= from ? state_.newest - from : state_.newest + size - from;
    for (std::size_t age = from; age < to; ++age) {
      all.count += state_.counts[place];
      all.exposure += state_.exposures[place];
      place = place == 0 ? size - 1 : place - 1;
    }
    return all;
  }

  [[nodiscard]] const State& state() const { return state_; }

 private:
  State state_;
};

}  // namespace tocsin
