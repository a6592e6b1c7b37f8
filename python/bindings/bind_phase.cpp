#include "bindings.hpp"
#include "tocsin/indicators/phase_fit.hpp"

namespace tocsin {

namespace {

using Table = Eigen::Map<const series::Phases>;
using Rows = std::vector<std::vector<double>>;

Table table_view(const FloatArray& y) {
  if (y.ndim() != 2) {
    throw InputError("y has " + std::to_string(y.ndim()) + " dimensions, expected (days, signals)");
  }
  return {y.data(), y.shape(0), y.shape(1)};
}

Eigen::Map<const Eigen::ArrayXd> exposure_view(const FloatArray& exposure) {
  if (exposure.ndim() != 1) {
    throw InputError("exposure has " + std::to_string(exposure.ndim()) + " dimensions, expected one value a day");
  }
  return {exposure.data(), exposure.size()};
}

py::array_t<double> table_to_numpy(const series::Phases& values) {
  py::array_t<double> array({values.rows(), values.cols()});
  std::copy(values.data(), values.data() + values.size(), array.mutable_data());
  return array;
}

// Of the shipped model the tables exist already.
Phase::Options options_of(const PhaseModel* model, int horizon_days) {
  Phase::Options options;
  if (model != nullptr || horizon_days != 7) {
    options.tables =
        std::make_shared<const PhaseTables>(model != nullptr ? *model : PhaseModel::shipped(), horizon_days);
  }
  return options;
}

py::dict phase(const FloatArray& y, const FloatArray& exposure, const PhaseModel* model, int horizon_days) {
  const auto r = series::phase(table_view(y), exposure_view(exposure), options_of(model, horizon_days));
  return py::dict("posterior"_a = table_to_numpy(r.posterior), "entropy"_a = to_numpy(r.entropy),
                  "p_reach_hostilities"_a = to_numpy(r.p_reach_hostilities),
                  "log_likelihood"_a = to_numpy(r.log_likelihood));
}

py::dict phase_smooth(const FloatArray& y, const FloatArray& exposure, const PhaseModel* model) {
  const auto r = series::phase_smooth(table_view(y), exposure_view(exposure), options_of(model, 7));
  return py::dict("posterior"_a = table_to_numpy(r.posterior), "log_likelihood"_a = r.log_likelihood);
}

py::dict phase_path(const FloatArray& y, const FloatArray& exposure, const PhaseModel* model) {
  return py::dict("path"_a =
                      to_numpy(series::phase_path(table_view(y), exposure_view(exposure), options_of(model, 7))));
}

py::tuple fit_phases(const std::vector<FloatArray>& series, const PhaseModel* start, int phases, bool is_poisson,
                     int starts, std::uint64_t seed, int most_iterations, double tolerance, double prior_days,
                     double prior_spread, bool keeps_multiples,
                     const std::vector<std::pair<std::size_t, std::size_t>>& ties) {
  std::vector<PhaseFit::Counts> counts;
  for (const FloatArray& y : series) counts.emplace_back(table_view(y));
  PhaseFit fit;
  {
    const py::gil_scoped_release unlocked;  // `counts` are copies, and a fit takes its time
    PhaseFit::Options options{most_iterations, tolerance, prior_days, prior_spread, keeps_multiples, {}};
    for (const auto& [phase, signal] : ties) options.ties.push_back({phase, signal});
    fit = start != nullptr ? PhaseFit::from(counts, *start, options)
                           : PhaseFit::from_random_starts(counts, phases, is_poisson, starts, seed, options);
  }
  return py::make_tuple(fit.model, fit.log_likelihood, fit.iterations, fit.has_converged);
}

// One number of every cell, as (phases, signals).
py::array_t<double> numbers_of(const PhaseModel& model, double PhaseModel::Cell::* number) {
  series::Phases values(static_cast<Eigen::Index>(model.phase_count()),
                        static_cast<Eigen::Index>(model.signal_count()));
  for (Eigen::Index k = 0; k < values.rows(); ++k) {
    for (Eigen::Index s = 0; s < values.cols(); ++s) {
      values(k, s) = model.cells[static_cast<std::size_t>(k)][static_cast<std::size_t>(s)].*number;
    }
  }
  return table_to_numpy(values);
}

py::array_t<double> transition_of(const PhaseModel& model) {
  const auto count = static_cast<Eigen::Index>(model.phase_count());
  series::Phases values(count, count);
  for (Eigen::Index i = 0; i < count; ++i) {
    for (Eigen::Index j = 0; j < count; ++j) {
      values(i, j) = model.transition[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
    }
  }
  return table_to_numpy(values);
}

}  // namespace

void bind_phase(py::module_& m) {
  py::class_<PhaseModel>(m, "PhaseModel")
      .def_static("shipped", [] { return PhaseModel::shipped(); })
      .def_static(
          "fixed",
          [](const Rows& transition, const Rows& means, const std::vector<double>& initial, const Rows& sizes) {
            return PhaseModel::fixed(transition, means, initial, sizes);
          },
          "transition"_a, "means"_a, "initial"_a, "sizes"_a)
      .def_static("from_json", &PhaseModel::from_json, "text"_a)
      .def("to_json", &PhaseModel::to_json)
      .def_readonly("name", &PhaseModel::name)
      .def_readonly("version", &PhaseModel::version)
      .def_readonly("date", &PhaseModel::date)
      .def_readonly("trained_on", &PhaseModel::trained_on)
      .def_readonly("phases", &PhaseModel::phases)
      .def_readonly("signals", &PhaseModel::signals)
      .def_property_readonly("initial", [](const PhaseModel& model) { return to_numpy(model.initial); })
      .def_property_readonly("transition", &transition_of)
      .def_property_readonly("floor",
                             [](const PhaseModel& model) { return numbers_of(model, &PhaseModel::Cell::floor); })
      .def_property_readonly("multiple",
                             [](const PhaseModel& model) { return numbers_of(model, &PhaseModel::Cell::multiple); })
      .def_property_readonly("size",
                             [](const PhaseModel& model) { return numbers_of(model, &PhaseModel::Cell::size); });
  m.def("phase", &phase, "y"_a, "exposure"_a, "model"_a, "horizon_days"_a);
  m.def("phase_smooth", &phase_smooth, "y"_a, "exposure"_a, "model"_a);
  m.def("phase_path", &phase_path, "y"_a, "exposure"_a, "model"_a);
  m.def("fit_phases", &fit_phases, "series"_a, "start"_a, "phases"_a, "is_poisson"_a, "starts"_a, "seed"_a,
        "max_iterations"_a, "tolerance"_a, "prior_days"_a, "prior_spread"_a, "keeps_multiples"_a, "ties"_a);
}

}  // namespace tocsin
