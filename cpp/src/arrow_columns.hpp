#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "arrow_batches.hpp"
#include "date_texts.hpp"
#include "name_numbers.hpp"

namespace tocsin {

/// What the readers of single columns share: where they stand, and how a fault says so.
class ArrowColumn {
 public:
  /// @param name  in messages
  ArrowColumn(const ArrowBatches& batches, std::size_t column, std::string name)
      : batches_(batches), column_(column), name_(std::move(name)) {}

 protected:
  [[nodiscard]] const ArrowBatches::Column& about() const { return batches_.columns()[column_]; }
  /// @throws ParseError with the number of a row of the present slice, what it holds, and what was expected
  [[noreturn]] void fail(std::int64_t row, std::string_view expected) const;
  /// Where the value of a row stands in the dictionary; negative: nowhere, it is null.
  /// @throws InputError if the dictionary is shorter
  [[nodiscard]] std::int64_t place(const ArrowView& indices, const ArrowView& dictionary, std::int64_t row) const;

  const ArrowBatches& batches_;
  std::size_t column_;
  std::string name_;

 private:
  [[nodiscard]] std::string shown(std::int64_t row) const;
};

/// A column of counts. A null is NaN; texts, booleans and dates are refused unless all of them are null.
class NumberColumn : public ArrowColumn {
 public:
  using ArrowColumn::ArrowColumn;
  /// Adds the rows of the present slice.
  void append(std::vector<double>& values) const;
};

/// A column of dates. Moments are the day that they are in, in UTC.
class DateColumn : public ArrowColumn {
 public:
  using ArrowColumn::ArrowColumn;
  void append(std::vector<Day>& days);
  [[nodiscard]] bool is_weekly() const { return texts_.is_weekly(); }

 private:
  [[nodiscard]] Day day_of(const ArrowView& values, std::int64_t place, std::int64_t row);

  DateTexts texts_;
  Day last_{};             // the day of the text before: rows of a day often stand together
  std::string last_text_;  // empty: none yet
};

/// A column of names or codes, as numbers that point into a list of distinct ones.
class NameColumn : public ArrowColumn {
 public:
  /// @param numbers   several columns may share them
  /// @param expected  "the name of an actor"
  NameColumn(const ArrowBatches& batches, std::size_t column, std::string name, NameNumbers& numbers,
             std::string expected)
      : ArrowColumn(batches, column, std::move(name)), numbers_(numbers), expected_(std::move(expected)) {}
  void append(std::vector<std::uint32_t>& ids);

 private:
  [[nodiscard]] std::uint32_t number_of(const ArrowView& values, std::int64_t place, std::int64_t row);
  void append_from_dictionary(std::vector<std::uint32_t>& ids);

  NameNumbers& numbers_;
  std::string expected_;
  std::int64_t batch_ = -1;            // that the numbers below are of
  std::vector<std::uint32_t> places_;  // numbers of names by their place in the dictionary, as far as they were asked
};

}  // namespace tocsin
