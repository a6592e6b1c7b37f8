#pragma once

#include <atomic>
#include <cstdint>

#include "tocsin/act_history.hpp"
#include "tocsin/scores.hpp"

namespace tocsin {

/// What the random draws of a pair depend on besides seed and draw: its names, not its place in a panel.
[[nodiscard]] std::uint64_t key_of(const Pair& pair);

/// Every day of the pair at an index of a panel. @param is_stopping  once true, the rest of the days is left undone
[[nodiscard]] PairScores score_pair(const CountPanel& panel, std::size_t index, const Config& config,
                                    Intervals intervals, const std::atomic<bool>& is_stopping);

/// One day only: the same recursions, read once, with intervals unless none are wanted.
[[nodiscard]] ScoreRow score_day(const CountPanel& panel, std::size_t index, const Config& config, Intervals intervals,
                                 Day day);

/// What happened between a pair up to a day.
[[nodiscard]] ActHistory history_until(const CountPanel& panel, std::size_t index, Day day);

}  // namespace tocsin
