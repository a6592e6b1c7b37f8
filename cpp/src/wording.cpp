#include "wording.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "text.hpp"

namespace tocsin::wording {

namespace {

std::string fixed(double value, int decimals) {
  std::array<char, 64> digits{};
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, decimals).ptr;
  return {digits.data(), end};
}

std::string with_thousands(const std::string& digits) {
  std::string grouped;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const std::size_t left = digits.size() - i;
    const bool follows_a_digit = i > 0 && digits[i - 1] != '-';
    if (follows_a_digit && left % 3 == 0) grouped += ',';
    grouped += digits[i];
  }
  return grouped;
}

}  // namespace

std::string number(double value) {
  const double size = std::abs(value);
  if (size >= 9.95 || std::round(value) == value) return with_thousands(fixed(value, 0));
  if (size >= 0.995) return fixed(value, 1);
  if (size >= 0.005) return fixed(value, 2);
  return "less than 0.01";
}

std::string percent(double share) {
  if (share > 0.99) return "over 99 %";
  if (share < 0.01) return "under 1 %";
  return concat(fixed(100 * share, 0), " %");
}

std::string range(const Interval& interval) {
  if (std::isnan(interval.low)) return {};
  // "less than 0.01" would not read as an end: tiny ends are rounded outwards.
  const std::string low = std::abs(interval.low) < 0.005 ? "0" : number(interval.low);
  const std::string high = std::abs(interval.high) >= 0.005 ? number(interval.high) : interval.high > 0 ? "0.01" : "0";
  const bool is_signed = interval.low < 0;
  return concat(" (", low, is_signed ? " to " : "-", high, ")");
}

std::string percent_range(const Interval& interval) {
  if (std::isnan(interval.low)) return {};
  return concat(" (", fixed(100 * interval.low, 0), "-", fixed(100 * interval.high, 0), " %)");
}

std::string counted(double n, const std::string& noun) { return concat(number(n), " ", noun, n == 1 ? "" : "s"); }

std::string doublings(double log2_ratio) {
  const double size = std::abs(log2_ratio);
  const std::string amount = concat(fixed(size, 1), fixed(size, 1) == "1.0" ? " doubling " : " doublings ");
  return amount + (log2_ratio >= 0 ? "above" : "below");
}

}  // namespace tocsin::wording
