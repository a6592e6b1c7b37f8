#pragma once

#include <zlib.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace tocsin::zip_archive {

/// `size` bytes of the number, the lowest first.
inline std::string bytes_of(std::uint64_t number, std::size_t size) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(number >> (8 * i) & 0xffU);
  return bytes;
}

/// @param window_bits  -MAX_WBITS for the raw stream of a zip, 16 + MAX_WBITS for gzip
inline std::string deflated(const std::string& text, int window_bits = -MAX_WBITS, int level = Z_BEST_COMPRESSION) {
  z_stream deflater{};
  deflateInit2(&deflater, level, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&deflater, static_cast<uLong>(text.size())), '\0');
  std::string copy = text;  // zlib takes a pointer to non-const
  deflater.next_in = reinterpret_cast<Bytef*>(copy.data());
  deflater.avail_in = static_cast<uInt>(copy.size());
  deflater.next_out = reinterpret_cast<Bytef*>(packed.data());
  deflater.avail_out = static_cast<uInt>(packed.size());
  deflate(&deflater, Z_FINISH);
  packed.resize(packed.size() - deflater.avail_out);
  deflateEnd(&deflater);
  return packed;
}

inline std::string gzipped(const std::string& text) { return deflated(text, 16 + MAX_WBITS); }

inline std::uint32_t crc32_of(const std::string& text) {
  return static_cast<std::uint32_t>(
      ::crc32(0, reinterpret_cast<const Bytef*>(text.data()), static_cast<uInt>(text.size())));
}

/// One entry. What is set replaces what the archive would truthfully say.
struct Entry {
  std::string name;
  std::string text;
  std::uint16_t method = 8;
  std::uint16_t flags = 0;
  bool has_descriptor = false;  // sizes and checksum behind the data; zeros in the entry's own header
  bool is_wide = false;         // zip64
  std::string local_extra{};
  std::optional<std::string> packed{};
  std::optional<std::uint32_t> checksum{};
  std::optional<std::uint64_t> size{};
  std::optional<std::uint64_t> packed_size{};
  std::optional<std::uint64_t> offset{};
};

struct Shape {
  std::string leading{};
  bool are_offsets_from_leading = false;  // true: the offsets count the leading bytes
  std::string comment{};
  std::string trailing{};
  bool is_wide = false;  // zip64 end records
  std::string before_end{};
  std::optional<std::uint64_t> entries{};
  std::optional<std::uint64_t> directory_offset{};
  std::optional<std::uint64_t> directory_size{};
  std::uint16_t disk = 0;
};

struct Placed {
  Entry entry;
  std::string packed;
  std::uint64_t offset;
};

inline std::string local_header(const Placed& placed) {
  const Entry& entry = placed.entry;
  const bool is_stated_here = !entry.has_descriptor;
  return "PK\x03\x04" + bytes_of(45, 2) + bytes_of(entry.flags | (entry.has_descriptor ? 8U : 0U), 2) +
         bytes_of(entry.method, 2) + bytes_of(0, 4) + bytes_of(is_stated_here ? crc32_of(entry.text) : 0, 4) +
         bytes_of(is_stated_here ? placed.packed.size() : 0, 4) + bytes_of(is_stated_here ? entry.text.size() : 0, 4) +
         bytes_of(entry.name.size(), 2) + bytes_of(entry.local_extra.size(), 2) + entry.name + entry.local_extra;
}

inline std::string directory_entry(const Placed& placed) {
  const Entry& entry = placed.entry;
  const std::uint64_t size = entry.size.value_or(entry.text.size());
  const std::uint64_t packed_size = entry.packed_size.value_or(placed.packed.size());
  const std::uint64_t offset = entry.offset.value_or(placed.offset);
  // A foreign field first: the zip64 one has to be looked for.
  std::string extra = bytes_of(0x5455, 2) + bytes_of(5, 2) + "12345";
  if (entry.is_wide) {
    extra += bytes_of(1, 2) + bytes_of(24, 2) + bytes_of(size, 8) + bytes_of(packed_size, 8) + bytes_of(offset, 8);
  }
  const std::uint64_t wide = 0xffffffff;
  return "PK\x01\x02" + bytes_of(45, 2) + bytes_of(45, 2) +
         bytes_of(entry.flags | (entry.has_descriptor ? 8U : 0U), 2) + bytes_of(entry.method, 2) + bytes_of(0, 4) +
         bytes_of(entry.checksum.value_or(crc32_of(entry.text)), 4) + bytes_of(entry.is_wide ? wide : packed_size, 4) +
         bytes_of(entry.is_wide ? wide : size, 4) + bytes_of(entry.name.size(), 2) + bytes_of(extra.size(), 2) +
         bytes_of(3, 2) + bytes_of(0, 8) + bytes_of(entry.is_wide ? wide : offset, 4) + entry.name + extra + "why";
}

inline std::string end_records(const Shape& shape, std::uint64_t entries, std::uint64_t offset, std::uint64_t size) {
  const std::uint64_t wide = std::numeric_limits<std::uint64_t>::max();
  std::string bytes;
  if (shape.is_wide) {
    bytes += "PK\x06\x06" + bytes_of(44, 8) + bytes_of(45, 2) + bytes_of(45, 2) + bytes_of(0, 8) +
             bytes_of(entries, 8) + bytes_of(entries, 8) + bytes_of(size, 8) + bytes_of(offset, 8);
    bytes += "PK\x06\x07" + bytes_of(0, 4) + bytes_of(offset + size + shape.before_end.size(), 8) + bytes_of(1, 4);
  }
  return bytes + "PK\x05\x06" + bytes_of(shape.disk, 2) + bytes_of(shape.disk, 2) +
         bytes_of(shape.is_wide ? wide : entries, 2) + bytes_of(shape.is_wide ? wide : entries, 2) +
         bytes_of(shape.is_wide ? wide : size, 4) + bytes_of(shape.is_wide ? wide : offset, 4) +
         bytes_of(shape.comment.size(), 2) + shape.comment;
}

/// The bytes of an archive.
inline std::string zip_of(const std::vector<Entry>& entries, const Shape& shape = {}) {
  const std::uint64_t counted = shape.are_offsets_from_leading ? shape.leading.size() : 0;
  std::string bytes = shape.leading;
  std::string directory;
  for (const Entry& entry : entries) {
    Placed placed{entry, entry.method == 8 ? deflated(entry.text) : entry.text,
                  bytes.size() - shape.leading.size() + counted};
    if (entry.packed) placed.packed = *entry.packed;
    bytes += local_header(placed) + placed.packed;
    if (entry.has_descriptor) {
      bytes += "PK\x07\x08" + bytes_of(crc32_of(entry.text), 4) + bytes_of(placed.packed.size(), 4) +
               bytes_of(entry.text.size(), 4);
    }
    directory += directory_entry(placed);
  }
  const std::uint64_t offset = shape.directory_offset.value_or(bytes.size() - shape.leading.size() + counted);
  return bytes + directory + shape.before_end +
         end_records(shape, shape.entries.value_or(entries.size()), offset,
                     shape.directory_size.value_or(directory.size())) +
         shape.trailing;
}

}  // namespace tocsin::zip_archive
