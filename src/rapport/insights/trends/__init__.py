"""What rises and what falls: topics counted by month, and since when one has had another share than before."""
