#include "indicators/null_counts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "count_tails.hpp"
#include "random_samples.hpp"
#include "sample_series.hpp"

namespace tocsin {
namespace {

using random::Stream;

TEST(DayCountSampler, HasTheNegativeBinomialDistributionFromATableAndWithoutOne) {
  for (const double mean : {0.02, 0.8, 9.0, 60.0, 900.0}) {
    for (const double phi : {1.0, 1.5, 6.0}) {
      const DayCountSampler counts(mean, phi);
      const auto values = samples::sorted_sample(61, [&](Stream& stream) { return counts(stream); });
      samples::expect_moments(values, mean, phi * mean);
      // P(Y >= y) of the sample at a few places, within five standard errors.
      for (const double y : {1.0, std::ceil(mean), std::ceil(mean + 2 * std::sqrt(phi * mean))}) {
        const double log_tail = phi > 1 ? special::log_negative_binomial_tail(y, mean / (phi - 1), mean)
                                        : special::log_poisson_tail(y, mean);
        const double expected = std::exp(log_tail);
        const auto above = values.end() - std::lower_bound(values.begin(), values.end(), y);
        const auto size = static_cast<double>(values.size());
        EXPECT_NEAR(static_cast<double>(above) / size, expected, 5 * std::sqrt(expected * (1 - expected) / size) + 1e-9)
            << mean << " " << phi << " " << y;
      }
    }
  }
}

TEST(NullCounts, HaveTheMeanVarianceAndEchoOfTheModel) {
  // As `simulate`: mean 3, of which a third is told again; variance phi m1 + echo (1 - echo) m1 + echo^2 phi m1 with
  // m1 = 3 / 1.5, and the covariance with the day before echo phi m1.
  const NoExcitation null{Eigen::ArrayXd::Constant(2, 3), 2, 0.5};
  const NullCounts counts(null);
  double sum = 0;
  double squares = 0;
  double products = 0;
  const int draws = 200000;
  for (int draw = 0; draw < draws; ++draw) {
    NullCounts::Draw series(counts, 5, static_cast<std::uint64_t>(draw));
    const double first = series.next();  // no day before it: mean 2
    const double second = series.next();
    sum += second / draws;
    squares += (second - 3) * (second - 3) / draws;
    products += (first - 2) * (second - 3) / draws;
  }
  EXPECT_NEAR(sum, 3, 0.03);
  EXPECT_NEAR(squares, 2 * 2 + 0.25 * 2 + 0.25 * 2 * 2, 0.1);
  EXPECT_NEAR(products, 0.5 * 2 * 2, 0.08);
}

TEST(NullCounts, DependOnTheKeyAndTheDrawAlone) {
  const NullCounts counts({Eigen::ArrayXd::Constant(3, 50), 2, 0.2});
  NullCounts::Draw one(counts, 4, 2);
  NullCounts::Draw same(counts, 4, 2);
  NullCounts::Draw other(counts, 4, 3);
  const double first = one.next();
  EXPECT_EQ(first, same.next());
  EXPECT_NE(first, other.next());
}

}  // namespace
}  // namespace tocsin
