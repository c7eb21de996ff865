#!/usr/bin/env python3
"""disk_full.py - the data folder on a small disk of its own, filled to the last byte: refused calmly, and back by itself.

Needs the right to mount a tmpfs (root); without it the test says SKIP aloud.
"""
import os
import shutil
import sqlite3
import subprocess
import sys

from scenario import Town, expect, fact, main

DISK = '24m'
TRIES = 400  # pages that were freed inside the databases are written to first
FORMS = 60
made = {}


class SmallDisk(Town):
    def __enter__(self):
        data = self.stack.data
        data.mkdir(mode=0o700)
        subprocess.run(['mount', '-t', 'tmpfs', '-o', f'size={DISK},mode=700', 'tmpfs', str(data)], check=True)
        shutil.chown(data, 'nobody')
        return super().__enter__()

    def __exit__(self, *_):
        for name in ('front', 'serve', 'keyd'):
            self.stack.end(name)
        subprocess.run(['umount', '-l', str(self.stack.data)], check=False)
        super().__exit__()


def fill(town):
    """Not one byte is left, nor room in write-ahead logs that were longer once."""
    town.stack.end('serve')
    for path in (town.stack.data / 'host.db', town.database()):
        database = sqlite3.connect(path)
        database.execute('PRAGMA wal_checkpoint(TRUNCATE)')
        database.close()
    town.stack.start_serve()
    made['holder'].open(made['log'])
    with open(town.stack.data / 'ballast', 'ab', buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while True:
                    file.write(b'x' * size)
            except OSError:
                pass


def until_refused(act):
    """The first answer that is not the usual one."""
    for _ in range(TRIES):
        page = act()
        if page.status not in (200, 303):
            return page
    raise AssertionError('the disk never was full')


@fact
def a_log_is_read_and_written_while_there_is_room(town):
    made['holder'] = town.signed_in('Klok Elv')
    made['log'] = town.log('modig')
    made['forms'] = [made['holder'].open(made['log']).form('/ny/note') for _ in range(FORMS)]
    made['holder'].save(made['forms'].pop(), text='Før disken ble full.')


@fact
def reading_is_refused_calmly_when_its_line_cannot_be_written(town):
    fill(town)
    page = until_refused(lambda: made['holder'].get(made['log']))
    expect(page.status == 503 and page.headers['retry-after'] == '30', page)
    expect('Tjenesten er straks tilbake' in page.text and 'Modig' not in page.text, page)


@fact
def writing_is_refused_calmly_and_what_was_typed_comes_back(town):
    counts = []

    def write():
        counts.append(town.counts())
        return made['holder'].send(made['forms'].pop(), text='Mens disken var full.')

    page = until_refused(write)
    expect(page.status == 503, page)
    expect('Mens disken var full.' in page.body.decode(), page)
    expect(town.counts() == counts[-1], 'no half write')
    made['written'] = len(counts) - 1


@fact
def signing_in_is_refused_calmly(town):
    browser = town.visitor()
    expect(browser.open('/k/0301').status == 200, 'public pages need no line')
    page = until_refused(lambda: browser.sign_in_demo('0301', town.nordvaer.person('Klok Elv')))
    expect(page.status == 503, page)


@fact
def the_operator_is_told(town):
    lines = [line for line in town.stack.log('serve').splitlines() if 'event=request' in line and 'result=DISK_FULL' in line]
    expect(lines and all(line.startswith('<1>event=request ') for line in lines), town.stack.log('serve')[-800:])


@fact
def with_room_again_it_comes_back_alone(town):
    os.unlink(town.stack.data / 'ballast')
    page = made['holder'].open(made['log'])
    page = made['holder'].save(page.form('/ny/note'), text='Etter at det ble plass.')
    expect('Etter at det ble plass.' in page.text, page)
    expect(page.text.count('Mens disken var full.') == made['written'], 'what was refused is not there')
    expect('Før disken ble full.' in page.text, 'what was acknowledged is there')
    expect(town.signed_in('Klok Elv').get('/mine').status == 200, 'and people sign in')


@fact
def nothing_was_lost_or_half_written(town):
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    if os.geteuid() != 0:
        print('1..0 # SKIP mounting a small disk needs root')
        sys.exit(0)
    main(kind=SmallDisk)
