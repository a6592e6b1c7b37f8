#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "recent_acts.hpp"
#include "tocsin/codebook.hpp"
#include "tocsin/event.hpp"

namespace tocsin {

/// To which of a party's pairs a mediator's act belongs (SIGNALS.md section 6). It knows the events of the last days,
/// of all actors: what a pair gets does not depend on which other pairs are asked for.
class MediationAllotment {
 public:
  static constexpr std::int32_t contact_days = 4;   // t-3..t
  static constexpr std::int32_t hostile_days = 30;  // t-29..t

  MediationAllotment(MediationRule rule, std::size_t actors)
      : rule_(rule), contacts_(actors, contact_days), hostile_(actors, hostile_days) {}

  /// First the day, then all events of the day between two actors, then what they are worth: the order of rows within
  /// a day does not matter.
  void begin(Day day);
  void note(std::uint32_t source, std::uint32_t target, const CodeMeaning& meaning, std::int64_t times);

  struct Share {
    std::uint32_t other;  // the pair is that of the party and this one
    double share;         // 0 < share <= 1
  };

  /// Which pairs of `party` get which part of an act that joins it and a mediator. A pair whose other side the mediator
  /// has addressed gets all of it. The other pairs get nothing from a mere contact; from an act of mediation they get
  /// their share of the party's hostile counts (`allotted`) or nothing (`paired_only`, and `all`, where the
  /// caller gives the act to every pair).
  [[nodiscard]] std::vector<Share> shares(std::uint32_t mediator, std::uint32_t party, bool is_contact) const;

  /// With whom an actor is in dispute, and how many hostile events the last days hold in both directions.
  [[nodiscard]] const std::map<std::uint32_t, std::int64_t>& disputes_of(std::uint32_t actor) const {
    return hostile_.of(actor);
  }

 private:
  MediationRule rule_;
  RecentActs contacts_;  // of anyone towards anyone: shuttle contacts and acts of mediation
  RecentActs hostile_;   // in both directions
};

[[nodiscard]] std::string_view name_of(MediationRule rule);

}  // namespace tocsin
