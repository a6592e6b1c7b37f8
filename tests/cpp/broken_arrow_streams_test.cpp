#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "arrow_test_stream.hpp"
#include "tocsin/error.hpp"

namespace tocsin {
namespace {

using arrow_tables::Array;
using arrow_tables::Batch;
using arrow_tables::coded;
using arrow_tables::numbers;
using arrow_tables::Stream;
using arrow_tables::text_views;
using arrow_tables::texts;

const std::vector<std::string> names{"date", "source", "target", "rhetoric"};

Batch two_rows() {
  return {numbers<std::int32_t>("tdD", {20'209, 20'210}), texts({"IND", "IND"}), texts({"PAK", "PAK"}),
          numbers<std::int64_t>("l", {1, 2})};
}

// What reading says, and that nothing is held afterwards.
std::string fault_of(Stream& stream) {
  std::string said = "no fault";
  try {
    static_cast<void>(read_count_table(stream.get(), "counts"));
  } catch (const InputError& error) {
    said = error.what();
  }
  EXPECT_EQ(stream.held.schemas, 0) << said;
  EXPECT_EQ(stream.held.arrays, 0) << said;
  EXPECT_EQ(stream.held.streams, 0) << said;
  return said;
}

std::string fault_of(const Batch& batch) {
  Stream stream(names, {batch});
  return fault_of(stream);
}

std::string fault_with(std::size_t column, Array array) {
  Batch batch = two_rows();
  batch[column] = std::move(array);
  return fault_of(batch);
}

TEST(BrokenArrowStreams, WhatTheStreamSaysOfItsFailureIsPassedOn) {
  Stream silent(names, {two_rows()});
  silent.fail_at(-1, "no such table");
  EXPECT_EQ(fault_of(silent), "counts: the Arrow stream does not say which columns it has: no such table");
  Stream broken(names, {two_rows(), two_rows()});
  broken.fail_at(1, "the connection was lost");
  EXPECT_EQ(fault_of(broken), "counts: the Arrow stream broke off: the connection was lost");
}

TEST(BrokenArrowStreams, AStreamIsReadOnce) {
  Stream stream(names, {two_rows()});
  static_cast<void>(read_count_table(stream.get(), "counts"));
  EXPECT_EQ(fault_of(stream), "counts: the Arrow stream has been read before, and can be read only once");
}

TEST(BrokenArrowStreams, AStreamWithoutBatchesIsATableWithoutRows) {
  Stream stream(names, {two_rows()});
  Batch empty;
  for (const char* format : {"tdD", "u", "u", "l"})
    empty.push_back(Array{format, 0, {std::nullopt, std::nullopt, std::nullopt}});
  Stream none(names, {empty});
  EXPECT_EQ(read_count_table(none.get(), "counts").size(), 0U);
}

TEST(BrokenArrowStreams, ColumnsThatAreShorterThanTheBatchAreRefused) {
  EXPECT_NE(fault_with(3, numbers<std::int64_t>("l", {1})).find("lacks values of column \"rhetoric\""),
            std::string::npos);
}

TEST(BrokenArrowStreams, BuffersThatAreNotThereAreRefused) {
  EXPECT_NE(fault_with(3, Array{"l", 2, {std::nullopt, std::nullopt}}).find("lacks values"), std::string::npos);
  EXPECT_NE(fault_with(3, Array{"l", 2, {}}).find("lacks values"), std::string::npos);
  EXPECT_NE(fault_with(1, Array{"u", 2, {std::nullopt, std::nullopt, std::nullopt}}).find("lacks values"),
            std::string::npos);
}

TEST(BrokenArrowStreams, RowsThatAreNullAsAWholeAreRefused) {
  Stream stream(names, {two_rows()});
  stream.set_struct_nulls();
  EXPECT_NE(fault_of(stream).find("has rows that are null as a whole"), std::string::npos);
}

TEST(BrokenArrowStreams, ABatchWithoutTheAnnouncedColumnsIsRefused) {
  Batch narrow = two_rows();
  narrow.pop_back();
  Stream stream(names, {two_rows(), narrow});
  EXPECT_NE(fault_of(stream).find("has not the columns that were announced"), std::string::npos);
}

TEST(BrokenArrowStreams, PlacesOutsideOfTheDictionaryAreRefused) {
  for (const std::int8_t place : {std::int8_t{2}, std::int8_t{-1}}) {
    const Array outside = coded<std::int8_t>("c", {0, place}, texts({"IND", "CHN"}));
    EXPECT_NE(fault_with(1, outside).find("points outside of its dictionary of 2 values"), std::string::npos);
  }
}

TEST(BrokenArrowStreams, TextsOutsideOfTheirBufferAreRefused) {
  Array backwards = texts({"IND", "IND"});
  backwards.buffers[1] = arrow_tables::bytes_of(std::vector<std::int32_t>{0, 3, 1});
  EXPECT_NE(fault_with(1, backwards).find("lies outside of its buffer"), std::string::npos);
  Array negative = texts({"IND", "IND"});
  negative.buffers[1] = arrow_tables::bytes_of(std::vector<std::int32_t>{-9, -6, -3});
  EXPECT_NE(fault_with(1, negative).find("lies outside of its buffer"), std::string::npos);
  Array views = text_views({"a name of more than twelve bytes", "another of more than twelve bytes"});
  for (const std::size_t byte : {std::size_t{8}, std::size_t{12}, std::size_t{0}}) {  // number of buffer, place, size
    Array broken = views;
    (*broken.buffers[1])[byte + 1] = 0x7F;
    EXPECT_NE(fault_with(1, broken).find("lies outside of its buffer"), std::string::npos) << byte;
  }
}

TEST(BrokenArrowStreams, AStreamWithoutColumnsIsATableThatLacksThem) {
  Stream stream({}, {{}});
  EXPECT_EQ(fault_of(stream), "counts: expected a column \"date\"; found no column");
}

}  // namespace
}  // namespace tocsin
