#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "tocsin/event.hpp"

namespace tocsin {

/// The numbers of two actors as one, whichever comes first.
[[nodiscard]] inline std::uint64_t key_of(std::uint32_t a, std::uint32_t b) {
  return std::uint64_t{std::min(a, b)} << 32U | std::max(a, b);
}

/// In order, each once, of actors that events can have. @throws InputError for others
[[nodiscard]] std::vector<Pair> checked_pairs(const std::vector<Pair>& asked, std::string_view actor_system);

/// Every two rolled-up actors with a known event between them inside the calendar, in no order.
/// @throws InputError where there are none
[[nodiscard]] std::vector<Pair> pairs_in(const EventTable& events, const Codebook& codebook,
                                         const CountOptions& options, PairChoice choice);

}  // namespace tocsin
