#include "json.hpp"

#include <set>

namespace tocsin {

namespace {

constexpr int deepest = 32;

// Notices what the parser by itself would take silently: a key that stands twice in one object, endless nesting.
class Watcher {
 public:
  bool operator()(int depth, Json::parse_event_t event, const Json& parsed) {
    using Event = Json::parse_event_t;
    // Writing and visiting a document recurse: a million brackets would overflow the stack.
    if (depth > deepest) throw JsonFault{"", concat("is nested more than ", deepest, " levels deep")};
    if (event == Event::object_start) {
      keys_.emplace_back();
      path_.resize(static_cast<std::size_t>(depth));
    } else if (event == Event::key) {
      const std::string key = parsed.get<std::string>();
      path_.resize(static_cast<std::size_t>(depth));
      path_.back() = key;
      if (!keys_.back().insert(key).second) {
        std::string pointer;
        for (const std::string& part : path_) {
          if (!part.empty()) pointer = pointer_to(pointer, part);
        }
        throw JsonFault{pointer, "stands twice; keep one of them"};
      }
    } else if (event == Event::object_end) {
      keys_.pop_back();
    }
    return true;
  }

 private:
  std::vector<std::set<std::string>> keys_;
  std::vector<std::string> path_;
};

}  // namespace

Json parse_json(std::string_view text) {
  Watcher watcher;
  try {
    return Json::parse(
        text, [&](int depth, Json::parse_event_t event, Json& parsed) { return watcher(depth, event, parsed); });
  } catch (const Json::exception& error) {
    throw JsonFault{"", concat("cannot be read as JSON: ", error.what())};
  }
}

std::string pointer_to(const std::string& parent, std::string_view key) {
  std::string pointer = parent + "/";
  for (const char c : key) {
    if (c == '~') {
      pointer += "~0";
    } else if (c == '/') {
      pointer += "~1";
    } else {
      pointer += c;
    }
  }
  return pointer;
}

const Json& member(const Json& object, std::string_view key, const std::string& pointer) {
  if (!object.is_object()) throw JsonFault{pointer, "is not an object"};
  const auto place = object.find(std::string{key});
  if (place == object.end()) throw JsonFault{pointer_to(pointer, key), "is missing"};
  return *place;
}

void refuse_unknown_keys(const Json& object, const std::vector<std::string>& known, const std::string& pointer) {
  for (const auto& [key, unused] : object.items()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    throw JsonFault{pointer_to(pointer, key),
                    concat("is not a known key", nearest_hint(key, known), "; the keys are ", joined(known))};
  }
}

double number_or_nan(const Json& value, const std::string& pointer) {
  if (value.is_null()) return std::numeric_limits<double>::quiet_NaN();
  if (!value.is_number()) throw JsonFault{pointer, concat("holds ", in_quotes(value.dump()), ", expected a number")};
  return value.get<double>();
}

std::string text_of(const Json& value, const std::string& pointer) {
  if (!value.is_string()) throw JsonFault{pointer, concat("holds ", in_quotes(value.dump()), ", expected a text")};
  return value.get<std::string>();
}

}  // namespace tocsin
