#include "tocsin/labels.hpp"

#include <gtest/gtest.h>

#include "tocsin/error.hpp"

namespace tocsin {
namespace {

constexpr Calendar calendar{Day{10000}, Day{10199}};
constexpr std::int8_t unknown = PairLabels::unknown;

Onset event(int first, int last, int level = 4) {
  Onset onset;
  onset.pair = Pair::of("A", "B");
  onset.first = calendar.first + first;
  onset.last = calendar.first + last;
  onset.level = level;
  return onset;
}

LabelOptions options(int horizon = 10, int quiet = 20, int warm_up = 5) {
  LabelOptions chosen;
  chosen.horizon_days = horizon;
  chosen.quiet_days = quiet;
  chosen.warm_up_days = warm_up;
  // The source speaks of the days around the calendar too, unless a test says otherwise.
  chosen.covered = Calendar{calendar.first + -1000, calendar.last + 1000};
  return chosen;
}

std::vector<std::int8_t> labels(const std::vector<Onset>& events, const LabelOptions& chosen) {
  return label_days(events, {}, calendar, chosen).labels;
}

TEST(Labels, TheDaysOfTheHorizonBeforeAnOnsetArePositive) {
  const auto found = labels({event(100, 100)}, options());
  for (std::size_t t = 5; t < 90; ++t) EXPECT_EQ(found[t], 0) << t;
  for (std::size_t t = 90; t < 100; ++t) EXPECT_EQ(found[t], 1) << t;
  for (std::size_t t = 100; t <= 120; ++t) EXPECT_EQ(found[t], unknown) << t;
  for (std::size_t t = 121; t < 200; ++t) EXPECT_EQ(found[t], 0) << t;
}

TEST(Labels, WarmUpAndDaysThatTheSourceDoesNotCoverAreUnknown) {
  LabelOptions chosen = options();
  chosen.covered = {};
  const auto found = labels({event(100, 100)}, chosen);
  // The calendar is taken for covered: 20 quiet days before, 10 of the horizon after.
  EXPECT_EQ(found[19], unknown);
  EXPECT_EQ(found[20], 0);
  EXPECT_EQ(found[189], 0);
  EXPECT_EQ(found[190], unknown);
  EXPECT_EQ(labels({}, options())[4], unknown);
  EXPECT_EQ(labels({}, options())[5], 0);
}

TEST(Labels, QuietDaysAreCountedFromTheBeginningOrFromTheEnd) {
  EXPECT_EQ(labels({event(100, 130)}, options())[121], 0);
  LabelOptions chosen = options();
  chosen.is_quiet_after_end = true;
  const auto found = labels({event(100, 130)}, chosen);
  EXPECT_EQ(found[130], unknown);
  EXPECT_EQ(found[150], unknown);
  EXPECT_EQ(found[151], 0);
}

TEST(Labels, AnOnsetThatFollowsAnotherTooSoonIsNone) {
  const auto result = label_days({event(100, 100), event(110, 110), event(140, 140)}, {}, calendar, options());
  EXPECT_EQ(result.onsets, (std::vector<std::int32_t>{100, 140}));
  EXPECT_EQ(result.labels[105], unknown);
  EXPECT_EQ(result.labels[130], unknown);
  EXPECT_EQ(result.labels[131], 1);
}

TEST(Labels, AnEventOfAnUnknownDayMakesNoDayPositiveAndNoneCalm) {
  Onset vague = event(100, 130);
  vague.uncertain_days = 30;
  const auto result = label_days({vague}, {}, calendar, options());
  EXPECT_TRUE(result.onsets.empty());
  EXPECT_EQ(result.labels[89], 0);
  for (std::size_t t = 90; t <= 150; ++t) EXPECT_EQ(result.labels[t], unknown) << t;
  EXPECT_EQ(result.labels[151], 0);
}

TEST(Labels, EventsBelowTheLevelDoNotCountAndThoseWithoutOneDo) {
  EXPECT_EQ(labels({event(100, 100, 3)}, options())[95], 0);
  EXPECT_EQ(labels({event(100, 100, 0)}, options())[95], 1);
  EXPECT_EQ(labels({event(100, 100, 5)}, options())[95], 1);
}

TEST(Labels, EventsBeforeTheCalendarAreRememberedOnItsFirstDays) {
  const auto result = label_days({event(-3, -1)}, {}, calendar, options(10, 20, 0));
  EXPECT_EQ(result.labels[0], unknown);
  EXPECT_EQ(result.labels[17], unknown);
  EXPECT_EQ(result.labels[18], 0);
  EXPECT_EQ(result.days_since[0], 1);
  EXPECT_EQ(result.days_since[10], 11);
  EXPECT_EQ(label_days({}, {}, calendar, options()).days_since[3], PairLabels::never);
}

TEST(Labels, OnsetsAfterTheCalendarStillMakeItsLastDaysPositive) {
  const auto result = label_days({event(204, 204)}, {}, calendar, options());
  EXPECT_EQ(result.labels[193], 0);
  EXPECT_EQ(result.labels[194], 1);
  EXPECT_EQ(result.labels[199], 1);
}

TEST(Labels, DaysSinceTheLastEventAreKnownOnTheDayItself) {
  const auto with = label_days({event(50, 52), event(150, 150)}, {}, calendar, options());
  const auto without = label_days({event(50, 52)}, {}, calendar, options());
  for (std::size_t t = 0; t < 150; ++t) EXPECT_EQ(with.days_since[t], without.days_since[t]) << t;
  EXPECT_EQ(with.days_since[52], 0);
  EXPECT_EQ(with.days_since[149], 97);
  EXPECT_EQ(with.days_since[150], 0);
}

TEST(Labels, ACrisisIsPositiveFromItsFirstToItsLastDay) {
  LabelOptions chosen = options();
  chosen.target = Target::crisis;
  Onset allies = event(120, 140);
  allies.are_adversaries = false;
  const auto result = label_days({event(100, 130, 0), allies}, {}, calendar, chosen);
  EXPECT_EQ(result.labels[99], 0);
  EXPECT_EQ(result.labels[100], 1);
  EXPECT_EQ(result.labels[130], 1);
  EXPECT_EQ(result.labels[131], unknown);
  EXPECT_EQ(result.labels[140], unknown);
  EXPECT_EQ(result.labels[141], 0);
  EXPECT_EQ(result.labels[4], unknown);
  EXPECT_EQ(result.onsets, (std::vector<std::int32_t>{100}));
}

TEST(Labels, ACrisisOfWhichOnlyTheMonthOfAnEndIsKnownIsNotJudged) {
  LabelOptions chosen = options();
  chosen.target = Target::crisis;
  for (const auto end : {&Onset::uncertain_days, &Onset::end_uncertain_days}) {
    Onset vague = event(50, 100);
    vague.*end = 30;
    Onset dated = event(90, 120);
    dated.*end = 9;
    const auto found = labels({dated, vague}, chosen);
    EXPECT_EQ(found[49], 0);
    for (std::size_t t = 50; t < 90; ++t) EXPECT_EQ(found[t], unknown) << t;
    for (std::size_t t = 90; t <= 120; ++t) EXPECT_EQ(found[t], 1) << t;
    EXPECT_EQ(found[121], 0);
    vague.level = 2;  // below the level that is asked for: calm, however it is dated
    EXPECT_EQ(labels({vague}, chosen)[60], 0);
  }
}

TEST(Labels, CalmDaysNearAMilitarisedEventAreLeftOutOfACrisis) {
  LabelOptions chosen = options();
  chosen.target = Target::crisis;
  chosen.margin_days = 7;
  const auto result = label_days({event(100, 110, 0)}, {event(105, 115, 4), event(50, 50, 3)}, calendar, chosen);
  EXPECT_EQ(result.labels[97], 0);
  EXPECT_EQ(result.labels[98], unknown);
  EXPECT_EQ(result.labels[105], 1);
  EXPECT_EQ(result.labels[122], unknown);
  EXPECT_EQ(result.labels[123], 0);
  EXPECT_EQ(result.labels[50], 0);
}

TEST(Labels, OptionsOutOfRangeAreRefused) {
  EXPECT_THROW(labels({}, options(0)), InputError);
  EXPECT_THROW(labels({}, options(1, -1)), InputError);
  EXPECT_THROW((void)target_named("war"), InputError);
  EXPECT_EQ(target_named(name_of(Target::crisis)), Target::crisis);
}

}  // namespace
}  // namespace tocsin
