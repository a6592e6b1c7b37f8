#include <algorithm>
#include <atomic>
#include <cmath>
#include <iterator>
#include <limits>
#include <set>

#include "parallel.hpp"
#include "risk_document.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"
#include "tocsin/labels.hpp"
#include "tocsin/metrics.hpp"
#include "tocsin/risk.hpp"

namespace tocsin {

namespace {

using Rows = LogisticFit::Rows;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
// A feature that does not vary is left at its mean.
constexpr double least_spread = 1e-9;
constexpr double calibration_ridge = 1e-6;  // keeps the line finite where held-out days are told apart without a fault

// The days of one pair of one panel that can be learned from.
struct PairCases {
  Pair pair;
  Rows values;
  std::vector<double> outcomes;
};

// All of them below each other, by panel and pair.
struct Cases {
  Rows values;  // (n, risk_feature_count)
  std::vector<double> outcomes;
  std::vector<std::int64_t> pairs;  // number of the pair of each row, in alphabetical order
  std::vector<std::int64_t> folds;
  std::int64_t pair_count = 0;
};

PairCases cases_of(const RiskFeatures& features, std::size_t index, const std::vector<Onset>& onsets,
                   const RiskModel::Options& options) {
  const RiskFeatureTable table = features.of(index, &onsets);
  std::vector<Onset> own;
  std::copy_if(onsets.begin(), onsets.end(), std::back_inserter(own),
               [&](const Onset& onset) { return onset.pair == table.pair && onset.are_adversaries; });
  LabelOptions wanted;
  wanted.horizon_days = options.horizon_days;
  wanted.quiet_days = options.quiet_days;
  wanted.min_level = options.min_level;
  wanted.warm_up_days = 0;  // the features have their own
  wanted.covered = options.covered;
  const PairLabels labels = label_days(own, {}, features.panel().calendar(), wanted);
  std::vector<Eigen::Index> days;
  for (std::size_t day = 0; day < table.status.size(); ++day) {
    const auto row = static_cast<Eigen::Index>(day);
    if (table.status[day] == Status::ok && labels.labels[day] != PairLabels::unknown) days.push_back(row);
  }
  PairCases cases{table.pair, Rows(static_cast<Eigen::Index>(days.size()), table.values.cols()), {}};
  for (std::size_t i = 0; i < days.size(); ++i) {
    cases.values.row(static_cast<Eigen::Index>(i)) = table.values.row(days[i]);
    cases.outcomes.push_back(labels.labels[static_cast<std::size_t>(days[i])]);
  }
  return cases;
}

void require_signals(const RiskFeatures& features) {
  std::vector<std::string> names;
  for (const Signal signal : features.missing_signals()) names.push_back(in_quotes(name_of(signal)));
  if (names.empty()) return;
  throw InputError(
      concat("a panel holds no ", joined(names), "; the risk model needs rhetoric, military and cooperation"));
}

Cases stacked(const std::vector<PairCases>& parts, int folds) {
  std::set<Pair> pairs;
  Eigen::Index rows = 0;
  for (const PairCases& part : parts) {
    rows += part.values.rows();
    if (part.values.rows() > 0) pairs.insert(part.pair);
  }
  Cases cases;
  cases.pair_count = static_cast<std::int64_t>(pairs.size());
  cases.values.resize(rows, static_cast<Eigen::Index>(risk_feature_count));
  Eigen::Index next = 0;
  for (const PairCases& part : parts) {
    if (part.values.rows() == 0) continue;
    cases.values.middleRows(next, part.values.rows()) = part.values;
    next += part.values.rows();
    cases.outcomes.insert(cases.outcomes.end(), part.outcomes.begin(), part.outcomes.end());
    const auto number = static_cast<std::int64_t>(std::distance(pairs.begin(), pairs.find(part.pair)));
    cases.pairs.insert(cases.pairs.end(), part.outcomes.size(), number);
    cases.folds.insert(cases.folds.end(), part.outcomes.size(), number % folds);
  }
  return cases;
}

// Everything but the calibration. Rows of the fold are left out; -1: none are.
RiskEquation fit_terms(const Cases& cases, std::size_t features, double ridge, std::int64_t left_out) {
  const auto k = static_cast<Eigen::Index>(features);
  std::vector<Eigen::Index> kept;
  for (std::size_t i = 0; i < cases.folds.size(); ++i) {
    if (cases.folds[i] != left_out) kept.push_back(static_cast<Eigen::Index>(i));
  }
  Rows x(static_cast<Eigen::Index>(kept.size()), k);
  std::vector<double> y;
  std::vector<std::int64_t> pairs;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    x.row(static_cast<Eigen::Index>(i)) = cases.values.row(kept[i]).head(k);
    y.push_back(cases.outcomes[static_cast<std::size_t>(kept[i])]);
    pairs.push_back(cases.pairs[static_cast<std::size_t>(kept[i])]);
  }
  RiskEquation equation;
  for (Eigen::Index j = 0; j < k; ++j) {
    // From rows of which a feature is not known nothing is learned of it: they get the mean of the others.
    const auto is_known = !x.col(j).array().isNaN();
    const auto known = static_cast<double>(is_known.count());
    const double mean = known > 0 ? is_known.select(x.col(j).array(), 0).sum() / known : 0;
    x.col(j) = is_known.select(x.col(j).array(), mean).eval();
    const double spread = std::sqrt((x.col(j).array() - mean).square().mean());
    equation.terms.push_back({static_cast<RiskFeature>(j), mean, spread > least_spread ? spread : 1, 0});
    x.col(j) = (x.col(j).array() - mean) / equation.terms.back().spread;
  }
  LogisticFit::Options options;
  options.ridge = ridge;
  const bool is_one_pair = std::all_of(pairs.begin(), pairs.end(), [&](std::int64_t pair) { return pair == pairs[0]; });
  const LogisticFit fit = LogisticFit::from(x, y, is_one_pair ? std::vector<std::int64_t>{} : pairs, options);
  equation.intercept = fit.intercept;
  for (std::size_t j = 0; j < features; ++j) {
    equation.terms[j].coefficient = fit.coefficients[static_cast<Eigen::Index>(j)];
  }
  equation.covariance = fit.covariance;
  equation.held_out = {nan, nan, nan};
  return equation;
}

double uncalibrated(const RiskEquation& equation, const Rows& values, Eigen::Index row) {
  return equation.base() + equation.contributions(values.row(row)).sum();
}

// Whether every fold leaves days with and without an onset to fit to.
bool can_be_held_out(const Cases& cases, int folds) {
  if (cases.pair_count < folds) return false;
  std::vector<double> ones(static_cast<std::size_t>(folds));
  std::vector<double> all(static_cast<std::size_t>(folds));
  for (std::size_t i = 0; i < cases.folds.size(); ++i) {
    all[static_cast<std::size_t>(cases.folds[i])] += 1;
    ones[static_cast<std::size_t>(cases.folds[i])] += cases.outcomes[i];
  }
  double sum_ones = 0;
  double sum_all = 0;
  for (std::size_t f = 0; f < ones.size(); ++f) {
    sum_ones += ones[f];
    sum_all += all[f];
  }
  for (std::size_t f = 0; f < ones.size(); ++f) {
    const double left = sum_ones - ones[f];
    if (all[f] == 0 || left == 0 || left == sum_all - all[f]) return false;
  }
  return true;
}

// The line that makes the log-odds of pairs that were left out right on average.
void calibrate(RiskEquation& equation, const Cases& cases, const RiskModel::Options& options,
               const RunControl& control) {
  if (!can_be_held_out(cases, options.folds)) return;
  const Eigen::Index rows = cases.values.rows();
  Rows held_out(rows, 1);
  std::vector<RiskEquation> parts(static_cast<std::size_t>(options.folds));
  parallel_for(
      parts.size(), options.threads,
      [&](std::size_t fold, const std::atomic<bool>&) {
        parts[fold] = fit_terms(cases, equation.terms.size(), options.ridge, static_cast<std::int64_t>(fold));
      },
      control);
  for (Eigen::Index i = 0; i < rows; ++i) {
    const auto fold = static_cast<std::size_t>(cases.folds[static_cast<std::size_t>(i)]);
    held_out(i, 0) = uncalibrated(parts[fold], cases.values, i);
  }
  LogisticFit::Options line;
  line.ridge = calibration_ridge;
  const LogisticFit fit = LogisticFit::from(held_out, cases.outcomes, {}, line);
  if (fit.coefficients[0] > 0) {
    equation.calibration_slope = fit.coefficients[0];
    equation.calibration_intercept = fit.intercept;
  } else {
    // What was learned from some pairs says nothing of the others: the base rate is all that is known.
    const double share = Eigen::Map<const Eigen::VectorXd>(cases.outcomes.data(), rows).mean();
    equation.calibration_slope = 0;
    equation.calibration_intercept = std::log(share / (1 - share));
  }
  const metrics::Labels labels(cases.outcomes.begin(), cases.outcomes.end());
  const double base_rate = Eigen::Map<const Eigen::VectorXd>(cases.outcomes.data(), rows).mean();
  const Eigen::VectorXd risks = held_out.col(0).unaryExpr([](double logit) { return logistic(logit); });
  equation.held_out = {metrics::auc(labels, held_out.col(0)), metrics::average_precision(labels, held_out.col(0)),
                       1 - metrics::brier(labels, risks) / (base_rate * (1 - base_rate))};
}

void require_options(const RiskModel::Options& options) {
  const auto require = [](bool is_right, std::string_view name, double value, std::string_view expected) {
    if (!is_right) throw InputError(concat(name, " is ", shortest(value), ", expected ", expected));
  };
  require(options.horizon_days >= 1, "horizon_days", options.horizon_days, "a number >= 1");
  require(options.quiet_days >= 0, "quiet_days", options.quiet_days, "a number >= 0");
  require(options.warm_up_days >= 1, "warm_up_days", options.warm_up_days, "a number >= 1");
  require(options.folds >= 2, "folds", options.folds, "a number >= 2");
  require(options.ridge >= 0 && std::isfinite(options.ridge), "ridge", options.ridge, "a finite number >= 0");
}

}  // namespace

RiskModel RiskModel::fit(const std::vector<const Scores*>& scores, const std::vector<Onset>& onsets,
                         const std::string& description, const Options& options, const RunControl& control) {
  require_options(options);
  if (scores.empty()) throw InputError("there are no scores to fit a risk model to");
  std::vector<PairCases> parts;
  for (const Scores* one : scores) {
    const RiskFeatures features = risk_features(*one, options);
    require_signals(features);
    std::vector<PairCases> of_panel(one->pairs().size());
    parallel_for(
        of_panel.size(), options.threads,
        [&](std::size_t i, const std::atomic<bool>&) { of_panel[i] = cases_of(features, i, onsets, options); },
        control);
    std::move(of_panel.begin(), of_panel.end(), std::back_inserter(parts));
  }
  const Cases cases = stacked(parts, options.folds);
  RiskModel model;
  model.options_ = options;
  model.training_ = {description, cases.pair_count, cases.values.rows(),
                     static_cast<std::int64_t>(std::count(cases.outcomes.begin(), cases.outcomes.end(), 1.0))};
  if (model.training_.positive_days == 0 || model.training_.positive_days == model.training_.days) {
    throw InputError(concat("of ", model.training_.days, " pair-days that can be learned from, ",
                            model.training_.positive_days, " are followed by an onset within ", options.horizon_days,
                            " days; a fit needs some that are and some that are not. Are the pairs of scores and "
                            "onsets written alike, and do their dates overlap?"));
  }
  model.events_ = fit_terms(cases, risk_event_feature_count, options.ridge, -1);
  calibrate(model.events_, cases, options, control);
  model.with_onsets_ = fit_terms(cases, risk_feature_count, options.ridge, -1);
  calibrate(model.with_onsets_, cases, options, control);
  RiskDocument::seal(model);
  return model;
}

}  // namespace tocsin
