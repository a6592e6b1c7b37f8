#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tocsin/date.hpp"

namespace tocsin {

/// The ways to write a place that the crosswalk knows (docs/crosswalk.md). A code is never taken for one of a system
/// that was not named: "AU" is Australia in `iso2` and Austria in `fips`.
enum class CodeSystem {
  iso3,         // ISO 3166-1 alpha-3: "IND"
  iso2,         // ISO 3166-1 alpha-2: "IN"
  iso_numeric,  // ISO 3166-1 numeric: "356"; leading zeros may be left out
  fips,         // FIPS 10-4, as in GDELT's geographic fields: "IN"
  cow_number,   // Correlates of War, state system membership v2016: "750"
  cow_letters,  // the same: "IND"
  gw_number,    // Gleditsch and Ward, as in UCDP: "750"
  gw_letters,   // the same: "IND"
  cameo,        // CAMEO actors, as in GDELT and Phoenix: "IND", "ROM", "AFR", "IGOUNO"
  keds,         // older actors of KEDS files, as in WEIS: "IDI", "UAR"
  name          // English names, as in ICEWS, POLECAT and ACLED: "India"
};

/// Members and observers of the United Nations, members of the COW state system, and states of the past; the rest of
/// ISO 3166-1, and what is claimed or was governed apart; and what is no country.
enum class PlaceKind { state, territory, region, organisation };

struct Place {
  std::string id;    // its last ISO 3166-1 alpha-3, XKX for Kosovo, else a code of our own in lower case: "zanzibar"
  std::string name;  // in English
  PlaceKind kind = PlaceKind::state;
};

/// @throws InputError  for another name than "iso3", "iso2", ..., "name"
[[nodiscard]] CodeSystem code_system_of(std::string_view name);
[[nodiscard]] std::string_view name_of(CodeSystem system);
[[nodiscard]] std::vector<std::string> code_system_names();

/// The place that a code stands for on a day; null where there is none, or where a name can be several. Codes are read
/// as they are written; names without regard to case, accents, punctuation, the order of words, "the", "of" and "and".
/// COW and Gleditsch-Ward codes stand for a place while it is a member of that list; ISO, FIPS, CAMEO and KEDS codes
/// and names on every day on which they stood for no other place and were not withdrawn.
///
/// What it points at lives as long as the program. Safe between threads; takes constant time.
[[nodiscard]] const Place* find_place(CodeSystem system, std::string_view code, Day day);

/// The same. @throws InputError where there is none, or several; it says which codes or names are near, on which days
/// the code stands for something, and in which other systems
[[nodiscard]] const Place& place_of(CodeSystem system, std::string_view code, Day day);

/// The code that a system has for a place on a day: where there are several, the one in force. Empty where it has none.
[[nodiscard]] std::optional<std::string> code_of(const Place& place, CodeSystem system, Day day);

/// A code of one system in another. @throws InputError as `place_of`, and where the other has none on that day
[[nodiscard]] std::string converted(std::string_view code, CodeSystem from, CodeSystem to, Day day);

/// The actor that a code stands for: its country where the first three letters are one (in `system`, on whichever day),
/// else the whole code. Only `cameo` and `keds` add roles to countries: actors of other systems stay as they are.
[[nodiscard]] std::string rolled_up(std::string_view actor, CodeSystem system);
[[nodiscard]] std::string rolled_up(std::string_view actor);  // in `cameo`

}  // namespace tocsin
