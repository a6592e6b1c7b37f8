#pragma once

#include <string>
#include <string_view>

#include "event_layout.hpp"
#include "tocsin/event_reader.hpp"

namespace tocsin {

/// What the beginning of a text shows: how to read it, and where it begins (behind a byte order mark).
struct Detected {
  EventLayout layout;
  std::size_t begin = 0;
};

/// Recognises the kind of an event file by its first lines: by the names in the header, else by the number of fields.
///
/// @param head    the beginning of the text, at best some 64 KiB
/// @throws InputError  for what is empty or no table (a web page, binary data), fits no known kind, or not the one
/// asked
///                     for; it says what was found
[[nodiscard]] Detected detect_layout(std::string_view head, const std::string& origin, const ReadOptions& options);

}  // namespace tocsin
