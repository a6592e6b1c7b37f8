#include "separators.hpp"

#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace tocsin {

namespace {

constexpr std::size_t block_size = 64;

// One bit for each byte of a block.
struct Marks {
  std::uint64_t delimiters;
  std::uint64_t line_feeds;
};

#if defined(__SSE2__)

// SSE2 is part of every x86-64.
Marks marks_of(const char* block, char delimiter) {
  const __m128i wanted = _mm_set1_epi8(delimiter);
  const __m128i line_feed = _mm_set1_epi8('\n');
  Marks marks{0, 0};
  for (unsigned i = 0; i < 4; ++i) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block + 16 * i));
    const auto bits = [&](__m128i value) {
      return std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, value)))} << (16 * i);
    };
    marks.delimiters |= bits(wanted);
    marks.line_feeds |= bits(line_feed);
  }
  return marks;
}

#else

Marks marks_of(const char* block, char delimiter) {
  Marks marks{0, 0};
  for (unsigned i = 0; i < block_size; ++i) {
    marks.delimiters |= std::uint64_t{block[i] == delimiter} << i;
    marks.line_feeds |= std::uint64_t{block[i] == '\n'} << i;
  }
  return marks;
}

#endif

}  // namespace

void find_separators(const char* text, std::size_t size, char delimiter, Separators& found) {
  if (found.ends.size() < size) found.ends.resize(size);  // there are never more
  found.lines.clear();
  std::uint32_t* next = found.ends.data();
  for (std::size_t begin = 0; begin < size; begin += block_size) {
    Marks marks{};
    if (size - begin >= block_size) {
      marks = marks_of(text + begin, delimiter);
    } else {
      char last[block_size] = {};
      std::memcpy(last, text + begin, size - begin);
      marks = marks_of(last, delimiter);
    }
    std::uint64_t all = marks.delimiters | marks.line_feeds;
    while (marks.line_feeds != 0) {
      const std::uint64_t up_to = marks.line_feeds ^ (marks.line_feeds - 1);
      for (std::uint64_t line = all & up_to; line != 0; line &= line - 1) {
        *next++ = static_cast<std::uint32_t>(begin) + static_cast<std::uint32_t>(std::countr_zero(line));
      }
      found.lines.push_back(static_cast<std::uint32_t>(next - found.ends.data()) - 1);
      all &= ~up_to;
      marks.line_feeds &= marks.line_feeds - 1;
    }
    for (; all != 0; all &= all - 1) {
      *next++ = static_cast<std::uint32_t>(begin) + static_cast<std::uint32_t>(std::countr_zero(all));
    }
  }
  found.count = static_cast<std::size_t>(next - found.ends.data());
}

}  // namespace tocsin
