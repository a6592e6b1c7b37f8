#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <vector>

#include "tocsin/labels.hpp"
#include "tocsin/metrics.hpp"
#include "tocsin/scores.hpp"

namespace tocsin {

/// Where the numbers of a predictor come from.
enum class PredictorKind {
  column,    // of the scores
  extra,     // handed in
  baseline,  // a plain function of the counts, or of the labels' past
  ablation,  // the score without one of its contributions
};
[[nodiscard]] std::string_view name_of(PredictorKind kind);

/// Numbers that somebody else has computed, such as a risk; higher means worse.
struct ExtraPredictor {
  std::string name;
  std::vector<Eigen::VectorXd> values;  // by pair of the scores: one value a day of the calendar; NaN: none
  bool is_probability = false;          // judged as it stands, without a calibration step
  bool sees_labels = false;             // computed from past onsets too
};

struct BacktestOptions {
  LabelOptions labels = {};
  std::vector<std::string> columns = {"score"};  // of the scores
  bool has_baselines = true;
  bool has_ablation = true;  // where `score` is one of the columns
  std::uint64_t seed = 1;
  int draws = 500;  // of pairs; 0: no intervals
  int folds = 5;    // of pairs: the calibration of a pair's days is fitted on the pairs of the other folds
  int threads = 0;  // 0: one per core. The result does not depend on it.
};

/// 5-95 % interval over draws of pairs.
struct Estimate {
  double value;
  double low;
  double high;
};

/// How one predictor did on the days that all of them were judged on. Formulas: docs/method.md, C20.
struct PredictorResult {
  std::string name;
  PredictorKind kind = PredictorKind::column;
  bool sees_labels = false;
  Estimate auc{};         // positive against negative days of all pairs
  Estimate auc_active{};  // of pairs that have a positive day
  Estimate auc_within{};  // mean over the pairs that have both
  Estimate average_precision{};
  double auc_recent = 0;  // on days with an event in the last `recent_days`: easy
  double auc_hard = 0;    // on the others
  double ap_recent = 0;
  double ap_hard = 0;
  double brier = 0;        // after calibration, unless the predictor is a probability
  Estimate brier_skill{};  // 1 - brier / that of the calibrated climatology
  double log_score = 0;    // nats
  Estimate log_skill{};
  metrics::Line line{};
  std::vector<metrics::Bin> curve;
  double recall_at_1 = 0;  // at a budget of 1 false alarm per pair-year; onsets only, else NaN
  double lead_at_1 = 0;    // median, days
  double recall_at_4 = 0;
  double lead_at_4 = 0;
  std::vector<double> alarms_false_per_year;  // the curve of recall and lead over the budget
  std::vector<double> alarms_recall;
  std::vector<double> alarms_lead;
  std::string best_baseline;  // by AUC, of those that see no more than it does; empty where there is none
  Estimate auc_gain{};        // over it, on the same draws
  std::string best_baseline_by_ap;
  Estimate ap_gain{};
  Eigen::VectorXd auc_draws;  // one a draw of pairs, the same draws for all predictors
  Eigen::VectorXd ap_draws;
};

struct Backtest {
  BacktestOptions options;
  Calendar calendar{};
  std::int64_t pairs = 0;
  std::int64_t active_pairs = 0;  // with a positive day
  std::int64_t days = 0;          // pair-days that were judged
  std::int64_t positive_days = 0;
  std::int64_t onsets = 0;  // or crises, that the positive days belong to
  std::int64_t recent_positive_days = 0;
  std::int64_t unknown_days = 0;            // without a label: warm-up, not quiet, not covered, not certain
  std::int64_t incomplete_days = 0;         // on which some predictor is missing
  std::int64_t unmatched_onsets = 0;        // of pairs that are not scored
  std::vector<std::string> left_out;        // predictors without a value on any day
  std::vector<PredictorResult> predictors;  // in the order columns, extras, ablations, baselines

  [[nodiscard]] double base_rate() const { return static_cast<double>(positive_days) / static_cast<double>(days); }
  /// @throws InputError that proposes the nearest names
  [[nodiscard]] const PredictorResult& predictor(std::string_view name) const;
  /// How much more AUC (or average precision) the first has than the second, over the same draws of pairs.
  [[nodiscard]] Estimate auc_difference(std::string_view first, std::string_view second) const;
  [[nodiscard]] Estimate ap_difference(std::string_view first, std::string_view second) const;
};

/// Holds scores and baselines against what another source says of the same pairs: was it worse before what came?
///
/// @param panel        what the scores were computed from: the baselines are functions of it
/// @param onsets       of any pairs, from another source than the counts
/// @param militarised  for the target `crisis`: events near to which calm days are left out; may be empty
/// @throws InputError  for unknown columns, extras that do not fit, or where no day is positive, or none negative
[[nodiscard]] Backtest backtest(const Scores& scores, const CountPanel& panel, const std::vector<Onset>& onsets,
                                const BacktestOptions& options = {}, const std::vector<Onset>& militarised = {},
                                const std::vector<ExtraPredictor>& extras = {}, const RunControl& control = {});

/// The document of a back-test: schema "tocsin.backtest", version 1.
[[nodiscard]] std::string to_json(const Backtest& backtest);

}  // namespace tocsin
