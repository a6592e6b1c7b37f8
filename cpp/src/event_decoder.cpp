#include "event_decoder.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "event_day.hpp"
#include "text.hpp"

namespace tocsin {

namespace {

// Codes are short; a longer text is a field of something else.
constexpr std::size_t longest_code = 120;
constexpr std::size_t longest_actor = 400;

std::string_view without_spaces(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\r')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

// Whether a mark of a missing value begins like this.
bool may_be_mark(char first) { return first == 'N' || first == 'n' || first == '-'; }

// Printable, and the same in every encoding.
bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c != 0x7F; });
}

bool is_text(std::string_view text) {
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' '; };
  return is_plain(text) || (is_utf8(text) && std::none_of(text.begin(), text.end(), is_control));
}

// Every byte of ISO 8859-1 is the code point of the same number.
void append_latin1(std::string_view text, std::string& out) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out += c;
    } else {
      out += static_cast<char>(0xC0 | (byte >> 6));
      out += static_cast<char>(0x80 | (byte & 0x3F));
    }
  }
}

// A whole number, also as "3.0"; nullopt otherwise.
std::optional<std::int64_t> whole_number(std::string_view text) {
  if (text.size() == 1 && '0' <= text[0] && text[0] <= '9') return text[0] - '0';  // most are
  std::int64_t value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{} || value < 0) return std::nullopt;
  std::string_view rest = text.substr(static_cast<std::size_t>(end - text.data()));
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    if (rest.find_first_not_of('0') != std::string_view::npos) return std::nullopt;
    return value;
  }
  if (!rest.empty()) return std::nullopt;
  return value;
}

// A column of numbers with gaps holds "0.0".
std::optional<bool> truth_of(std::string_view text) {
  if (text == "true" || text == "True" || text == "TRUE") return true;
  if (text == "false" || text == "False" || text == "FALSE") return false;
  const auto number = whole_number(text);
  return number && *number <= 1 ? std::optional(*number == 1) : std::nullopt;
}

// Empty fields behind the others are a habit of some exports: one behind a tab at the end of the line, several where
// columns were taken out of a table with a header.
bool has_tail(const Record& record, const EventLayout& layout) {
  if (record.count != layout.most_fields + 1 && !(layout.has_header && layout.is_bulk)) return false;
  for (std::size_t i = layout.most_fields; i < record.count; ++i) {
    if (!without_spaces(record[i]).empty()) return false;
  }
  return record.count > layout.most_fields;
}

}  // namespace

std::string_view without_missing(std::string_view text, const EventLayout& layout) {
  const std::string_view bare = without_spaces(text);
  if (!layout.is_bulk) return bare;
  if (bare.empty() || bare.size() > 4 || !may_be_mark(bare.front())) return bare;
  constexpr std::array<std::string_view, 8> missing{"NA", "None", "NULL", "null", "NaN", "--", "---", "N/A"};
  return std::find(missing.begin(), missing.end(), bare) == missing.end() ? bare : std::string_view{};
}

EventDecoder::EventDecoder(const EventLayout& layout, ActorForm form)
    : layout_(layout),
      source_(form == ActorForm::code && layout.has(Role::source_code) ? Role::source_code : Role::source),
      target_(form == ActorForm::code && layout.has(Role::target_code) ? Role::target_code : Role::target),
      codebook_(&Codebook::shipped(layout.codebook)) {
  if (form != ActorForm::iso3) return;
  // Where organisations are named beside the number of their state, the number says which state.
  if (layout.has(Role::source_number)) source_ = Role::source_number;
  if (layout.has(Role::target_number)) target_ = Role::target_number;
}

Fault EventDecoder::decode(const Record& record, EventRow& row) {
  const bool has_width = layout_.fewest_fields <= record.count && record.count <= layout_.most_fields;
  if (!has_width && !has_tail(record, layout_)) return {RejectReason::wrong_width};
  row = {};
  if (const Fault fault = read_days(record, row)) return fault;
  if (const Fault fault = read_id(record, row)) return fault;
  if (const Fault fault = read_sides(record, row)) return fault;
  if (!row.names_both()) return {};  // nothing else of it is used
  if (const Fault fault = read_code(record, row)) return fault;
  return read_numbers(record, row);
}

std::string_view EventDecoder::text_at(const Record& record, Role role) const {
  if (!layout_.has(role) || layout_.place(role) >= record.count) return {};
  const std::string_view text = record[layout_.place(role)];
  if (text.empty()) return {};
  // Asked of every field of every row: few have spaces around them or begin like the mark of a missing value.
  const bool is_clear = text.front() > ' ' && text.back() > ' ' && !may_be_mark(text.front());
  return is_clear ? text : without_missing(text, layout_);
}

Fault EventDecoder::read_days(const Record& record, EventRow& row) {
  const auto read = [&](Role role, Day& day) -> Fault {
    const std::string_view text = text_at(record, role);
    // Days come in long runs.
    ReadDay& last = last_days_[role == Role::date_added ? 1 : 0];
    if (text == last.text && !text.empty()) {
      day = last.day;
      return {};
    }
    const auto found = event_day(text, layout_.slashes);
    if (!found) return {RejectReason::bad_date, role};
    if (*found < earliest_day || latest_day < *found) return {RejectReason::date_out_of_range, role};
    day = *found;
    last.text = text;
    last.day = day;
    return {};
  };
  if (const Fault fault = read(Role::date, row.date)) return fault;
  row.last_day = row.date;
  if (layout_.has(Role::last_day) && !text_at(record, Role::last_day).empty()) {
    if (const Fault fault = read(Role::last_day, row.last_day)) return fault;
    if (row.last_day < row.date) return {RejectReason::bad_date, Role::last_day};
  }
  row.date_added = row.date;
  row.added = text_at(record, Role::date_added);
  if (!row.added.empty()) {
    return read(Role::date_added, row.date_added);
  }
  return {};
}

Fault EventDecoder::read_id(const Record& record, EventRow& row) const {
  row.id = text_at(record, Role::id);
  if (layout_.identity != Identity::number && layout_.identity != Identity::number_and_date) return {};
  const auto [end, fault] = std::from_chars(row.id.data(), row.id.data() + row.id.size(), row.id_number);
  if (fault != std::errc{} || end != row.id.data() + row.id.size()) {
    return {RejectReason::bad_number, Role::id};
  }
  return {};
}

std::string_view EventDecoder::as_utf8(std::string_view text, std::string& scratch) const {
  if (is_plain(text) || is_utf8(text)) return text;
  scratch.clear();
  append_latin1(text, scratch);
  return scratch;
}

Fault EventDecoder::read_sides(const Record& record, EventRow& row) {
  const auto read = [&](Role role, Role name, std::string& scratch, std::string_view& side) -> Fault {
    side = text_at(record, role);
    if (side.empty() && role != name) side = text_at(record, name);
    if (side.empty()) {
      // A table of our own making has no row without an actor; machine-coded feeds are full of them.
      return layout_.is_bulk ? Fault{} : Fault{RejectReason::no_actor, role};
    }
    if (layout_.may_be_latin1) side = as_utf8(side, scratch);  // both encodings are about
    if (side.size() > longest_actor) return {RejectReason::too_long, role};
    if (!is_text(side)) return {RejectReason::not_text, role};
    return {};
  };
  // A number stands for the name only where there is one.
  const bool is_numbered = source_ == Role::source_number || target_ == Role::target_number;
  if (const Fault fault = read(source_, is_numbered ? Role::source : source_, source_text_, row.source)) return fault;
  return read(target_, is_numbered ? Role::target : target_, target_text_, row.target);
}

Fault EventDecoder::read_code(const Record& record, EventRow& row) {
  const Role role = layout_.has(Role::code) ? Role::code : Role::code_name;
  row.code = text_at(record, role);
  if (row.code.empty()) return {RejectReason::no_code, role};
  if (row.code.size() > longest_code) return {RejectReason::too_long, role};
  if (!is_text(row.code)) return {RejectReason::not_text, role};
  if (role == Role::code_name) {
    const std::string* code = codebook_->code_named(row.code);
    if (code != nullptr) row.code = *code;
    return {};
  }
  const std::string_view detail = text_at(record, Role::code_detail);
  if (!layout_.has(Role::code_detail)) return {};
  code_ = row.code;
  if (!detail.empty()) code_.append(":").append(detail);
  add_context(text_at(record, Role::code_context));
  row.code = code_;
  return {};
}

// Of several contexts the first counts that makes a difference; most make none.
void EventDecoder::add_context(std::string_view contexts) {
  const std::string_view joint = code_.find(':') == std::string::npos ? "::" : ":";
  while (!contexts.empty()) {
    const std::size_t end = std::min(contexts.find(';'), contexts.size());
    const std::string with_context = concat(code_, joint, without_spaces(contexts.substr(0, end)));
    if (codebook_->codes().contains(with_context)) {
      code_ = with_context;
      return;
    }
    contexts.remove_prefix(std::min(end + 1, contexts.size()));
  }
}

Fault EventDecoder::read_numbers(const Record& record, EventRow& row) const {
  const auto read = [&](Role role, std::int64_t& number) -> Fault {
    if (!layout_.has(role)) return {};
    const std::string_view text = text_at(record, role);
    if (text.empty()) return {};
    const auto found = whole_number(text);
    if (!found || *found > 1'000'000'000) return {RejectReason::bad_number, role};
    number = *found;
    return {};
  };
  for (const auto& [role, number] :
       {std::pair{Role::events, &row.events}, std::pair{Role::mentions, &row.mentions},
        std::pair{Role::sources, &row.sources}, std::pair{Role::articles, &row.articles}}) {
    if (const Fault fault = read(role, *number)) return fault;
  }
  const std::string_view is_root = text_at(record, Role::is_root);
  if (is_root.empty()) return {};
  const auto truth = truth_of(is_root);
  if (!truth) return {RejectReason::bad_number, Role::is_root};
  row.is_root = *truth;
  return {};
}

}  // namespace tocsin
