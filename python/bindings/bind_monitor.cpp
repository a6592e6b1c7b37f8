#include "bindings.hpp"

namespace tocsin {

namespace {

Collected collected_of(const std::vector<std::string>& columns, bool is_directed) {
  Collected collected;
  collected.is_directed = is_directed;
  for (const std::string& name : columns) {
    const auto column = find_column(name);
    if (column && *column < signal_count) collected.signals.set(*column);
    if (column && *column >= signal_count && *column < exposure_column) collected.extras.set(*column - signal_count);
  }
  return collected;
}

py::dict reading_columns(const Reading& reading) {
  py::dict columns;
  std::vector<PairArgument> pairs;
  std::vector<std::string> status;
  for (std::size_t i = 0; i < reading.pairs.size(); ++i) {
    pairs.push_back(names_of(reading.pairs[i]));
    status.emplace_back(name_of(reading.rows[i].status));
  }
  columns["pairs"] = pairs;
  columns["status"] = status;
  for (std::size_t column = 0; column < score_column_count; ++column) {
    py::array_t<double> values(static_cast<py::ssize_t>(reading.rows.size()));
    for (std::size_t i = 0; i < reading.rows.size(); ++i) values.mutable_data()[i] = reading.rows[i].values[column];
    columns[py::str(std::string{name_of(static_cast<ScoreColumn>(column))})] = values;
  }
  return columns;
}

std::vector<PairArgument> pair_names(const Monitor& monitor) {
  std::vector<PairArgument> names;
  for (const Pair& pair : monitor.pairs()) names.push_back(names_of(pair));
  return names;
}

}  // namespace

void bind_monitor(py::module_& m) {
  py::class_<Monitor>(m, "Monitor")
      .def(py::init([](const Config& config, const std::vector<std::string>& columns, bool is_directed) {
             return Monitor(config, collected_of(columns, is_directed));
           }),
           py::kw_only(), "config"_a, "columns"_a, "is_directed"_a)
      .def_static("from_json", &Monitor::from_json, "text"_a)
      .def("to_json", &Monitor::to_json)
      .def(
          "push",
          [](Monitor& monitor, std::int32_t day, const CountTable& rows, double exposure,
             std::optional<std::int32_t> replay_from, bool intervals, const py::object& progress) {
            std::optional<Day> from;
            if (replay_from) from = Day{*replay_from};
            const Intervals wanted = intervals ? Intervals::latest : Intervals::none;
            return reading_columns(
                watched([&] { return monitor.push(Day{day}, rows, exposure, from, wanted); }, progress));
          },
          "day"_a, "rows"_a, "exposure"_a, "replay_from"_a, "intervals"_a, "progress"_a = py::none())
      .def(
          "slowing_down",
          [](const Monitor& monitor, const PairArgument& names, int window) {
            return to_dict(monitor.slowing_down(pair_of(names), {.window_days = window}));
          },
          "pair"_a, "window_days"_a)
      .def_property_readonly("pairs", &pair_names)
      .def_property_readonly("last_day",
                             [](const Monitor& monitor) -> std::optional<std::int32_t> {
                               if (!monitor.last_day()) return std::nullopt;
                               return monitor.last_day()->since_epoch;
                             })
      .def_property_readonly("config", &Monitor::config);
}

}  // namespace tocsin
