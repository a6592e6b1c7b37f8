#include <fstream>

#include "bindings.hpp"

namespace tocsin {

namespace {

using Columns = std::map<std::string, FloatArray>;

CountTable count_table(const std::string& origin, const DayArray& dates, std::vector<std::string> actors,
                       const IdArray& sources, const IdArray& targets, const Columns& columns, bool is_directed) {
  CountTable table;
  table.origin = origin;
  table.is_directed = is_directed;
  table.actors = std::move(actors);
  table.sources = to_vector(sources);
  table.targets = to_vector(targets);
  for (const std::int32_t day : to_vector(dates)) table.dates.push_back(Day{day});
  for (const auto& [name, values] : columns) {
    const auto column = find_column(name);
    if (!column) throw InputError("column \"" + name + "\" is not a count column");
    table.values[*column] = to_vector(values);
  }
  return table;
}

py::dict table_columns(const CountTable& table) {
  py::dict columns;
  py::array_t<std::int32_t> dates(static_cast<py::ssize_t>(table.size()));
  for (std::size_t i = 0; i < table.size(); ++i) dates.mutable_data()[i] = table.dates[i].since_epoch;
  columns["date"] = dates;
  columns["actors"] = table.actors;
  columns["source"] = py::array_t<std::uint32_t>(static_cast<py::ssize_t>(table.size()), table.sources.data());
  columns["target"] = py::array_t<std::uint32_t>(static_cast<py::ssize_t>(table.size()), table.targets.data());
  for (std::size_t i = 0; i < column_count; ++i) {
    if (!table.values[i].empty()) columns[py::str(std::string{column_names[i]})] = to_numpy(table.values[i]);
  }
  return columns;
}

std::vector<std::string> collected_signals(const CountPanel& panel) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < signal_count; ++i) {
    if (panel.collected().signals[i]) names.emplace_back(column_names[i]);
  }
  return names;
}

std::vector<PairArgument> pair_names(const CountPanel& panel) {
  std::vector<PairArgument> names;
  for (const PairCounts& counts : panel.pairs()) names.push_back(names_of(counts.pair));
  return names;
}

}  // namespace

py::dict provenance_dict(const Provenance& from) {
  return py::dict("codebook"_a = from.codebook, "codebook_version"_a = from.codebook_version,
                  "codebook_hash"_a = from.codebook_hash, "duplicates"_a = from.duplicates,
                  "mediation"_a = from.mediation);
}

void bind_panel(py::module_& m) {
  py::class_<CountTable>(m, "CountTable")
      .def(py::init(&count_table), py::kw_only(), "origin"_a, "dates"_a, "actors"_a, "sources"_a, "targets"_a,
           "columns"_a, "is_directed"_a)
      .def(
          "in_weeks",
          [](const CountTable& table, const CalendarArgument& calendar) {
            return daily_table(table, calendar_of(calendar));
          },
          "calendar"_a)
      .def("__len__", &CountTable::size);

  py::class_<CountPanel>(m, "CountPanel")
      .def_static(
          "from_table",
          [](const CountTable& table, const CalendarArgument& calendar) {
            return watched([&] { return CountPanel::from_table(table, calendar_of(calendar)); });
          },
          "table"_a, "calendar"_a = py::none())
      .def_static(
          "read",
          [](const std::string& path, const CalendarArgument& calendar) {
            return watched([&] { return read_counts(std::filesystem::path(path), calendar_of(calendar)); });
          },
          "path"_a, "calendar"_a = py::none())
      .def_static(
          "parse",
          [](const std::string& text, const std::string& origin, const CalendarArgument& calendar) {
            std::istringstream stream(text);
            return watched([&] { return read_counts(stream, origin, calendar_of(calendar)); });
          },
          "text"_a, "origin"_a, "calendar"_a = py::none())
      .def("columns", [](const CountPanel& panel) { return table_columns(watched([&] { return panel.to_table(); })); })
      .def(
          "write_csv",
          [](const CountPanel& panel, const std::string& path, const py::object& progress) {
            const RunControl control = run_control(progress);
            const py::gil_scoped_release unlocked;
            std::ofstream file(path, std::ios::binary);
            if (!file) throw InputError(path + ": cannot be opened for writing; is the folder there and writable?");
            write_counts(panel, file, control);
          },
          "path"_a, "progress"_a = py::none())
      .def(
          "select",
          [](const CountPanel& panel, const std::vector<PairArgument>& names) {
            std::vector<Pair> pairs;
            for (const PairArgument& name : names) pairs.push_back(pair_of(name));
            return panel.select(pairs);
          },
          "pairs"_a)
      .def(
          "until", [](const CountPanel& panel, std::int32_t day) { return panel.until(Day{day}); }, "day"_a)
      .def_property_readonly("calendar",
                             [](const CountPanel& panel) {
                               return std::pair{panel.calendar().first.since_epoch, panel.calendar().last.since_epoch};
                             })
      .def_property_readonly("is_directed", [](const CountPanel& panel) { return panel.collected().is_directed; })
      .def_property_readonly("signals", &collected_signals)
      .def_property_readonly("exposure", [](const CountPanel& panel) { return to_numpy(panel.exposure()); })
      .def_property_readonly("pairs", &pair_names)
      .def_property_readonly("provenance", [](const CountPanel& panel) { return provenance_dict(panel.provenance()); })
      .def_property_readonly("warnings", &CountPanel::warnings);

  m.def("parse_pair", [](const std::string& text) { return names_of(Pair::parse(text)); }, "text"_a);
  m.attr("column_names") = std::vector<std::string>(column_names.begin(), column_names.end());
}

}  // namespace tocsin
