#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "input_part.hpp"
#include "tocsin/error.hpp"

namespace tocsin::unpacked_parts {

using Texts = std::vector<std::pair<std::string, std::string>>;

/// The whole text of a part.
inline std::string text_of(const InputPart& part, std::size_t at_once = 4096) {
  const auto stream = unpacked(part);
  std::string text;
  std::string block(at_once, '\0');
  for (;;) {
    const std::size_t n = stream->read(block.data(), block.size());
    text.append(block, 0, n);
    if (n < block.size()) return text;
  }
}

/// Origin and text of each part of an input that is called "a.zip".
inline Texts texts_of(const std::string& bytes) {
  Texts texts;
  for (const InputPart& part : parts_of(in_memory(bytes), "a.zip")) texts.emplace_back(part.origin, text_of(part));
  return texts;
}

/// The message with which an input is refused.
inline std::string fault_of(const std::string& bytes) {
  try {
    texts_of(bytes);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no fault";
}

inline void expect_fault(const std::string& bytes, const std::string& wanted) {
  const std::string fault = fault_of(bytes);
  EXPECT_NE(fault.find(wanted), std::string::npos) << fault << "\n  does not say: " << wanted;
}

}  // namespace tocsin::unpacked_parts
