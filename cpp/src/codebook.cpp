#include "tocsin/codebook.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>

#include "json.hpp"
#include "random.hpp"
#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace embedded {

// cpp/data/*.json, made by tools/make_codebook.py
extern const std::string_view cameo_1_1b3;
extern const std::string_view weis;
extern const std::string_view plover;
extern const std::string_view acled;
extern const std::string_view ucdp_ged;

}  // namespace embedded

namespace {

using Codes = std::map<std::string, CodeMeaning, std::less<>>;

constexpr std::string_view schema_name = "tocsin.codebook";
constexpr int schema_version = 1;
constexpr int highest_rung = 7;
constexpr double largest_goldstein = 10;

constexpr std::array<std::pair<std::string_view, Family>, 7> family_names{{{"neutral", Family::neutral},
                                                                           {"rhetoric", Family::rhetoric},
                                                                           {"military", Family::military},
                                                                           {"punitive", Family::punitive},
                                                                           {"mediation", Family::mediation},
                                                                           {"cooperation", Family::cooperation},
                                                                           {"shuttle", Family::shuttle}}};

bool is_hostile(Family family) {
  return family == Family::rhetoric || family == Family::military || family == Family::punitive;
}

// ---- reading ------------------------------------------------------------------------------------

void require_keys(const Json& object, const std::vector<std::string>& known, const std::string& pointer) {
  if (!object.is_object()) throw JsonFault{pointer, concat("holds ", in_quotes(object.dump()), ", expected an object")};
  for (const auto& [key, unused] : object.items()) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    throw JsonFault{pointer_to(pointer, key),
                    concat("is not a known key", nearest_hint(key, known), "; the keys are ", joined(known))};
  }
}

// One code's entry: every key may be left out.
class EntryReader {
 public:
  EntryReader(const Json& entry, std::string pointer, bool is_directed)
      : entry_(entry), pointer_(std::move(pointer)), is_directed_(is_directed) {
    require_keys(
        entry, {"name", "party", "third", "rung", "goldstein", "mediation_weight", "sought_weight", "refusal", "tags"},
        pointer_);
  }

  [[nodiscard]] CodeMeaning read() const {
    CodeMeaning meaning;
    if (const Json* value = find("name")) meaning.name = text_of(*value, at("name"));
    meaning.between_parties = family("party", {Family::neutral, Family::rhetoric, Family::military, Family::punitive,
                                               Family::mediation, Family::cooperation});
    // What is hostile in a third party's act follows from "party".
    meaning.from_third_party = family("third", {Family::neutral, Family::mediation, Family::shuttle});
    meaning.rung = rung();
    if (const Json* value = find("goldstein")) {
      meaning.goldstein = number_or_nan(*value, at("goldstein"));
      if (std::abs(meaning.goldstein) > largest_goldstein) fail("goldstein", "a number from -10 to 10, or null");
    }
    meaning.mediation_weight = weight("mediation_weight");
    meaning.sought_weight = weight("sought_weight");
    meaning.is_refusal = flag("refusal");
    meaning.tags = tags();
    check_whole(meaning);
    if (!is_directed_) check_without_roles(meaning);
    return meaning;
  }

 private:
  [[nodiscard]] const Json* find(std::string_view key) const {
    const auto place = entry_.find(std::string{key});
    return place == entry_.end() ? nullptr : &*place;
  }
  [[nodiscard]] std::string at(std::string_view key) const { return pointer_to(pointer_, key); }
  [[noreturn]] void fail(std::string_view key, std::string_view expected) const {
    throw JsonFault{at(key), concat("holds ", in_quotes(find(key)->dump()), ", expected ", expected)};
  }

  [[nodiscard]] Family family(std::string_view key, const std::vector<Family>& allowed) const {
    const Json* value = find(key);
    if (value == nullptr) return Family::neutral;
    std::vector<std::string> names;
    for (const Family candidate : allowed) {
      if (value->is_string() && value->get_ref<const std::string&>() == name_of(candidate)) return candidate;
      names.emplace_back(name_of(candidate));
    }
    fail(key, concat("one of ", joined(names)));
  }

  [[nodiscard]] int rung() const {
    const Json* value = find("rung");
    if (value == nullptr) return 0;
    const double rung = value->is_number_integer() ? value->get<double>() : -1;
    if (!(rung >= 0 && rung <= highest_rung)) fail("rung", "a whole number from 0 to 7");
    return static_cast<int>(rung);
  }

  [[nodiscard]] double weight(std::string_view key) const {
    const Json* value = find(key);
    if (value == nullptr) return 0;
    const double weight = value->is_number() ? value->get<double>() : -1;
    if (!(weight >= 0 && weight <= 1)) fail(key, "a number from 0 to 1");
    return weight;
  }

  [[nodiscard]] bool flag(std::string_view key) const {
    const Json* value = find(key);
    if (value == nullptr) return false;
    if (!value->is_boolean()) fail(key, "true or false");
    return value->get<bool>();
  }

  [[nodiscard]] std::vector<std::string> tags() const {
    const Json* tags = find("tags");
    if (tags == nullptr) return {};
    const auto is_text = [](const Json& tag) { return tag.is_string(); };
    if (!tags->is_array() || !std::all_of(tags->begin(), tags->end(), is_text)) fail("tags", "a list of texts");
    return tags->get<std::vector<std::string>>();
  }

  void check_whole(const CodeMeaning& meaning) const {
    if (is_hostile(meaning.between_parties) != (meaning.rung > 0)) {
      throw JsonFault{at("rung"), concat("is ", meaning.rung, " while the family between parties is ",
                                         name_of(meaning.between_parties),
                                         "; hostile codes need a rung from 1 to 7, others have none")};
    }
    if ((meaning.from_third_party != Family::neutral) != (meaning.mediation_weight > 0)) {
      throw JsonFault{
          at("mediation_weight"),
          concat("is ", shortest(meaning.mediation_weight), " while the family of a third party is ",
                 name_of(meaning.from_third_party), "; mediation and shuttle need a weight above 0, neutral has none")};
    }
  }

  // Which end of an undirected event is the mediator, or refuses, would hang on the order of the two names.
  void check_without_roles(const CodeMeaning& meaning) const {
    const auto refuse = [&](std::string_view key) {
      fail(key, "nothing here: the codebook's events are not directed, so that nobody knows who acted");
    };
    if (meaning.from_third_party != Family::neutral) refuse("third");
    if (meaning.sought_weight > 0) refuse("sought_weight");
    if (meaning.is_refusal) refuse("refusal");
  }

  const Json& entry_;
  std::string pointer_;
  bool is_directed_;
};

Codes read_codes(const Json& object, bool is_directed) {
  const std::string pointer = "/codes";
  if (!object.is_object() || object.empty()) {
    throw JsonFault{pointer, concat("holds ", in_quotes(object.dump()), ", expected an object with at least one code")};
  }
  Codes codes;
  for (const auto& [code, entry] : object.items()) {
    const std::string place = pointer_to(pointer, code);
    if (code.empty()) throw JsonFault{place, "is an empty code, which would be a prefix of every other"};
    codes.emplace(code, EntryReader(entry, place, is_directed).read());
  }
  return codes;
}

std::string read_label(const Json& document, std::string_view key) {
  std::string text = text_of(member(document, key, ""), pointer_to("", key));
  if (text.empty()) throw JsonFault{pointer_to("", key), "is empty, expected a text"};
  return text;
}

CodeMatching read_matching(const Json& document) {
  const auto place = document.find("matching");
  if (place == document.end() || *place == "digits") return CodeMatching::digits;
  if (*place == "parts") return CodeMatching::parts;
  throw JsonFault{"/matching", concat("holds ", in_quotes(place->dump()), ", expected \"digits\" or \"parts\"")};
}

bool read_directed(const Json& document) {
  const auto place = document.find("directed");
  if (place == document.end()) return true;
  if (!place->is_boolean()) {
    throw JsonFault{"/directed", concat("holds ", in_quotes(place->dump()), ", expected true or false")};
  }
  return place->get<bool>();
}

Json read_document(std::string_view text) {
  Json document = parse_json(text);
  require_keys(document, {"schema", "schema_version", "name", "version", "matching", "directed", "codes"}, "");
  const Json& schema = member(document, "schema", "");
  if (schema != schema_name) {
    throw JsonFault{"/schema", concat("holds ", in_quotes(schema.dump()), ", expected ", in_quotes(schema_name))};
  }
  const Json& version = member(document, "schema_version", "");
  if (!version.is_number_integer() || version != schema_version) {
    throw JsonFault{"/schema_version", concat("holds ", in_quotes(version.dump()), ", expected ", schema_version)};
  }
  return document;
}

// ---- the hash -----------------------------------------------------------------------------------

// Written from the meanings and not from the document: a default counts the same whether it is written or left out.
std::string hash_of(const Codes& codes, CodeMatching matching, bool is_directed) {
  Json canonical = Json::object();
  for (const auto& [code, meaning] : codes) {
    canonical[code] = Json::array({name_of(meaning.between_parties), name_of(meaning.from_third_party), meaning.rung,
                                   number_or_null(meaning.goldstein), meaning.mediation_weight, meaning.sought_weight,
                                   meaning.is_refusal});
  }
  // No code is empty, so the keys that are not codes cannot be taken for one.
  const bool is_by_digits = matching == CodeMatching::digits;
  if (!is_by_digits || !is_directed) canonical[""] = Json::array({is_by_digits ? "digits" : "parts", is_directed});
  std::uint64_t hash = random::hash_text(canonical.dump());
  std::string digits(16, '0');
  for (std::size_t i = digits.size(); i-- > 0; hash >>= 4U) digits[i] = "0123456789abcdef"[hash & 0xFU];
  return digits;
}

// Letters and digits only, in small letters.
std::string bare(std::string_view text) {
  std::string kept;
  for (const char c : text) {
    const bool is_capital = 'A' <= c && c <= 'Z';
    if (is_capital || ('a' <= c && c <= 'z') || ('0' <= c && c <= '9'))
      kept += is_capital ? static_cast<char>(c | 0x20) : c;
  }
  return kept;
}

// The code that this one is a kind of, whether or not a codebook holds it; empty: it is no kind of another.
std::string_view coarser(std::string_view code, CodeMatching matching) {
  if (matching == CodeMatching::parts) {
    const auto cut = code.rfind(':');
    return code.substr(0, cut == std::string_view::npos ? 0 : cut);
  }
  // "19X" and "190.0" are not kinds of 190: only more digits make a code finer.
  const bool ends_in_a_digit = code.back() >= '0' && code.back() <= '9';
  return code.substr(0, ends_in_a_digit ? code.size() - 1 : 0);
}

// ---- the shipped ones ---------------------------------------------------------------------------

template <const std::string_view& text>
const Codebook& parsed_once() {
  static const Codebook codebook = Codebook::from_json(text);  // C++ makes this safe between threads
  return codebook;
}

struct ShippedCodebook {
  std::string_view name;
  const Codebook& (*get)();
};

constexpr std::array<ShippedCodebook, 5> shipped_codebooks{{{"cameo-1.1b3", parsed_once<embedded::cameo_1_1b3>},
                                                            {"weis", parsed_once<embedded::weis>},
                                                            {"plover", parsed_once<embedded::plover>},
                                                            {"acled", parsed_once<embedded::acled>},
                                                            {"ucdp-ged", parsed_once<embedded::ucdp_ged>}}};

}  // namespace

std::string_view name_of(Family family) {
  return std::find_if(family_names.begin(), family_names.end(),
                      [&](const auto& entry) { return entry.second == family; })
      ->first;
}

const Codebook& Codebook::shipped(std::string_view name) {
  for (const ShippedCodebook& codebook : shipped_codebooks) {
    if (codebook.name == name) return codebook.get();
  }
  throw CodebookError(concat("codebook ", in_quotes(name), " is not shipped", nearest_hint(name, shipped_names()),
                             "; the shipped ones are ", joined(shipped_names()), "; read one of your own from JSON"));
}

std::vector<std::string> Codebook::shipped_names() {
  std::vector<std::string> names;
  for (const ShippedCodebook& codebook : shipped_codebooks) names.emplace_back(codebook.name);
  return names;
}

Codebook Codebook::from_json(std::string_view text) {
  try {
    const Json document = read_document(text);
    Codebook codebook;
    codebook.name_ = read_label(document, "name");
    codebook.version_ = read_label(document, "version");
    codebook.matching_ = read_matching(document);
    codebook.is_directed_ = read_directed(document);
    codebook.codes_ = read_codes(member(document, "codes", ""), codebook.is_directed_);
    codebook.hash_ = hash_of(codebook.codes_, codebook.matching_, codebook.is_directed_);
    for (const auto& [code, meaning] : codebook.codes_) {
      const std::string name = bare(meaning.name);
      if (name.empty()) continue;
      std::string& known = codebook.by_name_[name];
      if (known.size() < code.size()) known = code;
    }
    return codebook;
  } catch (const JsonFault& fault) {
    throw CodebookError(concat("codebook ", fault.pointer.empty() ? "document" : fault.pointer, ": ", fault.what));
  }
}

const CodeMeaning* Codebook::find(std::string_view code) const {
  for (; !code.empty(); code = coarser(code, matching_)) {
    const auto place = codes_.find(code);
    if (place != codes_.end()) return &place->second;
  }
  return nullptr;
}

const std::string* Codebook::code_named(std::string_view name) const {
  const auto place = by_name_.find(bare(name));  // nothing has an empty name
  return place == by_name_.end() ? nullptr : &place->second;
}

const CodeMeaning& Codebook::at(std::string_view code) const {
  if (const CodeMeaning* meaning = find(code)) return *meaning;
  std::vector<std::string> known;
  for (const auto& [name, unused] : codes_) known.push_back(name);
  throw CodebookError(
      concat("event code ", in_quotes(code), " is not in codebook ", in_quotes(name_), nearest_hint(code, known)));
}

GoldsteinSums goldstein_sums(std::span<const std::string> codes, std::span<const double> counts,
                             const Codebook& codebook) {
  if (codes.size() != counts.size()) {
    throw InputError(
        concat("there are ", codes.size(), " codes and ", counts.size(), " counts; expected one count for each code"));
  }
  GoldsteinSums sums;
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const double count = counts[i];
    if (!(count >= 0 && std::isfinite(count))) {
      throw InputError(
          concat("the count of event code ", in_quotes(codes[i]), " is ", shortest(count), ", expected a number >= 0"));
    }
    const double value = codebook.at(codes[i]).goldstein;
    if (std::isnan(value)) {
      sums.unscaled += count;
      continue;
    }
    sums.events += count;
    (value < 0 ? sums.conflict : sums.cooperation) += count * value;
  }
  return sums;
}

}  // namespace tocsin
