#include "tocsin/event_reader.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>
#include <memory>
#include <mutex>
#include <numeric>

#include "actor_forms.hpp"
#include "event_cells.hpp"
#include "event_scan.hpp"
#include "event_versions.hpp"
#include "parallel.hpp"
#include "seen_ids.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

// What one thread gathers of the rows that it reads. Ids mean something among files of one kind only.
class CellSink : public RowSink {
 public:
  explicit CellSink(const EventLayout& layout)
      : ids_(layout.identity), is_collected_(static_cast<std::size_t>(latest_day - earliest_day) / 64 + 1) {
    is_collected_by_added_ = layout.collected_by == CollectedBy::date_added && layout.has(Role::date_added);
  }

  void take(const EventRow& row, const Record& /*record*/) override {
    ids_.add(row);
    const auto day = static_cast<std::size_t>((is_collected_by_added_ ? row.date_added : row.date) - earliest_day);
    is_collected_[day / 64] |= std::uint64_t{1} << (day % 64);
    std::int64_t& place = counts_.place_of(row);
    ++place;
    if (&place == &counts_.kept) cells_.add(row);
  }

  void add_all(CellSink& others) {
    cells_.add_all(others.cells_);
    ids_.add_all(others.ids_);
    counts_.kept += others.counts_.kept;
    counts_.one_sided += others.counts_.one_sided;
    counts_.imprecise += others.counts_.imprecise;
    for (std::size_t i = 0; i < is_collected_.size(); ++i) is_collected_[i] |= others.is_collected_[i];
  }

  [[nodiscard]] RepeatedIds repeated() { return ids_.repeated(); }
  [[nodiscard]] EventCells& cells() { return cells_; }
  [[nodiscard]] RowCounts& counts() { return counts_; }
  [[nodiscard]] std::vector<Day> collected_days() const {
    std::vector<Day> days;
    for (std::size_t i = 0; i < is_collected_.size(); ++i) {
      for (std::uint64_t left = is_collected_[i]; left != 0; left &= left - 1) {
        days.push_back(earliest_day + static_cast<std::int32_t>(64 * i) + std::countr_zero(left));
      }
    }
    return days;
  }

 private:
  EventCells cells_;
  SeenIds ids_;
  RowCounts counts_;
  std::vector<std::uint64_t> is_collected_;  // by day, one bit each
  bool is_collected_by_added_ = false;
};

// As many sinks as threads are at work at once; which one a unit gets does not matter, since sums do not.
template <class Sink>
class Sinks {
 public:
  explicit Sinks(std::function<std::unique_ptr<Sink>()> make) : make_(std::move(make)) {}

  std::unique_ptr<Sink> borrow() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return make_();
    std::unique_ptr<Sink> sink = std::move(idle_.back());
    idle_.pop_back();
    return sink;
  }
  void give_back(std::unique_ptr<Sink> sink) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(sink));
  }
  /// All in one.
  std::unique_ptr<Sink> joined() {
    if (idle_.empty()) return make_();
    for (; idle_.size() > 1; idle_.pop_back()) idle_.front()->add_all(*idle_.back());
    return std::move(idle_.front());
  }

 private:
  std::function<std::unique_ptr<Sink>()> make_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Sink>> idle_;
};

class EventReader {
 public:
  EventReader(const std::vector<InputPart>& parts, const ReadOptions& options, const RunControl& control)
      : options_(options), control_(control), inputs_(event_inputs(parts, options)) {
    reading_.events.origin = inputs_.size() == 1 ? inputs_[0].part.origin
                                                 : concat(inputs_[0].part.origin, " and ", inputs_.size() - 1, " more");
  }

  EventReading read() {
    EventCells all;
    std::vector<Day> collected;
    bool is_daily_feed = true;
    for (const std::string_view name : kinds()) {
      const std::unique_ptr<CellSink> found = read_kind(name);
      const std::vector<Day> days = found->collected_days();
      collected.insert(collected.end(), days.begin(), days.end());
      is_daily_feed = is_daily_feed && layout_of(name).is_daily_feed;
      all.add_all(found->cells());
    }
    refuse_too_many_rejects();
    all.arrange(all_have(Role::date_added), all_have(Role::is_root));
    if (is_daily_feed) {
      std::sort(collected.begin(), collected.end());
      collected.erase(std::unique(collected.begin(), collected.end()), collected.end());
      reading_.events.collected_days = std::move(collected);
    }
    fill_table(all);
    report_unmapped_codes();
    rename_actors(reading_, inputs_[0].layout, options_);
    return std::move(reading_);
  }

 private:
  [[nodiscard]] std::vector<std::string_view> kinds() const {
    std::vector<std::string_view> names;
    for (const EventInput& input : inputs_) {
      if (std::find(names.begin(), names.end(), input.layout.name) == names.end()) names.push_back(input.layout.name);
    }
    return names;
  }

  [[nodiscard]] const EventLayout& layout_of(std::string_view name) const {
    return std::find_if(inputs_.begin(), inputs_.end(), [&](const auto& input) { return input.layout.name == name; })
        ->layout;
  }

  [[nodiscard]] bool all_have(Role role) const {
    return std::all_of(inputs_.begin(), inputs_.end(), [&](const auto& input) { return input.layout.has(role); });
  }

  std::unique_ptr<CellSink> read_kind(std::string_view name) {
    std::vector<EventInput> inputs;
    std::copy_if(inputs_.begin(), inputs_.end(), std::back_inserter(inputs),
                 [&](const EventInput& input) { return input.layout.name == name; });
    const std::vector<Unit> units = units_of(inputs);
    std::vector<UnitReport> reports(units.size());
    Sinks<CellSink> sinks([&] { return std::make_unique<CellSink>(inputs[0].layout); });
    read_units(inputs, units, sinks, [&](std::size_t i, UnitReport report) { reports[i] = std::move(report); });
    std::unique_ptr<CellSink> found = sinks.joined();
    add_to_report(inputs, units, reports);
    const RepeatedIds repeated = found->repeated();
    if (!repeated.empty()) {
      // A second look, at the rows of these events alone: to keep all rows for it would take memory without bound.
      const Identity identity = inputs[0].layout.identity;
      Sinks<VersionSink> versions([&] { return std::make_unique<VersionSink>(repeated, identity); });
      read_units(inputs, units, versions, [](std::size_t, const UnitReport&) {});
      versions.joined()->settle(found->cells(), found->counts(), all_have(Role::date_added));
    }
    const RowCounts& counts = found->counts();
    reading_.report.kept += counts.kept;
    reading_.report.one_sided += counts.one_sided;
    reading_.report.imprecise += counts.imprecise;
    reading_.report.duplicates += counts.duplicates;
    reading_.report.superseded += counts.superseded;
    return found;
  }

  template <class Sink, class Report>
  void read_units(const std::vector<EventInput>& inputs, const std::vector<Unit>& units, Sinks<Sink>& sinks,
                  const Report& report) {
    const auto work = [&](std::size_t i, const std::atomic<bool>& is_stopping) {
      std::unique_ptr<Sink> sink = sinks.borrow();
      report(i, scan(inputs[units[i].input], units[i], options_.actors, *sink, is_stopping));
      sinks.give_back(std::move(sink));
    };
    parallel_for(units.size(), options_.threads, work, control_);
  }

  // Units come in the order of the files: their lines are numbered on from unit to unit.
  void add_to_report(const std::vector<EventInput>& inputs, const std::vector<Unit>& units,
                     const std::vector<UnitReport>& found) {
    ReadReport& report = reading_.report;
    std::int64_t line = 0;
    for (std::size_t i = 0; i < units.size(); ++i) {
      const std::string& origin = inputs[units[i].input].part.origin;
      if (units[i].is_first) {
        line = 0;
        report.files.push_back({origin, std::string{inputs[units[i].input].layout.name}, 0, 0});
      }
      report.rows += found[i].rows;
      report.files.back().rows += found[i].rows;
      for (const auto& [reason, rejected] : found[i].rejected) {
        ReadReport::Rejected& sum = report.rejected[reason];
        sum.rows += rejected.rows;
        report.files.back().rejected += rejected.rows;
        for (UnitReport::Example example : rejected.examples) {
          example.line += line;
          if (sum.examples.size() < examples_kept) {
            sum.examples.push_back(ParseError(origin, example.line, example.field, example.what).what());
          }
          const bool is_first = first_reject_.first.empty() ||
                                (first_reject_.first == origin && example.line < first_reject_.second.line);
          if (is_first) first_reject_ = {origin, example};
        }
      }
      line += found[i].lines;
    }
  }

  void refuse_too_many_rejects() {
    const ReadReport& report = reading_.report;
    const std::string& origin = reading_.events.origin;
    if (report.rows == 0) {
      throw InputError(concat(origin, ": there is a header but no row; expected at least one event"));
    }
    const std::int64_t rejected = report.rejected_rows();
    if (rejected == 0) return;
    const std::string sum = concat(rejected, " of ", report.rows, " rows cannot be read");
    const double share = static_cast<double>(rejected) / static_cast<double>(report.rows);
    if (share > options_.max_rejected_share) {
      throw ParseError(first_reject_.first, first_reject_.second.line, first_reject_.second.field,
                       concat(first_reject_.second.what, "; ", sum, ", more than the ",
                              shortest(std::round(1e6 * options_.max_rejected_share) / 1e4),
                              " % allowed; is the source right? If it is, mend the file or raise max_rejected_share"));
    }
    std::string examples;
    for (const auto& [reason, found] : report.rejected) {
      examples = concat(examples, "; ", name_of(reason), ": ", found.rows, ", as in ", found.examples.front());
    }
    reading_.events.warnings.push_back(concat(origin, ": ", sum, examples));
  }

  void report_unmapped_codes() {
    const EventTable& table = reading_.events;
    const Codebook& codebook = Codebook::shipped(table.codebook);
    std::vector<std::int64_t> events(table.code_names.size());
    for (std::size_t row = 0; row < table.size(); ++row) events[table.codes[row]] += table.events_in(row);
    for (std::size_t code = 0; code < events.size(); ++code) {
      const std::string& name = table.code_names[code];
      if (events[code] > 0 && codebook.find(name) == nullptr) reading_.report.unmapped_codes[name] = events[code];
    }
  }

  void fill_table(const EventCells& cells) {
    EventTable& table = reading_.events;
    const EventLayout& layout = inputs_[0].layout;
    table.source = layout.name;
    table.codebook = layout.codebook;
    table.actor_system = actor_system_of(layout, options_);
    table.actors = cells.actors();
    table.code_names = cells.codes();
    const bool has_added = all_have(Role::date_added);
    const bool is_any_superseded = reading_.report.superseded > 0;
    const bool has_root = all_have(Role::is_root);
    const std::array<bool, weight_count> has_weight{true, all_have(Role::mentions), all_have(Role::sources),
                                                    all_have(Role::articles)};
    for (const Cell& cell : cells.cells()) {
      table.dates.push_back(cell.key.date);
      table.sources.push_back(cell.key.source);
      table.targets.push_back(cell.key.target);
      table.codes.push_back(cell.key.code);
      if (has_added) table.dates_added.push_back(cell.key.date_added);
      if (is_any_superseded) table.superseded_on.push_back(cell.key.superseded_on);
      if (has_root) table.is_root.push_back(cell.key.is_root ? 1 : 0);
      for (std::size_t i = 0; i < weight_count; ++i) {
        if (has_weight[i]) table.weights[i].push_back(cell.sums[i]);
      }
    }
  }

  const ReadOptions& options_;
  const RunControl& control_;
  std::vector<EventInput> inputs_;
  std::pair<std::string, UnitReport::Example> first_reject_;  // the file and the row
  EventReading reading_;
};

EventReading read_parts(const std::vector<InputPart>& parts, const ReadOptions& options, const RunControl& control) {
  const std::vector<std::string> known = event_sources();
  if (!options.source.empty() && std::find(known.begin(), known.end(), options.source) == known.end()) {
    throw InputError(concat("source is ", in_quotes(options.source), ", expected one of ", joined(known)));
  }
  if (!(options.max_rejected_share >= 0 && options.max_rejected_share <= 1)) {
    throw InputError(concat("max_rejected_share is ", shortest(options.max_rejected_share), ", expected 0 to 1"));
  }
  return EventReader(parts, options, control).read();
}

}  // namespace

std::string_view name_of(RejectReason reason) {
  constexpr std::array<std::string_view, reject_reason_count> names{"none",          "wrong number of fields",
                                                                    "no date",       "date out of range",
                                                                    "no event code", "no actor",
                                                                    "no number",     "not text",
                                                                    "too long",      "quote not closed"};
  return names[static_cast<std::size_t>(reason)];
}

std::int64_t ReadReport::rejected_rows() const {
  return std::accumulate(rejected.begin(), rejected.end(), std::int64_t{0},
                         [](std::int64_t sum, const auto& each) { return sum + each.second.rows; });
}

double ReadReport::share_of_both_sides() const {
  const auto readable = static_cast<double>(rows - rejected_rows());
  return (readable - static_cast<double>(one_sided)) / readable;
}

EventReading read_events(const std::vector<std::string>& names, const ReadOptions& options, const RunControl& control) {
  return read_parts(parts_of_files(names), options, control);
}

EventReading read_events(std::istream& stream, const std::string& origin, const ReadOptions& options,
                         const RunControl& control) {
  return read_parts(parts_of_stream(stream, origin), options, control);
}

}  // namespace tocsin
