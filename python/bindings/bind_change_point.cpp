#include "bindings.hpp"

namespace tocsin {

namespace {

Eigen::Map<const Eigen::ArrayXd> days_of(const FloatArray& array, const char* name) {
  if (array.ndim() != 1) {
    throw InputError(std::string{name} + " has " + std::to_string(array.ndim()) +
                     " dimensions, expected one value a day");
  }
  return {array.data(), array.size()};
}

py::dict change_point(const FloatArray& y, const FloatArray& exposure, double hazard, int window,
                      std::optional<int> keep, double shape, double rate, double phi) {
  const auto counts = days_of(y, "y");
  const auto collected = days_of(exposure, "exposure");
  const auto r = [&] {
    py::gil_scoped_release unlocked;  // the views are plain; the arguments keep their memory alive
    return series::change_point(counts, collected, {hazard, window, keep}, {shape, rate, phi});
  }();
  return py::dict("p_recent"_a = to_numpy(r.p_recent), "p_recent_up"_a = to_numpy(r.p_recent_up),
                  "expected_run"_a = to_numpy(r.expected_run), "map_run"_a = to_numpy(r.map_run),
                  "rate"_a = to_numpy(r.rate), "log_evidence"_a = to_numpy(r.log_evidence));
}

}  // namespace

void bind_change_point(py::module_& m) {
  m.def("change_point", &change_point, "y"_a, "exposure"_a, "hazard"_a, "window_days"_a, "keep"_a, "prior_shape"_a,
        "prior_rate"_a, "dispersion"_a);
}

}  // namespace tocsin
