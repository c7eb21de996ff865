#!/usr/bin/env python3
"""stranger_postgres.py - what stranger.py shows, on PostgreSQL."""
import stranger  # noqa: F401: its facts are these
from scenario import main

if __name__ == '__main__':
    main(database='postgres')
