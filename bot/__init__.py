"""Immersion-bot: sourced answers on immersion professionnelle, and a request that reaches the right body."""
