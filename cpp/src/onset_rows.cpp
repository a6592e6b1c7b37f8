#include "onset_rows.hpp"

#include <algorithm>
#include <charconv>

#include "delimited_columns.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

std::string digits(int number, int width) {
  std::string text = std::to_string(number);
  while (static_cast<int>(text.size()) < width) text.insert(text.begin(), '0');
  return text;
}

std::optional<Day> day_on(int year, int month, int day) {
  return parse_day(concat(digits(year, 4), "-", digits(month, 2), "-", digits(day, 2)));
}

std::optional<Day> last_of_month(int year, int month) {
  for (int day = 31; day >= 28; --day) {
    if (const auto last = day_on(year, month, day)) return last;
  }
  return std::nullopt;
}

std::string plain_name(std::string_view header) {
  std::string name;
  for (const char c : header) {
    if (c != ' ') name += 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return name;
}

}  // namespace

std::optional<DaySpan> day_span(std::optional<int> year, std::optional<int> month, std::optional<int> day) {
  if (!year || *year < 1 || (month && *month > 12)) return std::nullopt;
  if (!month || *month < 1) {
    const auto first = day_on(*year, 1, 1);
    return first ? std::optional<DaySpan>({*first, *day_on(*year, 12, 31)}) : std::nullopt;
  }
  const auto last = last_of_month(*year, *month);
  if (!last) return std::nullopt;
  const Day first = *day_on(*year, *month, 1);
  constexpr int tenth = 9;  // days after the first
  if (!day || *day < 1) return DaySpan{first, *last};
  if (*day == 66) return DaySpan{first, first + tenth};
  if (*day == 77) return DaySpan{first + (tenth + 1), first + (2 * tenth + 1)};
  if (*day == 88) return DaySpan{first + (2 * tenth + 2), *last};
  const auto only = day_on(*year, *month, *day);
  return only ? std::optional<DaySpan>({*only, *only}) : std::nullopt;
}

OnsetRows::OnsetRows(DelimitedReader& reader) : reader_(reader) {
  require_header(reader);
  width_ = reader.fields().size();
  // Of two columns of one name the first counts: ICB and MID files have some that we do not look at.
  for (std::size_t i = 0; i < width_; ++i) columns_.try_emplace(plain_name(reader.fields()[i]), i);
}

bool OnsetRows::has_all(const std::vector<std::string_view>& names) const {
  return std::all_of(names.begin(), names.end(), [&](std::string_view name) { return has(name); });
}

bool OnsetRows::next(OnsetReport& report) {
  if (!reader_.next()) return false;
  ++report.rows;
  return true;
}

bool OnsetRows::is_whole() const { return reader_.fields().size() == width_; }

std::string_view OnsetRows::text(std::string_view name) const {
  const auto place = columns_.find(name);
  if (place == columns_.end() || place->second >= reader_.fields().size()) return {};
  return trimmed(reader_.fields()[place->second]);
}

std::optional<int> OnsetRows::number(std::string_view name) const {
  std::string_view digits = text(name);
  // Statistical software writes whole numbers with a point.
  if (digits.ends_with(".0")) digits.remove_suffix(2);
  int value = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (fault != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::vector<std::string> OnsetRows::columns_beginning(std::string_view start) const {
  std::vector<std::string> found;
  for (const auto& [name, place] : columns_) {
    if (name.starts_with(start)) found.push_back(name);
  }
  return found;
}

StateWriter::StateWriter(CodeSystem from, const OnsetOptions& options, OnsetReport& report)
    : from_(from),
      to_(code_system_of(options.actor_system)),
      report_(report),
      actors_(options.actors.begin(), options.actors.end()) {
  // A code stands for a place over years: it is enough to ask once a year which ones come into question.
  for (const std::string& actor : actors_) {
    std::set<std::string> places;
    for (Day day = earliest_day; day <= latest_day; day = day + 365) {
      const Place* place = find_place(to_, actor, day);
      if (place != nullptr && places.insert(place->id).second) candidates_[place->id].push_back(actor);
    }
  }
}

std::vector<std::string> StateWriter::names_of(const std::string& number, Day day) {
  const Place* place = find_place(from_, number, day);
  if (place == nullptr) {
    ++report_.unmapped_actors[number];
    return {};
  }
  std::vector<std::string> names;
  const auto known = candidates_.find(place->id);
  if (known != candidates_.end()) {
    for (const std::string& actor : known->second) {
      const Place* meant = find_place(to_, actor, day);
      if (meant != nullptr && meant->id == place->id) names.push_back(actor);
    }
  }
  if (!names.empty()) return names;
  const auto code = code_of(*place, to_, day);
  // A state that is gone has a code that was withdrawn.
  return {code ? *code : place->id};
}

std::string_view add_onset(OnsetReading& reading, const std::vector<std::string>& a, const std::vector<std::string>& b,
                           const Onset& onset, const OnsetOptions& options) {
  if (a.empty() || b.empty()) return no_state;
  if (onset.level != 0 && onset.level < options.min_level) return "below the level asked for";
  bool is_added = false;
  for (const std::string& first : a) {
    for (const std::string& second : b) {
      if (first == second) continue;
      Onset added = onset;
      added.pair = Pair::of(first, second);
      reading.onsets.push_back(std::move(added));
      is_added = true;
    }
  }
  return is_added ? std::string_view{} : "a state with itself";
}

void cover(OnsetReading& reading, DaySpan days) {
  if (!reading.covered) reading.covered = Calendar{days.first, days.last};
  reading.covered->first = std::min(reading.covered->first, days.first);
  reading.covered->last = std::max(reading.covered->last, days.last);
}

}  // namespace tocsin
