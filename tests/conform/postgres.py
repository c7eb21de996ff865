#!/usr/bin/env python3
"""postgres.py - runs a command beside a PostgreSQL server of its own, in a folder of its own.

usage: postgres.py COMMAND [ARGUMENT...]

The server listens on a Unix socket only, in a random folder, as a user without rights when we are root (initdb refuses
root). The command finds it in STAFETTLOGG_TEST_POSTGRES. Server and folder are gone when the command ends.
Exit: the command's. Without PostgreSQL 15: says SKIP aloud and exits 77.
"""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / 'tools'))
from stack import USER, Postgres, StackError


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    folder = tempfile.mkdtemp(prefix='stafettlogg-postgres-')
    for ending in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(ending, lambda number, _: sys.exit(128 + number))
    server = None
    try:
        os.chmod(folder, 0o711)
        if os.geteuid() == 0:
            shutil.chown(folder, USER)
        try:
            server = Postgres(folder)
        except StackError:
            print('1..0 # SKIP PostgreSQL is not installed: the store was NOT tested on it')
            return 77
        server.start()
        environment = dict(os.environ, STAFETTLOGG_TEST_POSTGRES=server.place)
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
    finally:
        if server:
            server.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == '__main__':
    sys.exit(main())
