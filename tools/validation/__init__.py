"""Do the numbers mean anything? The four questions of docs/validation.md, each as a table. See tools/validate.py."""
