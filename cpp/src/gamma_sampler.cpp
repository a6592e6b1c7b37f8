#include "gamma_sampler.hpp"

#include <array>
#include <cmath>
#include <cstddef>

namespace tocsin::random {
namespace {

constexpr std::size_t layer_count = 128;
constexpr double tail_begin = 3.442619855899;       // right end of the lowest layer's rectangle
constexpr double layer_area = 9.91256303526217e-3;  // of exp(-x^2 / 2); the tail belongs to the lowest layer

double density(double x) { return std::exp(-0.5 * x * x); }

/// Layers of equal area, the lowest first: their right ends, and the part of each that lies wholly below the density.
struct Layers {
  std::array<double, layer_count + 1> ends{};
  std::array<double, layer_count> inside{};

  Layers() {
    double height = density(tail_begin);
    ends[0] = layer_area / height;
    ends[1] = tail_begin;
    for (std::size_t i = 2; i < layer_count; ++i) {
      ends[i] = std::sqrt(-2.0 * std::log(layer_area / ends[i - 1] + height));
      height = density(ends[i]);
    }
    for (std::size_t i = 0; i < layer_count; ++i) inside[i] = ends[i + 1] / ends[i];
  }
};

const Layers layers;

/// Beyond `tail_begin`, by the method of Marsaglia (1964).
double normal_tail(Stream& stream) {
  for (;;) {
    const double x = -std::log(stream.next_uniform()) / tail_begin;
    if (-2.0 * std::log(stream.next_uniform()) >= x * x) return tail_begin + x;
  }
}

}  // namespace

double ziggurat_normal(Stream& stream) noexcept {
  for (;;) {
    const std::uint64_t bits = stream.next_bits();
    // The lowest bits choose the layer, the highest the place in it.
    const auto layer = static_cast<std::size_t>(bits % layer_count);
    const double place = (static_cast<double>(bits >> 12) + 0.5) * 0x1p-51 - 1.0;
    const double x = place * layers.ends[layer];
    if (std::fabs(place) < layers.inside[layer]) return x;
    if (layer == 0) return std::copysign(normal_tail(stream), place);
    const double above = std::exp(-0.5 * (layers.ends[layer] * layers.ends[layer] - x * x));
    const double below = std::exp(-0.5 * (layers.ends[layer + 1] * layers.ends[layer + 1] - x * x));
    if (below + stream.next_uniform() * (above - below) < 1.0) return x;
  }
}

GammaSampler::GammaSampler(double shape) {
  if (!(shape > 0)) return;
  constexpr double smallest_logarithm = -745;  // of what a double can hold
  const bool is_small = shape < 1;
  d_ = (is_small ? shape + 1 : shape) - 1.0 / 3.0;
  c_ = 1.0 / std::sqrt(9.0 * d_);
  power_ = is_small ? 1 / shape : 0;
  all_below_is_0_ = is_small ? std::exp(smallest_logarithm * shape) : 0;
}

// As random::gamma: d (1 + c x)^3 with x normal, of a shape below 1 that of one more times uniform^(1 / shape). That
// factor comes first, as for a tiny shape it is nearly always 0.
double GammaSampler::operator()(Stream& stream) const noexcept {
  double factor = d_;
  if (all_below_is_0_ > 0) {
    const double uniform = stream.next_uniform();
    if (uniform <= all_below_is_0_) return 0;
    factor *= std::exp(std::log(uniform) * power_);
  }
  for (;;) {
    const double x = ziggurat_normal(stream);
    const double root = 1.0 + c_ * x;
    if (root <= 0.0) continue;
    const double v = root * root * root;
    const double uniform = stream.next_uniform();
    const double square = x * x;
    if (uniform < 1.0 - 0.0331 * square * square) return factor * v;
    if (std::log(uniform) < 0.5 * square + d_ * (1.0 - v + std::log(v))) return factor * v;
  }
}

}  // namespace tocsin::random
