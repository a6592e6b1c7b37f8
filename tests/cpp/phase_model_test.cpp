#include "tocsin/indicators/phase_model.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>

#include "tocsin/error.hpp"
#include "tocsin/indicators/phase.hpp"

namespace tocsin {
namespace {

PhaseModel two_phases() { return PhaseModel::fixed({{.9, .1}, {.2, .8}}, {{1, 2}, {5, 3}}, {.5, .5}); }

std::string refusal_of(const std::function<void(PhaseModel&)>& spoil) {
  PhaseModel model = two_phases();
  spoil(model);
  try {
    model.validate();
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(PhaseModel, ShipsFourPhasesFromCalmToHostilities) {
  const PhaseModel& model = PhaseModel::shipped();
  EXPECT_EQ(model.phases, (std::vector<std::string>{"calm", "tension", "confrontation", "hostilities"}));
  EXPECT_FALSE(model.trained_on.empty());
  for (std::size_t k = 1; k < 4; ++k) EXPECT_GT(model.hostile_rate(k), model.hostile_rate(k - 1));
}

TEST(PhaseModel, ShipsMovesBetweenNeighboursAndASurpriseAttack) {
  const PhaseModel& model = PhaseModel::shipped();
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j) {
      const bool is_allowed = (i > j ? i - j : j - i) <= 1 || (i == 0 && j == 2);
      EXPECT_EQ(model.transition[i][j] > 0, is_allowed) << i << " to " << j;
    }
  }
  EXPECT_LE(model.transition[0][2], .01);
}

TEST(PhaseModel, ShipsPhasesAboveCalmThatDifferByForceAlone) {
  const PhaseModel& model = PhaseModel::shipped();
  ASSERT_EQ(model.signals, (std::vector<std::string>{"rhetoric", "military", "punitive"}));
  for (std::size_t k = 2; k < 4; ++k) {
    for (const std::size_t s : {std::size_t{0}, std::size_t{2}}) {
      EXPECT_EQ(model.cells[k][s].floor, model.cells[1][s].floor);
      EXPECT_EQ(model.cells[k][s].multiple, model.cells[1][s].multiple);
      EXPECT_EQ(model.cells[k][s].size, model.cells[1][s].size);
    }
    EXPECT_GT(model.cells[k][1].floor, model.cells[k - 1][1].floor);
    EXPECT_GT(model.cells[k][1].multiple, model.cells[k - 1][1].multiple);
  }
}

TEST(PhaseModel, RoundTripsThroughItsDocument) {
  for (PhaseModel model : {PhaseModel::shipped(), two_phases()}) {
    const PhaseModel back = PhaseModel::from_json(model.to_json());
    EXPECT_EQ(back.to_json(), model.to_json());
    EXPECT_EQ(back.cells[1][0].size, model.cells[1][0].size);  // infinity too
  }
}

TEST(PhaseModel, OrdersItsPhasesByTheirHostileRate) {
  PhaseModel model = PhaseModel::fixed({{.7, .2, .1}, {.3, .6, .1}, {0, .5, .5}}, {{9}, {1}, {4}}, {.2, .3, .5});
  model.order_phases();
  EXPECT_EQ(model.cells[0][0].floor, 1);
  EXPECT_EQ(model.cells[2][0].floor, 9);
  EXPECT_EQ(model.initial, (std::vector<double>{.3, .5, .2}));
  EXPECT_EQ(model.transition[0], (std::vector<double>{.6, .1, .3}));
  EXPECT_EQ(model.transition[2], (std::vector<double>{.2, .1, .7}));
}

TEST(PhaseModel, SaysWhatIsWrong) {
  const auto holds = [](const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  };
  EXPECT_PRED2(holds, refusal_of([](PhaseModel& m) { m.initial = {.5, .4}; }), "initial sums to 0.9, expected 1");
  EXPECT_PRED2(holds, refusal_of([](PhaseModel& m) { m.transition[1] = {1.2, -.2}; }), "row 1 of transition holds 1.2");
  EXPECT_PRED2(holds, refusal_of([](PhaseModel& m) { m.transition.pop_back(); }),
               "transition has 1 values, expected 2");
  EXPECT_PRED2(holds, refusal_of([](PhaseModel& m) { m.cells[1].pop_back(); }), "means of phase 1 has 1 values");
  EXPECT_PRED2(holds, refusal_of([](PhaseModel& m) { m.cells[1][0].floor = 0; }), "mean of phase 1, signal 0 is 0");
  EXPECT_PRED2(holds, refusal_of([](PhaseModel& m) { m.cells[0][1].size = 0; }), "size of phase 0, signal 1 is 0");
  EXPECT_PRED2(holds, refusal_of([](PhaseModel& m) { m.cells[0][1].multiple = -1; }), "multiple of phase 0");
  EXPECT_PRED2(holds, refusal_of([](PhaseModel& m) { m.signals = {"rhetoric", "rung_1"}; }),
               "\"rung_1\" is not a signal");
  EXPECT_PRED2(holds, refusal_of([](PhaseModel& m) { m.signals = {"military", "military"}; }), "stands twice");
  EXPECT_PRED2(holds, refusal_of([](PhaseModel& m) { m.phases.clear(); }), "0 phases");
}

TEST(PhaseModel, NamesThePlaceOfAFaultInItsDocument) {
  const auto message_of = [](const std::string& text) -> std::string {
    try {
      (void)PhaseModel::from_json(text);
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  };
  std::string text = PhaseModel::shipped().to_json();
  EXPECT_NE(message_of("{}").find("/schema is missing"), std::string::npos);
  EXPECT_NE(message_of("[").find("cannot be read as JSON"), std::string::npos);
  const std::string floor = "\"floor\"";
  text.replace(text.find(floor), floor.size(), "\"flor\"");
  EXPECT_NE(message_of(text).find("/emissions/0/0/flor is not a known key (nearest: floor"), std::string::npos);
}

TEST(PhaseTables, RefuseAHorizonBelowZero) { EXPECT_THROW(PhaseTables(two_phases(), -1), InputError); }

}  // namespace
}  // namespace tocsin
