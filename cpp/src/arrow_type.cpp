#include "arrow_type.hpp"

#include <array>
#include <charconv>

namespace tocsin {

namespace {

constexpr std::int64_t seconds_a_day = 86'400;

ArrowType number(ArrowKind kind, int bytes, bool is_signed = true) {
  return {.kind = kind, .bytes = bytes, .is_signed = is_signed};
}

ArrowType text(TextPlaces places) { return {.kind = ArrowKind::text, .places = places}; }

ArrowType moment(ArrowKind kind, int bytes, std::int64_t units_a_day) {
  return {.kind = kind, .bytes = bytes, .units_a_day = units_a_day};
}

// "d:precision,scale" or "d:precision,scale,bits".
ArrowType decimal(std::string_view format) {
  std::array<int, 3> numbers{0, 0, 128};
  const char* next = format.data() + 2;
  const char* const end = format.data() + format.size();
  for (int& each : numbers) {
    const auto [after, fault] = std::from_chars(next, end, each);
    if (fault != std::errc{}) return {};
    next = after;
    if (next == end) break;
    if (*next++ != ',') return {};
  }
  const int bits = numbers[2];
  const bool is_known = next == end && (bits == 32 || bits == 64 || bits == 128 || bits == 256);
  if (!is_known) return {};
  return {.kind = ArrowKind::decimal, .bytes = bits / 8, .scale = numbers[1]};
}

ArrowType of_one_letter(char letter) {
  switch (letter) {
    case 'n':
      return number(ArrowKind::null, 0);
    case 'b':
      return number(ArrowKind::boolean, 0);
    case 'c':
    case 'C':
      return number(ArrowKind::integer, 1, letter == 'c');
    case 's':
    case 'S':
      return number(ArrowKind::integer, 2, letter == 's');
    case 'i':
    case 'I':
      return number(ArrowKind::integer, 4, letter == 'i');
    case 'l':
    case 'L':
      return number(ArrowKind::integer, 8, letter == 'l');
    case 'e':
      return number(ArrowKind::floating, 2);
    case 'f':
      return number(ArrowKind::floating, 4);
    case 'g':
      return number(ArrowKind::floating, 8);
    case 'u':
      return text(TextPlaces::offsets_32);
    case 'U':
      return text(TextPlaces::offsets_64);
    default:
      return {};
  }
}

}  // namespace

ArrowType arrow_type(std::string_view format) {
  if (format.size() == 1) return of_one_letter(format[0]);
  if (format == "vu") return text(TextPlaces::views);
  if (format == "tdD") return moment(ArrowKind::date, 4, 1);
  if (format == "tdm") return moment(ArrowKind::date, 8, 1'000 * seconds_a_day);
  if (format.starts_with("tss:")) return moment(ArrowKind::timestamp, 8, seconds_a_day);
  if (format.starts_with("tsm:")) return moment(ArrowKind::timestamp, 8, 1'000 * seconds_a_day);
  if (format.starts_with("tsu:")) return moment(ArrowKind::timestamp, 8, 1'000'000 * seconds_a_day);
  if (format.starts_with("tsn:")) return moment(ArrowKind::timestamp, 8, 1'000'000'000 * seconds_a_day);
  if (format.starts_with("d:")) return decimal(format);
  return {};
}

std::string_view words_for(std::string_view format) {
  if (format == "+s") return "a struct";
  if (format == "+r") return "run-end encoded values";
  if (format == "+m") return "a map";
  if (format.starts_with("+u")) return "a union";
  if (format.starts_with("+")) return "a list";
  if (format.starts_with("tt")) return "a time of day";
  if (format.starts_with("tD") || format.starts_with("ti")) return "a duration";
  if (format == "z" || format == "Z" || format == "vz" || format.starts_with("w:")) return "bytes";
  return "a value of another type";
}

}  // namespace tocsin
