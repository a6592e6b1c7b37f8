#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tocsin {

/// Where the fields and lines of a text end. The vectors only grow, so that the next text does not pay for them.
struct Separators {
  std::vector<std::uint32_t> ends;  // of fields: the first `count` are the places of every delimiter and line feed
  std::size_t count = 0;
  std::vector<std::uint32_t> lines;  // for each of the first `line_count` line feeds, its number among `ends`
  std::size_t line_count = 0;
};

/// Which instructions of the processor are used: those that every one has, or more.
enum class Instructions { common, avx2, avx512 };
/// The most that this processor has.
[[nodiscard]] Instructions best_instructions();

/// Finds them all, whatever stands between: for texts without quotes. At most 4 GiB.
void find_separators(const char* text, std::size_t size, char delimiter, Separators& found,
                     Instructions instructions = best_instructions());

}  // namespace tocsin
