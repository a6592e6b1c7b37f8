#include "ears.hpp"

#include <cmath>
#include <limits>

namespace tocsin::reference {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

}  // namespace

Spread spread(const std::vector<double>& y, int first, int last) {
  if (first < 0) return {nan, nan};
  const double n = last - first + 1;
  double sum = 0;
  double squares = 0;
  for (int s = first; s <= last; ++s) {
    const double count = y[static_cast<std::size_t>(s)];
    sum += count;
    squares += count * count;
  }
  return {sum / n, std::sqrt((squares - sum * sum / n) / (n - 1))};
}

double ears_sigmas(const std::vector<double>& y, int t, int guard, double min_sigma) {
  const Spread week = spread(y, t - guard - 7, t - guard - 1);
  if (std::isnan(week.sd)) return nan;
  const double scale = week.sd > min_sigma ? week.sd : min_sigma;
  return scale == 0 ? nan : (y[static_cast<std::size_t>(t)] - week.mean) / scale;
}

double ears_c3(const std::vector<double>& y, int t, double min_sigma) {
  double sum = 0;
  for (int i = 0; i < 3; ++i) {
    const double c2 = t - i < 0 ? nan : ears_sigmas(y, t - i, 2, min_sigma);
    if (std::isnan(c2)) return nan;
    if (c2 > 1) sum += c2 - 1;
  }
  return sum;
}

}  // namespace tocsin::reference
