#include "tocsin/compare.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>
#include <regex>

#include "score_words.hpp"
#include "story.hpp"
#include "tocsin/error.hpp"

namespace tocsin {
namespace {

using samples::first_day;
using samples::ind_pak;
using samples::Story;
using samples::war;

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

Comparison between(const Story& story, int first, int second) {
  return compare(story.scores(), ind_pak, first_day + first, first_day + second);
}

std::string text_of(const Comparison& change) {
  std::string text;
  for (const std::string& sentence : change.sentences) text += sentence + "\n";
  return text;
}

TEST(Compare, ThePartsSumToTheDifferenceBitForBit) {
  const Scores scores = war().scores();
  for (int day = 0; day < 400; day += 13) {
    const Comparison change = compare(scores, ind_pak, first_day + day, first_day + 390);
    double sum = 0;
    for (const double part : change.parts) sum += part;
    ASSERT_EQ(sum, change.difference) << day;
    // Two sums of five numbers up to 100: a few units in the last place of 100.
    ASSERT_NEAR(change.difference, change.to[ScoreColumn::score] - change.from[ScoreColumn::score], 1e-12) << day;
  }
}

TEST(Compare, WholePartsSumToTheDifferenceOfWholeScores) {
  const Scores scores = war().scores();
  for (int day = 0; day < 400; day += 3) {
    const Comparison change = compare(scores, ind_pak, first_day + day, first_day + 385);
    const int sum = std::accumulate(change.whole_parts.begin(), change.whole_parts.end(), 0);
    ASSERT_EQ(sum, std::lround(change.to[ScoreColumn::score]) - std::lround(change.from[ScoreColumn::score])) << day;
    for (std::size_t i = 0; i < part_count; ++i) ASSERT_LT(std::abs(change.whole_parts[i] - change.parts[i]), 1.5);
  }
}

TEST(Compare, TheOtherWayRoundEverySignTurns) {
  const Comparison there = between(war(), 300, 390);
  const Comparison back = between(war(), 390, 300);
  EXPECT_EQ(there.difference, -back.difference);
  for (std::size_t i = 0; i < part_count; ++i) EXPECT_EQ(there.parts[i], -back.parts[i]);
  EXPECT_TRUE(holds(back.sentences[0], " less than on 26 January 2026, when it scored ")) << back.sentences[0];
}

TEST(Compare, ADayWithItselfIsNoDifference) {
  const Comparison change = between(war(), 390, 390);
  EXPECT_EQ(change.difference, 0);
  EXPECT_TRUE(holds(change.sentences[0], "as much as on 26 January 2026")) << change.sentences[0];
  EXPECT_EQ(change.sentences[1], "None of its parts moved by a whole point.");
}

TEST(Compare, TheFirstSentenceHoldsBothScoresAndTheirIntervals) {
  const Comparison change = between(war(), 300, 390);
  const auto whole = [](const ScoreRow& row) { return std::to_string(std::lround(row[ScoreColumn::score])); };
  const long points = std::lround(change.to[ScoreColumn::score]) - std::lround(change.from[ScoreColumn::score]);
  EXPECT_EQ(change.sentences[0], "IND-PAK scores " + whole(change.to) + " of 100 on 26 January 2026 (90 % interval " +
                                     whole_interval(change.to) + "), " + std::to_string(points) +
                                     " points more than on 28 October 2025, when it scored " + whole(change.from) +
                                     " (" + whole_interval(change.from) + ").");
}

TEST(Compare, SaysWhetherChanceMayExplainTheDifference) {
  EXPECT_TRUE(holds(text_of(between(war(), 300, 390)), "The two intervals lie apart"));
  const Comparison small = between(war(), 389, 390);
  const bool overlaps = small.from[ScoreColumn::score_high] >= small.to[ScoreColumn::score_low] &&
                        small.to[ScoreColumn::score_high] >= small.from[ScoreColumn::score_low];
  ASSERT_TRUE(overlaps);
  if (small.whole_parts != std::array<int, part_count>{} && std::lround(small.difference) != 0) {
    EXPECT_TRUE(holds(text_of(small), "The two intervals overlap"));
  }
}

TEST(Compare, WhatTheScoreCouldNotUseOnOneOfTheDaysIsSaid) {
  // The tempo needs seven days before its week: half of the momentum group, a tenth of the score, is missing on day 5.
  const Story story = Story(60).daily(0, 15, Signal::rhetoric, 1).daily(16, 59, Signal::military, 5);
  const Comparison change = between(story, 5, 20);
  ASSERT_NEAR(change.to[ScoreColumn::coverage] - change.from[ScoreColumn::coverage], 0.1, 1e-9);
  EXPECT_TRUE(holds(text_of(change), " of the information that it is made for on 6 January 2025 and "))
      << text_of(change);
  EXPECT_TRUE(holds(text_of(change), "Both scores are sketches, because fewer than 60 days had been collected."));
  EXPECT_FALSE(holds(text_of(between(story, 20, 25)), "of the information")) << "nothing came or went";
}

TEST(Compare, WithoutAScoreThereIsNothingToCompare) {
  const Story story = Story(150).daily(0, 99, Signal::rhetoric, 2).not_collected_on(100, 140);
  const Comparison change = between(story, 90, 140);
  EXPECT_TRUE(std::isnan(change.difference));
  for (const double part : change.parts) EXPECT_TRUE(std::isnan(part));
  EXPECT_EQ(text_of(change), "There is no score for IND-PAK on 21 May 2025, so there is nothing to compare.\n");
  EXPECT_TRUE(holds(text_of(between(story, 139, 140)), "on 20 May 2025 and 21 May 2025, so"));
}

TEST(Compare, ADayThatIsNotThereIsRefusedWithTheNearest) {
  const Scores scores = war().scores();
  try {
    (void)compare(scores, ind_pak, first_day, first_day + 400);
    FAIL() << "was not refused";
  } catch (const InputError& error) {
    EXPECT_TRUE(holds(error.what(), "(nearest: 2026-02-04)")) << error.what();
  }
  EXPECT_THROW((void)compare(scores, Pair{"IND", "PAC"}, first_day, first_day), InputError);
}

TEST(Compare, SentencesAreWellFormedOnRandomPanels) {
  const std::regex broken(
      R"(\bnan\b|\binf\b|[ (]-0 |  |\+-|[ (]1 (days|acts|points)\b|[ (](0|[2-9]|\d{2,}) (day|act|point)\b|--)");
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    const samples::RandomShape shape{.pairs = 1,
                                     .days = 100,
                                     .rate = seed % 2 == 0 ? 0.1 : 1.5,
                                     .share_of_missing_cells = 0.05,
                                     .share_of_missing_days = 0.1,
                                     .is_directed = seed != 3};
    const Scores scores = score(CountPanel::from_table(samples::random_table(seed, shape)), {},
                                {.intervals = Intervals::latest, .threads = 1});
    for (int day = 0; day + 7 < shape.days; ++day) {
      for (const std::string& text :
           compare(scores, scores.pairs()[0], first_day + day, first_day + (day + 7)).sentences) {
        ASSERT_EQ(text.back(), '.') << text;
        ASSERT_FALSE(std::regex_search(text, broken)) << text;
      }
    }
  }
}

}  // namespace
}  // namespace tocsin
