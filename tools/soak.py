#!/usr/bin/env python3
"""soak.py - the long tests one after the other: what is rare in `make test` gets the time to happen.

usage: soak.py --sanitized DIR [--rounds N] [--seconds N] [--out FILE]

rounds   kills of the store and of a whole serve under load (200)
seconds  for each fuzz target (30)
Prints one line each; --out writes them as Markdown too. A failure prints what the test said and exits 1.
"""
import argparse
import datetime
import os
import pathlib
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]


def jobs(build, rounds, seconds):
    """(what, how often, command, further environment)"""
    program, assets, tests = build / 'stafettlogg', build / 'assets', ROOT / 'tests'
    late = build / 'tests' / 'crash' / 'stafettlogg_late'
    return [
        (f'serve killed {rounds} times under load', 1, [tests / 'crash/crash_load.py', program, late, assets, rounds], {}),
        (f'a writing store killed {rounds} times', 1, [tests / 'crash/crash.py', build / 'tests/crash/crash_store', rounds], {}),
        ('service restarted and certificate renewed under load', 5, [tests / 'scenario/renewal.py', program, assets], {}),
        ('key agent killed, sealed again', 5, [tests / 'scenario/sealed.py', program, assets], {}),
        ('a crowd reads and writes', 1, [tests / 'scenario/crowd.py', program, assets], {'CROWD_SECONDS': '120'}),
        ('a million cookies that nobody was given', 1, [tests / 'scenario/cookies.py', program, assets], {'COOKIES': '1000000', 'RATIO': '1.2'}),
        ('the same on PostgreSQL', 1, [tests / 'scenario/cookies.py', program, assets],
         {'COOKIES': '1000000', 'RATIO': '1.2', 'POSTGRES': '1'}),
        ('strangers flood the sign-in', 1, [tests / 'scenario/flood.py', program, assets], {'WITHIN_S': '5'}),
        ('a working day of 357 municipalities in the key agent', 1, [build / 'tests/test_day'], {'DAY_OF_ALL': '1'}),
        ('hostile requests', 10, [tests / 'hostile/run.py', build / 'tests/hostile/echo_server', ROOT / 'tools/hostile_http.py'], {}),
        (f'every parser fuzzed for {seconds} s', 1, [ROOT / 'tools/fuzz.sh', ROOT / 'build' / 'fuzz'],
         {'SECONDS_EACH': str(seconds)}),
    ]


def run(times, command, more, environment):
    """(exit code, what was said) of the last run, or of the first that fails."""
    if command[0].suffix == '.py':
        command = [sys.executable, *command]
    for _ in range(times):
        done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              errors='replace', cwd=ROOT, env={**environment, **more}, check=False)
        if done.returncode != 0:
            break
    return done.returncode, done.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--sanitized', required=True)
    parser.add_argument('--rounds', type=int, default=200)
    parser.add_argument('--seconds', type=int, default=30)
    parser.add_argument('--out')
    options = parser.parse_args()

    build = pathlib.Path(options.sanitized).resolve()
    if subprocess.run(['ninja', '-C', build, '--quiet'], check=False).returncode != 0:
        sys.exit('the build failed')
    lines, failed = [f'# The last run of `make soak`: {datetime.date.today()}', ''], 0
    for what, times, command, more in jobs(build, options.rounds, options.seconds):
        start = time.monotonic()
        code, said = run(times, command, more, os.environ)
        facts = [line for line in said.splitlines() if line.startswith('ok ') and 'answered' in line]
        line = f'{"passed" if code == 0 else "FAILED"}: {what}, {times} time{"s" if times > 1 else ""}, ' \
            f'{time.monotonic() - start:.0f} s{": " + facts[0][7:] if facts else ""}'
        lines.append('- ' + line)
        print(line, flush=True)
        if code != 0:
            failed += 1
            print(said[-6000:], flush=True)
    if options.out:
        pathlib.Path(options.out).write_text('\n'.join(lines) + '\n')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
