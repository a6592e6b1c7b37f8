#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>  // the only place that includes it
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "text.hpp"

namespace tocsin {

using Json = nlohmann::ordered_json;

/// A fault in a JSON document, before it is known which error of the public interface it becomes.
struct JsonFault {
  std::string pointer;  // RFC 6901
  std::string what;
};

/// Parses one document; nothing may follow it. @throws JsonFault for broken syntax and for a key that stands twice in
/// an object
[[nodiscard]] Json parse_json(std::string_view text);

/// One member of a pointer, with '~' and '/' escaped.
[[nodiscard]] std::string pointer_to(const std::string& parent, std::string_view key);

/// A member that has to be there. @throws JsonFault
[[nodiscard]] const Json& member(const Json& object, std::string_view key, const std::string& pointer);

/// @throws JsonFault for a key that is none of these
void refuse_unknown_keys(const Json& object, const std::vector<std::string>& known, const std::string& pointer);

/// Missing numbers are written as null.
[[nodiscard]] inline Json number_or_null(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }
/// @throws JsonFault
[[nodiscard]] double number_or_nan(const Json& value, const std::string& pointer);
[[nodiscard]] std::string text_of(const Json& value, const std::string& pointer);

/// Whether keys that are not in the document keep what they were (a configuration) or are a fault (a state).
enum class Absent { keeps_default, is_fault };

// ---- structs with a static `fields(self, visit)`: written and read field by field
// --------------------------------------------

template <class T>
[[nodiscard]] Json fields_to_json(const T& value);

template <class T>
[[nodiscard]] Json value_to_json(const T& value) {
  if constexpr (std::is_same_v<T, double>) {
    return number_or_null(value);
  } else if constexpr (std::is_arithmetic_v<T>) {
    return value;
  } else if constexpr (requires { value.begin(); }) {
    Json array = Json::array();
    for (const auto& item : value) array.push_back(value_to_json(item));
    return array;
  } else {
    return fields_to_json(value);
  }
}

template <class T>
Json fields_to_json(const T& value) {
  Json object = Json::object();
  T::fields(value, [&](std::string_view name, const auto& field) { object[std::string{name}] = value_to_json(field); });
  return object;
}

template <class T>
void fields_from_json(const Json& object, T& value, Absent absent, const std::string& pointer);

template <class T>
void value_from_json(const Json& json, T& value, Absent absent, const std::string& pointer) {
  if constexpr (std::is_same_v<T, double>) {
    if (absent == Absent::keeps_default && json.is_null()) throw JsonFault{pointer, "holds null, expected a number"};
    value = number_or_nan(json, pointer);
  } else if constexpr (std::is_integral_v<T>) {
    // Comparing as what the parser holds: a get<T> of a number that does not fit would wrap around.
    const bool fits = json.is_number_unsigned()
                          ? std::in_range<T>(json.get<std::uint64_t>())
                          : json.is_number_integer() && std::in_range<T>(json.get<std::int64_t>());
    if (!fits) throw JsonFault{pointer, concat("holds ", in_quotes(json.dump()), ", expected a whole number")};
    value = json.get<T>();
  } else if constexpr (requires { value.push_back(value.front()); }) {
    if (!json.is_array()) throw JsonFault{pointer, concat("holds ", in_quotes(json.dump()), ", expected a list")};
    value.clear();
    for (std::size_t i = 0; i < json.size(); ++i) {
      value.emplace_back();
      value_from_json(json[i], value.back(), absent, concat(pointer, "/", i));
    }
  } else {
    fields_from_json(json, value, absent, pointer);
  }
}

template <class T>
void fields_from_json(const Json& object, T& value, Absent absent, const std::string& pointer) {
  if (!object.is_object()) throw JsonFault{pointer, concat("holds ", in_quotes(object.dump()), ", expected an object")};
  std::vector<std::string> known;
  T::fields(value, [&](std::string_view name, auto& field) {
    known.emplace_back(name);
    const auto place = object.find(std::string{name});
    if (place != object.end()) {
      value_from_json(*place, field, absent, pointer_to(pointer, name));
    } else if (absent == Absent::is_fault) {
      throw JsonFault{pointer_to(pointer, name), "is missing"};
    }
  });
  refuse_unknown_keys(object, known, pointer);
}

}  // namespace tocsin
