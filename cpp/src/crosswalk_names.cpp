#include <algorithm>
#include <array>

#include "crosswalk_table.hpp"
#include "text.hpp"

namespace tocsin {

namespace {

// What is left of U+00C0..U+00FF and U+0100..U+017F without the accent; ' ' for a sign that is no letter.
constexpr std::string_view latin_1 = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty";
constexpr std::string_view latin_extended_a =
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuu"
    "uu"
    "wwyyyzzzzzzs";
static_assert(latin_1.size() == 64 && latin_extended_a.size() == 128);

constexpr std::array<std::string_view, 3> unheard_words{"and", "of", "the"};

struct Character {
  std::string letters;  // what it counts as; empty: nothing
  std::size_t length;   // bytes
  bool is_break = false;
};

Character ascii_character(char byte) {
  if (byte >= 'A' && byte <= 'Z') return {std::string(1, static_cast<char>(byte - 'A' + 'a')), 1};
  if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) return {std::string(1, byte), 1};
  // "U.S." is "US" and "Cote d'Ivoire" is "Cote dIvoire"; all other signs stand between words.
  return {"", 1, byte != '.' && byte != '\'' && byte != '`'};
}

Character character_at(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  if (byte(0) < 0x80) return ascii_character(text[0]);
  const std::size_t code_point = ((byte(0) & 0x1fU) << 6U) | (byte(1) & 0x3fU);
  if (byte(0) < 0xe0 && text.size() > 1) {
    if (code_point >= 0xc0 && code_point < 0x100) return {std::string(1, latin_1[code_point - 0xc0]), 2};
    if (code_point >= 0x100 && code_point < 0x180) return {std::string(1, latin_extended_a[code_point - 0x100]), 2};
    if (code_point == 0xa0) return {"", 2, true};
    const bool is_combining_accent = code_point >= 0x300 && code_point < 0x370;
    const bool is_apostrophe = code_point == 0xb4 || code_point == 0x2bc;
    if (is_combining_accent || is_apostrophe) return {"", 2};
  }
  if (text.starts_with("\u2018") || text.starts_with("\u2019")) return {"", 3};  // quotes as apostrophes
  if (byte(0) == 0xe2 && byte(1) == 0x80) return {"", 3, true};                  // dashes and spaces
  return {std::string(1, text[0]), 1};
}

}  // namespace

std::string name_key(std::string_view name) {
  std::vector<std::string> words(1);
  while (!name.empty()) {
    const Character character = character_at(name);
    name.remove_prefix(std::min(character.length, name.size()));
    if (character.is_break) {
      words.emplace_back();
    } else {
      words.back() += character.letters;
    }
  }
  const auto is_unheard = [](const std::string& word) {
    return word.empty() || std::find(unheard_words.begin(), unheard_words.end(), word) != unheard_words.end();
  };
  words.erase(std::remove_if(words.begin(), words.end(), is_unheard), words.end());
  std::replace(words.begin(), words.end(), std::string{"saint"}, std::string{"st"});
  std::sort(words.begin(), words.end());
  return joined(words, " ");
}

}  // namespace tocsin
