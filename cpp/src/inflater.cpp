#include "inflater.hpp"

#include <algorithm>
#include <new>
#include <utility>

#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

constexpr int gzip_only = 16 + MAX_WBITS;
constexpr int raw_deflate = -MAX_WBITS;
constexpr std::size_t most_at_once = std::size_t{1} << 30;  // zlib counts in unsigned int

}  // namespace

Inflater::Inflater(Wrapping wrapping, std::string origin, NextBlock next_block)
    : wrapping_(wrapping), origin_(std::move(origin)), next_block_(std::move(next_block)) {
  if (inflateInit2(&zlib_, wrapping == Wrapping::gzip ? gzip_only : raw_deflate) != Z_OK) throw std::bad_alloc{};
}

Inflater::~Inflater() { inflateEnd(&zlib_); }

void Inflater::refuse(const char* what) const {
  throw ParseError(origin_, 0, 0, concat(wrapping_ == Wrapping::gzip ? "the gzip data " : "the deflated data ", what));
}

// Takes packed bytes where none are left, and steps into the next gzip member where one ended.
bool Inflater::has_more() {
  if (!is_inside_stream_ && wrapping_ == Wrapping::raw) return false;
  if (zlib_.avail_in == 0 && !has_all_input_) {
    const std::string_view block = next_block_();
    has_all_input_ = block.empty();
    zlib_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(block.data()));  // zlib only reads it
    zlib_.avail_in = static_cast<uInt>(block.size());
  }
  if (is_inside_stream_) return true;
  if (zlib_.avail_in == 0) return false;
  if (inflateReset(&zlib_) != Z_OK) throw std::bad_alloc{};
  is_inside_stream_ = true;
  return true;
}

std::size_t Inflater::inflate_some(char* buffer, std::size_t size) {
  const auto room = static_cast<uInt>(std::min(size, most_at_once));
  zlib_.next_out = reinterpret_cast<Bytef*>(buffer);
  zlib_.avail_out = room;
  // Called without input too: what zlib has taken already may hold text that found no room before.
  const int result = inflate(&zlib_, Z_NO_FLUSH);
  const std::size_t made = room - zlib_.avail_out;
  if (result == Z_STREAM_END) {
    is_inside_stream_ = false;
  } else if (result == Z_BUF_ERROR && has_all_input_) {
    refuse("ends in the middle; the file was cut off, fetch it again");
  } else if (result == Z_MEM_ERROR) {
    throw std::bad_alloc{};
  } else if (result != Z_OK && result != Z_BUF_ERROR) {
    refuse("is broken (its checksum or structure is wrong); fetch the file again");
  }
  return made;
}

std::size_t Inflater::read(char* buffer, std::size_t size) {
  std::size_t filled = 0;
  while (filled < size && has_more()) filled += inflate_some(buffer + filled, size - filled);
  return filled;
}

}  // namespace tocsin
