#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tocsin::arrow_tables {

// Arrays made by hand, after the public specification.

using Bytes = std::vector<char>;

template <class T>
Bytes bytes_of(const std::vector<T>& values) {
  Bytes bytes(values.size() * sizeof(T));
  if (!bytes.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

inline Bytes bitmap(const std::vector<bool>& bits) {
  Bytes bytes(bits.size() / 8 + 1, 0);
  for (std::size_t i = 0; i < bits.size(); ++i) {
    if (bits[i]) bytes[i / 8] = static_cast<char>(static_cast<unsigned char>(bytes[i / 8]) | (1U << (i % 8)));
  }
  return bytes;
}

/// One array: its buffers in the order of the specification (an empty optional is a null pointer).
struct Array {
  std::string format;
  std::int64_t length = 0;
  std::vector<std::optional<Bytes>> buffers;
  std::int64_t null_count = 0;
  std::int64_t offset = 0;
  std::shared_ptr<Array> dictionary = {};  // `format` is that of the places then
};

template <class T>
Array numbers(std::string format, const std::vector<T>& values, const std::vector<bool>& valid = {}) {
  Array array{std::move(format), static_cast<std::int64_t>(values.size()), {std::nullopt, bytes_of(values)}};
  if (!valid.empty()) {
    array.buffers[0] = bitmap(valid);
    array.null_count = -1;  // nobody has counted them
  }
  return array;
}

template <class Offset = std::int32_t>
Array texts(const std::vector<std::string>& values, const std::vector<bool>& valid = {}) {
  std::vector<Offset> offsets{0};
  std::string all;
  for (const std::string& value : values) {
    all += value;
    offsets.push_back(static_cast<Offset>(all.size()));
  }
  Array array = numbers(sizeof(Offset) == 4 ? "u" : "U", offsets, valid);
  array.length = static_cast<std::int64_t>(values.size());
  array.buffers.emplace_back(Bytes(all.begin(), all.end()));
  return array;
}

/// Long ones stand in two buffers by turns.
inline Array text_views(const std::vector<std::string>& values) {
  Bytes views;
  std::array<std::string, 2> stores;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string& value = values[i];
    Bytes view(16, 0);
    const auto size = static_cast<std::int32_t>(value.size());
    std::memcpy(view.data(), &size, 4);
    if (size <= 12) {
      std::memcpy(view.data() + 4, value.data(), value.size());
    } else {
      const auto store = static_cast<std::int32_t>(i % 2);
      const auto from = static_cast<std::int32_t>(stores[i % 2].size());
      std::memcpy(view.data() + 4, value.data(), 4);
      std::memcpy(view.data() + 8, &store, 4);
      std::memcpy(view.data() + 12, &from, 4);
      stores[i % 2] += value;
    }
    views.insert(views.end(), view.begin(), view.end());
  }
  Array array{"vu", static_cast<std::int64_t>(values.size()), {std::nullopt, views}};
  std::vector<std::int64_t> sizes;
  for (const std::string& store : stores) {
    array.buffers.emplace_back(Bytes(store.begin(), store.end()));
    sizes.push_back(static_cast<std::int64_t>(store.size()));
  }
  array.buffers.emplace_back(bytes_of(sizes));
  return array;
}

template <class Index>
Array coded(std::string format, const std::vector<Index>& places, Array values, const std::vector<bool>& valid = {}) {
  Array array = numbers(std::move(format), places, valid);
  array.dictionary = std::make_shared<Array>(std::move(values));
  return array;
}

inline Array sliced(Array array, std::int64_t offset, std::int64_t length) {
  array.offset += offset;
  array.length = length;
  return array;
}

using Batch = std::vector<Array>;

}  // namespace tocsin::arrow_tables
