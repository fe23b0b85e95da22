"""Tickets of customers: subject, priority, status, the times of answer and solution, satisfaction."""
