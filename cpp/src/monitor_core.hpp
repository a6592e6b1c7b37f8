#pragma once

#include <deque>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pair_scorer.hpp"
#include "tocsin/monitor.hpp"

namespace tocsin {

/// Everything that a monitor knows in the evening of a day.
struct Evening {
  std::optional<Day> day;  // absent: before the first push
  PairScorer silent;       // what every pair looks like that never acted
  std::map<Pair, PairScorer> pairs;
};

/// What was counted on a day.
struct PushedDay {
  Day day{};
  double exposure = 1;
  double total = std::numeric_limits<double>::quiet_NaN();  // events of the whole source; NaN: not known
  std::vector<PairCounts> pairs;  // ascending, one day each; a pair that is not there did nothing
};

struct Monitor::Core {
  Config config;
  Collected collected;
  std::deque<Evening> evenings;  // the last one is now; the ones before it can be gone back to
  std::deque<PushedDay> days;    // what made each evening of the one before it

  /// @throws InputError for a pair that has not acted
  [[nodiscard]] const ActHistory& history_of(const Pair& pair) const;
};

/// The evening after a day, of the evening before it. Days between them were not collected.
/// @param threads  0: one per core
[[nodiscard]] Evening evening_after(Evening evening, const PushedDay& day, int threads);

/// What is saved: one evening and the days since. The evenings since follow from them, and take three times the room.
struct MonitorDocument {
  Config config;
  Collected collected;
  Evening evening;
  std::vector<PushedDay> days;
};

[[nodiscard]] std::string monitor_to_json(const Config& config, const Collected& collected, const Evening& evening,
                                          const std::deque<PushedDay>& days);
/// @throws StateError
[[nodiscard]] MonitorDocument monitor_from_json(std::string_view text);

}  // namespace tocsin
