#include <sstream>

#include "bindings.hpp"

namespace tocsin {

namespace {

py::dict report_dict(const OnsetReport& report) {
  py::dict dict;
  dict["source"] = report.source;
  dict["rows"] = report.rows;
  dict["used"] = report.used;
  dict["unused"] = report.unused;
  dict["unmapped_actors"] = report.unmapped_actors;
  dict["undated"] = report.undated;
  return dict;
}

py::tuple reading_tuple(const OnsetReading& reading) {
  CalendarArgument covered;
  if (reading.covered) covered = {reading.covered->first.since_epoch, reading.covered->last.since_epoch};
  return py::make_tuple(reading.onsets, covered, report_dict(reading.report));
}

OnsetOptions onset_options(const std::string& source, const std::string& actor_system,
                           const std::vector<std::string>& actors, int min_level) {
  return {source, actor_system, actors, min_level};
}

}  // namespace

void bind_onset(py::module_& m) {
  py::class_<Onset>(m, "Onset")
      .def(py::init([](const PairArgument& pair, std::int32_t first, std::int32_t last, int level, bool are_adversaries,
                       std::string name, int uncertain_days, int end_uncertain_days) {
             return Onset{pair_of(pair),   Day{first},      Day{last},      level,
                          are_adversaries, std::move(name), uncertain_days, end_uncertain_days};
           }),
           "pair"_a, "first"_a, "last"_a, "level"_a, "are_adversaries"_a, "name"_a, "uncertain_days"_a,
           "end_uncertain_days"_a)
      .def_property_readonly("pair", [](const Onset& onset) { return names_of(onset.pair); })
      .def_property_readonly("first", [](const Onset& onset) { return onset.first.since_epoch; })
      .def_property_readonly("last", [](const Onset& onset) { return onset.last.since_epoch; })
      .def_readonly("level", &Onset::level)
      .def_readonly("are_adversaries", &Onset::are_adversaries)
      .def_readonly("name", &Onset::name)
      .def_readonly("uncertain_days", &Onset::uncertain_days)
      .def_readonly("end_uncertain_days", &Onset::end_uncertain_days);

  m.def(
      "read_onsets",
      [](const std::string& path, const std::string& source, const std::string& actor_system,
         const std::vector<std::string>& actors, int min_level) {
        OnsetReading reading;
        {
          const py::gil_scoped_release unlocked;
          reading = read_onsets(std::filesystem::path(path), onset_options(source, actor_system, actors, min_level));
        }
        return reading_tuple(reading);
      },
      "path"_a, "source"_a, "actor_system"_a, "actors"_a, "min_level"_a);
  m.def(
      "parse_onsets",
      [](const std::string& text, const std::string& origin, const std::string& source, const std::string& actor_system,
         const std::vector<std::string>& actors, int min_level) {
        OnsetReading reading;
        {
          const py::gil_scoped_release unlocked;
          std::istringstream stream(text);
          reading = read_onsets(stream, origin, onset_options(source, actor_system, actors, min_level));
        }
        return reading_tuple(reading);
      },
      "text"_a, "origin"_a, "source"_a, "actor_system"_a, "actors"_a, "min_level"_a);
  m.attr("onset_sources") = onset_sources();
}

}  // namespace tocsin
