#include <array>
#include <cmath>

#include "random.hpp"
#include "risk_document.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

constexpr std::string_view schema_name = "tocsin.risk";
constexpr int schema_version = 1;

std::string hash_of(const Json& body) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::uint64_t hash = random::hash_text(body.dump());
  std::string text(16, '0');
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit, hash >>= 4U) *digit = digits[hash & 15U];
  return text;
}

double finite_of(const Json& object, std::string_view key, const std::string& pointer) {
  const std::string place = pointer_to(pointer, key);
  const double value = number_or_nan(member(object, key, pointer), place);
  if (!std::isfinite(value)) throw JsonFault{place, "holds no number"};
  return value;
}

template <class T>
T whole_of(const Json& object, std::string_view key, const std::string& pointer) {
  T value{};
  value_from_json(member(object, key, pointer), value, Absent::is_fault, pointer_to(pointer, key));
  return value;
}

RiskFeature feature_of(const Json& json, const std::string& pointer) {
  const std::string name = text_of(json, pointer);
  for (std::size_t i = 0; i < risk_feature_count; ++i) {
    const auto feature = static_cast<RiskFeature>(i);
    if (name_of(feature) == name) return feature;
  }
  throw JsonFault{pointer, concat(in_quotes(name), " is not a feature that this version knows")};
}

void refuse_onset_features(const RiskEquation& events) {
  for (std::size_t i = 0; i < events.terms.size(); ++i) {
    if (static_cast<std::size_t>(events.terms[i].feature) < risk_event_feature_count) continue;
    throw JsonFault{concat("/body/events/terms/", i, "/feature"), "needs onsets, which this equation does not see"};
  }
}

Eigen::MatrixXd matrix_of(const Json& json, Eigen::Index size, const std::string& pointer) {
  std::vector<std::vector<double>> rows;
  value_from_json(json, rows, Absent::is_fault, pointer);
  Eigen::MatrixXd matrix(size, size);
  bool is_square = static_cast<Eigen::Index>(rows.size()) == size;
  for (Eigen::Index i = 0; is_square && i < size; ++i) {
    const std::vector<double>& row = rows[static_cast<std::size_t>(i)];
    is_square = static_cast<Eigen::Index>(row.size()) == size;
    for (Eigen::Index j = 0; is_square && j < size; ++j) matrix(i, j) = row[static_cast<std::size_t>(j)];
  }
  if (!is_square) throw JsonFault{pointer, concat("expected ", size, " rows of ", size, " numbers")};
  if (!matrix.allFinite()) throw JsonFault{pointer, "holds a number that is missing"};
  if (matrix != matrix.transpose()) throw JsonFault{pointer, "is not symmetric"};
  return matrix;
}

RiskModel::Options options_of(const Json& body) {
  RiskModel::Options options;
  options.horizon_days = whole_of<int>(body, "horizon_days", "/body");
  options.quiet_days = whole_of<int>(body, "quiet_days", "/body");
  options.min_level = whole_of<int>(body, "min_level", "/body");
  options.warm_up_days = whole_of<int>(body, "warm_up_days", "/body");
  options.folds = whole_of<int>(body, "folds", "/body");
  options.ridge = finite_of(body, "ridge", "/body");
  return options;
}

RiskModel::Training training_of(const Json& json) {
  const std::string pointer = "/training";
  refuse_unknown_keys(json, {"description", "pairs", "days", "positive_days"}, pointer);
  RiskModel::Training training;
  training.description = text_of(member(json, "description", pointer), "/training/description");
  training.pairs = whole_of<std::int64_t>(json, "pairs", pointer);
  training.days = whole_of<std::int64_t>(json, "days", pointer);
  training.positive_days = whole_of<std::int64_t>(json, "positive_days", pointer);
  if (!(training.pairs > 0 && training.positive_days > 0 && training.positive_days < training.days)) {
    throw JsonFault{pointer, "expected pairs, and days of which some, not all, are positive"};
  }
  return training;
}

}  // namespace

Json RiskDocument::equation_to_json(const RiskEquation& equation) {
  Json object = {
      {"intercept", equation.intercept},
      {"terms", Json::array()},
      {"covariance", Json::array()},
      {"calibration", {{"intercept", equation.calibration_intercept}, {"slope", equation.calibration_slope}}},
      {"held_out",
       {{"auc", number_or_null(equation.held_out.auc)},
        {"average_precision", number_or_null(equation.held_out.average_precision)},
        {"brier_skill", number_or_null(equation.held_out.brier_skill)}}}};
  for (const RiskEquation::Term& term : equation.terms) {
    object["terms"].push_back({{"feature", name_of(term.feature)},
                               {"mean", term.mean},
                               {"spread", term.spread},
                               {"coefficient", term.coefficient}});
  }
  for (Eigen::Index i = 0; i < equation.covariance.rows(); ++i) {
    Json row = Json::array();
    for (Eigen::Index j = 0; j < equation.covariance.cols(); ++j) row.push_back(equation.covariance(i, j));
    object["covariance"].push_back(std::move(row));
  }
  return object;
}

RiskEquation RiskDocument::equation_from_json(const Json& json, const std::string& pointer) {
  refuse_unknown_keys(json, {"intercept", "terms", "covariance", "calibration", "held_out"}, pointer);
  RiskEquation equation;
  equation.intercept = finite_of(json, "intercept", pointer);
  const Json& terms = member(json, "terms", pointer);
  if (!terms.is_array() || terms.empty()) throw JsonFault{pointer + "/terms", "expected a list of terms"};
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const std::string at = concat(pointer, "/terms/", i);
    refuse_unknown_keys(terms[i], {"feature", "mean", "spread", "coefficient"}, at);
    equation.terms.push_back({feature_of(member(terms[i], "feature", at), at + "/feature"),
                              finite_of(terms[i], "mean", at), finite_of(terms[i], "spread", at),
                              finite_of(terms[i], "coefficient", at)});
    if (!(equation.terms.back().spread > 0)) throw JsonFault{at + "/spread", "expected a number above 0"};
  }
  const auto size = static_cast<Eigen::Index>(terms.size()) + 1;
  equation.covariance = matrix_of(member(json, "covariance", pointer), size, pointer + "/covariance");
  const Json& calibration = member(json, "calibration", pointer);
  refuse_unknown_keys(calibration, {"intercept", "slope"}, pointer + "/calibration");
  equation.calibration_intercept = finite_of(calibration, "intercept", pointer + "/calibration");
  equation.calibration_slope = finite_of(calibration, "slope", pointer + "/calibration");
  const std::string at = pointer + "/held_out";
  const Json& held_out = member(json, "held_out", pointer);
  refuse_unknown_keys(held_out, {"auc", "average_precision", "brier_skill"}, at);
  const auto number = [&](std::string_view key) {
    return number_or_nan(member(held_out, key, at), pointer_to(at, key));
  };
  equation.held_out = {number("auc"), number("average_precision"), number("brier_skill")};
  return equation;
}

Json RiskDocument::body_of(const RiskModel& model) {
  const RiskModel::Options& options = model.options_;
  return {{"horizon_days", options.horizon_days},
          {"quiet_days", options.quiet_days},
          {"min_level", options.min_level},
          {"warm_up_days", options.warm_up_days},
          {"ridge", options.ridge},
          {"folds", options.folds},
          {"events", equation_to_json(model.events_)},
          {"with_onsets", equation_to_json(model.with_onsets_)}};
}

void RiskDocument::seal(RiskModel& model) { model.hash_ = hash_of(body_of(model)); }

std::string RiskModel::to_json() const {
  const Json document = {{"schema", schema_name},
                         {"schema_version", schema_version},
                         {"hash", hash_},
                         {"training",
                          {{"description", training_.description},
                           {"pairs", training_.pairs},
                           {"days", training_.days},
                           {"positive_days", training_.positive_days}}},
                         {"body", RiskDocument::body_of(*this)}};
  return document.dump(1) + "\n";
}

RiskModel RiskModel::from_json(std::string_view text) {
  try {
    const Json document = parse_json(text);
    if (text_of(member(document, "schema", ""), "/schema") != schema_name) {
      throw JsonFault{"/schema", concat("is not ", in_quotes(schema_name))};
    }
    if (member(document, "schema_version", "") != schema_version) {
      throw JsonFault{"/schema_version", concat("is not ", schema_version, ", the one this version reads")};
    }
    refuse_unknown_keys(document, {"schema", "schema_version", "hash", "training", "body"}, "");
    const Json& body = member(document, "body", "");
    refuse_unknown_keys(
        body, {"horizon_days", "quiet_days", "min_level", "warm_up_days", "ridge", "folds", "events", "with_onsets"},
        "/body");
    RiskModel model;
    model.options_ = options_of(body);
    model.training_ = training_of(member(document, "training", ""));
    model.events_ = RiskDocument::equation_from_json(member(body, "events", "/body"), "/body/events");
    model.with_onsets_ = RiskDocument::equation_from_json(member(body, "with_onsets", "/body"), "/body/with_onsets");
    refuse_onset_features(model.events_);
    RiskDocument::seal(model);
    if (text_of(member(document, "hash", ""), "/hash") != model.hash_) {
      throw JsonFault{"/hash", concat("is not ", in_quotes(model.hash_), ": the document was changed or cut")};
    }
    return model;
  } catch (const JsonFault& fault) {
    throw InputError(concat("risk model: ", fault.pointer, fault.pointer.empty() ? "it " : " ", fault.what));
  }
}

}  // namespace tocsin
