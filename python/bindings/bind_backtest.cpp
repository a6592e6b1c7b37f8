#include "bindings.hpp"

namespace tocsin {

namespace {

using OptionalExtra = std::tuple<std::string, std::vector<FloatArray>, bool, bool>;

std::vector<ExtraPredictor> extras_of(const std::vector<OptionalExtra>& given) {
  std::vector<ExtraPredictor> extras;
  for (const auto& [name, values, is_probability, sees_labels] : given) {
    ExtraPredictor extra{name, {}, is_probability, sees_labels};
    for (const FloatArray& of_pair : values) extra.values.emplace_back(vector_view(of_pair, name.c_str()));
    extras.push_back(std::move(extra));
  }
  return extras;
}

template <class Value>
py::array_t<double> column(const Backtest& result, const Value& value) {
  std::vector<double> values;
  for (const PredictorResult& each : result.predictors) values.push_back(value(each));
  return to_numpy(values);
}

void add_estimates(py::dict& columns, const Backtest& result, const char* name, Estimate PredictorResult::* estimate) {
  const std::string stem = name;
  columns[py::str(stem)] = column(result, [&](const PredictorResult& each) { return (each.*estimate).value; });
  columns[py::str(stem + "_low")] = column(result, [&](const PredictorResult& each) { return (each.*estimate).low; });
  columns[py::str(stem + "_high")] = column(result, [&](const PredictorResult& each) { return (each.*estimate).high; });
}

void add_numbers(py::dict& columns, const Backtest& result, const char* name, double PredictorResult::* number) {
  columns[name] = column(result, [&](const PredictorResult& each) { return each.*number; });
}

void add_texts(py::dict& columns, const Backtest& result) {
  py::list names;
  py::list kinds;
  py::list best;
  py::list best_by_ap;
  py::list sees_labels;
  for (const PredictorResult& each : result.predictors) {
    names.append(each.name);
    kinds.append(std::string{name_of(each.kind)});
    best.append(each.best_baseline);
    best_by_ap.append(each.best_baseline_by_ap);
    sees_labels.append(each.sees_labels);
  }
  columns["predictor"] = names;
  columns["kind"] = kinds;
  columns["sees_labels"] = sees_labels;
  columns["best_baseline"] = best;
  columns["best_baseline_by_ap"] = best_by_ap;
}

py::dict columns_of(const Backtest& result) {
  py::dict columns;
  add_texts(columns, result);
  add_estimates(columns, result, "auc", &PredictorResult::auc);
  add_estimates(columns, result, "auc_active", &PredictorResult::auc_active);
  add_estimates(columns, result, "auc_within", &PredictorResult::auc_within);
  add_estimates(columns, result, "ap", &PredictorResult::average_precision);
  add_numbers(columns, result, "auc_recent", &PredictorResult::auc_recent);
  add_numbers(columns, result, "auc_hard", &PredictorResult::auc_hard);
  add_numbers(columns, result, "ap_recent", &PredictorResult::ap_recent);
  add_numbers(columns, result, "ap_hard", &PredictorResult::ap_hard);
  add_numbers(columns, result, "brier", &PredictorResult::brier);
  add_estimates(columns, result, "brier_skill", &PredictorResult::brier_skill);
  add_numbers(columns, result, "log_score", &PredictorResult::log_score);
  add_estimates(columns, result, "log_skill", &PredictorResult::log_skill);
  columns["slope"] = column(result, [](const PredictorResult& each) { return each.line.slope; });
  columns["intercept"] = column(result, [](const PredictorResult& each) { return each.line.intercept; });
  add_numbers(columns, result, "recall_at_1", &PredictorResult::recall_at_1);
  add_numbers(columns, result, "lead_at_1", &PredictorResult::lead_at_1);
  add_numbers(columns, result, "recall_at_4", &PredictorResult::recall_at_4);
  add_numbers(columns, result, "lead_at_4", &PredictorResult::lead_at_4);
  add_estimates(columns, result, "auc_gain", &PredictorResult::auc_gain);
  add_estimates(columns, result, "ap_gain", &PredictorResult::ap_gain);
  return columns;
}

py::dict curves_of(const Backtest& result, const std::string& name) {
  const PredictorResult& found = result.predictor(name);
  std::vector<double> forecast, realised, cases;
  for (const metrics::Bin& bin : found.curve) {
    forecast.push_back(bin.forecast);
    realised.push_back(bin.realised);
    cases.push_back(bin.cases);
  }
  return py::dict("forecast"_a = to_numpy(forecast), "realised"_a = to_numpy(realised), "cases"_a = to_numpy(cases),
                  "false_per_year"_a = to_numpy(found.alarms_false_per_year),
                  "recall"_a = to_numpy(found.alarms_recall), "lead"_a = to_numpy(found.alarms_lead));
}

py::tuple to_tuple(const Estimate& estimate) { return py::make_tuple(estimate.value, estimate.low, estimate.high); }

metrics::Labels labels_of(const py::array_t<std::int8_t, py::array::c_style>& labels) { return to_vector(labels); }

void bind_metrics(py::module_& m) {
  using LabelArray = py::array_t<std::int8_t, py::array::c_style>;
  const auto def = [&](const char* name, double (*metric)(const metrics::Labels&, const metrics::Values&)) {
    m.def(
        name,
        [metric, name](const LabelArray& labels, const FloatArray& values) {
          return metric(labels_of(labels), vector_view(values, name).matrix());
        },
        "labels"_a, "values"_a);
  };
  def("auc", &metrics::auc);
  def("average_precision", &metrics::average_precision);
  def("brier", &metrics::brier);
  def("log_score", &metrics::log_score);
  m.def(
      "reliability_line",
      [](const LabelArray& labels, const FloatArray& values) {
        const metrics::Line line = metrics::reliability_line(labels_of(labels), vector_view(values, "values").matrix());
        return std::pair{line.slope, line.intercept};
      },
      "labels"_a, "values"_a);
  m.def(
      "isotonic",
      [](const LabelArray& labels, const FloatArray& values, const FloatArray& at) {
        const Eigen::VectorXd known = vector_view(values, "values").matrix();
        const auto function = metrics::Isotonic::fit(labels_of(labels), known, metrics::ascending(known));
        std::vector<double> result;
        for (const double value : vector_view(at, "at")) result.push_back(function.at(value));
        return to_numpy(result);
      },
      "labels"_a, "values"_a, "at"_a);
}

}  // namespace

void bind_backtest(py::module_& m) {
  bind_metrics(m);
  py::class_<BacktestOptions>(m, "BacktestOptions")
      .def(py::init([](const std::string& target, int horizon_days, int quiet_days, bool is_quiet_after_end,
                       int warm_up_days, int min_level, int margin_days, int recent_days,
                       const CalendarArgument& covered, const std::vector<std::string>& columns, bool has_baselines,
                       bool has_ablation, std::uint64_t seed, int draws, int folds, int threads) {
             const LabelOptions labels{target_named(target), horizon_days, quiet_days,
                                       is_quiet_after_end,   warm_up_days, min_level,
                                       margin_days,          recent_days,  calendar_of(covered)};
             return BacktestOptions{labels, columns, has_baselines, has_ablation, seed, draws, folds, threads};
           }),
           py::kw_only(), "target"_a, "horizon_days"_a, "quiet_days"_a, "is_quiet_after_end"_a, "warm_up_days"_a,
           "min_level"_a, "margin_days"_a, "recent_days"_a, "covered"_a, "columns"_a, "has_baselines"_a,
           "has_ablation"_a, "seed"_a, "draws"_a, "folds"_a, "threads"_a);
  py::class_<Backtest>(m, "Backtest")
      .def("columns", &columns_of)
      .def("curves", &curves_of, "predictor"_a)
      .def(
          "auc_difference",
          [](const Backtest& result, const std::string& a, const std::string& b) {
            return to_tuple(result.auc_difference(a, b));
          },
          "first"_a, "second"_a)
      .def(
          "ap_difference",
          [](const Backtest& result, const std::string& a, const std::string& b) {
            return to_tuple(result.ap_difference(a, b));
          },
          "first"_a, "second"_a)
      .def("to_json", [](const Backtest& result) { return to_json(result); })
      .def_readonly("pairs", &Backtest::pairs)
      .def_readonly("active_pairs", &Backtest::active_pairs)
      .def_readonly("days", &Backtest::days)
      .def_readonly("positive_days", &Backtest::positive_days)
      .def_readonly("onsets", &Backtest::onsets)
      .def_readonly("recent_positive_days", &Backtest::recent_positive_days)
      .def_readonly("unknown_days", &Backtest::unknown_days)
      .def_readonly("incomplete_days", &Backtest::incomplete_days)
      .def_readonly("unmatched_onsets", &Backtest::unmatched_onsets)
      .def_readonly("left_out", &Backtest::left_out)
      .def_property_readonly("base_rate", &Backtest::base_rate);
  m.def(
      "backtest",
      [](const Scores& scores, const std::vector<Onset>& onsets, const BacktestOptions& options,
         const std::vector<Onset>& militarised, const std::vector<OptionalExtra>& extras, const py::object& progress) {
        if (!scores.panel()) {
          throw InputError(
              "these scores were read from a document, without the counts that baselines are made of; "
              "pass the panel instead");
        }
        const RunControl control = run_control(progress);
        const std::vector<ExtraPredictor> predictors = extras_of(extras);
        const py::gil_scoped_release unlocked;
        return backtest(scores, *scores.panel(), onsets, options, militarised, predictors, control);
      },
      "scores"_a, "onsets"_a, "options"_a, "militarised"_a, "extras"_a, "progress"_a);
}

}  // namespace tocsin
