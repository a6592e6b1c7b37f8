#include "bindings.hpp"

namespace tocsin {

namespace {

using Matrix = Eigen::Map<const Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>;

Matrix matrix_view(const FloatArray& array, const char* name) {
  if (array.ndim() != 2) {
    throw InputError(std::string{name} + " has " + std::to_string(array.ndim()) +
                     " dimensions, expected (days, columns)");
  }
  return {array.data(), array.shape(0), array.shape(1)};
}

py::array_t<double> matrix_to_numpy(
    const Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>& values) {
  py::array_t<double> array({values.rows(), values.cols()});
  std::copy(values.data(), values.data() + values.size(), array.mutable_data());
  return array;
}

py::dict discounted_rate(const FloatArray& y, const FloatArray& exposure, double half_life, double shape, double rate,
                         double phi) {
  const auto r =
      series::discounted_rate(vector_view(y, "y"), vector_view(exposure, "exposure"), half_life, {shape, rate, phi});
  return py::dict("mean"_a = to_numpy(r.mean), "low"_a = to_numpy(r.low), "high"_a = to_numpy(r.high),
                  "shape"_a = to_numpy(r.shape), "rate"_a = to_numpy(r.rate));
}

py::dict rate_ratio(const FloatArray& y, const FloatArray& exposure, int window, int baseline, int guard, double shape,
                    double rate, double phi) {
  const auto r = series::rate_ratio(vector_view(y, "y"), vector_view(exposure, "exposure"), {window, baseline, guard},
                                    {shape, rate, phi});
  return py::dict("log2_ratio"_a = to_numpy(r.log2_ratio), "low"_a = to_numpy(r.low), "high"_a = to_numpy(r.high),
                  "p_rising"_a = to_numpy(r.p_rising), "absolute_change"_a = to_numpy(r.absolute_change));
}

py::dict surprise(const FloatArray& y, const FloatArray& exposure, double half_life, int guard,
                  std::optional<double> phi, double prior_shape, double prior_rate, double prior_phi) {
  Surprise::Options options;
  options.baseline = {half_life, guard};
  options.dispersion = phi;
  options.unseen = {prior_shape, prior_rate, prior_phi};
  const auto r = series::surprise(vector_view(y, "y"), vector_view(exposure, "exposure"), options);
  return py::dict("bans"_a = to_numpy(r.bans), "mid_p"_a = to_numpy(r.mid_p), "bits"_a = to_numpy(r.bits));
}

py::dict predictive_tail(double count, double shape, double rate, double exposure, double phi) {
  const PredictiveTail tail = series::predictive_tail(count, exposure, {shape, rate}, phi);
  return py::dict("probability"_a = std::exp(tail.log_tail), "bans"_a = tail.bans(), "mid_p"_a = tail.mid_p(),
                  "bits"_a = tail.bits());
}

py::dict material_share(const FloatArray& rhetoric, const FloatArray& material, double half_life, double phi) {
  const auto r =
      series::material_share(vector_view(rhetoric, "rhetoric"), vector_view(material, "material"), half_life, phi);
  return py::dict("share"_a = to_numpy(r.share), "low"_a = to_numpy(r.low), "high"_a = to_numpy(r.high));
}

py::dict rung(const FloatArray& counts, int window, double min_events) {
  const auto r = series::rung(matrix_view(counts, "counts_by_rung"), {window, min_events});
  return py::dict("supported_max"_a = to_numpy(r.supported_max), "p_at_least"_a = matrix_to_numpy(r.p_at_least),
                  "mean_rung"_a = to_numpy(r.mean_rung));
}

py::dict reciprocity(const FloatArray& forward, const FloatArray& backward, double half_life) {
  const auto r = series::reciprocity(vector_view(forward, "forward"), vector_view(backward, "backward"), half_life);
  return py::dict("balance"_a = to_numpy(r.balance), "asymmetry"_a = to_numpy(r.asymmetry));
}

py::dict breadth(const FloatArray& counts, double half_life) {
  const auto r = series::breadth(matrix_view(counts, "counts"), half_life);
  return py::dict("shannon"_a = to_numpy(r.shannon), "simpson"_a = to_numpy(r.simpson));
}

py::dict mediation_coverage(const FloatArray& mediation, const FloatArray& hostile, int window, int growth_window,
                            int growth_baseline, double phi) {
  const auto r = series::mediation_coverage(vector_view(mediation, "mediation"), vector_view(hostile, "hostile"),
                                            {window, {growth_window, growth_baseline, 0}}, phi);
  return py::dict("coverage"_a = to_numpy(r.coverage), "low"_a = to_numpy(r.low), "high"_a = to_numpy(r.high),
                  "gap"_a = to_numpy(r.gap), "days_since"_a = to_numpy(r.days_since),
                  "hostile_since"_a = to_numpy(r.hostile_since));
}

}  // namespace

Eigen::Map<const Eigen::ArrayXd> vector_view(const FloatArray& array, const char* name) {
  if (array.ndim() != 1) {
    throw InputError(std::string{name} + " has " + std::to_string(array.ndim()) +
                     " dimensions, expected one value a day");
  }
  return {array.data(), array.size()};
}

void bind_indicators(py::module_& m) {
  m.def("discounted_rate", &discounted_rate, "y"_a, "exposure"_a, "half_life_days"_a, "prior_shape"_a, "prior_rate"_a,
        "dispersion"_a);
  m.def("rate_ratio", &rate_ratio, "y"_a, "exposure"_a, "window_days"_a, "baseline_days"_a, "guard_days"_a,
        "prior_shape"_a, "prior_rate"_a, "dispersion"_a);
  m.def("surprise", &surprise, "y"_a, "exposure"_a, "half_life_days"_a, "guard_days"_a, "dispersion"_a, "prior_shape"_a,
        "prior_rate"_a, "prior_dispersion"_a);
  m.def("predictive_tail", &predictive_tail, "count"_a, "shape"_a, "rate"_a, "exposure"_a, "dispersion"_a);
  m.def(
      "cusum",
      [](const FloatArray& y, const FloatArray& mean, double ratio, double dispersion, double false_alarm_days) {
        const auto r =
            series::cusum(vector_view(y, "y"), vector_view(mean, "mean"), ratio, dispersion, false_alarm_days);
        return py::dict("statistic"_a = to_numpy(r.statistic), "threshold"_a = to_numpy(r.threshold),
                        "alarm"_a = flags_to_numpy(r.alarm));
      },
      "y"_a, "mean"_a, "ratio"_a, "dispersion"_a, "false_alarm_days"_a);
  m.def("material_share", &material_share, "rhetoric"_a, "material"_a, "half_life_days"_a, "dispersion"_a);
  m.def("rung", &rung, "counts_by_rung"_a, "window_days"_a, "min_events"_a);
  m.def("reciprocity", &reciprocity, "forward"_a, "backward"_a, "half_life_days"_a);
  m.def("breadth", &breadth, "counts"_a, "half_life_days"_a);
  m.def("mediation_coverage", &mediation_coverage, "mediation"_a, "hostile"_a, "window_days"_a, "growth_window_days"_a,
        "growth_baseline_days"_a, "dispersion"_a);
}

}  // namespace tocsin
