"""Template tags of packages of pages; those of the component kit are built in."""
