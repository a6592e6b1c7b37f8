#include "event_layout.hpp"

#include <algorithm>
#include <initializer_list>

namespace tocsin {

namespace {

constexpr auto role_names = std::to_array<std::string_view>(
    {"id",          "date",          "last_day",      "date_added", "source",      "target",       "source_code",
     "target_code", "source_number", "target_number", "code",       "code_detail", "code_context", "code_name",
     "is_root",     "events",        "mentions",      "sources",    "articles",    "quad_class",   "intensity",
     "tone",        "latitude",      "longitude",     "country",    "url"});
static_assert(role_names.size() == role_count);

struct Placed {
  Role role;
  std::uint16_t place;
};

constexpr Places places_of(std::initializer_list<Placed> placed) {
  Places places{};
  places.fill(no_place);
  for (const Placed& each : placed) places[index_of(each.role)] = each.place;
  return places;
}

// GDELT's first 35 fields are the same in both versions; each of the three blocks of places has a field more in 2.0.
constexpr Places gdelt_places(std::uint16_t geo_fields, std::uint16_t added, std::uint16_t url) {
  const auto action = static_cast<std::uint16_t>(35 + 2 * geo_fields);
  const auto latitude = static_cast<std::uint16_t>(action + geo_fields - 3);
  return places_of({{Role::id, 0},
                    {Role::date, 1},
                    {Role::source_code, 5},
                    {Role::source, 7},
                    {Role::target_code, 15},
                    {Role::target, 17},
                    {Role::is_root, 25},
                    {Role::code, 26},
                    {Role::quad_class, 29},
                    {Role::intensity, 30},
                    {Role::mentions, 31},
                    {Role::sources, 32},
                    {Role::articles, 33},
                    {Role::tone, 34},
                    {Role::country, static_cast<std::uint16_t>(action + 2)},
                    {Role::latitude, latitude},
                    {Role::longitude, static_cast<std::uint16_t>(latitude + 1)},
                    {Role::date_added, added},
                    {Role::url, url}});
}

constexpr EventLayout gdelt1{.name = "gdelt1",
                             .title = "GDELT 1.0",
                             .codebook = "cameo-1.1b3",
                             .actor_system = "cameo",
                             .places = gdelt_places(7, 56, 57),
                             .fewest_fields = 57,
                             .most_fields = 58,
                             .is_daily_feed = true,
                             .identity = Identity::number};

constexpr EventLayout gdelt2{.name = "gdelt2",
                             .title = "GDELT 2.0",
                             .codebook = "cameo-1.1b3",
                             .actor_system = "cameo",
                             .places = gdelt_places(8, 59, 60),
                             .fewest_fields = 61,
                             .most_fields = 61,
                             .is_daily_feed = true,
                             .identity = Identity::number,
                             .collected_by = CollectedBy::date_added};

// OEDA's pipeline; files that were geocoded again have a sentence at the end.
constexpr EventLayout phoenix{.name = "phoenix",
                              .title = "Phoenix",
                              .codebook = "cameo-1.1b3",
                              .actor_system = "cameo",
                              .places = places_of({{Role::id, 0},
                                                   {Role::date, 1},
                                                   {Role::source_code, 5},
                                                   {Role::source, 6},
                                                   {Role::target_code, 9},
                                                   {Role::target, 10},
                                                   {Role::code, 13},
                                                   {Role::quad_class, 15},
                                                   {Role::intensity, 16},
                                                   {Role::latitude, 18},
                                                   {Role::longitude, 19},
                                                   {Role::country, 22},
                                                   {Role::url, 24}}),
                              .fewest_fields = 26,
                              .most_fields = 27,
                              .is_daily_feed = true,
                              .identity = Identity::text};

// The files of one year each that GDELT published before the others.
constexpr EventLayout reduced_years{.name = "gdelt-reduced-years",
                                    .title = "GDELT reduced (12 columns)",
                                    .codebook = "cameo-1.1b3",
                                    .actor_system = "cameo",
                                    .places = places_of({{Role::date, 0},
                                                         {Role::source, 1},
                                                         {Role::target, 2},
                                                         {Role::code, 3},
                                                         {Role::quad_class, 4},
                                                         {Role::intensity, 5},
                                                         {Role::latitude, 10},
                                                         {Role::longitude, 11}}),
                                    .fewest_fields = 12,
                                    .most_fields = 12,
                                    .is_daily_feed = true};

constexpr EventLayout reduced{.name = "gdelt-reduced",
                              .title = "GDELT reduced (17 columns)",
                              .codebook = "cameo-1.1b3",
                              .actor_system = "cameo",
                              .places = places_of({{Role::date, 0},
                                                   {Role::source, 1},
                                                   {Role::target, 2},
                                                   {Role::code, 3},
                                                   {Role::events, 4},
                                                   {Role::articles, 5},
                                                   {Role::quad_class, 6},
                                                   {Role::intensity, 7},
                                                   {Role::latitude, 15},
                                                   {Role::longitude, 16}}),
                              .fewest_fields = 17,
                              .most_fields = 17,
                              .is_daily_feed = true};

// The output of the KEDS and TABARI coders: a date of six or eight digits, and behind the code its words.
constexpr EventLayout keds{
    .name = "keds",
    .title = "KEDS text",
    .codebook = "cameo-1.1b3",
    .actor_system = "",
    .places = places_of({{Role::date, 0}, {Role::source, 1}, {Role::target, 2}, {Role::code, 3}}),
    .fewest_fields = 4,
    .most_fields = 6,
    .is_bulk = false};

// By width: no two of them share one.
constexpr std::array headless{gdelt2, gdelt1, phoenix, reduced, reduced_years, keds};

}  // namespace

std::string_view name_of(Role role) { return role_names[index_of(role)]; }

std::optional<Role> role_named(std::string_view name) {
  const auto place = std::find(role_names.begin(), role_names.end(), name);
  if (place == role_names.end()) return std::nullopt;
  return static_cast<Role>(place - role_names.begin());
}

std::span<const EventLayout> headless_layouts() { return headless; }

}  // namespace tocsin
