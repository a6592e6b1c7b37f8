#include "json.hpp"
#include "tocsin/backtest.hpp"
#include "tocsin/version.hpp"

namespace tocsin {

namespace {

Json to_json(const Estimate& estimate) {
  return {{"value", number_or_null(estimate.value)},
          {"low", number_or_null(estimate.low)},
          {"high", number_or_null(estimate.high)}};
}

Json to_json(const LabelOptions& labels) {
  Json json{{"target", name_of(labels.target)},  {"horizon_days", labels.horizon_days},
            {"quiet_days", labels.quiet_days},   {"warm_up_days", labels.warm_up_days},
            {"min_level", labels.min_level},     {"margin_days", labels.margin_days},
            {"recent_days", labels.recent_days}, {"quiet_after", labels.is_quiet_after_end ? "end" : "start"}};
  if (labels.covered) json["covered"] = {to_string(labels.covered->first), to_string(labels.covered->last)};
  return json;
}

Json curve_to_json(const std::vector<metrics::Bin>& curve) {
  Json json = Json::array();
  for (const metrics::Bin& bin : curve) {
    json.push_back({{"forecast", bin.forecast}, {"realised", bin.realised}, {"cases", bin.cases}});
  }
  return json;
}

Json alarms_to_json(const PredictorResult& result) {
  Json json = Json::array();
  for (std::size_t i = 0; i < result.alarms_recall.size(); ++i) {
    json.push_back({{"false_per_year", result.alarms_false_per_year[i]},
                    {"recall", number_or_null(result.alarms_recall[i])},
                    {"median_lead_days", number_or_null(result.alarms_lead[i])}});
  }
  return json;
}

Json to_json(const PredictorResult& result) {
  return {{"name", result.name},
          {"kind", name_of(result.kind)},
          {"sees_labels", result.sees_labels},
          {"auc", to_json(result.auc)},
          {"auc_active", to_json(result.auc_active)},
          {"auc_within", to_json(result.auc_within)},
          {"average_precision", to_json(result.average_precision)},
          {"auc_recent", number_or_null(result.auc_recent)},
          {"auc_hard", number_or_null(result.auc_hard)},
          {"ap_recent", number_or_null(result.ap_recent)},
          {"ap_hard", number_or_null(result.ap_hard)},
          {"brier", number_or_null(result.brier)},
          {"brier_skill", to_json(result.brier_skill)},
          {"log_score", number_or_null(result.log_score)},
          {"log_skill", to_json(result.log_skill)},
          {"slope", number_or_null(result.line.slope)},
          {"intercept", number_or_null(result.line.intercept)},
          {"reliability", curve_to_json(result.curve)},
          {"recall_at_1", number_or_null(result.recall_at_1)},
          {"lead_at_1", number_or_null(result.lead_at_1)},
          {"recall_at_4", number_or_null(result.recall_at_4)},
          {"lead_at_4", number_or_null(result.lead_at_4)},
          {"alarms", alarms_to_json(result)},
          {"best_baseline", result.best_baseline},
          {"auc_gain", to_json(result.auc_gain)},
          {"best_baseline_by_ap", result.best_baseline_by_ap},
          {"ap_gain", to_json(result.ap_gain)}};
}

}  // namespace

std::string to_json(const Backtest& backtest) {
  Json json{{"schema", "tocsin.backtest"},
            {"schema_version", 1},
            {"tocsin_version", version},
            {"labels", to_json(backtest.options.labels)},
            {"seed", backtest.options.seed},
            {"draws", backtest.options.draws},
            {"folds", backtest.options.folds},
            {"first", to_string(backtest.calendar.first)},
            {"last", to_string(backtest.calendar.last)},
            {"pairs", backtest.pairs},
            {"active_pairs", backtest.active_pairs},
            {"days", backtest.days},
            {"positive_days", backtest.positive_days},
            {"base_rate", number_or_null(backtest.base_rate())},
            {"onsets", backtest.onsets},
            {"recent_positive_days", backtest.recent_positive_days},
            {"unknown_days", backtest.unknown_days},
            {"incomplete_days", backtest.incomplete_days},
            {"unmatched_onsets", backtest.unmatched_onsets},
            {"left_out", backtest.left_out},
            {"predictors", Json::array()}};
  for (const PredictorResult& each : backtest.predictors) json["predictors"].push_back(to_json(each));
  return json.dump(2);
}

}  // namespace tocsin
