#include "bindings.hpp"
#include "tocsin/indicators/slowing_down.hpp"

namespace tocsin {

py::dict to_dict(const SlowingDown::Reading& reading) {
  return py::dict("lag1"_a = reading.lag1, "variance_to_mean"_a = reading.variance_to_mean,
                  "kendall_tau"_a = reading.kendall_tau, "p_value"_a = reading.p_value);
}

void bind_slowing_down(py::module_& m) {
  m.def(
      "slowing_down",
      [](const FloatArray& y, int window, bool stabilises_variance, int surrogates, std::uint64_t seed) {
        const auto counts = vector_view(y, "y");
        const auto r = [&] {
          // `counts` is a plain view, and `y` keeps the memory alive; a long series takes seconds.
          py::gil_scoped_release unlocked;
          return series::slowing_down(counts, {window, stabilises_variance, surrogates, seed});
        }();
        return py::dict("lag1"_a = to_numpy(r.lag1), "variance_to_mean"_a = to_numpy(r.variance_to_mean),
                        "kendall_tau"_a = to_numpy(r.kendall_tau), "p_value"_a = to_numpy(r.p_value));
      },
      "y"_a, "window_days"_a, "stabilises_variance"_a, "surrogates"_a, "seed"_a);
}

}  // namespace tocsin
