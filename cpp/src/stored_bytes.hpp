#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace tocsin {

/// Bytes at rest that can be read from any place, from several threads at once: a file, or memory.
class StoredBytes {
 public:
  StoredBytes() = default;
  virtual ~StoredBytes() = default;
  StoredBytes(const StoredBytes&) = delete;
  StoredBytes& operator=(const StoredBytes&) = delete;

  /// As it was when opened: what is appended later is not read.
  [[nodiscard]] virtual std::uint64_t size() const = 0;

  /// Fills `buffer`; fewer bytes only at the end. @throws ParseError where reading fails or the file has become shorter
  [[nodiscard]] virtual std::size_t read_at(std::uint64_t offset, char* buffer, std::size_t size) const = 0;
};

constexpr std::uint64_t most_piped_bytes = std::uint64_t{4} << 30;

/// A file where it lies. What is no regular file (a pipe, a device) has no places to read from, so it is taken into
/// memory first. A file stays open as long as its bytes are held, and a process may have some 1000 open: hold those of
/// many files one after another.
///
/// @throws InputError  for a missing file, a folder, an unreadable file, a pipe with more than `most_piped` bytes
[[nodiscard]] std::shared_ptr<const StoredBytes> open_file(const std::filesystem::path& path,
                                                           std::uint64_t most_piped = most_piped_bytes);

[[nodiscard]] std::shared_ptr<const StoredBytes> in_memory(std::string bytes);

}  // namespace tocsin
