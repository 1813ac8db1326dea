"""``python -m barrierfree`` is the ``barrierfree`` command."""

from barrierfree.cli import main

if __name__ == "__main__":
    main()
