#include "arrow_batches.hpp"

#include <algorithm>
#include <cstring>
#include <memory>

#include "text.hpp"
#include "tocsin/error.hpp"

namespace tocsin {

namespace {

struct ReleaseSchema {
  void operator()(ArrowSchema* schema) const {
    if (schema->release != nullptr) schema->release(schema);
  }
};

std::string_view text_of(const char* text) { return text == nullptr ? std::string_view{} : std::string_view{text}; }

// How many buffers an array of a type has at least, the first being the bitmap of what is there.
std::int64_t buffers_of(const ArrowType& type) {
  if (type.kind == ArrowKind::null || type.kind == ArrowKind::other) return 0;
  return type.kind == ArrowKind::text ? 3 : 2;
}

// Whether an array has the buffers and rows that its type and its batch ask for. What only its values can tell, as that
// a text ends inside its buffer, is looked at where they are read.
bool is_complete(const ArrowArray* array, const ArrowType& type, std::int64_t rows) {
  if (array == nullptr || array->length < rows || array->offset < 0) return false;
  const std::int64_t wanted = buffers_of(type);
  if (array->n_buffers < wanted) return false;
  if (rows == 0 || wanted == 0) return true;
  return array->buffers != nullptr && array->buffers[1] != nullptr;
}

}  // namespace

ArrowBatches::ArrowBatches(ArrowArrayStream& stream, std::string origin) : stream_(stream), origin_(std::move(origin)) {
  if (stream_.release == nullptr) fail("the Arrow stream has been read before, and can be read only once");
  stream.release = nullptr;  // whoever handed it over no longer has it
  try {
    read_schema();
  } catch (...) {
    stream_.release(&stream_);
    throw;
  }
}

ArrowBatches::~ArrowBatches() {
  release_batch();
  stream_.release(&stream_);
}

void ArrowBatches::fail(std::string_view what) const { throw InputError(concat(origin_, ": ", what)); }

void ArrowBatches::fail_with_stream(std::string_view what, int code) {
  const char* said = stream_.get_last_error != nullptr ? stream_.get_last_error(&stream_) : nullptr;
  const std::string reason = said != nullptr ? std::string{said} : std::string{std::strerror(code)};
  fail(concat(what, ": ", reason));
}

void ArrowBatches::read_schema() {
  ArrowSchema schema{};
  const int code = stream_.get_schema(&stream_, &schema);
  if (code != 0) fail_with_stream("the Arrow stream does not say which columns it has", code);
  const std::unique_ptr<ArrowSchema, ReleaseSchema> held(&schema);
  if (text_of(schema.format) != "+s") fail("the Arrow stream is a single column; expected one of record batches");
  for (std::int64_t i = 0; i < schema.n_children; ++i) {
    const ArrowSchema& child = *schema.children[i];
    Column column;
    column.name = text_of(child.name);
    column.is_dictionary = child.dictionary != nullptr;
    column.format = text_of(column.is_dictionary ? child.dictionary->format : child.format);
    column.type = arrow_type(column.format);
    if (column.is_dictionary) {
      column.index_type = arrow_type(text_of(child.format));
      // A dictionary whose values stand in a dictionary again is allowed, and nobody makes it.
      if (child.dictionary->dictionary != nullptr) column.type = {};
    }
    columns_.push_back(std::move(column));
  }
}

std::vector<std::string> ArrowBatches::names() const {
  std::vector<std::string> names;
  for (const Column& column : columns_) names.push_back(column.name);
  return names;
}

bool ArrowBatches::next() {
  slice_begin_ += slice_size_;
  slice_size_ = 0;
  while (array_.release == nullptr || slice_begin_ == array_.length) {
    if (!read_batch()) return false;
  }
  slice_size_ = std::min(slice_rows, array_.length - slice_begin_);
  return true;
}

bool ArrowBatches::read_batch() {
  if (array_.release != nullptr) rows_before_ += array_.length;
  release_batch();
  slice_begin_ = 0;
  const int code = stream_.get_next(&stream_, &array_);
  if (code != 0) {
    array_.release = nullptr;  // what it holds after a failure is nothing
    fail_with_stream("the Arrow stream broke off", code);
  }
  if (array_.release == nullptr) return false;
  ++batch_;
  check_batch();
  return true;
}

void ArrowBatches::check_batch() const {
  const auto refuse = [&](std::string_view what) {
    fail(concat("a batch of the Arrow stream ", what, "; the program that made it is at fault"));
  };
  if (array_.length < 0 || array_.offset < 0) refuse("has a negative length");
  if (array_.n_children != static_cast<std::int64_t>(columns_.size()))
    refuse("has not the columns that were announced");
  const bool has_null_rows = array_.null_count != 0 && array_.n_buffers > 0 && array_.buffers[0] != nullptr;
  if (has_null_rows) refuse("has rows that are null as a whole");
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const Column& column = columns_[i];
    const ArrowArray* const array = array_.children[i];
    const ArrowType& type = column.is_dictionary ? column.index_type : column.type;
    const bool is_whole = is_complete(array, type, array_.offset + array_.length);
    const bool has_dictionary =
        !column.is_dictionary ||
        (is_whole && array->dictionary != nullptr &&
         is_complete(array->dictionary, column.type, std::max<std::int64_t>(array->dictionary->length, 0)));
    if (!is_whole || !has_dictionary) refuse(concat("lacks values of column ", in_quotes(column.name)));
  }
}

void ArrowBatches::release_batch() {
  if (array_.release != nullptr) array_.release(&array_);
  array_ = {};
}

ArrowView ArrowBatches::view(std::size_t column) const {
  const ArrowType& type = columns_[column].is_dictionary ? columns_[column].index_type : columns_[column].type;
  return {*array_.children[column], type, array_.offset + slice_begin_, slice_size_};
}

ArrowView ArrowBatches::dictionary(std::size_t column) const {
  const ArrowArray& values = *array_.children[column]->dictionary;
  return {values, columns_[column].type, 0, values.length};
}

}  // namespace tocsin
