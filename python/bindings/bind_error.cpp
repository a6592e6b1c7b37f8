#include "bindings.hpp"

namespace tocsin {

namespace {

// The exception classes live in tocsin.errors, where they also derive from the fitting builtin and carry their
// attributes.
py::object error_class(const char* name) { return py::module_::import("tocsin.errors").attr(name); }

void raise(const py::object& type, const py::tuple& arguments) { PyErr_SetObject(type.ptr(), type(*arguments).ptr()); }

}  // namespace

void bind_error(py::module_&) {
  py::register_exception_translator([](std::exception_ptr thrown) {
    try {
      if (thrown) std::rethrow_exception(thrown);
    } catch (const ParseError& error) {
      raise(error_class("ParseError"), py::make_tuple(error.what(), error.source(), error.line(), error.column()));
    } catch (const InputError& error) {
      raise(error_class("InputError"), py::make_tuple(error.what()));
    } catch (const CodebookError& error) {
      raise(error_class("CodebookError"), py::make_tuple(error.what()));
    } catch (const ConfigError& error) {
      raise(error_class("ConfigError"), py::make_tuple(error.what(), error.pointer()));
    } catch (const StateError& error) {
      raise(error_class("StateError"), py::make_tuple(error.what()));
    } catch (const Error& error) {
      raise(error_class("Error"), py::make_tuple(error.what()));
    }
  });
}

}  // namespace tocsin
