#include <sstream>
#include <variant>

#include "bindings.hpp"

namespace tocsin {

namespace {

EventTable event_table(const std::string& origin, const DayArray& dates, std::vector<std::string> actors,
                       const IdArray& sources, const IdArray& targets, std::vector<std::string> codes) {
  EventTable table;
  table.origin = origin;
  table.actors = std::move(actors);
  table.sources = to_vector(sources);
  table.targets = to_vector(targets);
  table.codes = std::move(codes);
  for (const std::int32_t day : to_vector(dates)) table.dates.push_back(Day{day});
  return table;
}

py::dict report_dict(const CountReport& report) {
  return py::dict("events"_a = report.events, "duplicates"_a = report.duplicates, "counted"_a = report.counted,
                  "outside_calendar"_a = report.outside_calendar, "domestic"_a = report.domestic,
                  "unallotted"_a = report.unallotted, "unrelated"_a = report.unrelated,
                  "unmapped_codes"_a = report.unmapped_codes);
}

py::dict event_columns(const EventTable& table) {
  py::list dates;
  py::list sources;
  py::list targets;
  for (std::size_t i = 0; i < table.size(); ++i) {
    dates.append(to_string(table.dates[i]));
    sources.append(table.actors[table.sources[i]]);
    targets.append(table.actors[table.targets[i]]);
  }
  return py::dict("date"_a = dates, "source"_a = sources, "target"_a = targets, "code"_a = table.codes);
}

// A list of pairs, or which of those that the events name.
using PairsArgument = std::variant<PairChoice, std::vector<PairArgument>>;

std::pair<CountPanel, py::dict> count(const EventTable& table, const PairsArgument& names, const Codebook& codebook,
                                      Duplicates duplicates, MediationRule mediation,
                                      const CalendarArgument& calendar) {
  const CountOptions options{duplicates, calendar_of(calendar), mediation};
  const auto counted = [&] {
    if (const PairChoice* choice = std::get_if<PairChoice>(&names)) {
      return count_events(table, *choice, codebook, options);
    }
    std::vector<Pair> pairs;
    for (const PairArgument& name : std::get<std::vector<PairArgument>>(names)) pairs.push_back(pair_of(name));
    return count_events(table, pairs, codebook, options);
  };
  const CountResult result = [&] {
    py::gil_scoped_release unlocked;
    return counted();
  }();
  return {result.panel, report_dict(result.report)};
}

}  // namespace

void bind_events(py::module_& m) {
  py::class_<Codebook>(m, "Codebook")
      .def_static("shipped", &Codebook::shipped, "name"_a, py::return_value_policy::reference)
      .def_static("from_json", &Codebook::from_json, "text"_a)
      .def_static("shipped_names", &Codebook::shipped_names)
      .def_property_readonly("name", &Codebook::name)
      .def_property_readonly("version", &Codebook::version)
      .def_property_readonly("hash", &Codebook::hash);

  py::enum_<Duplicates>(m, "Duplicates").value("one_a_day", Duplicates::one_a_day).value("raw", Duplicates::raw);
  py::enum_<MediationRule>(m, "MediationRule")
      .value("allotted", MediationRule::allotted)
      .value("all", MediationRule::all)
      .value("paired_only", MediationRule::paired_only);
  py::enum_<PairChoice>(m, "PairChoice").value("all", PairChoice::all).value("states", PairChoice::states);

  py::class_<EventTable>(m, "EventTable")
      .def(py::init(&event_table), py::kw_only(), "origin"_a, "dates"_a, "actors"_a, "sources"_a, "targets"_a,
           "codes"_a)
      .def_static(
          "read", [](const std::string& path) { return read_events(std::filesystem::path(path)); }, "path"_a)
      .def_static(
          "parse",
          [](const std::string& text, const std::string& origin) {
            std::istringstream stream(text);
            return read_events(stream, origin);
          },
          "text"_a, "origin"_a)
      .def("columns", &event_columns)
      .def("count", &count, "pairs"_a, "codebook"_a, "duplicates"_a, "mediation"_a, "calendar"_a)
      .def_readonly("warnings", &EventTable::warnings)
      .def("__len__", &EventTable::size);

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
