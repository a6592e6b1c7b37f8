#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <map>

#include "tocsin/codebook.hpp"
#include "tocsin/signal.hpp"

namespace tocsin {

/// Columns of a count table that events fill: the signals, then the extra columns.
inline constexpr std::size_t event_column_count = signal_count + extra_count;
using EventColumns = std::bitset<event_column_count>;

/// The columns that a codebook has codes for; the others are not collected, which is not the same as zero.
[[nodiscard]] EventColumns columns_of(const Codebook& codebook);

/// One pair's events of one day, added up by code and by role (SIGNALS.md section 1). Direction 0 is first > second.
class EventTally {
 public:
  /// Whether the event counts for the pair at all.
  bool between_parties(std::size_t direction, const CodeMeaning& meaning, std::int64_t times);
  void attacked_by_third_party(std::int64_t times);
  void refused(std::size_t direction, std::int64_t times);
  /// Several acts of one mediator count once, with the largest weight.
  void mediated(std::uint32_t mediator, double weight);

  /// A party accepts mediation, towards the other one: the mediator is not named. Counts once a day.
  void accepted(std::size_t direction, double weight) { accepted_[direction] = weight; }

  /// The columns of a direction; what belongs to the pair stands on direction 0.
  [[nodiscard]] std::array<double, event_column_count> columns(std::size_t direction) const;

 private:
  std::array<std::array<double, event_column_count>, 2> cells_{};
  std::array<double, 2> accepted_{};
  std::map<std::uint32_t, double> mediators_;  // the largest weight of each, in an order that does not depend on rows
};

}  // namespace tocsin
