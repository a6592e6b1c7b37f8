#include "tocsin/indicators/material_share.hpp"

#include <cmath>

namespace tocsin {

MaterialShare::MaterialShare(Options options, State state)
    : rhetoric_(options.half_life_days, state.rhetoric), material_(options.half_life_days, state.material) {}

void MaterialShare::update(double rhetoric, double material) {
  const double exposure = std::isnan(rhetoric) || std::isnan(material) ? 0 : 1;
  rhetoric_.step(rhetoric, exposure);
  material_.step(material, exposure);
}

}  // namespace tocsin
