#pragma once

#include <array>

#include "pair_days.hpp"
#include "tocsin/config.hpp"

namespace tocsin::reference {

/// C19 on one day: level, rung, material share, momentum, change, reproduction, reciprocity, spread, restraint deficit.
/// NaN: missing.
using NineSubscores = std::array<double, 9>;

struct CompositeDay {
  NineSubscores subscores;
  std::array<double, 5> contributions;  // in points, by group; NaN: no component of it
  double score;                         // NaN below 60 % of the weight
  double score_max;
  double coverage;
};

/// C6 and C11 on the last day up to t on which something was collected.
struct Dynamics {
  double change_above_slow;  // P(the tempo changed lately, and is above the slow rate)
  double reproduction;
};

/// Day t of a pair from all days up to it. The score's clock stands still on days without hostile exposure, for up to
/// `baseline_days` of them in a row.
[[nodiscard]] CompositeDay composite(const PairDays& as_collected, int t, const Config& config, const Dynamics& held);

/// How often day t was collected: its exposure over the days that it stands for, itself and the dark ones before it.
[[nodiscard]] double collections_at(const PairDays& pair, int t);

/// Days in a row, up to t, on which no hostile act was collected.
[[nodiscard]] int gap_at(const PairDays& pair, int t);

}  // namespace tocsin::reference
