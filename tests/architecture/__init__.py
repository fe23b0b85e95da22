"""What must hold for the code as a whole, whoever writes it."""
