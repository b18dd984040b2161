"""`python -m bot` and the `immersion-bot` script are the same program."""

from bot.cli.main import main

if __name__ == "__main__":
    main()
