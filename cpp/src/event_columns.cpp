#include "tocsin/event_columns.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <memory>
#include <set>
#include <tuple>

#include "actor_forms.hpp"
#include "event_scan.hpp"
#include "event_versions.hpp"
#include "name_numbers.hpp"
#include "parallel.hpp"
#include "seen_ids.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

constexpr std::string_view file_column = "file";
constexpr auto shown_roles = std::to_array<Role>(
    {Role::date,        Role::source,      Role::target,   Role::code,      Role::id,       Role::date_added,
     Role::is_root,     Role::events,      Role::mentions, Role::sources,   Role::articles, Role::quad_class,
     Role::intensity,   Role::tone,        Role::latitude, Role::longitude, Role::country,  Role::url,
     Role::source_code, Role::target_code, Role::last_day});

EventColumn::Kind kind_of(std::string_view name) {
  if (name == "date" || name == "date_added" || name == "last_day") return EventColumn::Kind::day;
  constexpr std::array<std::string_view, 9> numbers{"is_root", "events",    "mentions", "sources",  "articles",
                                                    "tone",    "intensity", "latitude", "longitude"};
  const bool is_number = std::find(numbers.begin(), numbers.end(), name) != numbers.end();
  return is_number ? EventColumn::Kind::number : EventColumn::Kind::text;
}

// The whole field or nothing: what stands for a place on the map may be the text of another column.
double number_of(std::string_view text) {
  constexpr double missing = std::numeric_limits<double>::quiet_NaN();
  double value = missing;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  return fault == std::errc{} && end == text.data() + text.size() ? value : missing;
}

// A field that the first reading passes over may hold anything. What is not UTF-8 is taken for ISO 8859-1, of which
// every byte is the code point of the same number.
std::string_view as_utf8(std::string_view text, std::string& scratch) {
  if (is_utf8(text)) return text;
  scratch.clear();
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80) scratch += static_cast<char>(0xC0 | (byte >> 6));
    scratch += byte < 0x80 ? c : static_cast<char>(0x80 | (byte & 0x3F));
  }
  return scratch;
}

// Ids only: which of them come more than once.
class IdSink : public RowSink {
 public:
  explicit IdSink(Identity identity) : ids_(identity) {}
  void take(const EventRow& row, const Record& /*record*/) override { ids_.add(row); }
  SeenIds& ids() { return ids_; }

 private:
  SeenIds ids_;
};

// The asked columns of one unit.
class ColumnSink : public RowSink {
 public:
  // A row of an event that has several; without a place where it is not among the columns.
  struct Candidate {
    std::string id;
    Day day;
    Version version;
    std::optional<std::size_t> place;
  };

  ColumnSink(const EventInput& input, const std::vector<std::string>& names, const RepeatedIds& repeated)
      : input_(input), repeated_(repeated), columns_(names.size()) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      columns_[i].name = names[i];
      columns_[i].kind = kind_of(names[i]);
      roles_.push_back(role_named(names[i]));
      numbers_.push_back(std::make_unique<NameNumbers>(columns_[i].names));
    }
  }

  void take(const EventRow& row, const Record& record) override {
    RowCounts counts;
    const bool is_kept = &counts.place_of(row) == &counts.kept;
    const Identity identity = input_.layout.identity;
    if (!repeated_.empty() && !row.id.empty() && repeated_.contains(SeenIds::key_of(row, identity))) {
      const Day day = identity == Identity::number_and_date ? row.date : Day{};
      const auto id = identity == Identity::text ? std::string{row.id} : std::to_string(row.id_number);
      candidates_.push_back({id, day, Version(row), is_kept ? std::optional(rows_) : std::nullopt});
    }
    if (!is_kept) return;
    for (std::size_t i = 0; i < columns_.size(); ++i) add(columns_[i], roles_[i], *numbers_[i], row, record);
    dates_.push_back(row.date);
    ++rows_;
  }

  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] const std::vector<EventColumn>& columns() const { return columns_; }
  [[nodiscard]] const std::vector<Candidate>& candidates() const { return candidates_; }
  [[nodiscard]] const std::vector<Day>& dates() const { return dates_; }

 private:
  void add(EventColumn& column, std::optional<Role> role, NameNumbers& numbers, const EventRow& row,
           const Record& record) const {
    const std::uint16_t place = role ? input_.layout.place(*role) : no_place;
    const std::string_view field = place < record.count ? without_missing(record[place], input_.layout) : "";
    const bool is_there = place != no_place;
    std::string scratch;
    switch (column.kind) {
      case EventColumn::Kind::day:
        column.days.push_back(!is_there                ? EventTable::never
                              : role == Role::date     ? row.date
                              : role == Role::last_day ? row.last_day
                                                       : row.date_added);
        break;
      case EventColumn::Kind::number:
        column.numbers.push_back(!is_there               ? std::numeric_limits<double>::quiet_NaN()
                                 : role == Role::is_root ? (row.is_root ? 1 : 0)
                                 : role == Role::events  ? static_cast<double>(row.events)
                                                         : number_of(field));
        break;
      case EventColumn::Kind::text:
        column.texts.push_back(numbers.of(role == Role::source   ? row.source
                                          : role == Role::target ? row.target
                                          : role == Role::code   ? row.code
                                          : !role                ? std::string_view{input_.part.origin}
                                                                 : as_utf8(field, scratch)));
        break;
    }
  }

  const EventInput& input_;
  const RepeatedIds& repeated_;
  std::vector<EventColumn> columns_;
  std::vector<std::optional<Role>> roles_;
  std::vector<std::unique_ptr<NameNumbers>> numbers_;
  std::vector<Candidate> candidates_;
  std::vector<Day> dates_;
  std::size_t rows_ = 0;
};

class ColumnReader {
 public:
  ColumnReader(const std::vector<InputPart>& parts, const std::vector<std::string>& names, const ReadOptions& options,
               const RunControl& control)
      : names_(names),
        options_(options),
        control_(control),
        inputs_(event_inputs(parts, options)),
        units_(units_of(inputs_)) {}

  std::vector<EventColumn> read() {
    for (const EventInput& input : inputs_) look_for_repeats(input.layout);
    std::vector<std::unique_ptr<ColumnSink>> sinks(units_.size());
    const auto work = [&](std::size_t i, const std::atomic<bool>& is_stopping) {
      const EventInput& input = inputs_[units_[i].input];
      sinks[i] = std::make_unique<ColumnSink>(input, names_, repeated_.at(input.layout.name));
      static_cast<void>(scan(input, units_[i], options_.actors, *sinks[i], is_stopping));
    };
    parallel_for(units_.size(), options_.threads, work, control_);
    return joined(sinks, left_out(sinks));
  }

 private:
  void look_for_repeats(const EventLayout& layout) {
    if (repeated_.contains(layout.name)) return;
    RepeatedIds& repeated = repeated_[layout.name];
    if (layout.identity == Identity::none) return;
    std::vector<std::unique_ptr<IdSink>> sinks(units_.size());
    const auto work = [&](std::size_t i, const std::atomic<bool>& is_stopping) {
      const EventInput& input = inputs_[units_[i].input];
      if (input.layout.name != layout.name) return;
      sinks[i] = std::make_unique<IdSink>(layout.identity);
      static_cast<void>(scan(input, units_[i], options_.actors, *sinks[i], is_stopping));
    };
    parallel_for(units_.size(), options_.threads, work, control_);
    SeenIds all(layout.identity);
    for (const auto& sink : sinks) {
      if (sink) all.add_all(sink->ids());
    }
    repeated = all.repeated();
  }

  // Rows that another version of their event stands for, as (unit, place).
  using Rows = std::set<std::pair<std::size_t, std::size_t>>;

  Rows left_out(const std::vector<std::unique_ptr<ColumnSink>>& sinks) {
    struct Placed {
      const Version* version;
      std::size_t unit;
      std::optional<std::size_t> place;
    };
    std::map<std::tuple<std::string_view, std::string, Day>, std::vector<Placed>> versions;
    for (std::size_t unit = 0; unit < sinks.size(); ++unit) {
      for (const auto& candidate : sinks[unit]->candidates()) {
        versions[{inputs_[units_[unit].input].layout.name, candidate.id, candidate.day}].push_back(
            {&candidate.version, unit, candidate.place});
      }
    }
    Rows rows;
    for (const auto& [id, all] : versions) {
      const auto newest = std::max_element(all.begin(), all.end(),
                                           [](const Placed& a, const Placed& b) { return *a.version < *b.version; });
      for (auto each = all.begin(); each != all.end(); ++each) {
        if (each != newest && each->place) rows.insert({each->unit, *each->place});
      }
    }
    return rows;
  }

  std::vector<EventColumn> joined(const std::vector<std::unique_ptr<ColumnSink>>& sinks, const Rows& left_out) {
    std::vector<EventColumn> all(names_.size());
    for (std::size_t i = 0; i < names_.size(); ++i) {
      all[i].name = names_[i];
      all[i].kind = kind_of(names_[i]);
      NameNumbers numbers(all[i].names);
      const bool is_actor = names_[i] == "source" || names_[i] == "target";
      ActorWriter writer(inputs_.front().layout, options_);
      for (std::size_t unit = 0; unit < sinks.size(); ++unit) {
        const EventColumn& part = sinks[unit]->columns()[i];
        for (std::size_t row = 0; row < sinks[unit]->rows(); ++row) {
          if (left_out.contains({unit, row})) continue;
          if (part.kind == EventColumn::Kind::day) all[i].days.push_back(part.days[row]);
          if (part.kind == EventColumn::Kind::number) all[i].numbers.push_back(part.numbers[row]);
          if (part.kind != EventColumn::Kind::text) continue;
          const std::string& text = part.names[part.texts[row]];
          all[i].texts.push_back(numbers.of(is_actor ? writer.written(text, sinks[unit]->dates()[row]) : text));
        }
      }
    }
    return all;
  }

  const std::vector<std::string>& names_;
  const ReadOptions& options_;
  const RunControl& control_;
  std::vector<EventInput> inputs_;
  std::vector<Unit> units_;
  std::map<std::string_view, RepeatedIds> repeated_;  // by kind of file
};

std::vector<EventColumn> read_columns(const std::vector<InputPart>& parts, const std::vector<std::string>& columns,
                                      const ReadOptions& options, const RunControl& control) {
  const std::vector<std::string> known = event_column_names();
  for (const std::string& name : columns) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    throw InputError(concat("column ", in_quotes(name), " is unknown, expected some of ", joined(known)));
  }
  return ColumnReader(parts, columns, options, control).read();
}

}  // namespace

std::vector<std::string> event_column_names() {
  std::vector<std::string> names;
  for (const Role role : shown_roles) names.emplace_back(name_of(role));
  names.emplace_back(file_column);
  return names;
}

std::vector<EventColumn> read_event_columns(const std::vector<std::string>& names,
                                            const std::vector<std::string>& columns, const ReadOptions& options,
                                            const RunControl& control) {
  return read_columns(parts_of_files(names), columns, options, control);
}

std::vector<EventColumn> read_event_columns(std::istream& stream, const std::string& origin,
                                            const std::vector<std::string>& columns, const ReadOptions& options,
                                            const RunControl& control) {
  return read_columns(parts_of_stream(stream, origin), columns, options, control);
}

}  // namespace tocsin
