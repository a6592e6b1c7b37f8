#include "actor_forms.hpp"

#include <algorithm>
#include <unordered_map>

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
  // Two states have this name; the sources that write it so give the other one's in full.
  if (actor == "Congo") return find_place(CodeSystem::iso3, "COG", day);
  // UCDP gives the number of a government beside its name.
  if (is_number(actor)) return find_place(CodeSystem::gw_number, actor, day);
  return find_place(system, state_in(actor), day);
}

}  // namespace

std::string actor_system_of(const EventLayout& layout, const ReadOptions& options) {
  return options.actor_system.empty() ? std::string{layout.actor_system} : options.actor_system;
}

ActorWriter::ActorWriter(const EventLayout& layout, const ReadOptions& options)
    : is_asked_(options.actors == ActorForm::iso3) {
  const std::string name = actor_system_of(layout, options);
  if (!name.empty()) {
    system_ = code_system_of(name);
  } else if (is_asked_) {
    system_ = CodeSystem::cameo;
  }
}

const std::optional<std::string>& ActorWriter::iso_code(const std::string& actor, Day day) {
  const auto [known, is_new] = codes_.try_emplace({actor, day});
  if (is_new && system_) {
    const Place* place = place_named(*system_, actor, day);
    if (place != nullptr) known->second = code_of(*place, CodeSystem::iso3, day);
    // A state that is gone has a code that was withdrawn.
    if (place != nullptr && !known->second) known->second = place->id;
  }
  return known->second;
}

const std::string& ActorWriter::written(const std::string& actor, Day day) {
  if (!is_asked_) return actor;
  const auto& code = iso_code(actor, day);
  return code ? *code : actor;
}

void rename_actors(EventReading& reading, const EventLayout& layout, const ReadOptions& options) {
  EventTable& events = reading.events;
  const bool is_asked = options.actors == ActorForm::iso3;
  if (actor_system_of(layout, options).empty() && !is_asked) return;
  ActorWriter writer(layout, options);
  const std::vector<std::string> as_read = events.actors;
  std::vector<std::string> renamed;
  NameNumbers numbers(renamed);
  // By actor and day: most events are of few actors.
  std::unordered_map<std::uint64_t, std::uint32_t> known;
  std::vector<std::optional<bool>> has_code(as_read.size());
  std::vector<std::int64_t> events_without(as_read.size());
  for (std::size_t row = 0; row < events.size(); ++row) {
    for (std::uint32_t* actor : {&events.sources[row], &events.targets[row]}) {
      const std::string& name = as_read[*actor];
      const Day day = events.dates[row];
      auto& is_known = has_code[*actor];
      if (!is_known) is_known = writer.iso_code(name, day).has_value();
      if (!*is_known) events_without[*actor] += events.events_in(row);
      if (!is_asked) continue;
      const auto key = std::uint64_t{*actor} << 32U | static_cast<std::uint32_t>(day.since_epoch);
      const auto [place, is_new] = known.try_emplace(key);
      if (is_new) place->second = numbers.of(writer.written(name, day));
      *actor = place->second;
    }
  }
  for (std::size_t actor = 0; actor < as_read.size(); ++actor) {
    if (events_without[actor] > 0) reading.report.unmapped_actors[as_read[actor]] = events_without[actor];
  }
  if (!is_asked) return;
  events.actors = std::move(renamed);
  events.actor_system = name_of(CodeSystem::iso3);
}

}  // namespace tocsin
