#include <chrono>

#include "bindings.hpp"

namespace tocsin {

std::optional<Calendar> calendar_of(const CalendarArgument& ends) {
  if (!ends) return std::nullopt;
  return Calendar{Day{ends->first}, Day{ends->second}};
}

Pair pair_of(const PairArgument& names) { return Pair::of(names.first, names.second); }

PairArgument names_of(const Pair& pair) { return {pair.first, pair.second}; }

RunControl run_control(const py::object& progress) {
  RunControl control;
  control.should_stop = [] {
    const py::gil_scoped_acquire locked;
    // Ctrl-C becomes KeyboardInterrupt here, a few times a second, instead of after the call.
    if (PyErr_CheckSignals() != 0) throw py::error_already_set();
    return false;
  };
  if (!progress.is_none()) {
    control.progress = [&progress](std::size_t done, std::size_t all) {
      const py::gil_scoped_acquire locked;
      progress(done, all);
    };
  }
  return control;
}

void bind_config(py::module_& m) {
  py::class_<Config>(m, "Config")
      .def(py::init<>())
      .def_static("from_json", &Config::from_json, "text"_a)
      .def("to_json", &Config::to_json)
      .def("__eq__", [](const Config& a, const Config& b) { return a == b; }, py::is_operator());
  m.attr("version") = version;
}

}  // namespace tocsin
