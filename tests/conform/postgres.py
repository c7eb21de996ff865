#!/usr/bin/env python3
"""postgres.py - runs a command beside a PostgreSQL server of its own, in a folder of its own.

usage: postgres.py COMMAND [ARGUMENT...]

The server listens on a Unix socket only, in a random folder, as a user without rights when we are root (initdb refuses
root). The command finds it in STAFETTLOGG_TEST_POSTGRES. Server and folder are gone when the command ends.
Exit: the command's. Without PostgreSQL 15: says SKIP aloud and exits 77.
"""
import glob
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile

USER = 'nobody'


def find_programs():
    """The newest installed PostgreSQL's folder of programs, or None."""
    folders = sorted(glob.glob('/usr/lib/postgresql/*/bin'), key=lambda f: int(f.split('/')[4]))
    return folders[-1] if folders else None


def as_user(command):
    return ['runuser', '-u', USER, '--'] + command if os.geteuid() == 0 else command


def run(command, log):
    with open(log, 'ab') as out:
        return subprocess.run(as_user(command), stdout=out, stderr=out, stdin=subprocess.DEVNULL, check=False, cwd='/').returncode


def must(command, log):
    if run(command, log) != 0:
        sys.stderr.write(pathlib.Path(log).read_text(errors='replace'))
        sys.exit(f'{command[0]} failed')


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    programs = find_programs()
    if not programs:
        print('1..0 # SKIP PostgreSQL is not installed: the store was NOT tested on it')
        sys.exit(77)
    folder = tempfile.mkdtemp(prefix='stafettlogg-postgres-')
    log = os.path.join(folder, 'log')
    data = os.path.join(folder, 'data')
    os.chmod(folder, 0o711)
    if os.geteuid() == 0:
        shutil.chown(folder, USER)
    for ending in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(ending, lambda number, _: sys.exit(128 + number))
    control = [f'{programs}/pg_ctl', '-D', data, '-w', '-t', '60']
    try:
        must([f'{programs}/initdb', '-D', data, '-U', 'stafettlogg', '-A', 'trust', '-k', '--no-locale', '-E', 'UTF8'], log)
        options = (f"-k {folder} -c listen_addresses='' -c max_connections=200 -c shared_buffers=32MB "
                   '-c log_statement=none -c log_parameter_max_length=0 -c log_parameter_max_length_on_error=0')
        must(control + ['-l', os.path.join(folder, 'server.log'), '-o', options, 'start'], log)
        place = f'host={folder} user=stafettlogg dbname=postgres connect_timeout=5'
        environment = dict(os.environ, STAFETTLOGG_TEST_POSTGRES=place)
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode
    finally:
        run(control + ['-m', 'immediate', 'stop'], log)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == '__main__':
    sys.exit(main())
