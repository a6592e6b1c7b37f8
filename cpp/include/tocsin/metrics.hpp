#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

/// How well numbers tell positive from negative cases, and how true probabilities are (C20).
///
/// `labels` are 0 or 1, `values` of the same length and finite; higher means more likely. All throw InputError for
/// other labels, unequal lengths, or a value that is missing. NaN where a class has no case.
namespace tocsin::metrics {

using Labels = std::vector<std::int8_t>;
using Values = Eigen::Ref<const Eigen::VectorXd>;

/// Probability that a positive case has a higher value than a negative one; a tie counts half (Mann and Whitney 1947).
[[nodiscard]] double auc(const Labels& labels, const Values& values);

/// Sum over thresholds of (recall(k) - recall(k-1)) precision(k), cases of one value together. What knows nothing has
/// the share of positives.
[[nodiscard]] double average_precision(const Labels& labels, const Values& values);

/// Mean of (p - y)^2
[[nodiscard]] double brier(const Labels& labels, const Values& probabilities);

/// Mean of -log of the probability that was given to what happened, in nats; infinite where that was 0.
[[nodiscard]] double log_score(const Labels& labels, const Values& probabilities);

struct Line {
  double slope;      // 1: as spread out as what happened; below 1: too sure
  double intercept;  // 0: right on average, given slope 1; below 0: too high
};
/// logit P(y = 1) = intercept + slope logit(p), fitted by Newton's method (Cox 1958). Probabilities of 0 and 1 count as
/// 1e-6 and 1 - 1e-6. NaN where the fit does not exist, as for one value or a class without a case.
[[nodiscard]] Line reliability_line(const Labels& labels, const Values& probabilities);

struct Bin {
  double forecast;  // mean probability
  double realised;  // share of positives
  double cases;
};
/// Cases by rising probability, in about equal parts; cases of one value stay together.
[[nodiscard]] std::vector<Bin> reliability_curve(const Labels& labels, const Values& probabilities, int bins = 10);

/// The non-decreasing function of the value that has the least squares to the labels (pool adjacent violators),
/// linear between its steps and level outside.
class Isotonic {
 public:
  /// @param order  of the values, ascending. @throws InputError without a case
  static Isotonic fit(const Labels& labels, const Values& values, const std::vector<std::uint32_t>& order);

  [[nodiscard]] double at(double value) const;

 private:
  std::vector<double> from_;  // knots, ascending
  std::vector<double> to_;
};

/// Places of the values in ascending order; equal ones by their place.
[[nodiscard]] std::vector<std::uint32_t> ascending(const Values& values);

}  // namespace tocsin::metrics
