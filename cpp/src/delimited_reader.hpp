#pragma once

#include <cstdint>
#include <istream>
#include <string>
#include <string_view>
#include <vector>

#include "text_source.hpp"

namespace tocsin {

/// Records of a comma-, tab- or semicolon-separated text with quoted fields (RFC 4180), one at a time.
/// A byte order mark is skipped, CRLF and LF end a line, blank lines are passed over.
class DelimitedReader {
 public:
  DelimitedReader(std::istream& stream, std::string origin);

  /// Reads the next record. @return false at the end
  /// @throws ParseError  for a record longer than 1 MiB, a quote that is not closed, text after a closing quote, a NUL
  /// byte
  bool next();

  [[nodiscard]] const std::vector<std::string>& fields() const { return fields_; }
  [[nodiscard]] std::int64_t line() const { return line_; }  // where the record begins, from 1
  [[nodiscard]] const std::string& origin() const { return origin_; }

 private:
  int peek();
  int take();
  void read_quoted(std::string& field);
  void detect_delimiter();

  std::string origin_;
  TextSource source_;
  std::vector<char> buffer_;
  std::size_t position_ = 0;
  std::size_t end_ = 0;
  std::size_t record_size_ = 0;
  std::int64_t line_ = 0;
  std::int64_t lines_taken_ = 0;
  char delimiter_ = ',';
  std::vector<std::string> fields_;
};

}  // namespace tocsin
