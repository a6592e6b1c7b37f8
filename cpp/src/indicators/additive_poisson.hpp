#pragma once

#include <Eigen/Dense>
#include <vector>

namespace tocsin {

/// Prior of a coefficient; shape 1 and rate 0 say nothing.
struct GammaPrior {
  double shape = 1;
  double rate = 0;
};

/// Poisson counts whose mean is a sum of terms with coefficients >= 0: y[t] ~ Poisson(sum_k terms(t, k) c[k]).
///
/// The log posterior (without -ln y!) is concave where all prior shapes are at least 1.
class AdditivePoisson {
 public:
  /// @param y      (T) counts, no NaN; @param terms  (T, p), >= 0; @param priors  (p)
  AdditivePoisson(const Eigen::ArrayXd& y, const Eigen::MatrixXd& terms, std::vector<GammaPrior> priors);

  /// Coefficients and what they are worth.
  struct Point {
    Eigen::VectorXd coefficients;
    double log_posterior;
  };
  [[nodiscard]] Point at(const Eigen::VectorXd& coefficients) const;

  [[nodiscard]] double log_likelihood(const Eigen::VectorXd& coefficients) const;
  [[nodiscard]] double log_prior(const Eigen::VectorXd& coefficients) const;
  [[nodiscard]] double log_posterior(const Eigen::VectorXd& coefficients) const {
    return log_likelihood(coefficients) + log_prior(coefficients);
  }

  /// One step of expectation-maximisation: every act is shared among the terms by what they contribute to its mean.
  [[nodiscard]] Eigen::VectorXd em_step(const Eigen::VectorXd& coefficients) const;
  /// A Newton step inside the bounds, or an EM step where that is better: never lowers the log posterior.
  [[nodiscard]] Point improve(const Point& now) const;
  /// Improves until a step gains less than `tolerance` nats.
  [[nodiscard]] Point maximize(const Eigen::VectorXd& start, double tolerance = 1e-9) const;

  /// Minus the second derivatives of the log-likelihood over `dispersion`, and of the log prior.
  [[nodiscard]] Eigen::MatrixXd information(const Eigen::VectorXd& coefficients, double dispersion) const;

 private:
  [[nodiscard]] Eigen::MatrixXd curvature(const Eigen::VectorXd& coefficients, const Eigen::ArrayXd& weight) const;

  // Days without acts matter by the sums alone.
  Eigen::ArrayXd y_;
  Eigen::MatrixXd terms_;
  Eigen::VectorXd sums_;  // of the terms over all days
  std::vector<GammaPrior> priors_;
};

}  // namespace tocsin
