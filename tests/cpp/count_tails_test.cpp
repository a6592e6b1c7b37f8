#include "count_tails.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>

#include "reference_table.hpp"

namespace {

using namespace tocsin::special;
using namespace tocsin::reference_table;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// The third-party reference numbers under the folder named by TOCSIN_SHARED; empty where the machine has none.
std::string shared_folder() {
  const char* folder = std::getenv("TOCSIN_SHARED");
  return folder == nullptr || *folder == '\0' ? std::string() : std::string(folder) + "/reference/out/";
}

}  // namespace

TEST(PoissonTail, MatchesTheSixtyDigitReferenceTable) {
  if (shared_folder().empty()) GTEST_SKIP() << "TOCSIN_SHARED does not name the folder of reference tables";
  const Table rows = read_csv(shared_folder() + "poisson_tails.csv");
  ASSERT_GE(rows.size(), 50u);
  for (const auto& row : rows) {
    const double count = number(row.at(0));
    const double mean = number(row.at(1));
    EXPECT_LE(error_of(log_poisson_pmf(count, mean), number(row.at(2))), 1e-12) << row[0] << " " << row[1];
    EXPECT_LE(error_of(log_poisson_tail(count, mean), number(row.at(3))), 1e-12) << row[0] << " " << row[1];
  }
}

TEST(NegativeBinomialTail, MatchesTheSixtyDigitReferenceTable) {
  if (shared_folder().empty()) GTEST_SKIP() << "TOCSIN_SHARED does not name the folder of reference tables";
  const Table rows = read_csv(shared_folder() + "nbinom_tails.csv");
  ASSERT_GE(rows.size(), 380u);
  for (const auto& row : rows) {
    const double count = number(row.at(0));
    const double size = number(row.at(1));
    const double mean = number(row.at(2));
    const std::string where = row[0] + " " + row[1] + " " + row[2];
    EXPECT_LE(error_of(log_negative_binomial_pmf(count, size, mean), number(row.at(3))), 1e-12) << where;
    EXPECT_LE(error_of(log_negative_binomial_tail(count, size, mean), number(row.at(4))), 1e-12) << where;
  }
}

TEST(PoissonTail, HandWorkedMeanTwo) {
  // P(0) = e^-2, P(1) = 2 e^-2, P(2) = 2 e^-2, hence P(Y >= 3) = 1 - 5 e^-2.
  EXPECT_NEAR(log_poisson_pmf(0, 2.0), -2.0, 1e-15);
  EXPECT_NEAR(log_poisson_pmf(2, 2.0), std::log(2.0) - 2.0, 1e-15);
  EXPECT_NEAR(log_poisson_tail(3, 2.0), std::log1p(-5.0 * std::exp(-2.0)), 1e-14);
}

TEST(PoissonTail, OneCountApartDiffersByThePointProbability) {
  for (const double mean : {1e-7, 0.4, 8.0, 19.9, 300.0, 2e6}) {
    for (const double spread : {-4.0, -1.0, 0.0, 2.0, 9.0}) {
      const double count = std::floor(std::fmax(0.0, mean + spread * std::sqrt(mean)));
      const double here = std::exp(log_poisson_tail(count, mean));
      const double next = std::exp(log_poisson_tail(count + 1.0, mean));
      const double point = std::exp(log_poisson_pmf(count, mean));
      EXPECT_NEAR(here - next, point, 1e-13 * here + 1e-12 * point) << mean << " " << count;
    }
  }
}

TEST(PoissonTail, ProbabilitiesSumToOne) {
  for (const double mean : {0.03, 3.0, 55.0}) {
    double total = 0.0;
    for (int count = 0; count < 300; ++count) total += std::exp(log_poisson_pmf(count, mean));
    EXPECT_NEAR(total, 1.0, 2e-14) << mean;
  }
}

TEST(PoissonTail, OfAFractionalCountIsThatOfTheNextInteger) {
  EXPECT_EQ(log_poisson_tail(2.2, 4.0), log_poisson_tail(3.0, 4.0));
  EXPECT_EQ(log_poisson_pmf(2.2, 4.0), -infinity);
  EXPECT_EQ(log_poisson_pmf(-1.0, 4.0), -infinity);
  EXPECT_EQ(log_poisson_tail(-1.0, 4.0), 0.0);
}

TEST(PoissonTail, OfMeanZeroIsCertainlyZero) {
  EXPECT_EQ(log_poisson_pmf(0.0, 0.0), 0.0);
  EXPECT_EQ(log_poisson_pmf(1.0, 0.0), -infinity);
  EXPECT_EQ(log_poisson_tail(0.0, 0.0), 0.0);
  EXPECT_EQ(log_poisson_tail(1.0, 0.0), -infinity);
}

TEST(NegativeBinomialTail, HandWorkedSizeOneIsGeometric) {
  // p = 1 / (1 + 4) = 0.2: P(k) = 0.2 * 0.8^k and P(Y >= k) = 0.8^k.
  for (const int count : {0, 1, 5, 40, 1000}) {
    EXPECT_NEAR(log_negative_binomial_pmf(count, 1.0, 4.0), std::log(0.2) + count * std::log(0.8), 1e-13 * (1 + count));
    EXPECT_NEAR(log_negative_binomial_tail(count, 1.0, 4.0), count * std::log(0.8), 1e-14 * (1 + count));
  }
}

TEST(NegativeBinomialTail, OneCountApartDiffersByThePointProbability) {
  for (const double size : {1e-6, 0.2, 1.0, 30.0, 5e3, 1e8}) {
    for (const double mean : {1e-4, 0.9, 25.0, 4e4}) {
      const double deviation = std::sqrt(mean + mean * mean / size);
      for (const double spread : {-1.0, -0.3, 0.0, 1.0, 5.0}) {
        const double count = std::floor(std::fmax(0.0, mean + spread * deviation));
        const double here = std::exp(log_negative_binomial_tail(count, size, mean));
        const double next = std::exp(log_negative_binomial_tail(count + 1.0, size, mean));
        const double point = std::exp(log_negative_binomial_pmf(count, size, mean));
        EXPECT_NEAR(here - next, point, 1e-13 * here + 1e-12 * point) << size << " " << mean << " " << count;
      }
    }
  }
}

TEST(NegativeBinomialTail, OfHugeSizeApproachesPoisson) {
  // The logarithms differ by about ((k - mean)^2 - k) / (2 size).
  for (const double count : {0.0, 3.0, 12.0, 40.0}) {
    EXPECT_NEAR(log_negative_binomial_pmf(count, 1e13, 8.0), log_poisson_pmf(count, 8.0), 1e-9) << count;
    EXPECT_NEAR(log_negative_binomial_tail(count, 1e13, 8.0), log_poisson_tail(count, 8.0), 1e-9) << count;
  }
}

TEST(NegativeBinomialTail, OfATinySizeIsNearlyAlwaysZero) {
  // ln P(0) = -r ln(1 + mean/r), and P(Y >= 1) is what remains.
  const double log_zero = -1e-8 * std::log1p(3.0 / 1e-8);
  EXPECT_LE(error_of(log_negative_binomial_pmf(0.0, 1e-8, 3.0), log_zero), 1e-14);
  EXPECT_LE(error_of(log_negative_binomial_tail(1.0, 1e-8, 3.0), std::log(-std::expm1(log_zero))), 1e-13);
}

TEST(NegativeBinomialTail, FallsWithTheCount) {
  for (const double size : {0.01, 2.0, 1e5}) {
    double last = 0.0;
    for (double count = 1.0; count < 400.0; count += 1.0) {
      const double tail = log_negative_binomial_tail(count, size, 20.0);
      EXPECT_TRUE(tail < last || (tail == 0.0 && last == 0.0)) << size << " " << count;
      last = tail;
    }
  }
}

TEST(CountTails, RefuseWhatIsOutsideTheirDomain) {
  for (const double bad : {-1.0, not_a_number, infinity, 1e16}) {
    EXPECT_TRUE(std::isnan(log_poisson_pmf(1.0, bad))) << bad;
    EXPECT_TRUE(std::isnan(log_poisson_tail(1.0, bad))) << bad;
    EXPECT_TRUE(std::isnan(log_negative_binomial_pmf(1.0, bad, 2.0))) << bad;
    EXPECT_TRUE(std::isnan(log_negative_binomial_tail(1.0, 2.0, bad))) << bad;
  }
  EXPECT_TRUE(std::isnan(log_poisson_tail(not_a_number, 1.0)));
  EXPECT_TRUE(std::isnan(log_negative_binomial_tail(1.0, 0.0, 1.0)));
  EXPECT_EQ(log_poisson_tail(infinity, 1.0), -infinity);
}
