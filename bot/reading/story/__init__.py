"""A paragraph that states several fields."""
