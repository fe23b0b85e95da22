"""What answers each address; one module for each thing that can be asked."""
