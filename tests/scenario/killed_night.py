#!/usr/bin/env python3
"""killed_night.py - serve is killed at random moments of one night's run over many logs: each is carried out once, and all of them.

Twenty kills, or KILLS of them (`make soak`: 200)."""
import datetime
import json
import os
import random
import sqlite3
import time

from scenario import OSLO, Town, expect, fact, main

ROUNDS = int(os.environ.get('KILLS', '20'))
NUMBER, LOGS = '9901', 12 * ROUNDS   # so many that the last kills find the night under way
ORDER = ['--logs', LOGS, '--units', 6, '--seed', 7, '--entries', '5-8', '--until', datetime.datetime.now(OSLO).date(), '--number', NUMBER]
LOG_CLOSE, PASSIVE, CONSENT_EXPIRED = 42, 2, 6
LEASE = '3m'  # after it a job that was killed is free
made = {}


class Seeded(Town):
    """A municipality of many logs, and a serve that does not run yet."""

    def __init__(self, program, assets):
        super().__init__(program, assets, numbers=(), mode='test', budgets={'job-municipality-day': 10 * LOGS})

    def __enter__(self):
        try:
            self.stack.init()
            self.stack.start_keyd()
            self.stack.unseal(1)
            self.stack.unseal(2)
            told = self.stack.command('seed', *self.stack.place, *ORDER)
            self.id = next(json.loads(line)['municipalities']['id'] for line in told.stdout.splitlines() if 'municipalities' in line)
        except BaseException:
            self.stack.stop()
            raise
        return self

    def rows(self, sql):
        database = sqlite3.connect(f'file:{self.stack.data / "municipality" / (self.id + ".db")}?mode=ro', uri=True, timeout=10)
        try:
            return database.execute(sql).fetchall()
        finally:
            database.close()

    def advance(self, how_far):
        self.stack.command('clock', *self.stack.place, 'advance', how_far)

    def closed(self):
        return self.rows(f'SELECT count(*) FROM log WHERE state={PASSIVE}')[0][0]


@fact
def a_year_passes_while_the_service_stands_still(town):
    made['before'] = town.closed()
    expect(made['before'] < LOGS / 2, made['before'])
    town.advance('500d')


@fact
def killed_at_any_moment_each_log_is_either_as_it_was_or_carried_out(town):
    chance = random.Random(20261130)
    moments = []
    for _ in range(ROUNDS):
        town.stack.start_serve()
        time.sleep(chance.uniform(0, 0.25))
        town.stack.kill('serve')
        moments.append(town.closed())
        halves = town.rows(f'SELECT count(*) FROM log WHERE (state={PASSIVE})<>(passive_at>0)')
        expect(halves == [(0,)], 'closed, and not since when', halves, moments)
        town.advance(LEASE)
    expect(moments == sorted(moments) and made['before'] < moments[-1], moments)
    hit = sum(made['before'] < at < LOGS for at in moments)
    print(f'# {hit} of {ROUNDS} kills met a night that had begun and not ended', flush=True)
    expect(hit >= ROUNDS // 4, moments)
    made['moments'] = moments


@fact
def what_is_left_is_made_up_and_nothing_is_carried_out_twice(town):
    town.stack.start_serve()
    end = time.monotonic() + 120
    while ' done, ' not in town.stack.command('jobs', *town.stack.place, 'run', 'life', check=False).stdout:
        expect(time.monotonic() < end, made['moments'])
        time.sleep(0.5)
    expect(town.rows('SELECT count(*) FROM log WHERE state=1') == [(0,)], 'every consent has ended')
    twice = town.rows(f'SELECT count(*) FROM (SELECT object FROM audit WHERE act={LOG_CLOSE} GROUP BY object HAVING count(*)>1)')
    expect(twice == [(0,)], twice)
    told = town.rows('SELECT count(*),count(DISTINCT hex(person)||event||hex(object)||due) FROM inbox WHERE due>0')[0]
    expect(told[0] == told[1] > LOGS, told)
    ends = town.rows(f'SELECT count(*) FROM log WHERE closed_reason={CONSENT_EXPIRED}')[0][0]
    lines = town.rows(f'SELECT count(*) FROM audit WHERE act={LOG_CLOSE} AND person=zeroblob(16)')[0][0]
    expect(lines == LOGS - made['before'] and ends <= lines, lines, ends, made['before'])
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main(Seeded)
