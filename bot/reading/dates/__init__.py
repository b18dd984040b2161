"""Dates, periods, births and lengths, as people write them."""
