#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tocsin {

/// Gives each distinct name a small number, in order of appearance; writes the names into a vector that it does not
/// own.
class ActorNames {
 public:
  explicit ActorNames(std::vector<std::string>& names) : names_(names) {}

  std::uint32_t id(std::string_view name) {
    const auto [entry, is_new] = ids_.try_emplace(std::string{name}, static_cast<std::uint32_t>(names_.size()));
    if (is_new) names_.emplace_back(name);
    return entry->second;
  }

 private:
  std::vector<std::string>& names_;
  std::unordered_map<std::string, std::uint32_t> ids_;
};

}  // namespace tocsin
