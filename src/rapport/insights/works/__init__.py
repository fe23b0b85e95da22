"""What works: ways of working that are followed by more or faster success, told only when it can be no chance.

Cases that followed a pattern are compared with alike ones that did not (`matching`, `comparing`); what stays after the
correction for many questions, the check of likeness and the check over time is published (`publishing`).
"""
