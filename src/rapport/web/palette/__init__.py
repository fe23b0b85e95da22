"""Finding: the command palette's answers, and the search page for whoever wants to see all that was found."""
