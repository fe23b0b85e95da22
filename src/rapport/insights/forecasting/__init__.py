"""The sales forecast: what stands in the pipeline for a period, how that changed, and what the history foretells."""
