#include "count_warnings.hpp"

#include <algorithm>
#include <set>

#include "text.hpp"

namespace tocsin {

namespace {

// A codebook of the package that holds more of the codes, if there is one.
std::string better_codebook(const CountReport& report, const Codebook& codebook) {
  for (const std::string& name : Codebook::shipped_names()) {
    if (name == codebook.name()) continue;
    const Codebook& other = Codebook::shipped(name);
    const auto knows = [&](const auto& unmapped) { return other.find(unmapped.first) != nullptr; };
    if (std::all_of(report.unmapped_codes.begin(), report.unmapped_codes.end(), knows)) {
      return concat("; codebook ", in_quotes(name), " holds them all: is it the one of the source?");
    }
  }
  return "; is this the codebook of the source?";
}

std::string of_unmapped_codes(const CountReport& report, const Codebook& codebook) {
  std::int64_t sum = 0;
  const auto less = [](const auto& a, const auto& b) { return a.second < b.second; };
  for (const auto& [code, n] : report.unmapped_codes) sum += n;
  const auto most = std::max_element(report.unmapped_codes.begin(), report.unmapped_codes.end(), less);
  return concat(sum, " of ", report.events, " events have codes that codebook ", in_quotes(codebook.name()),
                " does not hold, and are not counted; the commonest is ", in_quotes(most->first), " (", most->second,
                ")", better_codebook(report, codebook));
}

// "010" (a statement) that went through a spreadsheet is "10" (a demand).
std::string code_without_its_zero(const Ranks& codes, const Codebook& codebook) {
  std::string suspect;
  for (const std::string& code : codes.texts()) {
    if (code.starts_with('0')) return {};
    if (suspect.empty() && code.size() < 3 && codebook.codes().contains("0" + code)) suspect = code;
  }
  return suspect;
}

}  // namespace

std::vector<std::string> count_warnings(const CountReport& report, const Codebook& codebook, const Ranks& codes,
                                        const Ranks& asked, const std::vector<std::string>& actors,
                                        const Calendar& calendar) {
  std::vector<std::string> warnings;
  if (report.outside_calendar > 0) {
    warnings.push_back(concat("left out ", report.outside_calendar, " of ", report.events,
                              " events outside the calendar ", to_string(calendar.first), " to ",
                              to_string(calendar.last)));
  }
  if (report.on_uncollected_days > 0) {
    warnings.push_back(concat("left out ", report.on_uncollected_days, " of ", report.events,
                              " events on days of which the source has no file"));
  }
  if (!report.unmapped_codes.empty()) warnings.push_back(of_unmapped_codes(report, codebook));
  if (const std::string suspect = code_without_its_zero(codes, codebook); !suspect.empty()) {
    warnings.push_back(concat("no code begins with \"0\", and ", in_quotes(suspect), " may be \"0", suspect,
                              "\" that a program has read as a number; keep codes as texts"));
  }
  const std::set<std::string, std::less<>> seen(actors.begin(), actors.end());
  const std::vector<std::string> known(seen.begin(), seen.end());
  for (const std::string& actor : asked.texts()) {
    if (seen.contains(actor)) continue;
    warnings.push_back(concat("actor ", in_quotes(actor), " is asked for and in no event", nearest_hint(actor, known)));
  }
  return warnings;
}

}  // namespace tocsin
