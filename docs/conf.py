"""The documentation site. `make docs` lays docs/, notebooks/ and the pages of the root out in build/site and builds from there."""

from importlib.metadata import version as installed_version

project = "tocsin"
author = "The tocsin authors"
project_copyright = author
release = version = installed_version("tocsin")

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "breathe"]
root_doc = "docs/index"
include_patterns = ["docs/**.md", "notebooks/*.ipynb", "CHANGELOG.md", "CONTRIBUTING.md"]
language = "en"
default_role = "py:obj"
suppress_warnings = ["mystnb.unknown_mime_type"]  # a chart also comes as data, which a page does not show

myst_heading_anchors = 3
# The notebooks come with the output of the run that tested them.
nb_execution_mode = "off"
nb_mime_priority_overrides = [("html", "image/svg+xml", 5)]

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_type_aliases = {"ArrayLike": "ArrayLike", "Floats": "Floats", "PairName": "PairName"}
napoleon_google_docstring = False
napoleon_use_rtype = False

breathe_projects = {"tocsin": "../doxygen/xml"}
breathe_default_project = "tocsin"

html_theme = "furo"
html_title = "tocsin"
html_extra_path = ["root"]  # the address of the site leads to its first page
html_show_sourcelink = False
html_copy_source = False
