"""Ways to reach people: Telegram and the terminal."""
