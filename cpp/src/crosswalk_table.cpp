#include "crosswalk_table.hpp"

#include <algorithm>

#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace embedded {

extern const std::string_view crosswalk;  // cpp/data/crosswalk.csv

}  // namespace embedded

namespace {

constexpr std::string_view header =
    "id,kind,name,first,last,iso3,iso2,iso_numeric,fips,cow_number,cow_letters,gw_number,gw_letters,cameo,keds,"
    "other_names";
constexpr std::size_t first_code_column = 5;
constexpr std::size_t column_count = 16;

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0;;) {
    const std::size_t end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end - begin));
    if (end == std::string_view::npos) return parts;
    begin = end + 1;
  }
}

[[noreturn]] void fail(std::size_t line, std::string_view what) {
  throw InputError(concat("crosswalk.csv:", line, ": ", what));
}

PlaceKind kind_of(std::string_view text, std::size_t line) {
  constexpr std::array<std::string_view, 4> kinds{"state", "territory", "region", "organisation"};
  const auto place = std::find(kinds.begin(), kinds.end(), text);
  if (place == kinds.end()) fail(line, concat("kind is ", in_quotes(text), ", expected state, territory, region, ..."));
  return static_cast<PlaceKind>(place - kinds.begin());
}

Day day_of(std::string_view text, Day open_end, std::size_t line) {
  if (text.empty()) return open_end;
  const auto day = parse_day(text);
  if (!day) fail(line, concat("found the day ", in_quotes(text), ", expected YYYY-MM-DD or nothing"));
  return *day;
}

bool is_number(CodeSystem system) {
  return system == CodeSystem::iso_numeric || system == CodeSystem::cow_number || system == CodeSystem::gw_number;
}

std::string key_of(CodeSystem system, std::string_view code) {
  if (system == CodeSystem::name) return name_key(code);
  if (is_number(system)) code.remove_prefix(std::min(code.find_first_not_of('0'), code.size()));
  return std::string{code};
}

}  // namespace

struct CrosswalkTable::Row {
  std::size_t line;
  std::vector<std::string_view> cells;
};

CrosswalkTable::CrosswalkTable(std::string_view csv) {
  std::size_t line = 0;
  for (const std::string_view text : split(csv, '\n')) {
    ++line;
    if (line == 1 && text != header) fail(line, concat("the columns are ", in_quotes(text), ", expected ", header));
    if (line == 1 || text.empty()) continue;
    const Row row{line, split(text, ',')};
    if (row.cells.size() != column_count) fail(line, concat("has ", row.cells.size(), " cells, expected 16"));
    add(row);
  }
}

const CrosswalkTable& CrosswalkTable::shipped() {
  static const CrosswalkTable table(embedded::crosswalk);  // C++ makes this safe between threads
  return table;
}

void CrosswalkTable::add(const Row& row) {
  const std::string id{row.cells[0]};
  const auto [entry, is_new] = numbers_.try_emplace(id, static_cast<std::uint32_t>(places_.size()));
  const std::uint32_t number = entry->second;
  if (is_new) {
    places_.push_back({id, std::string{row.cells[2]}, kind_of(row.cells[1], row.line)});
    for (auto& by_place : writings_) by_place.emplace_back();
  } else if (!row.cells[1].empty() || !row.cells[2].empty()) {
    fail(row.line, concat("place ", in_quotes(id), " has a kind and a name already; leave both empty"));
  }
  const Calendar days{day_of(row.cells[3], always.first, row.line), day_of(row.cells[4], always.last, row.line)};
  if (days.last < days.first) fail(row.line, "ends before it begins");
  add_code(CodeSystem::name, places_[number].name, true, number, days);
  for (std::size_t column = first_code_column; column < column_count; ++column) {
    const auto system = static_cast<CodeSystem>(column - first_code_column);
    bool is_written = system != CodeSystem::name;
    for (const std::string_view code : split(row.cells[column], ';')) {
      if (!code.empty()) add_code(system, std::string{code}, is_written, number, days);
      is_written = false;
    }
  }
}

void CrosswalkTable::add_code(CodeSystem system, const std::string& code, bool is_written, std::uint32_t place,
                              Calendar days) {
  const auto index = static_cast<std::size_t>(system);
  auto& readings = readings_[index][key_of(system, code)];
  const bool is_known = std::any_of(readings.begin(), readings.end(), [&](const Reading& reading) {
    return reading.place == place && reading.days.first <= days.first && days.last <= reading.days.last;
  });
  if (!is_known) readings.push_back({place, days});
  if (!is_known) spellings_[index].push_back({code, days});
  if (is_written) writings_[index][place].push_back({code, days});
}

std::optional<std::uint32_t> CrosswalkTable::number_of(std::string_view id) const {
  const auto entry = numbers_.find(std::string{id});
  if (entry == numbers_.end()) return std::nullopt;
  return entry->second;
}

const std::vector<CrosswalkTable::Reading>& CrosswalkTable::readings(CodeSystem system, std::string_view code) const {
  static const std::vector<Reading> none;
  const auto& by_code = readings_[static_cast<std::size_t>(system)];
  const auto entry = by_code.find(key_of(system, code));
  return entry == by_code.end() ? none : entry->second;
}

const std::vector<CrosswalkTable::Writing>& CrosswalkTable::writings(CodeSystem system, std::uint32_t place) const {
  return writings_[static_cast<std::size_t>(system)][place];
}

std::vector<std::uint32_t> CrosswalkTable::places_of(CodeSystem system, std::string_view code, Day day) const {
  std::vector<std::uint32_t> places;
  for (const Reading& reading : readings(system, code)) {
    const bool is_new = std::find(places.begin(), places.end(), reading.place) == places.end();
    if (is_new && reading.days.contains(day)) places.push_back(reading.place);
  }
  return places;
}

std::vector<std::string> CrosswalkTable::codes_on(CodeSystem system, Day day) const {
  std::vector<std::string> codes;
  for (const Writing& spelling : spellings_[static_cast<std::size_t>(system)]) {
    if (spelling.days.contains(day)) codes.push_back(spelling.code);
  }
  return codes;
}

}  // namespace tocsin
