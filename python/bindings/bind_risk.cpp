#include "bindings.hpp"

namespace tocsin {

namespace {

using ScoresList = std::vector<const Scores*>;
using Given = std::optional<std::vector<Onset>>;

const std::vector<Onset>* pointer_to(const Given& onsets) { return onsets ? &*onsets : nullptr; }

py::dict risk_columns(const std::vector<PairRisks>& pairs, std::int32_t days) {
  const auto rows = static_cast<py::ssize_t>(pairs.size()) * days;
  py::array_t<std::uint8_t> status(rows);
  py::array_t<double> risk(rows);
  py::array_t<double> low(rows);
  py::array_t<double> high(rows);
  py::ssize_t next = 0;
  for (const PairRisks& pair : pairs) {
    for (std::int32_t day = 0; day < days; ++day, ++next) {
      status.mutable_data()[next] = static_cast<std::uint8_t>(pair.status[static_cast<std::size_t>(day)]);
      risk.mutable_data()[next] = pair.risk[day];
      low.mutable_data()[next] = pair.low[day];
      high.mutable_data()[next] = pair.high[day];
    }
  }
  return py::dict("status"_a = status, "risk"_a = risk, "risk_low"_a = low, "risk_high"_a = high);
}

py::dict predict(const RiskModel& model, const Scores& scores, const Given& onsets, int threads,
                 const py::object& progress) {
  const RunControl control = run_control(progress);
  std::vector<PairRisks> pairs;
  {
    const py::gil_scoped_release unlocked;
    pairs = model.predict(scores, pointer_to(onsets), threads, control);
  }
  return risk_columns(pairs, scores.calendar().size());
}

py::dict reading_dict(const RiskModel& model, const Scores& scores, const PairArgument& names, std::int32_t day,
                      const Given& onsets) {
  const RiskReading reading = model.at(scores, pair_of(names), Day{day}, pointer_to(onsets));
  py::dict contributions;
  for (std::size_t i = 0; i < reading.features.size(); ++i) {
    contributions[py::str(std::string{name_of(reading.features[i])})] = reading.contributions[i];
  }
  return py::dict("status"_a = std::string{name_of(reading.status)}, "risk"_a = reading.risk,
                  "risk_low"_a = reading.interval.low, "risk_high"_a = reading.interval.high, "logit"_a = reading.logit,
                  "base"_a = reading.base, "contributions"_a = contributions);
}

py::dict feature_columns(const Scores& scores, const Given& onsets, const RiskModel::Options& options) {
  std::vector<RiskFeatureTable> tables;
  {
    const py::gil_scoped_release unlocked;
    const RiskFeatures features = risk_features(scores, options);
    for (std::size_t i = 0; i < scores.pairs().size(); ++i) tables.push_back(features.of(i, pointer_to(onsets)));
  }
  const auto rows = static_cast<py::ssize_t>(tables.size()) * scores.calendar().size();
  py::dict columns;
  py::array_t<std::uint8_t> status(rows);
  std::uint8_t* next_status = status.mutable_data();
  for (const RiskFeatureTable& table : tables) {
    for (const Status value : table.status) *next_status++ = static_cast<std::uint8_t>(value);
  }
  columns["status"] = status;
  const std::size_t count = onsets ? risk_feature_count : risk_event_feature_count;
  for (std::size_t i = 0; i < count; ++i) {
    py::array_t<double> values(rows);
    double* next = values.mutable_data();
    for (const RiskFeatureTable& table : tables) {
      const auto column = table.values.col(static_cast<Eigen::Index>(i));
      next = std::copy(column.begin(), column.end(), next);
    }
    columns[py::str(std::string{name_of(static_cast<RiskFeature>(i))})] = values;
  }
  return columns;
}

py::dict equation_dict(const RiskEquation& equation) {
  py::dict terms;
  for (const RiskEquation::Term& term : equation.terms) {
    terms[py::str(std::string{name_of(term.feature)})] =
        py::dict("mean"_a = term.mean, "spread"_a = term.spread, "coefficient"_a = term.coefficient);
  }
  return py::dict(
      "terms"_a = terms, "intercept"_a = equation.intercept, "calibration_intercept"_a = equation.calibration_intercept,
      "calibration_slope"_a = equation.calibration_slope, "auc"_a = equation.held_out.auc,
      "average_precision"_a = equation.held_out.average_precision, "brier_skill"_a = equation.held_out.brier_skill);
}

py::dict training_dict(const RiskModel& model) {
  const RiskModel::Training& training = model.training();
  return py::dict("description"_a = training.description, "pairs"_a = training.pairs, "days"_a = training.days,
                  "positive_days"_a = training.positive_days, "base_rate"_a = training.base_rate());
}

py::dict fit_logistic(const FloatArray& x, const FloatArray& y,
                      const std::optional<std::vector<std::int64_t>>& clusters, double ridge, int most_iterations,
                      double tolerance) {
  if (x.ndim() != 2)
    throw InputError("x has " + std::to_string(x.ndim()) + " dimensions, expected 2: (cases, features)");
  const Eigen::Map<const LogisticFit::Rows> rows(x.data(), x.shape(0), x.shape(1));
  const Eigen::Map<const Eigen::ArrayXd> outcomes = vector_view(y, "y");
  LogisticFit fit;
  {
    const py::gil_scoped_release unlocked;
    fit = LogisticFit::from(rows, {outcomes.data(), static_cast<std::size_t>(outcomes.size())},
                            clusters ? *clusters : std::vector<std::int64_t>{}, {ridge, most_iterations, tolerance});
  }
  const Eigen::Index size = fit.covariance.rows();
  py::array_t<double> covariance({size, size});
  Eigen::Map<LogisticFit::Rows>(covariance.mutable_data(), size, size) = fit.covariance;
  return py::dict("intercept"_a = fit.intercept, "coefficients"_a = to_numpy(fit.coefficients),
                  "covariance"_a = covariance, "log_likelihood"_a = fit.log_likelihood, "iterations"_a = fit.iterations,
                  "converged"_a = fit.has_converged);
}

}  // namespace

void bind_risk(py::module_& m) {
  py::class_<RiskModel>(m, "RiskModel")
      .def_static("shipped", &RiskModel::shipped)
      .def_static("from_json", &RiskModel::from_json, "text"_a)
      .def_static(
          "fit",
          [](const ScoresList& scores, const std::vector<Onset>& onsets, const std::string& description,
             int horizon_days, int quiet_days, int min_level, int warm_up_days, double ridge, int folds, int threads,
             const CalendarArgument& covered, const py::object& progress) {
            const RunControl control = run_control(progress);
            const py::gil_scoped_release unlocked;
            return RiskModel::fit(
                scores, onsets, description,
                {horizon_days, quiet_days, min_level, warm_up_days, ridge, folds, threads, calendar_of(covered)},
                control);
          },
          "scores"_a, "onsets"_a, "description"_a, py::kw_only(), "horizon_days"_a, "quiet_days"_a, "min_level"_a,
          "warm_up_days"_a, "ridge"_a, "folds"_a, "threads"_a, "covered"_a, "progress"_a)
      .def("to_json", &RiskModel::to_json)
      .def("predict", &predict, "scores"_a, "onsets"_a, "threads"_a, "progress"_a)
      .def("at", &reading_dict, "scores"_a, "pair"_a, "day"_a, "onsets"_a)
      .def(
          "explain",
          [](const RiskModel& model, const Scores& scores, const PairArgument& names, std::int32_t day,
             const Given& onsets) { return explain(model, scores, pair_of(names), Day{day}, pointer_to(onsets)); },
          "scores"_a, "pair"_a, "day"_a, "onsets"_a)
      .def(
          "features",
          [](const RiskModel& model, const Scores& scores, const Given& onsets) {
            return feature_columns(scores, onsets, model.options());
          },
          "scores"_a, "onsets"_a)
      .def_property_readonly("hash", &RiskModel::hash)
      .def_property_readonly("training", &training_dict)
      .def_property_readonly("events", [](const RiskModel& model) { return equation_dict(model.events()); })
      .def_property_readonly("with_onsets", [](const RiskModel& model) { return equation_dict(model.with_onsets()); })
      .def_property_readonly("horizon_days", [](const RiskModel& model) { return model.options().horizon_days; })
      .def_property_readonly("quiet_days", [](const RiskModel& model) { return model.options().quiet_days; })
      .def_property_readonly("min_level", [](const RiskModel& model) { return model.options().min_level; });

  m.def("fit_logistic", &fit_logistic, "x"_a, "y"_a, "clusters"_a, "ridge"_a, "most_iterations"_a, "tolerance"_a);
}

}  // namespace tocsin
