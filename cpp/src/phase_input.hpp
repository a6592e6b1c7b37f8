#pragma once

#include <string>
#include <vector>

#include "tocsin/series.hpp"

namespace tocsin::series {

/// Whole counts, but for the column of mediation, which may be fractional. @param signals  of the model; none: all
/// whole
void require_phase_counts(const Table& y, const std::vector<std::string>& signals);

}  // namespace tocsin::series
