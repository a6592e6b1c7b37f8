#include "event_checks.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <sstream>
#include <tuple>
#include <vector>

#include "expect.hpp"
#include "tocsin/codebook.hpp"
#include "tocsin/error.hpp"
#include "tocsin/event_columns.hpp"

namespace tocsin::fuzz {

namespace {

using Act = std::tuple<Day, std::string, std::string, std::string>;

bool is_live(const EventTable& events, std::size_t row) {
  return events.superseded_on.empty() || events.superseded_on[row] == EventTable::never;
}

std::map<Act, double> live_acts(const EventTable& events) {
  std::map<Act, double> acts;
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (!is_live(events, i) || events.events_in(i) == 0) continue;
    const Act act{events.dates[i], events.actors[events.sources[i]], events.actors[events.targets[i]],
                  std::string{events.code(i)}};
    acts[act] += static_cast<double>(events.events_in(i));
  }
  return acts;
}

auto key_of(const EventTable& events, std::size_t row) {
  return std::tuple{events.dates[row],
                    events.dates_added.empty() ? Day{} : events.dates_added[row],
                    events.superseded_on.empty() ? Day{} : events.superseded_on[row],
                    events.sources[row],
                    events.targets[row],
                    events.codes[row],
                    events.is_root.empty() ? 0 : events.is_root[row]};
}

bool is_sorted_once(const std::vector<std::string>& names) {
  return std::adjacent_find(names.begin(), names.end(), std::greater_equal<>{}) == names.end();
}

void check_lengths(const EventTable& events) {
  const std::size_t n = events.size();
  const auto fits = [&](const auto& column) { return column.empty() || column.size() == n; };
  expect(events.sources.size() == n && events.targets.size() == n && events.codes.size() == n, "sides and code");
  expect(fits(events.dates_added) && fits(events.superseded_on) && fits(events.is_root), "columns have one length");
  expect(std::all_of(events.weights.begin(), events.weights.end(), fits), "weights have one length");
}

}  // namespace

void check_report(const ReadReport& report) {
  const std::int64_t sum = report.kept + report.one_sided + report.imprecise + report.duplicates + report.superseded +
                           report.rejected_rows();
  expect(report.rows == sum, "each row is in one place");
  expect(std::min({report.kept, report.one_sided, report.imprecise, report.duplicates, report.superseded}) >= 0,
         "no number of rows is negative");
  std::int64_t rows = 0;
  std::int64_t rejected = 0;
  for (const ReadReport::File& file : report.files) {
    rows += file.rows;
    rejected += file.rejected;
  }
  expect(rows == report.rows && rejected == report.rejected_rows(), "the files add up");
  for (const auto& [reason, found] : report.rejected) {
    expect(reason != RejectReason::none && found.rows > 0, "a reject has a reason");
    expect(!found.examples.empty() && found.examples.size() <= 5, "there are examples, and few");
  }
}

void check_table(const EventReading& reading) {
  const EventTable& events = reading.events;
  check_lengths(events);
  const bool is_renamed = events.actor_system == "iso3";
  expect(is_renamed || is_sorted_once(events.actors), "actors are in order");
  expect(is_sorted_once(events.code_names), "codes are in order");
  for (std::size_t i = 0; i < events.size(); ++i) {
    expect(earliest_day <= events.dates[i] && events.dates[i] <= latest_day, "dates are in range");
    expect(events.sources[i] < events.actors.size() && events.targets[i] < events.actors.size(), "sides have names");
    expect(events.codes[i] < events.code_names.size() && !events.code(i).empty(), "codes have names");
    expect(events.events_in(i) >= 0, "no row stands for less than nothing");
    if (i == 0) continue;
    expect(is_renamed ? events.dates[i - 1] <= events.dates[i] : key_of(events, i - 1) < key_of(events, i),
           "rows are in order, each once");
  }
  const auto& days = events.collected_days;
  expect(std::adjacent_find(days.begin(), days.end(), std::greater_equal<>{}) == days.end(), "days are in order");
}

void check_same(const EventReading& a, const EventReading& b) {
  const auto counts = [](const ReadReport& r) {
    return std::tuple{r.rows, r.kept, r.one_sided, r.imprecise, r.duplicates, r.superseded, r.rejected_rows()};
  };
  expect(counts(a.report) == counts(b.report), "the same numbers of rows");
  expect(a.report.unmapped_actors == b.report.unmapped_actors, "the same unmapped actors");
  const auto columns = [](const EventTable& t) {
    return std::tie(t.dates, t.actors, t.sources, t.targets, t.code_names, t.codes, t.dates_added, t.superseded_on,
                    t.is_root, t.weights, t.collected_days);
  };
  expect(columns(a.events) == columns(b.events), "the same table");
}

void check_other_order(const std::string& text, const ReadOptions& options, const EventReading& reading) {
  // Quotes may hold line feeds; a tag row is one only behind the header; what is packed has no lines.
  const bool has_lines = !text.starts_with('\x1f') && text.find('"') == std::string::npos &&
                         text.find("\n#") == std::string::npos && text.find("PK\x05\x06") == std::string::npos;
  const std::size_t first = text.find_first_not_of("\r\n", text.starts_with("\xEF\xBB\xBF") ? 3 : 0);
  if (!has_lines || first == std::string::npos) return;
  std::vector<std::string> lines;
  std::istringstream stream(text.substr(first));
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  std::reverse(lines.begin() + 1, lines.end());
  std::string other;
  for (const std::string& line : lines) other.append(line).append("\n");
  std::istringstream reversed(other);
  EventReading found;
  try {
    found = read_events(reversed, "stream", options);
  } catch (const InputError&) {
    return;  // the first lines alone tell what a file without a header is
  }
  if (found.report.files.front().source == reading.report.files.front().source) check_same(reading, found);
}

void check_columns(const std::string& text, const ReadOptions& options, const EventReading& reading) {
  std::istringstream stream(text);
  const auto columns =
      read_event_columns(stream, "stream", {"date", "last_day", "source", "target", "code", "events", "url"}, options);
  const auto name = [&](std::size_t column, std::size_t row) {
    return columns[column].names.at(columns[column].texts.at(row));
  };
  std::map<Act, double> acts;
  for (std::size_t i = 0; i < columns[0].size(); ++i) {
    const Day first = columns[0].days.at(i);
    const Day last = columns[1].days.at(i) == EventTable::never ? first : columns[1].days.at(i);
    const double events = std::isnan(columns[5].numbers.at(i)) ? 1 : columns[5].numbers.at(i);
    if (events == 0) continue;
    for (Day day = first; day <= last; day = day + 1) acts[{day, name(2, i), name(3, i), name(4, i)}] += events;
  }
  expect(static_cast<std::int64_t>(columns[0].size()) == reading.report.kept, "as many rows as were kept");
  // An event of several days is named by its first one here, by each of them there.
  if (options.actors != ActorForm::iso3) expect(acts == live_acts(reading.events), "rows add up to the table");
}

void check_counts(const EventTable& events, unsigned choice) {
  if (events.size() == 0) return;
  CountOptions options;
  const Day first = events.dates[choice % events.size()];
  options.calendar = Calendar{first, std::min(first + 40, latest_day)};
  options.duplicates = (choice & 1U) != 0 ? Duplicates::raw : Duplicates::one_a_day;
  options.mediation = (choice & 2U) != 0 ? MediationRule::all : MediationRule::allotted;
  options.empty_days = (choice & 4U) != 0 ? EmptyDays::quiet : EmptyDays::by_source;
  if ((choice & 8U) != 0 && !events.is_root.empty()) options.events = EventChoice::root;
  if ((choice & 16U) != 0 && !events.dates_added.empty()) options.as_of = first + 20;
  if ((choice & 32U) != 0 && !events.dates_added.empty()) options.date = DateChoice::added;
  const bool has_mentions = !events.weights[static_cast<std::size_t>(Weight::mentions)].empty();
  if (options.duplicates == Duplicates::raw && has_mentions && (choice & 64U) != 0) options.weight = Weight::mentions;
  const CountReport report = count_events(events, PairChoice::all, Codebook::shipped(events.codebook), options).report;
  std::int64_t sum = report.superseded + report.unknown_then + report.not_root + report.on_uncollected_days +
                     report.outside_calendar + report.duplicates + report.domestic + report.counted + report.unrelated;
  for (const auto& [code, n] : report.unmapped_codes) sum += n;
  expect(report.events == sum, "each event is in one place");
}

}  // namespace tocsin::fuzz
