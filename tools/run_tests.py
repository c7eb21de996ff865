#!/usr/bin/env python3
"""run_tests.py - build and run every test, show progress, end with `N passed, N failed`.

usage: run_tests.py --sanitized DIR [--release DIR] [--suite NAME ...]

Without --suite: every suite but the long one (gate). Tests that need the release build
(the sandbox collides with sanitizers) are of suite `release` and run from there.
Exit 0 when nothing failed and something ran.
"""
import argparse
import pathlib
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

LONG = ['gate']


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


def run(folder, choose):
    command = ['meson', 'test', '-C', folder, '--no-rebuild', '--print-errorlogs', '--logbase', 'run', *choose]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors='replace')
    for line in process.stdout:
        if any(word in line for word in ('FAIL', 'ERROR', 'TIMEOUT', 'not ok', 'Assert', 'expected')) or ' OK ' in line \
                or ' SKIP' in line:
            print(line.rstrip(), flush=True)
    code = process.wait()
    junit = pathlib.Path(folder) / 'meson-logs' / 'run.junit.xml'
    if not junit.exists():
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
