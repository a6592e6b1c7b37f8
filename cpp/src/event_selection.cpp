#include "event_selection.hpp"

#include <algorithm>

#include "text.hpp"
#include "tocsin/crosswalk.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

void require_length(const EventTable& events, std::size_t length, std::string_view name, bool may_be_absent) {
  if (length == events.size() || (may_be_absent && length == 0)) return;
  throw InputError(concat(events.origin, ": column \"", name, "\" holds ", length, " values, expected ", events.size(),
                          " as in \"date\""));
}

void check_lengths(const EventTable& events) {
  require_length(events, events.sources.size(), "source", false);
  require_length(events, events.targets.size(), "target", false);
  require_length(events, events.codes.size(), "code", false);
  require_length(events, events.dates_added.size(), "date_added", true);
  require_length(events, events.superseded_on.size(), "superseded_on", true);
  require_length(events, events.is_root.size(), "is_root", true);
  for (const auto& weight : events.weights) require_length(events, weight.size(), "weights", true);
}

void check_row(const EventTable& events, std::size_t row) {
  const auto fail = [&](std::string_view what) {
    throw ParseError(events.origin, static_cast<std::int64_t>(row) + 1, 0, what);
  };
  if (std::max(events.sources[row], events.targets[row]) >= events.actors.size()) {
    fail(concat("an actor's number is beyond the ", events.actors.size(), " names of the table"));
  }
  if (events.codes[row] >= events.code_names.size()) {
    fail(concat("a code's number is beyond the ", events.code_names.size(), " names of the table"));
  }
  if (events.dates[row] < earliest_day || events.dates[row] > latest_day) {
    fail(concat("the date ", to_string(events.dates[row]), " is out of range, expected a day from ",
                to_string(earliest_day), " to ", to_string(latest_day)));
  }
}

void check_choices(const EventTable& events, const CountOptions& options) {
  const auto lacks = [&](std::string_view choice, std::string_view column) {
    throw InputError(concat(events.origin, ": ", choice, " needs a column ", in_quotes(column),
                            ", which a source of kind ", in_quotes(events.source), " does not have"));
  };
  constexpr std::array<std::string_view, weight_count> weight_names{"events", "mentions", "sources", "articles"};
  const auto weight = static_cast<std::size_t>(options.weight);
  if (options.weight != Weight::events) {
    if (options.duplicates != Duplicates::raw) {
      throw InputError(concat("weight ", in_quotes(weight_names[weight]),
                              " counts only where every row does; ask for duplicates \"raw\" with it"));
    }
    if (events.weights[weight].empty()) lacks(concat("weight ", in_quotes(weight_names[weight])), weight_names[weight]);
  }
  if (options.events == EventChoice::root && events.is_root.empty()) lacks("to count root events only", "is_root");
  if (options.as_of && events.dates_added.empty()) lacks("as_of", "date_added");
  if (options.date == DateChoice::added && events.dates_added.empty()) lacks("date \"added\"", "date_added");
}

}  // namespace

std::uint32_t Ranks::of(std::string_view text) const {
  return static_cast<std::uint32_t>(std::lower_bound(texts_.begin(), texts_.end(), text) - texts_.begin());
}

std::vector<std::uint32_t> ranks_of(const std::vector<std::string>& texts, const Ranks& ranks) {
  std::vector<std::uint32_t> numbers;
  for (const std::string& text : texts) numbers.push_back(ranks.of(text));
  return numbers;
}

bool was_known(const EventTable& events, std::size_t row, const std::optional<Day>& as_of) {
  const Day until = events.superseded_on.empty() ? EventTable::never : events.superseded_on[row];
  if (!as_of) return until == EventTable::never;
  return events.dates_added[row] <= *as_of && *as_of < until;
}

void check_table(const EventTable& events, const CountOptions& options) {
  if (events.size() == 0) throw InputError(concat(events.origin, ": there is no event; expected at least one"));
  check_lengths(events);
  for (std::size_t row = 0; row < events.size(); ++row) check_row(events, row);
  check_choices(events, options);
}

Calendar calendar_of(const EventTable& events, const CountOptions& options) {
  if (options.calendar) {
    const Calendar& asked = *options.calendar;
    if (asked.last < asked.first || asked.first < earliest_day || asked.last > latest_day) {
      throw InputError(concat("the calendar ", to_string(asked.first), " to ", to_string(asked.last),
                              " is backwards or out of range, expected two days from ", to_string(earliest_day), " to ",
                              to_string(latest_day), ", the earlier one first"));
    }
    return asked;
  }
  const auto until = [&](Day last) { return options.as_of ? std::min(last, *options.as_of) : last; };
  if (!events.collected_days.empty()) {
    const Calendar collected{events.collected_days.front(), until(events.collected_days.back())};
    if (collected.first <= collected.last) return collected;
  }
  const auto& days = options.date == DateChoice::event ? events.dates : events.dates_added;
  const auto [first, last] = std::minmax_element(days.begin(), days.end());
  return {*first, std::max(*first, until(*last))};
}

std::vector<Day> uncollected_days(const EventTable& events, const Calendar& calendar, const CountOptions& options) {
  std::vector<Day> days;
  if (options.empty_days == EmptyDays::quiet) return days;
  std::vector<Day> seen = events.collected_days;
  if (seen.empty()) {
    if (options.empty_days == EmptyDays::by_source) return days;
    for (std::size_t row = 0; row < events.size(); ++row) seen.push_back(day_of(events, row, options.date));
    std::sort(seen.begin(), seen.end());
  }
  for (Day day = calendar.first; day <= calendar.last; day = day + 1) {
    if (!std::binary_search(seen.begin(), seen.end(), day)) days.push_back(day);
  }
  return days;
}

std::string_view actor_system_of(const EventTable& events, const Codebook& codebook) {
  if (!events.actor_system.empty()) return events.actor_system;
  // Files with WEIS codes are older than CAMEO, and spell countries as they were spelt then.
  return codebook.name() == "weis" ? "keds" : "cameo";
}

std::vector<std::string> rolled_up_actors(const EventTable& events, const Codebook& codebook) {
  const CodeSystem system = code_system_of(actor_system_of(events, codebook));
  std::vector<std::string> actors;
  for (const std::string& actor : events.actors) actors.push_back(rolled_up(actor, system));
  return actors;
}

}  // namespace tocsin
