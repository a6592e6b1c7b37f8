#pragma once

#include <string>

#include "tocsin/panel.hpp"

namespace tocsin {

/// What another source than the events says of a pair: a militarised event, an incident, a crisis. The ground truth of
/// a back-test; never an input of the score.
struct Onset {
  Pair pair;
  Day first{};                  // the day on which it began
  Day last{};                   // the last day of it, `first` where the source gives no end
  int level = 0;                // hostility as the source has it: 2-5 in MIE and MID; 0: it has none
  bool are_adversaries = true;  // false: both took part, not against each other; such days are neither crisis nor calm
  std::string name;             // of the dispute or the crisis; may be empty
  int uncertain_days = 0;       // it began on `first`, or up to so many days later: of some the source knows the month
  int end_uncertain_days = 0;   // it ended on `last`, or up to so many days earlier

  [[nodiscard]] Day begun_by() const { return first + uncertain_days; }
  friend auto operator<=>(const Onset&, const Onset&) = default;
};

}  // namespace tocsin
