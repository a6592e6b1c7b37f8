#pragma once

#include <string>
#include <vector>

#include "event_selection.hpp"
#include "tocsin/codebook.hpp"
#include "tocsin/event.hpp"

namespace tocsin {

/// What a caller should look at after events were counted, one sentence each.
///
/// @param codes   of the table
/// @param asked   actors of the pairs
/// @param actors  of the table, rolled up
[[nodiscard]] std::vector<std::string> count_warnings(const CountReport& report, const Codebook& codebook,
                                                      const Ranks& codes, const Ranks& asked,
                                                      const std::vector<std::string>& actors, const Calendar& calendar);

}  // namespace tocsin
