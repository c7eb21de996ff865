#!/usr/bin/env python3
"""killed_purge.py - a purge is killed before calls that change a file, each in a run of its own: never deleted and unrecorded, never
recorded and undeleted, and the next run ends it.

A sample of the calls; with KILLS=all (`make soak`) every one."""
import os
import shutil
import signal
import sqlite3
import subprocess

from ending import approves, decides, orders, sends
from killing import chosen, place_shim, shim
from scenario import expect, fact, main

SAMPLE = 8
LINE, LOG_GONE, DELETION_DONE = 97, 1, 12   # store/ledger/line.h
ORDERED, DELETED = 3, 4
made = {}


def rows(town, sql):
    database = sqlite3.connect(f'file:{town.database()}?mode=ro', uri=True, timeout=10)
    try:
        return database.execute(sql).fetchall()
    finally:
        database.close()


def in_ledger(town, kind, key):
    content = (town.stack.data / 'ledger').read_bytes()
    return any(content[at + 40] == kind and content[at + 41:at + 57] == key for at in range(0, len(content) - LINE + 1, LINE))


def agent(town):
    town.stack.start_keyd()
    town.stack.unseal(1)
    town.stack.unseal(2)


def back(town):
    """Everything is as it was when the purge was due: databases, ledger and key file."""
    town.stack.end('keyd', signal.SIGKILL)
    for path in town.stack.data.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.exists():
            path.unlink()
    subprocess.run(['cp', '-a', f'{town.stack.folder}/kept/.', town.stack.data], check=True)
    agent(town)


def purge(town):
    return town.stack.command('jobs', *town.stack.place, 'run', 'deletion', check=False)


def stands(town):
    """(state of the log, T1, whether the audit tells that its rows are gone)"""
    state, = rows(town, f"SELECT state FROM log WHERE no={made['no']}")[0]
    purged_at, = rows(town, 'SELECT purged_at FROM deletion')[0]
    return state, purged_at, rows(town, f"SELECT count(*) FROM entry WHERE log_no={made['no']}")[0][0]


def is_whole(town, at):
    state, purged_at, entries = stands(town)
    expect((state, entries > 0) in ((ORDERED, True), (DELETED, False)), at, 'all of it or nothing', state, entries)
    expect(purged_at == 0 or state == DELETED, at, 'recorded and not deleted')
    expect(purged_at == 0 or len(rows(town, 'SELECT DISTINCT epoch FROM scope_key')) == 1, at, 'recorded before the keys had turned')
    expect(not in_ledger(town, LOG_GONE, made['log']) or state == DELETED, at, 'in the ledger and not deleted')
    town.stack.command('clock', *town.stack.place, 'advance', '3m')   # after it a job that was killed is free
    done = purge(town)
    expect(done.returncode == 0, at, done)
    state, purged_at, entries = stands(town)
    expect(state == DELETED and purged_at and not entries, at, state, purged_at)
    expect(in_ledger(town, LOG_GONE, made['log']) and in_ledger(town, DELETION_DONE, made['order']), at, 'deleted and unrecorded')
    expect(rows(town, 'SELECT count(*) FROM certificate WHERE length(signature)=64')[0][0] == 1, at)
    expect(town.verify() == '', at, town.verify())


@fact
def a_log_is_ordered_and_its_purge_is_due(town):
    place_shim(town)
    if os.geteuid() == 0:
        shutil.chown(town.stack.folder / 'shim.so', (town.stack.folder / 'keyd.sock').owner())
    admin, manager, holder = (town.signed_in(name) for name in ('Klar Fjord', 'Bred Ås', 'Klok Elv'))
    saved = admin.send(admin.open('/innstillinger').form('/innstillinger'), deletion_delay_hours='1')
    expect(saved.status == 303, saved)
    log = town.log('modig')
    for page in (sends(holder, log, 'log_close', reason='1'), decides(admin, log), orders(admin, log), approves(manager, log)):
        expect(page.status == 303, page)
    made['log'] = bytes.fromhex(log.split('/')[-1])
    made['no'] = rows(town, f"SELECT no FROM log WHERE id=x'{made['log'].hex()}'")[0][0]
    made['order'] = rows(town, 'SELECT id FROM deletion')[0][0]
    town.stack.end('serve')
    town.stack.command('clock', *town.stack.place, 'advance', '61m')
    expect(stands(town)[0] == ORDERED)
    town.stack.end('keyd')
    subprocess.run(['cp', '-a', town.stack.data, town.stack.folder / 'kept'], check=True)
    agent(town)


@fact
def a_purge_that_is_killed_anywhere_leaves_all_or_nothing_and_the_next_one_ends_it(town):
    count = town.stack.folder / 'count'
    with shim(town, KILL_COUNT=count):
        expect(purge(town).returncode == 0)
    calls = int(count.read_text())
    expect(stands(town)[0] == DELETED and stands(town)[1])
    which = chosen(1, calls, SAMPLE)
    print(f'# {calls} calls of a purge, {len(which)} of them are killed', flush=True)
    for at in which:
        back(town)
        with shim(town, KILL_AT=at):
            done = purge(town)
        expect(done.returncode in (-signal.SIGKILL, 0), at, done)
        is_whole(town, at)


if __name__ == '__main__':
    main(mode='test')
