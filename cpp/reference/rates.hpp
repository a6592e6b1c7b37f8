#pragma once

#include <optional>
#include <vector>

#include "distributions.hpp"

/// Naive versions of C0-C4 (docs/method.md): each recomputes day t from all days before it, by explicit sums.
namespace tocsin::reference {

/// Whole series, oldest day first. A day with exposure 0 was not collected; its count is not looked at.
struct Days {
  std::vector<double> count;
  std::vector<double> exposure;

  /// Collected every day but where the count is NaN.
  static Days of(const std::vector<double>& counts);
  [[nodiscard]] int size() const { return static_cast<int>(count.size()); }
  [[nodiscard]] bool is_collected(int day) const { return exposure[static_cast<std::size_t>(day)] > 0; }
};

struct Gamma {
  double shape;
  double rate;

  [[nodiscard]] double mean() const { return shape / rate; }
};

/// 2^(-days / half-life): what a day counts that is so many days old.
[[nodiscard]] double weight_of_age(int days, double half_life);

/// sum over collected s <= t of 2^(-(t-s)/half-life) y(s), and the same of e(s).
[[nodiscard]] double discounted_count(const Days& days, int t, double half_life);
[[nodiscard]] double discounted_exposure(const Days& days, int t, double half_life);

/// What is believed of a series of which nothing was seen; by default that of C0.
struct Unseen {
  Gamma rate{0.05 * 30, 30};
  double dispersion = 1;
};

/// C0: Gamma(0.05 * 30 + A, 30 + B), A and B ending on day t - 1 - guard.
[[nodiscard]] Gamma slow_rate(const Days& days, int t, double half_life = 180, int guard = 2,
                              const Gamma& prior = Unseen{}.rate);

/// C1: Gamma(a0 + A / phi, b0 + B / phi), day t included.
[[nodiscard]] Gamma discounted_rate(const Days& days, int t, double half_life, const Gamma& prior, double phi);

/// C2: recent days t-w+1..t, baseline t-w-g-W+1..t-w-g.
struct Ratio {
  Gamma recent;
  Gamma baseline;
  double log2_ratio;  // NaN without an event, or a collected day, in the windows; as the two below
  double absolute_change;
  double p_rising;
};
[[nodiscard]] Ratio rate_ratio(const Days& days, int t, int window, int baseline, int guard, const Gamma& prior,
                               double phi);

/// C4: the statistic of every day from the log-likelihood ratios of all days (0 where not collected):
/// the largest sum of ratios that ends today, or 0.
[[nodiscard]] std::vector<double> cusum(const std::vector<double>& log_ratios);

/// y ln rho + (y + r) ln((r + mu) / (r + rho mu)) with r = mu / (phi - 1), or its Poisson limit.
[[nodiscard]] double log_likelihood_ratio(double y, double mean, double rho, double phi);

/// C3, C4 and phi of every day, which depend on each other.
struct Watch {
  std::vector<Gamma> slow;         // before the day
  std::vector<double> dispersion;  // phi of the day before: what the day is judged with
  std::vector<double> cusum;
  std::vector<Gamma> usual;              // what C3 judges the day by: slow and dispersion, where nothing was seen
  std::vector<double> usual_dispersion;  // by what is believed
};
[[nodiscard]] Watch watch(const Days& days, std::optional<double> dispersion = {}, double half_life = 180,
                          int guard = 2, const Unseen& unseen = {});

/// C3: how far out is a count, given the slow rate?
struct Surprise {
  double bans;
  double mid_p;
  double bits;
};
[[nodiscard]] Surprise surprise(double count, double exposure, const Gamma& slow, double phi);

}  // namespace tocsin::reference
