"""The API, `/api/v1`: records, verbs, history, files and search for programs, as JSON.

*Collection*: the records of one type under one address, such as `/api/v1/organisations`. *Token*: the key a program
shows; it acts for its user. Everything is made from the dictionary, the verbs and the rights of whoever asks, so that
own fields, own record types and field rights are here without being mentioned. `openapi` describes, `endpoints`
answers, `problems` says what went wrong. Pages and cookies play no part.
"""
