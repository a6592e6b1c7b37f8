#include "zip_end.hpp"

#include <algorithm>

#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

constexpr std::string_view end_magic = "PK\x05\x06";
constexpr std::string_view locator_magic = "PK\x06\x07";
constexpr std::string_view wide_end_magic = "PK\x06\x06";
constexpr std::string_view entry_magic = "PK\x01\x02";
constexpr std::string_view local_magic = "PK\x03\x04";
constexpr std::uint64_t end_size = 22;
constexpr std::uint64_t locator_size = 20;
constexpr std::uint64_t wide_end_size = 56;
constexpr std::uint64_t longest_comment = 0xffff;

[[noreturn]] void refuse_broken(const std::string& origin) {
  throw ParseError(origin, 0, 0, "the archive's table of contents is broken; fetch the file again");
}

// Shorter where the stored bytes end.
std::string bytes_at(const StoredBytes& bytes, std::uint64_t offset, std::uint64_t size) {
  std::string read(static_cast<std::size_t>(size), '\0');
  read.resize(bytes.read_at(offset, read.data(), read.size()));
  return read;
}

bool has_at(const StoredBytes& bytes, std::uint64_t offset, std::string_view magic) {
  return bytes_at(bytes, offset, magic.size()) == magic;
}

struct Stated {
  std::uint64_t disk = 0;
  std::uint64_t directory_disk = 0;
  std::uint64_t entries = 0;
  std::uint64_t size = 0;
  std::uint64_t offset = 0;
  std::uint64_t directory_end = 0;
  bool is_wide = false;  // zip64
};

Stated narrow_end(const StoredBytes& bytes, std::uint64_t place) {
  const std::string record = bytes_at(bytes, place, end_size);
  return {.disk = zip_number(record, 4, 2),
          .directory_disk = zip_number(record, 6, 2),
          .entries = zip_number(record, 10, 2),
          .size = zip_number(record, 12, 4),
          .offset = zip_number(record, 16, 4),
          .directory_end = place};
}

Stated wide_end(const StoredBytes& bytes, std::uint64_t locator_place, const std::string& origin) {
  std::uint64_t place = zip_number(bytes_at(bytes, locator_place, locator_size), 8, 8);
  // Where bytes were put before the archive, the stated place is wrong; the record usually ends where its locator
  // begins.
  if (!has_at(bytes, place, wide_end_magic) && locator_place >= wide_end_size) place = locator_place - wide_end_size;
  if (place > locator_place || locator_place - place < wide_end_size || !has_at(bytes, place, wide_end_magic)) {
    refuse_broken(origin);
  }
  const std::string record = bytes_at(bytes, place, wide_end_size);
  return {.disk = zip_number(record, 16, 4),
          .directory_disk = zip_number(record, 20, 4),
          .entries = zip_number(record, 32, 8),
          .size = zip_number(record, 40, 8),
          .offset = zip_number(record, 48, 8),
          .directory_end = place,
          .is_wide = true};
}

}  // namespace

std::optional<std::uint64_t> zip_end_record(const StoredBytes& bytes, bool is_last) {
  const std::uint64_t tail_size = std::min(bytes.size(), end_size + longest_comment);
  const std::uint64_t tail_place = bytes.size() - tail_size;
  const std::string tail = bytes_at(bytes, tail_place, tail_size);
  if (tail.size() < end_size) return std::nullopt;
  for (std::size_t place = tail.rfind(end_magic, tail.size() - end_size); place != std::string::npos;
       place = place == 0 ? std::string::npos : tail.rfind(end_magic, place - 1)) {
    const std::uint64_t end = place + end_size + zip_number(tail, place + 20, 2);
    if (is_last ? end == tail.size() : end <= tail.size()) return tail_place + place;
  }
  return std::nullopt;
}

ZipDirectory find_zip_directory(const StoredBytes& bytes, const std::string& origin) {
  std::optional<std::uint64_t> end_place = zip_end_record(bytes, true);
  if (!end_place) end_place = zip_end_record(bytes, false);  // bytes were added behind the archive
  if (!end_place) {
    throw ParseError(origin, 0, 0, "the archive's table of contents is missing; the file was cut off, fetch it again");
  }
  Stated stated = narrow_end(bytes, *end_place);
  const bool is_wide = *end_place >= locator_size && has_at(bytes, *end_place - locator_size, locator_magic);
  if (is_wide) stated = wide_end(bytes, *end_place - locator_size, origin);
  if (stated.disk != 0 || stated.directory_disk != 0) {
    throw InputError(concat(origin, ": this is one part of an archive that was split over ", stated.disk + 1,
                            " files, expected the archive in one; join the parts with the program that split them"));
  }
  if (stated.size > stated.directory_end) refuse_broken(origin);
  ZipDirectory directory{.begin = stated.directory_end - stated.size,
                         .end = stated.directory_end,
                         .entries = stated.entries,
                         .has_all_digits = stated.is_wide};
  // The table ends where the end record begins; where something lies between them, its stated place holds.
  if (stated.size > 0 && !has_at(bytes, directory.begin, entry_magic)) {
    if (stated.offset > directory.begin || !has_at(bytes, stated.offset, entry_magic)) refuse_broken(origin);
    directory.begin = stated.offset;
    directory.end = stated.offset + stated.size;
  }
  if (stated.offset > directory.begin) refuse_broken(origin);
  directory.leading = directory.begin - stated.offset;
  // An archive packed inside this one shows its own table when this one's is cut off: reading it would lose the rest.
  if (directory.leading > 0 && has_at(bytes, 0, local_magic)) {
    throw ParseError(origin, 0, 0,
                     "the archive's table of contents is missing; the file was cut off, fetch it again (or several "
                     "archives were joined; name each by itself)");
  }
  return directory;
}

}  // namespace tocsin
