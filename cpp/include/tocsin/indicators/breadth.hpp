#pragma once

#include <span>
#include <vector>

#include "tocsin/discounted_count.hpp"

namespace tocsin {

/// C14: over how many directions or kinds of act is hostility spread? Hill numbers of discounted counts (Hill 1973,
/// Ecology 54).
class Breadth {
 public:
  struct Options {
    double half_life_days = 14;
    int kinds = 6;
  };
  /// "The equivalent of 3.4 equally busy kinds"; NaN without events.
  struct Reading {
    double shannon;  // exp(-sum p ln p)
    double simpson;  // 1 / sum p^2

    static Reading of(std::span<const double> counts);
  };
  struct State {
    std::vector<DiscountedCount::State> kinds;

    template <class Self, class Visit>
    static void fields(Self& state, Visit&& visit) {
      visit("kinds", state.kinds);
    }
  };

  explicit Breadth(Options options);
  /// @throws StateError if the state is of another number of kinds
  Breadth(Options options, const State& state);

  /// @param counts  one a kind; NaN: not collected, that kind decays
  Reading step(std::span<const double> counts) {
    update(counts);
    return read();
  }
  void update(std::span<const double> counts);
  [[nodiscard]] Reading read() const { return Reading::of(totals_); }

  [[nodiscard]] State state() const;

 private:
  std::vector<DiscountedCount> kinds_;
  std::vector<double> totals_;  // the discounted counts, side by side
};

}  // namespace tocsin
