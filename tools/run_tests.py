#!/usr/bin/env python3
"""run_tests.py - build and run every test, show progress, end with `N passed, N failed`.

usage: run_tests.py --sanitized DIR [--release DIR] [--suite NAME ...]

Without --suite: every suite but the long one (gate). Tests that need the release build
(the sandbox collides with sanitizers) are of suite `release` and run from there.
Exit 0 when nothing failed and something ran.
"""
import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

LONG = ['gate']
PROGRESS = re.compile(r'\s*\d+/\d+ ')
GOOD = ('OK', 'EXPECTEDFAIL', 'SKIP')
TOLD_LINES = 60


def build(folder):
    print(f'building {folder}', flush=True)
    result = subprocess.run(['ninja', '-C', folder, '--quiet'], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if result.returncode != 0:
        sys.stdout.buffer.write(result.stdout[-20000:])
        sys.exit('the build failed')


def count(junit):
    """(passed, failed, skipped, names of failures) of one junit file."""
    passed = failed = skipped = 0
    names = []
    for suite in ElementTree.parse(junit).getroot().iter('testsuite'):
        for case in suite.iter('testcase'):
            if case.find('skipped') is not None:
                skipped += 1
            elif case.find('failure') is not None or case.find('error') is not None:
                failed += 1
                names.append(f'{suite.get("name")}: {case.get("name")}')
            else:
                passed += 1
    return passed, failed, skipped, names


def tell_failures(log):
    """What each test that failed has said, the end of it."""
    for line in log.read_text(errors='replace').splitlines() if log.exists() else []:
        case = json.loads(line)
        if case['result'] in GOOD:
            continue
        said = (case.get('stdout') or '') + (case.get('stderr') or '')
        wrong = [part for part in said.splitlines() if part.startswith(('not ok', '#', 'Bail out!'))]
        # A test that says itself what is wrong: what a sanitizer adds to that is of no interest.
        tell = wrong if any(part.startswith(('not ok', 'Bail')) for part in wrong) else said.splitlines()
        print(f'---- {case["name"]}: {case["result"]}', *tell[-TOLD_LINES:], '----', sep='\n', flush=True)


def run(folder, choose):
    # One more than there are processors: much of what a scenario does is waiting.
    command = ['meson', 'test', '-C', folder, '--no-rebuild', '--logbase', 'run', '--num-processes', str((os.cpu_count() or 1) + 1), *choose]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors='replace')
    lines = []
    for line in process.stdout:
        # meson repeats the failures at its end.
        if PROGRESS.match(line) and line not in lines:
            print(line.rstrip(), flush=True)
        lines.append(line)
    code = process.wait()
    logs = pathlib.Path(folder) / 'meson-logs'
    tell_failures(logs / 'run.json')
    junit = logs / 'run.junit.xml'
    if not junit.exists():
        if code:
            print(*lines[-TOLD_LINES:], sep='', flush=True)
        return 0, 1 if code else 0, 0, ['meson could not run'] if code else []
    passed, failed, skipped, names = count(junit)
    junit.unlink()
    if code and not failed:
        failed, names = 1, [f'meson test ended with {code}']
    return passed, failed, skipped, names


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--sanitized', required=True)
    parser.add_argument('--release')
    parser.add_argument('--suite', action='append', default=[])
    options = parser.parse_args()

    suites = [part for name in options.suite for part in ('--suite', name)]
    excluded = [part for name in LONG for part in ('--no-suite', name)]
    build(options.sanitized)
    runs = [(options.sanitized, suites or [*excluded, '--no-suite', 'release'])]
    if options.release:
        build(options.release)
        runs.append((options.release, suites or ['--suite', 'release']))

    totals = [0, 0, 0]
    failures = []
    for folder, choose in runs:
        *numbers, names = run(folder, choose)
        totals = [a + b for a, b in zip(totals, numbers)]
        failures += names
    for name in failures:
        print('failed: ' + name)
    print(f'{totals[0]} passed, {totals[1]} failed, {totals[2]} skipped')
    return 1 if totals[1] or not totals[0] else 0


if __name__ == '__main__':
    sys.exit(main())
