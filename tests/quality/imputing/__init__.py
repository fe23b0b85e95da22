"""Missing values are estimated from similar records, called estimates, and become values only when accepted."""
