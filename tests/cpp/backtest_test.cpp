#include "tocsin/backtest.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "json.hpp"
#include "random.hpp"
#include "sample_panels.hpp"
#include "tocsin/error.hpp"

namespace tocsin {
namespace {

// Eight pairs over 1,200 days, with onsets on some days of most of them.
class BacktestOfRandomPairs : public testing::Test {
 protected:
  static CountPanel make_panel() {
    samples::RandomShape shape;
    shape.pairs = 8;
    shape.days = 1200;
    shape.has_extras = true;
    return CountPanel::from_table(samples::random_table(21, shape));
  }

  static std::vector<Onset> make_onsets(const CountPanel& panel) {
    random::Stream stream(77);
    std::vector<Onset> onsets;
    for (std::size_t pair = 1; pair < panel.pairs().size(); ++pair) {
      for (int i = 0; i < 4; ++i) {
        Onset onset;
        onset.pair = panel.pairs()[pair].pair;
        onset.first = panel.calendar().first + static_cast<std::int32_t>(1200 * stream.next_uniform());
        onset.last = onset.first;
        onset.level = 4;
        onsets.push_back(onset);
      }
    }
    return onsets;
  }

  static BacktestOptions make_options() {
    BacktestOptions options;
    options.labels.recent_days = 200;
    options.labels.warm_up_days = 100;
    options.draws = 60;
    return options;
  }

  // A predictor that knows the days on which an onset is near.
  [[nodiscard]] ExtraPredictor oracle() const {
    ExtraPredictor extra;
    extra.name = "oracle";
    for (const PairCounts& pair : panel_.pairs()) {
      Eigen::VectorXd values = Eigen::VectorXd::Constant(panel_.calendar().size(), 0.001);
      for (const Onset& onset : onsets_) {
        if (onset.pair != pair.pair) continue;
        for (std::int32_t day = std::max(0, onset.first - panel_.calendar().first - 30);
             day < onset.first - panel_.calendar().first; ++day) {
          values[day] = 0.999;
        }
      }
      extra.values.push_back(std::move(values));
    }
    return extra;
  }

  [[nodiscard]] Backtest run(const BacktestOptions& options, const std::vector<ExtraPredictor>& extras = {}) const {
    return backtest(scores_, panel_, onsets_, options, {}, extras);
  }

  CountPanel panel_ = make_panel();
  Scores scores_ = score(panel_, {}, {Intervals::none});
  std::vector<Onset> onsets_ = make_onsets(panel_);
};

TEST_F(BacktestOfRandomPairs, JudgesColumnsAblationsAndBaselinesOnTheSameDays) {
  const Backtest result = run(make_options());
  EXPECT_EQ(result.pairs, 8);
  EXPECT_EQ(result.predictors.front().name, "score");
  EXPECT_EQ(result.predictors.size(), 1U + 5U + 14U + 2U);
  EXPECT_EQ(result.days + result.unknown_days + result.incomplete_days, 8 * 1200);
  EXPECT_GT(result.positive_days, 100);
  EXPECT_TRUE(result.predictor("recency_of_events").sees_labels);
  for (const PredictorResult& each : result.predictors) {
    EXPECT_GE(each.auc.value, 0) << each.name;
    EXPECT_LE(each.auc.low, each.auc.high) << each.name;
    EXPECT_GE(each.average_precision.value, 0) << each.name;
    EXPECT_GT(each.brier, 0) << each.name;
  }
}

TEST_F(BacktestOfRandomPairs, WhatKnowsTheFutureIsPerfect) {
  const PredictorResult found = run(make_options(), {oracle()}).predictor("oracle");
  EXPECT_DOUBLE_EQ(found.auc.value, 1);
  EXPECT_DOUBLE_EQ(found.auc.low, 1);
  EXPECT_DOUBLE_EQ(found.average_precision.value, 1);
  EXPECT_DOUBLE_EQ(found.recall_at_1, 1);
  EXPECT_GT(found.lead_at_1, 20);
  EXPECT_GT(found.brier_skill.value, 0.9);
  EXPECT_EQ(found.best_baseline.empty(), false);
  EXPECT_GT(found.auc_gain.low, 0);
}

TEST_F(BacktestOfRandomPairs, AProbabilityIsJudgedAsItStands) {
  ExtraPredictor sure = oracle();
  sure.is_probability = true;
  const PredictorResult found = run(make_options(), {sure}).predictor("oracle");
  EXPECT_NEAR(found.brier, 0.001 * 0.001, 1e-12);
  sure.values[0][3] = 1.5;
  EXPECT_THROW((void)run(make_options(), {sure}), InputError);
}

TEST_F(BacktestOfRandomPairs, TheResultDoesNotDependOnThreads) {
  BacktestOptions options = make_options();
  options.threads = 1;
  const std::string one = to_json(run(options));
  options.threads = 3;
  EXPECT_EQ(to_json(run(options)), one);
}

TEST_F(BacktestOfRandomPairs, DifferencesOfAPredictorWithItselfAreNothing) {
  const Backtest result = run(make_options());
  const Estimate none = result.auc_difference("score", "score");
  EXPECT_EQ(none.value, 0);
  EXPECT_EQ(none.low, 0);
  EXPECT_EQ(none.high, 0);
  const Estimate there = result.ap_difference("score", "ears_c2");
  const Estimate back = result.ap_difference("ears_c2", "score");
  EXPECT_DOUBLE_EQ(there.value, -back.value);
  EXPECT_THROW((void)result.predictor("scores"), InputError);
}

TEST_F(BacktestOfRandomPairs, APredictorThatSeesNoLabelsIsHeldAgainstThoseThatDoNot) {
  const Backtest result = run(make_options());
  for (const PredictorResult& each : result.predictors) {
    EXPECT_LE(result.predictor(each.best_baseline).sees_labels, each.sees_labels) << each.name;
    EXPECT_NE(each.best_baseline, each.name);
  }
}

TEST_F(BacktestOfRandomPairs, DaysOnWhichAPredictorIsMissingAreLeftOutForAll) {
  ExtraPredictor gappy = oracle();
  for (Eigen::VectorXd& values : gappy.values) values.head(600).setConstant(NAN);
  const Backtest whole = run(make_options());
  const Backtest part = run(make_options(), {gappy});
  EXPECT_GT(part.incomplete_days, 1000);
  EXPECT_EQ(part.days + part.incomplete_days, whole.days + whole.incomplete_days);
  ExtraPredictor silent = oracle();
  for (Eigen::VectorXd& values : silent.values) values.setConstant(NAN);
  EXPECT_EQ(run(make_options(), {silent}).left_out, (std::vector<std::string>{"oracle"}));
}

TEST_F(BacktestOfRandomPairs, ACrisisIsNotForetold) {
  BacktestOptions options = make_options();
  options.labels.target = Target::crisis;
  std::vector<Onset> crises = onsets_;
  for (Onset& crisis : crises) crisis.last = crisis.first + 40;
  const Backtest result = backtest(scores_, panel_, crises, options);
  EXPECT_TRUE(std::isnan(result.predictors.front().recall_at_1));
  EXPECT_THROW((void)result.predictor("recency_of_events"), InputError);
}

TEST_F(BacktestOfRandomPairs, OfASinglePairNothingCanBeCalibratedOnOthers) {
  const CountPanel panel = panel_.select({panel_.pairs()[1].pair});
  const Scores scores = score(panel, {}, {Intervals::none});
  const Backtest result = backtest(scores, panel, onsets_, make_options());
  const PredictorResult& found = result.predictor("score");
  EXPECT_FALSE(std::isnan(found.auc.value));
  EXPECT_TRUE(std::isnan(found.brier));
  EXPECT_TRUE(std::isnan(found.brier_skill.value));
  EXPECT_TRUE(found.curve.empty());
}

TEST_F(BacktestOfRandomPairs, TheDocumentHoldsEveryPredictor) {
  const Backtest result = run(make_options());
  const Json document = parse_json(to_json(result));
  EXPECT_EQ(document["schema"], "tocsin.backtest");
  EXPECT_EQ(document["predictors"].size(), result.predictors.size());
  EXPECT_EQ(document["predictors"][0]["auc"]["value"], result.predictors[0].auc.value);
}

TEST_F(BacktestOfRandomPairs, WhatCannotBeJudgedIsRefused) {
  BacktestOptions options = make_options();
  EXPECT_THROW((void)backtest(scores_, panel_, {}, options), InputError);
  EXPECT_THROW((void)backtest(scores_, panel_.until(panel_.calendar().first + 900), onsets_, options), InputError);
  options.columns = {"scor"};
  EXPECT_THROW((void)run(options), InputError);
  options.columns = {"score", "score"};
  EXPECT_THROW((void)run(options), InputError);
  options = make_options();
  options.folds = 1;
  EXPECT_THROW((void)run(options), InputError);
  ExtraPredictor few = oracle();
  few.values.pop_back();
  EXPECT_THROW((void)run(make_options(), {few}), InputError);
}

}  // namespace
}  // namespace tocsin
