#include <cmath>

#include "json.hpp"
#include "parallel.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"
#include "tocsin/scores.hpp"
#include "tocsin/version.hpp"

namespace tocsin {

namespace {

constexpr std::string_view schema_name = "tocsin.scores";
constexpr int schema_version = 1;

Json head_to_json(const Scores& scores) {
  Json head = Json::object();
  head["schema"] = schema_name;
  head["schema_version"] = schema_version;
  head["tocsin_version"] = scores.computed_by();
  head["config"] = fields_to_json(scores.config());
  head["intervals"] = name_of(scores.intervals());
  const Provenance& from = scores.provenance();
  head["provenance"] = {{"codebook", from.codebook},
                        {"codebook_version", from.codebook_version},
                        {"codebook_hash", from.codebook_hash},
                        {"duplicates", from.duplicates},
                        {"mediation", from.mediation}};
  head["calendar"] = {{"first", to_string(scores.calendar().first)}, {"last", to_string(scores.calendar().last)}};
  head["signals"] = Json::array();
  for (std::size_t i = 0; i < signal_count; ++i) {
    if (scores.signals()[i]) head["signals"].push_back(column_names[i]);
  }
  return head;
}

Json pair_to_json(const PairScores& scores) {
  Json object = Json::object();
  object["pair"] = {scores.pair.first, scores.pair.second};
  object["status"] = Json::array();
  for (const Status status : scores.status) object["status"].push_back(name_of(status));
  object["columns"] = Json::object();
  for (std::size_t i = 0; i < score_column_count; ++i) {
    const auto column = static_cast<ScoreColumn>(i);
    Json values = Json::array();
    bool holds_a_value = false;
    for (const double value : scores.column(column)) {
      holds_a_value = holds_a_value || !std::isnan(value);
      values.push_back(number_or_null(value));
    }
    if (holds_a_value) object["columns"][std::string{name_of(column)}] = std::move(values);
  }
  return object;
}

Day day_of(const Json& value, const std::string& pointer) {
  const std::string text = text_of(value, pointer);
  const auto day = parse_day(text);
  if (!day) throw JsonFault{pointer, concat("holds ", in_quotes(text), ", expected a day as YYYY-MM-DD")};
  return *day;
}

Provenance provenance_of(const Json& object) {
  const std::string at = "/provenance";
  const auto text = [&](std::string_view key) { return text_of(member(object, key, at), pointer_to(at, key)); };
  return {text("codebook"), text("codebook_version"), text("codebook_hash"), text("duplicates"), text("mediation")};
}

Pair pair_of(const Json& value, const std::string& pointer) {
  if (!value.is_array() || value.size() != 2) throw JsonFault{pointer, "expected a list of two actors"};
  const Pair pair{text_of(value[0], pointer + "/0"), text_of(value[1], pointer + "/1")};
  if (pair.first.empty() || pair.first >= pair.second)
    throw JsonFault{pointer, "expected two actors in alphabetical order"};
  return pair;
}

PairScores pair_from_json(const Json& object, const Calendar& calendar, const std::string& pointer) {
  const auto days = static_cast<std::size_t>(calendar.size());
  const auto of_calendar_length = [&](const Json& list, const std::string& at) {
    if (!list.is_array() || list.size() != days)
      throw JsonFault{at, concat("expected a list of ", days, " values, one a day")};
  };
  refuse_unknown_keys(object, {"pair", "status", "columns"}, pointer);
  PairScores scores;
  scores.pair = pair_of(member(object, "pair", pointer), pointer + "/pair");
  const Json& status = member(object, "status", pointer);
  of_calendar_length(status, pointer + "/status");
  for (std::size_t day = 0; day < days; ++day) {
    const std::string at = concat(pointer, "/status/", day);
    const auto known = find_status(text_of(status[day], at));
    if (!known) throw JsonFault{at, "is not a known status"};
    scores.status.push_back(*known);
  }
  scores.values.setConstant(static_cast<Eigen::Index>(days), static_cast<Eigen::Index>(score_column_count),
                            std::numeric_limits<double>::quiet_NaN());
  for (const auto& [name, values] : member(object, "columns", pointer).items()) {
    const std::string at = pointer_to(pointer + "/columns", name);
    const auto column = find_score_column(name);
    if (!column) throw JsonFault{at, "is not a known column"};
    of_calendar_length(values, at);
    for (std::size_t day = 0; day < days; ++day) {
      scores.values(static_cast<Eigen::Index>(day), static_cast<Eigen::Index>(*column)) =
          number_or_nan(values[day], concat(at, "/", day));
    }
  }
  return scores;
}

void require_schema(const Json& document) {
  const std::string schema = text_of(member(document, "schema", ""), "/schema");
  if (schema != schema_name)
    throw JsonFault{"/schema", concat("holds ", in_quotes(schema), ", expected ", in_quotes(schema_name))};
  const Json& found = member(document, "schema_version", "");
  if (found != schema_version) {
    throw JsonFault{"/schema_version",
                    concat("holds ", found.dump(), ", this version of tocsin reads ", schema_version)};
  }
}

}  // namespace

std::string to_json(const Scores& scores, const RunControl& control) {
  // Pair by pair, a few at a time: thousands of pairs never stand in memory as a tree.
  constexpr std::size_t at_once = 64;
  std::string text = head_to_json(scores).dump();
  text.pop_back();
  text += ",\"pairs\":[";
  for (std::size_t begin = 0; begin < scores.pairs().size(); begin += at_once) {
    stop_if_asked(control);
    std::vector<std::size_t> indices;
    for (std::size_t i = begin; i < std::min(begin + at_once, scores.pairs().size()); ++i) indices.push_back(i);
    for (const PairScores& table : scores.of(indices, {control.should_stop, {}})) {
      if (text.back() != '[') text += ',';
      text += pair_to_json(table).dump();
    }
    if (control.progress) control.progress(indices.back() + 1, scores.pairs().size());
  }
  return text + "]}";
}

Scores scores_from_json(std::string_view text) {
  try {
    const Json document = parse_json(text);
    require_schema(document);
    refuse_unknown_keys(document,
                        {"schema", "schema_version", "tocsin_version", "config", "intervals", "provenance", "calendar",
                         "signals", "pairs"},
                        "");
    Scores scores;
    scores.computed_by_ = text_of(member(document, "tocsin_version", ""), "/tocsin_version");
    fields_from_json(member(document, "config", ""), scores.config_, Absent::is_fault, "/config");
    scores.config_.validate();
    const auto intervals = find_intervals(text_of(member(document, "intervals", ""), "/intervals"));
    if (!intervals) throw JsonFault{"/intervals", "expected none, latest or all"};
    scores.options_.intervals = *intervals;
    scores.provenance_ = provenance_of(member(document, "provenance", ""));
    const Json& calendar = member(document, "calendar", "");
    scores.calendar_ = {day_of(member(calendar, "first", "/calendar"), "/calendar/first"),
                        day_of(member(calendar, "last", "/calendar"), "/calendar/last")};
    if (scores.calendar_.size() < 1) throw JsonFault{"/calendar", "ends before it begins"};
    for (const Json& signal : member(document, "signals", "")) {
      const auto column = find_column(text_of(signal, "/signals"));
      if (!column || *column >= signal_count) throw JsonFault{"/signals", concat(signal.dump(), " is not a signal")};
      scores.signals_.set(*column);
    }
    const Json& pairs = member(document, "pairs", "");
    if (!pairs.is_array()) throw JsonFault{"/pairs", "expected a list"};
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const std::string pointer = concat("/pairs/", i);
      scores.stored_.push_back(pair_from_json(pairs[i], scores.calendar_, pointer));
      scores.pairs_.push_back(scores.stored_.back().pair);
      scores.latest_.push_back(scores.stored_.back().row(scores.calendar_.size() - 1));
      const bool is_in_order = i == 0 || scores.pairs_[i - 1] < scores.pairs_[i];
      if (!is_in_order) throw JsonFault{pointer + "/pair", "pairs are not in ascending order"};
    }
    return scores;
  } catch (const JsonFault& fault) {
    throw InputError(concat("scores document ", fault.pointer.empty() ? "" : fault.pointer + ": ", fault.what));
  } catch (const ConfigError& error) {
    throw InputError(concat("scores document: ", error.what()));
  }
}

}  // namespace tocsin
