#include "text_source.hpp"

#include <algorithm>
#include <utility>

#include "packed_format.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

constexpr std::size_t block_size = std::size_t{1} << 16;

}  // namespace

TextSource::TextSource(std::istream& stream, std::string origin)
    : stream_(stream), origin_(std::move(origin)), raw_(block_size) {
  refill();
  if (packed_format(unread_) != "gzip") return;
  inflater_.emplace(Inflater::Wrapping::gzip, origin_, [this] {
    if (unread_.empty()) refill();
    return std::exchange(unread_, {});
  });
}

void TextSource::refill() {
  stream_.read(raw_.data(), static_cast<std::streamsize>(raw_.size()));
  if (stream_.bad()) throw ParseError(origin_, 0, 0, "reading failed; is the disk or the connection all right?");
  unread_ = {raw_.data(), static_cast<std::size_t>(stream_.gcount())};
}

std::size_t TextSource::read(char* buffer, std::size_t size) {
  if (inflater_) return inflater_->read(buffer, size);
  std::size_t filled = 0;
  while (filled < size) {
    if (unread_.empty()) refill();
    if (unread_.empty()) break;
    const std::size_t taken = unread_.copy(buffer + filled, size - filled);
    unread_.remove_prefix(taken);
    filled += taken;
  }
  return filled;
}

}  // namespace tocsin
