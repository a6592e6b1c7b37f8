#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tocsin/scores.hpp"

namespace tocsin {

/// Who reads the sentences: an analyst wants every number with its interval and probability, a briefing the few that
/// carry the day, in words that need no explanation.
enum class Audience { analyst, briefing };
[[nodiscard]] std::string_view name_of(Audience audience);
[[nodiscard]] std::optional<Audience> find_audience(std::string_view name);

/// What a sentence is about, so that a page can put it where it belongs.
enum class Topic {
  score,      // where the pair stands
  certainty,  // what the score may be relied on for
  drivers,    // what the score is made of: its parts, words and deeds, the two sides
  tempo,      // how fast, compared with what, and in which phase
  ladder,     // how high
  mediation,
};
[[nodiscard]] std::string_view name_of(Topic topic);

struct Sentence {
  Topic topic;
  std::string text;
};

/// What a day's row says, in sentences: each with its number, its interval where the row has one, and what it is
/// compared with.
///
/// Says no more than the status of the row allows. @throws InputError for a pair or a day that is not there
[[nodiscard]] std::vector<Sentence> sentences(const Scores& scores, const Pair& pair, Day day,
                                              Audience audience = Audience::analyst);

/// The texts of `sentences`.
[[nodiscard]] std::vector<std::string> explain(const Scores& scores, const Pair& pair, Day day,
                                               Audience audience = Audience::analyst);

/// One short sentence for each of some days, as days since the first of the calendar: score, interval, what drives it.
/// Costs one pass over the pair, however many days are asked for. @throws InputError for a pair that is not there
[[nodiscard]] std::vector<std::string> headlines(const Scores& scores, const Pair& pair,
                                                 const std::vector<std::int32_t>& days);

/// The contribution that adds most points, as its column name; empty where there is no score or it is 0.
[[nodiscard]] std::string_view main_driver(const ScoreRow& row);

}  // namespace tocsin
