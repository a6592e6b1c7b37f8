#include "seen_ids.hpp"

#include <algorithm>
#include <bit>

namespace tocsin {

namespace {

// FNV-1a (Fowler, Noll and Vo).
std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

constexpr unsigned bits_of_a_day = 18;

}  // namespace

std::uint64_t SeenIds::key_of(const EventRow& row, Identity identity) {
  switch (identity) {
    case Identity::number:
      return row.id_number;
    case Identity::number_and_date: {
      // The ids of one day follow one another: the day stands in front, so that they share pages.
      const auto day = static_cast<std::uint64_t>(row.date - earliest_day);
      return (row.id_number & ((std::uint64_t{1} << (64 - bits_of_a_day)) - 1)) | day << (64 - bits_of_a_day);
    }
    case Identity::text:
      return hash_of(row.id);
    case Identity::none:
      break;
  }
  return 0;
}

void SeenIds::add(const EventRow& row) {
  if (identity_ == Identity::none || row.id.empty()) return;
  const std::uint64_t key = key_of(row, identity_);
  if (identity_ == Identity::text) {
    hashes_.push_back(key);
    return;
  }
  const std::uint64_t page_number = key >> page_bits;
  if (page_number != last_page_number_) {
    auto& page = pages_[page_number];
    if (!page) page = std::make_unique<Page>();
    last_page_ = page.get();
    last_page_number_ = page_number;
  }
  const std::uint64_t place = key & ((std::uint64_t{1} << page_bits) - 1);
  std::uint64_t& word = (*last_page_)[place / 64];
  const std::uint64_t bit = std::uint64_t{1} << (place % 64);
  if ((word & bit) != 0) repeated_.insert(key);
  word |= bit;
}

void SeenIds::add_all(SeenIds& others) {
  hashes_.insert(hashes_.end(), others.hashes_.begin(), others.hashes_.end());
  repeated_.merge(others.repeated_);
  for (auto& [number, page] : others.pages_) {
    auto& own = pages_[number];
    if (!own) {
      own = std::move(page);
      continue;
    }
    for (std::size_t i = 0; i < words_a_page; ++i) {
      for (std::uint64_t both = (*own)[i] & (*page)[i]; both != 0; both &= both - 1) {
        const auto bit = static_cast<std::uint64_t>(std::countr_zero(both));
        repeated_.insert(number << page_bits | i * 64 | bit);
      }
      (*own)[i] |= (*page)[i];
    }
  }
  others.pages_.clear();
  last_page_number_ = ~std::uint64_t{0};
}

RepeatedIds SeenIds::repeated() {
  std::sort(hashes_.begin(), hashes_.end());
  for (std::size_t i = 1; i < hashes_.size(); ++i) {
    if (hashes_[i] == hashes_[i - 1]) repeated_.insert(hashes_[i]);
  }
  return std::move(repeated_);
}

}  // namespace tocsin
