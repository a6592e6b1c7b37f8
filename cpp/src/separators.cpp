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

// The places of the marks of one block, eight at a time, needed or not: a loop that ends after each block's own number
// of marks is mispredicted each time.
[[gnu::always_inline]] inline void write_eights(std::uint64_t marks, std::uint32_t count, std::uint32_t offset,
                                                std::uint32_t* next) {
  for (std::uint32_t written = 0; written < count; written += 8) {
    for (std::uint32_t i = 0; i < 8; ++i) {
      next[written + i] = offset + static_cast<std::uint32_t>(std::countr_zero(marks));
      marks &= marks - 1;
    }
  }
}

// What every version needs: how marks are found, and how their places are written down. It must be inlined, or the
// instructions of the version would not reach into it.
template <class Find, class Write>
[[gnu::always_inline]] inline void find_all(const char* text, std::size_t size, char delimiter, Separators& found,
                                            const Find& marks_of, const Write& write) {
  // A block writes up to 64 places, of which the next one overwrites those that are too many.
  if (found.ends.size() < size + block_size) found.ends.resize(size + block_size);
  if (found.lines.size() < size) found.lines.resize(size);
  std::uint32_t* const ends = found.ends.data();
  std::uint32_t* next = ends;
  std::uint32_t* next_line = found.lines.data();
  const auto take = [&](const char* block, std::size_t begin) __attribute__((always_inline)) {
    const Marks marks = marks_of(block, delimiter);
    const std::uint64_t all = marks.delimiters | marks.line_feeds;
    for (std::uint64_t left = marks.line_feeds; left != 0; left &= left - 1) {
      const std::uint64_t before = all & ((left & (~left + 1)) - 1);
      *next_line++ = static_cast<std::uint32_t>(next - ends) + static_cast<std::uint32_t>(std::popcount(before));
    }
    const auto count = static_cast<std::uint32_t>(std::popcount(all));
    write(all, count, static_cast<std::uint32_t>(begin), next);
    next += count;
  };
  std::size_t begin = 0;
  for (; size - begin >= block_size; begin += block_size) take(text + begin, begin);
  if (begin < size) {
    char last[block_size] = {};
    std::memcpy(last, text + begin, size - begin);
    take(last, begin);
  }
  found.count = static_cast<std::size_t>(next - ends);
  found.line_count = static_cast<std::size_t>(next_line - found.lines.data());
}

#if defined(__SSE2__)

template <class Bits>
[[gnu::always_inline]] inline std::uint64_t bits_at(Bits bits, unsigned place) {
  return std::uint64_t{static_cast<std::uint32_t>(bits)} << place;
}

// SSE2 is part of every x86-64.
void find_with_sse2(const char* text, std::size_t size, char delimiter, Separators& found) {
  const auto marks_of = [](const char* block, char mark) {
    const __m128i wanted = _mm_set1_epi8(mark);
    const __m128i line_feed = _mm_set1_epi8('\n');
    Marks marks{0, 0};
    for (unsigned i = 0; i < block_size; i += 16) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block + i));
      marks.delimiters |= bits_at(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, wanted)), i);
      marks.line_feeds |= bits_at(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, line_feed)), i);
    }
    return marks;
  };
  find_all(text, size, delimiter, found, marks_of, write_eights);
}

#define TOCSIN_AVX2 __attribute__((target("avx2,bmi,popcnt")))
TOCSIN_AVX2 void find_with_avx2(const char* text, std::size_t size, char delimiter, Separators& found) {
  const auto marks_of = [](const char* block, char mark) TOCSIN_AVX2 {
    const __m256i wanted = _mm256_set1_epi8(mark);
    const __m256i line_feed = _mm256_set1_epi8('\n');
    Marks marks{0, 0};
    for (unsigned i = 0; i < block_size; i += 32) {
      const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(block + i));
      marks.delimiters |= bits_at(_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, wanted)), i);
      marks.line_feeds |= bits_at(_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, line_feed)), i);
    }
    return marks;
  };
  find_all(text, size, delimiter, found, marks_of, write_eights);
}

// g++ 12 takes the undefined lanes inside its own intrinsics for a mistake of the caller.
#if !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
// A block is one register, and one instruction moves the numbers of its marked bytes together.
#define TOCSIN_AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi2,bmi,popcnt")))
TOCSIN_AVX512 void find_with_avx512(const char* text, std::size_t size, char delimiter, Separators& found) {
  alignas(64) char numbers[block_size];
  for (std::size_t i = 0; i < block_size; ++i) numbers[i] = static_cast<char>(i);
  const __m512i places = _mm512_load_si512(numbers);
  const auto marks_of = [](const char* block, char mark) TOCSIN_AVX512 {
    const __m512i bytes = _mm512_loadu_si512(block);
    return Marks{_mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(mark)),
                 _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8('\n'))};
  };
  const auto write = [places](std::uint64_t marks, std::uint32_t count, std::uint32_t offset, std::uint32_t* next)
                         TOCSIN_AVX512 {
                           const __m512i first = _mm512_set1_epi32(static_cast<int>(offset));
                           __m512i marked = _mm512_maskz_compress_epi8(marks, places);
                           for (std::uint32_t written = 0; written < count; written += 16) {
                             const __m512i sixteen = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(marked));
                             _mm512_storeu_si512(next + written, _mm512_add_epi32(first, sixteen));
                             marked = _mm512_alignr_epi64(marked, marked, 2);
                           }
                         };
  find_all(text, size, delimiter, found, marks_of, write);
}
#if !defined(__clang__)
#pragma GCC diagnostic pop
#endif

#endif

[[maybe_unused]] void find_bytewise(const char* text, std::size_t size, char delimiter, Separators& found) {
  const auto marks_of = [](const char* block, char mark) {
    Marks marks{0, 0};
    for (unsigned i = 0; i < block_size; ++i) {
      marks.delimiters |= std::uint64_t{block[i] == mark} << i;
      marks.line_feeds |= std::uint64_t{block[i] == '\n'} << i;
    }
    return marks;
  };
  find_all(text, size, delimiter, found, marks_of, write_eights);
}

}  // namespace

// What most machines have today is asked for while running: the library is built for every x86-64.
Instructions best_instructions() {
#if defined(__SSE2__)
  static const Instructions best = [] {
    const bool has_bits = __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
    if (!has_bits || !__builtin_cpu_supports("avx2")) return Instructions::common;
    const bool has_avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                            __builtin_cpu_supports("avx512vbmi2");
    return has_avx512 ? Instructions::avx512 : Instructions::avx2;
  }();
  return best;
#else
  return Instructions::common;
#endif
}

void find_separators(const char* text, std::size_t size, char delimiter, Separators& found,
                     [[maybe_unused]] Instructions instructions) {
#if defined(__SSE2__)
  switch (instructions) {
    case Instructions::avx512:
      return find_with_avx512(text, size, delimiter, found);
    case Instructions::avx2:
      return find_with_avx2(text, size, delimiter, found);
    case Instructions::common:
      return find_with_sse2(text, size, delimiter, found);
  }
#else
  find_bytewise(text, size, delimiter, found);
#endif
}

}  // namespace tocsin
