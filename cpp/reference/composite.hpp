#pragma once

#include <array>

#include "pair_days.hpp"
#include "tocsin/config.hpp"

namespace tocsin::reference {

/// C19 on one day: level, rung, material share, momentum, change, reproduction, reciprocity, spread, restraint deficit.
/// NaN: missing; change and reproduction always are, until C6 and C11 exist.
using NineSubscores = std::array<double, 9>;

struct CompositeDay {
  NineSubscores subscores;
  std::array<double, 5> contributions;  // in points, by group; NaN: no component of it
  double score;                         // NaN below 60 % of the weight
  double score_max;
  double coverage;
};

/// Day t of a pair from all days up to it. The score's clock stands still on days without hostile exposure, for up to
/// `baseline_days` of them in a row.
[[nodiscard]] CompositeDay composite(const PairDays& pair, int t, const Config& config);

}  // namespace tocsin::reference
