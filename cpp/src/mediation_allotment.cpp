#include "mediation_allotment.hpp"

namespace tocsin {

void MediationAllotment::begin(Day day) {
  contacts_.advance_to(day);
  hostile_.advance_to(day);
}

void MediationAllotment::note(std::uint32_t source, std::uint32_t target, const CodeMeaning& meaning,
                              std::int64_t times) {
  if (meaning.from_third_party != Family::neutral) contacts_.add(source, target, times);
  if (meaning.rung > 0) {
    hostile_.add(source, target, times);
    hostile_.add(target, source, times);
  }
}

std::vector<MediationAllotment::Share> MediationAllotment::shares(std::uint32_t mediator, std::uint32_t party,
                                                                  bool is_contact) const {
  std::vector<Share> shares;
  const auto& addressed = contacts_.of(mediator);
  for (const auto& [other, times] : addressed) {
    if (other != party) shares.push_back({other, 1});
  }
  if (is_contact || rule_ != MediationRule::allotted) return shares;

  // In a dispute of its own with the party the mediator is no third party.
  std::int64_t all = 0;
  for (const auto& [other, acts] : hostile_.of(party)) all += other == mediator ? 0 : acts;
  for (const auto& [other, acts] : hostile_.of(party)) {
    if (other == mediator || addressed.contains(other)) continue;
    shares.push_back({other, static_cast<double>(acts) / static_cast<double>(all)});
  }
  return shares;
}

std::string_view name_of(MediationRule rule) {
  switch (rule) {
    case MediationRule::allotted:
      return "allotted";
    case MediationRule::paired_only:
      return "paired_only";
    case MediationRule::all:
      break;
  }
  return "all";
}

}  // namespace tocsin
