#pragma once

#include <cstdint>
#include <vector>

#include "tocsin/metrics.hpp"

namespace tocsin::metrics {

// The metrics of cases that are in order already: sorting is most of what they cost. Nothing is checked.

/// Places of cases in ascending order of their values: of all, or of a part that is to be judged alone.
using Order = std::vector<std::uint32_t>;

[[nodiscard]] double auc_in(const Order& order, const Labels& labels, const Values& values);
[[nodiscard]] double average_precision_in(const Order& order, const Labels& labels, const Values& values);
[[nodiscard]] Line reliability_line_in(const Order& order, const Labels& labels, const Values& probabilities);
[[nodiscard]] std::vector<Bin> reliability_curve_in(const Order& order, const Labels& labels,
                                                    const Values& probabilities, int bins);

}  // namespace tocsin::metrics
