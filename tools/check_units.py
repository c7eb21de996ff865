#!/usr/bin/env python3
"""check_units.py - the systemd units hold nothing that this machine's systemd does not understand (it ignores such lines, or ends
the service), and all are installed.

usage: check_units.py      (from the root of the sources)
Exit 0 when all do; 77 without systemd-analyze.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

PROGRAMS = re.compile(r'/usr/s?bin/(stafettlogg|nginx)\b')


def main():
    units = sorted(pathlib.Path('deploy/systemd').iterdir())
    installed = pathlib.Path('meson.build').read_text()
    found = [f'meson.build does not install {unit}' for unit in units if f"'{unit}'" not in installed]
    if shutil.which('systemd-analyze'):
        with tempfile.TemporaryDirectory(prefix='stafettlogg-units-') as folder:
            for unit in units:
                # The programs need not be installed here.
                (pathlib.Path(folder) / unit.name).write_text(PROGRAMS.sub('/bin/true', unit.read_text()))
            done = subprocess.run(['systemd-analyze', 'verify', '--man=no', *sorted(pathlib.Path(folder).iterdir())],
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
            found += [line for line in done.stdout.splitlines() if 'stafettlogg' in line]
    print('\n'.join(found))
    if found:
        return 1
    return 0 if shutil.which('systemd-analyze') else 77


if __name__ == '__main__':
    sys.exit(main())
