"""The dictionary: each field of each record type described once, in the manner of ISO/IEC 11179."""
