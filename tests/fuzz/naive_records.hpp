#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "records.hpp"

namespace tocsin::fuzz {

/// What a reader of records gives, one after the other.
struct FoundRecord {
  Found found = Found::record;
  std::int64_t line = 0;
  std::int64_t lines = 0;  // of a fault
  RejectReason reason = RejectReason::none;
  std::vector<std::string> fields;

  friend bool operator==(const FoundRecord&, const FoundRecord&) = default;
};

inline std::vector<std::string> split_at(std::string_view line, char delimiter) {
  std::vector<std::string> fields;
  while (true) {
    const std::size_t end = line.find(delimiter);
    fields.emplace_back(line.substr(0, end));
    if (end == std::string_view::npos) return fields;
    line.remove_prefix(end + 1);
  }
}

/// Lines split at every delimiter, without blank ones.
inline std::vector<FoundRecord> naive_lines(std::string_view text, char delimiter) {
  std::vector<FoundRecord> all;
  for (std::int64_t number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.size() >= longest_record) {
      all.push_back({Found::fault, number, 1, RejectReason::too_long, {}});
    } else if (!line.empty() && line != "\r") {
      all.push_back({Found::record, number, 0, RejectReason::none, split_at(line, delimiter)});
    }
  }
  return all;
}

/// One record after the other, letter by letter. Right for texts shorter than the longest record.
class NaiveQuoted {
 public:
  NaiveQuoted(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {}

  std::vector<FoundRecord> all() {
    std::vector<FoundRecord> found;
    while (at_ < text_.size()) {
      const std::size_t begin = at_;
      std::vector<std::string> fields;
      if (!read(fields)) {
        found.push_back(give_up(begin));
        continue;
      }
      const bool is_blank = fields.size() == 1 && fields[0].empty();
      if (!is_blank) found.push_back({Found::record, line_, 0, RejectReason::none, fields});
      line_ += lines_in(begin, at_);
    }
    return found;
  }

 private:
  [[nodiscard]] bool is_at(char c) const { return at_ < text_.size() && text_[at_] == c; }
  [[nodiscard]] std::int64_t lines_in(std::size_t begin, std::size_t end) const {
    return std::count(text_.begin() + static_cast<std::ptrdiff_t>(begin),
                      text_.begin() + static_cast<std::ptrdiff_t>(end), '\n');
  }

  // False where a quote is not closed.
  bool read(std::vector<std::string>& fields) {
    while (true) {
      std::string field;
      if (is_at('"') && !read_quoted(field)) return false;
      while (at_ < text_.size() && !is_at(delimiter_) && !is_at('\n')) field += text_[at_++];
      const bool is_last = !is_at(delimiter_);
      if (is_last && field.ends_with('\r')) field.pop_back();
      fields.push_back(field);
      ++at_;
      if (!is_last) continue;
      at_ = std::min(at_, text_.size());
      return true;
    }
  }

  bool read_quoted(std::string& field) {
    for (++at_; at_ < text_.size(); ++at_) {
      if (!is_at('"')) {
        field += text_[at_];
        continue;
      }
      ++at_;
      if (!is_at('"')) return true;
      field += '"';
    }
    return false;
  }

  // Nobody knows where the quote should have closed: everything up to the last line is lost.
  FoundRecord give_up(std::size_t begin) {
    const std::size_t last = text_.rfind('\n');
    at_ = last == std::string_view::npos || last < begin ? text_.size() : last + 1;
    const std::int64_t lines = std::max<std::int64_t>(lines_in(begin, at_), 1);
    line_ += lines;
    return {Found::fault, line_ - lines, lines, RejectReason::open_quote, {}};
  }

  std::string_view text_;
  char delimiter_;
  std::size_t at_ = 0;
  std::int64_t line_ = 1;
};

}  // namespace tocsin::fuzz
