// To which pairs the acts of third parties count: the shuttle rule, the allotment of mediation, attacks from outside.

#include <gtest/gtest.h>

#include <array>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "tocsin/error.hpp"
#include "tocsin/event_reader.hpp"

namespace tocsin {
namespace {

const Codebook& cameo() { return Codebook::shipped("cameo-1.1b3"); }
const Pair ind_pak{"IND", "PAK"};
const Pair chn_ind{"CHN", "IND"};

EventTable from_text(const std::string& rows) {
  std::istringstream stream("date,source,target,code\n" + rows);
  return read_events(stream, "test.csv").events;
}

CountResult count(const std::string& rows, const CountOptions& options = {}) {
  return count_events(from_text(rows), {ind_pak, chn_ind}, cameo(), options);
}

CountOptions by(MediationRule rule) { return {.duplicates = Duplicates::one_a_day, .calendar = {}, .mediation = rule}; }

double extra_on(const CountPanel& panel, const std::string& date, Extra extra, const Pair& pair = ind_pak) {
  const PairCounts& counts = panel.pair(pair);
  for (std::size_t i = 0; i < counts.days.size(); ++i) {
    if (panel.calendar().first + counts.days[i].day == *parse_day(date)) return counts.extras[i][0][index_of(extra)];
  }
  return 0;
}

double mediation_on(const CountPanel& panel, const std::string& date, const Pair& pair = ind_pak) {
  for (const DayCounts& day : panel.pair(pair).days) {
    if (panel.calendar().first + day.day == *parse_day(date)) return day.mediation();
  }
  return 0;
}

void expect_same(const PairCounts& a, const PairCounts& b) {
  EXPECT_EQ(a.extras, b.extras) << to_string(a.pair);
  ASSERT_EQ(a.days.size(), b.days.size()) << to_string(a.pair);
  for (std::size_t i = 0; i < a.days.size(); ++i) {
    EXPECT_EQ(a.days[i].day, b.days[i].day);
    EXPECT_EQ(a.days[i].counts, b.days[i].counts) << to_string(a.pair) << " day " << a.days[i].day;
  }
}

std::int64_t sum(const CountReport& report) {
  std::int64_t unmapped = 0;
  for (const auto& [code, events] : report.unmapped_codes) unmapped += events;
  return report.superseded + report.unknown_then + report.not_root + report.on_uncollected_days +
         report.outside_calendar + report.duplicates + report.domestic + unmapped + report.counted + report.unrelated;
}

// Forty days among eight actors, with codes of every role.
EventTable made_up(unsigned seed) {
  const std::array<const char*, 8> actors{"IND", "PAKGOV", "CHN", "USA", "IGOUNO", "UAF", "USAMIL", "SAU"};
  const std::array<const char*, 14> codes{"112", "190", "163", "138", "045", "027",  "0256",
                                          "040", "042", "046", "028", "038", "1246", "999"};
  std::mt19937 random{seed};
  std::string rows;
  for (int i = 0; i < 500; ++i) {
    const Day day = *parse_day("2025-03-01") + static_cast<std::int32_t>(random() % 40);
    rows += to_string(day) + "," + actors[random() % actors.size()] + "," + actors[random() % actors.size()] + "," +
            codes[random() % codes.size()] + "\n";
  }
  return from_text(rows);
}

// ---- the shuttle rule ---------------------------------------------------------------------------

TEST(ShuttleRule, ContactsWithBothSidesOnOneDayAreOneActOfWeightThreeTenths) {
  const CountResult result = count("2025-04-16,USA,IND,040\n2025-04-16,USAGOV,PAK,041\n2025-04-16,USA,PAK,046\n");
  EXPECT_EQ(mediation_on(result.panel, "2025-04-16"), 0.3);
  EXPECT_EQ(extra_on(result.panel, "2025-04-16", Extra::mediators), 1);
  EXPECT_EQ(result.report.counted, 3);
}

TEST(ShuttleRule, TheSecondContactIsCreditedUpToThreeDaysLaterAndTheFirstNever) {
  const CountResult third_day = count("2025-04-16,USA,IND,040\n2025-04-19,USA,PAK,040\n");
  EXPECT_EQ(mediation_on(third_day.panel, "2025-04-16"), 0);
  EXPECT_EQ(mediation_on(third_day.panel, "2025-04-19"), 0.3);
  EXPECT_EQ(third_day.report.counted, 1);
  EXPECT_EQ(third_day.report.unrelated, 1);
  const CountResult fourth_day = count("2025-04-16,USA,IND,040\n2025-04-20,USA,PAK,040\n");
  EXPECT_EQ(mediation_on(fourth_day.panel, "2025-04-20"), 0);
  EXPECT_EQ(fourth_day.report.unrelated, 2);
}

TEST(ShuttleRule, EachFurtherContactCountsWhileTheOtherSideIsFresh) {
  const CountPanel panel =
      count("2025-04-16,USA,IND,040\n2025-04-17,USA,PAK,040\n2025-04-18,USA,IND,040\n2025-04-22,USA,IND,040\n").panel;
  EXPECT_EQ(mediation_on(panel, "2025-04-17"), 0.3);
  EXPECT_EQ(mediation_on(panel, "2025-04-18"), 0.3);
  EXPECT_EQ(mediation_on(panel, "2025-04-22"), 0);
}

// The appeal itself (0256) finds no hostile event to be allotted by.
TEST(ShuttleRule, AnActOfMediationTowardsTheOtherSideIsAContactToo) {
  const CountResult result = count("2025-04-16,USA,IND,0256\n2025-04-18,USA,PAK,042\n");
  EXPECT_EQ(mediation_on(result.panel, "2025-04-16"), 0);
  EXPECT_EQ(mediation_on(result.panel, "2025-04-18"), 0.3);
  EXPECT_EQ(result.report.unallotted, 1);
}

TEST(ShuttleRule, AContactBesideAnActOfMediationAddsNothing) {
  const CountPanel panel = count("2025-04-16,USA,IND,045\n2025-04-16,USA,IND,040\n2025-04-16,USA,PAK,040\n").panel;
  EXPECT_EQ(mediation_on(panel, "2025-04-16"), 1);
  EXPECT_EQ(extra_on(panel, "2025-04-16", Extra::mediators), 1);
}

TEST(ShuttleRule, WhatIsNoShuttleIsNotCounted) {
  for (const std::string rows : {
           "2025-04-16,USA,IND,040\n2025-04-16,SAU,PAK,040\n",  // two third parties, one side each
           "2025-04-16,USA,IND,040\n2025-04-17,USA,IND,043\n",  // one side twice
           "2025-04-16,USA,IND,040\n2025-04-16,PAK,USA,040\n",  // the other side did the addressing
           "2025-04-16,USA,IND,040\n2025-04-16,USA,PAK,051\n",  // siding with one of the two is no contact
       }) {
    for (const MediationRule rule : {MediationRule::allotted, MediationRule::all, MediationRule::paired_only}) {
      const CountResult result = count(rows, by(rule));
      EXPECT_TRUE(result.panel.pair(ind_pak).days.empty()) << rows;
      EXPECT_EQ(result.report.unrelated, 2) << rows;
    }
  }
}

// ---- the allotment of mediation -----------------------------------------------------------------

// India has three hostile events with Pakistan and one with China, so USA > IND 045 is 3/4 and 1/4.
const std::string disputes =
    "2025-04-01,IND,PAK,112\n2025-04-02,PAK,IND,190\n2025-04-02,PAK,IND,111\n2025-04-02,CHN,IND,112\n";

TEST(MediationRule, AnActIsSharedOutByHostileEventsOfBothDirections) {
  const CountResult result = count(disputes + "2025-04-03,USA,IND,045\n");
  EXPECT_EQ(mediation_on(result.panel, "2025-04-03", ind_pak), 0.75);
  EXPECT_EQ(mediation_on(result.panel, "2025-04-03", chn_ind), 0.25);
  EXPECT_EQ(extra_on(result.panel, "2025-04-03", Extra::mediators, chn_ind), 1);
  EXPECT_EQ(result.report.counted, 5);
  EXPECT_EQ(result.panel.provenance().mediation, "allotted");
}

TEST(MediationRule, AllGivesAnActToEveryPairAndPairedOnlyToNone) {
  const CountResult all = count(disputes + "2025-04-03,USA,IND,045\n", by(MediationRule::all));
  EXPECT_EQ(mediation_on(all.panel, "2025-04-03", ind_pak), 1);
  EXPECT_EQ(mediation_on(all.panel, "2025-04-03", chn_ind), 1);
  EXPECT_EQ(all.panel.provenance().mediation, "all");
  const CountResult paired = count(disputes + "2025-04-03,USA,IND,045\n", by(MediationRule::paired_only));
  EXPECT_EQ(mediation_on(paired.panel, "2025-04-03", ind_pak), 0);
  EXPECT_EQ(paired.report.unallotted, 1);
  EXPECT_EQ(paired.panel.provenance().mediation, "paired_only");
}

TEST(MediationRule, APairOfWhichBothSidesWereAddressedGetsAllOfItAndTheOthersTheirShare) {
  const std::string rows = disputes + "2025-04-03,USA,PAK,040\n2025-04-06,USA,IND,045\n";
  const CountResult result = count(rows);
  EXPECT_EQ(mediation_on(result.panel, "2025-04-06", ind_pak), 1);
  EXPECT_EQ(mediation_on(result.panel, "2025-04-06", chn_ind), 0.25);
  const CountResult paired = count(rows, by(MediationRule::paired_only));
  EXPECT_EQ(mediation_on(paired.panel, "2025-04-06", ind_pak), 1);
  EXPECT_EQ(mediation_on(paired.panel, "2025-04-06", chn_ind), 0);
}

// 30 March is day t-29 of 28 April.
TEST(MediationRule, HostileEventsOfThirtyDaysCountAndNoneOfTheNextDay) {
  const std::string hostile = "2025-03-30,IND,PAK,112\n";
  EXPECT_EQ(mediation_on(count(hostile + "2025-04-28,USA,IND,045\n").panel, "2025-04-28"), 1);
  const CountResult late = count(hostile + "2025-04-29,USA,IND,045\n2025-04-30,IND,PAK,190\n");
  EXPECT_EQ(mediation_on(late.panel, "2025-04-29"), 0);
  EXPECT_EQ(late.report.unallotted, 1);
  EXPECT_EQ(mediation_on(count("2025-04-16,USA,IND,045\n2025-04-16,IND,PAK,190\n").panel, "2025-04-16"), 1);
}

TEST(MediationRule, SharesAreOfEventsAfterDuplicates) {
  const std::string rows =
      "2025-04-16,IND,PAK,112\n2025-04-16,INDGOV,PAK,112\n2025-04-16,IND,CHN,112\n2025-04-17,USA,IND,045\n";
  EXPECT_EQ(mediation_on(count(rows).panel, "2025-04-17"), 0.5);
  const CountResult raw = count(rows, {.duplicates = Duplicates::raw, .calendar = {}});
  EXPECT_EQ(mediation_on(raw.panel, "2025-04-17"), 2.0 / 3);
}

TEST(MediationRule, AMediatorIsNoThirdPartyInItsOwnDispute) {
  const CountResult result = count("2025-04-15,IND,PAK,112\n2025-04-15,CHN,IND,190\n2025-04-16,CHN,IND,045\n");
  EXPECT_EQ(mediation_on(result.panel, "2025-04-16", ind_pak), 1);
  EXPECT_EQ(mediation_on(result.panel, "2025-04-16", chn_ind), 0);
}

// India has half its hostile events with Pakistan; the USA has addressed Pakistan, Saudi Arabia nobody.
TEST(MediationRule, MediationThatIsSoughtIsAllottedInTheSameWay) {
  const CountPanel panel =
      count(
          "2025-04-16,IND,PAK,112\n2025-04-16,IND,CHN,112\n2025-04-16,USA,PAK,020\n2025-04-16,USA,PAK,040\n"
          "2025-04-17,IND,USA,028\n2025-04-18,IND,SAU,038\n")
          .panel;
  EXPECT_EQ(mediation_on(panel, "2025-04-17", ind_pak), 0.5);   // 0.5 in full
  EXPECT_EQ(mediation_on(panel, "2025-04-17", chn_ind), 0.25);  // 0.5 * 1/2
  EXPECT_EQ(mediation_on(panel, "2025-04-18", ind_pak), 0.5);   // 1 * 1/2
}

TEST(MediationRule, WhatNoPairGetsIsReportedWhereAPartyAskedForIsConcerned) {
  const CountReport report = count(
                                 "2025-04-16,USA,IND,045\n"   // nobody to share it out to
                                 "2025-04-16,USA,JPN,040\n"   // not a pair with India: no event is between the two
                                 "2025-04-16,USA,FRA,045\n"   // of no pair asked for
                                 "2025-04-16,USA,IND,051\n"   // nothing that could be allotted
                                 "2025-04-16,PAK,FRA,112\n"   // Pakistan's dispute is another one,
                                 "2025-04-16,SAU,PAK,045\n")  // so this is allotted, to FRA-PAK
                                 .report;
  EXPECT_EQ(report.unallotted, 1);
  EXPECT_EQ(report.unrelated, 6);
  EXPECT_EQ(sum(report), report.events);
}

// ---- what others do to a party ------------------------------------------------------------------

TEST(ThirdPartyHostile, CountsBesideAPairThatHasHostileEventsOfItsOwn) {
  const std::string attack = "2025-04-30,UAF,IND,180\n";
  const auto hostile = [&](const std::string& rows) {
    return extra_on(count(rows + attack).panel, "2025-04-30", Extra::third_party_hostile);
  };
  EXPECT_EQ(hostile("2025-04-01,PAK,IND,112\n"), 1);
  EXPECT_EQ(hostile("2025-03-31,PAK,IND,112\n"), 0);
  EXPECT_EQ(hostile("2025-04-30,PAK,IND,040\n"), 0);
  EXPECT_EQ(count(attack).report.unrelated, 1);
}

// ---- all pairs at once --------------------------------------------------------------------------

TEST(PairChoice, NamesThePairsOfTheEventsInsideTheCalendar) {
  const EventTable events = from_text(
      "2025-04-16,INDGOV,PAK,010\n2025-04-17,UAF,IND,180\n2025-04-17,INDGOV,INDMIL,190\n"
      "2025-04-18,USA,PAK,999\n2025-04-19,CHN,IND,112\n");
  const CountOptions options{.duplicates = Duplicates::one_a_day,
                             .calendar = Calendar{*parse_day("2025-04-16"), *parse_day("2025-04-18")}};
  const auto names = [&](PairChoice choice) {
    const CountPanel panel = count_events(events, choice, cameo(), options).panel;
    std::vector<Pair> pairs;
    for (const PairCounts& counts : panel.pairs()) pairs.push_back(counts.pair);
    return pairs;
  };
  EXPECT_EQ(names(PairChoice::all), (std::vector<Pair>{ind_pak, {"IND", "UAF"}, {"PAK", "USA"}}));
  EXPECT_EQ(names(PairChoice::states), (std::vector<Pair>{ind_pak, {"PAK", "USA"}}));
}

TEST(PairChoice, EventsWithoutAPairAreRefused) {
  const auto refuses = [](const std::string& rows, PairChoice choice) {
    EXPECT_THROW(static_cast<void>(count_events(from_text(rows), choice, cameo())), InputError) << rows;
  };
  refuses("2025-04-16,INDGOV,INDMIL,190\n", PairChoice::all);
  refuses("2025-04-16,IND,UAF,190\n", PairChoice::states);
}

TEST(PairChoice, APairCountedAloneIsTheSamePairAmongAll) {
  for (const unsigned seed : {1U, 2U, 3U}) {
    const EventTable events = made_up(seed);
    for (const MediationRule rule : {MediationRule::allotted, MediationRule::all, MediationRule::paired_only}) {
      const CountResult all = count_events(events, PairChoice::all, cameo(), by(rule));
      ASSERT_EQ(all.panel.pairs().size(), 21U);  // of seven actors: USAMIL is the USA
      EXPECT_EQ(sum(all.report), all.report.events);
      for (const PairCounts& counts : all.panel.pairs()) {
        const CountResult alone = count_events(events, std::vector<Pair>{counts.pair}, cameo(), by(rule));
        expect_same(counts, alone.panel.pair(counts.pair));
        EXPECT_EQ(sum(alone.report), alone.report.events);
      }
    }
  }
}

TEST(PairChoice, ADayDependsOnNoLaterEventAndNotOnWhereTheCalendarBegins) {
  const EventTable events = made_up(4);
  const Calendar whole{*parse_day("2025-03-01"), *parse_day("2025-04-09")};
  const CountPanel panel = count_events(events, PairChoice::all, cameo()).panel;
  for (const std::int32_t days : {5, 20, 33}) {
    const Day cut = whole.first + days;
    for (const Calendar& part : {Calendar{whole.first, cut}, Calendar{cut, whole.last}}) {
      const CountOptions options{.duplicates = Duplicates::one_a_day, .calendar = part};
      const CountResult result = count_events(events, {ind_pak}, cameo(), options);
      EXPECT_EQ(sum(result.report), 500);
      PairCounts expected{ind_pak, {}, {}};
      const PairCounts& counts = panel.pair(ind_pak);
      for (std::size_t i = 0; i < counts.days.size(); ++i) {
        DayCounts day = counts.days[i];
        if (!part.contains(whole.first + day.day)) continue;
        day.day -= part.first - whole.first;
        expected.days.push_back(day);
        expected.extras.push_back(counts.extras[i]);
      }
      expect_same(expected, result.panel.pair(ind_pak));
    }
  }
}

}  // namespace
}  // namespace tocsin
