#include "crosswalk.hpp"

#include <algorithm>
#include <array>

#include "crosswalk_table.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

constexpr std::size_t country_length = 3;

constexpr std::array<std::string_view, code_system_count> system_names{
    "iso3",      "iso2",       "iso_numeric", "fips", "cow_number", "cow_letters",
    "gw_number", "gw_letters", "cameo",       "keds", "name"};

std::string described(const Place& place) { return concat(place.name, " (", place.id, ")"); }

std::string described(Calendar days) {
  constexpr Calendar always = CrosswalkTable::always;
  if (days == always) return "on every day";
  if (days.first == always.first) return concat("until ", to_string(days.last));
  if (days.last == always.last) return concat("from ", to_string(days.first));
  return concat("from ", to_string(days.first), " to ", to_string(days.last));
}

std::string upper_case(std::string_view code) {
  std::string capitals{code};
  for (char& letter : capitals) {
    if (letter >= 'a' && letter <= 'z') letter = static_cast<char>(letter - 'a' + 'A');
  }
  return capitals;
}

// ---- why a code does not stand for one place -----------------------------------------------------

std::string of_several(const std::vector<std::uint32_t>& places) {
  const CrosswalkTable& table = CrosswalkTable::shipped();
  std::vector<std::string> meanings;
  for (const std::uint32_t place : places) meanings.push_back(described(table.place(place)));
  return concat(" can be ", joined(meanings, " or "), "; write it in full, as in ",
                in_quotes(table.place(places.front()).name));
}

std::string on_other_days(const std::vector<CrosswalkTable::Reading>& readings, Day day) {
  std::vector<std::string> meanings;
  for (const auto& [place, days] : readings) {
    meanings.push_back(concat(described(CrosswalkTable::shipped().place(place)), " ", described(days)));
  }
  return concat(" is ", joined(meanings, ", "), "; it stands for nothing on ", to_string(day));
}

// "Kuwait (KWT) in cow_letters, keds", for each place that the code stands for in some system.
std::string in_other_systems(std::string_view code, Day day) {
  std::vector<std::string> meanings;
  const Place* before = nullptr;
  for (std::size_t i = 0; i < code_system_count; ++i) {
    const Place* place = find_place(static_cast<CodeSystem>(i), code, day);
    if (place == nullptr) continue;
    if (place == before) {
      meanings.back() += concat(", ", system_names[i]);
    } else {
      meanings.push_back(concat(described(*place), " in ", system_names[i]));
    }
    before = place;
  }
  return joined(meanings, " and ");
}

std::string of_nothing(CodeSystem system, std::string_view code, Day day) {
  const std::string message = concat(" stands for nothing on ", to_string(day));
  if (const std::string capitals = upper_case(code); find_place(system, capitals, day) != nullptr) {
    return concat(message, "; codes are in capitals: ", in_quotes(capitals));
  }
  if (const std::string elsewhere = in_other_systems(code, day); !elsewhere.empty()) {
    return concat(message, "; it is ", elsewhere, ": which system are the codes of?");
  }
  return concat(message, nearest_hint(code, CrosswalkTable::shipped().codes_on(system, day)));
}

[[noreturn]] void fail(CodeSystem system, std::string_view code, Day day) {
  const CrosswalkTable& table = CrosswalkTable::shipped();
  const auto places = table.places_of(system, code, day);
  const auto& readings = table.readings(system, code);
  const std::string why = !places.empty()     ? of_several(places)
                          : !readings.empty() ? on_other_days(readings, day)
                                              : of_nothing(system, code, day);
  throw InputError(concat(name_of(system), " ", in_quotes(code), why));
}

[[noreturn]] void fail_without_code(const Place& place, CodeSystem system, Day day) {
  std::string others;
  if (const auto number = CrosswalkTable::shipped().number_of(place.id)) {
    for (const auto& [code, days] : CrosswalkTable::shipped().writings(system, *number)) {
      others += concat(others.empty() ? "; it has " : ", ", in_quotes(code), " ", described(days));
    }
  }
  throw InputError(concat(described(place), " has no ", name_of(system), " on ", to_string(day), others));
}

bool is_country_in(CodeSystem system, std::string_view letters) {
  if (letters.size() != country_length) return false;
  const CrosswalkTable& table = CrosswalkTable::shipped();
  const auto& readings = table.readings(system, letters);
  return std::any_of(readings.begin(), readings.end(), [&](const auto& reading) {
    const PlaceKind kind = table.place(reading.place).kind;
    return kind == PlaceKind::state || kind == PlaceKind::territory;
  });
}

}  // namespace

CodeSystem code_system_of(std::string_view name) {
  const auto place = std::find(system_names.begin(), system_names.end(), name);
  if (place != system_names.end()) return static_cast<CodeSystem>(place - system_names.begin());
  throw InputError(concat("code system ", in_quotes(name), " is not known", nearest_hint(name, code_system_names()),
                          "; the systems are ", joined(code_system_names())));
}

std::string_view name_of(CodeSystem system) { return system_names[static_cast<std::size_t>(system)]; }

std::vector<std::string> code_system_names() { return {system_names.begin(), system_names.end()}; }

const Place* find_place(CodeSystem system, std::string_view code, Day day) {
  const CrosswalkTable& table = CrosswalkTable::shipped();
  const Place* found = nullptr;
  for (const auto& [number, days] : table.readings(system, code)) {
    if (!days.contains(day)) continue;
    if (found != nullptr && found != &table.place(number)) return nullptr;
    found = &table.place(number);
  }
  return found;
}

const Place& place_of(CodeSystem system, std::string_view code, Day day) {
  if (const Place* place = find_place(system, code, day)) return *place;
  fail(system, code, day);
}

std::optional<std::string> code_of(const Place& place, CodeSystem system, Day day) {
  const CrosswalkTable& table = CrosswalkTable::shipped();
  const auto number = table.number_of(place.id);
  if (!number) return std::nullopt;
  for (const auto& [code, days] : table.writings(system, *number)) {
    if (days.contains(day)) return code;
  }
  return std::nullopt;
}

std::string converted(std::string_view code, CodeSystem from, CodeSystem to, Day day) {
  const Place& place = place_of(from, code, day);
  if (auto other = code_of(place, to, day)) return *std::move(other);
  fail_without_code(place, to, day);
}

bool is_country(std::string_view three_letters) noexcept { return is_country_in(CodeSystem::cameo, three_letters); }

std::string rolled_up(std::string_view actor, CodeSystem system) {
  const std::string_view head = actor.substr(0, country_length);
  // Codes of actors are made of groups of three capitals; "USAID" and "BRN: Barisan" are names.
  const auto is_capital = [](char c) { return ('A' <= c && c <= 'Z') || ('0' <= c && c <= '9'); };
  const bool is_code = actor.size() % country_length == 0 && std::all_of(actor.begin(), actor.end(), is_capital);
  const bool has_roles = is_code && (system == CodeSystem::cameo || system == CodeSystem::keds);
  return std::string{has_roles && is_country_in(system, head) ? head : actor};
}

std::string rolled_up(std::string_view actor) { return rolled_up(actor, CodeSystem::cameo); }

}  // namespace tocsin
