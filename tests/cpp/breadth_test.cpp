#include "tocsin/indicators/breadth.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sample_series.hpp"
#include "shares.hpp"
#include "tocsin/error.hpp"

namespace tocsin {
namespace {

Breadth::Reading of(const std::vector<double>& counts) { return Breadth::Reading::of(counts); }

TEST(Breadth, OfEqualKindsIsTheirNumber) {
  EXPECT_CLOSE(of({3, 3, 3, 3}).shannon, 4);
  EXPECT_CLOSE(of({3, 3, 3, 3}).simpson, 4);
  EXPECT_CLOSE(of({3, 3, 3, 3, 0, 0}).shannon, 4);
}

TEST(Breadth, OfOneKindIsOne) {
  EXPECT_EQ(of({0, 7, 0}).shannon, 1);
  EXPECT_EQ(of({0, 7, 0}).simpson, 1);
}

TEST(Breadth, HandWorkedThreeToOne) {
  // p = 3/4, 1/4: exp(H) = (4/3)^(3/4) 4^(1/4); 1 / (9/16 + 1/16) = 1.6.
  EXPECT_CLOSE(of({3, 1}).shannon, std::pow(4.0 / 3.0, 0.75) * std::pow(4.0, 0.25));
  EXPECT_CLOSE(of({3, 1}).simpson, 1.6);
}

TEST(Breadth, DoesNotDependOnTheLevel) { EXPECT_CLOSE(of({20, 10, 5, 5}).shannon, of({2000, 1000, 500, 500}).shannon); }

TEST(Breadth, IsMissingWithoutActs) {
  EXPECT_TRUE(std::isnan(of({0, 0}).shannon));
  EXPECT_TRUE(std::isnan(of({}).simpson));
}

TEST(Breadth, DecaysAKindThatWasNotCollectedAlone) {
  // Half-life 1: kinds 4 and 4, then 2 and unknown: 4/2 + 2 = 4 against 4/2 = 2.
  Breadth breadth({1, 2});
  (void)breadth.step(std::vector<double>{4, 4});
  const Breadth::Reading reading = breadth.step(std::vector<double>{2, samples::nan});
  EXPECT_CLOSE(reading.simpson, 36.0 / (16 + 4));
}

TEST(Breadth, EqualsTheNaiveDefinition) {
  std::vector<reference::Series> kinds;
  for (std::uint64_t kind = 0; kind < 6; ++kind) kinds.push_back(samples::random_counts(20 + kind, 100, 0.2, 0.1));
  Breadth breadth({14, 6});
  for (int t = 0; t < 100; ++t) {
    std::vector<double> today;
    for (const reference::Series& kind : kinds) today.push_back(kind[static_cast<std::size_t>(t)]);
    const Breadth::Reading reading = breadth.step(today);
    const reference::Hill naive = reference::breadth(kinds, t, 14);
    EXPECT_CLOSE(reading.shannon, naive.shannon);
    EXPECT_CLOSE(reading.simpson, naive.simpson);
  }
}

TEST(Breadth, RefusesTheStateOfAnotherNumberOfKinds) {
  EXPECT_THROW(Breadth({14, 3}, Breadth({14, 6}).state()), StateError);
}

}  // namespace
}  // namespace tocsin
