#pragma once

#include <string>
#include <vector>

#include "tocsin/explain.hpp"

namespace tocsin {

/// A day's row for people who have no statistics at hand: few sentences, no term of the method.
[[nodiscard]] std::vector<Sentence> briefing(const Config& config, const Pair& pair, Day day, const ScoreRow& row);

/// "IND-PAK scores 51 of 100 on 24 April 2025 (90 % interval 45-57), mostly for intensity."
[[nodiscard]] std::string headline(const Pair& pair, Day day, const ScoreRow& row);

}  // namespace tocsin
