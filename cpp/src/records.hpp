#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "byte_stream.hpp"
#include "record.hpp"
#include "separators.hpp"
#include "tocsin/event_reader.hpp"

namespace tocsin {

/// Longer lines and records are rejected, so that memory stays bounded whatever the file holds.
inline constexpr std::size_t longest_record = std::size_t{1} << 20;

/// What a reader of records found next.
enum class Found { record, fault, end };

/// A stretch of text that cannot be split into fields.
struct BrokenText {
  RejectReason reason = RejectReason::none;
  std::int64_t line = 0;   // where it begins
  std::int64_t lines = 1;  // how many it takes
};

/// A part of a text by lines: those that begin in [skip, limit) of the stream, the first one skipped where `is_inside`.
struct Stretch {
  bool is_inside = false;  // the stream begins in the middle of a line, which belongs to somebody else
  std::uint64_t limit = ~std::uint64_t{0};
};

/// What reading lines needs of memory. Whoever reads many texts hands it on from one to the next.
struct LineMemory {
  std::vector<char> text;
  Separators separators;
};

/// Lines of a text, split at every delimiter: there are no quotes. Blank lines are passed over.
class LineRecords {
 public:
  LineRecords(ByteStream& stream, char delimiter, Stretch stretch = {}, LineMemory memory = {});

  [[nodiscard]] Found next(Record& record);
  [[nodiscard]] const BrokenText& fault() const { return fault_; }
  [[nodiscard]] std::int64_t lines() const { return line_; }  // seen so far, blank ones too
  /// At the end: records are views of it.
  [[nodiscard]] LineMemory take_memory() { return {std::move(buffer_), std::move(separators_)}; }

 private:
  bool refill();
  bool skip_line();

  ByteStream& stream_;
  char delimiter_;
  std::uint64_t limit_;
  std::vector<char> buffer_;
  std::size_t filled_ = 0;    // bytes in the buffer
  std::size_t complete_ = 0;  // of these, up to the last line feed
  std::uint64_t passed_ = 0;  // bytes of the stream before the buffer
  Separators separators_;
  std::size_t next_line_ = 0;  // among the separators' lines
  std::size_t next_end_ = 0;   // among the separators' ends
  std::uint32_t begin_ = 0;
  std::int64_t line_ = 0;
  bool is_at_end_ = false;
  BrokenText fault_;
};

/// Records with quoted fields (RFC 4180): they may go over several lines.
class QuotedRecords {
 public:
  QuotedRecords(ByteStream& stream, char delimiter);

  [[nodiscard]] Found next(Record& record);
  [[nodiscard]] const BrokenText& fault() const { return fault_; }
  [[nodiscard]] std::int64_t lines() const { return line_; }

 private:
  enum class Parsed { record, cut_off, open_quote };

  bool refill();
  Parsed parse(std::size_t& position);
  Found broken(RejectReason reason);
  void skip_line();

  ByteStream& stream_;
  char delimiter_;
  std::vector<char> buffer_;
  std::size_t position_ = 0;
  std::size_t filled_ = 0;
  std::int64_t line_ = 0;
  bool is_at_end_ = false;
  std::string text_;                 // the fields without their quotes, with one character between them
  std::vector<std::uint32_t> ends_;  // of the fields in it
  BrokenText fault_;
};

}  // namespace tocsin
