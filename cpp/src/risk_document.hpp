#pragma once

#include "json.hpp"
#include "tocsin/risk.hpp"

namespace tocsin {

/// The parts of the JSON document of a risk model: schema "tocsin.risk", version 1.
struct RiskDocument {
  static Json equation_to_json(const RiskEquation& equation);
  /// @throws JsonFault
  static RiskEquation equation_from_json(const Json& json, const std::string& pointer);
  /// What predictions depend on.
  static Json body_of(const RiskModel& model);
  /// Writes the hash of the body into the model.
  static void seal(RiskModel& model);
};

}  // namespace tocsin
