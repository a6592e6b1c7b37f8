#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tocsin/crosswalk.hpp"

namespace tocsin {

inline constexpr std::size_t code_system_count = 11;

/// A name as it is looked up: words in lower case without accents and punctuation, sorted, without "the", "of", "and".
/// "Korea, Republic of" and "the Republic of Korea" are one.
[[nodiscard]] std::string name_key(std::string_view name);

/// cpp/data/crosswalk.csv by code and by place.
///
/// A row gives the codes of a place on the days from `first` to `last`, an open end being empty; the first row of a
/// place also gives its kind and its name, which is read on the days of all its rows. A cell may hold several codes
/// with
/// `;` between: all are read, the first is written. Where rows of one place overlap, the earlier one is written. A
/// first code that is empty: none is written.
class CrosswalkTable {
 public:
  static constexpr Calendar always{Day{INT32_MIN}, Day{INT32_MAX}};

  struct Reading {  // the code stands for the place
    std::uint32_t place;
    Calendar days;
  };
  struct Writing {  // the place has the code
    std::string code;
    Calendar days;
  };

  /// @throws InputError  for a row that cannot be read
  explicit CrosswalkTable(std::string_view csv);

  /// The embedded one.
  [[nodiscard]] static const CrosswalkTable& shipped();

  [[nodiscard]] const Place& place(std::uint32_t number) const { return places_[number]; }
  [[nodiscard]] std::optional<std::uint32_t> number_of(std::string_view id) const;

  /// In the order of the table; without one where the system does not hold the code.
  [[nodiscard]] const std::vector<Reading>& readings(CodeSystem system, std::string_view code) const;
  [[nodiscard]] const std::vector<Writing>& writings(CodeSystem system, std::uint32_t place) const;

  /// Different places that the code stands for on the day.
  [[nodiscard]] std::vector<std::uint32_t> places_of(CodeSystem system, std::string_view code, Day day) const;

  /// As the table spells them.
  [[nodiscard]] std::vector<std::string> codes_on(CodeSystem system, Day day) const;

 private:
  struct Row;

  void add(const Row& row);
  void add_code(CodeSystem system, const std::string& code, bool is_written, std::uint32_t place, Calendar days);

  std::vector<Place> places_;
  std::unordered_map<std::string, std::uint32_t> numbers_;  // by id
  std::array<std::unordered_map<std::string, std::vector<Reading>>, code_system_count> readings_;
  std::array<std::vector<std::vector<Writing>>, code_system_count> writings_;  // by place
  std::array<std::vector<Writing>, code_system_count> spellings_;
};

}  // namespace tocsin
