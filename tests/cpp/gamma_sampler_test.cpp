#include "gamma_sampler.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>

#include "random_samples.hpp"
#include "special_functions.hpp"

namespace tocsin {
namespace {

using random::GammaSampler;
using random::Stream;

TEST(ZigguratNormal, HasTheNormalDistribution) {
  const auto values = samples::sorted_sample(23, [](Stream& stream) { return random::ziggurat_normal(stream); });
  samples::expect_moments(values, 0, 1);
  EXPECT_LT(samples::distance(values, [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }), 2.2);
}

TEST(ZigguratNormal, ReachesBeyondItsLayersAsOftenAsANormalDoes) {
  // P(|x| > 3.442619855899) = 5.7605e-4: 2,304 of 4 million, give or take 48.
  Stream stream(24);
  int beyond = 0;
  for (int draw = 0; draw < 4000000; ++draw) beyond += std::fabs(random::ziggurat_normal(stream)) > 3.442619855899;
  EXPECT_NEAR(beyond, 4e6 * std::erfc(3.442619855899 / std::sqrt(2.0)), 5 * 48);
}

TEST(GammaSampler, HasTheGammaDistributionForShapesOnBothSidesOfOne) {
  for (const double shape : {0.02, 0.4, 1.0, 2.5, 80.0, 1e6}) {
    const GammaSampler gamma(shape);
    const auto values = samples::sorted_sample(31, [&](Stream& stream) { return gamma(stream); });
    samples::expect_moments(values, shape, shape);
    EXPECT_LT(samples::distance(values, [&](double x) { return special::gamma_p(shape, x); }), 2.2) << shape;
  }
}

TEST(GammaSampler, OfATinyShapeIsNearlyAlwaysZero) {
  // A variate above 1e-308 has a probability of about 7e-4.
  const GammaSampler gamma(1e-6);
  Stream stream(33);
  int zeros = 0;
  for (int draw = 0; draw < 2000; ++draw) zeros += gamma(stream) == 0.0;
  EXPECT_GT(zeros, 1980);
}

TEST(GammaSampler, OfShapeZeroIsZero) {
  Stream stream(1);
  EXPECT_EQ(GammaSampler(0)(stream), 0);
  EXPECT_EQ(GammaSampler()(stream), 0);
}

}  // namespace
}  // namespace tocsin
