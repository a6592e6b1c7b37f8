#pragma once

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "tocsin/tocsin.hpp"

namespace tocsin {

namespace py = pybind11;
using namespace pybind11::literals;

/// Float64, one piece of memory; anything else is refused, not converted, so that nothing is copied or rounded unseen.
using FloatArray = py::array_t<double, py::array::c_style>;
using DayArray = py::array_t<std::int32_t, py::array::c_style>;
using IdArray = py::array_t<std::uint32_t, py::array::c_style>;

/// Both ends as days since 1970-01-01.
using CalendarArgument = std::optional<std::pair<std::int32_t, std::int32_t>>;
[[nodiscard]] std::optional<Calendar> calendar_of(const CalendarArgument& ends);

using PairArgument = std::pair<std::string, std::string>;
[[nodiscard]] Pair pair_of(const PairArgument& names);
[[nodiscard]] PairArgument names_of(const Pair& pair);

[[nodiscard]] py::dict provenance_dict(const Provenance& from);

/// A core call releases the interpreter; these two take it back for a moment, on the calling thread.
/// @param progress  called with (done, all), or None
[[nodiscard]] RunControl run_control(const py::object& progress);

/// The result of long work that is done without the interpreter and ends where Ctrl-C is pressed.
/// @param progress  as in `run_control`
template <class Work>
[[nodiscard]] auto watched(const Work& work, const py::object& progress = py::none()) {
  std::optional<std::invoke_result_t<Work>> result;
  const RunControl control = run_control(progress);
  const py::gil_scoped_release unlocked;
  run_watched(control, [&] { result.emplace(work()); });
  return std::move(*result);
}

/// A copy of a vector or an Eigen array as a NumPy array.
template <class Values>
[[nodiscard]] py::array_t<double> to_numpy(const Values& values) {
  py::array_t<double> array(static_cast<py::ssize_t>(values.size()));
  std::copy(values.begin(), values.end(), array.mutable_data());
  return array;
}

[[nodiscard]] inline py::array_t<bool> flags_to_numpy(const series::Flags& flags) {
  return py::array_t<bool>(flags.size(), flags.data());
}

/// @throws InputError unless the array is one value a day
[[nodiscard]] Eigen::Map<const Eigen::ArrayXd> vector_view(const FloatArray& array, const char* name);

template <class T>
[[nodiscard]] std::vector<T> to_vector(const py::array_t<T, py::array::c_style>& array) {
  return {array.data(), array.data() + array.size()};
}

void bind_error(py::module_& m);
void bind_config(py::module_& m);
void bind_panel(py::module_& m);
void bind_arrow(py::module_& m);
void bind_events(py::module_& m);
void bind_crosswalk(py::module_& m);
void bind_scores(py::module_& m);
void bind_monitor(py::module_& m);
/// C12 as arrays, by the names of the Python result.
py::dict to_dict(const CrossExcitation::Reading& reading);
py::dict to_dict(const SlowingDown::Reading& reading);
void bind_cross_excitation(py::module_& m);
void bind_indicators(py::module_& m);
void bind_change_point(py::module_& m);
void bind_phase(py::module_& m);
void bind_reproduction_number(py::module_& m);
void bind_attention_share(py::module_& m);
void bind_ears(py::module_& m);
void bind_post_mediation_change(py::module_& m);
void bind_slowing_down(py::module_& m);
void bind_risk(py::module_& m);
void bind_onset(py::module_& m);
void bind_backtest(py::module_& m);

}  // namespace tocsin
