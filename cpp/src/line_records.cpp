#include <algorithm>
#include <cstring>

#include "records.hpp"

namespace tocsin {

namespace {

// Small enough for the second-level cache together with its separators.
constexpr std::size_t block_size = std::size_t{1} << 18;

}  // namespace

LineRecords::LineRecords(ByteStream& stream, char delimiter, Stretch stretch, LineMemory memory)
    : stream_(stream),
      delimiter_(delimiter),
      limit_(stretch.limit),
      buffer_(std::move(memory.text)),
      separators_(std::move(memory.separators)) {
  buffer_.resize(block_size);
  separators_.count = separators_.line_count = 0;
  if (stretch.is_inside) skip_line();
  line_ = 0;
}

Found LineRecords::next(Record& record) {
  while (true) {
    if (next_line_ == separators_.line_count) {
      if (passed_ + begin_ >= limit_ || !refill()) return Found::end;
      if (fault_.reason != RejectReason::none) return Found::fault;
      continue;
    }
    if (passed_ + begin_ >= limit_) return Found::end;
    const std::uint32_t last = separators_.lines[next_line_];
    record = {buffer_.data(), separators_.ends.data() + next_end_, last + 1 - next_end_, begin_, ++line_};
    next_end_ = last + 1;
    ++next_line_;
    begin_ = separators_.ends[last] + 1;
    if (record.count > 1) return Found::record;
    // Programs that translate line ends twice leave several.
    if (record[0].find_first_not_of('\r') != std::string_view::npos) return Found::record;
  }
}

// Moves what is left to the front and reads on. False at the end of the text.
bool LineRecords::refill() {
  fault_ = {};
  const std::size_t left = filled_ - complete_;
  if (left > 0) std::memmove(buffer_.data(), buffer_.data() + complete_, left);
  passed_ += complete_;
  filled_ = left;
  begin_ = 0;
  next_line_ = next_end_ = complete_ = 0;
  separators_.line_count = 0;
  if (left == buffer_.size()) {
    if (buffer_.size() >= longest_record) return skip_line();
    buffer_.resize(2 * buffer_.size());
  }
  if (!is_at_end_) {
    const std::size_t taken = stream_.read(buffer_.data() + filled_, buffer_.size() - filled_);
    is_at_end_ = taken < buffer_.size() - filled_;
    filled_ += taken;
  }
  if (filled_ == 0) return false;
  if (is_at_end_ && buffer_[filled_ - 1] != '\n') {
    // The last line of a text need not end.
    if (filled_ == buffer_.size()) buffer_.resize(filled_ + 1);
    buffer_[filled_++] = '\n';
  }
  const auto* const end = static_cast<const char*>(memrchr(buffer_.data(), '\n', filled_));
  complete_ = end == nullptr ? 0 : static_cast<std::size_t>(end - buffer_.data()) + 1;
  find_separators(buffer_.data(), complete_, delimiter_, separators_);
  return true;
}

// Reads past the next line feed, keeping nothing. The fault stands for the line that was too long.
bool LineRecords::skip_line() {
  fault_ = {RejectReason::too_long, ++line_, 1};
  while (true) {
    const char* const end = static_cast<const char*>(std::memchr(buffer_.data(), '\n', filled_));
    if (end != nullptr) {
      const auto skipped = static_cast<std::size_t>(end - buffer_.data()) + 1;
      passed_ += skipped;
      filled_ -= skipped;
      std::memmove(buffer_.data(), end + 1, filled_);
      complete_ = 0;
      return true;
    }
    passed_ += filled_;
    filled_ = 0;
    if (is_at_end_) return true;
    filled_ = stream_.read(buffer_.data(), buffer_.size());
    is_at_end_ = filled_ < buffer_.size();
  }
}

}  // namespace tocsin
