#pragma once

#include <vector>

/// Naive versions of C5 (docs/method.md). NaN: not collected.
namespace tocsin::reference {

/// Mean and standard deviation (n - 1) of y[first..last]; NaN where a day is missing or before the first.
struct Spread {
  double mean;
  double sd;
};
[[nodiscard]] Spread spread(const std::vector<double>& y, int first, int last);

/// (y[t] - mean) / max(sd, min_sigma) over the seven days that end on day t - 1 - guard.
[[nodiscard]] double ears_sigmas(const std::vector<double>& y, int t, int guard, double min_sigma);

/// sum over i = 0, 1, 2 of max(0, C2[t-i] - 1)
[[nodiscard]] double ears_c3(const std::vector<double>& y, int t, double min_sigma);

}  // namespace tocsin::reference
