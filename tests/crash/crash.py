#!/usr/bin/env python3
"""crash.py - kills a writing store with -9 at random moments; nothing that was acknowledged may be lost.

usage: crash.py CRASH_STORE [ROUNDS] [SEED]

Each round writes with 16 threads, is killed after 20..300 ms, and is then opened again: every acknowledged work must be
there, every stored work must have its line, and the chain must verify. At the end a negative control: a program that
acknowledges before the commit must be caught, or this test could not see a lost write at all. Prints TAP.
"""
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time


def write_and_kill(program, mode, folder, number, chance):
    """The works acknowledged before the kill. A last line without its end was not acknowledged."""
    process = subprocess.Popen([program, mode, folder, str(number)], stdout=subprocess.PIPE)
    first = process.stdout.readline()
    time.sleep(chance.uniform(0.02, 0.3))
    process.send_signal(signal.SIGKILL)
    rest = process.stdout.read()
    process.wait()
    if process.returncode != -signal.SIGKILL:
        sys.exit(f'Bail out! the writer ended by itself: {process.returncode}')
    return {line for line in (first + rest).decode().split('\n')[:-1] if line}


def check(program, folder):
    result = subprocess.run([program, 'check', folder], capture_output=True, text=True, check=False)
    return result.returncode, set(result.stdout.split()), result.stderr.strip()


def rounds(program, mode, count, chance, until_lost=False):
    """(acknowledged, lost, what went wrong) over all rounds on one database."""
    folder = tempfile.mkdtemp(prefix='stafettlogg-crash-')
    acknowledged, lost, wrong = set(), set(), []
    try:
        for number in range(count):
            acknowledged |= write_and_kill(program, mode, folder, number, chance)
            code, stored, said = check(program, folder)
            lost |= acknowledged - stored
            if code != 0:
                wrong.append(f'round {number}: check says {code}: {said}')
            if until_lost and lost:
                break
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return acknowledged, lost, wrong


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else random.randrange(1 << 30)
    chance = random.Random(seed)
    print('1..3')
    print(f'# seed {seed}, {count} rounds')
    acknowledged, lost, wrong = rounds(sys.argv[1], 'write', count, chance)
    print(f'# {len(acknowledged)} works acknowledged')
    good = bool(acknowledged) and not lost
    print(('ok' if good else 'not ok') + f' 1 - no acknowledged write is lost ({len(lost)} lost)')
    print(('not ok' if wrong else 'ok') + ' 2 - after every kill the chain verifies and each write has its line')
    for line in wrong:
        print('# ' + line)
    _, control_lost, _ = rounds(sys.argv[1], 'early', 20, chance, until_lost=True)
    caught = bool(control_lost)
    print(('ok' if caught else 'not ok') + ' 3 - control: acknowledging before the commit is caught')
    return 0 if good and not wrong and caught else 1


if __name__ == '__main__':
    sys.exit(main())
