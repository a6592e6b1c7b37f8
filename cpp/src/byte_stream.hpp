#pragma once

#include <cstddef>
#include <cstdint>

namespace tocsin {

/// The bytes of one text, from its beginning to its end.
class ByteStream {
 public:
  ByteStream() = default;
  virtual ~ByteStream() = default;
  ByteStream(const ByteStream&) = delete;
  ByteStream& operator=(const ByteStream&) = delete;

  /// Fills `buffer`; fewer bytes than asked for only at the end. Once it gives fewer, packed data has been checked to
  /// its end.
  ///
  /// @throws ParseError  where the packed data is broken or cut off
  /// @throws InputError  where packed data holds packed data again
  [[nodiscard]] virtual std::size_t read(char* buffer, std::size_t size) = 0;

  /// How much of the stored bytes has been taken, for progress.
  [[nodiscard]] virtual std::uint64_t packed_bytes_read() const = 0;
};

}  // namespace tocsin
