#include "tocsin/risk.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>

#include "parallel.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace embedded {

// cpp/data/risk_model.json, made by tools/fit_risk_model.py
extern const std::string_view risk_model;

}  // namespace embedded

namespace {

using Row = Eigen::Ref<const Eigen::RowVectorXd>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double z_95 = 1.6448536269514722;  // of the standard normal, for an interval from 5 to 95 %

Eigen::VectorXd standardised(const RiskEquation& equation, const Row& features) {
  Eigen::VectorXd z(static_cast<Eigen::Index>(equation.terms.size()));
  for (Eigen::Index i = 0; i < z.size(); ++i) {
    const RiskEquation::Term& term = equation.terms[static_cast<std::size_t>(i)];
    const double value = features[static_cast<Eigen::Index>(term.feature)];
    // Of what is not known, the average day of the training regions is believed: it moves the risk neither way.
    z[i] = std::isnan(value) ? 0 : (value - term.mean) / term.spread;
  }
  return z;
}

// Contributions are added one by one, in their order, so that whoever adds them up gets the same bits.
double sum_of(double base, const Eigen::VectorXd& contributions) {
  double sum = base;
  for (const double value : contributions) sum += value;
  return sum;
}

}  // namespace

Eigen::VectorXd RiskEquation::contributions(const Row& features) const {
  Eigen::VectorXd parts = standardised(*this, features);
  for (Eigen::Index i = 0; i < parts.size(); ++i) {
    parts[i] *= calibration_slope * terms[static_cast<std::size_t>(i)].coefficient;
  }
  return parts;
}

double RiskEquation::spread(const Row& features) const {
  // Where nothing but the base rate is known, that of the intercept is what is left.
  if (calibration_slope == 0) return std::sqrt(covariance(0, 0));
  Eigen::VectorXd case_(static_cast<Eigen::Index>(terms.size()) + 1);
  case_[0] = 1;
  case_.tail(case_.size() - 1) = standardised(*this, features);
  return std::abs(calibration_slope) * std::sqrt(std::max(0.0, case_.dot(covariance * case_)));
}

const RiskModel& RiskModel::shipped() {
  static const RiskModel model = from_json(embedded::risk_model);  // C++ makes this safe between threads
  return model;
}

RiskFeatures risk_features(const Scores& scores, const RiskModel::Options& options) {
  if (!scores.panel()) {
    throw InputError(
        "the scores were read from a document, which does not hold the counts that the risk model looks at; score the "
        "counts again");
  }
  RiskFeatures::Options wanted;
  wanted.warm_up_days = options.warm_up_days;
  wanted.settle_days = scores.config().settle_days;
  wanted.min_level = options.min_level;
  return RiskFeatures(*scores.panel(), wanted);
}

std::vector<PairRisks> RiskModel::predict(const Scores& scores, const std::vector<Onset>* onsets, int threads,
                                          const RunControl& control) const {
  const RiskFeatures features = risk_features(scores, options_);
  const RiskEquation& equation = onsets == nullptr ? events_ : with_onsets_;
  std::vector<PairRisks> risks(scores.pairs().size());
  const auto predict_pair = [&](std::size_t i, const std::atomic<bool>& is_stopping) {
    const RiskFeatureTable table = features.of(i, onsets);
    const Eigen::Index days = table.values.rows();
    const Eigen::VectorXd missing = Eigen::VectorXd::Constant(days, nan);
    PairRisks& pair = risks[i];
    pair = {table.pair, table.status, missing, missing, missing};
    for (Eigen::Index day = 0; day < days && !is_stopping; ++day) {
      // A row is known as a whole, or not at all.
      if (std::isnan(table.values(day, 0))) continue;
      const double logit = sum_of(equation.base(), equation.contributions(table.values.row(day)));
      const double margin = z_95 * equation.spread(table.values.row(day));
      pair.risk[day] = logistic(logit);
      pair.low[day] = logistic(logit - margin);
      pair.high[day] = logistic(logit + margin);
    }
  };
  parallel_for(risks.size(), threads, predict_pair, control);
  return risks;
}

RiskReading RiskModel::at(const Scores& scores, const Pair& pair, Day day, const std::vector<Onset>* onsets) const {
  (void)scores.at(pair, day);  // throws what is to be said of a pair or day that is not there
  const RiskFeatures features = risk_features(scores, options_);
  const auto place = std::lower_bound(scores.pairs().begin(), scores.pairs().end(), pair);
  const RiskFeatureTable table = features.of(static_cast<std::size_t>(place - scores.pairs().begin()), onsets);
  const Eigen::Index row = day - scores.calendar().first;
  const RiskEquation& equation = onsets == nullptr ? events_ : with_onsets_;
  RiskReading reading;
  reading.status = table.status[static_cast<std::size_t>(row)];
  reading.base = equation.base();
  for (const RiskEquation::Term& term : equation.terms) reading.features.push_back(term.feature);
  reading.days_since_onset = table.days_since_onset(row);
  if (std::isnan(table.values(row, 0))) {
    reading.risk = reading.logit = nan;
    reading.interval = {nan, nan};
    reading.contributions.assign(reading.features.size(), nan);
    return reading;
  }
  const Eigen::VectorXd parts = equation.contributions(table.values.row(row));
  const double margin = z_95 * equation.spread(table.values.row(row));
  reading.contributions.assign(parts.begin(), parts.end());
  reading.logit = sum_of(reading.base, parts);
  reading.risk = logistic(reading.logit);
  reading.interval = {logistic(reading.logit - margin), logistic(reading.logit + margin)};
  return reading;
}

}  // namespace tocsin
