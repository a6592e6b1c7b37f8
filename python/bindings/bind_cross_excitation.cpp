#include "bindings.hpp"

namespace tocsin {

namespace {

using Rows = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using RowsView = Eigen::Map<const Rows>;

RowsView rows_view(const FloatArray& array, const char* name) {
  if (array.ndim() != 2) {
    throw InputError(std::string{name} + " has " + std::to_string(array.ndim()) + " dimensions, expected two");
  }
  return {array.data(), array.shape(0), array.shape(1)};
}

template <class Matrix>
py::array_t<double> rows_to_numpy(const Matrix& values) {
  py::array_t<double> array({values.rows(), values.cols()});
  Eigen::Map<Rows>(array.mutable_data(), values.rows(), values.cols()) = values.array();
  return array;
}

BaseShape base_shape_of(const std::string& name) {
  if (name == "best") return BaseShape::best;
  if (name == "constant") return BaseShape::constant;
  if (name == "piecewise") return BaseShape::piecewise;
  throw InputError("baseline is \"" + name + "\", expected \"best\", \"constant\" or \"piecewise\"");
}

CrossExcitation::Options options_of(const std::vector<double>& half_lives, double shape, double rate,
                                    const std::string& baseline, int draws, std::uint64_t seed) {
  CrossExcitation::Options options;
  options.generation_half_life_days = half_lives;
  options.prior = {shape, rate};
  options.base_shape = base_shape_of(baseline);
  options.null_draws = draws;
  options.key = seed;
  return options;
}

}  // namespace

py::dict to_dict(const CrossExcitation::Reading& r) {
  const Eigen::MatrixXd& kernel = r.excitation.kernel;
  return py::dict("mu"_a = to_numpy(r.excitation.mu), "kernel"_a = rows_to_numpy(kernel),
                  "low"_a = rows_to_numpy(r.low), "high"_a = rows_to_numpy(r.high),
                  "null_95"_a = rows_to_numpy(r.null_95), "evidence"_a = rows_to_numpy(r.evidence),
                  "evidence_null_95"_a = rows_to_numpy(r.evidence_null_95),
                  "beats_null"_a = rows_to_numpy(r.beats_null()), "spectral_radius"_a = spectral_radius(kernel),
                  "total_progeny"_a = rows_to_numpy(total_progeny(kernel)), "log_likelihood"_a = r.log_likelihood,
                  "generation_half_life_days"_a = r.generation_half_life_days, "base"_a = rows_to_numpy(r.base),
                  "log_posterior"_a = to_numpy(r.log_posterior));
}

namespace {

py::dict cross_excitation(const FloatArray& y, const std::vector<double>& half_lives, int window, double shape,
                          double rate, const std::string& baseline, const FloatArray& base, int draws,
                          std::uint64_t seed) {
  const auto options = options_of(half_lives, shape, rate, baseline, draws, seed);
  const auto counts = rows_view(y, "y");
  const auto bases = rows_view(base, "base");
  CrossExcitation::Reading reading;
  {
    const py::gil_scoped_release unlocked;  // plain views; the arguments keep the memory alive
    reading = series::cross_excitation(counts, options, window, bases);
  }
  return to_dict(reading);
}

py::list rolling_cross_excitation(const FloatArray& y, const std::vector<double>& half_lives, int window, int every,
                                  double shape, double rate, const std::string& baseline, int draws,
                                  std::uint64_t seed) {
  const auto options = options_of(half_lives, shape, rate, baseline, draws, seed);
  const auto counts = rows_view(y, "y");
  std::vector<series::DatedExcitation> fits;
  {
    const py::gil_scoped_release unlocked;  // a plain view; `y` keeps the memory alive
    fits = series::rolling_cross_excitation(counts, options, window, every);
  }
  py::list list;
  for (const series::DatedExcitation& fit : fits) list.append(py::make_tuple(fit.last_day, to_dict(fit.reading)));
  return list;
}

double log_likelihood(const FloatArray& y, const FloatArray& mu, const FloatArray& kernel, double half_life,
                      const FloatArray& base) {
  if (mu.ndim() != 1) throw InputError("mu has to be one number for each column of y");
  const Excitation excitation{Eigen::Map<const Eigen::VectorXd>(mu.data(), mu.size()),
                              rows_view(kernel, "kernel").matrix()};
  return series::cross_excitation_log_likelihood(rows_view(y, "y"), excitation, half_life, rows_view(base, "base"));
}

}  // namespace

void bind_cross_excitation(py::module_& m) {
  m.def("cross_excitation", &cross_excitation, "y"_a, "generation_half_life_days"_a, "window_days"_a, "prior_shape"_a,
        "prior_rate"_a, "baseline"_a, "base"_a, "null_draws"_a, "seed"_a);
  m.def("rolling_cross_excitation", &rolling_cross_excitation, "y"_a, "generation_half_life_days"_a, "window_days"_a,
        "every_days"_a, "prior_shape"_a, "prior_rate"_a, "baseline"_a, "null_draws"_a, "seed"_a);
  m.def("cross_excitation_log_likelihood", &log_likelihood, "y"_a, "mu"_a, "kernel"_a, "generation_half_life_days"_a,
        "base"_a);
}

}  // namespace tocsin
