#include "bindings.hpp"
#include "tocsin/indicators/attention_share.hpp"

namespace tocsin {

void bind_attention_share(py::module_& m) {
  m.def(
      "attention_share",
      [](const FloatArray& y, const FloatArray& total, double prior_acts, double prior_others) {
        const auto r =
            series::attention_share(vector_view(y, "y"), vector_view(total, "total"), {prior_acts, prior_others});
        return py::dict("share"_a = to_numpy(r.share), "low"_a = to_numpy(r.low), "high"_a = to_numpy(r.high));
      },
      "y"_a, "total"_a, "prior_acts"_a, "prior_others"_a);
}

}  // namespace tocsin
