"""What a user was told: the bell in the top bar, and the page with all of it."""
