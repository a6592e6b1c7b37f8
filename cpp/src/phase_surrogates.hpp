#pragma once

#include <span>
#include <vector>

#include "random.hpp"

namespace tocsin {

/// Series with the power spectrum of a given one, hence its autocorrelation, and phases by chance, hence no trend of
/// its own (Theiler, Eubank, Longtin, Galdrikian and Farmer 1992, Physica D 58).
class PhaseSurrogates {
 public:
  explicit PhaseSurrogates(std::span<const double> values);

  /// The next one, of mean 0, into `surrogate`, which is as long as the values were.
  void draw(random::Stream& stream, std::span<double> surrogate) const;

 private:
  std::vector<double> amplitudes_;  // of the frequencies 1, 2, ... up to half of the length
  std::vector<double> cosines_;     // of 2 pi j / length
  std::vector<double> sines_;
};

}  // namespace tocsin
