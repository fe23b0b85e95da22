"""The machine's hand in the pages: proposals to decide, and AI control with levels, switch, runs and ledger."""
