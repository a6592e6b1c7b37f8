#include <algorithm>
#include <cstring>

#include "records.hpp"

namespace tocsin {

namespace {

constexpr std::size_t block_size = std::size_t{1} << 17;

}  // namespace

QuotedRecords::QuotedRecords(ByteStream& stream, char delimiter)
    : stream_(stream), delimiter_(delimiter), buffer_(block_size) {}

Found QuotedRecords::next(Record& record) {
  fault_ = {};
  while (true) {
    std::size_t end = position_;
    const Parsed parsed = position_ < filled_ ? parse(end) : Parsed::cut_off;
    if (parsed == Parsed::cut_off) {
      if (is_at_end_ && position_ == filled_) return Found::end;
      if (filled_ - position_ >= longest_record) return broken(RejectReason::too_long);
      if (!refill() && position_ == filled_) return Found::end;
      continue;
    }
    if (parsed == Parsed::open_quote) return broken(RejectReason::open_quote);
    const std::int64_t line = line_ + 1;
    line_ += std::count(buffer_.data() + position_, buffer_.data() + end, '\n');
    position_ = end;
    // A blank line, also one that was converted twice ("\r\r\n").
    if (ends_.size() == 1 && text_.find_first_not_of("\r\n") == std::string::npos) continue;
    record = {text_.data(), ends_.data(), ends_.size(), 0, line};
    return Found::record;
  }
}

// Takes one record apart. On success `position` is behind it.
QuotedRecords::Parsed QuotedRecords::parse(std::size_t& position) {
  text_.clear();
  ends_.clear();
  const char* const data = buffer_.data();
  std::size_t i = position;
  while (true) {
    if (i < filled_ && data[i] == '"') {
      ++i;
      while (true) {
        const auto* const quote = static_cast<const char*>(std::memchr(data + i, '"', filled_ - i));
        if (quote == nullptr) return is_at_end_ ? Parsed::open_quote : Parsed::cut_off;
        const auto at = static_cast<std::size_t>(quote - data);
        if (at + 1 == filled_ && !is_at_end_) return Parsed::cut_off;
        text_.append(data + i, at - i);
        i = at + 1;
        if (i == filled_ || data[i] != '"') break;
        text_ += '"';
        ++i;
      }
    }
    // What stands behind a closing quote belongs to the field: some writers forget to double a quote.
    const std::size_t begin = i;
    while (i < filled_ && data[i] != delimiter_ && data[i] != '\n') ++i;
    if (i == filled_ && !is_at_end_) return Parsed::cut_off;
    text_.append(data + begin, i - begin);
    const bool is_last = i == filled_ || data[i] == '\n';
    if (is_last && !text_.empty() && text_.back() == '\r') text_.pop_back();
    ends_.push_back(static_cast<std::uint32_t>(text_.size()));
    text_ += '\n';
    if (is_last) {
      position = std::min(i + 1, filled_);
      return Parsed::record;
    }
    ++i;
  }
}

// Everything up to the end of the buffer, or of its last line, is given up: the quote may close anywhere.
Found QuotedRecords::broken(RejectReason reason) {
  const char* const begin = buffer_.data() + position_;
  const auto* const last = static_cast<const char*>(memrchr(begin, '\n', filled_ - position_));
  const std::size_t end = last == nullptr ? filled_ : static_cast<std::size_t>(last - buffer_.data()) + 1;
  const auto lines = std::max<std::int64_t>(std::count(begin, static_cast<const char*>(buffer_.data()) + end, '\n'), 1);
  fault_ = {reason, line_ + 1, lines};
  line_ += lines;
  position_ = end;
  if (last == nullptr) skip_line();
  return Found::fault;
}

// Passes over the rest of a line of which nothing is kept.
void QuotedRecords::skip_line() {
  while (!is_at_end_) {
    position_ = filled_;
    if (!refill()) return;
    const auto* const end = static_cast<const char*>(std::memchr(buffer_.data(), '\n', filled_));
    if (end == nullptr) continue;
    position_ = static_cast<std::size_t>(end - buffer_.data()) + 1;
    return;
  }
  position_ = filled_;
}

bool QuotedRecords::refill() {
  if (is_at_end_) return false;
  const std::size_t left = filled_ - position_;
  std::memmove(buffer_.data(), buffer_.data() + position_, left);
  position_ = 0;
  filled_ = left;
  if (left == buffer_.size()) buffer_.resize(2 * buffer_.size());
  const std::size_t taken = stream_.read(buffer_.data() + filled_, buffer_.size() - filled_);
  is_at_end_ = taken < buffer_.size() - filled_;
  filled_ += taken;
  return true;
}

}  // namespace tocsin
