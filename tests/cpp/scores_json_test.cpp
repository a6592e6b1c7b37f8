#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "json.hpp"
#include "sample_panels.hpp"
#include "tocsin/error.hpp"
#include "tocsin/scores.hpp"

namespace tocsin {
namespace {

Scores sample(Intervals intervals = Intervals::all) {
  Config config;
  config.draws = 50;
  config.weights = {0.3, 0.1, 0.2, 0.15, 0.25};
  CountPanel panel = CountPanel::from_table(samples::random_table(
      1, {.pairs = 3, .days = 50, .share_of_missing_cells = 0.05, .share_of_missing_days = 0.05, .has_extras = true}));
  panel.set_provenance({"cameo", "1.1b3", "abc", "one_a_day", "role"});
  return score(panel, config, {.intervals = intervals, .threads = 1});
}

// The document of `sample()`, made once.
const std::string& document() {
  static const std::string text = to_json(sample());
  return text;
}

std::string fault_of(const std::string& text) {
  try {
    (void)scores_from_json(text);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no fault";
}

// The fault of the document after a change at one place.
template <class Change>
std::string fault_after(const Change& change) {
  Json json = Json::parse(document());
  change(json);
  return fault_of(json.dump());
}

bool same_bits(double a, double b) {
  return a == b ? std::signbit(a) == std::signbit(b) : std::isnan(a) && std::isnan(b);
}

TEST(ScoresJson, EveryValueComesBackBitForBit) {
  const Scores before = sample();
  const Scores after = scores_from_json(document());
  ASSERT_EQ(after.pairs(), before.pairs());
  for (const Pair& pair : before.pairs()) {
    const PairScores a = before.of(pair);
    const PairScores b = after.of(pair);
    EXPECT_EQ(a.status, b.status);
    ASSERT_EQ(a.values.rows(), b.values.rows());
    for (Eigen::Index i = 0; i < a.values.size(); ++i) ASSERT_TRUE(same_bits(a.values(i), b.values(i))) << "cell " << i;
  }
}

TEST(ScoresJson, WhatTheScoresWereMadeFromComesBackToo) {
  const Scores before = sample();
  const Scores after = scores_from_json(document());
  EXPECT_EQ(after.config(), before.config());
  EXPECT_EQ(after.calendar(), before.calendar());
  EXPECT_EQ(after.signals(), before.signals());
  EXPECT_EQ(after.provenance(), before.provenance());
  EXPECT_EQ(after.intervals(), Intervals::all);
  EXPECT_EQ(after.by_score(), before.by_score());
}

TEST(ScoresJson, WritingWhatWasReadGivesTheSameBytes) { EXPECT_EQ(to_json(scores_from_json(document())), document()); }

TEST(ScoresJson, TheDocumentDoesNotDependOnTheNumberOfThreads) {
  Config config;
  config.draws = 20;
  const CountPanel panel = CountPanel::from_table(samples::random_table(2, {.pairs = 20, .days = 20}));
  EXPECT_EQ(to_json(score(panel, config, {.intervals = Intervals::latest, .threads = 1})),
            to_json(score(panel, config, {.intervals = Intervals::latest, .threads = 4})));
}

TEST(ScoresJson, MissingValuesAreNullAndColumnsWithoutAnyAreLeftOut) {
  const Json json = Json::parse(to_json(sample(Intervals::latest)));
  const Json& columns = json["pairs"][0]["columns"];
  EXPECT_TRUE(columns["score_low"].front().is_null()) << "intervals are of the last day only";
  EXPECT_TRUE(columns["score_low"].back().is_number());
  EXPECT_FALSE(columns.contains("attention_share")) << "the table has no column total";
}

TEST(ScoresJson, IntervalsComeFromTheDocumentAndNotFromANewComputation) {
  const Scores after = scores_from_json(to_json(sample(Intervals::latest)));
  const ScoreRow first = after.at(after.pairs()[0], after.calendar().first);
  EXPECT_TRUE(std::isnan(first[ScoreColumn::score_low]));
}

TEST(ScoresJson, NamesWithQuotesDashesAndLettersBeyondAsciiComeBack) {
  CountTable table = samples::random_table(3, {.pairs = 1, .days = 5});
  table.actors = {"Côte \"d'Ivoire\"\\", "A-B\n"};
  const CountPanel panel = CountPanel::from_table(table);
  const Scores after = scores_from_json(to_json(score(panel, {}, {.intervals = Intervals::none, .threads = 1})));
  EXPECT_EQ(after.pairs(), std::vector<Pair>{Pair::of(table.actors[0], table.actors[1])});
}

TEST(ScoresJson, StopsBetweenPairsWhenItIsAskedTo) {
  // Pairs are written 64 at a time, faster than a control that is asked every 50 ms would notice.
  Config config;
  config.draws = 20;
  const CountPanel panel = CountPanel::from_table(samples::random_table(4, {.pairs = 200, .days = 10}));
  const Scores scores = score(panel, config, {.intervals = Intervals::none, .threads = 1});
  std::size_t written = 0;
  const RunControl control{[&] { return written > 0; }, [&](std::size_t done, std::size_t) { written = done; }};
  EXPECT_THROW((void)to_json(scores, control), Cancelled);
  EXPECT_EQ(written, 64U);
}

TEST(ScoresJsonFaults, AnotherVersion) {
  EXPECT_EQ(fault_after([](Json& json) { json["schema_version"] = 2; }),
            "scores document /schema_version: holds 2, this version of tocsin reads 1");
  EXPECT_NE(fault_after([](Json& json) { json["schema_version"] = "1"; }).find("/schema_version"), std::string::npos);
}

TEST(ScoresJsonFaults, AnotherSchema) {
  EXPECT_EQ(fault_after([](Json& json) { json["schema"] = "tocsin.monitor"; }),
            "scores document /schema: holds \"tocsin.monitor\", expected \"tocsin.scores\"");
}

TEST(ScoresJsonFaults, EveryKeyOfTheDocumentIsNeeded) {
  for (const char* key :
       {"schema", "schema_version", "config", "intervals", "provenance", "calendar", "signals", "pairs"}) {
    EXPECT_EQ(fault_after([&](Json& json) { json.erase(key); }),
              std::string{"scores document /"} + key + ": is missing");
  }
  for (const char* key : {"pair", "status", "columns"}) {
    EXPECT_EQ(fault_after([&](Json& json) { json["pairs"][1].erase(key); }),
              std::string{"scores document /pairs/1/"} + key + ": is missing");
  }
}

TEST(ScoresJsonFaults, AColumnOrStatusOfAnotherLength) {
  EXPECT_EQ(fault_after([](Json& json) { json["pairs"][1]["columns"]["score"].push_back(1); }),
            "scores document /pairs/1/columns/score: expected a list of 50 values, one a day");
  EXPECT_EQ(fault_after([](Json& json) { json["pairs"][0]["status"].erase(0); }),
            "scores document /pairs/0/status: expected a list of 50 values, one a day");
  EXPECT_NE(
      fault_after([](Json& json) { json["calendar"]["last"] = "2025-12-31"; }).find("expected a list of 365 values"),
      std::string::npos);
}

TEST(ScoresJsonFaults, ValuesOfAnotherType) {
  EXPECT_EQ(fault_after([](Json& json) { json["pairs"][0]["columns"]["score"][3] = "12"; }),
            "scores document /pairs/0/columns/score/3: holds \"\"12\"\", expected a number");
  EXPECT_NE(fault_after([](Json& json) { json["pairs"][0]["columns"]["score"] = 12; }).find("/pairs/0/columns/score"),
            std::string::npos);
  EXPECT_NE(fault_after([](Json& json) { json["pairs"] = 12; }).find("/pairs"), std::string::npos);
  EXPECT_NE(fault_after([](Json& json) { json["calendar"]["first"] = "1.1.2025"; }).find("/calendar/first"),
            std::string::npos);
}

TEST(ScoresJsonFaults, UnknownNames) {
  EXPECT_EQ(fault_after([](Json& json) { json["pairs"][0]["status"][0] = "fine"; }),
            "scores document /pairs/0/status/0: is not a known status");
  EXPECT_EQ(
      fault_after([](Json& json) { json["pairs"][0]["columns"]["scores"] = json["pairs"][0]["columns"]["score"]; }),
      "scores document /pairs/0/columns/scores: is not a known column");
  EXPECT_EQ(fault_after([](Json& json) { json["signals"][0] = "exposure"; }),
            "scores document /signals: \"exposure\" is not a signal");
  EXPECT_EQ(fault_after([](Json& json) { json["intervals"] = "some"; }),
            "scores document /intervals: expected none, latest or all");
}

TEST(ScoresJsonFaults, PairsOutOfOrderOrTwice) {
  EXPECT_EQ(fault_after([](Json& json) { std::swap(json["pairs"][0], json["pairs"][1]); }),
            "scores document /pairs/1/pair: pairs are not in ascending order");
  EXPECT_NE(fault_after([](Json& json) { json["pairs"][1] = json["pairs"][0]; }).find("not in ascending order"),
            std::string::npos);
}

TEST(ScoresJsonFaults, APairThatIsNotOne) {
  EXPECT_EQ(fault_after([](Json& json) { std::swap(json["pairs"][0]["pair"][0], json["pairs"][0]["pair"][1]); }),
            "scores document /pairs/0/pair: expected two actors in alphabetical order");
  EXPECT_EQ(fault_after([](Json& json) { json["pairs"][0]["pair"][1] = json["pairs"][0]["pair"][0]; }),
            "scores document /pairs/0/pair: expected two actors in alphabetical order");
  EXPECT_NE(fault_after([](Json& json) { json["pairs"][0]["pair"] = "A-B"; }).find("/pairs/0/pair"), std::string::npos);
}

TEST(ScoresJsonFaults, AConfigurationThatNobodyCouldHaveUsed) {
  EXPECT_EQ(fault_after([](Json& json) { json["config"]["draws"] = 0; }),
            "scores document: configuration /draws: holds 0, expected a whole number from 20 to 1000000");
  EXPECT_EQ(fault_after([](Json& json) { json["config"].erase("seed"); }), "scores document /config/seed: is missing");
}

TEST(ScoresJsonFaults, ACalendarBackwards) {
  EXPECT_EQ(fault_after([](Json& json) { json["calendar"]["last"] = "2024-12-31"; }),
            "scores document /calendar: ends before it begins");
}

TEST(ScoresJsonFaults, ADuplicateKey) {
  std::string text = document();
  text.insert(1, "\"schema\":\"tocsin.scores\",");
  EXPECT_EQ(fault_of(text), "scores document /schema: stands twice; keep one of them");
}

TEST(ScoresJsonFaults, ADocumentThatIsCutOff) {
  for (const std::size_t kept : {std::size_t{0}, std::size_t{1}, document().size() / 2, document().size() - 1}) {
    EXPECT_NE(fault_of(document().substr(0, kept)).find("cannot be read as JSON"), std::string::npos) << kept;
  }
}

TEST(ScoresJsonFaults, SomethingElseAltogether) {
  EXPECT_EQ(fault_of("[]"), "scores document is not an object");
  EXPECT_EQ(fault_of("{}"), "scores document /schema: is missing");
}

}  // namespace
}  // namespace tocsin
