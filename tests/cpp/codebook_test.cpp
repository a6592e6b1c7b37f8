#include "tocsin/codebook.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <thread>
#include <vector>

#include "tocsin/error.hpp"

namespace tocsin {
namespace {

const Codebook& cameo() { return Codebook::shipped("cameo-1.1b3"); }

std::string document(const std::string& codes) {
  return R"({"schema": "tocsin.codebook", "schema_version": 1, "name": "mine", "version": "7", "codes": )" + codes +
         "}";
}

std::string fault_of(const std::string& text) {
  try {
    static_cast<void>(Codebook::from_json(text));
  } catch (const CodebookError& error) {
    return error.what();
  }
  return "no error";
}

void expect_begins(const std::string& text, const std::string& beginning) {
  EXPECT_EQ(text.substr(0, beginning.size()), beginning) << text;
}

TEST(Codebook, ShipsCameoWithNameVersionAndHash) {
  EXPECT_EQ(cameo().name(), "cameo-1.1b3");
  EXPECT_EQ(cameo().version(), "1");
  EXPECT_EQ(cameo().hash().size(), 16U);
  EXPECT_EQ(cameo().hash().find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_EQ(cameo().codes().size(), 314U);
}

TEST(Codebook, IsParsedOnceAlsoWhenThreadsAskTogether) {
  std::vector<const Codebook*> seen(4);
  {
    std::vector<std::jthread> threads;
    for (auto& place : seen) threads.emplace_back([&place] { place = &cameo(); });
  }
  for (const Codebook* book : seen) EXPECT_EQ(book, &cameo());
}

TEST(Codebook, RefusesANameThatIsNotShippedAndListsThoseThatAre) {
  try {
    static_cast<void>(Codebook::shipped("cameo-1.1b2"));
    FAIL();
  } catch (const CodebookError& error) {
    EXPECT_STREQ(error.what(),
                 "codebook \"cameo-1.1b2\" is not shipped (nearest: cameo-1.1b3); the shipped ones are cameo-1.1b3, "
                 "weis, plover, acled, ucdp-ged; read one of your own from JSON");
  }
}

// Spot checks of SIGNALS.md section 1, one for each kind of row.
TEST(Codebook, GivesFamilyRungAndWeightByRole) {
  EXPECT_EQ(cameo().at("112").between_parties, Family::rhetoric);
  EXPECT_EQ(cameo().at("112").from_third_party, Family::neutral);
  EXPECT_EQ(cameo().at("112").rung, 1);
  EXPECT_EQ(cameo().at("130").rung, 2);
  EXPECT_EQ(cameo().at("138").between_parties, Family::rhetoric);  // words, though of force
  EXPECT_EQ(cameo().at("138").rung, 3);
  EXPECT_EQ(cameo().at("160").between_parties, Family::punitive);
  EXPECT_EQ(cameo().at("1712").between_parties, Family::military);
  EXPECT_EQ(cameo().at("1711").between_parties, Family::punitive);
  EXPECT_EQ(cameo().at("151").between_parties, Family::neutral);  // police
  EXPECT_EQ(cameo().at("194").rung, 6);
  EXPECT_EQ(cameo().at("204").rung, 7);
  EXPECT_EQ(cameo().at("020").between_parties, Family::neutral);
  EXPECT_EQ(cameo().at("057").between_parties, Family::cooperation);
  EXPECT_EQ(cameo().at("057").from_third_party, Family::neutral);
  EXPECT_EQ(cameo().at("045").between_parties, Family::neutral);
  EXPECT_EQ(cameo().at("045").from_third_party, Family::mediation);
}

TEST(Codebook, WeighsMediationByItsStage) {
  for (const char* code : {"045", "039", "037", "038", "026", "027", "028", "106", "107", "108", "1056"}) {
    EXPECT_EQ(cameo().at(code).mediation_weight, 1) << code;
  }
  EXPECT_EQ(cameo().at("0256").mediation_weight, 0.5);
  EXPECT_EQ(cameo().at("025").mediation_weight, 0);
  EXPECT_EQ(cameo().at("105").mediation_weight, 0);
  EXPECT_EQ(cameo().at("028").sought_weight, 0.5);
  EXPECT_EQ(cameo().at("038").sought_weight, 1);
  EXPECT_EQ(cameo().at("027").sought_weight, 0);
  EXPECT_EQ(cameo().at("040").from_third_party, Family::shuttle);
  EXPECT_EQ(cameo().at("040").mediation_weight, 0.3);
}

TEST(Codebook, KnowsThreeRefusals) {
  std::vector<std::string> refusals;
  for (const auto& [code, meaning] : cameo().codes()) {
    if (meaning.is_refusal) refusals.push_back(code);
  }
  EXPECT_EQ(refusals, (std::vector<std::string>{"1246", "125", "126"}));
}

TEST(Codebook, MatchesTheLongestPrefix) {
  EXPECT_EQ(cameo().find("1056"), &cameo().codes().at("1056"));
  EXPECT_EQ(cameo().find("1057"), &cameo().codes().at("105"));
  EXPECT_EQ(cameo().find("1934"), &cameo().codes().at("193"));
  EXPECT_EQ(cameo().find("199"), &cameo().codes().at("19"));
  EXPECT_EQ(cameo().find("19"), &cameo().codes().at("19"));
}

TEST(Codebook, DoesNotGuessWhatIsNoCode) {
  for (const char* code : {"", "1", "0", "21", "999", "19X", "190.0", "2025-04-23", " 19", "---"})
    EXPECT_EQ(cameo().find(code), nullptr) << code;
}

TEST(Codebook, ProposesTheNearestCodesForAnUnknownOne) {
  try {
    static_cast<void>(cameo().at("19X"));
    FAIL();
  } catch (const CodebookError& error) {
    EXPECT_STREQ(error.what(), "event code \"19X\" is not in codebook \"cameo-1.1b3\" (nearest: 19, 190, 191)");
  }
}

TEST(CodebookJson, ReadsATableOfOnesOwnWithDefaults) {
  const Codebook mine = Codebook::from_json(
      document(R"({"A": {}, "B": {"name": "Bomb", "party": "military", "rung": 5, "goldstein": -9}})"));
  EXPECT_EQ(mine.name(), "mine");
  EXPECT_EQ(mine.version(), "7");
  EXPECT_EQ(mine.at("A").between_parties, Family::neutral);
  EXPECT_EQ(mine.at("A").rung, 0);
  EXPECT_TRUE(std::isnan(mine.at("A").goldstein));  // not 0: a table without a scale gives no balance
  EXPECT_EQ(mine.at("B").name, "Bomb");
  EXPECT_EQ(mine.at("B").goldstein, -9);
}

TEST(CodebookJson, NamesThePlaceOfEveryFault) {
  expect_begins(fault_of("{"), "codebook document: cannot be read as JSON");
  expect_begins(fault_of("[]"), "codebook document: holds");
  expect_begins(fault_of(R"({"schema": "tocsin.codebook"})"), "codebook /schema_version: is missing");
  expect_begins(fault_of(R"({"schema": "tocsin.config"})"), "codebook /schema: holds \"\"tocsin.config\"\", expected");
  expect_begins(fault_of(R"({"schema": "tocsin.codebook", "schema_version": 2})"),
                "codebook /schema_version: holds \"2\", expected 1");
  expect_begins(fault_of(R"({"scheme": "tocsin.codebook"})"), "codebook /scheme: is not a known key (nearest: schema");
  expect_begins(fault_of(document("{}")), "codebook /codes: holds");
  expect_begins(fault_of(document(R"({"": {}})")), "codebook /codes/: is an empty code");
  expect_begins(fault_of(document(R"({"01": 3})")), "codebook /codes/01: holds \"3\", expected an object");
  expect_begins(fault_of(document(R"({"01": {}, "02": {}, "01": {}})")), "codebook /codes/01: stands twice");
  expect_begins(fault_of(document(R"({"01": {"rung": 0, "rung": 1}})")), "codebook /codes/01/rung: stands twice");
  expect_begins(fault_of(document(R"({"01": {"wieght": 1}})")), "codebook /codes/01/wieght: is not a known key");
  expect_begins(fault_of(document(R"({"01": {"party": "warm"}})")),
                "codebook /codes/01/party: holds \"\"warm\"\", expected one of neutral, rhetoric, military, punitive, "
                "mediation, cooperation");
  expect_begins(fault_of(document(R"({"01": {"party": "shuttle"}})")), "codebook /codes/01/party: holds");
  expect_begins(fault_of(document(R"({"01": {"third": "military"}})")), "codebook /codes/01/third: holds");
  expect_begins(fault_of(document(R"({"01": {"rung": 8}})")),
                "codebook /codes/01/rung: holds \"8\", expected a whole number from 0 to 7");
  expect_begins(fault_of(document(R"({"01": {"rung": 1.5}})")), "codebook /codes/01/rung: holds");
  expect_begins(fault_of(document(R"({"01": {"goldstein": "-3"}})")), "codebook /codes/01/goldstein: holds");
  expect_begins(fault_of(document(R"({"01": {"goldstein": -11}})")),
                "codebook /codes/01/goldstein: holds \"-11\", expected a number from -10");
  expect_begins(fault_of(document(R"({"01": {"sought_weight": 2}})")), "codebook /codes/01/sought_weight: holds");
  expect_begins(fault_of(document(R"({"01": {"mediation_weight": null}})")),
                "codebook /codes/01/mediation_weight: holds");
  expect_begins(fault_of(document(R"({"01": {"refusal": 1}})")), "codebook /codes/01/refusal: holds");
  expect_begins(fault_of(document(R"({"01": {"tags": "call"}})")), "codebook /codes/01/tags: holds");
  expect_begins(fault_of(document(R"({"01": {"name": 1}})")), "codebook /codes/01/name: holds");
}

TEST(CodebookJson, RefusesEntriesThatContradictThemselves) {
  expect_begins(fault_of(document(R"({"01": {"party": "military"}})")), "codebook /codes/01/rung: is 0 while");
  expect_begins(fault_of(document(R"({"01": {"party": "cooperation", "rung": 2}})")),
                "codebook /codes/01/rung: is 2 while");
  expect_begins(fault_of(document(R"({"01": {"third": "mediation"}})")),
                "codebook /codes/01/mediation_weight: is 0 while");
  expect_begins(fault_of(document(R"({"01": {"mediation_weight": 1}})")),
                "codebook /codes/01/mediation_weight: is 1 while");
}

TEST(CodebookHash, IsOfWhatCodesCountAsAndNotOfTheSpelling) {
  const auto hash = [](const std::string& codes) { return Codebook::from_json(document(codes)).hash(); };
  const std::string plain = hash(R"({"1": {"goldstein": 1}, "2": {"party": "punitive", "rung": 3}})");
  EXPECT_EQ(
      plain,
      hash(
          R"({"2": {"rung": 3, "party": "punitive", "goldstein": null, "refusal": false}, "1": {"name": "x", "goldstein": 1.0}})"));
  EXPECT_NE(plain, hash(R"({"1": {"goldstein": 2}, "2": {"party": "punitive", "rung": 3}})"));
  EXPECT_NE(plain, hash(R"({"1": {"goldstein": 1}, "2": {"party": "military", "rung": 3}})"));
  EXPECT_NE(plain, hash(R"({"1": {"goldstein": 1}, "3": {"party": "punitive", "rung": 3}})"));
  EXPECT_NE(plain, hash(R"({"1": {"goldstein": 1, "sought_weight": 0.5}, "2": {"party": "punitive", "rung": 3}})"));
  EXPECT_NE(plain, hash(R"({"1": {"goldstein": 1, "refusal": true}, "2": {"party": "punitive", "rung": 3}})"));
}

// INDICATORS.md C7: 3(-2) + 1(-7) + 1(-8) + 2(-10) = -41; 2(1.9) + 1(5) = 8.8; ten events; 8.8 / 49.8.
TEST(GoldsteinSums, CheckValueOfTheMethod) {
  const std::vector<std::string> codes{"112", "138", "163", "190", "042", "045"};
  const std::vector<double> counts{3, 1, 1, 2, 2, 1};
  const GoldsteinSums sums = goldstein_sums(codes, counts, cameo());
  EXPECT_DOUBLE_EQ(sums.conflict, -41);
  EXPECT_DOUBLE_EQ(sums.cooperation, 8.8);
  EXPECT_DOUBLE_EQ(sums.net(), -32.2);
  EXPECT_DOUBLE_EQ(sums.mean_per_event(), -3.22);
  EXPECT_NEAR(sums.cooperation_share(), 0.1767068273, 5e-11);
  EXPECT_EQ(sums.events, 10);
  EXPECT_EQ(sums.unscaled, 0);
}

TEST(GoldsteinSums, CodesWithoutAValueAreCountedApart) {
  const std::vector<std::string> codes{"155", "190", "176"};
  const std::vector<double> counts{2, 1, 1};
  const GoldsteinSums sums = goldstein_sums(codes, counts, cameo());
  EXPECT_EQ(sums.unscaled, 3);
  EXPECT_EQ(sums.events, 1);
  EXPECT_EQ(sums.mean_per_event(), -10);
}

TEST(GoldsteinSums, FourDigitCodesHaveTheirOwnValueOrTheirParents) {
  const std::vector<double> one{1};
  const auto value = [&](const std::string& code) {
    return goldstein_sums(std::vector<std::string>{code}, one, cameo()).net();
  };
  EXPECT_EQ(value("0334"), 6);
  EXPECT_EQ(value("0333"), 5.2);
  EXPECT_EQ(value("0874"), 10);
  EXPECT_EQ(value("1823"), -10);
  EXPECT_EQ(value("1822"), -9);
  EXPECT_EQ(value("182"), -9.5);
}

TEST(GoldsteinSums, WithoutEventsThereIsNoMean) {
  const GoldsteinSums sums = goldstein_sums({}, {}, cameo());
  EXPECT_EQ(sums.net(), 0);
  EXPECT_TRUE(std::isnan(sums.mean_per_event()));
  EXPECT_TRUE(std::isnan(sums.cooperation_share()));
}

TEST(GoldsteinSums, RefusesWhatCannotBeCounted) {
  const std::vector<std::string> codes{"112"};
  EXPECT_THROW(static_cast<void>(goldstein_sums(codes, {}, cameo())), InputError);
  for (const double bad : {-1.0, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    const std::vector<double> counts{bad};
    EXPECT_THROW(static_cast<void>(goldstein_sums(codes, counts, cameo())), InputError);
  }
  const std::vector<double> one{1};
  EXPECT_THROW(static_cast<void>(goldstein_sums(std::vector<std::string>{"99"}, one, cameo())), CodebookError);
}

}  // namespace
}  // namespace tocsin
