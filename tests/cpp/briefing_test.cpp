#include "briefing.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <regex>

#include "score_words.hpp"
#include "story.hpp"
#include "tocsin/error.hpp"
#include "wording.hpp"

namespace tocsin {
namespace {

using samples::first_day;
using samples::ind_pak;
using samples::Story;
using samples::war;

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string briefed(const Story& story, int day, const Config& config = {}) {
  return story.on(day, config, Audience::briefing);
}

TEST(Briefing, SaysWhereThePairStandsAndHowFarChanceCouldMoveIt) {
  const ScoreRow row = war().scores().at(ind_pak, first_day + 390);
  const std::string text = briefed(war(), 390);
  EXPECT_EQ(text.find("IND-PAK stands at " + std::to_string(std::lround(row[ScoreColumn::score])) +
                      " on 26 January 2026, on a scale from 0 (the two do nothing to each other) to 100."),
            0U)
      << text;
  EXPECT_TRUE(holds(text, "could put it anywhere from " + std::to_string(std::lround(row[ScoreColumn::score_low])) +
                              " to " + std::to_string(std::lround(row[ScoreColumn::score_high])) + "."));
}

TEST(Briefing, UsesNoTermOfTheMethod) {
  const std::string all = briefed(war(), 371) + briefed(war(), 390) + briefed(war(), 10);
  for (const char* term : {"doubling", "goalpost", "rung", "momentum", "interval", "reciproc", "phase", "Goldstein",
                           "posterior", "coverage", "warming"}) {
    EXPECT_FALSE(holds(all, term)) << term << " in:\n" << all;
  }
}

TEST(Briefing, IsShorterThanTheAnalystsSentences) {
  const Scores scores = war().scores();
  EXPECT_LE(explain(scores, ind_pak, first_day + 390, Audience::briefing).size(), 8U);
  EXPECT_LT(explain(scores, ind_pak, first_day + 390, Audience::briefing).size(),
            explain(scores, ind_pak, first_day + 390).size());
}

TEST(Briefing, ATrendIsSaidAsTimes) {
  const ScoreRow row = war().scores().at(ind_pak, first_day + 371);
  const double doublings = row[ScoreColumn::rate_ratio_log2];
  const std::string text = briefed(war(), 371);
  const std::string times = doublings > 6 ? "many times" : wording::number(std::exp2(doublings)) + " times (";
  EXPECT_TRUE(holds(text, "The last 7 days brought " + times)) << text;
  EXPECT_TRUE(holds(text, "the probability that things are really getting worse is over 99 %.")) << text;
}

TEST(Briefing, FewRecentActsAreNoTrend) {
  const std::string text = briefed(Story(400).acts(395, Signal::rhetoric, 4), 397);
  EXPECT_FALSE(holds(text, "getting worse")) << text;
}

TEST(Briefing, AYoungRecordIsASketchWithItsDaysCounted) {
  EXPECT_TRUE(holds(briefed(war(), 0), "Take it as a sketch: it needs 60 days of reports, and 1 day is there."));
  EXPECT_TRUE(holds(briefed(war(), 10), "and 11 days are there."));
  EXPECT_FALSE(holds(briefed(war(), 390), "sketch"));
}

TEST(Briefing, ADayInTheDarkSaysSoAndNoMore) {
  const Story story = Story(150).daily(0, 99, Signal::rhetoric, 2).not_collected_on(100, 140);
  EXPECT_EQ(briefed(story, 140),
            "Nothing can be said of how escalated IND-PAK is on 21 May 2025: too little was collected.\n");
  EXPECT_TRUE(holds(briefed(story, 105), "the figure is that of the last day with reports."));
}

TEST(Briefing, MediationIsSingularWhereItIsOne) {
  const auto story = [](int mediated, int acts_on_day_90) {
    return Story(100)
        .daily(70, 80, Signal::rhetoric, 1)
        .acts(mediated, Signal::mediation, 1)
        .acts(90, Signal::rhetoric, acts_on_day_90);
  };
  EXPECT_TRUE(holds(briefed(story(89, 1), 90), "recorded 1 day before; since then there was 1 hostile act."));
  EXPECT_TRUE(holds(briefed(story(88, 2), 90), "recorded 2 days before; since then there were 2 hostile acts."));
  EXPECT_TRUE(holds(briefed(story(88, 0), 90), "since then there were no hostile acts."));
  EXPECT_TRUE(holds(briefed(story(90, 1), 90), "recorded on this day."));
  EXPECT_TRUE(holds(briefed(story(95, 1), 90), "No attempt to mediate has been recorded so far."));
}

TEST(Briefing, EverySentenceKnowsWhatItIsAbout) {
  for (const Audience audience : {Audience::analyst, Audience::briefing}) {
    const std::vector<Sentence> said = sentences(war().scores(), ind_pak, first_day + 390, audience);
    ASSERT_FALSE(said.empty());
    EXPECT_EQ(said.front().topic, Topic::score);
    for (const Sentence& sentence : said) {
      if (holds(sentence.text, "ladder")) {
        EXPECT_EQ(sentence.topic, Topic::ladder) << sentence.text;
      }
      if (holds(sentence.text, "ediation")) {
        EXPECT_TRUE(sentence.topic == Topic::mediation || sentence.topic == Topic::drivers) << sentence.text;
      }
    }
  }
}

TEST(Briefing, SentencesAreWellFormedOnRandomPanels) {
  const std::regex broken(
      R"(\bnan\b|\binf\b|[ (]-0 |  |\+-|[ (]1 (days|acts|events)\b|[ (](0|[2-9]|\d{2,}) (day|act|event)\b|--)");
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    const samples::RandomShape shape{.pairs = 1,
                                     .days = 100,
                                     .rate = seed % 2 == 0 ? 0.1 : 1.5,
                                     .share_of_missing_cells = 0.05,
                                     .share_of_missing_days = 0.1,
                                     .is_directed = seed != 3};
    const Scores scores = score(CountPanel::from_table(samples::random_table(seed, shape)), {},
                                {.intervals = Intervals::latest, .threads = 1});
    for (int day = 0; day < shape.days; ++day) {
      for (const std::string& text : explain(scores, scores.pairs()[0], first_day + day, Audience::briefing)) {
        ASSERT_EQ(text.back(), '.') << text;
        ASSERT_FALSE(std::regex_search(text, broken)) << text;
      }
    }
  }
}

TEST(Headlines, HoldScoreIntervalAndDriverOfTheirDays) {
  const Scores scores = war().scores({}, Intervals::all);
  const std::vector<std::string> said = headlines(scores, ind_pak, {0, 390});
  ASSERT_EQ(said.size(), 2U);
  const ScoreRow row = scores.at(ind_pak, first_day + 390);
  const auto driver = std::find_if(part_columns.begin(), part_columns.end(),
                                   [&](ScoreColumn part) { return name_of(part) == main_driver(row); });
  EXPECT_EQ(said[1], "IND-PAK scores " + std::to_string(std::lround(row[ScoreColumn::score])) +
                         " of 100 on 26 January 2026 (90 % interval " + whole_interval(row) + "), mostly for " +
                         std::string{part_words[static_cast<std::size_t>(driver - part_columns.begin())]} + ".");
}

TEST(Headlines, WithoutAScoreSaySo) {
  const Scores scores = Story(150).daily(0, 99, Signal::rhetoric, 2).not_collected_on(100, 140).scores();
  EXPECT_EQ(headlines(scores, ind_pak, {140}).front(), "IND-PAK has no score on 21 May 2025.");
  EXPECT_THROW((void)headlines(scores, ind_pak, {150}), InputError);
}

TEST(WholeNumbers, SumToTheWholeAndStayNearTheirValues) {
  EXPECT_EQ(whole_numbers({11.4, 8.4, 0, 0.4, 0}, 20), (std::array<int, 5>{12, 8, 0, 0, 0}));
  // -0.1 is nearer to 0 than to -1; the whole is one more than the values round to, and goes to the largest remainder.
  EXPECT_EQ(whole_numbers({2.6, -0.1, 0, 0, 0}, 3), (std::array<int, 5>{3, 0, 0, 0, 0}));
  EXPECT_EQ(whole_numbers({0.5, 0.5, 0.5, 0.5, 0.5}, 0), (std::array<int, 5>{0, 0, 0, 0, 0}));
  EXPECT_EQ(whole_numbers({1, 1, 0, 0, 0}, 1), (std::array<int, 5>{0, 1, 0, 0, 0}));
}

}  // namespace
}  // namespace tocsin
