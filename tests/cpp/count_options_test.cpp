#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "event_files.hpp"
#include "tocsin/error.hpp"
#include "tocsin/event_reader.hpp"

namespace tocsin {
namespace {

using event_files::gdelt2_row;

const Pair ind_pak{"IND", "PAK"};

EventTable table_of(const std::string& text) {
  std::istringstream stream(text);
  return read_events(stream, "events").events;
}

CountResult count(const std::string& text, const CountOptions& options) {
  return count_events(table_of(text), {ind_pak}, Codebook::shipped("cameo-1.1b3"), options);
}

// Military acts of the pair on a day, in both directions; NaN where the day was not collected.
double military_on(const CountPanel& panel, const std::string& date) {
  const CountTable table = panel.to_table();
  double sum = 0;
  for (std::size_t row = 0; row < table.size(); ++row) {
    if (to_string(table.dates[row]) == date) sum += table.values[index_of(Signal::military)][row];
  }
  return sum;
}

std::int64_t sum_of(const CountReport& report) {
  std::int64_t sum = report.superseded + report.unknown_then + report.not_root + report.on_uncollected_days +
                     report.outside_calendar + report.duplicates + report.domestic + report.counted + report.unrelated;
  for (const auto& [code, events] : report.unmapped_codes) sum += events;
  return sum;
}

const std::string two_of_a_kind = gdelt2_row({.id = "1"}) + gdelt2_row({.id = "2", .is_root = "0", .mentions = "5"});

TEST(CountOptions, RootEventsOnlyLeaveOutTheOthersAndSaySo) {
  const CountResult result = count(two_of_a_kind, {.duplicates = Duplicates::raw, .events = EventChoice::root});
  EXPECT_EQ(military_on(result.panel, "2025-05-07"), 1);
  EXPECT_EQ(result.report.not_root, 1);
  EXPECT_EQ(result.report.events, sum_of(result.report));
}

TEST(CountOptions, WeightsAreThoseOfTheRows) {
  const auto weighted = [](Weight weight) {
    const CountResult result = count(two_of_a_kind, {.duplicates = Duplicates::raw, .weight = weight});
    EXPECT_EQ(result.report.events, sum_of(result.report));  // events, whatever they weigh
    EXPECT_EQ(result.report.events, 2);
    return military_on(result.panel, "2025-05-07");
  };
  EXPECT_EQ(weighted(Weight::events), 2);
  EXPECT_EQ(weighted(Weight::mentions), 15);
  EXPECT_EQ(weighted(Weight::sources), 4);
  EXPECT_EQ(weighted(Weight::articles), 16);
}

TEST(CountOptions, AWeightWithoutEveryRowIsRefused) {
  EXPECT_THROW(static_cast<void>(count(two_of_a_kind, {.weight = Weight::mentions})), InputError);
}

TEST(CountOptions, WhatTheSourceDoesNotSayIsRefused) {
  const std::string tidy = "date,source,target,code\n2025-05-07,IND,PAK,190\n";
  const Day day = *parse_day("2025-05-07");
  EXPECT_THROW(static_cast<void>(count(tidy, {.events = EventChoice::root})), InputError);
  EXPECT_THROW(static_cast<void>(count(tidy, {.date = DateChoice::added})), InputError);
  EXPECT_THROW(static_cast<void>(count(tidy, {.as_of = day})), InputError);
  EXPECT_THROW(static_cast<void>(count(tidy, {.duplicates = Duplicates::raw, .weight = Weight::sources})), InputError);
}

TEST(CountOptions, AnEventStandsOnItsDayOrOnTheDayItWasAdded) {
  const std::string text = gdelt2_row({.id = "1", .date = "20250507", .added = "20250508000000"}) +
                           gdelt2_row({.id = "2", .date = "20250508", .added = "20250508001500"});
  const Calendar days{*parse_day("2025-05-07"), *parse_day("2025-05-08")};
  const CountPanel by_event = count(text, {.calendar = days, .empty_days = EmptyDays::quiet}).panel;
  EXPECT_EQ(military_on(by_event, "2025-05-07"), 1);
  EXPECT_EQ(military_on(by_event, "2025-05-08"), 1);
  const CountResult by_added =
      count(text, {.duplicates = Duplicates::raw, .date = DateChoice::added, .empty_days = EmptyDays::quiet});
  EXPECT_EQ(military_on(by_added.panel, "2025-05-08"), 2);
  EXPECT_EQ(by_added.panel.calendar().size(), 1);
}

TEST(CountOptions, AsOfSeesWhatWasKnownOnThatDay) {
  // Reported as force on the 7th, corrected to a statement on the 9th; another act was added late.
  const std::string text = gdelt2_row({.id = "1", .code = "190", .added = "20250507120000"}) +
                           gdelt2_row({.id = "1", .code = "010", .added = "20250509120000"}) +
                           gdelt2_row({.id = "2", .code = "195", .added = "20250508120000"});
  const auto known = [&](const char* as_of) {
    const CountResult result = count(
        text, {.calendar = Calendar{*parse_day("2025-05-07"), *parse_day("2025-05-07")}, .as_of = parse_day(as_of)});
    EXPECT_EQ(result.report.events, sum_of(result.report)) << as_of;
    return military_on(result.panel, "2025-05-07");
  };
  EXPECT_EQ(known("2025-05-07"), 1);
  EXPECT_EQ(known("2025-05-08"), 2);
  EXPECT_EQ(known("2025-05-09"), 1);
  EXPECT_EQ(military_on(count(text, {.calendar = Calendar{*parse_day("2025-05-07"), *parse_day("2025-05-07")}}).panel,
                        "2025-05-07"),
            1);
}

TEST(CountOptions, ADayWithoutAFileIsNotCollectedAndNeverZero) {
  const std::string text = gdelt2_row({.id = "1", .date = "20250507", .added = "20250507000000"}) +
                           gdelt2_row({.id = "2", .date = "20250509", .added = "20250509000000"}) +
                           gdelt2_row({.id = "3", .date = "20250508", .added = "20250509001500"});
  const CountResult result = count(text, {});
  EXPECT_EQ(result.panel.exposure(), (std::vector<double>{1, 0, 1}));
  EXPECT_TRUE(std::isnan(military_on(result.panel, "2025-05-08")));
  EXPECT_EQ(result.report.on_uncollected_days, 1);
  EXPECT_EQ(result.report.events, sum_of(result.report));
  const CountResult quiet = count(text, {.empty_days = EmptyDays::quiet});
  EXPECT_EQ(quiet.panel.exposure(), (std::vector<double>{1, 1, 1}));
  EXPECT_EQ(military_on(quiet.panel, "2025-05-08"), 1);
}

TEST(CountOptions, GdeltTwoBeginsWithItsFirstFileAndNotWithWhatArticlesRecall) {
  const std::string text = gdelt2_row({.id = "1", .date = "20240507", .added = "20250507000000"}) +
                           gdelt2_row({.id = "2", .date = "20250507", .added = "20250507000000"});
  const CountResult result = count(text, {});
  EXPECT_EQ(to_string(result.panel.calendar().first), "2025-05-07");
  EXPECT_EQ(result.report.outside_calendar, 1);
}

TEST(CountOptions, ATidyTableIsQuietOnDaysWithoutARowUnlessToldOtherwise) {
  const std::string tidy = "date,source,target,code\n2025-05-07,IND,PAK,190\n2025-05-09,IND,PAK,190\n";
  EXPECT_EQ(count(tidy, {}).panel.exposure(), (std::vector<double>{1, 1, 1}));
  EXPECT_EQ(count(tidy, {.empty_days = EmptyDays::not_collected}).panel.exposure(), (std::vector<double>{1, 0, 1}));
}

TEST(CountOptions, OnlyPairsWithEnoughEventsAreChosen) {
  const std::string tidy =
      "date,source,target,code\n2025-05-07,IND,PAK,190\n2025-05-07,PAK,INDGOV,112\n2025-05-07,IND,CHN,112\n";
  const auto pairs = [&](std::int64_t least) {
    const CountOptions options{.min_events = least};
    return count_events(table_of(tidy), PairChoice::states, Codebook::shipped("cameo-1.1b3"), options)
        .panel.pairs()
        .size();
  };
  EXPECT_EQ(pairs(1), 2U);
  EXPECT_EQ(pairs(2), 1U);
  EXPECT_THROW(static_cast<void>(pairs(3)), InputError);
}

}  // namespace
}  // namespace tocsin
