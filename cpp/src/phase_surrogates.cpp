#include "phase_surrogates.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace tocsin {

PhaseSurrogates::PhaseSurrogates(std::span<const double> values) {
  const std::size_t length = values.size();
  for (std::size_t j = 0; j < length; ++j) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(j) / static_cast<double>(length);
    cosines_.push_back(std::cos(angle));
    sines_.push_back(std::sin(angle));
  }
  for (std::size_t k = 1; k <= length / 2; ++k) {
    double real = 0;
    double imaginary = 0;
    for (std::size_t i = 0; i < length; ++i) {
      real += values[i] * cosines_[k * i % length];
      imaginary += values[i] * sines_[k * i % length];
    }
    // The frequency of a half stands for itself, every other one for its mirror image too.
    const double share = (2 * k == length ? 1.0 : 2.0) / static_cast<double>(length);
    amplitudes_.push_back(share * std::hypot(real, imaginary));
  }
}

void PhaseSurrogates::draw(random::Stream& stream, std::span<double> surrogate) const {
  const std::size_t length = cosines_.size();
  std::fill(surrogate.begin(), surrogate.end(), 0.0);
  for (std::size_t k = 1; k <= amplitudes_.size(); ++k) {
    const double uniform = stream.next_uniform();
    // At the frequency of a half only the sign is free.
    const double phase = 2 * k == length ? (uniform < 0.5 ? 0 : std::numbers::pi) : 2 * std::numbers::pi * uniform;
    const double along = amplitudes_[k - 1] * std::cos(phase);
    const double across = amplitudes_[k - 1] * std::sin(phase);
    for (std::size_t i = 0; i < length; ++i) {
      surrogate[i] += along * cosines_[k * i % length] - across * sines_[k * i % length];
    }
  }
}

}  // namespace tocsin
