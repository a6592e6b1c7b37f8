#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "byte_stream.hpp"
#include "stored_bytes.hpp"

namespace tocsin {

enum class Packing { plain, gzip, zip_entry };

/// One text among the inputs: a file, or one entry of an archive.
struct InputPart {
  std::string origin;  // for messages: "a.csv", "a.zip/20180101.export.CSV"
  std::shared_ptr<const StoredBytes> bytes;
  Packing packing = Packing::plain;
  std::uint64_t offset = 0;  // of the local header of a zip entry
  std::uint64_t packed_size = 0;
  std::uint64_t size = 0;      // unpacked, where it is known (plain, zip); 0 for gzip
  std::uint32_t checksum = 0;  // CRC-32 of the unpacked bytes; zip only, as is `method`
  std::uint16_t method = 0;
};

/// What an input holds: recognised by content (magic numbers), never by name. A zip gives its entries in the order of
/// the archive without folders and without what archivers add (__MACOSX/, .DS_Store); a gzip or plain file gives one
/// part.
///
/// @throws InputError  for an archive without a file, with an encrypted entry, or packed in a way that is not read
/// @throws ParseError  for an archive that is broken, cut off, or made to do harm
[[nodiscard]] std::vector<InputPart> parts_of(const std::shared_ptr<const StoredBytes>& bytes,
                                              const std::string& origin);

/// How much of a text will be read.
enum class Extent { whole, beginning };

/// The text of a part. Memory is bounded whatever the part says of itself: some 300 KiB, or for an entry of a zip that
/// is read whole, where libdeflate does it, 256 MiB.
[[nodiscard]] std::unique_ptr<ByteStream> unpacked(const InputPart& part, Extent extent = Extent::whole);

}  // namespace tocsin
