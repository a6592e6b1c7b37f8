#pragma once

#include <algorithm>

namespace tocsin {

/// How often a day was collected: the exposure of a day over the days that it stands for.
///
/// An exposure of 3 on the day after a collected one is a day collected three times over, whose acts are told more than
/// once. An exposure of 7 after six days that were not collected is a week collected once: its acts are all there are.
/// Nobody knows for how many days the first collected one stands; it was collected once.
class Collections {
 public:
  struct State {
    int days_since = 0;  // the last collected day, on the next one; 0: there was none

    template <class Self, class Visit>
    static void fields(Self& state, Visit&& visit) {
      visit("days_since", state.days_since);
    }
  };

  Collections() = default;
  explicit Collections(State state) : state_(state) {}

  /// @return  1 or more
  double step(double exposure) {
    const int days = state_.days_since;
    if (!(exposure > 0)) {
      if (days > 0) ++state_.days_since;
      return 1;
    }
    state_.days_since = 1;
    return days > 0 ? std::max(1.0, exposure / days) : 1;
  }

  [[nodiscard]] State state() const { return state_; }

 private:
  State state_;
};

}  // namespace tocsin
