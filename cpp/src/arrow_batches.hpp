#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "arrow_type.hpp"
#include "tocsin/arrow_stream.hpp"

namespace tocsin {

/// Some rows of one column, where they stand in the memory of a batch.
class ArrowView {
 public:
  /// @param array   checked against the type, and valid until the next batch
  /// @param begin   of the first row, without the array's own offset
  ArrowView(const ArrowArray& array, const ArrowType& type, std::int64_t begin, std::int64_t rows)
      : array_(&array), type_(&type), begin_(array.offset + begin), rows_(rows) {}

  [[nodiscard]] const ArrowType& type() const { return *type_; }
  [[nodiscard]] std::int64_t rows() const { return rows_; }
  [[nodiscard]] bool has_nulls() const;
  [[nodiscard]] bool is_null(std::int64_t row) const;
  [[nodiscard]] bool boolean(std::int64_t row) const { return bit(1, row); }
  /// A number, or a date or time as a number of its units. A null has any value.
  [[nodiscard]] std::int64_t integer(std::int64_t row) const;
  [[nodiscard]] double number(std::int64_t row) const;
  /// @throws InputError if it would lie outside of its buffer
  [[nodiscard]] std::string_view text(std::int64_t row) const;
  /// All as doubles, nulls as NaN, behind what is there. The type must be one of numbers, or null.
  void append_numbers(std::vector<double>& values) const;

 private:
  [[nodiscard]] bool bit(int buffer, std::int64_t row) const;
  [[nodiscard]] const char* bytes(int buffer) const { return static_cast<const char*>(array_->buffers[buffer]); }
  [[nodiscard]] double decimal(std::int64_t row) const;
  [[nodiscard]] std::string_view viewed_text(std::int64_t row) const;
  template <class T>
  [[nodiscard]] T value(std::int64_t row) const;
  template <class T>
  void append_values(std::vector<double>& values) const;

  const ArrowArray* array_;
  const ArrowType* type_;
  std::int64_t begin_;
  std::int64_t rows_;
};

/// A stream that is taken over, batch by batch, in slices of so many rows that a caller can look up between them.
class ArrowBatches {
 public:
  static constexpr std::int64_t slice_rows = 1 << 16;

  struct Column {
    std::string name;
    std::string format;  // of the values, where they stand in a dictionary
    ArrowType type;
    bool is_dictionary = false;
    ArrowType index_type;  // of a dictionary
  };

  /// @throws InputError if the stream was read before, cannot say what it holds, or is none of record batches
  ArrowBatches(ArrowArrayStream& stream, std::string origin);
  ArrowBatches(const ArrowBatches&) = delete;
  ArrowBatches& operator=(const ArrowBatches&) = delete;
  ~ArrowBatches();

  [[nodiscard]] const std::string& origin() const { return origin_; }
  [[nodiscard]] const std::vector<Column>& columns() const { return columns_; }
  [[nodiscard]] std::vector<std::string> names() const;

  /// Goes to the next rows; false at the end. @throws InputError if the stream fails or a batch is not as announced
  bool next();

  // Of the rows that `next` went to:
  [[nodiscard]] std::int64_t first_row() const { return rows_before_ + slice_begin_; }  // 0-based, of the stream
  [[nodiscard]] std::int64_t rows() const { return slice_size_; }
  [[nodiscard]] std::int64_t batch() const { return batch_; }  // counts batches: dictionaries may change between them
  /// The values, or where they stand in the dictionary.
  [[nodiscard]] ArrowView view(std::size_t column) const;
  /// @pre columns()[column].is_dictionary
  [[nodiscard]] ArrowView dictionary(std::size_t column) const;

 private:
  [[noreturn]] void fail(std::string_view what) const;
  [[noreturn]] void fail_with_stream(std::string_view what, int code);
  void read_schema();
  bool read_batch();
  void check_batch() const;
  void release_batch();

  ArrowArrayStream stream_{};
  std::string origin_;
  std::vector<Column> columns_;
  ArrowArray array_{};
  std::int64_t rows_before_ = 0;  // this batch
  std::int64_t slice_begin_ = 0;
  std::int64_t slice_size_ = 0;
  std::int64_t batch_ = 0;
};

}  // namespace tocsin
