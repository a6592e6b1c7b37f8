#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>

namespace tocsin {

/// Logistic regression with a ridge, fitted by Newton's method (iteratively reweighted least squares: McCullagh and
/// Nelder 1989, Generalized Linear Models, ch. 4; the ridge: le Cessie and van Houwelingen 1992, Appl. Stat. 41).
///
/// Least value of -sum ln P(y | x) + ridge / 2 * |coefficients|^2; the intercept is free. With ridge = 1 / C this is
/// the objective of scikit-learn's LogisticRegression.
struct LogisticFit {
  using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

  struct Options {
    double ridge = 1;
    int most_iterations = 100;
    double tolerance = 1e-9;  // ends when no term of a step is larger
  };

  double intercept = 0;
  Eigen::VectorXd coefficients;  // (k)
  /// (k + 1, k + 1), the intercept first. Inverse Hessian of the objective; with clusters the sandwich around it, for
  /// rows of one cluster are not independent (Liang and Zeger 1986, Biometrika 73), times G / (G - 1) for G clusters.
  Eigen::MatrixXd covariance;
  double log_likelihood = 0;  // without the ridge
  int iterations = 0;
  bool has_converged = false;

  /// @param x         (n, k), one row per case; every value finite
  /// @param y         (n) 1 where it happened, else 0; both occur
  /// @param clusters  (n) number of the cluster of each row, or empty: rows are independent
  /// @throws InputError  for shapes that differ, a value that is not finite, y that is not 0 or 1 or holds one of them
  ///                     only, fewer than 2 clusters, a negative ridge
  [[nodiscard]] static LogisticFit from(const Eigen::Ref<const Rows>& x, std::span<const double> y,
                                        std::span<const std::int64_t> clusters, const Options& options);

  /// intercept + x * coefficients
  [[nodiscard]] Eigen::VectorXd logits(const Eigen::Ref<const Rows>& x) const;
};

/// 1 / (1 + e^-x), exact at both ends.
[[nodiscard]] double logistic(double x) noexcept;

}  // namespace tocsin
