#include "tocsin/indicators/cusum.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin {

double Cusum::step(double count, double exposure, double mean, double dispersion) {
  if (!(exposure > 0)) return state_.statistic;
  double llr = count * std::log(ratio_);
  if (dispersion > 1) {
    const double size = mean / (dispersion - 1);
    llr += (count + size) * std::log((size + mean) / (size + ratio_ * mean));
  } else {
    llr -= mean * (ratio_ - 1);
  }
  state_.statistic = std::max(0.0, state_.statistic + llr);
  return state_.statistic;
}

}  // namespace tocsin
