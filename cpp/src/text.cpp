#include "text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>

namespace tocsin {

namespace {

constexpr std::size_t longest_quote = 60;

// Length of the well-formed UTF-8 character that begins at `place`, 0 if none does: RFC 3629, which leaves out overlong
// forms, surrogates and what lies beyond U+10FFFF.
std::size_t character_length(std::string_view text, std::size_t place) {
  const auto byte = [&](std::size_t i) {
    return place + i < text.size() ? static_cast<unsigned char>(text[place + i]) : 0U;
  };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xc0U) == 0x80U; };
  const unsigned first = byte(0);
  const unsigned second = byte(1);
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return continues(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    const bool is_overlong = first == 0xe0 && second < 0xa0;
    const bool is_surrogate = first == 0xed && second > 0x9f;
    return continues(1) && continues(2) && !is_overlong && !is_surrogate ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const bool is_overlong = first == 0xf0 && second < 0x90;
    const bool is_beyond = first == 0xf4 && second > 0x8f;
    return continues(1) && continues(2) && continues(3) && !is_overlong && !is_beyond ? 4 : 0;
  }
  return 0;
}

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

bool is_utf8(std::string_view text) noexcept {
  for (std::size_t place = 0; place < text.size();) {
    const std::size_t length = character_length(text, place);
    if (length == 0) return false;
    place += length;
  }
  return true;
}

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
  std::size_t place = 0;
  while (place < found.size() && place < longest_quote) {
    const auto byte = static_cast<unsigned char>(found[place]);
    const std::size_t length = character_length(found, place);
    const bool is_shown = length > 0 && byte >= 0x20 && byte != 0x7f;
    text += is_shown ? found.substr(place, length) : "?";
    place += is_shown ? length : 1;
  }
  if (place < found.size()) text += "...";
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
    const std::size_t allowed = std::max<std::size_t>(2, wanted.size() / 2);
    // So many letters have to come or go: for a long text, the distance itself takes long to find.
    if (std::max(wanted.size(), name.size()) - std::min(wanted.size(), name.size()) > allowed) continue;
    const std::size_t distance = edit_distance(wanted, name);
    if (distance <= allowed) close.emplace_back(distance, name);
  }
  if (close.empty()) return {};
  std::sort(close.begin(), close.end());
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(most, close.size()); ++i) names.push_back(close[i].second);
  return concat(" (nearest: ", joined(names), ")");
}

}  // namespace tocsin
