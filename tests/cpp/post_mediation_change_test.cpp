#include "tocsin/indicators/post_mediation_change.hpp"

#include <gtest/gtest.h>

#include "post_mediation_change.hpp"
#include "sample_series.hpp"
#include "tocsin/error.hpp"
#include "tocsin/series.hpp"

namespace tocsin {
namespace {

using samples::every_day;
using samples::nan;
using samples::to_array;

constexpr double z95 = 1.6448536269514722;

series::Damping change(const std::vector<double>& mediation, const std::vector<double>& hostile, double phi = 1) {
  return series::post_mediation_change(to_array(mediation), to_array(hostile), every_day, {}, phi);
}

/// Isolated days of mediation, three weeks and some days apart.
std::vector<double> random_mediation(std::uint64_t seed, int days, double share_missing = 0) {
  random::Stream stream(random::combine_keys(0x6d6564, seed));
  std::vector<double> mediation;
  for (int day = 0; day < days; ++day) {
    const double count = stream.next_uniform() < 0.04 ? 0.5 : 0;
    mediation.push_back(stream.next_uniform() < share_missing ? nan : count);
  }
  return mediation;
}

// One episode on day 7: 15 acts in the week before, 9 in the week after.
const std::vector<double> one_mediation{0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0};
const std::vector<double> one_damping{2, 2, 2, 3, 2, 2, 2, 5, 1, 2, 1, 1, 2, 1, 1};

TEST(PostMediationChange, HasTheCheckValues) {
  const series::Damping damping = change(one_mediation, one_damping);
  EXPECT_CLOSE(damping.log_rate_ratio[14], -0.4895482253);
  EXPECT_CLOSE(damping.high[14] - damping.log_rate_ratio[14], z95 * 0.4214727774);
  EXPECT_CLOSE(damping.log_rate_ratio[14] - damping.low[14], z95 * 0.4214727774);
  EXPECT_EQ(damping.episodes[14], 1);
  EXPECT_EQ(damping.matched_days[14], 0);
}

TEST(PostMediationChange, CountsAnEpisodeOnlyWhenTheDaysAfterItHavePassed) {
  const series::Damping damping = change(one_mediation, one_damping);
  for (int t = 0; t < 14; ++t) {
    EXPECT_TRUE(std::isnan(damping.log_rate_ratio[t])) << t;
    EXPECT_EQ(damping.episodes[t], 0) << t;
  }
}

TEST(PostMediationChange, LeavesOutMediationThatIsNotAlone) {
  std::vector<double> mediation = one_mediation;
  mediation[1] = 1;  // six days before
  EXPECT_EQ(change(mediation, one_damping).episodes[14], 0);
  mediation[1] = 0;
  mediation[14] = 0.3;  // seven days after
  EXPECT_EQ(change(mediation, one_damping).episodes[14], 0);
  mediation[14] = nan;  // there might have been some
  EXPECT_EQ(change(mediation, one_damping).episodes[14], 0);
}

TEST(PostMediationChange, TakesRatesOverTheCollectedDays) {
  // Two of the seven days after are missing: 6 acts in 5 days.
  std::vector<double> hostile = one_damping;
  hostile[9] = hostile[10] = nan;
  const double expected = std::log((6.5 / 5.5) / (15.5 / 7.5));
  EXPECT_CLOSE(change(one_mediation, hostile).log_rate_ratio[14], expected);
}

TEST(PostMediationChange, SubtractsWhatHappensOnDaysThatLookAlike) {
  // Two acts a day for ever: the octave of every later day is 0, mediation changes nothing, and neither do other days.
  std::vector<double> hostile(120, 2.0);
  std::vector<double> mediation(120, 0.0);
  mediation[60] = 1;
  const series::Damping steady = change(mediation, hostile);
  EXPECT_CLOSE(steady.log_rate_ratio[119], 0);
  EXPECT_GT(steady.matched_days[119], 2);
  // Half as many after it: the plain change is the difference, for the matched days change by nothing.
  for (std::size_t t = 61; t <= 67; ++t) hostile[t] = 1;
  const series::Damping damped = change(mediation, hostile);
  EXPECT_NEAR(damped.log_rate_ratio[67], std::log(7.5 / 14.5), 1e-9);
  EXPECT_GT(damped.matched_days[67], 0);
}

TEST(PostMediationChange, ComparesWithDaysOfTheSamePhaseOnly) {
  const std::vector<double> hostile(120, 2.0);
  std::vector<double> mediation(120, 0.0);
  mediation[60] = 1;
  Eigen::ArrayXd phases = Eigen::ArrayXd::Zero(120);
  phases[60] = 3;
  const series::Damping alone = series::post_mediation_change(to_array(mediation), to_array(hostile), phases, {}, 1);
  EXPECT_EQ(alone.episodes[119], 1);
  EXPECT_EQ(alone.matched_days[119], 0);
  phases[30] = 3;
  EXPECT_EQ(series::post_mediation_change(to_array(mediation), to_array(hostile), phases, {}, 1).matched_days[119], 1);
}

TEST(PostMediationChange, EqualsTheNaiveDefinition) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    const std::vector<double> mediation = random_mediation(seed, 400, 0.005);
    const std::vector<double> hostile = samples::random_counts(50 + seed, 400, 0.6, 0.05);
    std::vector<int> phases;
    Eigen::ArrayXd phase_array(400);
    for (int t = 0; t < 400; ++t) {
      phases.push_back(seed == 3 ? -1 : t / 100);
      phase_array[t] = t / 100;
    }
    const series::Damping found = series::post_mediation_change(to_array(mediation), to_array(hostile),
                                                                seed == 3 ? every_day : phase_array, {}, 1.5);
    for (int t = 9; t < 400; t += 10) {
      const reference::PostMediationChange naive =
          reference::post_mediation_change(mediation, hostile, phases, t, 7, 1.5);
      EXPECT_CLOSE(found.log_rate_ratio[t], naive.log_rate_ratio);
      EXPECT_EQ(found.episodes[t], naive.episodes) << t;
      EXPECT_EQ(found.compared_episodes[t], naive.compared_episodes) << t;
      EXPECT_EQ(found.matched_days[t], naive.matched_days) << t;
      EXPECT_PRED3(samples::is_close, found.high[t] - found.log_rate_ratio[t], z95 * naive.standard_error, 1e-8);
    }
    EXPECT_GT(found.episodes[399], 3);
    EXPECT_GT(found.matched_days[399], 3);
  }
}

TEST(PostMediationChange, CoversZeroWhereMediationDoesNothing) {
  // Counts that know nothing of mediation: 90 % intervals hold 0 in about 90 % of 300 pairs (binomial error 1.7 %).
  int hits = 0;
  int known = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    random::Stream stream(random::combine_keys(0x7a65726f, seed));
    std::vector<double> hostile;
    for (int day = 0; day < 730; ++day) hostile.push_back(static_cast<double>(random::poisson(stream, 0.8)));
    const series::Damping damping = change(random_mediation(seed, 730), hostile);
    if (std::isnan(damping.low[729])) continue;
    ++known;
    hits += damping.low[729] <= 0 && 0 <= damping.high[729];
  }
  EXPECT_GT(known, 280);
  EXPECT_GT(static_cast<double>(hits) / known, 0.85);
}

TEST(PostMediationChange, FindsADampingThatIsThere) {
  // Mediation halves the rate of the seven days after it, over and over: ln 1/2 = -0.69.
  random::Stream stream(77);
  std::vector<double> mediation(4000, 0.0);
  std::vector<double> hostile;
  for (std::size_t t = 0; t < 4000; ++t) {
    if (t % 40 == 20) mediation[t] = 1;
    const bool is_damped = t % 40 > 20 && t % 40 <= 27;
    hostile.push_back(static_cast<double>(random::poisson(stream, is_damped ? 1.5 : 3)));
  }
  const series::Damping damping = change(mediation, hostile);
  EXPECT_NEAR(damping.log_rate_ratio[3999], std::log(0.5), 0.15);
  EXPECT_LT(damping.high[3999], 0);
}

TEST(PostMediationChange, DoesNotLookAhead) {
  std::vector<double> mediation = random_mediation(9, 200);
  std::vector<double> hostile = samples::random_counts(60, 200, 1);
  const series::Damping before = change(mediation, hostile);
  mediation[150] = 1;
  hostile[150] = 90;
  const series::Damping after = change(mediation, hostile);
  for (int t = 0; t < 150; ++t) EXPECT_PRED3(samples::is_close, after.high[t], before.high[t], 0.0);
}

TEST(PostMediationChange, ContinuesFromASavedState) {
  const std::vector<double> mediation = random_mediation(10, 300, 0.01);
  const std::vector<double> hostile = samples::random_counts(61, 300, 1, 0.02);
  const series::Damping whole = change(mediation, hostile);
  PostMediationChange first({});
  for (std::size_t t = 0; t < 170; ++t) first.update(mediation[t], hostile[t], 1);
  PostMediationChange second({}, first.state());
  for (std::size_t t = 170; t < 300; ++t) {
    second.update(mediation[t], hostile[t], 1);
    EXPECT_PRED3(samples::is_close, second.read(1).low, whole.low[static_cast<Eigen::Index>(t)], 0.0);
  }
  EXPECT_THROW((void)PostMediationChange({3}, first.state()), StateError);
}

TEST(PostMediationChange, KeepsSumsAndNoHistory) {
  // Ten years of a restless pair in four phases: what a monitor would have to keep for it.
  PostMediationChange recursion({});
  random::Stream stream(4);
  for (int t = 0; t < 3650; ++t) {
    const double rate = std::exp2(std::floor(6 * stream.next_uniform()) - 3);
    recursion.update(t % 31 == 0 ? 1 : 0, static_cast<double>(random::poisson(stream, rate)), 1, t / 20 % 4);
  }
  const PostMediationChange::State state = recursion.state();
  const std::size_t bytes = state.days.size() * sizeof(PostMediationChange::Day) +
                            state.strata.size() * sizeof(PostMediationChange::Stratum) +
                            state.growth.counts.size() * 2 * sizeof(double);
  EXPECT_LE(state.strata.size(), 40);
  EXPECT_LT(bytes, 6000);
}

TEST(PostMediationChange, RefusesWhatItCannotUse) {
  const series::Array one = to_array({1});
  const auto of = [&](const series::Array& phases, PostMediationChange::Options options, double phi) {
    (void)series::post_mediation_change(one, one, phases, options, phi);
  };
  EXPECT_THROW(of(to_array({8}), {}, 1), InputError);
  EXPECT_THROW(of(to_array({0.5}), {}, 1), InputError);
  EXPECT_THROW(of(to_array({1, 1}), {}, 1), InputError);
  EXPECT_THROW(of(every_day, {0}, 1), InputError);
  EXPECT_THROW(of(every_day, {}, 0.5), InputError);
  EXPECT_THROW((void)series::post_mediation_change(one, to_array({1, 2}), every_day, {}, 1), InputError);
}

}  // namespace
}  // namespace tocsin
