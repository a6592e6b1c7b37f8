#include "delimited_reader.hpp"

#include <algorithm>
#include <array>

#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

constexpr std::size_t buffer_size = std::size_t{1} << 16;
constexpr std::size_t longest_record = std::size_t{1} << 20;
constexpr int end_of_text = -1;

}  // namespace

DelimitedReader::DelimitedReader(std::istream& stream, std::string origin)
    : origin_(std::move(origin)), source_(stream, origin_), buffer_(buffer_size) {
  end_ = source_.read(buffer_.data(), buffer_.size());
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (std::string_view{buffer_.data(), end_}.starts_with(byte_order_mark)) position_ = byte_order_mark.size();
  detect_delimiter();
}

// The header decides: the mark that stands most often in the first line that is not blank.
void DelimitedReader::detect_delimiter() {
  const auto end = buffer_.begin() + static_cast<std::ptrdiff_t>(end_);
  const auto begin = std::find_if(buffer_.begin() + static_cast<std::ptrdiff_t>(position_), end,
                                  [](char c) { return c != '\n' && c != '\r'; });
  const auto header_end = std::find(begin, end, '\n');
  std::ptrdiff_t most = 0;
  for (const char mark : {',', '\t', ';'}) {
    const std::ptrdiff_t n = std::count(begin, header_end, mark);
    if (n > most) {
      most = n;
      delimiter_ = mark;
    }
  }
}

int DelimitedReader::peek() {
  if (position_ == end_) {
    position_ = 0;
    end_ = source_.read(buffer_.data(), buffer_.size());
    if (end_ == 0) return end_of_text;
  }
  return static_cast<unsigned char>(buffer_[position_]);
}

int DelimitedReader::take() {
  const int c = peek();
  if (c == end_of_text) return c;
  ++position_;
  if (c == '\n') ++lines_taken_;
  if (c == '\0') throw ParseError(origin_, lines_taken_ + 1, 0, "holds a NUL byte; this is not a text file");
  if (++record_size_ > longest_record) {
    throw ParseError(origin_, line_, 0, "the line is longer than 1 MiB; expected one short row a line");
  }
  return c;
}

void DelimitedReader::read_quoted(std::string& field) {
  take();
  while (true) {
    const int c = take();
    if (c == end_of_text) {
      throw ParseError(origin_, line_, static_cast<std::int64_t>(fields_.size()),
                       "a quote is opened and not closed before the end of the text; close it or remove it");
    }
    if (c != '"') {
      field += static_cast<char>(c);
    } else if (peek() == '"') {
      field += static_cast<char>(take());
    } else {
      break;
    }
  }
  const int after = peek();
  if (after != delimiter_ && after != '\r' && after != '\n' && after != end_of_text) {
    throw ParseError(origin_, line_, static_cast<std::int64_t>(fields_.size()),
                     "text follows a closing quote; double the quotes inside a quoted field");
  }
}

bool DelimitedReader::next() {
  fields_.clear();
  do {
    record_size_ = 0;  // blank lines belong to no record
  } while ((peek() == '\n' || peek() == '\r') && take() != end_of_text);
  if (peek() == end_of_text) return false;
  line_ = lines_taken_ + 1;
  while (true) {
    std::string& field = fields_.emplace_back();
    if (peek() == '"') read_quoted(field);
    int c = take();
    while (c != delimiter_ && c != '\n' && c != end_of_text) {
      field += static_cast<char>(c);
      c = take();
    }
    if (c == delimiter_) continue;
    if (!field.empty() && field.back() == '\r') field.pop_back();
    return true;
  }
}

}  // namespace tocsin
