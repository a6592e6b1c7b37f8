"""The documentation site. `make docs` copies its pages to build/site, as they lie in the project, and builds there."""

from importlib.metadata import version as installed_version

project = "tocsin"
author = "The tocsin authors"
project_copyright = author
release = version = installed_version("tocsin")

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "breathe"]
root_doc = "docs/index"
include_patterns = ["docs/**.md", "notebooks/*.ipynb", "benchmarks/*.md", "CHANGELOG.md", "CONTRIBUTING.md"]
language = "en"
default_role = "py:obj"
# Each header opens the namespace anew, which is no second declaration.
suppress_warnings = ["duplicate_declaration.cpp"]

myst_heading_anchors = 3
# The notebooks come with the output of the run that tested them.
nb_execution_mode = "off"
nb_mime_priority_overrides = [("html", "image/svg+xml", 5)]

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_type_aliases = {"ArrayLike": "ArrayLike", "Floats": "Floats", "PairName": "PairName"}
napoleon_google_docstring = False
napoleon_use_rtype = False

breathe_projects = {"tocsin": "../build/doxygen/xml"}
breathe_default_project = "tocsin"

html_theme = "furo"
html_title = "tocsin"
html_extra_path = ["root"]  # the address of the site leads to its first page
html_show_sourcelink = False
html_copy_source = False
