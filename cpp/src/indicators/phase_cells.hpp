#pragma once

#include <vector>

#include "tocsin/indicators/phase_model.hpp"

namespace tocsin {

/// Days on which a signal had the same count and the same slow rate, and how much of them belongs to a phase.
struct CountGroup {
  double count;
  double slow;
};

struct CellRules {
  double spread = 0;  // of the normal prior around the logarithms of the start's parameters; infinite: none
  bool keeps_multiple = false;
};

/// The part of the expected log-posterior that depends on one cell.
/// @param weights  expected days in the phase, by group
/// @param spread   of the normal prior around the logarithms of `prior`; infinite: none
[[nodiscard]] double cell_objective(const PhaseModel::Cell& cell, const std::vector<CountGroup>& groups,
                                    const std::vector<double>& weights, const PhaseModel::Cell& prior, double spread);

/// ln of the normal prior of a cell, up to a constant; 0 with an infinite spread.
[[nodiscard]] double log_prior(const PhaseModel::Cell& cell, const PhaseModel::Cell& prior, double spread);

/// The M step of one cell: a closed form where there is one, otherwise one parameter after the other by golden section.
/// The objective never falls. A multiple of 0 stays, a Poisson stays one.
[[nodiscard]] PhaseModel::Cell improve_cell(const PhaseModel::Cell& cell, const std::vector<CountGroup>& groups,
                                            const std::vector<double>& weights, const PhaseModel::Cell& prior,
                                            const CellRules& rules);

}  // namespace tocsin
