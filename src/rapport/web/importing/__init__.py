"""The import in the browser: upload, mapping, dry run with decisions, run with progress, report, undo.

One page per import shows the step it is at; `integrations.importing.service` does the work.
"""
