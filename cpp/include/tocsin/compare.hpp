#pragma once

#include <array>
#include <string>
#include <vector>

#include "tocsin/scores.hpp"

namespace tocsin {

inline constexpr std::size_t part_count = 5;

/// What lies between the scores of a pair on two days.
struct Comparison {
  Pair pair;
  Day first;  // as asked for, which need not be the earlier one
  Day second;
  ScoreRow from;
  ScoreRow to;
  /// Second minus first, by contribution in the order of the columns; a contribution that could not be computed counts
  /// as 0, as it does in the score. NaN where one of the days has no score.
  std::array<double, part_count> parts;
  /// The sum of `parts` in their order, bit for bit: the difference of the scores to the last digits of a double.
  double difference;
  /// `parts` in whole points that sum to the difference of the whole scores; 0 where there is none.
  std::array<int, part_count> whole_parts;
  std::vector<std::string> sentences;
};

/// The exact decomposition of a change. @throws InputError for a pair or a day that is not there
[[nodiscard]] Comparison compare(const Scores& scores, const Pair& pair, Day first, Day second);

}  // namespace tocsin
