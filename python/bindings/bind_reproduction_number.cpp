#include "bindings.hpp"

namespace tocsin {

namespace {

using Vector = Eigen::Map<const Eigen::ArrayXd>;

Vector days_view(const FloatArray& array, const char* name) {
  if (array.ndim() != 1) {
    throw InputError(std::string{name} + " has " + std::to_string(array.ndim()) +
                     " dimensions, expected one value a day");
  }
  return {array.data(), array.size()};
}

py::dict reproduction_number(const FloatArray& y, const FloatArray& exposure, const FloatArray& exogenous_rate,
                             double generation, double forgetting, double shape, double rate,
                             std::optional<double> ratio, double dispersion, bool from_segments,
                             const FloatArray& null_rate, bool every_day, const FloatArray& p_recent, int draws,
                             std::uint64_t seed) {
  if (null_rate.ndim() != 2) throw InputError("null_rate has to be one path, or (days, path)");
  series::ReproductionNull null;
  null.from_segments = from_segments;
  null.rate = Eigen::Map<const decltype(null.rate)>(null_rate.data(), null_rate.shape(0), null_rate.shape(1));
  null.every_day = every_day;
  null.p_recent = days_view(p_recent, "p_recent");
  null.draws = draws;
  null.seed = seed;
  const auto counts = days_view(y, "y");
  const auto exposures = days_view(exposure, "exposure");
  const auto exogenous = days_view(exogenous_rate, "exogenous_rate");
  series::Reproduction r{};
  {
    const py::gil_scoped_release unlocked;  // plain views; the arguments keep the memory alive
    r = series::reproduction_number(counts, exposures, exogenous, {generation, forgetting, shape, rate, ratio},
                                    dispersion, null);
  }
  return py::dict("mean"_a = to_numpy(r.mean), "low"_a = to_numpy(r.low), "high"_a = to_numpy(r.high),
                  "p_above_1"_a = to_numpy(r.p_above_1), "null_95"_a = to_numpy(r.null_95),
                  "regime_shift"_a = to_numpy(r.regime_shift), "pressure"_a = to_numpy(r.pressure));
}

}  // namespace

void bind_reproduction_number(py::module_& m) {
  m.def("reproduction_number", &reproduction_number, "y"_a, "exposure"_a, "exogenous_rate"_a,
        "generation_half_life_days"_a, "forgetting_half_life_days"_a, "prior_shape"_a, "prior_rate"_a,
        "attribution_ratio"_a, "dispersion"_a, "null_from_segments"_a, "null_rate"_a, "null_every_day"_a, "p_recent"_a,
        "null_draws"_a, "seed"_a);
}

}  // namespace tocsin
