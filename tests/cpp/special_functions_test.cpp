#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <string>

#include "reference_table.hpp"
#include "special_functions.hpp"

namespace {

using namespace tocsin::special;
using namespace tocsin::reference_table;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

const Table& special_values() {
  static const Table rows = read_csv(std::string(TOCSIN_PARITY_DIR) + "/special_values.csv");
  return rows;
}

using Function = std::function<double(double, double, double)>;
using Allowance = std::function<double(double, double, double)>;
const Allowance nothing = [](double, double, double) { return 0.0; };

/// Compares every row of one function in special_values.csv; at least `fewest` rows must be there.
void expect_parity(const std::string& name, std::size_t fewest, double bar, const Function& function,
                   const Allowance& allowance = nothing) {
  std::size_t found = 0;
  for (const auto& row : special_values()) {
    if (row.at(0) != name) continue;
    ++found;
    const double first = number(row.at(1));
    const double second = number(row.at(2));
    const double third = number(row.at(3));
    const double expected = number(row.at(4));
    const double value = function(first, second, third);
    EXPECT_LE(error_of(value, expected), bar + allowance(first, second, third))
        << name << "(" << row[1] << ", " << row[2] << ", " << row[3] << ") = " << value << ", not " << row[4];
  }
  EXPECT_GE(found, fewest) << "rows of " << name << " in special_values.csv";
}

/// What half a unit in the last place of the probability, and of the tail there, does to the quantile.
double condition_allowance(double probability, double log_density) {
  return 1e-15 * std::min(probability, 1.0 - probability) / std::exp(log_density);
}

const std::array<double, 9> shapes = {1e-6, 0.01, 0.4, 1.0, 2.7, 18.0, 300.0, 5e4, 1e8};
const std::array<double, 7> probabilities = {1e-12, 1e-4, 0.05, 0.3, 0.5, 0.9, 0.9999};

}  // namespace

TEST(LogGamma, MatchesSixtyDigitValues) {
  expect_parity("log_gamma", 20, 1e-14, [](double x, double, double) { return log_gamma(x); });
}

TEST(LogGamma, OfOnePlusKeepsItsRelativeAccuracyNearZero) {
  expect_parity("log_gamma_one_plus", 8, 1e-14, [](double x, double, double) { return log_gamma_one_plus(x); });
}

TEST(LogGamma, OfWholeNumbersIsTheLogarithmOfTheFactorial) {
  double factorial = 1.0;
  for (int n = 1; n <= 20; ++n) {
    EXPECT_NEAR(log_gamma(n), std::log(factorial), 4e-15 * std::max(1.0, std::log(factorial))) << n;
    factorial *= n;
  }
}

TEST(LogGamma, IsContinuousWhereTheMethodChanges) {
  for (const double seam : {0.5, 1.5, 2.5, 10.0}) {
    const double width = 1e-9;
    const double slope = (log_gamma(seam + width) - log_gamma(seam - width)) / (2.0 * width);
    EXPECT_NEAR(slope, digamma(seam), 3e-6) << seam;
  }
}

TEST(LogGamma, RatioEqualsTheLogarithmOfTheRisingProduct) {
  for (const double base : {0.003, 0.7, 3.0, 9.5, 40.0}) {
    EXPECT_NEAR(log_gamma_ratio(base, 3.0), std::log(base * (base + 1.0) * (base + 2.0)), 3e-14) << base;
  }
}

TEST(LogGamma, RatioOfATinyStepIsTheStepTimesDigamma) {
  for (const double base : {1.3, 4.0, 33.0, 1e6}) {
    EXPECT_LE(error_of(log_gamma_ratio(base, 1e-9), 1e-9 * digamma(base)), 1e-8) << base;
    EXPECT_GT(log_gamma_ratio(base + 1.0, 1e-200), 0.0);
  }
}

TEST(LogGamma, RatioIsContinuousBetweenItsTwoMethods) {
  for (const double base : {0.2, 1.2, 4.0, 33.0, 1e6}) {
    const double below = log_gamma_ratio(base, std::nextafter(0.02, 0.0));
    EXPECT_LE(error_of(below, log_gamma_ratio(base, 0.02)), 2e-13) << base;
  }
}

TEST(LogGamma, StirlingCorrectionIsOneTwelfthOverXForLargeX) {
  EXPECT_LE(error_of(stirling_correction(1e9), 1.0 / 12e9), 1e-15);
  EXPECT_NEAR(stirling_correction(9.9999999), stirling_correction(10.0), 1e-10);
}

TEST(Digamma, MatchesSixtyDigitValues) {
  // 1.4 is close to the zero of digamma, where the promise is an absolute error.
  expect_parity(
      "digamma", 20, 1e-14, [](double x, double, double) { return digamma(x); },
      [](double x, double, double) { return std::fabs(x - 1.46) < 0.2 ? 1e-13 : 0.0; });
}

TEST(Digamma, SatisfiesItsRecurrence) {
  for (const double x : {0.02, 0.5, 1.7, 9.3, 60.0}) {
    EXPECT_NEAR(digamma(x + 1.0) - digamma(x), 1.0 / x, 2e-15 * std::max(1.0 / x, 1.0)) << x;
  }
}

TEST(Digamma, AtOneIsMinusEulersConstant) { EXPECT_NEAR(digamma(1.0), -0.57721566490153286061, 1e-15); }

TEST(Trigamma, MatchesSixtyDigitValues) {
  expect_parity("trigamma", 18, 1e-14, [](double x, double, double) { return trigamma(x); });
}

TEST(Trigamma, IsTheSlopeOfDigamma) {
  for (const double x : {0.3, 2.0, 14.0}) {
    EXPECT_NEAR((digamma(x + 1e-5) - digamma(x - 1e-5)) / 2e-5, trigamma(x), 1e-7) << x;
  }
}

TEST(Deviance, OfASmallExcessIsMinusHalfItsSquare) {
  EXPECT_LE(error_of(log_ratio_minus_excess(1e-12, 1.0 + 1e-12), -0.5e-24), 1e-11);
  EXPECT_LE(error_of(log_ratio_minus_excess(-1e-9, 1.0 - 1e-9), -0.5e-18), 1e-8);
}

TEST(Deviance, EqualsTheLogarithmLessTheExcessWhereNothingCancels) {
  for (const double u : {-0.999, -0.41, -0.39, -0.2, 0.3, 0.59, 0.61, 50.0}) {
    EXPECT_NEAR(log_ratio_minus_excess(u, 1.0 + u), std::log1p(u) - u, 3e-16 + 1e-15 * std::fabs(u)) << u;
  }
}

TEST(NormalQuantile, MatchesSixtyDigitValues) {
  expect_parity("normal_quantile", 15, 4e-15, [](double p, double, double) { return normal_quantile(p); });
}

TEST(NormalQuantile, InvertsTheDistributionFunctionAndIsOdd) {
  for (double p = 0.001; p < 0.5; p += 0.0173) {
    EXPECT_NEAR(0.5 * std::erfc(-normal_quantile(p) / std::sqrt(2.0)), p, 1e-15) << p;
    EXPECT_NEAR(normal_quantile(1.0 - p), -normal_quantile(p), 1e-13);
  }
  EXPECT_EQ(normal_quantile(0.0), -infinity);
  EXPECT_EQ(normal_quantile(1.0), infinity);
}

TEST(ScaledErfc, MatchesSixtyDigitValues) {
  expect_parity("scaled_erfc", 10, 1e-14, [](double z, double, double) { return scaled_erfc(z); });
}

TEST(IncompleteGamma, LogarithmsOfBothTailsMatchSixtyDigitValues) {
  expect_parity("gamma_log_p", 150, 1e-12, [](double a, double x, double) { return gamma_tail(a, x).log_lower(); });
  expect_parity("gamma_log_q", 150, 1e-12, [](double a, double x, double) { return gamma_tail(a, x).log_upper(); });
}

TEST(IncompleteFunctions, MatchSixtyDigitValuesWithinThirtyPowersOfE) {
  std::size_t compared = 0;
  for (const auto& row : special_values()) {
    const bool is_lower = row.at(0) == "gamma_log_p" || row[0] == "beta_log_lower";
    const bool is_upper = row[0] == "gamma_log_q";
    const double log_expected = number(row.at(4));
    if ((!is_lower && !is_upper) || log_expected < -30.0) continue;
    const double a = number(row.at(1));
    const double b = number(row.at(2));
    const double value = row[0] == "beta_log_lower" ? incomplete_beta(a, b, number(row.at(3)))
                                                    : (is_lower ? gamma_p(a, b) : gamma_q(a, b));
    EXPECT_LE(error_of(value, std::exp(log_expected)), 1e-13) << row[0] << " " << a << " " << b << " " << row[3];
    ++compared;
  }
  EXPECT_GE(compared, 500u);
}

TEST(IncompleteGamma, SumsToOne) {
  for (const double shape : shapes) {
    for (const double z : {-4.0, -1.0, 0.0, 0.5, 3.0, 7.0}) {
      const double x = std::max(shape + z * std::sqrt(shape), 1e-7 * shape);
      EXPECT_NEAR(gamma_p(shape, x) + gamma_q(shape, x), 1.0, 3e-16) << shape << " " << x;
    }
  }
}

TEST(IncompleteGamma, OfShapeOneIsTheExponentialDistribution) {
  for (const double x : {1e-15, 0.2, 0.99, 1.01, 5.0, 300.0}) {
    EXPECT_LE(error_of(gamma_p(1.0, x), -std::expm1(-x)), 1e-14) << x;
    EXPECT_LE(error_of(gamma_q(1.0, x), std::exp(-x)), 1e-13) << x;
  }
}

TEST(IncompleteGamma, OfShapeOneHalfIsTheErrorFunction) {
  for (const double x : {1e-8, 0.3, 1.4, 1.6, 9.0}) {
    EXPECT_LE(error_of(gamma_p(0.5, x), std::erf(std::sqrt(x))), 1e-14) << x;
    EXPECT_LE(error_of(gamma_q(0.5, x), std::erfc(std::sqrt(x))), 1e-14) << x;
  }
}

TEST(IncompleteGamma, ShapesOneApartDifferByOneTerm) {
  // P(a, x) - P(a+1, x) = x^a e^-x / Gamma(a+1), across the change of method at shape 20.
  for (const double shape : {0.3, 0.8, 5.0, 19.0, 19.5, 60.0, 4000.0}) {
    for (const double ratio : {0.7, 0.98, 1.1, 1.4}) {
      const double x = ratio * shape;
      const double term = std::exp(shape * std::log(x) - x - log_gamma(shape + 1.0));
      EXPECT_NEAR(gamma_p(shape, x) - gamma_p(shape + 1.0, x), term, 1e-13) << shape << " " << x;
    }
  }
}

TEST(IncompleteGamma, RefusesWhatIsOutsideItsDomain) {
  for (const double bad : {-1.0, 0.0, not_a_number, infinity}) {
    EXPECT_TRUE(std::isnan(gamma_p(bad, 1.0))) << bad;
    EXPECT_TRUE(std::isnan(gamma_quantile(0.5, bad))) << bad;
  }
  EXPECT_TRUE(std::isnan(gamma_p(1.0, -1e-9)));
  EXPECT_TRUE(std::isnan(gamma_quantile(1.0000001, 2.0)));
  EXPECT_TRUE(std::isnan(log_gamma(0.0)));
  EXPECT_TRUE(std::isnan(digamma(-0.5)));
  EXPECT_TRUE(std::isnan(trigamma(not_a_number)));
  EXPECT_TRUE(std::isnan(normal_quantile(-0.1)));
}

TEST(IncompleteGamma, EndsAtZeroAndOne) {
  for (const double shape : shapes) {
    EXPECT_EQ(gamma_p(shape, 0.0), 0.0);
    EXPECT_EQ(gamma_q(shape, 0.0), 1.0);
    EXPECT_EQ(gamma_p(shape, infinity), 1.0);
    EXPECT_EQ(gamma_q(shape, infinity), 0.0);
  }
}

TEST(GammaQuantile, MatchesSixtyDigitValues) {
  expect_parity(
      "gamma_quantile", 100, 1e-12, [](double p, double a, double) { return gamma_quantile(p, a); },
      [](double p, double a, double) {
        return condition_allowance(p, gamma_tail(a, gamma_quantile(p, a)).log_density);
      });
}

TEST(GammaQuantile, InvertsTheDistributionFunction) {
  for (const double shape : shapes) {
    for (const double p : probabilities) {
      const double x = gamma_quantile(p, shape);
      if (x == 0.0) continue;  // underflow, tested below
      // Rounding x alone moves the tail by about 1e-16 sqrt(shape) standard deviations.
      EXPECT_LE(error_of(gamma_p(shape, x), p), 1e-12 + 1e-15 * std::sqrt(shape)) << shape << " " << p;
    }
  }
}

TEST(GammaQuantile, OfTinyShapesUnderflowsToZeroAndIsClosedAboveThat) {
  EXPECT_EQ(gamma_quantile(0.5, 1e-8), 0.0);
  EXPECT_EQ(gamma_quantile(0.999, 1e-8), 0.0);
  // P ~ x^a / Gamma(a+1): a = 0.01, P = 0.01 gives x = (0.01 Gamma(1.01))^100, far below where the next term counts.
  EXPECT_LE(error_of(gamma_quantile(0.01, 0.01), std::exp(100.0 * (std::log(0.01) + log_gamma_one_plus(0.01)))), 1e-12);
}

TEST(GammaQuantile, GrowsWithTheProbability) {
  for (const double shape : shapes) {
    double last = 0.0;
    for (double p = 0.0; p < 1.0; p += 0.013) {
      const double x = gamma_quantile(p, shape);
      EXPECT_TRUE(x > last || x == 0.0) << shape << " " << p;
      last = x;
    }
    EXPECT_EQ(gamma_quantile(0.0, shape), 0.0);
    EXPECT_EQ(gamma_quantile(1.0, shape), infinity);
  }
}

TEST(IncompleteBeta, LogarithmsOfBothTailsMatchSixtyDigitValues) {
  const auto tail = [](double a, double b, double x) { return beta_tail(a, b, share_point(a, b, x)); };
  expect_parity("beta_log_lower", 300, 1e-12, [&](double a, double b, double x) { return tail(a, b, x).log_lower(); });
  expect_parity("beta_log_upper", 300, 1e-12, [&](double a, double b, double x) { return tail(a, b, x).log_upper(); });
}

TEST(IncompleteBeta, IsSymmetric) {
  for (const double a : shapes) {
    for (const double b : shapes) {
      for (const double x : {0.25, 0.5, 0.875}) {  // whose complements are exact
        EXPECT_NEAR(incomplete_beta(a, b, x), 1.0 - incomplete_beta(b, a, 1.0 - x), 2e-15) << a << " " << b << " " << x;
      }
    }
  }
}

TEST(IncompleteBeta, WithOneShapeOneIsAPower) {
  for (const double a : {1e-6, 0.3, 4.0, 90.0}) {
    for (const double x : {1e-9, 0.2, 0.7, 0.999}) {
      EXPECT_LE(error_of(incomplete_beta(a, 1.0, x), std::pow(x, a)), 1e-13) << a << " " << x;
      EXPECT_LE(error_of(incomplete_beta(1.0, a, x), -std::expm1(a * std::log1p(-x))), 1e-13) << a << " " << x;
    }
  }
}

TEST(IncompleteBeta, OfHalvesIsTheArcsine) {
  for (const double x : {1e-6, 0.1, 0.49, 0.51, 0.97}) {
    const double expected = 2.0 / 3.14159265358979323846 * std::asin(std::sqrt(x));
    EXPECT_LE(error_of(incomplete_beta(0.5, 0.5, x), expected), 1e-14) << x;
  }
}

TEST(IncompleteBeta, ShapesOneApartDifferByOneTerm) {
  // I_x(a, b) - I_x(a+1, b) = x^a y^b / (a B(a, b)); effective shapes on both sides of the change of method at 1000.
  for (const double a : {0.4, 3.0, 900.0, 2500.0, 1e6}) {
    for (const double b : {0.2, 5.0, 1800.0, 1e6}) {
      for (const double shift : {0.8, 0.999, 1.002, 1.3}) {
        const double x = share_point_from_odds(a, b, shift * a / b).x;
        const double term = std::exp(log_odds_density(a, b, share_point(a, b, x))) / a;
        const double difference = incomplete_beta(a, b, x) - incomplete_beta(a + 1.0, b, x);
        EXPECT_NEAR(difference, term, 2e-13) << a << " " << b << " " << x;
      }
    }
  }
}

TEST(IncompleteBeta, RefusesWhatIsOutsideItsDomainAndEndsAtZeroAndOne) {
  for (const double bad : {-1.0, 0.0, not_a_number, infinity}) {
    EXPECT_TRUE(std::isnan(incomplete_beta(bad, 2.0, 0.5))) << bad;
    EXPECT_TRUE(std::isnan(incomplete_beta(2.0, bad, 0.5))) << bad;
    EXPECT_TRUE(std::isnan(beta_odds_quantile(0.5, bad, 2.0))) << bad;
  }
  EXPECT_TRUE(std::isnan(incomplete_beta(2.0, 2.0, 1.1)));
  EXPECT_TRUE(std::isnan(incomplete_beta(2.0, 2.0, not_a_number)));
  EXPECT_EQ(incomplete_beta(2.0, 3.0, 0.0), 0.0);
  EXPECT_EQ(incomplete_beta(2.0, 3.0, 1.0), 1.0);
}

TEST(BetaQuantile, OddsMatchSixtyDigitValues) {
  expect_parity(
      "beta_odds_quantile", 200, 1e-11, [](double p, double a, double b) { return beta_odds_quantile(p, a, b); },
      [](double p, double a, double b) {
        const SharePoint point = share_point_from_odds(a, b, beta_odds_quantile(p, a, b));
        return condition_allowance(p, log_odds_density(a, b, point));
      });
}

TEST(BetaQuantile, InvertsTheDistributionFunction) {
  for (const double a : shapes) {
    for (const double b : shapes) {
      for (const double p : probabilities) {
        const double odds = beta_odds_quantile(p, a, b);
        if (odds == 0.0 || std::isinf(odds)) continue;  // tested below
        const TailValue tail = beta_tail(a, b, share_point_from_odds(a, b, odds));
        EXPECT_LE(error_of(tail.lower(), p), 1e-12) << a << " " << b << " " << p;
      }
    }
  }
}

TEST(BetaQuantile, OddsOfSwappedShapesAreReciprocal) {
  for (const double a : shapes) {
    for (const double b : shapes) {
      const double odds = beta_odds_quantile(0.25, a, b);
      if (odds == 0.0 || std::isinf(odds)) continue;
      EXPECT_LE(error_of(1.0 / beta_odds_quantile(0.75, b, a), odds), 1e-14) << a << " " << b;
    }
  }
}

TEST(BetaQuantile, OddsKeepWhatAShareNearOneWouldLose) {
  // Beta(a, 1): q = p^(1/a), and for a = 1e6, p = 1 - 2^-30 the share differs from 1 by less than 1e-15.
  const double p = 1.0 - 0x1p-30;
  const double log_q = std::log(p) / 1e6;
  EXPECT_LE(error_of(beta_odds_quantile(p, 1e6, 1.0), std::exp(log_q) / -std::expm1(log_q)), 1e-12);
}

TEST(BetaQuantile, OfTinyShapesEndsAtZeroOrInfinity) {
  EXPECT_EQ(beta_odds_quantile(0.3, 1e-8, 1e-8), 0.0);
  EXPECT_EQ(beta_odds_quantile(0.7, 1e-8, 1e-8), infinity);
  EXPECT_EQ(beta_odds_quantile(0.5, 3.0, 1e-8), infinity);
  EXPECT_EQ(beta_quantile(0.5, 3.0, 1e-8), 1.0);
  EXPECT_EQ(beta_odds_quantile(0.0, 2.0, 3.0), 0.0);
  EXPECT_EQ(beta_odds_quantile(1.0, 2.0, 3.0), infinity);
  EXPECT_NEAR(beta_odds_quantile(0.5, 1e-8, 1e-8), 1.0, 1e-7);
}

TEST(BetaQuantile, ShareIsTheOddsOverOnePlusTheOdds) {
  EXPECT_NEAR(beta_quantile(0.5, 4.0, 4.0), 0.5, 1e-15);
  // Beta(1, 2): 1 - (1-q)^2 = p.
  EXPECT_LE(error_of(beta_quantile(0.19, 1.0, 2.0), 0.1), 1e-14);
}
