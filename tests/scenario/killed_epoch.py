#!/usr/bin/env python3
"""killed_epoch.py - a turn of the epoch is killed before calls that change a file, in the service and in the key agent, each in a run of
its own: no key is lost, all is read before it goes on, and the next run ends it.

A sample of the calls; with KILLS=all (`make soak`) every one."""
import os
import shutil
import signal
import sqlite3

from client import totp
from killing import chosen, place_shim, shim
from scenario import NORDVAER, expect, fact, main

SAMPLE = 10
NO_AGENT = 7
made = {'turns': 0}


def turn(town):
    return town.stack.command('epoch', *town.stack.place, 'turn', NORDVAER, check=False)


def epochs(town):
    """How many keys are wrapped under which epoch."""
    database = sqlite3.connect(f'file:{town.database()}?mode=ro', uri=True, timeout=10)
    try:
        return dict(database.execute('SELECT epoch,count(*) FROM scope_key GROUP BY epoch').fetchall())
    finally:
        database.close()


def is_whole(town, at):
    """Every sealed value opens in its place, whichever epoch its key is wrapped under; then the turn that was cut is ended."""
    before = epochs(town)
    expect(len(before) <= 2, at, before)
    expect(town.verify() == '', at, before, town.verify())
    done = turn(town)
    expect(done.returncode == 0, at, done)
    after = epochs(town)
    expect(len(after) == 1 and sum(after.values()) == sum(before.values()) and max(after) > min(before), at, before, after)
    made['turns'] += 2
    if made['turns'] > 700:  # so that the former ones find room: those of a month ago are destroyed
        town.stack.command('clock', *town.stack.place, 'advance', '32d')
        made['turns'] = 0


@fact
def a_turn_takes_every_key_along(town):
    place_shim(town)
    if os.geteuid() == 0:
        shutil.chown(town.stack.folder / 'shim.so', (town.stack.folder / 'keyd.sock').owner())
    town.stack.end('serve')
    before = epochs(town)
    done = turn(town)
    expect(done.returncode == 0 and 'turned' in done.stdout, done)
    expect(epochs(town) == {max(before) + 1: sum(before.values())}, before, epochs(town))
    expect(town.verify() == '', town.verify())


@fact
def a_service_that_is_killed_anywhere_in_a_turn_loses_no_key_and_the_next_one_ends_it(town):
    count = town.stack.folder / 'count'
    with shim(town, KILL_COUNT=count):
        expect(turn(town).returncode == 0)
    calls = int(count.read_text())
    which = chosen(1, calls, SAMPLE)
    print(f'# {calls} calls of a turn in the service, {len(which)} of them are killed', flush=True)
    for at in which:
        with shim(town, KILL_AT=at):
            done = turn(town)
        expect(done.returncode in (-signal.SIGKILL, 0), at, done)
        is_whole(town, at)


def agent_with(town, **variables):
    town.stack.end('keyd')
    with shim(town, **variables):
        town.stack.start_keyd()
    town.stack.unseal(1)
    town.stack.unseal(2)


def calls_of_agent(town, turns):
    """How many calls it has made by its end, with or without a turn. It writes in the folder of the key file alone."""
    count = town.stack.data / 'keys' / 'count'
    agent_with(town, KILL_COUNT=count)
    if turns:
        expect(turn(town).returncode == 0)
    town.stack.end('keyd')
    return int(count.read_text())


@fact
def an_agent_that_is_killed_anywhere_in_a_turn_loses_no_key_and_the_next_one_ends_it(town):
    unsealed = calls_of_agent(town, turns=False)
    turned = calls_of_agent(town, turns=True)
    which = chosen(unsealed + 1, turned, SAMPLE)
    print(f'# {turned - unsealed} calls of a turn in the key agent, {len(which)} of them are killed', flush=True)
    for at in which:
        agent_with(town, KILL_AT=at)
        done = turn(town)
        expect(done.returncode in (NO_AGENT, 0), at, done)
        town.stack.end('keyd', signal.SIGKILL)
        town.stack.start_keyd()
        town.stack.unseal(1)
        town.stack.unseal(2)
        is_whole(town, at)


@fact
def afterwards_people_sign_in_and_read(town):
    town.stack.start_serve()
    account = next(account for account in town.nordvaer.accounts if account['name'] == 'Klok Elv')
    browser = town.visitor()
    page = browser.sign_in(NORDVAER, account['user_name'], account['password'], totp(account['totp_secret']))
    expect(page.status == 303, 'by the name of before', page)
    page = browser.open(town.log('modig'))
    expect(page.status == 200, page)
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main(mode='test')
