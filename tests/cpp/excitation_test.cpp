#include "tocsin/excitation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "sample_panels.hpp"
#include "tocsin/error.hpp"
#include "tocsin/monitor.hpp"
#include "tocsin/scores.hpp"

namespace tocsin {
namespace {

constexpr int days = 400;

// B answers every act of A: on the next day, or the one after it.
CountTable answers() {
  std::mt19937 random(11);
  CountTable table;
  table.actors = {"A", "B"};
  std::vector<double> by_a(days + 3);
  std::vector<double> by_b(days + 3);
  for (int day = 0; day < days; ++day) {
    const auto at = static_cast<std::size_t>(day);
    by_a[at] = std::poisson_distribution<int>(1.0)(random);
    for (int act = 0; act < static_cast<int>(by_a[at]); ++act) by_b[at + 1 + random() % 2] += 1;
    for (std::uint32_t side = 0; side < 2; ++side) {
      table.dates.push_back(samples::first_day + day);
      table.sources.push_back(side);
      table.targets.push_back(1 - side);
      table.values[index_of(Signal::rhetoric)].push_back(side == 0 ? by_a[at] : by_b[at]);
      table.values[index_of(Signal::military)].push_back(0);
      table.values[index_of(Signal::mediation)].push_back(0);
    }
  }
  return table;
}

const Pair pair{"A", "B"};

TEST(Excitation, OfASideThatAnswersIsFoundInThatDirectionOnly) {
  const Scores scores = score(CountPanel::from_table(answers()), {}, {.intervals = Intervals::none});
  const PairExcitation found = scores.excitation(pair, scores.calendar().last, {.null_draws = 40});
  EXPECT_EQ(found.nodes, (std::vector<std::string>{"A", "B"}));
  const Eigen::MatrixXd beats = found.reading.beats_null();
  EXPECT_EQ(beats(1, 0), 1);
  EXPECT_EQ(beats(0, 1), 0);
  EXPECT_NEAR(found.reading.excitation.kernel(1, 0), 1, 0.25);
  const std::vector<std::string> sentences = explain(found);
  ASSERT_EQ(sentences.size(), 1U);
  EXPECT_EQ(sentences[0].substr(0, 32), "Each hostile act of A draws 0.98");
  EXPECT_NE(sentences[0].find("of B ("), std::string::npos) << sentences[0];
}

TEST(Excitation, OfTheMonitorIsThatOfTheScores) {
  const CountTable table = answers();
  const CountPanel panel = CountPanel::from_table(table);
  Monitor monitor({}, panel.collected());
  for (int day = 0; day < 60; ++day) {
    (void)monitor.push(samples::first_day + day, samples::rows_of(table, samples::first_day + day));
  }
  const ExcitationOptions options{.window_days = 50, .null_draws = 10, .by_kind = true};
  const PairExcitation live = monitor.excitation(pair, options);
  const PairExcitation batch = score(panel).excitation(pair, samples::first_day + 59, options);
  EXPECT_EQ(live.nodes, (std::vector<std::string>{"A words", "A deeds", "B words", "B deeds"}));
  EXPECT_EQ(live.nodes, batch.nodes);
  EXPECT_EQ(live.reading.excitation.kernel, batch.reading.excitation.kernel);
  EXPECT_EQ(live.reading.beats_null(), batch.reading.beats_null());
}

TEST(Excitation, WithoutASimulationNothingIsClaimed) {
  const Scores scores = score(CountPanel::from_table(answers()));
  const PairExcitation found = scores.excitation(pair, scores.calendar().last, {.null_draws = 0});
  EXPECT_TRUE(found.reading.beats_null().array().isNaN().all());
  EXPECT_TRUE(explain(found).empty());
}

TEST(Excitation, RefusesWhatItCannotLookAt) {
  const Scores scores = score(CountPanel::from_table(answers()), {}, {.intervals = Intervals::none});
  const Day last = scores.calendar().last;
  EXPECT_THROW((void)scores.excitation({"A", "C"}, last), InputError);
  EXPECT_THROW((void)scores.excitation(pair, last + 1), InputError);
  EXPECT_THROW((void)scores.excitation(pair, last, {.window_days = 401}), InputError);
  EXPECT_THROW((void)scores.excitation(pair, last, {.null_draws = -1}), InputError);
  EXPECT_THROW((void)scores_from_json(to_json(scores)).excitation(pair, last), InputError);
}

TEST(SlowingDownOfAPair, IsThatOfItsHostileActs) {
  const CountTable table = answers();
  const Scores scores = score(CountPanel::from_table(table), {}, {.intervals = Intervals::none});
  const Day day = scores.calendar().first + 200;
  SlowingDown recursion({});
  Monitor monitor({}, CountPanel::from_table(table).collected());
  for (std::size_t row = 0; row < table.size(); row += 2) {
    if (table.dates[row] > day) break;
    const auto& rhetoric = table.values[index_of(Signal::rhetoric)];
    recursion.update(rhetoric[row] + rhetoric[row + 1], 1);
    CountTable one;
    one.actors = table.actors;
    for (const std::size_t i : {row, row + 1}) {
      one.dates.push_back(table.dates[i]);
      one.sources.push_back(table.sources[i]);
      one.targets.push_back(table.targets[i]);
      for (std::size_t column = 0; column < column_count; ++column) {
        if (!table.values[column].empty()) one.values[column].push_back(table.values[column][i]);
      }
    }
    monitor.push(table.dates[row], one, 1, {}, Intervals::none);
  }
  const SlowingDown::Reading expected = recursion.read();
  for (const SlowingDown::Reading& found : {scores.slowing_down(pair, day), monitor.slowing_down(pair)}) {
    EXPECT_EQ(found.lag1, expected.lag1);
    EXPECT_EQ(found.variance_to_mean, expected.variance_to_mean);
    EXPECT_EQ(found.kendall_tau, expected.kendall_tau);
    EXPECT_EQ(found.p_value, expected.p_value);
  }
}

TEST(SlowingDownOfAPair, HasNothingToSayBeforeItsWindowIsFull) {
  const Scores scores = score(CountPanel::from_table(answers()), {}, {.intervals = Intervals::none});
  EXPECT_TRUE(std::isnan(scores.slowing_down(pair, scores.calendar().first + 58).lag1));
  EXPECT_FALSE(std::isnan(scores.slowing_down(pair, scores.calendar().first + 59).lag1));
  EXPECT_THROW((void)scores.slowing_down(pair, scores.calendar().last, {.window_days = 401}), InputError);
  EXPECT_THROW((void)scores.slowing_down({"A", "C"}, scores.calendar().last), InputError);
}

}  // namespace
}  // namespace tocsin
