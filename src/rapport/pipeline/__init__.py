"""Opportunities and the sales process: stages and what each must know, lines, competitors, win, lose and park.

A pipeline is a named list of stages; an opportunity stands in exactly one of them.
"""
