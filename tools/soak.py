#!/usr/bin/env python3
"""soak.py - the long tests one after the other: what is rare in `make test` gets the time to happen.

usage: soak.py --sanitized DIR --release DIR [--rounds N] [--seconds N] [--only WORD] [--out FILE]

rounds   kills of the store and of a whole serve under load (200)
seconds  for each fuzz target (30)
only     those parts that have this word in their line
Says what runs, every ten seconds what it said last, and one line when it is done; --out writes these as Markdown too. A failure
prints what the test said and exits 1. What measures memory or time runs on the release build, all else on the sanitized one.
"""
import argparse
import datetime
import os
import pathlib
import subprocess
import sys
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
BEAT_S = 10
COOKIES = {'COOKIES': '1000000', 'MEMORY': '1', 'RATIO': '1.2', 'ROUND_S': '3'}


def jobs(build, release, rounds, seconds):
    """(what, how often, command, further environment)"""
    program, assets, tests = build / 'stafettlogg', build / 'assets', ROOT / 'tests'
    released = [release / 'stafettlogg', release / 'assets']
    late = build / 'tests' / 'crash' / 'stafettlogg_late'
    return [
        (f'serve killed {rounds} times under load', 1, [tests / 'crash/crash_load.py', program, late, assets, rounds], {}),
        (f'a writing store killed {rounds} times', 1, [tests / 'crash/crash.py', build / 'tests/crash/crash_store', rounds], {}),
        ('service restarted and certificate renewed under load', 5, [tests / 'scenario/renewal.py', program, assets], {}),
        ('key agent killed, sealed again', 5, [tests / 'scenario/sealed.py', program, assets], {}),
        ('a crowd reads and writes', 1, [tests / 'scenario/crowd.py', program, assets], {'CROWD_SECONDS': '120'}),
        ('a million cookies that nobody was given', 1, [tests / 'scenario/cookies.py', *released], COOKIES),
        ('a million such cookies on PostgreSQL', 1, [tests / 'scenario/cookies.py', *released], {**COOKIES, 'POSTGRES': '1'}),
        ('strangers flood the sign-in', 1, [tests / 'scenario/flood.py', *released], {'WITHIN_S': '5', 'BACK': '0'}),
        ('forty who do not read what they asked for', 1, [tests / 'scenario/slow_readers.py', *released], {'WITHIN_S': '1'}),
        ('baton taken against taken back, 1000 rounds', 1, [tests / 'scenario/baton_race.py', program, assets], {'ROUNDS': '1000'}),
        ('transfer taken against called off, 200 rounds', 1, [tests / 'scenario/transfer_race.py', program, assets], {'ROUNDS': '200'}),
        ('consent withdrawn against saves, 1000 rounds', 1, [tests / 'scenario/consent_race.py', program, assets], {'ROUNDS': '1000'}),
        ('consent withdrawn against saves, 1000 rounds on PostgreSQL', 1, [tests / 'scenario/consent_race.py', program, assets],
         {'ROUNDS': '1000', 'POSTGRES': '1'}),
        ('a turn of the epoch killed before each of its calls', 1,
         [tests / 'scenario/killed_epoch.py', build / 'tests/crash/libkill_at.so', program, assets], {'KILLS': 'all'}),
        ('a purge killed before each call that changes a file', 1,
         [tests / 'scenario/killed_purge.py', build / 'tests/crash/libkill_at.so', program, assets], {'KILLS': 'all'}),
        ('a transfer killed before each call that changes a file', 1,
         [tests / 'scenario/killed_transfer.py', build / 'tests/crash/libkill_at.so', program, assets], {'KILLS': 'all'}),
        ('a transfer between municipalities killed before each call that changes a file', 1,
         [tests / 'scenario/killed_crossing.py', build / 'tests/crash/libkill_at.so', program, assets], {'KILLS': 'all'}),
        ('a backup and a restore killed before each call that changes a file', 1,
         [tests / 'scenario/killed_backup.py', build / 'tests/crash/libkill_at.so', program, assets], {'KILLS': 'all'}),
        ('a night killed 200 times', 1, [tests / 'scenario/killed_night.py', program, assets], {'KILLS': '200'}),
        ('twenty years of 200 invented logs beside a model', 1, [build / 'tests/test_time_travel'],
         {'TRAVEL': '--logs 200 --days 7305 --seed 7'}),
        ('a working day of 357 municipalities in the key agent', 1, [build / 'tests/test_day'], {'DAY_OF_ALL': '1'}),
        ('every page of eighteen invented municipalities attacked', 1,
         [tests / 'cube/cube_attack.py', release / 'tests/cube/dump_cube', '--all'], {}),
        ('hostile requests', 10, [tests / 'hostile/run.py', build / 'tests/hostile/echo_server', ROOT / 'tools/hostile_http.py'], {}),
        (f'every parser fuzzed for {seconds} s', 1, [ROOT / 'tools/fuzz.sh', ROOT / 'build' / 'fuzz'],
         {'SECONDS_EACH': str(seconds)}),
    ]


class Beat(threading.Thread):
    """Says how long a part has run, and what it said last, until it is stopped."""

    def __init__(self):
        super().__init__(daemon=True)
        self.said, self.over, self.begun = '', threading.Event(), time.monotonic()

    def run(self):
        while not self.over.wait(BEAT_S):
            print(f'  {time.monotonic() - self.begun:4.0f} s  {self.said[:110]}', flush=True)


def run(times, command, more):
    """(exit code, what was said) of the last run, or of the first that fails."""
    if command[0].suffix == '.py':
        command = [sys.executable, *command]
    beat = Beat()
    beat.start()
    for number in range(times):
        lines = []
        with subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              errors='replace', cwd=ROOT, env={**os.environ, **more}) as process:
            for line in process.stdout:
                lines.append(line)
                beat.said = f'{number + 1} of {times}: {line.rstrip()}' if times > 1 else line.rstrip()
        if process.returncode != 0:
            break
    beat.over.set()
    return process.returncode, ''.join(lines)


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--sanitized', required=True)
    parser.add_argument('--release', required=True)
    parser.add_argument('--rounds', type=int, default=200)
    parser.add_argument('--seconds', type=int, default=30)
    parser.add_argument('--only', default='')
    parser.add_argument('--out')
    return parser.parse_args()


def main():
    options = parse()
    builds = [pathlib.Path(folder).resolve() for folder in (options.sanitized, options.release)]
    for build in builds:
        if subprocess.run(['ninja', '-C', build, '--quiet'], check=False).returncode != 0:
            sys.exit('the build failed')
    parts = [job for job in jobs(*builds, options.rounds, options.seconds) if options.only in job[0]]
    lines, failed = [f'# The last run of `make soak`: {datetime.date.today()}', ''], 0
    for number, (what, times, command, more) in enumerate(parts, 1):
        print(f'{number} of {len(parts)}: {what}', flush=True)
        start = time.monotonic()
        code, said = run(times, command, more)
        facts = [line for line in said.splitlines() if line.startswith('ok ') and 'were answered' in line]
        line = f'{"passed" if code == 0 else "FAILED"}: {what}, {times} time{"s" if times > 1 else ""}, ' \
            f'{time.monotonic() - start:.0f} s{": " + facts[0][7:] if facts else ""}'
        lines.append('- ' + line)
        print(line, flush=True)
        if code != 0:
            failed += 1
            print(said[-6000:], flush=True)
    if options.out:
        pathlib.Path(options.out).write_text('\n'.join(lines) + '\n')
    return 1 if failed or not parts else 0


if __name__ == '__main__':
    sys.exit(main())
