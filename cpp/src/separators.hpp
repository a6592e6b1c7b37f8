#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tocsin {

/// Where the fields and lines of a text end.
struct Separators {
  std::vector<std::uint32_t> ends;   // of fields: the first `count` are the places of every delimiter and line feed
  std::size_t count = 0;             // the vector only grows, so that the next text does not pay for it
  std::vector<std::uint32_t> lines;  // of lines: for each line feed, its number among `ends`
};

/// Which instructions of the processor are used: the best that it has, or those that every one has.
enum class Instructions { best, common };

/// Finds them all, whatever stands between: for texts without quotes. At most 4 GiB.
void find_separators(const char* text, std::size_t size, char delimiter, Separators& found,
                     Instructions instructions = Instructions::best);

}  // namespace tocsin
