#include "phase_cells.hpp"

#include <algorithm>
#include <cmath>

#include "special_functions.hpp"

namespace tocsin {

namespace {

constexpr double least_mean = 1e-12;
constexpr double least_size = 0.01;
constexpr double largest_size = 1e6;
constexpr double reach = 1;   // in logarithms: how far one step of the search goes
constexpr int sections = 40;  // shrink the bracket to 1e-8 of its width

double square(double x) { return x * x; }

double log_probability(const PhaseModel::Cell& cell, const CountGroup& group) {
  const double mean = cell.floor + cell.multiple * group.slow;
  // What depends on the count alone does not move the maximum.
  if (std::isinf(cell.size)) return group.count * std::log(mean) - mean;
  double sum = -cell.size * std::log1p(mean / cell.size);
  if (group.count > 0) {
    sum += special::log_gamma_ratio(cell.size, group.count) + group.count * std::log(mean / (cell.size + mean));
  }
  return sum;
}

// Moves one parameter to the best place within `reach`, if that is better than where it is.
template <class Objective>
void search(double& parameter, double low, double high, const Objective& objective) {
  const double start = parameter;
  const double before = objective();
  double left = std::log(std::max(parameter * std::exp(-reach), low));
  double right = std::log(std::min(parameter * std::exp(reach), high));
  const auto value_at = [&](double x) {
    parameter = std::exp(x);
    return objective();
  };
  constexpr double golden = 0.6180339887498949;
  double a = right - golden * (right - left);
  double b = left + golden * (right - left);
  double value_a = value_at(a);
  double value_b = value_at(b);
  for (int i = 0; i < sections; ++i) {
    if (value_a >= value_b) {
      right = b;
      b = a;
      value_b = value_a;
      a = right - golden * (right - left);
      value_a = value_at(a);
    } else {
      left = a;
      a = b;
      value_a = value_b;
      b = left + golden * (right - left);
      value_b = value_at(b);
    }
  }
  if (!(value_at((left + right) / 2) > before)) parameter = start;
}

}  // namespace

double log_prior(const PhaseModel::Cell& cell, const PhaseModel::Cell& prior, double spread) {
  if (std::isinf(spread)) return 0;
  double sum = square(std::log(cell.floor / prior.floor));
  if (prior.multiple > 0) sum += square(std::log(cell.multiple / prior.multiple));
  if (!std::isinf(prior.size)) sum += square(std::log(cell.size / prior.size));
  return -sum / (2 * spread * spread);
}

double cell_objective(const PhaseModel::Cell& cell, const std::vector<CountGroup>& groups,
                      const std::vector<double>& weights, const PhaseModel::Cell& prior, double spread) {
  double sum = 0;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (weights[g] > 0) sum += weights[g] * log_probability(cell, groups[g]);
  }
  return sum + log_prior(cell, prior, spread);
}

PhaseModel::Cell improve_cell(const PhaseModel::Cell& cell, const std::vector<CountGroup>& groups,
                              const std::vector<double>& weights, const PhaseModel::Cell& prior,
                              const CellRules& rules) {
  double days = 0;
  double acts = 0;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    days += weights[g];
    acts += weights[g] * groups[g].count;
  }
  PhaseModel::Cell better = cell;
  if (!(days > 0)) return better;
  const auto objective = [&] { return cell_objective(better, groups, weights, prior, rules.spread); };
  if (cell.multiple == 0 && std::isinf(rules.spread)) {
    // The mean of a negative binomial does not depend on its size.
    better.floor = std::max(acts / days, least_mean);
  } else {
    search(better.floor, least_mean, 1e9, objective);
    if (cell.multiple > 0 && !rules.keeps_multiple) search(better.multiple, least_mean, 1e9, objective);
  }
  if (!std::isinf(cell.size)) search(better.size, least_size, largest_size, objective);
  return better;
}

}  // namespace tocsin
