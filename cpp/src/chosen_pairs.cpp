#include "chosen_pairs.hpp"

#include <map>
#include <string>
#include <unordered_set>

#include "crosswalk.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

std::vector<Pair> checked_pairs(const std::vector<Pair>& asked) {
  if (asked.empty()) throw InputError("no pair is asked for; name at least one, as in \"IND-PAK\"");
  std::vector<Pair> pairs;
  for (const Pair& pair : asked) {
    for (const std::string& actor : {pair.first, pair.second}) {
      if (rolled_up(actor) == actor) continue;
      throw InputError(concat("pair ", in_quotes(to_string(pair)), " cannot have events: ", in_quotes(actor),
                              " is rolled up to ", in_quotes(rolled_up(actor)), "; ask for the country"));
    }
    pairs.push_back(Pair::of(pair.first, pair.second));
  }
  std::sort(pairs.begin(), pairs.end());
  const auto same = std::adjacent_find(pairs.begin(), pairs.end());
  if (same != pairs.end()) throw InputError(concat("pair ", in_quotes(to_string(*same)), " is asked for twice"));
  return pairs;
}

std::vector<Pair> pairs_in(const EventTable& events, const Calendar& calendar, PairChoice choice) {
  std::map<std::string, std::uint32_t> numbers;
  std::vector<std::string> names;
  std::vector<std::uint32_t> number_of_actor;
  for (const std::string& actor : events.actors) {
    const auto [place, is_new] = numbers.try_emplace(rolled_up(actor), static_cast<std::uint32_t>(numbers.size()));
    if (is_new) names.push_back(place->first);
    number_of_actor.push_back(place->second);
  }
  const auto is_wanted = [&](std::uint32_t actor) { return choice == PairChoice::all || is_country(names[actor]); };
  std::unordered_set<std::uint64_t> seen;
  std::vector<Pair> pairs;
  for (std::size_t row = 0; row < events.size(); ++row) {
    const std::uint32_t source = number_of_actor[events.sources[row]];
    const std::uint32_t target = number_of_actor[events.targets[row]];
    if (source == target || !calendar.contains(events.dates[row])) continue;
    if (!seen.insert(key_of(source, target)).second || !is_wanted(source) || !is_wanted(target)) continue;
    pairs.push_back(Pair::of(names[source], names[target]));
  }
  if (pairs.empty()) {
    throw InputError(concat(events.origin, ": no event is between two ",
                            choice == PairChoice::all ? "different actors" : "countries", " from ",
                            to_string(calendar.first), " to ", to_string(calendar.last), "; name the pairs"));
  }
  return pairs;
}

}  // namespace tocsin
