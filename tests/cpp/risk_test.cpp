#include "tocsin/risk.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "random.hpp"
#include "sample_panels.hpp"
#include "tocsin/error.hpp"
#include "tocsin/labels.hpp"
#include "tocsin/metrics.hpp"

namespace tocsin {
namespace {

constexpr int days = 500;

RiskModel::Options short_options() {
  RiskModel::Options options;
  options.horizon_days = 10;
  options.quiet_days = 3;
  options.warm_up_days = 60;
  options.ridge = 5;
  options.folds = 3;
  options.threads = 1;
  return options;
}

CountPanel sample_panel(std::uint64_t seed = 8) {
  samples::RandomShape shape;
  shape.pairs = 12;
  shape.days = days;
  shape.rate = 0.1;
  return CountPanel::from_table(samples::TableMaker(seed, shape).make());
}

// Onsets after days with force.
std::vector<Onset> sample_onsets(const CountPanel& panel, std::uint64_t seed = 21) {
  random::Stream stream(seed);
  std::vector<Onset> onsets;
  for (const PairCounts& pair : panel.pairs()) {
    for (const DayCounts& counts : pair.days) {
      const double force = counts.counts[0][index_of(Signal::military)];
      if (stream.next_uniform() > 0.1 * force) continue;
      const Day day = panel.calendar().first + counts.day + 1;
      onsets.push_back({pair.pair, day, day, 4, true, ""});
    }
  }
  return onsets;
}

struct Fitted {
  CountPanel panel = sample_panel();
  Scores scores = score(panel, Config{}, {.intervals = Intervals::none, .threads = 1});
  std::vector<Onset> onsets = sample_onsets(panel);
  RiskModel model = RiskModel::fit({&scores}, onsets, "samples", short_options());
};

const Fitted& fitted() {
  static const Fitted once;
  return once;
}

TEST(Risk, ContributionsAndBaseSumToTheLogit) {
  const auto& [panel, scores, onsets, model] = fitted();
  for (const std::vector<Onset>* given : {static_cast<const std::vector<Onset>*>(nullptr), &onsets}) {
    const RiskReading reading = model.at(scores, panel.pairs()[1].pair, panel.calendar().first + 300, given);
    double logit = reading.base;
    for (const double part : reading.contributions) logit += part;
    EXPECT_EQ(logit, reading.logit);
    EXPECT_EQ(reading.risk, logistic(logit));
    EXPECT_EQ(reading.features.size(), given == nullptr ? risk_event_feature_count : risk_feature_count);
    EXPECT_LT(reading.interval.low, reading.risk);
    EXPECT_GT(reading.interval.high, reading.risk);
  }
}

TEST(Risk, OfThreatsThatNobodyTellsOfTheAverageDayIsBelieved) {
  const auto& [panel, scores, onsets, model] = fitted();
  const Day day = panel.calendar().first + 300;
  const Pair& pair = panel.pairs()[1].pair;
  const RiskReading untold = model.at(scores, pair, day, &onsets);
  EXPECT_EQ(untold.contributions.back(), 0);
  EXPECT_TRUE(std::isfinite(untold.risk));
  std::vector<Onset> told = onsets;
  told.push_back({Pair::of("X", "Y"), panel.calendar().first, panel.calendar().first, 2, true, ""});
  const RiskModel taught = RiskModel::fit({&scores}, told, "samples", short_options());
  EXPECT_TRUE(std::isfinite(taught.at(scores, pair, day, &told).risk));
  const auto says = [&](const std::vector<Onset>& known) {
    std::string all;
    for (const std::string& sentence : explain(model, scores, pair, day, &known)) all += sentence;
    return all.find("nothing is known of threats") != std::string::npos;
  };
  EXPECT_TRUE(says(onsets));
  EXPECT_FALSE(says(told));
}

TEST(Risk, OneDayIsTheRowOfAllDays) {
  const auto& [panel, scores, onsets, model] = fitted();
  const std::vector<PairRisks> all = model.predict(scores, &onsets, 1);
  ASSERT_EQ(all.size(), panel.pairs().size());
  for (const int day : {10, 100, 400, days - 1}) {
    const RiskReading one = model.at(scores, panel.pairs()[2].pair, panel.calendar().first + day, &onsets);
    EXPECT_EQ(one.status, all[2].status[static_cast<std::size_t>(day)]);
    if (day == 10) {
      EXPECT_EQ(one.status, Status::warming_up);
      EXPECT_TRUE(std::isnan(one.risk) && std::isnan(all[2].risk[day]));
      continue;
    }
    EXPECT_EQ(one.risk, all[2].risk[day]);
    EXPECT_EQ(one.interval.low, all[2].low[day]);
    EXPECT_EQ(one.interval.high, all[2].high[day]);
  }
}

TEST(Risk, AnotherFutureChangesNoEarlierPrediction) {
  const auto& [panel, scores, onsets, model] = fitted();
  const CountPanel other = sample_panel(99);
  const std::int32_t last = 350;
  // The days after the 350th are those of another panel, and so are the onsets.
  CountTable table = panel.until(panel.calendar().first + last).to_table();
  const CountTable later = other.to_table();
  ASSERT_EQ(later.actors, table.actors);
  for (std::size_t i = 0; i < later.size(); ++i) {
    if (later.dates[i] - panel.calendar().first <= last) continue;
    table.dates.push_back(later.dates[i]);
    table.sources.push_back(later.sources[i]);
    table.targets.push_back(later.targets[i]);
    for (std::size_t c = 0; c < column_count; ++c) {
      if (!table.values[c].empty()) table.values[c].push_back(later.values[c][i]);
    }
  }
  const Scores shuffled = score(CountPanel::from_table(table), Config{}, {.intervals = Intervals::none, .threads = 1});
  std::vector<Onset> known;
  for (const Onset& onset : onsets) {
    if (onset.first - panel.calendar().first <= last) known.push_back(onset);
  }
  known.push_back(
      {panel.pairs()[0].pair, panel.calendar().first + (last + 3), panel.calendar().first + (last + 3), 4, true, ""});
  const std::vector<PairRisks> before = model.predict(scores, &onsets, 1);
  const std::vector<PairRisks> after = model.predict(shuffled, &known, 1);
  bool has_changed_later = false;
  for (std::size_t pair = 0; pair < before.size(); ++pair) {
    for (std::int32_t day = 60; day < days; ++day) {
      if (day <= last) {
        EXPECT_EQ(before[pair].risk[day], after[pair].risk[day]);
      } else {
        has_changed_later |= before[pair].risk[day] != after[pair].risk[day];
      }
    }
  }
  EXPECT_TRUE(has_changed_later);
}

TEST(Risk, ThreadsChangeNothing) {
  const auto& [panel, scores, onsets, model] = fitted();
  RiskModel::Options options = short_options();
  options.threads = 4;
  EXPECT_EQ(RiskModel::fit({&scores}, onsets, "samples", options).to_json(), model.to_json());
  const std::vector<PairRisks> one = model.predict(scores, &onsets, 1);
  const std::vector<PairRisks> four = model.predict(scores, &onsets, 4);
  for (std::size_t pair = 0; pair < one.size(); ++pair) {
    EXPECT_TRUE((one[pair].risk.tail(400).array() == four[pair].risk.tail(400).array()).all());
  }
}

TEST(Risk, TheOrderOfTheOnsetsChangesNothing) {
  const auto& [panel, scores, onsets, model] = fitted();
  const std::vector<Onset> reversed(onsets.rbegin(), onsets.rend());
  EXPECT_EQ(RiskModel::fit({&scores}, reversed, "samples", short_options()).to_json(), model.to_json());
}

// The same line, computed from the outside: each third of the pairs is predicted by a model of the other two, and the
// calibrated log-odds of these predictions need no further line.
TEST(Risk, TheCalibrationLineMakesPairsThatWereLeftOutRight) {
  const auto& [panel, scores, onsets, model] = fitted();
  metrics::Labels labels;
  std::vector<double> risks;
  for (int fold = 0; fold < 3; ++fold) {
    std::vector<Pair> kept;
    for (std::size_t i = 0; i < panel.pairs().size(); ++i) {
      if (static_cast<int>(i % 3) != fold) kept.push_back(panel.pairs()[i].pair);
    }
    const Scores others = score(panel.select(kept), Config{}, {.intervals = Intervals::none, .threads = 1});
    const RiskModel part = RiskModel::fit({&others}, onsets, "part", short_options());
    const RiskFeatures features = risk_features(scores, short_options());
    for (std::size_t i = 0; i < panel.pairs().size(); ++i) {
      if (static_cast<int>(i % 3) != fold) continue;
      const RiskFeatureTable table = features.of(i, &onsets);
      std::vector<Onset> own;
      for (const Onset& onset : onsets) {
        if (onset.pair == table.pair) own.push_back(onset);
      }
      LabelOptions wanted;
      wanted.horizon_days = 10;
      wanted.quiet_days = 3;
      wanted.warm_up_days = 0;
      const PairLabels truth = label_days(own, {}, panel.calendar(), wanted);
      for (std::size_t day = 0; day < days; ++day) {
        if (table.status[day] != Status::ok || truth.labels[day] == PairLabels::unknown) continue;
        double logit = part.events().intercept;
        for (const RiskEquation::Term& term : part.events().terms) {
          const double value = table.values(static_cast<Eigen::Index>(day), static_cast<Eigen::Index>(term.feature));
          logit += term.coefficient * (value - term.mean) / term.spread;
        }
        labels.push_back(truth.labels[day]);
        risks.push_back(logistic(model.events().calibration_intercept + model.events().calibration_slope * logit));
      }
    }
  }
  ASSERT_GT(model.events().calibration_slope, 0);
  const Eigen::Map<const Eigen::VectorXd> values(risks.data(), static_cast<Eigen::Index>(risks.size()));
  EXPECT_EQ(static_cast<std::int64_t>(labels.size()), model.training().days);
  const metrics::Line line = metrics::reliability_line(labels, values);
  EXPECT_NEAR(line.slope, 1, 1e-4);
  EXPECT_NEAR(line.intercept, 0, 1e-4);
  EXPECT_NEAR(metrics::auc(labels, values), model.events().held_out.auc, 1e-9);
}

TEST(Risk, JsonRoundTripsBitForBit) {
  const auto& [panel, scores, onsets, model] = fitted();
  const RiskModel read = RiskModel::from_json(model.to_json());
  EXPECT_EQ(read.to_json(), model.to_json());
  EXPECT_EQ(read.hash(), model.hash());
  EXPECT_EQ(read.training(), model.training());
  EXPECT_EQ(read.at(scores, panel.pairs()[0].pair, panel.calendar().last, &onsets).risk,
            model.at(scores, panel.pairs()[0].pair, panel.calendar().last, &onsets).risk);
}

std::string message_of(const std::string& document) {
  try {
    (void)RiskModel::from_json(document);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

std::string with(std::string document, const std::string& found, const std::string& put) {
  const std::size_t place = document.find(found);
  EXPECT_NE(place, std::string::npos) << found;
  return document.replace(place, found.size(), put);
}

TEST(Risk, ReadsDocumentsStrictly) {
  const std::string document = fitted().model.to_json();
  EXPECT_EQ(message_of(document), "");
  const auto says = [&](const std::string& found, const std::string& put, const std::string& words) {
    const std::string message = message_of(with(document, found, put));
    EXPECT_NE(message.find(words), std::string::npos) << message;
  };
  says("tocsin.risk", "tocsin.phase", "/schema");
  says("\"schema_version\": 1", "\"schema_version\": 2", "/schema_version");
  says("\"horizon_days\": 10", "\"horizon_days\": 11", "changed or cut");
  says("\"horizon_days\": 10", "\"horizon_days\": 10, \"extra\": 1", "extra");
  says("force_days_60", "force_days_61", "/body/events/terms/0/feature");
  says("force_days_60", "onsets_3650", "needs onsets");
  EXPECT_NE(message_of("{}"), "");
  EXPECT_NE(message_of("nothing"), "");
}

TEST(Risk, TheHashIsOfWhatPredictionsDependOn) {
  const auto& [panel, scores, onsets, model] = fitted();
  EXPECT_EQ(RiskModel::fit({&scores}, onsets, "the same, called otherwise", short_options()).hash(), model.hash());
  RiskModel::Options options = short_options();
  options.ridge = 6;
  EXPECT_NE(RiskModel::fit({&scores}, onsets, "samples", options).hash(), model.hash());
}

TEST(Risk, RefusesWhatItCannotLearnFrom) {
  const auto& [panel, scores, onsets, model] = fitted();
  EXPECT_THROW((void)RiskModel::fit({}, onsets, "none", short_options()), InputError);
  EXPECT_THROW((void)RiskModel::fit({&scores}, {}, "no onset", short_options()), InputError);
  RiskModel::Options options = short_options();
  options.folds = 1;
  EXPECT_THROW((void)RiskModel::fit({&scores}, onsets, "one fold", options), InputError);
  const Scores document = scores_from_json(to_json(scores));
  EXPECT_THROW((void)RiskModel::fit({&document}, onsets, "no counts", short_options()), InputError);
  EXPECT_THROW((void)model.predict(document), InputError);
  EXPECT_THROW((void)model.at(scores, Pair{"A", "B"}, panel.calendar().first), InputError);
  EXPECT_THROW((void)model.at(scores, panel.pairs()[0].pair, panel.calendar().last + 1), InputError);
}

TEST(Risk, WithFewerPairsThanFoldsThereIsNoCalibration) {
  const auto& [panel, scores, onsets, model] = fitted();
  RiskModel::Options options = short_options();
  options.folds = 13;
  const RiskModel other = RiskModel::fit({&scores}, onsets, "samples", options);
  EXPECT_EQ(other.events().calibration_slope, 1);
  EXPECT_EQ(other.events().calibration_intercept, 0);
  EXPECT_TRUE(std::isnan(other.events().held_out.auc));
  EXPECT_EQ(RiskModel::from_json(other.to_json()).to_json(), other.to_json());
}

TEST(Risk, TheShippedModelSaysWhatItWasFittedTo) {
  const RiskModel& model = RiskModel::shipped();
  EXPECT_NE(model.training().description.find("KEDS"), std::string::npos);
  EXPECT_EQ(model.options().horizon_days, 30);
  EXPECT_GT(model.training().pairs, 50);
  EXPECT_LT(model.training().base_rate(), 0.02);
  EXPECT_GT(model.with_onsets().held_out.auc, model.events().held_out.auc);
}

TEST(Risk, TheExplanationGivesTheChanceAndItsReasons) {
  const auto& [panel, scores, onsets, model] = fitted();
  const std::vector<std::string> sentences =
      explain(model, scores, panel.pairs()[0].pair, panel.calendar().last, &onsets);
  EXPECT_NE(sentences.front().find("The chance that force is used between A0000-B0000 within 10 days"),
            std::string::npos);
  EXPECT_NE(sentences.front().find("on an average pair-day of the training regions"), std::string::npos);
  EXPECT_NE(sentences.back().find("samples"), std::string::npos);
  const std::vector<std::string> early = explain(model, scores, panel.pairs()[0].pair, panel.calendar().first);
  ASSERT_EQ(early.size(), 1);
  EXPECT_NE(early.front().find("fewer than 60 days have been collected"), std::string::npos);
}

}  // namespace
}  // namespace tocsin
