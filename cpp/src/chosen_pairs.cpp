#include "chosen_pairs.hpp"

#include <map>
#include <string>
#include <unordered_map>

#include "crosswalk.hpp"
#include "event_selection.hpp"
#include "parallel.hpp"
#include "text.hpp"
#include "tocsin/crosswalk.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

std::vector<Pair> checked_pairs(const std::vector<Pair>& asked, std::string_view actor_system) {
  const CodeSystem system = code_system_of(actor_system);
  if (asked.empty()) throw InputError("no pair is asked for; name at least one, as in \"IND-PAK\"");
  std::vector<Pair> pairs;
  for (const Pair& pair : asked) {
    for (const std::string& actor : {pair.first, pair.second}) {
      if (rolled_up(actor, system) == actor) continue;
      throw InputError(concat("pair ", in_quotes(to_string(pair)), " cannot have events: ", in_quotes(actor),
                              " is rolled up to ", in_quotes(rolled_up(actor, system)), "; ask for the country"));
    }
    pairs.push_back(Pair::of(pair.first, pair.second));
  }
  std::sort(pairs.begin(), pairs.end());
  const auto same = std::adjacent_find(pairs.begin(), pairs.end());
  if (same != pairs.end()) throw InputError(concat("pair ", in_quotes(to_string(*same)), " is asked for twice"));
  return pairs;
}

namespace {

// States come and go, and spellings with them: a country is what is one on any day of the calendar's ends.
bool is_country_in(CodeSystem system, const std::string& actor, const Calendar& calendar) {
  if (system == CodeSystem::cameo) return is_country(actor);
  for (const Day day : {calendar.first, calendar.last}) {
    const Place* place = find_place(system, actor, day);
    if (place != nullptr && (place->kind == PlaceKind::state || place->kind == PlaceKind::territory)) return true;
  }
  return false;
}

}  // namespace

std::vector<Pair> pairs_in(const EventTable& events, const Codebook& codebook, const CountOptions& options,
                           PairChoice choice) {
  const Calendar calendar = calendar_of(events, options);
  const CodeSystem system = code_system_of(actor_system_of(events, codebook));
  std::map<std::string, std::uint32_t> numbers;
  std::vector<std::string> names;
  std::vector<bool> is_wanted;
  std::vector<std::uint32_t> number_of_actor;
  for (const std::string& actor : rolled_up_actors(events, codebook)) {
    const auto [place, is_new] = numbers.try_emplace(actor, static_cast<std::uint32_t>(numbers.size()));
    if (is_new) {
      names.push_back(actor);
      is_wanted.push_back(choice == PairChoice::all || is_country_in(system, actor, calendar));
    }
    number_of_actor.push_back(place->second);
  }
  std::unordered_map<std::uint64_t, std::int64_t> events_of;
  std::vector<Pair> pairs;
  for (std::size_t row = 0; row < events.size(); ++row) {
    if (row % rows_between_looks == 0) end_if_stopping();
    const std::uint32_t source = number_of_actor[events.sources[row]];
    const std::uint32_t target = number_of_actor[events.targets[row]];
    if (source == target || !calendar.contains(day_of(events, row, options.date))) continue;
    if (!was_known(events, row, options.as_of) || !is_wanted[source] || !is_wanted[target]) continue;
    std::int64_t& sum = events_of[key_of(source, target)];
    const bool was_enough = sum >= options.min_events;
    sum += events.events_in(row);
    if (!was_enough && sum >= options.min_events) pairs.push_back(Pair::of(names[source], names[target]));
  }
  if (pairs.empty()) {
    throw InputError(concat(
        events.origin, options.min_events > 1 ? concat(": no ", options.min_events, " events are") : ": no event is",
        " between two ", choice == PairChoice::all ? "different actors" : "countries", " from ",
        to_string(calendar.first), " to ", to_string(calendar.last), "; name the pairs"));
  }
  return pairs;
}

}  // namespace tocsin
