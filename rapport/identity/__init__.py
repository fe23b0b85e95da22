"""Who logs in and what they may do: users, teams as a tree, roles, rules of visibility."""
