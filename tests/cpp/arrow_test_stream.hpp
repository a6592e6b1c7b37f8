#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "arrow_arrays.hpp"
#include "tocsin/arrow_stream.hpp"

namespace tocsin::arrow_tables {

/// What of a stream has been handed out and not been released.
struct Held {
  int schemas = 0;
  int arrays = 0;
  int streams = 0;
  [[nodiscard]] int all() const { return schemas + arrays + streams; }
};

/// A stream over batches of the same columns. It must outlive what is read from it.
class Stream {
 public:
  Stream(std::vector<std::string> names, std::vector<Batch> batches)
      : names_(std::move(names)), batches_(std::move(batches)) {
    stream_.get_schema = [](ArrowArrayStream* stream, ArrowSchema* out) { return self(stream).give_schema(out); };
    stream_.get_next = [](ArrowArrayStream* stream, ArrowArray* out) { return self(stream).give_batch(out); };
    stream_.get_last_error = [](ArrowArrayStream* stream) -> const char* { return self(stream).error_.c_str(); };
    stream_.release = [](ArrowArrayStream* stream) {
      --self(stream).held.streams;
      stream->release = nullptr;
    };
    stream_.private_data = this;
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  ArrowArrayStream& get() { return stream_; }
  /// The batch of this number, or the schema where it is negative, is not given but an error.
  void fail_at(int batch, std::string why) {
    failing_ = batch;
    error_ = std::move(why);
  }
  void set_struct_nulls() { has_struct_nulls_ = true; }

  Held held{0, 0, 1};

 private:
  // What one handed-out struct points into.
  template <class Struct>
  struct Node {
    std::vector<std::unique_ptr<Struct>> children;
    std::vector<Struct*> child_pointers;
    std::unique_ptr<Struct> dictionary;
    std::vector<const void*> buffers;
    Array array;
    std::string format;
    std::string name;
    int* held = nullptr;
  };

  static Stream& self(ArrowArrayStream* stream) { return *static_cast<Stream*>(stream->private_data); }

  template <class Struct>
  static void release(Struct* released) {
    auto* node = static_cast<Node<Struct>*>(released->private_data);
    for (auto& child : node->children) {
      if (child->release != nullptr) child->release(child.get());
    }
    if (node->dictionary && node->dictionary->release != nullptr) node->dictionary->release(node->dictionary.get());
    --*node->held;
    delete node;
    released->release = nullptr;
  }

  ArrowSchema schema_of(const std::string& name, const std::string& format) {
    auto* node = new Node<ArrowSchema>;
    node->name = name;
    node->format = format;
    node->held = &held.schemas;
    ++held.schemas;
    ArrowSchema schema{};
    schema.format = node->format.c_str();
    schema.name = node->name.c_str();
    schema.release = &release<ArrowSchema>;
    schema.private_data = node;
    return schema;
  }

  int give_schema(ArrowSchema* out) {
    if (failing_ && *failing_ < 0) return 5;
    *out = schema_of("", "+s");
    auto* node = static_cast<Node<ArrowSchema>*>(out->private_data);
    for (std::size_t i = 0; i < names_.size(); ++i) {
      const Array& array = batches_.front()[i];
      node->children.push_back(std::make_unique<ArrowSchema>(schema_of(names_[i], array.format)));
      if (array.dictionary) {
        auto* child = static_cast<Node<ArrowSchema>*>(node->children.back()->private_data);
        child->dictionary = std::make_unique<ArrowSchema>(schema_of("", array.dictionary->format));
        node->children.back()->dictionary = child->dictionary.get();
      }
      node->child_pointers.push_back(node->children.back().get());
    }
    out->n_children = static_cast<std::int64_t>(node->children.size());
    out->children = node->child_pointers.data();
    return 0;
  }

  ArrowArray array_of(const Array& from) {
    auto* node = new Node<ArrowArray>;
    node->array = from;
    node->held = &held.arrays;
    ++held.arrays;
    for (const auto& buffer : node->array.buffers) node->buffers.push_back(buffer ? buffer->data() : nullptr);
    ArrowArray array{};
    array.length = from.length;
    array.null_count = from.null_count;
    array.offset = from.offset;
    array.n_buffers = static_cast<std::int64_t>(node->buffers.size());
    array.buffers = node->buffers.data();
    if (from.dictionary) {
      node->dictionary = std::make_unique<ArrowArray>(array_of(*from.dictionary));
      array.dictionary = node->dictionary.get();
    }
    array.release = &release<ArrowArray>;
    array.private_data = node;
    return array;
  }

  int give_batch(ArrowArray* out) {
    if (failing_ && *failing_ == static_cast<int>(next_)) return 5;
    if (next_ == batches_.size()) {
      out->release = nullptr;
      return 0;
    }
    const Batch& batch = batches_[next_++];
    Array whole{"+s", batch.empty() ? 0 : batch.front().length, {std::nullopt}};
    if (has_struct_nulls_) {
      whole.buffers[0] = Bytes(8, 0);
      whole.null_count = 1;
    }
    *out = array_of(whole);
    auto* node = static_cast<Node<ArrowArray>*>(out->private_data);
    for (const Array& array : batch) {
      node->children.push_back(std::make_unique<ArrowArray>(array_of(array)));
      node->child_pointers.push_back(node->children.back().get());
    }
    out->n_children = static_cast<std::int64_t>(node->children.size());
    out->children = node->child_pointers.data();
    return 0;
  }

  ArrowArrayStream stream_{};
  std::vector<std::string> names_;
  std::vector<Batch> batches_;
  std::size_t next_ = 0;
  std::optional<int> failing_;
  std::string error_;
  bool has_struct_nulls_ = false;
};

}  // namespace tocsin::arrow_tables
