#include "tocsin/backtest.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>

#include "alarms.hpp"
#include "backtest_days.hpp"
#include "ordered_metrics.hpp"
#include "parallel.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

using metrics::Order;

// The 5 % and 95 % quantile of draws, linear between them; draws in which a class has no case say nothing.
Estimate estimate(double value, const Eigen::VectorXd& draws) {
  std::vector<double> known;
  for (const double draw : draws) {
    if (!std::isnan(draw)) known.push_back(draw);
  }
  if (known.empty() || std::isnan(value)) return {value, nan, nan};
  std::sort(known.begin(), known.end());
  const auto at = [&](double share) {
    const double place = share * static_cast<double>(known.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, known.size() - 1);
    return known[below] + (place - static_cast<double>(below)) * (known[above] - known[below]);
  };
  return {value, at(0.05), at(0.95)};
}

// Folds with about as many positive days each: pairs by their number, dealt out to and fro.
std::vector<int> folds_of(const PairedCases& cases, int folds) {
  std::vector<std::int64_t> positives(cases.pair_count);
  for (std::size_t i = 0; i < cases.labels.size(); ++i) positives[cases.pairs[i]] += cases.labels[i];
  std::vector<std::size_t> order(cases.pair_count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return positives[a] > positives[b]; });
  std::vector<int> fold(cases.pair_count);
  const auto round_trip = static_cast<std::size_t>(2 * folds);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const auto place = static_cast<int>(i % round_trip);
    fold[order[i]] = place < folds ? place : 2 * folds - 1 - place;
  }
  return fold;
}

// The same step for all: an isotonic fit to the days of the pairs in the other folds, and a little of their base rate,
// so that no probability is 0 or 1. NaN where there are no other pairs.
Eigen::VectorXd calibrated(const PairedCases& cases, const Eigen::VectorXd& values, const Order& order,
                           const std::vector<int>& fold, int folds) {
  constexpr double base_share = 0.02;
  Eigen::VectorXd probabilities = Eigen::VectorXd::Constant(values.size(), nan);
  for (int left_out = 0; left_out < folds; ++left_out) {
    Order others;
    double positives = 0;
    for (const std::uint32_t i : order) {
      if (fold[cases.pairs[i]] == left_out) continue;
      others.push_back(i);
      positives += cases.labels[i];
    }
    if (others.empty()) continue;
    const metrics::Isotonic function = metrics::Isotonic::fit(cases.labels, values, others);
    const double base = (positives + 0.5) / (static_cast<double>(others.size()) + 1);
    for (std::size_t i = 0; i < cases.labels.size(); ++i) {
      if (fold[cases.pairs[i]] != left_out) continue;
      const auto place = static_cast<Eigen::Index>(i);
      probabilities[place] = (1 - base_share) * function.at(values[place]) + base_share * base;
    }
  }
  return probabilities;
}

// Sums of a loss by pair, of which every draw is a weighted sum.
struct Losses {
  Eigen::VectorXd brier;
  Eigen::VectorXd log;
  Eigen::VectorXd days;

  static Losses of(const PairedCases& cases, const Eigen::VectorXd& probabilities) {
    const auto n = static_cast<Eigen::Index>(cases.pair_count);
    Losses losses{Eigen::VectorXd::Zero(n), Eigen::VectorXd::Zero(n), Eigen::VectorXd::Zero(n)};
    for (std::size_t i = 0; i < cases.labels.size(); ++i) {
      const double p = probabilities[static_cast<Eigen::Index>(i)];
      const double miss = p - cases.labels[i];
      losses.brier[cases.pairs[i]] += miss * miss;
      losses.log[cases.pairs[i]] -= cases.labels[i] == 1 ? std::log(p) : std::log1p(-p);
      losses.days[cases.pairs[i]] += 1;
    }
    return losses;
  }
};

Estimate skill(const Eigen::VectorXd& own, const Eigen::VectorXd& reference, const Eigen::MatrixXd& weights) {
  const Eigen::VectorXd draws = 1 - (weights.transpose() * own).array() / (weights.transpose() * reference).array();
  return estimate(1 - own.sum() / reference.sum(), draws);
}

// AUC and average precision of the days with an event not long ago, or of the others.
std::pair<double, double> separation_of(bool is_recent, const JudgedDays& judged, const Eigen::VectorXd& values,
                                        const Order& order) {
  Order part;
  for (const std::uint32_t i : order) {
    if ((judged.is_recent[i] != 0) == is_recent) part.push_back(i);
  }
  return {metrics::auc_in(part, judged.cases.labels, values),
          metrics::average_precision_in(part, judged.cases.labels, values)};
}

struct Shared {
  const JudgedDays& judged;
  const BacktestOptions& options;
  Eigen::MatrixXd weights;  // (pairs, draws)
  std::vector<int> fold;
  Losses reference;  // of the calibrated climatology
};

void judge_separation(PredictorResult& result, const Predictor& predictor, const Order& order, const Shared& shared) {
  const JudgedDays& judged = shared.judged;
  const RankedCases ranked(judged.cases, predictor.values, order);
  const Eigen::Index draws = shared.weights.cols();
  const Eigen::VectorXd ones = Eigen::VectorXd::Ones(shared.weights.rows());
  Eigen::MatrixXd separations(draws, 3);
  for (Eigen::Index draw = 0; draw < draws; ++draw) {
    const Separation each = ranked.separation(shared.weights.col(draw));
    separations.row(draw) << each.pooled, each.active, each.within;
  }
  const Separation whole = ranked.separation(ones);
  result.auc_draws = separations.col(0);
  result.ap_draws = ranked.average_precision(shared.weights);
  result.auc = estimate(whole.pooled, result.auc_draws);
  result.auc_active = estimate(whole.active, separations.col(1));
  result.auc_within = estimate(whole.within, separations.col(2));
  result.average_precision =
      estimate(metrics::average_precision_in(order, judged.cases.labels, predictor.values), result.ap_draws);
  std::tie(result.auc_recent, result.ap_recent) = separation_of(true, judged, predictor.values, order);
  std::tie(result.auc_hard, result.ap_hard) = separation_of(false, judged, predictor.values, order);
}

void judge_probabilities(PredictorResult& result, const Predictor& predictor, const Order& order,
                         const Shared& shared) {
  const PairedCases& cases = shared.judged.cases;
  const Eigen::VectorXd probabilities =
      predictor.is_probability ? predictor.values
                               : calibrated(cases, predictor.values, order, shared.fold, shared.options.folds);
  result.brier = result.log_score = nan;
  result.brier_skill = result.log_skill = {nan, nan, nan};
  result.line = {nan, nan};
  if (probabilities.array().isNaN().any()) return;
  const Losses losses = Losses::of(cases, probabilities);
  result.brier = losses.brier.sum() / losses.days.sum();
  result.log_score = losses.log.sum() / losses.days.sum();
  result.brier_skill = skill(losses.brier, shared.reference.brier, shared.weights);
  result.log_skill = skill(losses.log, shared.reference.log, shared.weights);
  constexpr int bins = 10;
  const Order by_probability = metrics::ascending(probabilities);
  result.line = metrics::reliability_line_in(by_probability, cases.labels, probabilities);
  result.curve = metrics::reliability_curve_in(by_probability, cases.labels, probabilities, bins);
}

void judge_alarms(PredictorResult& result, const Predictor& predictor, const Order& order, const Shared& shared) {
  result.recall_at_1 = result.lead_at_1 = result.recall_at_4 = result.lead_at_4 = nan;
  if (shared.options.labels.target == Target::crisis) return;  // nothing is foretold
  const WatchedDays watched{shared.judged.cases, shared.judged.days, shared.judged.onsets,
                            shared.options.labels.horizon_days};
  const AlarmRecord few = watch_within(watched, predictor.values, order, 1);
  const AlarmRecord many = watch_within(watched, predictor.values, order, 4);
  result.recall_at_1 = few.recall;
  result.lead_at_1 = few.median_lead_days;
  result.recall_at_4 = many.recall;
  result.lead_at_4 = many.median_lead_days;
  for (const AlarmRecord& record : alarm_curve(watched, predictor.values, order)) {
    result.alarms_false_per_year.push_back(record.false_per_year);
    result.alarms_recall.push_back(record.recall);
    result.alarms_lead.push_back(record.median_lead_days);
  }
}

PredictorResult judge(const Predictor& predictor, const Shared& shared) {
  PredictorResult result;
  result.name = predictor.name;
  result.kind = predictor.kind;
  result.sees_labels = predictor.sees_labels;
  const Order order = metrics::ascending(predictor.values);
  judge_separation(result, predictor, order, shared);
  judge_probabilities(result, predictor, order, shared);
  judge_alarms(result, predictor, order, shared);
  return result;
}

// Of the baselines that see no more than the predictor does, itself left out.
template <class Value>
const PredictorResult* best_baseline(const Backtest& backtest, const PredictorResult& of, const Value& value) {
  const PredictorResult* best = nullptr;
  for (const PredictorResult& other : backtest.predictors) {
    if (other.kind != PredictorKind::baseline || &other == &of || (other.sees_labels && !of.sees_labels)) continue;
    if (best == nullptr || value(other) > value(*best)) best = &other;
  }
  return best;
}

void compare_with_baselines(Backtest& backtest) {
  for (PredictorResult& each : backtest.predictors) {
    const auto* by_auc = best_baseline(backtest, each, [](const PredictorResult& other) { return other.auc.value; });
    const auto* by_ap =
        best_baseline(backtest, each, [](const PredictorResult& other) { return other.average_precision.value; });
    each.auc_gain = each.ap_gain = {nan, nan, nan};
    if (by_auc == nullptr) continue;
    each.best_baseline = by_auc->name;
    each.auc_gain = backtest.auc_difference(each.name, by_auc->name);
    each.best_baseline_by_ap = by_ap->name;
    each.ap_gain = backtest.ap_difference(each.name, by_ap->name);
  }
}

void require_valid(const BacktestOptions& options) {
  require_valid(options.labels);
  if (options.draws < 0) throw InputError(concat("draws is ", options.draws, ", expected a number >= 0"));
  if (options.folds < 2) throw InputError(concat("folds is ", options.folds, ", expected a number >= 2"));
  if (options.threads < 0) throw InputError(concat("threads is ", options.threads, ", expected a number >= 0"));
}

void require_both_classes(const Backtest& backtest) {
  if (backtest.positive_days > 0 && backtest.positive_days < backtest.days) return;
  throw InputError(concat(
      "of ", backtest.days, " judged pair-days ", backtest.positive_days, " are positive, expected some of both; ",
      backtest.unmatched_onsets, " onsets are of pairs that are not scored",
      backtest.positive_days == 0 ? " (are the actors written alike? see actor_system of read_onsets)" : ""));
}

}  // namespace

std::string_view name_of(PredictorKind kind) {
  switch (kind) {
    case PredictorKind::column:
      return "column";
    case PredictorKind::extra:
      return "extra";
    case PredictorKind::baseline:
      return "baseline";
    case PredictorKind::ablation:
      break;
  }
  return "ablation";
}

const PredictorResult& Backtest::predictor(std::string_view name) const {
  std::vector<std::string> known;
  for (const PredictorResult& each : predictors) {
    if (each.name == name) return each;
    known.push_back(each.name);
  }
  throw InputError(concat("there is no predictor ", in_quotes(name), nearest_hint(name, known)));
}

Estimate Backtest::auc_difference(std::string_view first, std::string_view second) const {
  const PredictorResult& a = predictor(first);
  const PredictorResult& b = predictor(second);
  return estimate(a.auc.value - b.auc.value, a.auc_draws - b.auc_draws);
}

Estimate Backtest::ap_difference(std::string_view first, std::string_view second) const {
  const PredictorResult& a = predictor(first);
  const PredictorResult& b = predictor(second);
  return estimate(a.average_precision.value - b.average_precision.value, a.ap_draws - b.ap_draws);
}

Backtest backtest(const Scores& scores, const CountPanel& panel, const std::vector<Onset>& onsets,
                  const BacktestOptions& options, const std::vector<Onset>& militarised,
                  const std::vector<ExtraPredictor>& extras, const RunControl& control) {
  require_valid(options);
  Backtest result;
  result.options = options;
  result.calendar = scores.calendar();
  const JudgedDays judged = judged_days(scores, panel, onsets, militarised, extras, control, result);
  if (judged.predictors.empty()) throw InputError("nothing is to be judged; name columns, extras or baselines");
  require_both_classes(result);
  Shared shared{judged,
                options,
                pair_weights(judged.cases.pair_count, options.draws, options.seed),
                folds_of(judged.cases, options.folds),
                {}};
  // The reference is what climatology is after the same calibration; without it, the base rate of the other folds.
  const auto is_climatology = [](const Predictor& each) { return each.name == "climatology"; };
  const auto found = std::find_if(judged.predictors.begin(), judged.predictors.end(), is_climatology);
  const Eigen::VectorXd flat = Eigen::VectorXd::Zero(judged.predictors.front().values.size());
  const Eigen::VectorXd& expected = found == judged.predictors.end() ? flat : found->values;
  shared.reference = Losses::of(
      judged.cases, calibrated(judged.cases, expected, metrics::ascending(expected), shared.fold, options.folds));
  result.predictors.resize(judged.predictors.size());
  const RunControl second_half{control.should_stop, [&](std::size_t done, std::size_t all) {
                                 if (control.progress) control.progress(all + done, 2 * all);
                               }};
  parallel_for(
      judged.predictors.size(), options.threads,
      [&](std::size_t i, const std::atomic<bool>&) { result.predictors[i] = judge(judged.predictors[i], shared); },
      second_half);
  compare_with_baselines(result);
  return result;
}

}  // namespace tocsin
