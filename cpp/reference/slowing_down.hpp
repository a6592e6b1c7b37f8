#pragma once

#include <complex>
#include <vector>

/// Naive versions of the parts of C17 (docs/method.md), each on a whole window.
namespace tocsin::reference {

/// Lag-1 autocorrelation of what is left of a line, by the normal equations.
[[nodiscard]] double detrended_lag1(const std::vector<double>& values);

/// Tau-b with time from its definition: every pair has a sign in time (+1) and one in value.
[[nodiscard]] double kendall_tau(const std::vector<double>& values);

/// |sum over i of x[i] exp(-2 pi i k / n)| for k = 0..n-1
[[nodiscard]] std::vector<double> spectrum(const std::vector<double>& values);

}  // namespace tocsin::reference
