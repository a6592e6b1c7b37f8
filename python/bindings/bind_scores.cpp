#include <fstream>

#include "bindings.hpp"

namespace tocsin {

namespace {

ScoreOptions score_options(const std::string& intervals, int threads) {
  const auto wanted = find_intervals(intervals);
  if (!wanted) throw InputError("intervals is \"" + intervals + "\", expected \"latest\", \"all\" or \"none\"");
  if (threads < 0)
    throw InputError("threads is " + std::to_string(threads) + ", expected a number >= 1, or None for one per core");
  return {*wanted, threads};
}

// Rows of several tables below each other, column by column.
py::dict long_columns(const std::vector<PairScores>& tables, std::int32_t days) {
  const auto rows = static_cast<py::ssize_t>(tables.size()) * days;
  py::dict columns;
  py::array_t<std::uint8_t> status(rows);
  std::uint8_t* next_status = status.mutable_data();
  for (const PairScores& table : tables) {
    for (const Status value : table.status) *next_status++ = static_cast<std::uint8_t>(value);
  }
  columns["status"] = status;
  for (std::size_t i = 0; i < score_column_count; ++i) {
    const auto column = static_cast<ScoreColumn>(i);
    py::array_t<double> values(rows);
    double* next = values.mutable_data();
    for (const PairScores& table : tables)
      next = std::copy(table.column(column).begin(), table.column(column).end(), next);
    columns[py::str(std::string{name_of(column)})] = values;
  }
  return columns;
}

py::dict row_columns(const std::vector<ScoreRow>& rows, const std::vector<std::size_t>& order) {
  const auto size = static_cast<py::ssize_t>(order.size());
  py::dict columns;
  py::array_t<std::uint8_t> status(size);
  py::list drivers;
  for (std::size_t i = 0; i < order.size(); ++i) {
    status.mutable_data()[i] = static_cast<std::uint8_t>(rows[order[i]].status);
    drivers.append(std::string{main_driver(rows[order[i]])});
  }
  columns["status"] = status;
  columns["driver"] = drivers;
  for (std::size_t column = 0; column < score_column_count; ++column) {
    py::array_t<double> values(size);
    for (std::size_t i = 0; i < order.size(); ++i) values.mutable_data()[i] = rows[order[i]].values[column];
    columns[py::str(std::string{name_of(static_cast<ScoreColumn>(column))})] = values;
  }
  return columns;
}

std::vector<PairArgument> pair_names(const Scores& scores) {
  std::vector<PairArgument> names;
  for (const Pair& pair : scores.pairs()) names.push_back(names_of(pair));
  return names;
}

template <class Name>
std::vector<std::string> all_names(std::size_t n) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < n; ++i) names.emplace_back(name_of(static_cast<Name>(i)));
  return names;
}

}  // namespace

void bind_scores(py::module_& m) {
  py::class_<Scores>(m, "Scores")
      .def_static(
          "from_json", [](const std::string& text) { return watched([&] { return scores_from_json(text); }); },
          "text"_a)
      .def(
          "to_json",
          [](const Scores& scores, const py::object& progress) {
            const RunControl control = run_control(progress);
            const py::gil_scoped_release unlocked;
            return to_json(scores, control);
          },
          "progress"_a = py::none())
      .def(
          "write_csv",
          [](const Scores& scores, const std::string& path, const py::object& progress) {
            const RunControl control = run_control(progress);
            const py::gil_scoped_release unlocked;
            std::ofstream file(path, std::ios::binary);
            if (!file) throw InputError(path + ": cannot be opened for writing; is the folder there and writable?");
            write_csv(scores, file, control);
          },
          "path"_a, "progress"_a = py::none())
      .def(
          "columns",
          [](const Scores& scores, const std::vector<std::size_t>& indices, const py::object& progress) {
            const RunControl control = run_control(progress);
            std::vector<PairScores> tables;
            {
              const py::gil_scoped_release unlocked;
              tables = scores.of(indices, control);
            }
            return long_columns(tables, scores.calendar().size());
          },
          "indices"_a, "progress"_a = py::none())
      .def("latest_columns", [](const Scores& scores) { return row_columns(scores.latest(), scores.by_score()); })
      .def("by_score", &Scores::by_score)
      .def(
          "explain",
          [](const Scores& scores, const PairArgument& names, std::int32_t day, const std::string& audience) {
            const auto wanted = find_audience(audience);
            if (!wanted) throw InputError("audience is \"" + audience + "\", expected \"analyst\" or \"briefing\"");
            std::vector<std::pair<std::string, std::string>> said;
            for (const Sentence& sentence : sentences(scores, pair_of(names), Day{day}, *wanted))
              said.emplace_back(name_of(sentence.topic), sentence.text);
            return said;
          },
          "pair"_a, "day"_a, "audience"_a = "analyst")
      .def(
          "headlines",
          [](const Scores& scores, const PairArgument& names, const std::vector<std::int32_t>& days) {
            const py::gil_scoped_release unlocked;
            return headlines(scores, pair_of(names), days);
          },
          "pair"_a, "days"_a)
      .def(
          "compare",
          [](const Scores& scores, const PairArgument& names, std::int32_t first, std::int32_t second) {
            const Comparison change = compare(scores, pair_of(names), Day{first}, Day{second});
            return py::dict("score_from"_a = change.from[ScoreColumn::score],
                            "score_to"_a = change.to[ScoreColumn::score], "difference"_a = change.difference,
                            "parts"_a = change.parts, "whole_parts"_a = change.whole_parts,
                            "sentences"_a = change.sentences);
          },
          "pair"_a, "first"_a, "second"_a)
      .def(
          "excitation",
          [](const Scores& scores, const PairArgument& names, std::int32_t day, int window, int draws, bool by_kind) {
            const PairExcitation found =
                watched([&] { return scores.excitation(pair_of(names), Day{day}, {window, draws, by_kind}); });
            return py::make_tuple(to_dict(found.reading), found.nodes, explain(found));
          },
          "pair"_a, "day"_a, "window_days"_a, "null_draws"_a, "by_kind"_a)
      .def(
          "slowing_down",
          [](const Scores& scores, const PairArgument& names, std::int32_t day, int window) {
            return to_dict(scores.slowing_down(pair_of(names), Day{day}, {.window_days = window}));
          },
          "pair"_a, "day"_a, "window_days"_a)
      .def_property_readonly("panel", &Scores::panel)
      .def_property_readonly("pairs", &pair_names)
      .def_property_readonly("provenance", [](const Scores& scores) { return provenance_dict(scores.provenance()); })
      .def_property_readonly("calendar",
                             [](const Scores& scores) {
                               return std::pair{scores.calendar().first.since_epoch,
                                                scores.calendar().last.since_epoch};
                             })
      .def_property_readonly("config", &Scores::config)
      .def_property_readonly("intervals",
                             [](const Scores& scores) { return std::string{name_of(scores.intervals())}; });

  m.def(
      "score",
      [](const CountPanel& panel, const Config& config, const std::string& intervals, int threads,
         const py::object& progress) {
        const ScoreOptions options = score_options(intervals, threads);
        const RunControl control = run_control(progress);
        const py::gil_scoped_release unlocked;
        return score(panel, config, options, control);
      },
      "panel"_a, "config"_a, "intervals"_a, "threads"_a, "progress"_a);
  m.attr("score_columns") = all_names<ScoreColumn>(score_column_count);
  m.attr("status_names") = all_names<Status>(5);
}

}  // namespace tocsin
