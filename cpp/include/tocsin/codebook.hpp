#pragma once

#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

/// What an event is to a pair, given who did it.
enum class Family { neutral, rhetoric, military, punitive, mediation, cooperation, shuttle };

[[nodiscard]] std::string_view name_of(Family family);

/// What one event code means.
struct CodeMeaning {
  std::string name;
  Family between_parties = Family::neutral;                     // both ends are parties to the dispute
  Family from_third_party = Family::neutral;                    // the source is not
  int rung = 0;                                                 // 1..7 on the escalation ladder; 0: not hostile
  double goldstein = std::numeric_limits<double>::quiet_NaN();  // NaN: the scale has no value
  double mediation_weight = 0;                                  // of a third party's act; 0: none
  double sought_weight = 0;       // of a party's act towards a third party: mediation asked for or accepted
  bool is_refusal = false;        // talks or mediation refused, or de-escalation
  std::vector<std::string> tags;  // as "alignment": for people and for rules of their own, nothing counts by them
};

/// Which codes are kinds of another, so that the meaning of the one holds for the others.
enum class CodeMatching {
  digits,  // "190" is a kind of "19": every further digit makes a code finer
  parts,   // "ASSAULT:aerial" is a kind of "ASSAULT": every further part behind a ':' does
};

/// From event code and role to signal, rung and weight. Immutable.
class Codebook {
 public:
  /// @param name  one of `shipped_names`, as in "cameo-1.1b3". @throws CodebookError that lists them
  static const Codebook& shipped(std::string_view name);
  /// A table of the user's own, in the format of the shipped ones. @throws CodebookError with a JSON pointer
  static Codebook from_json(std::string_view text);
  [[nodiscard]] static std::vector<std::string> shipped_names();

  /// The meaning of the code, or else of the longest one that it is a kind of; null where the codebook holds neither.
  [[nodiscard]] const CodeMeaning* find(std::string_view code) const;
  /// The code of that name, whatever its capitals and punctuation; the finest one where several share it ("Consult" is
  /// 040 rather than 04). Null where there is none.
  [[nodiscard]] const std::string* code_named(std::string_view name) const;
  /// @throws CodebookError that proposes the nearest codes
  [[nodiscard]] const CodeMeaning& at(std::string_view code) const;

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& version() const { return version_; }
  [[nodiscard]] CodeMatching matching() const { return matching_; }
  /// Whether the events say who acted on whom. Where they do not, counts come by pair, and there are no roles.
  [[nodiscard]] bool is_directed() const { return is_directed_; }
  /// Of what each code counts as: names, tags, the order of keys and the spelling of numbers do not change it.
  [[nodiscard]] const std::string& hash() const { return hash_; }
  [[nodiscard]] const std::map<std::string, CodeMeaning, std::less<>>& codes() const { return codes_; }

 private:
  std::string name_;
  std::string version_;
  std::string hash_;
  CodeMatching matching_ = CodeMatching::digits;
  bool is_directed_ = true;
  std::map<std::string, CodeMeaning, std::less<>> codes_;
  std::map<std::string, std::string, std::less<>> by_name_;
};

/// C7 from codes: sums of Goldstein values over events.
struct GoldsteinSums {
  double conflict = 0;
  double cooperation = 0;
  double events = 0;    // with a value
  double unscaled = 0;  // without one

  [[nodiscard]] double net() const { return conflict + cooperation; }
  [[nodiscard]] double mean_per_event() const { return net() / events; }
  [[nodiscard]] double cooperation_share() const { return cooperation / (cooperation - conflict); }
};

/// @param codes, counts  of equal length
/// @throws InputError     if they are not, or a count is negative, infinite or NaN
/// @throws CodebookError  for an unknown code
[[nodiscard]] GoldsteinSums goldstein_sums(std::span<const std::string> codes, std::span<const double> counts,
                                           const Codebook& codebook);

}  // namespace tocsin
