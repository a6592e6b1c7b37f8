#pragma once

#include <vector>

#include "rates.hpp"

namespace tocsin::reference {

/// C11 on one day from all days before it.
struct Reproduction {
  double pressure;
  double attributed;  // N
  double at_risk;     // D
  Gamma posterior;
};

/// @param exogenous    acts a day that no earlier act explains, one a day
/// @param constant     R' of every day; below 0: the posterior mean of the day before
[[nodiscard]] std::vector<Reproduction> reproduction_number(const Days& days, const std::vector<double>& exogenous,
                                                            double generation, double forgetting, const Gamma& prior,
                                                            double phi, double constant);

}  // namespace tocsin::reference
