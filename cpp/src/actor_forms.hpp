#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "event_layout.hpp"
#include "tocsin/crosswalk.hpp"
#include "tocsin/event_reader.hpp"

namespace tocsin {

/// The system that the actors of a source are codes of, as the options or else the layout say; empty: none is known.
[[nodiscard]] std::string actor_system_of(const EventLayout& layout, const ReadOptions& options);

/// Writes actors as the options ask.
class ActorWriter {
 public:
  ActorWriter(const EventLayout& layout, const ReadOptions& options);

  /// The ISO 3166-1 code of an actor on a day; empty where it has none, or nobody knows what its code is of.
  [[nodiscard]] const std::optional<std::string>& iso_code(const std::string& actor, Day day);
  [[nodiscard]] const std::string& written(const std::string& actor, Day day);

 private:
  bool is_asked_;  // for ISO codes
  std::optional<CodeSystem> system_;
  std::map<std::pair<std::string, Day>, std::optional<std::string>> codes_;
};

/// Writes the actors of a reading as the options ask, and reports those that have no code.
void rename_actors(EventReading& reading, const EventLayout& layout, const ReadOptions& options);

}  // namespace tocsin
