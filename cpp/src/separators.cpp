#include "separators.hpp"

#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

namespace tocsin {

namespace {

constexpr std::size_t block_size = 64;

// One bit for each byte of a block.
struct Marks {
  std::uint64_t delimiters;
  std::uint64_t line_feeds;
};

// What every version of the loop below needs: how marks are found, and how their places are written down. It must be
// inlined, or the instructions of the version would not reach into it.
template <class Find>
[[gnu::always_inline]] inline void find_all(const char* text, std::size_t size, char delimiter, Separators& found,
                                            const Find& marks_of) {
  // A block writes up to eight places too many, which the next one overwrites.
  if (found.ends.size() < size + block_size) found.ends.resize(size + block_size);
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
    for (std::uint64_t left = marks.line_feeds; left != 0; left &= left - 1) {
      const std::uint64_t before = all & ((left & (~left + 1)) - 1);
      found.lines.push_back(static_cast<std::uint32_t>(next - found.ends.data()) +
                            static_cast<std::uint32_t>(std::popcount(before)));
    }
    const auto count = static_cast<std::uint32_t>(std::popcount(all));
    const auto offset = static_cast<std::uint32_t>(begin);
    // Eight at a time, needed or not: a loop that ends after each block's own number of marks is mispredicted each
    // time.
    for (std::uint32_t written = 0; written < count; written += 8) {
      for (std::uint32_t i = 0; i < 8; ++i) {
        next[written + i] = offset + static_cast<std::uint32_t>(std::countr_zero(all));
        all &= all - 1;
      }
    }
    next += count;
  }
  found.count = static_cast<std::size_t>(next - found.ends.data());
}

#if defined(__SSE2__)

template <class Bits>
[[gnu::always_inline]] inline std::uint64_t bits_at(Bits bits, unsigned place) {
  return std::uint64_t{static_cast<std::uint32_t>(bits)} << place;
}

// SSE2 is part of every x86-64.
void find_with_sse2(const char* text, std::size_t size, char delimiter, Separators& found) {
  find_all(text, size, delimiter, found, [](const char* block, char mark) {
    const __m128i wanted = _mm_set1_epi8(mark);
    const __m128i line_feed = _mm_set1_epi8('\n');
    Marks marks{0, 0};
    for (unsigned i = 0; i < block_size; i += 16) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block + i));
      marks.delimiters |= bits_at(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, wanted)), i);
      marks.line_feeds |= bits_at(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, line_feed)), i);
    }
    return marks;
  });
}

// What most machines have today is asked for while running: the library is built for every x86-64.
[[gnu::target("avx2,bmi,popcnt")]] void find_with_avx2(const char* text, std::size_t size, char delimiter,
                                                       Separators& found) {
  find_all(text, size, delimiter, found, [](const char* block, char mark) __attribute__((target("avx2,bmi,popcnt"))) {
    const __m256i wanted = _mm256_set1_epi8(mark);
    const __m256i line_feed = _mm256_set1_epi8('\n');
    Marks marks{0, 0};
    for (unsigned i = 0; i < block_size; i += 32) {
      const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(block + i));
      marks.delimiters |= bits_at(_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, wanted)), i);
      marks.line_feeds |= bits_at(_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, line_feed)), i);
    }
    return marks;
  });
}

#endif

[[maybe_unused]] void find_bytewise(const char* text, std::size_t size, char delimiter, Separators& found) {
  find_all(text, size, delimiter, found, [](const char* block, char mark) {
    Marks marks{0, 0};
    for (unsigned i = 0; i < block_size; ++i) {
      marks.delimiters |= std::uint64_t{block[i] == mark} << i;
      marks.line_feeds |= std::uint64_t{block[i] == '\n'} << i;
    }
    return marks;
  });
}

}  // namespace

void find_separators(const char* text, std::size_t size, char delimiter, Separators& found,
                     [[maybe_unused]] Instructions instructions) {
#if defined(__SSE2__)
  static const bool has_avx2 =
      __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
  const bool is_best = has_avx2 && instructions == Instructions::best;
  (is_best ? find_with_avx2 : find_with_sse2)(text, size, delimiter, found);
#else
  find_bytewise(text, size, delimiter, found);
#endif
}

}  // namespace tocsin
