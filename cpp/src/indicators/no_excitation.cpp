#include "tocsin/indicators/no_excitation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "additive_poisson.hpp"
#include "null_counts.hpp"
#include "random.hpp"

namespace tocsin {

namespace {

constexpr double half_an_act = 0.5;          // of a piece in which nothing happened
constexpr double largest_correlation = 0.5;  // of a day with the one before, if every act is told twice

/// Counts and collected days summed from the start, so that any piece costs two differences.
struct Sums {
  std::vector<double> acts{0};
  std::vector<double> days{0};

  explicit Sums(const Eigen::ArrayXd& y) {
    for (const double count : y) {
      acts.push_back(acts.back() + (std::isnan(count) ? 0 : count));
      days.push_back(days.back() + (std::isnan(count) ? 0 : 1));
    }
  }
  [[nodiscard]] double rate(std::size_t first, std::size_t end) const {
    const double collected = days[end] - days[first];
    return collected > 0 ? std::max(acts[end] - acts[first], half_an_act) / collected : 0;
  }
};

/// Minus the largest Poisson log-likelihood of a piece, without what no partition changes.
class PieceCost {
 public:
  explicit PieceCost(const Sums& sums) : sums_(sums) {
    constexpr double table_limit = 1 << 16;
    const double largest = std::max(sums.acts.back(), sums.days.back());
    for (double k = 0; k <= std::min(largest, table_limit); ++k) logs_.push_back(k > 0 ? std::log(k) : 0);
  }
  [[nodiscard]] double operator()(std::size_t first, std::size_t end) const {
    const double acts = sums_.acts[end] - sums_.acts[first];
    if (!(acts > 0)) return 0;
    return acts - acts * (log_of(acts) - log_of(sums_.days[end] - sums_.days[first]));
  }

 private:
  // Sums of whole counts: a table is several times faster than the logarithm.
  [[nodiscard]] double log_of(double whole) const {
    const auto at = static_cast<std::size_t>(whole);
    return at < logs_.size() ? logs_[at] : std::log(whole);
  }
  const Sums& sums_;
  std::vector<double> logs_;
};

/// Where each piece begins, the last one first.
std::vector<std::size_t> best_partition(const Sums& sums, double penalty, std::size_t least) {
  const std::size_t days = sums.acts.size() - 1;
  const PieceCost cost(sums);
  std::vector<double> best(days + 1, std::numeric_limits<double>::infinity());
  std::vector<std::size_t> begin(days + 1, 0);
  best[0] = -penalty;
  // A series shorter than two pieces is one piece.
  if (days < 2 * least) return {0};
  for (std::size_t end = least; end <= days; ++end) {
    for (std::size_t first = 0; first + least <= end; ++first) {
      if (std::isinf(best[first])) continue;
      const double total = best[first] + cost(first, end) + penalty;
      if (total < best[end]) {
        best[end] = total;
        begin[end] = first;
      }
    }
  }
  std::vector<std::size_t> pieces;
  for (std::size_t end = days; end > 0; end = begin[end]) pieces.push_back(begin[end]);
  return pieces;
}

double negative_binomial(random::Stream& stream, double mean, double dispersion) {
  if (!(dispersion > 1) || !(mean > 0)) return static_cast<double>(random::poisson(stream, mean));
  const double scale = dispersion - 1;
  return static_cast<double>(random::poisson(stream, random::gamma(stream, mean / scale) * scale));
}

}  // namespace

RateSegments RateSegments::of(const Eigen::ArrayXd& y, double dispersion, const LevelOptions& options) {
  const Sums sums(y);
  const double days = std::max(sums.days.back(), 1.0);
  RateSegments segments{Eigen::ArrayXd(y.size()), 0, dispersion * options.change_penalty * std::log(days)};
  auto end = static_cast<std::size_t>(y.size());
  for (const std::size_t first :
       best_partition(sums, segments.penalty_per_change, static_cast<std::size_t>(options.least_days))) {
    segments.rate.segment(static_cast<Eigen::Index>(first), static_cast<Eigen::Index>(end - first))
        .setConstant(sums.rate(first, end));
    if (first > 0) ++segments.changes;
    end = first;
  }
  return segments;
}

double dispersion_of_differences(const Eigen::ArrayXd& y) {
  double squares = 0;
  double means = 0;
  for (Eigen::Index t = 1; t < y.size(); ++t) {
    if (std::isnan(y[t]) || std::isnan(y[t - 1])) continue;
    squares += (y[t] - y[t - 1]) * (y[t] - y[t - 1]) / 2;
    means += (y[t] + y[t - 1]) / 2;
  }
  return means > 0 ? std::max(1.0, squares / means) : 1;
}

double echo_of(const Eigen::ArrayXd& y, const Eigen::ArrayXd& rate) {
  std::vector<double> counts;
  std::vector<double> terms;
  for (Eigen::Index t = 1; t < y.size(); ++t) {
    if (std::isnan(y[t]) || std::isnan(y[t - 1])) continue;
    counts.push_back(y[t]);
    terms.push_back(rate[t]);
    terms.push_back(y[t - 1]);
  }
  const auto days = static_cast<Eigen::Index>(counts.size());
  if (days == 0) return 0;
  using Rows = Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, 2, Eigen::RowMajor>>;
  const AdditivePoisson model(Eigen::Map<const Eigen::ArrayXd>(counts.data(), days), Rows(terms.data(), days, 2),
                              {{1, 0}, {1, 0}});
  const Eigen::VectorXd fitted = model.maximize(Eigen::Vector2d(0.9, 0.1)).coefficients;
  // Of acts told again with probability e a day has the correlation e / (1 + e) with the day before.
  const double correlation = std::clamp(fitted[1], 0.0, largest_correlation);
  return correlation / (1 - correlation);
}

NoExcitation fit_no_excitation(const Eigen::ArrayXd& y, LevelChange change, const LevelOptions& options) {
  const double dispersion = dispersion_of_differences(y);
  const Eigen::ArrayXd rate = change == LevelChange::jump ? RateSegments::of(y, dispersion, options).rate
                                                          : SmoothLevel::of(y, dispersion, options).rate;
  return {rate, dispersion, echo_of(y, rate)};
}

Eigen::ArrayXd simulate(const NoExcitation& null, const Eigen::ArrayXd& y, std::uint64_t key, std::uint64_t draw) {
  random::Stream stream(random::combine_keys(key, draw));
  Eigen::ArrayXd simulated(null.rate.size());
  double first_told = 0;
  for (Eigen::Index t = 0; t < simulated.size(); ++t) {
    const double again = told_again(stream, first_told, null.echo);
    first_told = negative_binomial(stream, null.rate[t] / (1 + null.echo), null.dispersion);
    simulated[t] = std::isnan(y[t]) ? y[t] : first_told + again;
  }
  return simulated;
}

double reproduction_null_95(const NoExcitation& null, const Eigen::ArrayXd& y, const ExogenousRate& exogenous,
                            const ReproductionNumber::Options& options, double dispersion, std::uint64_t key,
                            int draws) {
  const NullCounts counts(null);
  std::vector<double> means;
  std::optional<Baseline> slow;
  for (int draw = 0; draw < draws; ++draw) {
    NullCounts::Draw simulated(counts, key, static_cast<std::uint64_t>(draw));
    slow = exogenous.slow;
    ReproductionNumber recursion(options);
    double mean = 0;
    for (Eigen::Index t = 0; t < y.size(); ++t) {
      const double count = simulated.next();
      const double exposure = std::isnan(y[t]) ? 0 : 1;
      const double rate =
          slow ? slow->step(count, exposure).mean() : exogenous.rate[exogenous.rate.size() == 1 ? 0 : t];
      mean = recursion.step(count, exposure, rate, dispersion).mean();
    }
    means.push_back(mean);
  }
  if (means.empty()) return std::numeric_limits<double>::quiet_NaN();
  const auto at = means.begin() + static_cast<std::ptrdiff_t>(0.95 * static_cast<double>(means.size()));
  std::nth_element(means.begin(), at, means.end());
  return *at;
}

}  // namespace tocsin
