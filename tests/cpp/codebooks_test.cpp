// The shipped codebooks other than CAMEO, rule by rule: SIGNALS.md sections 2 and 5.

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <sstream>
#include <string>
#include <vector>

#include "event_tally.hpp"
#include "tocsin/codebook.hpp"
#include "tocsin/error.hpp"
#include "tocsin/event_reader.hpp"

namespace tocsin {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

const Codebook& plover() { return Codebook::shipped("plover"); }
const Codebook& acled() { return Codebook::shipped("acled"); }

struct Rule {
  const char* code;
  Family party;
  int rung;
  double goldstein;  // NaN: the scale has no value
  Family third = Family::neutral;
  double weight = 0;
};

void expect_rules(const char* name, const std::vector<Rule>& rules) {
  for (const Rule& rule : rules) {
    SCOPED_TRACE(std::string{name} + " " + rule.code);
    const CodeMeaning& meaning = Codebook::shipped(name).at(rule.code);
    EXPECT_EQ(meaning.between_parties, rule.party);
    EXPECT_EQ(meaning.rung, rule.rung);
    EXPECT_EQ(meaning.from_third_party, rule.third);
    EXPECT_EQ(meaning.mediation_weight, rule.weight);
    EXPECT_EQ(meaning.sought_weight, 0);
    if (std::isnan(rule.goldstein)) {
      EXPECT_TRUE(std::isnan(meaning.goldstein));
    } else {
      EXPECT_EQ(meaning.goldstein, rule.goldstein);
    }
  }
}

using enum Family;

TEST(ShippedCodebooks, CarryTheirNamesAndVersions) {
  EXPECT_EQ(Codebook::shipped_names(),
            (std::vector<std::string>{"cameo-1.1b3", "weis", "plover", "acled", "ucdp-ged"}));
  for (const std::string& name : Codebook::shipped_names()) EXPECT_EQ(Codebook::shipped(name).name(), name);
  EXPECT_EQ(plover().version(), "0.8-1");  // of the manual, then of the table
}

// A hash is part of every result. Who changes what a code counts as changes the codebook's version, and the hash here.
TEST(ShippedCodebooks, KeepTheirHashes) {
  EXPECT_EQ(Codebook::shipped("cameo-1.1b3").hash(), "1a7d6fd7e7052190");
  EXPECT_EQ(Codebook::shipped("weis").hash(), "6b9f8b7e123fb29c");
  EXPECT_EQ(plover().hash(), "8c25cd8ada8b15ea");
  EXPECT_EQ(acled().hash(), "907aa3a6ccf48cb0");
  EXPECT_EQ(Codebook::shipped("ucdp-ged").hash(), "c6ae1650586ae5c3");
}

TEST(ShippedCodebooks, SayHowCodesMatchAndWhetherEventsHaveADirection) {
  const auto matching = [](const char* name) { return Codebook::shipped(name).matching(); };
  for (const char* name : {"cameo-1.1b3", "weis"}) EXPECT_EQ(matching(name), CodeMatching::digits) << name;
  for (const char* name : {"plover", "acled", "ucdp-ged"}) EXPECT_EQ(matching(name), CodeMatching::parts) << name;
  for (const char* name : {"cameo-1.1b3", "weis", "plover"}) EXPECT_TRUE(Codebook::shipped(name).is_directed()) << name;
  for (const char* name : {"acled", "ucdp-ged"}) EXPECT_FALSE(Codebook::shipped(name).is_directed()) << name;
}

// ---- WEIS ---------------------------------------------------------------------------------------

TEST(Weis, RulesOfTheSignals) {
  expect_rules("weis", {
                           {"014", cooperation, 0, 3},  // cease-fire
                           {"022", neutral, 0, -0.4},
                           {"031", cooperation, 0, 1, shuttle, 0.3},  // meetings count under the shuttle rule only
                           {"033", cooperation, 0, 2.8, shuttle, 0.3},
                           {"072", cooperation, 0, 8.3},
                           {"090", neutral, 0, 3},
                           {"094", neutral, 0, -0.1, mediation, 1},  // proposals and urgings are calls
                           {"095", neutral, 0, 1.2, mediation, 1},
                           {"100", neutral, 0, 0.5, mediation, 1},
                           {"101", neutral, 0, 1.5, mediation, 1},
                           {"102", neutral, 0, -0.1, mediation, 1},
                           {"112", rhetoric, 1, -4},
                           {"123", neutral, 0, -1},
                           {"130", rhetoric, 1, nan},  // the scale of 1992 has no value
                           {"160", rhetoric, 2, -3},
                           {"173", rhetoric, 3, -7},
                           {"182", military, 4, -7.6},
                           {"181", neutral, 0, -5.2},
                           {"195", punitive, 3, -7},
                           {"212", punitive, 3, -4.4},
                           {"223", military, 5, -10},
                       });
}

// 223 is any military engagement, from a shot to a war: no code says which, so none may claim a higher rung.
TEST(Weis, StopsAtTheFifthRung) {
  for (const auto& [code, meaning] : Codebook::shipped("weis").codes()) EXPECT_LE(meaning.rung, 5) << code;
}

TEST(Weis, HasNoCodesOfTwoDigits) { EXPECT_EQ(Codebook::shipped("weis").find("22"), nullptr); }

// ---- PLOVER -------------------------------------------------------------------------------------

TEST(Plover, CooperationOfTheSignals) {
  expect_rules("plover", {
                             {"AGREE", cooperation, 0, 2.5},
                             {"AGREE::economic", cooperation, 0, 2.5},
                             {"AGREE::diplomatic", cooperation, 0, 2.5, shuttle, 0.3},
                             {"CONSULT", cooperation, 0, 2.5, shuttle, 0.3},
                             {"CONSULT:visit", cooperation, 0, 4, shuttle, 0.3},
                             {"CONSULT:phone", cooperation, 0, 1.5, shuttle, 0.3},
                             {"CONSULT:multilateral", cooperation, 0, 4, shuttle, 0.3},
                             {"CONSULT:third-party", cooperation, 0, 1, mediation, 1},
                             {"SUPPORT", cooperation, 0, 5},
                             {"COOPERATE", cooperation, 0, 9.5},
                             {"AID", cooperation, 0, 10},
                             {"CONCEDE", cooperation, 0, 4.5},
                             {"RETREAT", cooperation, 0, 6.5},
                             {"RETREAT:withdraw", cooperation, 0, 8},
                             {"RETREAT:release", cooperation, 0, 6.5},
                             {"RETREAT:disarm", cooperation, 0, 10},
                             {"RETREAT:ceasefire", cooperation, 0, 7.5},
                             {"RETREAT:access", cooperation, 0, 6.5},
                             {"RETREAT:resign", neutral, 0, 6.5},
                         });
}

TEST(Plover, WordsOfTheSignals) {
  expect_rules("plover", {
                             {"REQUEST", neutral, 0, 0},
                             {"REQUEST:assist", rhetoric, 1, 0.5},
                             {"REQUEST:change", rhetoric, 1, -1},
                             {"REQUEST:meet", neutral, 0, 0, mediation, 1},
                             {"REQUEST:yield", neutral, 0, -1, mediation, 1},
                             {"ACCUSE", rhetoric, 1, -3},  // printed 3
                             {"ACCUSE:disapprove", rhetoric, 1, -3},
                             {"ACCUSE:allege", rhetoric, 1, -3},
                             {"ACCUSE:investigate", neutral, 0, -3},
                             {"REJECT", rhetoric, 1, -2},
                             {"REJECT:assist", rhetoric, 1, -2},
                             {"REJECT:meet", rhetoric, 1, -2},
                             {"THREATEN", rhetoric, 2, -3.5},
                             {"THREATEN:relations", rhetoric, 2, -3.5},
                             {"THREATEN:violence", rhetoric, 3, -3.5},
                             {"THREATEN:territory", rhetoric, 3, -3.5},
                             {"PROTEST", neutral, 0, -5},
                             {"PROTEST:riot", neutral, 0, -5},
                         });
  for (const auto& [code, meaning] : plover().codes()) EXPECT_EQ(meaning.is_refusal, code == "REJECT:meet") << code;
}

TEST(Plover, DeedsOfTheSignals) {
  std::vector<Rule> rules{
      {"SANCTION", punitive, 3, -6},
      {"COERCE", punitive, 3, -7},
      {"COERCE::military", military, 5, -7},
      {"COERCE:restrict:military", military, 5, -7},  // blockade
      {"COERCE:seize:military", military, 6, -7},     // occupation
      {"COERCE:arrest:military", punitive, 3, -7},
      {"MOBILIZE", military, 4, -5.5},
      {"MOBILIZE:troops", military, 4, -6.5},
      {"MOBILIZE:weapons", military, 4, -6.5},
      {"MOBILIZE:militia", military, 4, -5.5},
      {"MOBILIZE:police", neutral, 0, -5.5},
      {"ASSAULT", military, 5, -9},
      {"ASSAULT:firearms", military, 5, -9},
      {"ASSAULT:massacre", military, 5, -9},
      {"ASSAULT:aerial", military, 6, -9.5},
      {"ASSAULT:drone", military, 6, -9.5},
      {"ASSAULT:heavy", military, 6, -9.5},
      {"ASSAULT:heavy-weapons", military, 6, -9.5},
      {"ASSAULT:unconventional", military, 7, -10},
  };
  for (const char* code : {"SANCTION:convict", "SANCTION:expel", "SANCTION:withdraw", "SANCTION:discontinue"})
    rules.push_back({code, punitive, 3, -6});
  for (const char* code :
       {"COERCE:restrict", "COERCE:seize", "COERCE:ban", "COERCE:arrest", "COERCE:deport", "COERCE:censor",
        "COERCE:curfew", "COERCE:martial-law", "COERCE:withhold", "COERCE:misinformation", "COERCE:cyber"})
    rules.push_back({code, punitive, 3, -7});
  expect_rules("plover", rules);
}

TEST(Plover, MatchesTheLongestPrefixAtAColon) {
  EXPECT_EQ(plover().find("ASSAULT:aerial:military"), &plover().codes().at("ASSAULT:aerial"));
  EXPECT_EQ(plover().find("ASSAULT:aeria"), &plover().codes().at("ASSAULT"));
  EXPECT_EQ(plover().find("ASSAULT:heavy-weapons"), &plover().codes().at("ASSAULT:heavy-weapons"));
  EXPECT_EQ(plover().find("ASSAULT::"), &plover().codes().at("ASSAULT"));
  EXPECT_EQ(plover().find("COERCE::legal"), &plover().codes().at("COERCE"));
  for (const char* code : {"", ":", "::", ":aerial", "ASSAUL", "ASSAULTS", "ASSAULT1", "assault", " ASSAULT", "19"})
    EXPECT_EQ(plover().find(code), nullptr) << code;
}

// ---- ACLED and UCDP GED -------------------------------------------------------------------------

TEST(Acled, RulesOfTheSignals) {
  expect_rules("acled", {
                            {"Battles", military, 5, nan},
                            {"Battles:Armed clash", military, 5, nan},
                            {"Battles:Government regains territory", military, 6, nan},
                            {"Battles:Non-state actor overtakes territory", military, 6, nan},
                            {"Explosions/Remote violence", military, 5, nan},
                            {"Explosions/Remote violence:Air/drone strike", military, 6, nan},
                            {"Explosions/Remote violence:Shelling/artillery/missile attack", military, 6, nan},
                            {"Explosions/Remote violence:Chemical weapon", military, 7, nan},
                            {"Explosions/Remote violence:Grenade", military, 5, nan},
                            {"Violence against civilians", military, 5, nan},
                            {"Violence against civilians:Sexual violence", military, 5, nan},
                            {"Strategic developments:Agreement", cooperation, 0, nan},
                            {"Strategic developments:Non-violent transfer of territory", cooperation, 0, nan},
                            {"Strategic developments:Arrests", punitive, 3, nan},
                            {"Strategic developments:Looting/property destruction", neutral, 0, nan},
                            {"Strategic developments", neutral, 0, nan},
                            {"Protests:Excessive force against protesters", neutral, 0, nan},
                            {"Protests", neutral, 0, nan},
                            {"Riots:Mob violence", neutral, 0, nan},
                            {"Riots", neutral, 0, nan},
                            // Before 2019.
                            {"Battle-No change of territory", military, 5, nan},
                            {"Battle-Non-state actor overtakes territory", military, 6, nan},
                            {"Remote violence", military, 5, nan},
                            {"Riots/Protests", neutral, 0, nan},
                            {"Non-violent transfer of territory", cooperation, 0, nan},
                        });
}

TEST(Ucdp, CountsStateBasedViolenceOnly) {
  expect_rules("ucdp-ged", {{"1", military, 5, nan}, {"2", neutral, 0, nan}, {"3", neutral, 0, nan}});
  EXPECT_EQ(Codebook::shipped("ucdp-ged").find("12"), nullptr);  // no kind of 1
}

// ---- what is collected --------------------------------------------------------------------------

EventTable from_text(const std::string& rows) {
  std::istringstream stream("date,source,target,code\n" + rows);
  return read_events(stream, "test.csv").events;
}

CountResult count(const std::string& rows, const Codebook& codebook) {
  return count_events(from_text(rows), {{"IND", "PAK"}}, codebook);
}

// What a codebook has no code for is not collected, which is not the same as zero.
TEST(ShippedCodebooks, SayWhatTheyCannotSee) {
  const auto columns = [](const char* name) { return columns_of(Codebook::shipped(name)); };
  const auto sees = [&](const char* name, Signal signal) { return columns(name).test(index_of(signal)); };
  const auto has = [&](const char* name, Extra extra) { return columns(name).test(signal_count + index_of(extra)); };
  for (const char* name : {"cameo-1.1b3", "plover"}) EXPECT_TRUE(columns(name).all()) << name;
  EXPECT_EQ(columns("weis").count(), event_column_count - 1);
  EXPECT_FALSE(has("weis", Extra::refusals));
  for (const char* name : {"acled", "ucdp-ged"}) {
    SCOPED_TRACE(name);
    EXPECT_TRUE(sees(name, Signal::military));
    EXPECT_FALSE(sees(name, Signal::rhetoric));
    EXPECT_FALSE(sees(name, Signal::mediation));
    for (const Extra extra : {Extra::goldstein_conflict, Extra::goldstein_cooperation, Extra::refusals,
                              Extra::third_party_hostile, Extra::mediators})
      EXPECT_FALSE(has(name, extra));
  }
  for (const Signal signal : {Signal::punitive, Signal::cooperation}) {
    EXPECT_TRUE(sees("acled", signal));
    EXPECT_FALSE(sees("ucdp-ged", signal));
  }
}

TEST(UndirectedEvents, StandOnDirectionZeroInAnUndirectedPanel) {
  const std::string rows =
      "2025-05-07,IND,PAK,Explosions/Remote violence:Air/drone strike\n"
      "2025-05-07,PAK,IND,Battles:Armed clash\n"
      "2025-05-10,PAK,IND,Strategic developments:Agreement\n";
  const CountPanel panel = count(rows, acled()).panel;
  EXPECT_FALSE(panel.collected().is_directed);
  EXPECT_FALSE(panel.collected().has(Signal::rhetoric));
  EXPECT_FALSE(panel.collected().has(Signal::mediation));
  const PairCounts& pair = panel.pair({"IND", "PAK"});
  ASSERT_EQ(pair.days.front().day, 0);
  EXPECT_EQ(pair.days.front().counts[0][index_of(Signal::military)], 2);
  EXPECT_EQ(pair.days.back().day, 3);
  EXPECT_EQ(pair.days.back().counts[0][index_of(Signal::cooperation)], 1);
  for (const DayCounts& day : pair.days) {
    for (const double value : day.counts[1]) EXPECT_FALSE(value > 0);
  }
  EXPECT_EQ(panel.provenance().codebook, "acled");
}

TEST(UndirectedEvents, AreTheSameInEitherOrder) {
  const CountResult forward =
      count("2025-05-07,IND,PAK,1\n2025-05-07,CHN,PAK,1\n2025-05-07,IND,USA,1\n", Codebook::shipped("ucdp-ged"));
  const CountResult backward =
      count("2025-05-07,PAK,IND,1\n2025-05-07,PAK,CHN,1\n2025-05-07,USA,IND,1\n", Codebook::shipped("ucdp-ged"));
  for (const CountResult& result : {forward, backward}) {
    EXPECT_EQ(result.panel.pair({"IND", "PAK"}).days.front().counts[0][index_of(Signal::military)], 1);
    EXPECT_EQ(result.report.counted, 1);
    EXPECT_EQ(result.report.unrelated, 2);  // with third parties, who may have done it or suffered it
  }
  const CountResult both = count("2025-05-07,IND,PAK,1\n2025-05-07,PAK,IND,1\n", Codebook::shipped("ucdp-ged"));
  EXPECT_EQ(both.report.duplicates, 1);
}

// ---- faults -------------------------------------------------------------------------------------

std::string fault_of(const std::string& head, const std::string& entry = "{}") {
  try {
    static_cast<void>(
        Codebook::from_json(R"({"schema": "tocsin.codebook", "schema_version": 1, "name": "mine", "version": "7", )" +
                            head + R"(, "codes": {"A": )" + entry + "}}"));
  } catch (const CodebookError& error) {
    return error.what();
  }
  return "no error";
}

TEST(CodebookJson, RefusesAMatchingOrADirectionThatItDoesNotKnow) {
  const std::string expected = ", expected \"digits\" or \"parts\"";
  EXPECT_EQ(fault_of(R"("matching": "prefix")"), "codebook /matching: holds \"\"prefix\"\"" + expected);
  EXPECT_EQ(fault_of(R"("matching": 3)"), "codebook /matching: holds \"3\"" + expected);
  EXPECT_EQ(fault_of(R"("matching": null)"), "codebook /matching: holds \"null\"" + expected);
  EXPECT_EQ(fault_of(R"("directed": "no")"), "codebook /directed: holds \"\"no\"\", expected true or false");
  EXPECT_EQ(fault_of(R"("directed": 0)"), "codebook /directed: holds \"0\", expected true or false");
  EXPECT_EQ(fault_of(R"("matching": "digits", "directed": true)"), "no error");
}

TEST(CodebookJson, RefusesRolesWhereEventsHaveNoDirection) {
  const auto fault = [](const std::string& entry) { return fault_of(R"("directed": false)", entry); };
  const std::string why =
      ", expected nothing here: the codebook's events are not directed, so that nobody knows who acted";
  EXPECT_EQ(fault(R"({"third": "mediation", "mediation_weight": 1})"),
            "codebook /codes/A/third: holds \"\"mediation\"\"" + why);
  EXPECT_EQ(fault(R"({"sought_weight": 0.5})"), "codebook /codes/A/sought_weight: holds \"0.5\"" + why);
  EXPECT_EQ(fault(R"({"refusal": true})"), "codebook /codes/A/refusal: holds \"true\"" + why);
  EXPECT_EQ(fault(R"({"party": "military", "rung": 5, "third": "neutral", "refusal": false})"), "no error");
}

TEST(CodebookHash, KnowsHowCodesMatchAndWhetherEventsHaveADirection) {
  const auto hash = [](const std::string& head) {
    return Codebook::from_json(
               R"({"schema": "tocsin.codebook", "schema_version": 1, "name": "mine", "version": "7", )" + head +
               R"("codes": {"A": {}}})")
        .hash();
  };
  const std::string plain = hash("");
  EXPECT_EQ(plain, hash(R"("matching": "digits", "directed": true, )"));
  EXPECT_NE(plain, hash(R"("matching": "parts", )"));
  EXPECT_NE(plain, hash(R"("directed": false, )"));
  EXPECT_NE(hash(R"("matching": "parts", )"), hash(R"("matching": "parts", "directed": false, )"));
}

}  // namespace
}  // namespace tocsin
