#include "text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>

namespace tocsin {

namespace {

constexpr std::size_t longest_quote = 60;

// Levenshtein distance with one row of memory.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

}  // namespace

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string all;
  for (const std::string& part : parts) {
    if (!all.empty()) all += separator;
    all += part;
  }
  return all;
}

std::string in_quotes(std::string_view found) {
  std::string text = "\"";
  for (const char c : found.substr(0, longest_quote)) {
    const auto byte = static_cast<unsigned char>(c);
    text += byte < 0x20 || byte == 0x7f ? '?' : c;
  }
  if (found.size() > longest_quote) text += "...";
  return text + "\"";
}

std::string shortest(double value) {
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  return {digits.data(), end};
}

std::string nearest_hint(std::string_view wanted, const std::vector<std::string>& known) {
  constexpr std::size_t most = 3;
  std::vector<std::pair<std::size_t, std::string>> close;
  for (const std::string& name : known) {
    const std::size_t distance = edit_distance(wanted, name);
    if (distance <= std::max<std::size_t>(2, wanted.size() / 2)) close.emplace_back(distance, name);
  }
  if (close.empty()) return {};
  std::sort(close.begin(), close.end());
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(most, close.size()); ++i) names.push_back(close[i].second);
  return concat(" (nearest: ", joined(names), ")");
}

}  // namespace tocsin
