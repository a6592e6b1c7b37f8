#pragma once

#include <string>
#include <vector>

#include "pair_bootstrap.hpp"
#include "tocsin/backtest.hpp"

namespace tocsin {

/// A predictor on the days that are judged.
struct Predictor {
  std::string name;
  PredictorKind kind = PredictorKind::column;
  bool sees_labels = false;
  bool is_probability = false;
  Eigen::VectorXd values;  // as long as the cases
};

/// All predictors on the same days, pair by pair.
struct JudgedDays {
  PairedCases cases;
  std::vector<std::int32_t> days;                 // of each case, from the first of the calendar
  std::vector<char> is_recent;                    // of each case: an event in the last `recent_days`
  std::vector<std::vector<std::int32_t>> onsets;  // by pair
  std::vector<Predictor> predictors;
};

/// Labels the days, and takes the values of every predictor where all have one. Fills in the counts of `result`.
[[nodiscard]] JudgedDays judged_days(const Scores& scores, const CountPanel& panel, const std::vector<Onset>& onsets,
                                     const std::vector<Onset>& militarised, const std::vector<ExtraPredictor>& extras,
                                     const RunControl& control, Backtest& result);

}  // namespace tocsin
