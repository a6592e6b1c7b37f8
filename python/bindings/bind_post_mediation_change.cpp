#include "bindings.hpp"
#include "tocsin/indicators/post_mediation_change.hpp"

namespace tocsin {

void bind_post_mediation_change(py::module_& m) {
  m.def(
      "post_mediation_change",
      [](const FloatArray& mediation, const FloatArray& hostile, const FloatArray& phases, int window,
         double dispersion) {
        const auto r =
            series::post_mediation_change(vector_view(mediation, "mediation"), vector_view(hostile, "hostile"),
                                          vector_view(phases, "phases"), {window}, dispersion);
        return py::dict(
            "log_rate_ratio"_a = to_numpy(r.log_rate_ratio), "low"_a = to_numpy(r.low), "high"_a = to_numpy(r.high),
            "episodes"_a = to_numpy(r.episodes), "compared_episodes"_a = to_numpy(r.compared_episodes),
            "matched_days"_a = to_numpy(r.matched_days), "label"_a = std::string{PostMediationChange::label});
      },
      "mediation"_a, "hostile"_a, "phases"_a, "window_days"_a, "dispersion"_a);
}

}  // namespace tocsin
