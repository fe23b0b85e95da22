"""What nobody would type on purpose, typed everywhere: into every form, address, header, file and API field."""
