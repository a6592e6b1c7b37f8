#include "tocsin/event_reader.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "tocsin/error.hpp"

namespace tocsin {
namespace {

const Codebook& cameo() { return Codebook::shipped("cameo-1.1b3"); }
const Pair ind_pak{"IND", "PAK"};

EventTable kashmir() { return read_events({std::string{TOCSIN_EXAMPLE_DIR} + "/kashmir-2025.csv"}).events; }

EventTable from_text(const std::string& rows) {
  std::istringstream stream("date,source,target,code\n" + rows);
  return read_events(stream, "test.csv").events;
}

// Everything that one pair has on one day, in a form that is easy to write down.
struct DayRow {
  std::array<double, signal_count> forward{};  // first > second: rhetoric, military, punitive, mediation, cooperation
  std::array<double, signal_count> backward{};
  DayExtras extras{};

  [[nodiscard]] double extra(Extra which, std::size_t direction = 0) const {
    return extras[direction][index_of(which)];
  }
};

DayRow on(const CountPanel& panel, const Pair& pair, const std::string& date) {
  const PairCounts& counts = panel.pair(pair);
  const std::int32_t day = *parse_day(date) - panel.calendar().first;
  for (std::size_t i = 0; i < counts.days.size(); ++i) {
    if (counts.days[i].day == day) return {counts.days[i].counts[0], counts.days[i].counts[1], counts.extras[i]};
  }
  return {};
}

CountResult count(const std::string& rows, const CountOptions& options = {}) {
  return count_events(from_text(rows), {ind_pak}, cameo(), options);
}

using Row = std::array<double, signal_count>;
using Rungs = std::array<double, rung_count>;

Rungs rungs(const DayRow& row, std::size_t direction) {
  Rungs found{};
  std::copy_n(row.extras[direction].begin(), rung_count, found.begin());
  return found;
}

void expect_same(const CountPanel& a, const CountPanel& b) {
  EXPECT_EQ(a.calendar(), b.calendar());
  EXPECT_EQ(a.total(), b.total());
  EXPECT_EQ(a.exposure(), b.exposure());
  EXPECT_EQ(a.warnings(), b.warnings());
  EXPECT_EQ(a.provenance(), b.provenance());
  ASSERT_EQ(a.pairs().size(), b.pairs().size());
  for (std::size_t i = 0; i < a.pairs().size(); ++i) {
    EXPECT_EQ(a.pairs()[i].pair, b.pairs()[i].pair);
    EXPECT_EQ(a.pairs()[i].extras, b.pairs()[i].extras);
    ASSERT_EQ(a.pairs()[i].days.size(), b.pairs()[i].days.size());
    for (std::size_t d = 0; d < a.pairs()[i].days.size(); ++d) {
      EXPECT_EQ(a.pairs()[i].days[d].day, b.pairs()[i].days[d].day);
      EXPECT_EQ(a.pairs()[i].days[d].counts, b.pairs()[i].days[d].counts);
    }
  }
}

// ---- the worked example, coded by hand from kashmir-2025.csv ------------------------------------

class Kashmir : public testing::Test {
 protected:
  CountResult result_ = count_events(kashmir(), {ind_pak}, cameo());

  [[nodiscard]] DayRow on_day(const std::string& date) const { return on(result_.panel, ind_pak, date); }
};

TEST_F(Kashmir, CalendarExposureAndProvenance) {
  EXPECT_EQ(result_.panel.calendar(), (Calendar{*parse_day("2025-04-16"), *parse_day("2025-05-01")}));
  EXPECT_EQ(result_.panel.exposure(), std::vector<double>(16, 1));
  EXPECT_EQ(result_.panel.provenance(), (Provenance{"cameo-1.1b3", "1", cameo().hash(), "one_a_day", "allotted"}));
  EXPECT_TRUE(result_.panel.collected().signals.all());
  EXPECT_TRUE(result_.panel.collected().extras.all());
  EXPECT_TRUE(result_.panel.collected().is_directed);
  EXPECT_TRUE(result_.panel.warnings().empty());
}

// Rows of the file by date, including domestic and unrelated ones: 47 in all, no two alike after roll-up.
TEST_F(Kashmir, TotalsAreAllEventsOfTheDay) {
  EXPECT_EQ(result_.panel.total(), (std::vector<double>{2, 1, 0, 0, 0, 0, 1, 6, 9, 4, 0, 0, 0, 7, 15, 2}));
}

// 16 April: PAK>IND 130 (rung 2, -4.4) and 120 (rung 1, -4). 17 April: IND>PAK 120.
TEST_F(Kashmir, WordsBeforeTheAttack) {
  const DayRow first = on_day("2025-04-16");
  EXPECT_EQ(first.forward, (Row{0, 0, 0, 0, 0}));
  EXPECT_EQ(first.backward, (Row{2, 0, 0, 0, 0}));
  EXPECT_EQ(rungs(first, 1), (Rungs{1, 1, 0, 0, 0, 0, 0}));
  EXPECT_DOUBLE_EQ(first.extra(Extra::goldstein_conflict, 1), -8.4);
  const DayRow second = on_day("2025-04-17");
  EXPECT_EQ(second.forward, (Row{1, 0, 0, 0, 0}));
  EXPECT_EQ(second.backward, (Row{0, 0, 0, 0, 0}));
}

// 22 April: UAF>IND 180 is no act of Pakistan.
TEST_F(Kashmir, TheAttackIsAHostileActOfAThirdParty) {
  const DayRow day = on_day("2025-04-22");
  EXPECT_EQ(day.forward, (Row{}));
  EXPECT_EQ(day.backward, (Row{}));
  EXPECT_EQ(day.extra(Extra::third_party_hostile), 1);
  EXPECT_EQ(day.extra(Extra::goldstein_conflict), 0);
}

// 23 April: IND>PAK 112 111 (rung 1, -2 each), 138 (rung 3, -7), 172 (punitive, rung 3, -5), 160 (punitive, rung 3,
// -4): -20. PAK>IND 111.
TEST_F(Kashmir, MeasuresOfIndia) {
  const DayRow day = on_day("2025-04-23");
  EXPECT_EQ(day.forward, (Row{3, 0, 2, 0, 0}));
  EXPECT_EQ(day.backward, (Row{1, 0, 0, 0, 0}));
  EXPECT_EQ(rungs(day, 0), (Rungs{2, 0, 3, 0, 0, 0, 0}));
  EXPECT_EQ(rungs(day, 1), (Rungs{1, 0, 0, 0, 0, 0, 0}));
  EXPECT_DOUBLE_EQ(day.extra(Extra::goldstein_conflict, 0), -20);
  EXPECT_DOUBLE_EQ(day.extra(Extra::goldstein_conflict, 1), -2);
}

// 24 April: PAK>IND 111 (-2), 172 (-5), 138 (-7), 1313 (rung 2, -5.8), 193 (military, rung 5, -10): -29.8; IND>PAK 193.
// IND>UAF 138 is towards a third party, 171 and 173 are inside India.
TEST_F(Kashmir, MeasuresOfPakistanAndFireAcrossTheLine) {
  const DayRow day = on_day("2025-04-24");
  EXPECT_EQ(day.forward, (Row{0, 1, 0, 0, 0}));
  EXPECT_EQ(day.backward, (Row{3, 1, 1, 0, 0}));
  EXPECT_EQ(rungs(day, 0), (Rungs{0, 0, 0, 0, 1, 0, 0}));
  EXPECT_EQ(rungs(day, 1), (Rungs{1, 1, 2, 0, 1, 0, 0}));
  EXPECT_DOUBLE_EQ(day.extra(Extra::goldstein_conflict, 1), -29.8);
}

// 25 April: PAK>USA 028 is mediation sought, weight 0.5. PAK>IND 020 is neutral and has +3 on the scale. USA 051 counts
// as nothing.
TEST_F(Kashmir, MediationIsSought) {
  const DayRow day = on_day("2025-04-25");
  EXPECT_EQ(day.forward, (Row{0, 0, 0, 0.5, 0}));
  EXPECT_EQ(day.backward, (Row{0, 0, 0, 0, 0}));
  EXPECT_EQ(day.extra(Extra::mediators), 1);
  EXPECT_DOUBLE_EQ(day.extra(Extra::goldstein_cooperation, 1), 3);
}

// 29 April: the UN offers (039) and calls (027) on both sides and speaks with both (040), six acts of one mediator.
TEST_F(Kashmir, OneMediatorCountsOnceADay) {
  const DayRow day = on_day("2025-04-29");
  EXPECT_EQ(day.forward, (Row{0, 0, 0, 1, 0}));
  EXPECT_EQ(day.extra(Extra::mediators), 1);
}

// 30 April: 027 from USA, KWT and SAU. PAK>IND 120 (-4), 112 (-2), 138 (-7); IND>PAK 130 (rung 2, -4.4).
TEST_F(Kashmir, ThreeMediators) {
  const DayRow day = on_day("2025-04-30");
  EXPECT_EQ(day.forward, (Row{1, 0, 0, 3, 0}));
  EXPECT_EQ(day.backward, (Row{3, 0, 0, 0, 0}));
  EXPECT_EQ(day.extra(Extra::mediators), 3);
  EXPECT_EQ(rungs(day, 1), (Rungs{2, 0, 1, 0, 0, 0, 0}));
  EXPECT_DOUBLE_EQ(day.extra(Extra::goldstein_conflict, 0), -4.4);
  EXPECT_DOUBLE_EQ(day.extra(Extra::goldstein_conflict, 1), -13);
  EXPECT_EQ(day.extra(Extra::third_party_hostile), 0);
}

// Eight days of sixteen: 18-21 and 26-28 April are silent, and 1 May has events of other pairs only.
TEST_F(Kashmir, QuietDaysHaveNoRow) { EXPECT_EQ(result_.panel.pair(ind_pak).days.size(), 8U); }

// Domestic: 171, 173 of 24 April. Unrelated: IND>UAF; USA 051 x2; USA>WLD; USA 030, 020 and PAK>UAF; PAK>CHN x2:
// 1 + 2 + 1 + 3 + 2 = 9. The contacts (040) of the UN and the USA with both sides are shuttle.
TEST_F(Kashmir, EveryEventIsInOnePlaceOfTheReport) {
  EXPECT_EQ(result_.report.events, 47);
  EXPECT_EQ(result_.report.domestic, 2);
  EXPECT_EQ(result_.report.unrelated, 9);
  EXPECT_EQ(result_.report.counted, 36);
  EXPECT_EQ(result_.report.unallotted, 0);
  EXPECT_EQ(result_.report.duplicates, 0);
  EXPECT_EQ(result_.report.outside_calendar, 0);
  EXPECT_TRUE(result_.report.unmapped_codes.empty());
}

TEST_F(Kashmir, ShuffledRowsGiveTheSamePanel) {
  const EventTable events = kashmir();
  std::vector<std::size_t> order(events.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (const unsigned seed : {1U, 2U, 3U}) {
    std::shuffle(order.begin(), order.end(), std::mt19937{seed});
    EventTable shuffled;
    shuffled.origin = events.origin;
    shuffled.code_names = events.code_names;
    for (const std::size_t row : order) {  // actors get other numbers too
      shuffled.dates.push_back(events.dates[row]);
      shuffled.sources.push_back(static_cast<std::uint32_t>(shuffled.actors.size()));
      shuffled.actors.push_back(events.actors[events.sources[row]]);
      shuffled.targets.push_back(static_cast<std::uint32_t>(shuffled.actors.size()));
      shuffled.actors.push_back(events.actors[events.targets[row]]);
      shuffled.codes.push_back(events.codes[row]);
    }
    expect_same(result_.panel, count_events(shuffled, {ind_pak}, cameo()).panel);
  }
}

TEST_F(Kashmir, PanelAndItsTableAreTheSame) {
  CountPanel again = CountPanel::from_table(result_.panel.to_table());
  again.set_provenance(result_.panel.provenance());
  expect_same(result_.panel, again);
}

TEST_F(Kashmir, SeveralPairsShareEventsAndAPairWithoutEventsIsThereToo) {
  const Pair attack{"IND", "UAF"};
  const Pair silent{"JPN", "ZAF"};
  const CountResult many = count_events(kashmir(), {ind_pak, attack, silent}, cameo());
  ASSERT_EQ(many.panel.pairs().size(), 3U);
  EXPECT_EQ(on(many.panel, ind_pak, "2025-04-30").forward, on_day("2025-04-30").forward);
  EXPECT_EQ(on(many.panel, ind_pak, "2025-04-30").extras, on_day("2025-04-30").extras);
  EXPECT_EQ(on(many.panel, attack, "2025-04-22").backward, (Row{0, 1, 0, 0, 0}));
  EXPECT_EQ(on(many.panel, attack, "2025-04-24").forward, (Row{1, 0, 0, 0, 0}));
  // The UN offers India help: of India's hostile events so far 15 are with Pakistan (2 + 1 + 6 + 6), 2 with UAF.
  EXPECT_EQ(on(many.panel, attack, "2025-04-29").forward, (Row{0, 0, 0, 2.0 / 17, 0}));
  EXPECT_TRUE(many.panel.pair(silent).days.empty());
  EXPECT_EQ(many.panel.total(), result_.panel.total());
  ASSERT_EQ(many.panel.warnings().size(), 2U);
  EXPECT_NE(many.panel.warnings()[0].find("actor \"JPN\" is asked for and in no event"), std::string::npos);
}

// ---- rules on small tables ----------------------------------------------------------------------

TEST(CountEvents, OneADayRemovesRepetitionsAfterRollUpAndRawKeepsThem) {
  const std::string rows =
      "2025-04-16,INDGOV,PAK,112\n2025-04-16,INDMIL,PAKGOV,112\n2025-04-16,IND,PAK,111\n2025-04-17,IND,PAK,112\n";
  const CountResult once = count(rows);
  EXPECT_EQ(on(once.panel, ind_pak, "2025-04-16").forward[0], 2);
  EXPECT_EQ(once.report.duplicates, 1);
  EXPECT_EQ(once.report.counted, 3);
  EXPECT_EQ(once.panel.total(), (std::vector<double>{2, 1}));
  const CountResult raw = count(rows, {.duplicates = Duplicates::raw, .calendar = {}});
  EXPECT_EQ(on(raw.panel, ind_pak, "2025-04-16").forward[0], 3);
  EXPECT_EQ(raw.report.duplicates, 0);
  EXPECT_EQ(raw.report.counted, 4);
  EXPECT_EQ(raw.panel.total(), (std::vector<double>{3, 1}));
  EXPECT_EQ(raw.panel.provenance().duplicates, "raw");
}

TEST(CountEvents, AMediatorCountsOnceWithItsLargestWeightAlsoInRawCounts) {
  const std::string rows =
      "2025-04-16,USA,IND,0256\n2025-04-16,USA,PAK,045\n2025-04-16,USA,PAK,045\n2025-04-16,PAK,USA,028\n"
      "2025-04-16,CHN,IND,0256\n2025-04-16,IND,SAU,028\n2025-04-16,PAK,SAU,038\n2025-04-16,IND,PAK,112\n";
  for (const Duplicates duplicates : {Duplicates::one_a_day, Duplicates::raw}) {
    const DayRow day = on(count(rows, {.duplicates = duplicates, .calendar = {}}).panel, ind_pak, "2025-04-16");
    EXPECT_EQ(day.forward[index_of(Signal::mediation)], 2.5);  // USA 1, China 0.5, Saudi Arabia 1 (accepted)
    EXPECT_EQ(day.extra(Extra::mediators), 3);
  }
}

TEST(CountEvents, RefusalsStandOnTheSideThatRefuses) {
  // 126 towards the mediator, 125 and 1246 between the two; a third party's own refusal is hostile and no refusal of
  // the pair.
  const DayRow day = on(
      count("2025-04-16,IND,USA,126\n2025-04-16,PAK,IND,125\n2025-04-16,PAK,IND,1246\n2025-04-16,CHN,IND,125\n").panel,
      ind_pak, "2025-04-16");
  EXPECT_EQ(day.extra(Extra::refusals, 0), 1);
  EXPECT_EQ(day.extra(Extra::refusals, 1), 2);
  EXPECT_EQ(day.forward[index_of(Signal::rhetoric)], 0);  // what India told the USA is no word to Pakistan
  EXPECT_EQ(day.backward[index_of(Signal::rhetoric)], 2);
  EXPECT_EQ(day.extra(Extra::third_party_hostile), 1);
}

TEST(CountEvents, HostileActsOfPartiesTowardsOthersDoNotConcernThePair) {
  const CountResult result = count("2025-04-16,IND,CHN,190\n2025-04-16,IND,CHN,138\n");
  EXPECT_TRUE(result.panel.pair(ind_pak).days.empty());
  EXPECT_EQ(result.report.unrelated, 2);
}

TEST(CountEvents, TalksBetweenThePartiesAreCooperationAndAcceptedMediationIsMediation) {
  const CountResult result =
      count("2025-04-16,IND,PAK,046\n2025-04-16,IND,PAK,038\n2025-04-16,IND,PAK,045\n2025-04-16,IND,PAK,010\n");
  const DayRow day = on(result.panel, ind_pak, "2025-04-16");
  EXPECT_EQ(day.forward, (Row{0, 0, 0, 1, 1}));
  EXPECT_DOUBLE_EQ(day.extra(Extra::goldstein_cooperation, 0),
                   7 + 7 + 5);  // 045 between parties is neutral and has a value
  EXPECT_EQ(result.report.counted, 3);
  EXPECT_EQ(result.report.unrelated, 1);  // a statement of value 0 is nothing
}

TEST(CountEvents, CodesWithoutAGoldsteinValueStillCount) {
  const DayRow day = on(count("2025-04-16,IND,PAK,155\n2025-04-16,IND,PAK,176\n").panel, ind_pak, "2025-04-16");
  EXPECT_EQ(day.forward, (Row{0, 1, 1, 0, 0}));
  EXPECT_EQ(day.extra(Extra::goldstein_conflict, 0), 0);
}

TEST(CountEvents, UnmappedCodesAreReportedWithOneWarning) {
  const CountResult result =
      count("2025-04-16,IND,PAK,999\n2025-04-16,USA,PAK,999\n2025-04-16,IND,PAK,A1\n2025-04-16,IND,PAK,012\n");
  EXPECT_EQ(result.report.unmapped_codes, (std::map<std::string, std::int64_t>{{"999", 2}, {"A1", 1}}));
  EXPECT_EQ(result.panel.warnings(),
            (std::vector<std::string>{
                "test.csv: 3 of 4 events have codes that codebook \"cameo-1.1b3\" does not hold, and are not counted; "
                "the commonest is \"999\" (2); is this the codebook of the source?"}));
  EXPECT_EQ(result.panel.total(), std::vector<double>{4});
}

TEST(CountEvents, WarnsWhereCodesHaveLostTheirZeros) {
  const CountResult result = count("2025-04-16,IND,PAK,10\n2025-04-16,PAK,IND,112\n");
  EXPECT_EQ(result.panel.warnings(),
            (std::vector<std::string>{
                "test.csv: no code begins with \"0\", and \"10\" may be \"010\" that a program has read as a number; "
                "keep codes as texts"}));
  EXPECT_TRUE(count("2025-04-16,IND,PAK,10\n2025-04-16,PAK,IND,010\n").panel.warnings().empty());
}

TEST(CountEvents, EventsOutsideAGivenCalendarAreReported) {
  const Calendar calendar{*parse_day("2025-04-17"), *parse_day("2025-04-20")};
  const CountResult result = count("2025-04-16,IND,PAK,112\n2025-04-18,IND,PAK,112\n2025-04-21,IND,PAK,112\n",
                                   {.duplicates = Duplicates::one_a_day, .calendar = calendar});
  EXPECT_EQ(result.panel.calendar(), calendar);
  EXPECT_EQ(result.report.outside_calendar, 2);
  EXPECT_EQ(result.report.counted, 1);
  EXPECT_EQ(result.panel.total(), (std::vector<double>{0, 1, 0, 0}));
  EXPECT_EQ(result.panel.warnings(),
            std::vector<std::string>{"test.csv: left out 2 of 3 events outside the calendar 2025-04-17 to 2025-04-20"});
}

TEST(CountEvents, TheReportAddsUp) {
  const Calendar calendar{*parse_day("2025-04-16"), *parse_day("2025-04-17")};
  const CountReport report =
      count(
          "2025-04-16,IND,PAK,112\n2025-04-16,INDGOV,PAK,112\n2025-04-17,IND,INDOPP,112\n2025-04-17,IND,PAK,9\n"
          "2025-04-17,USA,FRA,112\n2025-04-18,IND,PAK,112\n",
          {.duplicates = Duplicates::one_a_day, .calendar = calendar})
          .report;
  EXPECT_EQ(report.events, 6);
  EXPECT_EQ(report.outside_calendar, 1);
  EXPECT_EQ(report.duplicates, 1);
  EXPECT_EQ(report.domestic, 1);
  EXPECT_EQ(report.unmapped_codes.at("9"), 1);
  EXPECT_EQ(report.counted, 1);
  EXPECT_EQ(report.unrelated, 1);
}

TEST(CountEvents, ASignalWithoutACodeIsNotCollected) {
  const Codebook fights = Codebook::from_json(
      R"({"schema": "tocsin.codebook", "schema_version": 1, "name": "fights", "version": "1",
          "codes": {"F": {"party": "military", "rung": 5}, "T": {"party": "cooperation"}}})");
  const CountPanel panel = count_events(from_text("2025-04-16,IND,PAK,F\n"), {ind_pak}, fights).panel;
  EXPECT_TRUE(panel.collected().has(Signal::military));
  EXPECT_TRUE(panel.collected().has(Signal::cooperation));
  EXPECT_FALSE(panel.collected().has(Signal::rhetoric));
  EXPECT_FALSE(panel.collected().has(Signal::mediation));
  EXPECT_TRUE(panel.collected().has(Extra::rung_1));
  EXPECT_FALSE(panel.collected().has(Extra::goldstein_conflict));
}

TEST(CountEvents, RefusesWhatTheCallerCannotMean) {
  const EventTable events = from_text("2025-04-16,IND,PAK,112\n");
  const auto refuses = [&](const EventTable& table, const std::vector<Pair>& pairs, const CountOptions& options = {}) {
    EXPECT_THROW(static_cast<void>(count_events(table, pairs, cameo(), options)), InputError);
  };
  refuses(EventTable{}, {ind_pak});
  refuses(events, {});
  refuses(events, {ind_pak, Pair{"PAK", "IND"}});
  refuses(events, {Pair{"IND", "IND"}});
  refuses(events, {Pair{"INDGOV", "PAK"}});  // rolled up to IND: it could never have an event
  const Day day = events.dates[0];
  refuses(events, {ind_pak}, {.duplicates = Duplicates::raw, .calendar = Calendar{day, day + (-1)}});
  refuses(events, {ind_pak}, {.duplicates = Duplicates::raw, .calendar = Calendar{day + 1, day + 2}});
  refuses(events, {ind_pak}, {.duplicates = Duplicates::raw, .calendar = Calendar{day, day + 1000000}});
  EventTable short_column = events;
  short_column.codes.clear();
  refuses(short_column, {ind_pak});
  EventTable bad_code = events;
  bad_code.codes[0] = 7;
  refuses(bad_code, {ind_pak});
  EventTable bad_actor = events;
  bad_actor.sources[0] = 7;
  refuses(bad_actor, {ind_pak});
  EventTable bad_date = events;
  bad_date.dates[0] = Day{1745280000};  // seconds
  refuses(bad_date, {ind_pak});
}

TEST(CountEvents, APairGivenBackwardsIsTheSamePair) {
  const EventTable events = from_text("2025-04-16,IND,PAK,112\n");
  const CountPanel panel = count_events(events, {Pair{"PAK", "IND"}}, cameo()).panel;
  EXPECT_EQ(on(panel, ind_pak, "2025-04-16").forward[0], 1);
}

}  // namespace
}  // namespace tocsin
