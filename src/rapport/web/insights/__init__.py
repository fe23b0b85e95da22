"""Pages of insights: a start page of what there is, and one page a question."""
