#include "bindings.hpp"
#include "tocsin/indicators/ears.hpp"

namespace tocsin {

void bind_ears(py::module_& m) {
  m.def(
      "ears",
      [](const FloatArray& y, const std::string& method, double min_sigma) {
        const auto r = series::ears(vector_view(y, "y"), {Ears::method_named(method), min_sigma});
        return py::dict("statistic"_a = to_numpy(r.statistic), "upper"_a = to_numpy(r.upper),
                        "alarm"_a = flags_to_numpy(r.alarm));
      },
      "y"_a, "method"_a, "min_sigma"_a);
}

}  // namespace tocsin
