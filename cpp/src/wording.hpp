#pragma once

#include <string>

#include "tocsin/posterior.hpp"

namespace tocsin::wording {

/// A number as people write it: "0.26", "4.4", "31", "8,536"; never more than three digits after what matters.
[[nodiscard]] std::string number(double value);
/// "40 %"; "over 99 %" and "under 1 %" at the ends, because an estimate is never certain.
[[nodiscard]] std::string percent(double share);
/// " (3.2-5.8)"; empty where the interval is not known.
[[nodiscard]] std::string range(const Interval& interval);
/// " (24-58 %)"
[[nodiscard]] std::string percent_range(const Interval& interval);
/// "1 day", "6 days"
[[nodiscard]] std::string counted(double n, const std::string& noun);
/// A log2 ratio in words: "2.1 doublings above", "1.0 doubling below".
[[nodiscard]] std::string doublings(double log2_ratio);

}  // namespace tocsin::wording
