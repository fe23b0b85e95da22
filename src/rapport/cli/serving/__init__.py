"""What `./run` does once everything is installed: prepares, then supervises the pages and the background work."""
