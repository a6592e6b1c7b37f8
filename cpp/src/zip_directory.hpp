#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "input_part.hpp"

namespace tocsin {

constexpr std::uint16_t zip_stored = 0;
constexpr std::uint16_t zip_deflated = 8;

/// Whether bytes that do not begin like a zip end like one: an archive behind a program that unpacks it, say.
[[nodiscard]] bool ends_like_zip(const StoredBytes& bytes);

/// The texts of an archive as its table of contents (central directory) states them, each checked against the size of
/// the archive, against the others and against what deflate can do. Nothing is unpacked yet.
///
/// @throws InputError, ParseError  as parts_of()
[[nodiscard]] std::vector<InputPart> zip_parts(const std::shared_ptr<const StoredBytes>& bytes,
                                               const std::string& origin);

/// Where the packed bytes of an entry begin: behind its own header. @throws ParseError where that header is broken
[[nodiscard]] std::uint64_t zip_data_offset(const InputPart& part);

}  // namespace tocsin
