#include "tocsin/explain.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <regex>
#include <string>
#include <vector>

#include "sample_panels.hpp"
#include "story.hpp"
#include "tocsin/error.hpp"
#include "wording.hpp"

namespace tocsin {
namespace {

using samples::first_day;
using samples::ind_pak;
using samples::not_collected;
using samples::Story;
using samples::war;

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(Explain, TheFirstSentenceHoldsTheScoreItsIntervalAndItsScale) {
  const Scores scores = war().scores();
  const ScoreRow row = scores.at(ind_pak, first_day + 390);
  const std::string expected = "IND-PAK scores " + std::to_string(std::lround(row[ScoreColumn::score])) +
                               " of 100 on 26 January 2026 (90 % interval " +
                               std::to_string(std::lround(row[ScoreColumn::score_low])) + "-" +
                               std::to_string(std::lround(row[ScoreColumn::score_high])) +
                               "), where 0 is a silent pair and 100 has every part at its goalpost.";
  EXPECT_EQ(explain(scores, ind_pak, first_day + 390).front(), expected);
}

TEST(Explain, AnOkDayCarriesNoReservationAboutItsStatus) {
  const std::string text = war().on(390);
  for (const char* reservation :
       {"warming up", "provisional", "Nothing was collected", "There is no score", "first guess"}) {
    EXPECT_FALSE(holds(text, reservation)) << reservation;
  }
}

TEST(Explain, RatesAreGivenWithTheirIntervalAndWhatIsUsual) {
  const ScoreRow row = war().scores().at(ind_pak, first_day + 390);
  EXPECT_TRUE(holds(war().on(390),
                    "Hostile acts are running at " + wording::number(row[ScoreColumn::hostile_rate]) + " a day" +
                        wording::range({row[ScoreColumn::hostile_rate_low], row[ScoreColumn::hostile_rate_high]}) +
                        ", against " + wording::number(row[ScoreColumn::hostile_rate_slow]) + " a day as usual"));
}

TEST(Explain, ATrendHasItsIntervalAndItsProbability) {
  const ScoreRow row = war().scores().at(ind_pak, first_day + 371);
  const std::string trend =
      "The last 7 days are " + wording::doublings(row[ScoreColumn::rate_ratio_log2]) + " the 28 days before them" +
      wording::range({row[ScoreColumn::rate_ratio_log2_low], row[ScoreColumn::rate_ratio_log2_high]});
  const std::string text = war().on(371);
  EXPECT_TRUE(holds(text, trend)) << text;
  EXPECT_TRUE(holds(text, "probability of a real increase over 99 %.")) << text;
}

TEST(Explain, FewRecentActsAreNotCalledATrend) {
  // Four acts in the last week after a silent year: a ratio of many doublings, made of four acts.
  const std::string text = Story(400).acts(395, Signal::rhetoric, 4).on(397);
  EXPECT_TRUE(holds(text, "Fewer than 5 hostile acts in the last 7 days are too few to speak of a trend."));
  for (const char* claim : {"doubling", "probability", "outgrown"}) EXPECT_FALSE(holds(text, claim)) << text;
}

TEST(Explain, FiveRecentActsAreEnough) {
  EXPECT_TRUE(holds(Story(400).acts(395, Signal::rhetoric, 5).on(397), "doublings above"));
}

TEST(Explain, NoTrendIsGivenBeforeBothWindowsAreFull) {
  const Story story = Story(100).daily(0, 99, Signal::rhetoric, 2);
  EXPECT_TRUE(holds(story.on(10),
                    "No trend is given yet: the last 7 days are compared with the 28 days before them, and only 11 "
                    "days have been collected."));
  EXPECT_TRUE(holds(story.on(0), "and only 1 day has been collected."));
  EXPECT_TRUE(holds(story.on(33), "and only 34 days have been collected."));
  EXPECT_FALSE(holds(story.on(34), "No trend is given yet"));
}

TEST(Explain, WhileItWarmsUpTheScoreIsASketch) {
  const std::string text = war().on(10);
  EXPECT_TRUE(holds(
      text,
      "The score is still warming up: it rests on 11 collected days of the 60 that it needs, so take it as a sketch."));
  EXPECT_TRUE(holds(text, "a day as a first guess at what is usual here."));
  EXPECT_FALSE(holds(text, "half-year"));
  EXPECT_TRUE(holds(war().on(0), "it rests on 1 collected day of the 60"));
}

TEST(Explain, ABusyDayInAShortRecordIsNotCalledRare) {
  const std::string text = Story(100).acts(20, Signal::military, 30).on(20);
  EXPECT_TRUE(holds(
      text,
      "The day is busier than the 21 days collected so far suggest; the record is too short to say how rare that is."));
}

TEST(Explain, ABusyDayInALongRecordIs) {
  const ScoreRow row = war().scores().at(ind_pak, first_day + 365);
  ASSERT_GT(row[ScoreColumn::surprise], 1);
  const bool is_extreme = row[ScoreColumn::surprise] > 6;
  EXPECT_TRUE(holds(war().on(365), is_extreme ? "comes less than once in a million days."
                                              : "comes about once in " + wording::number(std::round(std::pow(
                                                                             10, row[ScoreColumn::surprise])))));
}

TEST(Explain, AnOrdinaryDayIsCalledOrdinary) {
  const std::string text = Story(300).daily(0, 299, Signal::rhetoric, 2).on(290);
  EXPECT_TRUE(holds(text, "The day itself is not unusual: judged by the record so far, "));
  EXPECT_FALSE(holds(text, "comes about once in"));
}

TEST(Explain, TheLastDaysAreProvisional) {
  EXPECT_TRUE(holds(war().on(398), "The day is provisional: reports of the last 2 days still come in."));
  EXPECT_TRUE(holds(war().on(399), "The day is provisional"));
  EXPECT_FALSE(holds(war().on(397), "The day is provisional"));
}

TEST(Explain, AShortGapHoldsTheScoreAndSaysSo) {
  const Story story = Story(150).daily(0, 99, Signal::rhetoric, 2).not_collected_on(100, 109);
  const std::string text = story.on(105);
  EXPECT_TRUE(holds(text,
                    "No hostile count was collected on this day: the score is held from the last day that has one, and "
                    "its interval is wider."));
  EXPECT_FALSE(holds(text, "No hostile act was recorded on the day itself")) << "nobody looked";
}

TEST(Explain, ALongGapHasNoScore) {
  const Story story = Story(150).daily(0, 99, Signal::rhetoric, 2).not_collected_on(100, 140);
  EXPECT_TRUE(
      holds(story.on(140), "There is no score for IND-PAK on 21 May 2025: nothing has been collected for too long."));
}

TEST(Explain, BeforeTheFirstCollectedDayThereIsNothingToSay) {
  const Story story = Story(20).not_collected_on(0, 4).daily(5, 19, Signal::rhetoric, 2);
  EXPECT_EQ(story.on(2), "There is no score for IND-PAK on 3 January 2025: nothing has been collected yet.\n");
}

TEST(Explain, WithoutEnoughSignalsThereIsNoScoreButThereAreIndicators) {
  CountTable table = samples::random_table(
      1, {.pairs = 1, .days = 80, .is_directed = false, .with_mediation = false, .with_punitive = false});
  table.values[index_of(Signal::military)].clear();
  const Scores scores = score(CountPanel::from_table(table), {}, {.intervals = Intervals::latest, .threads = 1});
  const std::vector<std::string> sentences = explain(scores, scores.pairs()[0], scores.calendar().last);
  ASSERT_EQ(scores.latest()[0].status, Status::unscaled);
  EXPECT_TRUE(holds(sentences[0], "There is no score for A0000-B0000 on 21 March 2025: only "));
  EXPECT_TRUE(holds(sentences[0], "of the information that it is made for was collected, and 40 % are needed."));
  EXPECT_TRUE(holds(sentences[1], "Hostile acts are running at")) << sentences[1];
}

TEST(Explain, ASilentPairScoresZeroAndNothingIsClaimedAboutIt) {
  const std::string text = Story(200).on(190);
  EXPECT_EQ(text.substr(0, 34), "IND-PAK scores 0 of 100 on 10 July");
  EXPECT_TRUE(holds(text, "No hostile act was recorded on the day itself."));
  for (const char* claim :
       {"points come from", "ladder", "trend", "doubling", "deeds", "balanced", "spread over", "mediation acts"}) {
    EXPECT_FALSE(holds(text, claim)) << claim << " in:\n" << text;
  }
}

TEST(Explain, TheLadderIsNamedInWords) {
  EXPECT_TRUE(holds(
      war().on(390),
      "The highest step of the ladder that at least 2 events reach in 28 days is limited force (rung 5 of 7), roughly: "
      "counts without codes do not tell steps apart."));
}

TEST(Explain, TheSideThatDoesMoreIsNamed) {
  EXPECT_TRUE(holds(Story(100).daily(0, 99, Signal::rhetoric, 3).daily(0, 99, Signal::rhetoric, 1, false).on(90),
                    "; IND does 75 % of the hostile acts."));
  EXPECT_TRUE(holds(Story(100).daily(0, 99, Signal::rhetoric, 1).daily(0, 99, Signal::rhetoric, 3, false).on(90),
                    "; PAK does 75 % of the hostile acts."));
}

TEST(Explain, DaysAndActsSinceMediationAreSingularWhereTheyAreOne) {
  const auto story = [](int mediated, int acts_on_day_90) {
    return Story(100)
        .daily(70, 80, Signal::rhetoric, 1)
        .acts(mediated, Signal::mediation, 1)
        .acts(90, Signal::rhetoric, acts_on_day_90)
        .on(90);
  };
  EXPECT_TRUE(holds(story(89, 1), "; the last one recorded was 1 day ago, with 1 hostile act since."));
  EXPECT_TRUE(holds(story(88, 2), "; the last one recorded was 2 days ago, with 2 hostile acts since."));
  EXPECT_TRUE(holds(story(88, 0), "; the last one recorded was 2 days ago, with no hostile act since."));
  EXPECT_TRUE(holds(story(90, 1), "; it was recorded on this day."));
  EXPECT_TRUE(holds(story(95, 1), "No mediation has been recorded so far; at most "));
}

TEST(Explain, Regression_AnUnchangedRateIsAChangeOfAboutZero) {
  // One act a week: 1 in 7 days against 4 in the 28 before. It was "+less than 0.01 acts a day".
  Config config;
  config.min_events = 1;
  Story story(200);
  for (int day = 0; day < 200; day += 7) story.acts(day, Signal::rhetoric, 1);
  const std::string text = story.on(190, config);
  EXPECT_TRUE(holds(text, ", a change of about 0 acts a day;")) << text;
}

TEST(Explain, WithoutIntervalsThereAreNone) {
  const Scores scores = war().scores({}, Intervals::none);
  for (const std::string& sentence : explain(scores, ind_pak, first_day + 390)) {
    EXPECT_FALSE(holds(sentence, "interval")) << sentence;
    EXPECT_FALSE(std::regex_search(sentence, std::regex{R"(\([-0-9.]+(-| to )[-0-9.]+( %)?\))"})) << sentence;
  }
}

TEST(Explain, WordsComeFromTheConfiguration) {
  Config config;
  config.recent_days = 3;
  config.baseline_days = 14;
  config.min_events = 20;
  config.warm_up_days = 30;
  config.settle_days = 1;
  const std::string text = Story(60).daily(0, 59, Signal::military, 2).on(59, config);
  EXPECT_TRUE(holds(text, "Fewer than 20 hostile acts in the last 3 days are too few"));
  EXPECT_TRUE(holds(text, "that at least 2 events reach in 14 days"));
  EXPECT_TRUE(holds(text, "reports of the last 1 day still come in."));
}

TEST(Explain, AnUnknownPairOrDayIsRefused) {
  const Scores scores = war().scores();
  EXPECT_THROW((void)explain(scores, Pair{"IND", "PAC"}, first_day), InputError);
  EXPECT_THROW((void)explain(scores, ind_pak, first_day + 400), InputError);
}

// Whatever the panel and the day: whole sentences, no number that is none, no singular of many, and no trend out of few
// acts.
TEST(Explain, SentencesAreWellFormedOnRandomPanels) {
  const std::regex broken(
      R"(\bnan\b|\binf\b|[ (]-0 |  |\+-|\+less|-less|[ (]1 (days|acts|events)\b|[ (](0|[2-9]|\d{2,}) (day|act|event)\b|--)");
  const Config config;
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    const samples::RandomShape shape{.pairs = 1,
                                     .days = 120,
                                     .rate = seed % 2 == 0 ? 0.1 : 1.5,
                                     .share_of_missing_cells = 0.05,
                                     .share_of_missing_days = 0.1,
                                     .has_extras = seed % 3 == 0,
                                     .is_directed = seed != 4};
    const Scores scores = score(CountPanel::from_table(samples::random_table(seed, shape)), config,
                                {.intervals = Intervals::latest, .threads = 1});
    for (int day = 0; day < shape.days; ++day) {
      const ScoreRow row = scores.at(scores.pairs()[0], first_day + day);
      for (const std::string& sentence : explain(scores, scores.pairs()[0], first_day + day)) {
        ASSERT_EQ(sentence.back(), '.') << sentence;
        ASSERT_FALSE(std::regex_search(sentence, broken)) << sentence;
        const bool is_trend = holds(sentence, "doubling");
        ASSERT_FALSE(is_trend && row[ScoreColumn::recent_acts] < config.min_events) << sentence;
      }
    }
  }
}

TEST(Explain, ThePointsOfThePartsSumToTheScore) {
  const Scores scores = war().scores();
  for (int day = 0; day < 400; day += 7) {
    int score = -1;
    int sum = 0;
    for (const std::string& sentence : explain(scores, ind_pak, first_day + day)) {
      std::smatch found;
      if (std::regex_search(sentence, found, std::regex{R"(scores (\d+) of 100)"})) score = std::stoi(found[1]);
      if (!holds(sentence, "Its points come from")) continue;
      const std::regex number(R"( (\d+)[,.])");
      for (std::sregex_iterator part(sentence.begin(), sentence.end(), number), end; part != end; ++part)
        sum += std::stoi((*part)[1]);
    }
    ASSERT_EQ(sum, score) << "day " << day;
  }
}

TEST(MainDriver, IsTheLargestContribution) {
  ScoreRow row;
  row.values.fill(not_collected);
  row[ScoreColumn::intensity] = 3;
  row[ScoreColumn::spread] = 5;
  EXPECT_EQ(main_driver(row), "spread");
}

TEST(MainDriver, IsEmptyWhereThereIsNoScoreOrItIsZero) {
  ScoreRow row;
  row.values.fill(not_collected);
  EXPECT_EQ(main_driver(row), "");
  row.values.fill(0);
  EXPECT_EQ(main_driver(row), "");
}

}  // namespace
}  // namespace tocsin
