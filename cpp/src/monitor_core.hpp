#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>

#include "pair_scorer.hpp"
#include "tocsin/monitor.hpp"

namespace tocsin {

/// Everything that a monitor knows in the evening of a day.
struct Evening {
  std::optional<Day> day;  // absent: before the first push
  PairScorer silent;       // what every pair looks like that never acted
  std::map<Pair, PairScorer> pairs;
};

struct Monitor::Core {
  Config config;
  Collected collected;
  std::deque<Evening> evenings;  // the last one is now; the ones before it can be gone back to
};

[[nodiscard]] std::string monitor_to_json(const Config& config, const Collected& collected,
                                          const std::deque<Evening>& evenings);

struct MonitorDocument {
  Config config;
  Collected collected;
  std::deque<Evening> evenings;
};

/// @throws StateError
[[nodiscard]] MonitorDocument monitor_from_json(std::string_view text);

}  // namespace tocsin
