#!/usr/bin/env python3
"""crash_ledger.py - kills a process that ends things at each of its calls that change a file; database and ledger then agree.

usage: crash_ledger.py CRASH_LEDGER [EVERY]

Every EVERY-th call (1: all) of a run is one run of its own that is killed there. After each everything that was acknowledged is gone in
the database and stands in the ledger, what stands in the ledger is gone in the database, and the database verifies. Prints TAP.
"""
import shutil
import signal
import subprocess
import sys
import tempfile

TENANT = '00112233445566778899aabbccddeeff'


def run(program, folder, at):
    """(acknowledged, how many calls there were; None: it was killed)"""
    done = subprocess.run([program, 'write', folder, TENANT, str(at)], capture_output=True, text=True, check=False)
    acknowledged = {line for line in done.stdout.split('\n')[:-1] if line}
    if done.returncode == -signal.SIGKILL:
        return acknowledged, None
    if done.returncode != 0:
        sys.exit(f'Bail out! the writer ended with {done.returncode}: {done.stderr}')
    return acknowledged, int(done.stderr.split()[-1])


def check(program, folder):
    done = subprocess.run([program, 'check', folder, TENANT], capture_output=True, text=True, check=False)
    return done.returncode, set(done.stdout.split()), done.stderr.strip()


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program, every = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 7
    wrong, killed, at = [], 0, 1
    while True:
        folder = tempfile.mkdtemp(prefix='stafettlogg-ledger-')
        try:
            before, _ = run(program, folder, 0)
            acknowledged, calls = run(program, folder, at)
            code, stands, said = check(program, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        if code != 0 or not before | acknowledged <= stands:
            wrong.append(f'call {at}: check says {code}: {said}; lost: {(before | acknowledged) - stands}')
        if calls is not None:
            break
        killed += 1
        at += every
    print('1..1')
    for line in wrong[:10]:
        print(f'# {line}')
    print(f'{"not " if wrong or not killed else ""}ok 1 - what ended stands in both, after {killed} kills of a run with {calls} calls')
    sys.exit(1 if wrong or not killed else 0)


main()
