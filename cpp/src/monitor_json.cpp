#include <algorithm>
#include <array>

#include "json.hpp"
#include "monitor_core.hpp"
#include "random.hpp"
#include "tocsin/error.hpp"
#include "tocsin/version.hpp"

namespace tocsin {

namespace {

constexpr std::string_view schema_name = "tocsin.monitor";
constexpr int schema_version = 3;  // 1 held every evening that a monitor can go back to, 2 edition 1 of the score

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

Pair pair_from_json(const Json& names, const std::string& pointer) {
  if (!names.is_array() || names.size() != 2) throw JsonFault{pointer, "expected a list of two actors"};
  return {text_of(names[0], pointer + "/0"), text_of(names[1], pointer + "/1")};
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
    const Pair pair = pair_from_json(member(entry, "pair", at), at + "/pair");
    evening.pairs.emplace(pair, scorer_from_json(member(entry, "state", at), config, collected, at + "/state"));
  }
  return evening;
}

template <std::size_t size>
Json cells_to_json(const std::array<std::array<double, size>, 2>& cells) {
  return Json::array({value_to_json(cells[0]), value_to_json(cells[1])});
}

template <std::size_t size>
void cells_from_json(const Json& json, std::array<std::array<double, size>, 2>& cells, const std::string& pointer) {
  std::vector<std::vector<double>> rows;
  value_from_json(json, rows, Absent::is_fault, pointer);
  const bool is_shaped = rows.size() == 2 && rows[0].size() == size && rows[1].size() == size;
  if (!is_shaped) throw JsonFault{pointer, concat("expected two lists of ", size, " numbers")};
  for (std::size_t i = 0; i < 2; ++i) std::copy(rows[i].begin(), rows[i].end(), cells[i].begin());
}

void refuse_negative(const DayCounts& counts, const std::string& pointer) {
  for (const auto& direction : counts.counts) {
    for (const double value : direction) {
      if (value < 0) throw JsonFault{pointer, concat("holds ", shortest(value), ", expected a count >= 0")};
    }
  }
}

Json pushed_to_json(const PushedDay& pushed) {
  Json object = {{"day", to_string(pushed.day)},
                 {"exposure", pushed.exposure},
                 {"total", number_or_null(pushed.total)},
                 {"pairs", Json::array()}};
  for (const PairCounts& counts : pushed.pairs) {
    Json entry = {{"pair", {counts.pair.first, counts.pair.second}}};
    if (!counts.days.empty()) entry["counts"] = cells_to_json(counts.days.front().counts);
    if (!counts.extras.empty()) entry["extras"] = cells_to_json(counts.extras.front());
    object["pairs"].push_back(std::move(entry));
  }
  return object;
}

PushedDay pushed_from_json(const Json& json, const std::string& pointer) {
  PushedDay pushed;
  const std::optional<Day> day = parse_day(text_of(member(json, "day", pointer), pointer + "/day"));
  if (!day) throw JsonFault{pointer + "/day", "expected a day as YYYY-MM-DD"};
  pushed.day = *day;
  pushed.exposure = number_or_nan(member(json, "exposure", pointer), pointer + "/exposure");
  if (!(pushed.exposure >= 0)) throw JsonFault{pointer + "/exposure", "expected a number >= 0"};
  pushed.total = number_or_nan(member(json, "total", pointer), pointer + "/total");
  for (const Json& entry : member(json, "pairs", pointer)) {
    const std::string at = concat(pointer, "/pairs/", pushed.pairs.size());
    PairCounts counts{pair_from_json(member(entry, "pair", at), at + "/pair"), {}, {}};
    if (!pushed.pairs.empty() && !(pushed.pairs.back().pair < counts.pair)) {
      throw JsonFault{at + "/pair", "is not after the pair before"};
    }
    if (entry.contains("counts")) {
      cells_from_json(entry["counts"], counts.days.emplace_back().counts, at + "/counts");
      refuse_negative(counts.days.front(), at + "/counts");
    }
    if (entry.contains("extras")) cells_from_json(entry["extras"], counts.extras.emplace_back(), at + "/extras");
    pushed.pairs.push_back(std::move(counts));
  }
  return pushed;
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

std::string monitor_to_json(const Config& config, const Collected& collected, const Evening& evening,
                            const std::deque<PushedDay>& days) {
  Json body = Json::object();
  body["config"] = fields_to_json(config);
  body["signals"] = names_of(collected.signals, [](std::size_t i) { return column_names[i]; });
  body["extras"] = names_of(collected.extras, [](std::size_t i) { return column_names[signal_count + i]; });
  body["is_directed"] = collected.is_directed;
  body["evening"] = evening_to_json(evening);
  body["days"] = Json::array();
  for (const PushedDay& day : days) body["days"].push_back(pushed_to_json(day));
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
    Config config;
    fields_from_json(member(body, "config", "/body"), config, Absent::is_fault, "/body/config");
    config.validate();
    const Collected collected = collected_from_json(body);
    MonitorDocument monitor{
        config, collected, evening_from_json(member(body, "evening", "/body"), config, collected, "/body/evening"), {}};
    std::optional<Day> last = monitor.evening.day;
    for (const Json& json : member(body, "days", "/body")) {
      const std::string pointer = concat("/body/days/", monitor.days.size());
      monitor.days.push_back(pushed_from_json(json, pointer));
      if (last && monitor.days.back().day <= *last) throw JsonFault{pointer + "/day", "is not after the day before"};
      last = monitor.days.back().day;
    }
    if (monitor.days.size() > static_cast<std::size_t>(config.settle_days)) {
      throw JsonFault{"/body/days", concat("holds ", monitor.days.size(), " days, more than settle_days")};
    }
    return monitor;
  } catch (const JsonFault& fault) {
    throw StateError(concat("monitor state ", fault.pointer.empty() ? "" : fault.pointer + ": ", fault.what));
  } catch (const ConfigError& error) {
    throw StateError(concat("monitor state: ", error.what()));
  }
}

}  // namespace tocsin
