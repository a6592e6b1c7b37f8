#include <array>

#include "json.hpp"
#include "monitor_core.hpp"
#include "random.hpp"
#include "tocsin/error.hpp"
#include "tocsin/version.hpp"

namespace tocsin {

namespace {

constexpr std::string_view schema_name = "tocsin.monitor";
constexpr int schema_version = 1;

std::string checksum(const Json& body) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::uint64_t hash = random::hash_text(body.dump());
  std::string text(16, '0');
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit, hash >>= 4U) *digit = digits[hash & 15U];
  return text;
}

Json evening_to_json(const Evening& evening) {
  Json object = Json::object();
  object["day"] = evening.day ? Json(to_string(*evening.day)) : Json(nullptr);
  object["silent"] = fields_to_json(evening.silent.state());
  object["pairs"] = Json::array();
  for (const auto& [pair, scorer] : evening.pairs) {
    object["pairs"].push_back({{"pair", {pair.first, pair.second}}, {"state", fields_to_json(scorer.state())}});
  }
  return object;
}

PairScorer scorer_from_json(const Json& json, const Config& config, const Collected& collected,
                            const std::string& pointer) {
  PairScorer::State state;
  fields_from_json(json, state, Absent::is_fault, pointer);
  return PairScorer(config, collected, std::move(state));
}

Evening evening_from_json(const Json& json, const Config& config, const Collected& collected,
                          const std::string& pointer) {
  Evening evening{
      std::nullopt, scorer_from_json(member(json, "silent", pointer), config, collected, pointer + "/silent"), {}};
  const Json& day = member(json, "day", pointer);
  if (!day.is_null()) {
    evening.day = parse_day(text_of(day, pointer + "/day"));
    if (!evening.day) throw JsonFault{pointer + "/day", "expected a day as YYYY-MM-DD"};
  }
  for (const Json& entry : member(json, "pairs", pointer)) {
    const std::string at = concat(pointer, "/pairs/", evening.pairs.size());
    const Json& names = member(entry, "pair", at);
    if (!names.is_array() || names.size() != 2) throw JsonFault{at + "/pair", "expected a list of two actors"};
    const Pair pair{text_of(names[0], at + "/pair/0"), text_of(names[1], at + "/pair/1")};
    evening.pairs.emplace(pair, scorer_from_json(member(entry, "state", at), config, collected, at + "/state"));
  }
  return evening;
}

template <class Set, class Name>
Json names_of(const Set& set, const Name& name) {
  Json names = Json::array();
  for (std::size_t i = 0; i < set.size(); ++i) {
    if (set[i]) names.push_back(name(i));
  }
  return names;
}

Collected collected_from_json(const Json& body) {
  Collected collected;
  const auto read = [&](std::string_view key, auto& set, std::size_t offset) {
    for (const Json& name : member(body, key, "/body")) {
      const auto column = find_column(text_of(name, pointer_to("/body", key)));
      if (!column || *column < offset || *column >= offset + set.size()) {
        throw JsonFault{pointer_to("/body", key), concat(name.dump(), " is not a known name")};
      }
      set.set(*column - offset);
    }
  };
  read("signals", collected.signals, 0);
  read("extras", collected.extras, signal_count);
  const Json& is_directed = member(body, "is_directed", "/body");
  if (!is_directed.is_boolean()) throw JsonFault{"/body/is_directed", "expected true or false"};
  collected.is_directed = is_directed.get<bool>();
  return collected;
}

}  // namespace

std::string monitor_to_json(const Config& config, const Collected& collected, const std::deque<Evening>& evenings) {
  Json body = Json::object();
  body["config"] = fields_to_json(config);
  body["signals"] = names_of(collected.signals, [](std::size_t i) { return column_names[i]; });
  body["extras"] = names_of(collected.extras, [](std::size_t i) { return column_names[signal_count + i]; });
  body["is_directed"] = collected.is_directed;
  body["evenings"] = Json::array();
  for (const Evening& evening : evenings) body["evenings"].push_back(evening_to_json(evening));
  Json document = Json::object();
  document["schema"] = schema_name;
  document["schema_version"] = schema_version;
  document["tocsin_version"] = version;
  document["checksum"] = checksum(body);
  document["body"] = std::move(body);
  return document.dump();
}

MonitorDocument monitor_from_json(std::string_view text) {
  try {
    const Json document = parse_json(text);
    const std::string schema = text_of(member(document, "schema", ""), "/schema");
    if (schema != schema_name)
      throw JsonFault{"/schema", concat("holds ", in_quotes(schema), ", expected ", in_quotes(schema_name))};
    const Json& found = member(document, "schema_version", "");
    if (found != schema_version) {
      throw JsonFault{"/schema_version", concat("holds ", found.dump(), ", this version of tocsin reads ",
                                                schema_version, "; start a new monitor and push the days again")};
    }
    refuse_unknown_keys(document, {"schema", "schema_version", "tocsin_version", "checksum", "body"}, "");
    const Json& body = member(document, "body", "");
    if (text_of(member(document, "checksum", ""), "/checksum") != checksum(body)) {
      throw JsonFault{"/checksum", "does not fit the document; it was damaged or altered, start from an older copy"};
    }
    MonitorDocument monitor;
    fields_from_json(member(body, "config", "/body"), monitor.config, Absent::is_fault, "/body/config");
    monitor.config.validate();
    monitor.collected = collected_from_json(body);
    for (const Json& json : member(body, "evenings", "/body")) {
      const std::string pointer = concat("/body/evenings/", monitor.evenings.size());
      Evening evening = evening_from_json(json, monitor.config, monitor.collected, pointer);
      // An absent day is before every day: only the evening before the first push has none.
      const bool is_later = monitor.evenings.empty() || monitor.evenings.back().day < evening.day;
      if (!is_later) throw JsonFault{pointer + "/day", "is not after the evening before"};
      monitor.evenings.push_back(std::move(evening));
    }
    if (monitor.evenings.empty()) throw JsonFault{"/body/evenings", "is empty"};
    return monitor;
  } catch (const JsonFault& fault) {
    throw StateError(concat("monitor state ", fault.pointer.empty() ? "" : fault.pointer + ": ", fault.what));
  } catch (const ConfigError& error) {
    throw StateError(concat("monitor state: ", error.what()));
  }
}

}  // namespace tocsin
