#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <vector>

#include "tocsin/date.hpp"

namespace tocsin {

/// How often each actor did something to each other one in the last days, today included. Actors are numbers.
class RecentActs {
 public:
  RecentActs(std::size_t actors, std::int32_t window_days) : by_actor_(actors), window_days_(window_days) {}

  /// Forgets what is before the window that ends on a day; days ascend.
  void advance_to(Day day) {
    for (; !acts_.empty() && day - acts_.front().day >= window_days_; acts_.pop_front()) {
      const Act& old = acts_.front();
      auto& counts = by_actor_[old.source];
      const auto place = counts.find(old.target);
      place->second -= old.times;
      if (place->second == 0) counts.erase(place);
    }
    today_ = day;
  }

  /// @param times  >= 0
  void add(std::uint32_t source, std::uint32_t target, std::int64_t times) {
    if (times == 0) return;
    acts_.push_back({today_, source, target, times});
    by_actor_[source][target] += times;
  }

  /// Towards whom, and how often: never 0.
  [[nodiscard]] const std::map<std::uint32_t, std::int64_t>& of(std::uint32_t source) const {
    return by_actor_[source];
  }

 private:
  struct Act {
    Day day;
    std::uint32_t source;
    std::uint32_t target;
    std::int64_t times;
  };

  std::vector<std::map<std::uint32_t, std::int64_t>> by_actor_;
  std::deque<Act> acts_;  // inside the window, the oldest first
  std::int32_t window_days_;
  Day today_{};
};

}  // namespace tocsin
