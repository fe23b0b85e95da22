"""Pages of notes, tasks, meetings, calls, mails and files."""
