#include <cmath>
#include <sstream>
#include <variant>

#include "bindings.hpp"

namespace tocsin {

namespace {

EventTable event_table(const std::string& origin, const DayArray& dates, std::vector<std::string> actors,
                       const IdArray& sources, const IdArray& targets, std::vector<std::string> code_names,
                       const IdArray& codes) {
  EventTable table;
  table.origin = origin;
  table.actors = std::move(actors);
  table.sources = to_vector(sources);
  table.targets = to_vector(targets);
  table.code_names = std::move(code_names);
  table.codes = to_vector(codes);
  for (const std::int32_t day : to_vector(dates)) table.dates.push_back(Day{day});
  return table;
}

py::dict count_report(const CountReport& report) {
  return py::dict("events"_a = report.events, "superseded"_a = report.superseded,
                  "unknown_then"_a = report.unknown_then, "not_root"_a = report.not_root,
                  "on_uncollected_days"_a = report.on_uncollected_days, "outside_calendar"_a = report.outside_calendar,
                  "duplicates"_a = report.duplicates, "domestic"_a = report.domestic,
                  "unmapped_codes"_a = report.unmapped_codes, "counted"_a = report.counted,
                  "unrelated"_a = report.unrelated, "unallotted"_a = report.unallotted);
}

// JSON knows no NaN.
py::object number_or_none(double value) { return std::isnan(value) ? py::object(py::none()) : py::float_(value); }

py::dict read_report(const ReadReport& report) {
  py::list files;
  for (const ReadReport::File& file : report.files) {
    files.append(
        py::dict("name"_a = file.name, "source"_a = file.source, "rows"_a = file.rows, "rejected"_a = file.rejected));
  }
  py::dict rejected;
  for (const auto& [reason, found] : report.rejected) {
    rejected[py::str(name_of(reason).data(), name_of(reason).size())] =
        py::dict("rows"_a = found.rows, "examples"_a = found.examples);
  }
  return py::dict("files"_a = files, "rows"_a = report.rows, "kept"_a = report.kept, "one_sided"_a = report.one_sided,
                  "imprecise"_a = report.imprecise, "duplicates"_a = report.duplicates,
                  "superseded"_a = report.superseded, "rejected"_a = rejected,
                  "share_of_both_sides"_a = number_or_none(report.share_of_both_sides()),
                  "unmapped_actors"_a = report.unmapped_actors, "unmapped_codes"_a = report.unmapped_codes);
}

// Of a table that was given as one: its rows are events.
py::dict given_report(std::int64_t rows) {
  ReadReport report;
  report.rows = report.kept = rows;
  return read_report(report);
}

py::object column_values(const EventColumn& column) {
  switch (column.kind) {
    case EventColumn::Kind::number:
      return to_numpy(column.numbers);
    case EventColumn::Kind::day: {
      DayArray days(static_cast<py::ssize_t>(column.days.size()));
      for (std::size_t i = 0; i < column.days.size(); ++i) days.mutable_at(i) = column.days[i].since_epoch;
      return days;
    }
    case EventColumn::Kind::text:
      break;
  }
  IdArray texts(static_cast<py::ssize_t>(column.texts.size()));
  std::copy(column.texts.begin(), column.texts.end(), texts.mutable_data());
  return py::make_tuple(column.names, texts);
}

// The bytes of a file with what to call it in messages, or files by name. In this order: bytes would pass for a name.
using InputsArgument = std::variant<std::pair<py::bytes, std::string>, std::vector<std::string>>;

template <class Read>
auto with_inputs(const InputsArgument& inputs, const Read& read) {
  if (const auto* names = std::get_if<std::vector<std::string>>(&inputs)) {
    py::gil_scoped_release unlocked;
    return read(*names);
  }
  const auto& [bytes, origin] = std::get<std::pair<py::bytes, std::string>>(inputs);
  std::istringstream stream{std::string(bytes)};
  py::gil_scoped_release unlocked;
  return read(stream, origin);
}

py::tuple read(const InputsArgument& inputs, const ReadOptions& options, const py::object& progress) {
  const RunControl control = run_control(progress);
  EventReading reading = with_inputs(inputs, [&](auto&&... named) { return read_events(named..., options, control); });
  return py::make_tuple(std::move(reading.events), read_report(reading.report));
}

py::dict read_columns(const InputsArgument& inputs, const std::vector<std::string>& names, const ReadOptions& options,
                      const py::object& progress) {
  const RunControl control = run_control(progress);
  const std::vector<EventColumn> columns =
      with_inputs(inputs, [&](auto&&... named) { return read_event_columns(named..., names, options, control); });
  py::dict values;
  for (const EventColumn& column : columns) values[py::str(column.name)] = column_values(column);
  return values;
}

// The rows of a table that was given as one.
py::dict event_columns(const EventTable& table) {
  py::list dates;
  py::list sources;
  py::list targets;
  py::list codes;
  for (std::size_t i = 0; i < table.size(); ++i) {
    dates.append(to_string(table.dates[i]));
    sources.append(table.actors[table.sources[i]]);
    targets.append(table.actors[table.targets[i]]);
    codes.append(table.code_names[table.codes[i]]);
  }
  return py::dict("date"_a = dates, "source"_a = sources, "target"_a = targets, "code"_a = codes);
}

py::dict meaning_dict(const CodeMeaning& meaning) {
  return py::dict("name"_a = meaning.name, "party"_a = name_of(meaning.between_parties),
                  "third"_a = name_of(meaning.from_third_party), "rung"_a = meaning.rung,
                  "goldstein"_a = meaning.goldstein, "mediation_weight"_a = meaning.mediation_weight,
                  "sought_weight"_a = meaning.sought_weight, "refusal"_a = meaning.is_refusal, "tags"_a = meaning.tags);
}

// A list of pairs, or which of those that the events name.
using PairsArgument = std::variant<PairChoice, std::vector<PairArgument>>;

std::pair<CountPanel, py::dict> count(const EventTable& table, const PairsArgument& names, const Codebook& codebook,
                                      const CountOptions& options, const py::object& progress) {
  const auto counted = [&] {
    if (const PairChoice* choice = std::get_if<PairChoice>(&names)) {
      return count_events(table, *choice, codebook, options);
    }
    std::vector<Pair> pairs;
    for (const PairArgument& name : std::get<std::vector<PairArgument>>(names)) pairs.push_back(pair_of(name));
    return count_events(table, pairs, codebook, options);
  };
  const CountResult result = watched(counted, progress);
  return {result.panel, count_report(result.report)};
}

std::optional<Day> day_of(std::optional<std::int32_t> since_epoch) {
  return since_epoch ? std::optional(Day{*since_epoch}) : std::nullopt;
}

}  // namespace

void bind_events(py::module_& m) {
  py::class_<Codebook>(m, "Codebook")
      .def_static("shipped", &Codebook::shipped, "name"_a, py::return_value_policy::reference)
      .def_static("from_json", &Codebook::from_json, "text"_a)
      .def_static("shipped_names", &Codebook::shipped_names)
      .def_property_readonly("name", &Codebook::name)
      .def_property_readonly("version", &Codebook::version)
      .def_property_readonly("hash", &Codebook::hash)
      .def(
          "meaning", [](const Codebook& codebook, const std::string& code) { return meaning_dict(codebook.at(code)); },
          "code"_a);

  py::enum_<Duplicates>(m, "Duplicates").value("one_a_day", Duplicates::one_a_day).value("raw", Duplicates::raw);
  py::enum_<MediationRule>(m, "MediationRule")
      .value("allotted", MediationRule::allotted)
      .value("all", MediationRule::all)
      .value("paired_only", MediationRule::paired_only);
  py::enum_<PairChoice>(m, "PairChoice").value("all", PairChoice::all).value("states", PairChoice::states);
  py::enum_<EventChoice>(m, "EventChoice").value("all", EventChoice::all).value("root", EventChoice::root);
  py::enum_<Weight>(m, "Weight")
      .value("events", Weight::events)
      .value("mentions", Weight::mentions)
      .value("sources", Weight::sources)
      .value("articles", Weight::articles);
  py::enum_<DateChoice>(m, "DateChoice").value("event", DateChoice::event).value("added", DateChoice::added);
  py::enum_<EmptyDays>(m, "EmptyDays")
      .value("by_source", EmptyDays::by_source)
      .value("quiet", EmptyDays::quiet)
      .value("not_collected", EmptyDays::not_collected);
  py::enum_<ActorForm>(m, "ActorForm")
      .value("source", ActorForm::source)
      .value("code", ActorForm::code)
      .value("iso3", ActorForm::iso3);

  py::class_<CountOptions>(m, "CountOptions")
      .def(py::init([](Duplicates duplicates, const CalendarArgument& calendar, MediationRule mediation,
                       EventChoice events, Weight weight, DateChoice date, std::optional<std::int32_t> as_of,
                       EmptyDays empty_days, std::int64_t min_events) {
             return CountOptions{.duplicates = duplicates,
                                 .calendar = calendar_of(calendar),
                                 .mediation = mediation,
                                 .events = events,
                                 .weight = weight,
                                 .date = date,
                                 .as_of = day_of(as_of),
                                 .empty_days = empty_days,
                                 .min_events = min_events};
           }),
           py::kw_only(), "duplicates"_a, "calendar"_a, "mediation"_a, "events"_a, "weight"_a, "date"_a, "as_of"_a,
           "empty_days"_a, "min_events"_a);

  py::class_<ReadOptions>(m, "ReadOptions")
      .def(py::init([](std::string source, std::vector<std::pair<std::string, std::string>> columns, ActorForm actors,
                       std::string actor_system, double max_rejected_share, int threads) {
             return ReadOptions{.source = std::move(source),
                                .columns = std::move(columns),
                                .actors = actors,
                                .actor_system = std::move(actor_system),
                                .max_rejected_share = max_rejected_share,
                                .threads = threads};
           }),
           py::kw_only(), "source"_a, "columns"_a, "actors"_a, "actor_system"_a, "max_rejected_share"_a, "threads"_a);

  py::class_<EventTable>(m, "EventTable")
      .def(py::init(&event_table), py::kw_only(), "origin"_a, "dates"_a, "actors"_a, "sources"_a, "targets"_a,
           "code_names"_a, "codes"_a)
      .def("columns", &event_columns)
      .def("count", &count, "pairs"_a, "codebook"_a, "options"_a, "progress"_a = py::none())
      .def_readonly("source", &EventTable::source)
      .def_readonly("codebook", &EventTable::codebook)
      .def_readwrite("actor_system", &EventTable::actor_system)
      .def_readonly("warnings", &EventTable::warnings)
      .def("__len__", &EventTable::size);

  m.def("given_report", &given_report, "rows"_a);
  m.def("read_events", &read, "inputs"_a, "options"_a, "progress"_a);
  m.def("read_event_columns", &read_columns, "inputs"_a, "columns"_a, "options"_a, "progress"_a);
  m.def("event_sources", &event_sources);
  m.def("event_column_names", &event_column_names);

  m.def(
      "goldstein_sums",
      [](const std::vector<std::string>& codes, const std::vector<double>& counts, const Codebook& codebook) {
        const GoldsteinSums sums = goldstein_sums(codes, counts, codebook);
        return py::dict("conflict"_a = sums.conflict, "cooperation"_a = sums.cooperation, "net"_a = sums.net(),
                        "mean_per_event"_a = sums.mean_per_event(), "cooperation_share"_a = sums.cooperation_share(),
                        "unscaled"_a = sums.unscaled);
      },
      "codes"_a, "counts"_a, "codebook"_a);
}

}  // namespace tocsin
