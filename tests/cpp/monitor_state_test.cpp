// The state of a monitor as a document: a restarted monitor continues bit for bit, an altered one is refused.
#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "json.hpp"
#include "random.hpp"
#include "sample_panels.hpp"
#include "tocsin/error.hpp"
#include "tocsin/monitor.hpp"

namespace tocsin {
namespace {

using samples::first_day;
using samples::random_table;
using samples::RandomShape;
using samples::rows_of;

Config quick() {
  Config config;
  config.draws = 20;
  return config;
}

Monitor monitor_after(const CountTable& table, int days) {
  Monitor monitor(quick(), CountPanel::from_table(table).collected());
  for (int day = 0; day < days; ++day) (void)monitor.push(first_day + day, rows_of(table, first_day + day));
  return monitor;
}

const std::string& state() {
  static const std::string text =
      monitor_after(random_table(1, {.pairs = 2, .days = 20, .has_extras = true}), 20).to_json();
  return text;
}

std::string fault_of(const std::string& text) {
  try {
    (void)Monitor::from_json(text);
  } catch (const StateError& error) {
    return error.what();
  }
  return "no fault";
}

// The fault of the state after a change; where asked for, with a checksum that fits, as a careful forger would write.
template <class Change>
std::string fault_after(const Change& change, bool with_new_checksum = false, const std::string& before = state()) {
  Json json = Json::parse(before);
  change(json);
  if (with_new_checksum) {
    std::string checksum(16, '0');
    std::uint64_t hash = random::hash_text(json["body"].dump());
    for (auto digit = checksum.rbegin(); digit != checksum.rend(); ++digit, hash /= 16)
      *digit = "0123456789abcdef"[hash % 16];
    json["checksum"] = checksum;
  }
  return fault_of(json.dump());
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(MonitorState, SavingAndLoadingOnEveryEveningContinuesBitForBit) {
  const RandomShape plain{.pairs = 2, .days = 20};
  const RandomShape rich{
      .pairs = 2, .days = 20, .share_of_missing_cells = 0.1, .share_of_missing_days = 0.1, .has_extras = true};
  const RandomShape poor{.pairs = 2, .days = 20, .is_directed = false, .with_mediation = false};
  for (const RandomShape& shape : {plain, rich, poor}) {
    const CountTable table = random_table(2, shape);
    Monitor steady(quick(), CountPanel::from_table(table).collected());
    Monitor restarted = Monitor::from_json(steady.to_json());
    for (int day = 0; day < shape.days; ++day) {
      const CountTable rows = rows_of(table, first_day + day);
      const Reading a = steady.push(first_day + day, rows);
      const Reading b = restarted.push(first_day + day, rows);
      ASSERT_EQ(a.pairs, b.pairs);
      for (std::size_t i = 0; i < a.rows.size(); ++i) {
        ASSERT_EQ(a.rows[i].status, b.rows[i].status);
        for (std::size_t column = 0; column < score_column_count; ++column) {
          const double x = a.rows[i].values[column];
          const double y = b.rows[i].values[column];
          ASSERT_TRUE(x == y || (std::isnan(x) && std::isnan(y)))
              << name_of(static_cast<ScoreColumn>(column)) << " on day " << day;
        }
      }
      restarted = Monitor::from_json(restarted.to_json());
      ASSERT_EQ(restarted.to_json(), steady.to_json());
    }
  }
}

TEST(MonitorState, KeepsConfigurationDayAndPairs) {
  const Monitor monitor = Monitor::from_json(state());
  EXPECT_EQ(monitor.config(), quick());
  EXPECT_EQ(monitor.last_day(), first_day + 19);
  EXPECT_EQ(monitor.pairs(), (std::vector<Pair>{{"A0000", "B0000"}, {"A0001", "B0001"}}));
}

TEST(MonitorState, ARestartedMonitorCanStillReplay) {
  const CountTable table = random_table(1, {.pairs = 2, .days = 20, .has_extras = true});
  Monitor restarted = Monitor::from_json(state());
  Monitor steady = monitor_after(table, 20);
  const Day day_18 = first_day + 18;
  (void)restarted.push(day_18, rows_of(table, day_18), 1, day_18);
  (void)steady.push(day_18, rows_of(table, day_18), 1, day_18);
  EXPECT_EQ(restarted.to_json(), steady.to_json());
}

TEST(MonitorState, ARestartedMonitorStillRefusesADayTwice) {
  Monitor restarted = Monitor::from_json(state());
  EXPECT_THROW((void)restarted.push(first_day + 19, CountTable{}), StateError);
}

TEST(MonitorState, GrowsWithThePairsAndOnceTheHistoryIsFullNotWithTheDays) {
  const CountTable table = random_table(3, {.pairs = 2, .days = 600});
  const std::size_t after_420 = monitor_after(table, 420).to_json().size();
  const std::size_t after_600 = monitor_after(table, 600).to_json().size();
  EXPECT_LT(static_cast<double>(after_600), 1.05 * static_cast<double>(after_420));
  EXPECT_LT(after_600 / 3, 20'000U);  // the two, and what a silent pair looks like
}

TEST(MonitorStateFaults, AnotherVersion) {
  EXPECT_EQ(fault_after([](Json& json) { json["schema_version"] = 2; }),
            "monitor state /schema_version: holds 2, this version of tocsin reads 3; start a new monitor and push the "
            "days again");
}

TEST(MonitorStateFaults, AnotherSchema) {
  EXPECT_EQ(fault_after([](Json& json) { json["schema"] = "tocsin.scores"; }),
            "monitor state /schema: holds \"tocsin.scores\", expected \"tocsin.monitor\"");
}

TEST(MonitorStateFaults, AnyNumberThatWasAltered) {
  const std::string altered =
      "monitor state /checksum: does not fit the document; it was damaged or altered, start from an older copy";
  EXPECT_EQ(fault_after([](Json& json) { json["body"]["config"]["min_events"] = 6.0; }), altered);
  EXPECT_EQ(fault_after([](Json& json) { json["body"]["evening"]["day"] = "2025-01-17"; }), altered);
  EXPECT_EQ(fault_after([](Json& json) {
              Json& days = json["body"]["evening"]["pairs"][0]["state"]["collected_days"];
              days = days.get<int>() + 1;
            }),
            altered);
  EXPECT_EQ(fault_after([](Json& json) { json["checksum"] = "0000000000000000"; }), altered);
}

TEST(MonitorStateFaults, EveryKeyIsNeeded) {
  for (const char* key : {"schema", "schema_version", "checksum", "body"}) {
    EXPECT_EQ(fault_after([&](Json& json) { json.erase(key); }), std::string{"monitor state /"} + key + ": is missing");
  }
}

TEST(MonitorStateFaults, AStateThatIsCutOff) {
  EXPECT_TRUE(holds(fault_of(""), "cannot be read as JSON"));
  EXPECT_TRUE(holds(fault_of(state().substr(0, state().size() / 2)), "cannot be read as JSON"));
}

TEST(MonitorStateFaults, ADuplicateKey) {
  std::string text = state();
  text.insert(1, "\"checksum\":\"0\",");
  EXPECT_EQ(fault_of(text), "monitor state /checksum: stands twice; keep one of them");
}

// What follows has a checksum that fits: nothing that a document can hold may end in anything but a StateError.

TEST(MonitorStateFaults, ForgedConfigurations) {
  EXPECT_TRUE(
      holds(fault_after([](Json& json) { json["body"]["config"]["draws"] = 1; }, true), "configuration /draws"));
  EXPECT_TRUE(holds(fault_after([](Json& json) { json["body"]["config"]["extra"] = 1; }, true), "/body/config/extra"));
  EXPECT_TRUE(holds(fault_after([](Json& json) { json["body"]["config"].erase("seed"); }, true),
                    "/body/config/seed: is missing"));
}

TEST(MonitorStateFaults, AWindowOfAnotherLengthThanTheConfigurationSays) {
  EXPECT_TRUE(holds(fault_after([](Json& json) { json["body"]["config"]["baseline_days"] = 40; }, true),
                    "the state was saved under another configuration"));
}

TEST(MonitorStateFaults, EveryFieldOfThePairsStateIsNeededAndTyped) {
  const Json fields = Json::parse(state())["body"]["evening"]["pairs"][0]["state"];
  for (const auto& [name, unused] : fields.items()) {
    const std::string at = "/body/evening/pairs/0/state/" + name;
    const auto state_of = [](Json& json) -> Json& { return json["body"]["evening"]["pairs"][0]["state"]; };
    EXPECT_TRUE(holds(fault_after([&](Json& json) { state_of(json).erase(name); }, true), at + ": is missing")) << name;
    EXPECT_TRUE(holds(fault_after([&](Json& json) { state_of(json)[name] = "text"; }, true), at)) << name;
  }
}

TEST(MonitorStateFaults, ForgedStructure) {
  EXPECT_TRUE(holds(fault_after([](Json& json) { json["body"].erase("evening"); }, true), "/body/evening: is missing"));
  EXPECT_TRUE(holds(fault_after([](Json& json) { json["body"]["evening"] = "none"; }, true), "/body/evening"));
  EXPECT_TRUE(holds(fault_after([](Json& json) { json["body"]["signals"] = {"exposure"}; }, true), "/body/signals"));
  EXPECT_TRUE(holds(fault_after([](Json& json) { json["body"]["is_directed"] = "yes"; }, true), "/body/is_directed"));
  EXPECT_TRUE(
      holds(fault_after([](Json& json) { json["body"]["evening"]["day"] = "1 May"; }, true), "/body/evening/day"));
  EXPECT_TRUE(holds(fault_after([](Json& json) { json["body"]["evening"]["pairs"][0]["pair"] = {"A"}; }, true),
                    "pairs/0/pair"));
  EXPECT_TRUE(holds(fault_after([](Json& json) { json["body"] = Json::array(); }, true), "/body"));
}

// Two pairs act on each of the days that the monitor can go back to.
std::string busy_state() {
  Monitor monitor(quick(), {.signals = 0b111, .extras = {}});
  for (int day = 0; day < 4; ++day) {
    CountTable rows;
    rows.dates = {first_day + day, first_day + day};
    rows.actors = {"A", "B", "C"};
    rows.sources = {0, 0};
    rows.targets = {1, 2};
    for (std::size_t signal = 0; signal < 3; ++signal) rows.values[signal] = {1, 2};
    (void)monitor.push(first_day + day, rows);
  }
  return monitor.to_json();
}

TEST(MonitorStateFaults, ForgedDays) {
  const auto fault = [](const auto& change) {
    return fault_after([&](Json& json) { change(json["body"]["days"]); }, true, busy_state());
  };
  EXPECT_EQ(fault([](Json& /*days*/) {}), "no fault");
  EXPECT_TRUE(holds(fault([](Json& days) { days[1]["day"] = "2024-01-01"; }), "/body/days/1/day: is not after"));
  EXPECT_TRUE(holds(fault([](Json& days) { days[1]["day"] = nullptr; }), "/body/days/1/day"));
  EXPECT_TRUE(holds(fault([](Json& days) { days[0]["exposure"] = -1; }), "/body/days/0/exposure"));
  EXPECT_TRUE(holds(fault([](Json& days) { days.push_back(days[1]); }), "/body/days/2/day: is not after"));
  EXPECT_TRUE(holds(fault([](Json& days) { days[0]["pairs"][0]["counts"][0][1] = -3; }), "expected a count >= 0"));
  EXPECT_TRUE(holds(fault([](Json& days) { days[0]["pairs"][0]["counts"] = {1, 2}; }), "/body/days/0/pairs/0/counts"));
  EXPECT_TRUE(holds(fault([](Json& days) { days[0]["pairs"][0]["counts"][1].push_back(0); }), "two lists of 5"));
  EXPECT_TRUE(holds(fault([](Json& days) { days[0]["pairs"][0]["pair"] = {"A"}; }), "/body/days/0/pairs/0/pair"));
  EXPECT_TRUE(holds(fault([](Json& days) { days[0]["pairs"][1]["pair"] = {"A", "A"}; }), "is not after the pair"));
  EXPECT_TRUE(holds(fault([](Json& days) {
                      days.push_back(days[1]);
                      days[2]["day"] = "2190-01-01";
                    }),
                    "more than settle_days"));
}

}  // namespace
}  // namespace tocsin
