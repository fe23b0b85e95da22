"""Trials of people against the machine, in the pages: starting one, being asked first, and what comes out."""
