#pragma once

#include <array>
#include <string>
#include <string_view>

#include "tocsin/posterior.hpp"
#include "tocsin/scores.hpp"

namespace tocsin {

/// The contributions of the score, and what sentences call them.
inline constexpr std::array<ScoreColumn, 5> part_columns{ScoreColumn::intensity, ScoreColumn::momentum,
                                                         ScoreColumn::self_sustaining, ScoreColumn::spread,
                                                         ScoreColumn::restraint_deficit};
inline constexpr std::array<std::string_view, 5> part_words{
    "intensity", "momentum", "give and take between the two sides", "spread over kinds of act", "lack of mediation"};
inline constexpr std::array<std::string_view, 8> rung_words{
    "no hostile act",  "verbal hostility", "threats short of force",   "threats of force or non-military punishment",
    "a show of force", "limited force",    "major conventional force", "mass violence"};

[[nodiscard]] inline Interval interval_of(const ScoreRow& row, ScoreColumn low, ScoreColumn high) {
  return {row[low], row[high]};
}

/// "45-57", the interval of a score in whole points; empty where it is not known.
[[nodiscard]] std::string whole_interval(const ScoreRow& row);

/// Values in whole numbers that sum to `whole`: rounded down, then those moved that lie farthest from their value.
[[nodiscard]] std::array<int, 5> whole_numbers(const std::array<double, 5>& values, int whole);

/// The contributions of a row, 0 where one could not be computed.
[[nodiscard]] std::array<double, 5> known_parts(const ScoreRow& row);

/// "a, b and c"
[[nodiscard]] std::string enumerated(const std::vector<std::string>& parts);

}  // namespace tocsin
