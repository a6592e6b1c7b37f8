#pragma once

/// Logarithm of the gamma function and its first two derivatives, for positive arguments.
///
/// Every function here is pure: it does not throw, does not allocate, keeps no state (std::lgamma sets the global
/// `signgam`), and answers NaN outside its domain.
namespace tocsin::special {

/// ln Gamma(x).
///
/// Below 10 the argument is moved by the recurrence Gamma(x+1) = x Gamma(x) to within 1/2 of 2, where the series in
/// zeta(k) - 1 converges fast (Abramowitz & Stegun 6.1.33); from 10 on, Stirling's series (DLMF 5.11.1).
///
/// Domain x > 0; infinity gives infinity. Relative error about 1e-15, also beside the zeros at 1 and 2.
[[nodiscard]] double log_gamma(double x) noexcept;

/// ln Gamma(1 + x) without forming 1 + x, so that it keeps its relative accuracy as x -> 0. Domain x >= 0.
[[nodiscard]] double log_gamma_one_plus(double x) noexcept;

/// ln Gamma(base + step) - ln Gamma(base) without cancellation when step is small beside base.
///
/// Steps below 0.02 integrate digamma over [base, base + step] by three-point Gauss-Legendre (DLMF 3.5.v);
/// otherwise the difference of Stirling's series, or of the logarithms themselves.
///
/// Domain base > 0, step >= 0. Relative error about 1e-13 or better.
[[nodiscard]] double log_gamma_ratio(double base, double step) noexcept;

/// What ln Gamma(x) exceeds the leading terms of Stirling's formula by:
///     ln Gamma(x) - [(x - 1/2) ln x - x + ln(2 pi)/2].
///
/// Domain x > 0. Absolute error about 1e-15 below 10 (where it is that difference), 1e-18 above.
[[nodiscard]] double stirling_correction(double x) noexcept;

/// psi(x) = d ln Gamma(x) / dx. Recurrence up to 10, then the asymptotic series DLMF 5.11.2.
///
/// Domain x > 0. Error 1e-15 of max(1, |psi|); near the zero at 1.4616 it is therefore absolute, not relative.
[[nodiscard]] double digamma(double x) noexcept;

/// psi'(x), the second derivative of ln Gamma(x). Recurrence up to 10, then Abramowitz & Stegun 6.4.12.
///
/// Domain x > 0. Relative error about 1e-15.
[[nodiscard]] double trigamma(double x) noexcept;

/// ln(1 + u) - u given both u and ratio = 1 + u, each to full relative accuracy.
///
/// The exponent of a gamma, beta or Poisson density is a sum of these ("deviances"); computing them without
/// cancellation is what keeps a tail at shape 1e8 accurate (C. Loader, "Fast and accurate computation of binomial
/// probabilities", 2000). Close to u = 0 it sums 2 artanh(r) - u with r = u / (2 + u).
///
/// Domain u > -1. Relative error about 2e-15.
[[nodiscard]] double log_ratio_minus_excess(double u, double ratio) noexcept;

}  // namespace tocsin::special
