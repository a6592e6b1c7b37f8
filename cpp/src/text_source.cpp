#include "text_source.hpp"

#include <algorithm>
#include <new>

#include "tocsin/error.hpp"

namespace tocsin {

namespace {

constexpr std::size_t block_size = std::size_t{1} << 16;
constexpr int gzip_only = 16 + MAX_WBITS;

}  // namespace

TextSource::TextSource(std::istream& stream, std::string origin)
    : stream_(stream), origin_(std::move(origin)), raw_(block_size) {
  refill();
  is_gzip_ = inflater_.avail_in >= 2 && inflater_.next_in[0] == 0x1f && inflater_.next_in[1] == 0x8b;
  if (is_gzip_ && inflateInit2(&inflater_, gzip_only) != Z_OK) throw std::bad_alloc{};
  is_inside_member_ = is_gzip_;
}

TextSource::~TextSource() {
  if (is_gzip_) inflateEnd(&inflater_);
}

void TextSource::refill() {
  stream_.read(raw_.data(), static_cast<std::streamsize>(raw_.size()));
  if (stream_.bad()) throw ParseError(origin_, 0, 0, "reading failed; is the disk or the connection all right?");
  inflater_.next_in = reinterpret_cast<Bytef*>(raw_.data());
  inflater_.avail_in = static_cast<uInt>(stream_.gcount());
}

std::size_t TextSource::read(char* buffer, std::size_t size) {
  std::size_t filled = 0;
  while (filled < size) {
    if (inflater_.avail_in == 0) refill();
    if (inflater_.avail_in == 0) {
      if (is_inside_member_) {
        throw ParseError(origin_, 0, 0, "the gzip data ends in the middle; the file was cut off, fetch it again");
      }
      break;
    }
    if (!is_gzip_) {
      const std::size_t taken = std::min<std::size_t>(size - filled, inflater_.avail_in);
      std::copy_n(inflater_.next_in, taken, buffer + filled);
      inflater_.next_in += taken;
      inflater_.avail_in -= static_cast<uInt>(taken);
      filled += taken;
      continue;
    }
    if (!is_inside_member_) {
      if (inflateReset(&inflater_) != Z_OK) throw std::bad_alloc{};
      is_inside_member_ = true;
    }
    inflater_.next_out = reinterpret_cast<Bytef*>(buffer + filled);
    inflater_.avail_out = static_cast<uInt>(size - filled);
    const int result = inflate(&inflater_, Z_NO_FLUSH);
    filled = size - inflater_.avail_out;
    if (result == Z_STREAM_END) {
      is_inside_member_ = false;
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      throw ParseError(origin_, 0, 0,
                       "the gzip data is broken (its checksum or structure is wrong); fetch the file again");
    }
  }
  return filled;
}

}  // namespace tocsin
