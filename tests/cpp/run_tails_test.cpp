#include "indicators/run_tails.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "incomplete_gamma.hpp"
#include "sample_series.hpp"

namespace tocsin::run_columns {
namespace {

// Half of the lanes near their mean, half anywhere; shapes from 0.001 to 1,000.
void draw(random::Stream& stream, Lanes& shapes, Lanes& x) {
  for (std::size_t i = 0; i < run_block; ++i) {
    shapes[i] = std::pow(10, -3 + 6 * stream.next_uniform());
    const double near = shapes[i] * (0.5 + stream.next_uniform());
    x[i] = std::min(i % 2 == 0 ? near : std::pow(10, -4 + 6 * stream.next_uniform()), 0.999 * largest_x);
  }
}

TEST(RunTails, EqualTheIncompleteGammaFunction) {
  random::Stream stream(11);
  for (int round = 0; round < 500; ++round) {
    Lanes shapes;
    Lanes x;
    Lanes tails;
    draw(stream, shapes, x);
    ASSERT_TRUE(upper_tails(shapes, x, tails));
    for (std::size_t i = 0; i < run_block; ++i) {
      EXPECT_NEAR(tails[i], special::gamma_q(shapes[i], x[i]), 1e-12) << shapes[i] << ", " << x[i];
    }
  }
}

TEST(RunTails, AreWholeAtZeroAndNotFoundFarOut) {
  Lanes shapes;
  Lanes x;
  Lanes tails;
  shapes.fill(1e-6);
  x.fill(0);
  ASSERT_TRUE(upper_tails(shapes, x, tails));
  for (const double tail : tails) EXPECT_EQ(tail, 1);
  x[3] = largest_x;
  EXPECT_FALSE(upper_tails(shapes, x, tails));
}

TEST(RunTails, HaveTheSameBitsWhateverTheWidthOfTheRegisters) {
  random::Stream stream(12);
  for (int round = 0; round < 50; ++round) {
    Lanes shapes;
    Lanes x;
    Lanes expected;
    draw(stream, shapes, x);
    ASSERT_TRUE(upper_tails(shapes, x, expected, 2));
    for (const std::size_t width : {4, 8}) {
      if (width > widest_registers()) continue;
      Lanes tails;
      ASSERT_TRUE(upper_tails(shapes, x, tails, width));
      EXPECT_EQ(tails, expected) << width;
    }
  }
}

}  // namespace
}  // namespace tocsin::run_columns
