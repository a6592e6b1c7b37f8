#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "event_decoder.hpp"

namespace tocsin {

/// The events of which more than one row may have been read. A few too many do no harm: their rows are compared in
/// full.
using RepeatedIds = std::unordered_set<std::uint64_t>;

/// Remembers the ids of rows: one bit each where they are numbers in a row, else eight bytes.
class SeenIds {
 public:
  explicit SeenIds(Identity identity) : identity_(identity) {}

  void add(const EventRow& row);
  /// Takes over what another one has seen.
  void add_all(SeenIds& others);
  [[nodiscard]] RepeatedIds repeated();

  /// The same for rows of one event; hardly ever for others.
  [[nodiscard]] static std::uint64_t key_of(const EventRow& row, Identity identity);

 private:
  static constexpr std::uint64_t page_bits = 12;
  static constexpr std::size_t words_a_page = (std::size_t{1} << page_bits) / 64;
  using Page = std::array<std::uint64_t, words_a_page>;

  Identity identity_;
  std::unordered_map<std::uint64_t, std::unique_ptr<Page>> pages_;
  std::uint64_t last_page_number_ = ~std::uint64_t{0};
  Page* last_page_ = nullptr;
  std::vector<std::uint64_t> hashes_;  // of ids that are texts
  RepeatedIds repeated_;
};

}  // namespace tocsin
