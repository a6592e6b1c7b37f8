#pragma once

namespace tocsin {

/// Equal-tailed 90 % interval; both ends NaN where there is nothing to say.
struct Interval {
  double low;
  double high;
};

/// What is believed of a rate before its counts are seen, and how many rows stand for one real event.
struct Belief {
  double prior_shape = 0.5;
  double prior_rate = 0.5;  // days of exposure
  double dispersion = 1;  // phi >= 1: counts and exposure are divided by it, so the mean stays and the interval widens
};

/// Gamma(shape, rate) posterior of a Poisson rate (Gelman et al., Bayesian Data Analysis, section 2.6).
struct GammaPosterior {
  double shape;
  double rate;

  [[nodiscard]] static GammaPosterior of(double count, double exposure, const Belief& belief) {
    return {belief.prior_shape + count / belief.dispersion, belief.prior_rate + exposure / belief.dispersion};
  }
  [[nodiscard]] double mean() const { return shape / rate; }
  [[nodiscard]] Interval interval() const;
};

/// Beta(a, b) posterior of a share.
struct BetaPosterior {
  double a;
  double b;

  [[nodiscard]] double mean() const { return a / (a + b); }
  [[nodiscard]] Interval interval() const;
  /// Quantiles of the odds q / (1 - q): of the ratio of two Gamma variables with equal rates.
  [[nodiscard]] double median_odds() const;
  [[nodiscard]] Interval odds_interval() const;
};

}  // namespace tocsin
