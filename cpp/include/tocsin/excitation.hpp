#pragma once

#include <string>
#include <vector>

#include "tocsin/indicators/cross_excitation.hpp"

namespace tocsin {

struct ExcitationOptions {
  int window_days = 400;  // of 180 days, true self-excitation is seen half as often (docs/method.md)
  int null_draws = 200;
  bool by_kind = false;  // words and deeds of a side apart, in place of all its hostile acts
};

/// C12 of one pair over the days up to one day.
struct PairExcitation {
  std::vector<std::string> nodes;  // what element (i, j) of the kernel is about: "IND", or "IND words"
  CrossExcitation::Reading reading;
};

/// "Each hostile act of IND draws 0.4 of PAK (0.2-0.7)", for what beats the null and nothing else.
[[nodiscard]] std::vector<std::string> explain(const PairExcitation& excitation);

}  // namespace tocsin
