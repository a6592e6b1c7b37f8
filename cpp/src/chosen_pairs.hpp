#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "tocsin/event.hpp"

namespace tocsin {

/// The numbers of two actors as one, whichever comes first.
[[nodiscard]] inline std::uint64_t key_of(std::uint32_t a, std::uint32_t b) {
  return std::uint64_t{std::min(a, b)} << 32U | std::max(a, b);
}

/// In order, each once, of actors that events can have. @throws InputError for others
[[nodiscard]] std::vector<Pair> checked_pairs(const std::vector<Pair>& asked);

/// Every two rolled-up actors with an event between them inside the calendar, in no order.
/// @throws InputError where there are none
[[nodiscard]] std::vector<Pair> pairs_in(const EventTable& events, const Calendar& calendar, PairChoice choice);

}  // namespace tocsin
