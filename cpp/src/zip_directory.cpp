#include "zip_directory.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>
#include <string_view>

#include "text.hpp"
#include "tocsin/error.hpp"
#include "zip_end.hpp"

namespace tocsin {

namespace {

constexpr std::string_view entry_magic = "PK\x01\x02";
constexpr std::string_view signature_magic = "PK\x05\x05";
constexpr std::string_view local_magic = "PK\x03\x04";
constexpr std::size_t entry_head = 46;
constexpr std::size_t local_head = 30;
constexpr std::uint64_t encrypted_flag = 1;
constexpr std::uint64_t aes_method = 99;
constexpr std::uint64_t wide = 0xffffffff;  // the number stands in the zip64 field
constexpr std::uint64_t most_entries = 1'000'000;
constexpr std::uint64_t most_unpacked_per_packed = 1100;  // deflate reaches 1032 at most
constexpr std::size_t longest_name = 200;
constexpr std::size_t window_size = std::size_t{1} << 18;  // more than the longest entry of a directory, 46 + 3 * 65535

[[noreturn]] void refuse_broken(const std::string& origin, std::string_view what) {
  throw ParseError(origin, 0, 0, concat(what, "; the archive is broken, fetch it again"));
}

/// Stored bytes in order, a window at a time: a hostile table of contents can be as long as the archive.
class Window {
 public:
  Window(const StoredBytes& bytes, const std::string& origin, std::uint64_t end)
      : bytes_(bytes), origin_(origin), end_(end) {}

  // Valid until the next call.
  std::string_view at(std::uint64_t place, std::size_t size) {
    if (place > end_ || size > end_ - place) refuse_broken(origin_, "the archive's table of contents is cut off");
    if (place < begin_ || place + size > begin_ + held_.size()) {
      begin_ = place;
      held_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(window_size, end_ - place)));
      held_.resize(bytes_.read_at(place, held_.data(), held_.size()));
    }
    return std::string_view(held_).substr(static_cast<std::size_t>(place - begin_), size);
  }

 private:
  const StoredBytes& bytes_;
  const std::string& origin_;
  std::uint64_t end_;
  std::uint64_t begin_ = 0;
  std::string held_;
};

// Invisible characters, and those that turn the direction of writing: none may reach a terminal from a file's name.
bool is_control(std::string_view character) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  if (character.size() == 1) return byte(0) < 0x20 || byte(0) == 0x7f;
  if (character.size() == 2) return byte(0) == 0xc2 && byte(1) < 0xa0;
  const bool is_mark = character.size() == 3 && byte(0) == 0xe2;
  return is_mark &&
         ((byte(1) == 0x80 && ((byte(2) >= 0xa8 && byte(2) <= 0xae) || byte(2) == 0x8e || byte(2) == 0x8f)) ||
          (byte(1) == 0x81 && byte(2) >= 0xa6 && byte(2) <= 0xa9));
}

std::string printable(std::string_view name) {
  std::string shown;
  std::size_t place = 0;
  for (std::size_t characters = 0; place < name.size() && characters < longest_name; ++characters) {
    std::size_t length = 1;
    while (length < 4 && !is_utf8(name.substr(place, length))) ++length;
    const std::string_view character = name.substr(place, length);
    const bool is_text = is_utf8(character);
    shown += is_text && !is_control(character) ? character : "?";
    place += is_text ? character.size() : 1;
  }
  if (place < name.size()) shown += "...";
  return shown;
}

bool is_text_of_the_archive(std::string_view name) {
  const std::size_t slash = name.rfind('/');
  const std::string_view file = slash == std::string_view::npos ? name : name.substr(slash + 1);
  return !name.ends_with('/') && !name.starts_with("__MACOSX/") && file != ".DS_Store";
}

std::string method_name(std::uint64_t method) {
  struct Method {
    std::uint64_t number;
    const char* name;
  };
  constexpr std::array<Method, 9> known{{{1, "Shrink"},
                                         {6, "Implode"},
                                         {9, "Deflate64"},
                                         {10, "PKWARE DCL"},
                                         {12, "bzip2"},
                                         {14, "LZMA"},
                                         {93, "Zstandard"},
                                         {95, "xz"},
                                         {98, "PPMd"}}};
  for (const Method& entry : known) {
    if (entry.number == method) return concat(method, " (", entry.name, ")");
  }
  return concat(method);
}

// The data of the zip64 field, empty where there is none.
std::string_view zip64_field(std::string_view extra) {
  while (extra.size() >= 4) {
    const std::uint64_t length = zip_number(extra, 2, 2);
    if (length > extra.size() - 4) break;
    if (zip_number(extra, 0, 2) == 1) return extra.substr(4, static_cast<std::size_t>(length));
    extra.remove_prefix(4 + static_cast<std::size_t>(length));
  }
  return {};
}

void check_method(const InputPart& part, std::uint64_t flags, const std::string& archive, const std::string& name) {
  if ((flags & encrypted_flag) != 0 || part.method == aes_method) {
    throw InputError(concat(archive, ": entry ", name,
                            " is encrypted, expected an open one; unpack it with its password and another program"));
  }
  if (part.method != zip_stored && part.method != zip_deflated) {
    throw InputError(concat(archive, ": entry ", name, " is packed with method ", method_name(part.method),
                            ", expected stored or deflated; unpack it with another program"));
  }
}

void check_sizes(const InputPart& part, const std::string& archive, const std::string& name) {
  if (part.method == zip_stored && part.size != part.packed_size) {
    refuse_broken(archive, concat("entry ", name, " is stored as it is, but its two sizes differ (", part.packed_size,
                                  " and ", part.size, ")"));
  }
  if (part.size / most_unpacked_per_packed > part.packed_size) {
    throw ParseError(archive, 0, 0,
                     concat("entry ", name, " claims to unpack ", part.packed_size, " bytes to ", part.size,
                            ", more than deflate can do; the archive is broken or made to do harm, do not use it"));
  }
}

// A part as one entry of the directory states it. @param entry  with its name, extra fields and comment
InputPart part_of(std::string_view entry, const ZipDirectory& directory, const std::string& archive) {
  const auto name_size = static_cast<std::size_t>(zip_number(entry, 28, 2));
  const auto extra_size = static_cast<std::size_t>(zip_number(entry, 30, 2));
  const std::string name = printable(entry.substr(entry_head, name_size));
  std::string_view wide_numbers = zip64_field(entry.substr(entry_head + name_size, extra_size));
  const auto number = [&](std::size_t place) {
    const std::uint64_t narrow = zip_number(entry, place, 4);
    if (narrow != wide) return narrow;
    if (wide_numbers.size() < 8) refuse_broken(archive, concat("entry ", name, " lacks its 64-bit sizes"));
    const std::uint64_t found = zip_number(wide_numbers, 0, 8);
    wide_numbers.remove_prefix(8);
    return found;
  };
  InputPart part{.origin = concat(archive, "/", name), .bytes = nullptr, .packing = Packing::zip_entry};
  part.checksum = static_cast<std::uint32_t>(zip_number(entry, 16, 4));
  part.method = static_cast<std::uint16_t>(zip_number(entry, 10, 2));
  part.size = number(24);  // the zip64 field holds them in this order
  part.packed_size = number(20);
  part.offset = number(42);
  check_method(part, zip_number(entry, 8, 2), archive, name);
  check_sizes(part, archive, name);
  if (part.offset > directory.begin - directory.leading || part.packed_size > directory.begin) {
    refuse_broken(archive, concat("entry ", name, " lies outside the archive"));
  }
  part.offset += directory.leading;
  return part;
}

// An entry whose bytes serve for another one too lets a small archive unpack without end.
void check_places(const std::vector<InputPart>& parts, const ZipDirectory& directory, const std::string& archive) {
  struct Place {
    std::uint64_t begin;
    std::uint64_t end;
    std::size_t part;
  };
  std::vector<Place> places;
  places.reserve(parts.size());
  for (const InputPart& part : parts) {
    places.push_back({part.offset, zip_data_offset(part) + part.packed_size, places.size()});
    if (places.back().end > directory.begin) {
      refuse_broken(archive, concat("the entry ", part.origin, " reaches into the table of contents"));
    }
  }
  std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.begin < b.begin; });
  for (std::size_t i = 1; i < places.size(); ++i) {
    if (places[i].begin >= places[i - 1].end) continue;
    throw ParseError(archive, 0, 0,
                     concat("the entries ", parts[places[i - 1].part].origin, " and ", parts[places[i].part].origin,
                            " overlap; the archive is broken or made to do harm, do not use it"));
  }
}

}  // namespace

bool ends_like_zip(const StoredBytes& bytes) {
  if (!zip_end_record(bytes, true)) return false;
  try {
    const ZipDirectory directory = find_zip_directory(bytes, "");
    return directory.begin < directory.end;
  } catch (const InputError&) {
    return false;
  }
}

std::uint64_t zip_data_offset(const InputPart& part) {
  std::string head(local_head, '\0');
  head.resize(part.bytes->read_at(part.offset, head.data(), head.size()));
  if (head.size() < local_head || !head.starts_with(local_magic) || zip_number(head, 8, 2) != part.method ||
      (zip_number(head, 6, 2) & encrypted_flag) != 0) {
    refuse_broken(part.origin, "the entry does not begin where the archive's table of contents states, or differs");
  }
  const std::uint64_t begin = part.offset + local_head + zip_number(head, 26, 2) + zip_number(head, 28, 2);
  if (begin > part.bytes->size() || part.packed_size > part.bytes->size() - begin) {
    refuse_broken(part.origin, "the entry reaches beyond the end of the archive");
  }
  return begin;
}

std::vector<InputPart> zip_parts(const std::shared_ptr<const StoredBytes>& bytes, const std::string& origin) {
  const ZipDirectory directory = find_zip_directory(*bytes, origin);
  Window window(*bytes, origin, directory.end);
  std::vector<InputPart> parts;
  std::uint64_t entries = 0;
  for (std::uint64_t place = directory.begin; place < directory.end;) {
    if (window.at(place, signature_magic.size()) == signature_magic) break;  // closes the entries of a signed archive
    const std::string_view head = window.at(place, entry_head);
    if (!head.starts_with(entry_magic)) refuse_broken(origin, "the archive's table of contents is not in order");
    const auto size = static_cast<std::size_t>(entry_head + zip_number(head, 28, 2) + zip_number(head, 30, 2) +
                                               zip_number(head, 32, 2));
    const std::string_view entry = window.at(place, size);
    if (++entries > most_entries) {
      throw InputError(concat(origin, ": the archive has more than ", most_entries,
                              " entries, expected fewer; unpack it with another program if it is to be trusted"));
    }
    const auto name_size = static_cast<std::size_t>(zip_number(entry, 28, 2));
    if (is_text_of_the_archive(entry.substr(entry_head, name_size))) {
      parts.push_back(part_of(entry, directory, origin));
      parts.back().bytes = bytes;
    }
    place += size;
  }
  // Older archivers write the number of entries modulo 65536.
  const std::uint64_t digits = directory.has_all_digits ? std::numeric_limits<std::uint64_t>::max() : 0xffff;
  if ((entries & digits) != directory.entries) {
    refuse_broken(origin, concat("the archive states ", directory.entries, " entries, but ", entries, " are listed"));
  }
  if (parts.empty())
    throw InputError(concat(origin, ": the archive holds no file, expected at least one; is it the right archive?"));
  check_places(parts, directory, origin);
  return parts;
}

}  // namespace tocsin
