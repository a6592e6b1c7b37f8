#include "packed_format.hpp"

#include <array>

namespace tocsin {

namespace {

using namespace std::string_view_literals;

struct Magic {
  std::string_view bytes;
  std::string_view format;
};

// A zip begins with an entry, with its end where it is empty, or with the mark of an archive once meant to be split.
constexpr std::array<Magic, 11> magics{{{"\x1f\x8b"sv, "gzip"sv},
                                        {"PK\x03\x04"sv, "zip"sv},
                                        {"PK\x05\x06"sv, "zip"sv},
                                        {"PK\x06\x06"sv, "zip"sv},
                                        {"PK\x07\x08"sv, "zip"sv},
                                        {"PK00PK\x03\x04"sv, "zip"sv},
                                        {"\xfd\x37zXZ\0"sv, "xz"sv},
                                        {"\x28\xb5\x2f\xfd"sv, "zstd"sv},
                                        {"7z\xbc\xaf\x27\x1c"sv, "7z"sv},
                                        {"Rar!\x1a\x07"sv, "rar"sv},
                                        {"BZh"sv, "bzip2"sv}}};

// "BZh" alone could begin a text: a level and the first block (or the end) have to follow.
bool is_bzip2(std::string_view bytes) {
  const std::string_view block = bytes.size() < 10 ? ""sv : bytes.substr(4, 6);
  return block == "\x31\x41\x59\x26\x53\x59"sv || block == "\x17\x72\x45\x38\x50\x90"sv;
}

}  // namespace

std::string_view packed_format(std::string_view first_bytes) noexcept {
  for (const Magic& magic : magics) {
    if (!first_bytes.starts_with(magic.bytes)) continue;
    return magic.format != "bzip2" || is_bzip2(first_bytes) ? magic.format : ""sv;
  }
  return {};
}

}  // namespace tocsin
