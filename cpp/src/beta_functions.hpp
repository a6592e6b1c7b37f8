#pragma once

#include "tail_value.hpp"

/// The beta distribution: its two tails, its quantile, and its quantile as odds.
///
/// All functions are pure, do not throw, do not allocate, end after a bounded number of steps, and answer NaN outside
/// their domain.
namespace tocsin::special {

/// A point between 0 and 1 known from both ends, so that neither a tiny x nor a tiny 1 - x is lost.
struct SharePoint {
  double x;
  double y;       // 1 - x
  double excess;  // (a + b) x - a, the distance from the mean in counts, free of cancellation
};

/// Both tails of Beta(a, b) at a point, the smaller one to full relative accuracy.
///
/// Chooses between
///  - the series of I_x in x (DLMF 8.17.7) or of its complement,  a < 1 and b x <= 1 (or mirrored),
///  - the uniform expansion uniform_tail,                          ab/(a+b) >= 1000 and x near the mean,
///  - the continued fraction of Didonato & Morris 1992,            everywhere else, on the far side of the mean.
///
/// Domain a, b in [1e-300, 1e15]. Relative error of either tail about 1e-14 for a, b up to 100 and within ten standard
/// deviations; further out it grows as 2e-16 times the exponent -ln(tail).
[[nodiscard]] TailValue beta_tail(double a, double b, const SharePoint& point) noexcept;

/// ln of x^a (1-x)^b / B(a, b), which is the density of the log-odds; beta_tail's log_density without the tails.
[[nodiscard]] double log_odds_density(double a, double b, const SharePoint& point) noexcept;

/// The point x of Beta(a, b); 1 - x is exact or harmless, and the excess is summed with its rounding errors.
[[nodiscard]] SharePoint share_point(double a, double b, double x) noexcept;

/// The point x = odds / (1 + odds); loses nothing at either end. Odds from 0 to infinity.
[[nodiscard]] SharePoint share_point_from_odds(double a, double b, double odds) noexcept;

/// I_x(a, b) = integral from 0 to x of t^(a-1) (1-t)^(b-1) dt / B(a, b), the lower tail of beta_tail.
///
/// The upper tail, accurate where it is small, is I_(1-x)(b, a), or beta_tail(...).upper().
/// Domain as beta_tail's, x in [0, 1].
[[nodiscard]] double incomplete_beta(double a, double b, double x) noexcept;

/// The odds q / (1 - q) of the q with I_q(a, b) = probability, without forming 1 - q.
///
/// Starts from the inverted uniform expansion, or for small shapes from I_x ~ x^a / (a B(a, b)) at either end, and
/// polishes with invert_tail. Probability 0 gives 0 and 1 gives infinity, and so do tiny shapes where the odds
/// underflow or overflow.
///
/// Domain as beta_tail's, probability in [0, 1]. Relative error about 1e-14 times the condition number, that is the
/// error a half unit in the last place of `probability` would cause, if that is more.
[[nodiscard]] double beta_odds_quantile(double probability, double a, double b) noexcept;

/// The q with I_q(a, b) = probability, from beta_odds_quantile: accurate near 0; use the odds near 1.
[[nodiscard]] double beta_quantile(double probability, double a, double b) noexcept;

}  // namespace tocsin::special
