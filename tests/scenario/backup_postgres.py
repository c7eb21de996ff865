#!/usr/bin/env python3
"""backup_postgres.py - what backup.py shows, on PostgreSQL."""
import backup  # noqa: F401: its facts are these
from scenario import main

if __name__ == '__main__':
    main(mode='test', database='postgres')
