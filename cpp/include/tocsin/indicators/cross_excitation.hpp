#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "tocsin/indicators/no_excitation.hpp"

namespace tocsin {

/// Counts of several nodes, one row a day, oldest first; NaN: not collected.
using NodeCounts = Eigen::ArrayXXd;

/// Acts of day t at node i ~ Poisson(mu[i] base(t, i) + sum_j kernel(i, j) S_j[t]), S_j the pressure of node j as in
/// C11: an act of node j draws kernel(i, j) acts of node i, half of them within the half-life. The discrete Hawkes
/// process of Linderman and Adams (2015, arXiv:1507.03228) with a geometric kernel.
struct Excitation {
  Eigen::VectorXd mu;      // acts a day (of a base of 1)
  Eigen::MatrixXd kernel;  // (n, n)
};

/// Prior of every kernel element: Gamma with mean shape / rate. Shape 1, rate 0 gives plain maximum likelihood.
struct KernelPrior {
  double shape = 2;
  double rate = 2 / 0.3;
};

/// @param base  (T, n), above 0; empty: 1
/// @return      the log-likelihood of the collected days, -ln y! included
[[nodiscard]] double cross_excitation_log_likelihood(const NodeCounts& y, const Excitation& excitation,
                                                     double generation_half_life_days, const NodeCounts& base = {});

/// One step of expectation-maximisation (Dempster, Laird and Rubin 1977) towards the largest posterior density.
[[nodiscard]] Excitation cross_excitation_em_step(const NodeCounts& y, const Excitation& excitation,
                                                  double generation_half_life_days, const KernelPrior& prior,
                                                  const NodeCounts& base = {});

/// Largest absolute eigenvalue: below 1 every cascade dies out.
[[nodiscard]] double spectral_radius(const Eigen::MatrixXd& kernel);

/// (I - K)^-1: acts at node i, first one included, of a cascade that begins with one act at j; NaN where the spectral
/// radius is not below 1.
[[nodiscard]] Eigen::MatrixXd total_progeny(const Eigen::MatrixXd& kernel);

/// What the acts that are drawn by none follow.
enum class BaseShape {
  constant,   // one rate throughout: a step of the level then looks like excitation
  piecewise,  // the pieces of a segmentation: long cascades are then taken for changes of the level
  best        // for each node constant, piecewise or smooth, by the likelihood, every parameter paid for
};

/// C12: who draws whose acts? Batch fit over a window.
class CrossExcitation {
 public:
  struct Options {
    std::vector<double> generation_half_life_days{1, 2, 4, 7};  // the one with the largest posterior is taken
    KernelPrior prior;
    BaseShape base_shape = BaseShape::best;
    LevelOptions level;
    int null_draws = 200;   // simulated series without excitation, for each way of changing the level; 0: none
    std::uint64_t key = 0;  // from (seed, pair)
  };
  struct Reading {
    Excitation excitation;
    double generation_half_life_days = 0;
    NodeCounts base;  // (T, n)
    double log_likelihood = 0;
    std::vector<double> log_posterior;  // after every step, at the half-life taken
    Eigen::MatrixXd low, high;          // 90 % interval of the kernel, base and half-life taken as known
    Eigen::MatrixXd evidence;           // nats over phi that kernel(i, j) adds to the likelihood of row i
    Eigen::MatrixXd null_95;           // 95 % quantile of the kernel element if no act drew another; NaN: not asked for
    Eigen::MatrixXd evidence_null_95;  // the same of the evidence: only what is above it may be claimed

    [[nodiscard]] Eigen::MatrixXd beats_null() const;  // 1 yes, 0 no, NaN not asked for
  };

  explicit CrossExcitation(Options options) : options_(std::move(options)) {}

  /// @param base  (T, n) above 0, in place of a base shape; empty: by Options::base_shape
  [[nodiscard]] Reading fit(const NodeCounts& y, const NodeCounts& base = {}) const;

 private:
  Options options_;
};

}  // namespace tocsin
