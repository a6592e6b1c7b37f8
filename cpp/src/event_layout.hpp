#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace tocsin {

/// What a column of an event file is to us.
enum class Role : std::uint8_t {
  id,
  date,
  last_day,  // of an event that takes several days
  date_added,
  source,  // the country or other actor that is counted
  target,
  source_code,  // the whole code or name, where `source` is the country in it
  target_code,
  source_number,  // Gleditsch-Ward number, where the name is that of an organisation
  target_number,
  code,
  code_detail,   // a finer part of the code, in a column of its own
  code_context,  // a list of contexts, of which the first that a codebook knows counts
  code_name,     // the code in words
  is_root,
  events,  // how many a row stands for
  mentions,
  sources,
  articles,
  quad_class,
  intensity,
  tone,
  latitude,
  longitude,
  country,
  url,
};
inline constexpr std::size_t role_count = static_cast<std::size_t>(Role::url) + 1;
[[nodiscard]] constexpr std::size_t index_of(Role role) { return static_cast<std::size_t>(role); }
/// As in `Events.frame(columns=...)`.
[[nodiscard]] std::string_view name_of(Role role);
[[nodiscard]] std::optional<Role> role_named(std::string_view name);

inline constexpr std::uint16_t no_place = 0xFFFF;
using Places = std::array<std::uint16_t, role_count>;

/// How a text of digits and slashes is a day.
enum class SlashOrder : std::uint8_t { none, month_first, day_first };

/// What makes two rows reports of one event.
enum class Identity : std::uint8_t { none, number, number_and_date, text };

/// By which day of a row the source shows that it was collected.
enum class CollectedBy : std::uint8_t { event_date, date_added };

/// One kind of event file: where things stand in it, and what they mean.
struct EventLayout {
  std::string_view name;          // "gdelt2"
  std::string_view title;         // "GDELT 2.0"
  std::string_view codebook;      // of its codes
  std::string_view actor_system;  // of its actors: a name of `CodeSystem`; empty: of none
  Places places{};
  std::size_t fewest_fields = 0;
  std::size_t most_fields = 0;
  char delimiter = '\t';
  bool is_quoted = false;  // fields may stand in quotes, and records then go over several lines
  bool has_header = false;
  bool is_bulk = true;  // made by machines or by many hands: missing values have marks, and a side may be missing
  bool is_daily_feed = false;  // a day without any row was not collected
  bool may_be_latin1 = false;  // ISO 8859-1 and UTF-8 are both about
  SlashOrder slashes = SlashOrder::none;
  Identity identity = Identity::none;
  CollectedBy collected_by = CollectedBy::event_date;

  [[nodiscard]] std::uint16_t place(Role role) const { return places[index_of(role)]; }
  [[nodiscard]] bool has(Role role) const { return place(role) != no_place; }
};

/// The layouts of files without a header. No two of them have a number of fields in common.
[[nodiscard]] std::span<const EventLayout> headless_layouts();

struct NamedColumn {
  std::string_view name;  // in small letters
  Role role;
  bool is_required = true;
};

/// A kind of file that names its columns in a header, in any order.
struct NamedLayout {
  EventLayout layout;  // its places come from the header
  std::vector<NamedColumn> columns;
};

[[nodiscard]] std::span<const NamedLayout> named_layouts();

}  // namespace tocsin
