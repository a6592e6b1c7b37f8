#include "tocsin/config.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>

#include "tocsin/error.hpp"

namespace tocsin {
namespace {

struct Fault {
  std::string pointer;
  std::string message;
};

Fault fault_of(const std::string& text) {
  try {
    (void)Config::from_json(text);
  } catch (const ConfigError& error) {
    return {error.pointer(), error.what()};
  }
  return {"no fault", ""};
}

TEST(Config, TheDefaultsAreValidAndSurviveJson) {
  const Config config;
  EXPECT_NO_THROW(config.validate());
  EXPECT_EQ(Config::from_json(config.to_json()), config);
}

TEST(Config, EveryFieldSurvivesJsonBitForBit) {
  Config config;
  config.half_life_fast_days = 0.1 + 0.2;
  config.draws = 21;
  config.seed = std::numeric_limits<std::uint64_t>::max();
  config.weights = {0.5, 0.1, 0.2, 0.15, 0.05};
  config.goalposts.acts_per_mediation = 1.0 / 3.0;
  EXPECT_EQ(Config::from_json(config.to_json()), config);
}

TEST(Config, KeysThatAreNotThereKeepTheirDefaults) {
  Config expected;
  expected.goalposts.rung = 5;
  EXPECT_EQ(Config::from_json(R"({"goalposts": {"rung": 5}})"), expected);
  EXPECT_EQ(Config::from_json("{}"), Config{});
}

TEST(ConfigFaults, AnUnknownKeyProposesTheNearestOne) {
  const Fault fault = fault_of(R"({"half_life_fast_day": 3})");
  EXPECT_EQ(fault.pointer, "/half_life_fast_day");
  EXPECT_NE(fault.message.find("is not a known key (nearest: half_life_fast_days"), std::string::npos) << fault.message;
  EXPECT_NE(fault.message.find("; the keys are composite, half_life_fast_days, half_life_medium_days"),
            std::string::npos)
      << fault.message;
}

TEST(ConfigFaults, AnUnknownKeyInsideAnObjectHasTheWholePointer) {
  EXPECT_EQ(fault_of(R"({"weights": {"spred": 0.2}})").pointer, "/weights/spred");
}

TEST(ConfigFaults, ThePointerEscapesSlashesAndTildes) { EXPECT_EQ(fault_of(R"({"a/b~c": 1})").pointer, "/a~1b~0c"); }

TEST(ConfigFaults, AKeyThatStandsTwice) {
  const Fault fault = fault_of(R"({"draws": 100, "weights": {"spread": 0.2, "momentum": 0.2, "spread": 0.2}})");
  EXPECT_EQ(fault.pointer, "/weights/spread");
  EXPECT_NE(fault.message.find("stands twice"), std::string::npos);
  EXPECT_EQ(fault_of(R"({"draws": 100, "seed": 1, "draws": 100})").pointer, "/draws");
}

TEST(ConfigFaults, TheSameKeyInTwoObjectsIsNotADuplicate) {
  EXPECT_EQ(fault_of(R"({"weights": {"spread": 0.2}, "goalposts": {"rung": 6}})").pointer, "no fault");
}

TEST(ConfigFaults, AValueOfTheWrongTypeIsQuoted) {
  EXPECT_EQ(fault_of(R"({"half_life_fast_days": "3"})").message,
            R"(configuration /half_life_fast_days: holds ""3"", expected a number)");
  EXPECT_EQ(fault_of(R"({"draws": 100.5})").message, R"(configuration /draws: holds "100.5", expected a whole number)");
  EXPECT_EQ(fault_of(R"({"draws": true})").pointer, "/draws");
  EXPECT_EQ(fault_of(R"({"weights": 0.2})").message, R"(configuration /weights: holds "0.2", expected an object)");
  EXPECT_EQ(fault_of(R"({"weights": null})").pointer, "/weights");
  EXPECT_EQ(fault_of(R"({"hazard": null})").message, "configuration /hazard: holds null, expected a number");
}

TEST(ConfigFaults, AWholeNumberThatDoesNotFitIsRefusedAndDoesNotWrapAround) {
  // 2^32 + 100 and 2^64 - 2^32 + 100 are 100 in their low 32 bits, which is a fine number of draws; so is -2^32 + 100.
  for (const char* number : {"4294967396", "18446744069414584420", "-4294967196", "99999999999999999999999"}) {
    EXPECT_EQ(fault_of(std::string{R"({"draws": )"} + number + "}").pointer, "/draws") << number;
  }
  EXPECT_EQ(fault_of(R"({"seed": -1})").pointer, "/seed");
}

TEST(ConfigFaults, ValuesOutOfRangeAreNamedWithWhatWasExpected) {
  EXPECT_EQ(fault_of(R"({"half_life_slow_days": 0})").message,
            "configuration /half_life_slow_days: holds 0, expected a number of days above 0 and up to 36500");
  EXPECT_EQ(fault_of(R"({"hazard": 1})").pointer, "/hazard");
  EXPECT_EQ(fault_of(R"({"hazard": 0})").pointer, "/hazard");
  EXPECT_EQ(fault_of(R"({"recent_days": 0})").pointer, "/recent_days");
  EXPECT_EQ(fault_of(R"({"settle_days": -1})").pointer, "/settle_days");
  EXPECT_EQ(fault_of(R"({"draws": 19})").pointer, "/draws");
  EXPECT_EQ(fault_of(R"({"goalposts": {"rung": 8}})").pointer, "/goalposts/rung");
  EXPECT_EQ(fault_of(R"({"goalposts": {"level_low_log2": 4}})").pointer, "/goalposts/level_low_log2");
  EXPECT_EQ(fault_of(R"({"weights": {"spread": -0.2}})").pointer, "/weights/spread");
}

TEST(ConfigFaults, WeightsThatDoNotSumToOne) {
  EXPECT_EQ(fault_of(R"({"weights": {"spread": 0.3}})").message,
            "configuration /weights: holds 1.1, expected weights that sum to 1");
}

TEST(ConfigFaults, NotANumberIsOutOfEveryRange) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  Config config;
  config.min_events = nan;
  EXPECT_THROW(config.validate(), ConfigError);
  config = {};
  config.goalposts.level_high_log2 = nan;
  EXPECT_THROW(config.validate(), ConfigError);
  config = {};
  config.weights.spread = nan;
  EXPECT_THROW(config.validate(), ConfigError);
  config = {};
  config.goalposts.reproduction_high = std::numeric_limits<double>::infinity();
  EXPECT_THROW(config.validate(), ConfigError);
}

TEST(ConfigFaults, TextThatIsNotJson) {
  for (const char* text :
       {"", "{", "{\"draws\": 100,}", "{} {}", "// no\n{}", "{'draws': 100}", "{\"draws\": NaN}", "\xFF"}) {
    const Fault fault = fault_of(text);
    EXPECT_EQ(fault.pointer, "") << text;
    EXPECT_NE(fault.message.find("configuration document: cannot be read as JSON"), std::string::npos)
        << text << ": " << fault.message;
  }
}

TEST(ConfigFaults, ADocumentThatIsNotAnObject) {
  EXPECT_EQ(fault_of("[]").message, "configuration document: holds \"[]\", expected an object");
  EXPECT_EQ(fault_of("3").pointer, "");
}

TEST(ConfigFaults, ADocumentThatIsNestedTooDeeplyIsRefusedAndDoesNotOverflowTheStack) {
  const std::size_t deep = 1000000;
  EXPECT_EQ(fault_of("{\"draws\": " + std::string(deep, '[') + std::string(deep, ']') + "}").pointer, "");
  std::string objects;
  for (std::size_t i = 0; i < deep; ++i) objects += "{\"a\":";
  EXPECT_EQ(fault_of(objects).pointer, "");
}

}  // namespace
}  // namespace tocsin
