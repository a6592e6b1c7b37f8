#include <cmath>
#include <cstring>
#include <limits>

#include "arrow_batches.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

// Buffers should be aligned, but nobody has to keep to it.
template <class T>
T at(const char* bytes, std::int64_t i) {
  T value;
  std::memcpy(&value, bytes + i * static_cast<std::int64_t>(sizeof(T)), sizeof(T));
  return value;
}

// IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction.
double from_half(std::uint16_t bits) {
  const int exponent = (bits >> 10) & 0x1F;
  const int fraction = bits & 0x3FF;
  const double sign = (bits & 0x8000) != 0 ? -1 : 1;
  if (exponent == 0x1F) return fraction != 0 ? missing : sign * std::numeric_limits<double>::infinity();
  if (exponent == 0) return sign * std::ldexp(fraction, -24);
  return sign * std::ldexp(fraction + 0x400, exponent - 25);
}

[[noreturn]] void fail_outside() {
  throw InputError("a text of the Arrow stream lies outside of its buffer; the program that made it is at fault");
}

}  // namespace

template <class T>
T ArrowView::value(std::int64_t row) const {
  return at<T>(bytes(1), begin_ + row);
}

bool ArrowView::bit(int buffer, std::int64_t row) const {
  const std::int64_t i = begin_ + row;
  return (static_cast<unsigned char>(bytes(buffer)[i / 8]) >> (i % 8) & 1) != 0;
}

bool ArrowView::has_nulls() const {
  if (type_->kind == ArrowKind::null) return true;
  return array_->null_count != 0 && array_->n_buffers > 0 && array_->buffers[0] != nullptr;
}

bool ArrowView::is_null(std::int64_t row) const {
  return has_nulls() && (type_->kind == ArrowKind::null || !bit(0, row));
}

std::int64_t ArrowView::integer(std::int64_t row) const {
  switch (type_->bytes) {
    case 1:
      return type_->is_signed ? std::int64_t{value<std::int8_t>(row)} : std::int64_t{value<std::uint8_t>(row)};
    case 2:
      return type_->is_signed ? std::int64_t{value<std::int16_t>(row)} : std::int64_t{value<std::uint16_t>(row)};
    case 4:
      return type_->is_signed ? std::int64_t{value<std::int32_t>(row)} : std::int64_t{value<std::uint32_t>(row)};
    default:
      return value<std::int64_t>(row);
  }
}

double ArrowView::number(std::int64_t row) const {
  if (type_->kind == ArrowKind::decimal) return decimal(row);
  if (type_->kind == ArrowKind::integer) {
    const bool may_be_large = type_->bytes == 8 && !type_->is_signed;
    return may_be_large ? static_cast<double>(value<std::uint64_t>(row)) : static_cast<double>(integer(row));
  }
  return type_->bytes == 2   ? from_half(value<std::uint16_t>(row))
         : type_->bytes == 4 ? double{value<float>(row)}
                             : value<double>(row);
}

// Two's complement, the lowest 32 bits first. Exact below 2^53.
double ArrowView::decimal(std::int64_t row) const {
  const int words = type_->bytes / 4;
  const char* const first = bytes(1) + (begin_ + row) * type_->bytes;
  const bool is_negative = (at<std::uint32_t>(first, words - 1) >> 31) != 0;
  double sum = 0;
  double unit = 1;
  std::uint64_t carry = is_negative ? 1 : 0;
  for (int word = 0; word < words; ++word) {
    const std::uint32_t bits = at<std::uint32_t>(first, word);
    const std::uint64_t magnitude = std::uint64_t{is_negative ? ~bits : bits} + carry;
    carry = magnitude >> 32;
    sum += unit * static_cast<double>(magnitude & 0xFFFF'FFFF);
    unit *= 4294967296.0;
  }
  const double power = std::pow(10.0, std::abs(type_->scale));
  const double scaled = type_->scale >= 0 ? sum / power : sum * power;
  return is_negative ? -scaled : scaled;
}

std::string_view ArrowView::text(std::int64_t row) const {
  if (type_->places == TextPlaces::views) return viewed_text(row);
  const bool is_large = type_->places == TextPlaces::offsets_64;
  const std::int64_t i = begin_ + row;
  const std::int64_t from = is_large ? at<std::int64_t>(bytes(1), i) : at<std::int32_t>(bytes(1), i);
  const std::int64_t to = is_large ? at<std::int64_t>(bytes(1), i + 1) : at<std::int32_t>(bytes(1), i + 1);
  if (from < 0 || to < from || (to > from && bytes(2) == nullptr)) fail_outside();
  return to == from ? std::string_view{} : std::string_view{bytes(2) + from, static_cast<std::size_t>(to - from)};
}

// 16 bytes: the length, then up to twelve bytes themselves, or four of them, the number of a buffer, and a place in it.
std::string_view ArrowView::viewed_text(std::int64_t row) const {
  constexpr std::int32_t longest_within = 12;
  const char* const view = bytes(1) + 16 * (begin_ + row);
  const auto size = at<std::int32_t>(view, 0);
  if (size < 0) fail_outside();
  if (size <= longest_within) return {view + 4, static_cast<std::size_t>(size)};
  const auto buffer = at<std::int32_t>(view, 2);
  const auto from = at<std::int32_t>(view, 3);
  const std::int64_t buffers = array_->n_buffers - 3;  // the last one holds the sizes of these
  if (buffer < 0 || buffer >= buffers || from < 0) fail_outside();
  const auto available = at<std::int64_t>(bytes(static_cast<int>(array_->n_buffers) - 1), buffer);
  if (std::int64_t{from} + size > available) fail_outside();
  return {bytes(2 + buffer) + from, static_cast<std::size_t>(size)};
}

template <class T>
void ArrowView::append_values(std::vector<double>& values) const {
  const std::size_t before = values.size();
  values.resize(before + static_cast<std::size_t>(rows_));
  double* const out = values.data() + before;
  for (std::int64_t row = 0; row < rows_; ++row) out[row] = static_cast<double>(value<T>(row));
  if (!has_nulls()) return;
  for (std::int64_t row = 0; row < rows_; ++row) {
    if (is_null(row)) out[row] = missing;
  }
}

void ArrowView::append_numbers(std::vector<double>& values) const {
  if (type_->kind == ArrowKind::floating && type_->bytes == 8) return append_values<double>(values);
  if (type_->kind == ArrowKind::floating && type_->bytes == 4) return append_values<float>(values);
  if (type_->kind == ArrowKind::integer && type_->is_signed) {
    if (type_->bytes == 8) return append_values<std::int64_t>(values);
    if (type_->bytes == 4) return append_values<std::int32_t>(values);
  }
  for (std::int64_t row = 0; row < rows_; ++row) values.push_back(is_null(row) ? missing : number(row));
}

}  // namespace tocsin
