#include "tocsin/labels.hpp"

#include <algorithm>

#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

std::string_view name_of(Target target) { return target == Target::onset ? "onset" : "crisis"; }

Target target_named(std::string_view name) {
  if (name == "onset") return Target::onset;
  if (name == "crisis") return Target::crisis;
  throw InputError(concat("target is ", in_quotes(name), R"(, expected "onset" or "crisis")"));
}

void require_valid(const LabelOptions& options) {
  if (options.horizon_days < 1) {
    throw InputError(concat("horizon_days is ", options.horizon_days, ", expected a number >= 1"));
  }
  const auto require = [](int days, std::string_view name) {
    if (days < 0) throw InputError(concat(name, " is ", days, ", expected a number >= 0"));
  };
  require(options.quiet_days, "quiet_days");
  require(options.warm_up_days, "warm_up_days");
  require(options.min_level, "min_level");
  require(options.margin_days, "margin_days");
  require(options.recent_days, "recent_days");
}

namespace {

using Marks = std::vector<std::int8_t>;

// Marks the days from `first` to `last`, as far as they lie in the calendar.
void mark(Marks& marks, const Calendar& calendar, Day first, Day last, std::int8_t value = 1) {
  const auto from = std::max(first, calendar.first) - calendar.first;
  const auto to = std::min(last, calendar.last) - calendar.first;
  for (auto day = from; day <= to; ++day) marks[static_cast<std::size_t>(day)] = value;
}

bool counts(const Onset& onset, const LabelOptions& options) {
  return onset.are_adversaries && (onset.level == 0 || onset.level >= options.min_level);
}

// To the third of a month at least, as ICB has it where it does not know the day.
bool is_dated(const Onset& crisis) {
  constexpr int third_of_a_month = 10;
  return std::max(crisis.uncertain_days, crisis.end_uncertain_days) <= third_of_a_month;
}

// Days since the last one of an event, known on the day itself.
std::vector<std::int32_t> days_since_last(const std::vector<Onset>& events, const Calendar& calendar,
                                          const LabelOptions& options) {
  std::vector<std::int32_t> ended(static_cast<std::size_t>(calendar.size()), -PairLabels::never);
  for (const Onset& event : events) {
    if (!counts(event, options) || event.first > calendar.last) continue;
    if (event.last < calendar.first) {
      ended.front() = std::max(ended.front(), event.last - calendar.first);
      continue;
    }
    // Of an event of an uncertain day nothing is known before the last day that it may have begun on.
    const Day first = std::min(std::max(event.begun_by(), calendar.first), calendar.last);
    for (Day day = first; day <= std::min(event.last, calendar.last); day = day + 1) {
      auto& last = ended[static_cast<std::size_t>(day - calendar.first)];
      last = std::max(last, day - calendar.first);
    }
  }
  std::vector<std::int32_t> since(ended.size());
  std::int32_t last = -PairLabels::never;
  for (std::size_t day = 0; day < ended.size(); ++day) {
    last = std::max(last, ended[day]);
    since[day] = std::min(static_cast<std::int32_t>(day) - last, PairLabels::never);
  }
  return since;
}

PairLabels label_onsets(const std::vector<Onset>& events, const Calendar& calendar, const LabelOptions& options) {
  // Days before and after the calendar decide its labels too.
  const Calendar wide{calendar.first + -options.quiet_days, calendar.last + options.horizon_days};
  Marks is_unquiet(static_cast<std::size_t>(wide.size()));
  Marks begins = is_unquiet;
  Marks may_begin = is_unquiet;
  for (const Onset& event : events) {
    if (!counts(event, options)) continue;
    const Day last = options.is_quiet_after_end ? std::max(event.last, event.begun_by()) : event.begun_by();
    mark(is_unquiet, wide, event.first, last);
    mark(event.uncertain_days > 0 ? may_begin : begins, wide, event.first, event.begun_by());
  }
  const Calendar covered = options.covered.value_or(calendar);
  PairLabels result;
  result.labels.assign(static_cast<std::size_t>(calendar.size()), PairLabels::unknown);
  const auto size = static_cast<std::int32_t>(wide.size());
  std::int32_t last_unquiet = -size;  // of the wide calendar
  std::int32_t next_begin = size;
  std::int32_t next_maybe = size;
  std::vector<std::int32_t> first_begin(static_cast<std::size_t>(size), size);
  std::vector<std::int32_t> first_maybe = first_begin;
  for (std::int32_t day = size - 1; day >= 0; --day) {
    first_begin[static_cast<std::size_t>(day)] = next_begin;
    first_maybe[static_cast<std::size_t>(day)] = next_maybe;
    if (begins[static_cast<std::size_t>(day)] != 0) next_begin = day;
    if (may_begin[static_cast<std::size_t>(day)] != 0) next_maybe = day;
  }
  for (std::int32_t day = 0; day < options.quiet_days + calendar.size(); ++day) {
    const auto place = static_cast<std::size_t>(day);
    if (is_unquiet[place] != 0) last_unquiet = day;
    const std::int32_t own = day - options.quiet_days;  // of the calendar
    const Day date = wide.first + day;
    const bool is_known = covered.first <= date + -options.quiet_days && date + options.horizon_days <= covered.last;
    if (own < options.warm_up_days || !is_known || day - last_unquiet <= options.quiet_days) continue;
    std::int8_t& label = result.labels[static_cast<std::size_t>(own)];
    if (first_begin[place] - day <= options.horizon_days) {
      label = 1;
      const std::int32_t begin = first_begin[place] - options.quiet_days;
      if (result.onsets.empty() || result.onsets.back() != begin) result.onsets.push_back(begin);
    } else if (first_maybe[place] - day > options.horizon_days) {
      label = 0;
    }
  }
  return result;
}

PairLabels label_crises(const std::vector<Onset>& crises, const std::vector<Onset>& militarised,
                        const Calendar& calendar, const LabelOptions& options) {
  Marks marks(static_cast<std::size_t>(calendar.size()));
  for (const Onset& event : militarised) {
    if (!counts(event, options)) continue;
    mark(marks, calendar, event.first + -options.margin_days, event.last + options.margin_days, PairLabels::unknown);
  }
  for (const Onset& crisis : crises) {
    const bool is_open = counts(crisis, options) && !is_dated(crisis);
    if (!crisis.are_adversaries || is_open) mark(marks, calendar, crisis.first, crisis.last, PairLabels::unknown);
  }
  for (const Onset& crisis : crises) {
    if (counts(crisis, options) && is_dated(crisis)) mark(marks, calendar, crisis.first, crisis.last);
  }
  mark(marks, calendar, calendar.first, calendar.first + (options.warm_up_days - 1), PairLabels::unknown);
  if (options.covered) {
    mark(marks, calendar, calendar.first, options.covered->first + -1, PairLabels::unknown);
    mark(marks, calendar, options.covered->last + 1, calendar.last, PairLabels::unknown);
  }
  PairLabels result;
  for (std::size_t day = 0; day < marks.size(); ++day) {
    if (marks[day] == 1 && (day == 0 || marks[day - 1] != 1)) result.onsets.push_back(static_cast<std::int32_t>(day));
  }
  result.labels = std::move(marks);
  return result;
}

}  // namespace

PairLabels label_days(const std::vector<Onset>& onsets, const std::vector<Onset>& militarised, const Calendar& calendar,
                      const LabelOptions& options) {
  require_valid(options);
  const bool is_crisis = options.target == Target::crisis;
  PairLabels result =
      is_crisis ? label_crises(onsets, militarised, calendar, options) : label_onsets(onsets, calendar, options);
  result.days_since = days_since_last(is_crisis ? militarised : onsets, calendar, options);
  return result;
}

}  // namespace tocsin
