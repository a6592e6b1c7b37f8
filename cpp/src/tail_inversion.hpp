#pragma once

#include <cmath>
#include <limits>

#include "tail_value.hpp"

namespace tocsin::special {

/// A tail at a position, and how the density's logarithm changes with the logarithm of the position.
struct TailAtPosition {
  TailValue tail;
  double density_slope;  // d(log_density) / d(log position)
};

/// The position x > 0 whose tail has the logarithm log_target.
///
/// Halley's iteration on ln(tail) as a function of ln(x). Gamma and log-odds-of-beta densities are log-concave in
/// ln(x), hence so are both tails; Newton's steps on a concave function cannot diverge, and a bracket
/// catches the rest. At most 200 evaluations, usually 1 to 3.
///
/// @param start       first guess; 0 or infinity are returned as they are
/// @param log_target  ln of the lower tail if `lower`, of the upper one otherwise
/// @param nu          effective shape: the error left by a step d is about (1 + nu) d^3
/// @param evaluate    position -> TailAtPosition
template <class Evaluate>
[[nodiscard]] double invert_tail(double start, double log_target, bool lower, double nu, Evaluate evaluate) noexcept {
  double position = start;
  double below = 0.0;  // the answer lies strictly between these two
  double above = std::numeric_limits<double>::infinity();
  for (int evaluations = 0; evaluations < 200; ++evaluations) {
    if (!(position > 0.0) || std::isinf(position)) return position;
    const TailAtPosition here = evaluate(position);
    const double log_tail = lower ? here.tail.log_lower() : here.tail.log_upper();
    const double excess = log_tail - log_target;
    if (excess == 0.0) return position;
    ((excess < 0.0) == lower ? below : above) = position;

    const double hazard = std::exp(here.tail.log_density - log_tail) * (lower ? 1.0 : -1.0);
    const double newton = -excess / hazard;
    const double bend = 0.5 * newton * (here.density_slope - hazard);
    // Far from the answer Halley's correction would creep or leap; Newton's step within a factor of two does neither.
    double step = newton / std::fmin(std::fmax(1.0 + bend, 0.5), 2.0);
    // Where the tail underflows the hazard is no number: walk, and let the bracket decide.
    if (!std::isfinite(step)) step = ((excess < 0.0) == lower) ? 1.0 : -1.0;
    step = std::fmin(std::fmax(step, -300.0), 300.0);

    const double next = position * std::exp(step);
    const double size = std::fabs(step);
    if (size < 1e-15 || (size < 1e-3 && (1.0 + nu) * size * size * size < 1e-15)) return next;
    position = next > below && next < above ? next : std::sqrt(below) * std::sqrt(above);
    if (position <= below || position >= above) return position;  // neighbouring numbers, or 0, or infinity
  }
  return position;
}

}  // namespace tocsin::special
