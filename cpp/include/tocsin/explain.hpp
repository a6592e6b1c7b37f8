#pragma once

#include <string>
#include <vector>

#include "tocsin/scores.hpp"

namespace tocsin {

/// What a day's row says, in sentences: each with its number, its interval where the row has one, and what it is
/// compared with.
///
/// Says no more than the status of the row allows. @throws InputError for a pair or a day that is not there
[[nodiscard]] std::vector<std::string> explain(const Scores& scores, const Pair& pair, Day day);

/// The contribution that adds most points, as its column name; empty where there is no score or it is 0.
[[nodiscard]] std::string_view main_driver(const ScoreRow& row);

}  // namespace tocsin
