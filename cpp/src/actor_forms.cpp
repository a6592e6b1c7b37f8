#include "actor_forms.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "name_numbers.hpp"
#include "tocsin/crosswalk.hpp"

namespace tocsin {

namespace {

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return '0' <= c && c <= '9'; });
}

// "Military Forces of Uganda (1986-)" is Uganda; "Rioters (Uganda)" are not.
std::string_view state_in(std::string_view name) {
  for (const std::string_view office : {"Government of ", "Military Forces of ", "Police Forces of "}) {
    if (!name.starts_with(office)) continue;
    name.remove_prefix(office.size());
    return name.substr(0, name.find(" ("));
  }
  return name;
}

const Place* place_named(CodeSystem system, const std::string& actor, Day day) {
  if (system != CodeSystem::name) return find_place(system, rolled_up(actor, system), day);
  // UCDP gives the number of a government beside its name.
  if (is_number(actor)) return find_place(CodeSystem::gw_number, actor, day);
  return find_place(system, state_in(actor), day);
}

// A row's actor, and the other form of it.
class Renamer {
 public:
  Renamer(CodeSystem system, const std::vector<std::string>& actors) : system_(system), actors_(actors) {}

  /// The ISO code; empty where the actor has none on that day.
  const std::optional<std::string>& of(std::uint32_t actor, Day day) {
    const auto [known, is_new] = codes_.try_emplace({actor, day});
    if (is_new) {
      const Place* place = place_named(system_, actors_[actor], day);
      if (place != nullptr) known->second = code_of(*place, CodeSystem::iso3, day);
      // A state that is gone has a code that was withdrawn.
      if (place != nullptr && !known->second) known->second = place->id;
    }
    return known->second;
  }

 private:
  CodeSystem system_;
  const std::vector<std::string>& actors_;
  std::map<std::pair<std::uint32_t, Day>, std::optional<std::string>> codes_;
};

}  // namespace

void rename_actors(EventReading& reading, const ReadOptions& options) {
  EventTable& events = reading.events;
  const bool is_iso = options.actors == ActorForm::iso3;
  if (events.actor_system.empty() && !is_iso) return;
  const CodeSystem system = code_system_of(events.actor_system.empty() ? "cameo" : events.actor_system);
  const std::vector<std::string> as_written = events.actors;
  Renamer renamer(system, as_written);
  std::vector<std::string> renamed;
  NameNumbers numbers(renamed);
  for (std::size_t row = 0; row < events.size(); ++row) {
    for (std::uint32_t* actor : {&events.sources[row], &events.targets[row]}) {
      const auto& code = renamer.of(*actor, events.dates[row]);
      if (!code) reading.report.unmapped_actors[as_written[*actor]] += events.events_in(row);
      if (is_iso) *actor = numbers.of(code ? *code : as_written[*actor]);
    }
  }
  if (!is_iso) return;
  events.actors = std::move(renamed);
  events.actor_system = name_of(CodeSystem::iso3);
}

}  // namespace tocsin
