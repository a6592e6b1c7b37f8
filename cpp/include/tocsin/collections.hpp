#pragma once

#include <algorithm>

namespace tocsin {

/// How often a day was collected: the exposure of a day over the days that it stands for.
///
/// An exposure of 3 on the day after a collected one is a day collected three times over, whose acts are told more than
/// once. An exposure of 7 after six days that were not collected is a week collected once: its acts are all there are.
class Collections {
 public:
  struct State {
    int dark_days = 0;  // in a row, up to the last, that were not collected

    template <class Self, class Visit>
    static void fields(Self& state, Visit&& visit) {
      visit("dark_days", state.dark_days);
    }
  };

  Collections() = default;
  explicit Collections(State state) : state_(state) {}

  /// @return  1 or more
  double step(double exposure) {
    if (!(exposure > 0)) {
      ++state_.dark_days;
      return 1;
    }
    const double days = 1 + state_.dark_days;
    state_.dark_days = 0;
    return std::max(1.0, exposure / days);
  }

  [[nodiscard]] State state() const { return state_; }

 private:
  State state_;
};

}  // namespace tocsin
