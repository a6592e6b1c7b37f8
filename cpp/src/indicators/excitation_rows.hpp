#pragma once

#include <vector>

#include "additive_poisson.hpp"
#include "tocsin/indicators/cross_excitation.hpp"

namespace tocsin {

/// (T, n): Lam of C11 for every node; a day not collected decays and adds nothing.
[[nodiscard]] Eigen::MatrixXd pressures(const NodeCounts& y, double half_life_days);

/// Row i of the model on its collected days: the rows share nothing, so each is a regression of its own.
/// @param left_out  node whose kernel element is 0, or -1
[[nodiscard]] AdditivePoisson row_model(const Eigen::ArrayXd& y, const Eigen::ArrayXd& base,
                                        const Eigen::MatrixXd& pressure, const KernelPrior& prior,
                                        Eigen::Index left_out = -1);

/// A base and what it costs, in nats, to have taken it from the data.
struct PricedBase {
  Eigen::ArrayXd base;
  double price;
};

/// What is known of a node before any excitation is fitted.
struct NodeLevel {
  double dispersion;
  std::vector<PricedBase> bases;

  [[nodiscard]] static NodeLevel of(const Eigen::ArrayXd& y, BaseShape shape, const LevelOptions& options);
};

/// The fit at the half-life with the largest posterior.
struct RowsFit {
  Excitation excitation;
  double half_life_days = 0;
  std::vector<std::size_t> chosen_base;  // of each node
  Eigen::MatrixXd evidence;
};

[[nodiscard]] RowsFit fit_rows(const NodeCounts& y, const std::vector<NodeLevel>& levels,
                               const CrossExcitation::Options& options);

/// Coefficients to begin with: most acts from outside, the rest shared by the nodes.
[[nodiscard]] Eigen::VectorXd row_start(const Eigen::ArrayXd& y, const Eigen::ArrayXd& base, Eigen::Index nodes);

}  // namespace tocsin
