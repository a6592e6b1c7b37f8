#include "tail_value.hpp"

#include <cmath>
#include <limits>

namespace tocsin::special {

double TailValue::held() const noexcept { return log_scale == 0.0 ? factor : std::exp(log_scale) * factor; }
double TailValue::log_held() const noexcept { return log_scale + std::log(factor); }
double TailValue::log_lower() const noexcept { return is_lower ? log_held() : std::log1p(-held()); }
double TailValue::log_upper() const noexcept { return is_lower ? std::log1p(-held()) : log_held(); }

double scaled_erfc(double z) noexcept {
  if (z < 5.0) return std::exp(z * z) * std::erfc(z);
  static constexpr std::array<double, 12> weights = {
      // exp(-k^2 / 4), k = 1, 2, ...
      0.77880078307140486825,   0.3678794411714423216,     0.10539922456186433678,    0.018315638888734180294,
      0.0019304541362277092422, 0.0001234098040866795495,  4.7851173921290090896e-6,  1.1253517471925911451e-7,
      1.6052280551856116087e-9, 1.3887943864964020595e-11, 7.2877240958196924193e-14, 2.3195228302435693883e-16};
  const double square = z * z;
  double sum = 0.5 / square;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double k = static_cast<double>(i + 1);
    sum += weights[i] / (square + 0.25 * k * k);
  }
  constexpr double inverse_pi = 0.31830988618379067154;
  return z * inverse_pi * sum;
}

TailValue uniform_tail(double nu, double half_square, double t, const ExpansionSeries& series, std::size_t terms,
                       double log_density) noexcept {
  const double inverse_nu = 1.0 / nu;
  double beta = 0.0;        // beta_k of the recurrence
  double beta_above = 0.0;  // beta_(k+1)
  double sum = 0.0;
  for (std::size_t k = terms - 1; k >= 1; --k) {
    const double beta_below = series[k] + static_cast<double>(k + 1) * beta_above * inverse_nu;
    sum = sum * t + beta_below;
    beta_above = beta;
    beta = beta_below;
  }
  // After the loop beta_above is beta_1, and 1 + beta_1 / nu is the normaliser (the scaled gamma function).
  constexpr double inverse_sqrt_two_pi = 0.39894228040143267794;
  const double remainder = inverse_sqrt_two_pi * std::sqrt(inverse_nu) * sum / (1.0 + beta_above * inverse_nu);
  const double normal_part = 0.5 * scaled_erfc(std::sqrt(half_square));
  const bool is_lower = t <= 0.0;
  return {-half_square, is_lower ? normal_part - remainder : normal_part + remainder, is_lower, log_density};
}

double approximate_distance(double normal_score, double nu, double skew, double curvature) noexcept {
  const double g1 = skew / 3.0;
  const double g2 = skew * skew / 36.0 - curvature / 4.0;
  const double leading = normal_score / std::sqrt(nu);
  const double t = leading - (g1 + (g2 - 0.5 * g1 * g1) * leading) / nu;
  if (t < -1.2) return std::numeric_limits<double>::quiet_NaN();
  return t * (1.0 + t * (g1 + t * g2));
}

}  // namespace tocsin::special
