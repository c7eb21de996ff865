#!/usr/bin/env python3
"""night_of_two.py - two servers on one PostgreSQL begin the same nights at once: each night is run by one of them, and all of it once."""
import datetime
import json
import os
import shutil
import socket
import time

import scenario
from hand import Hand
from scenario import OSLO, Town, expect, fact, main, until
from stack import USER

NUMBER, LOGS, NIGHTS = '9901', 120, 6
ORDER = ['--logs', LOGS, '--units', 6, '--seed', 7, '--entries', '5-8', '--until', datetime.datetime.now(OSLO).date(), '--number', NUMBER]
JOB_RUN, LOG_CLOSE, ACTIVE, LIFE, STAFF = 108, 42, 1, 4, 6   # domain/acts.h, states.h, jobs.h
SERVERS = ('serve', 'other')


class Two(Town):
    """One key agent, one PostgreSQL, one municipality of many logs; two servers, each with a data folder of its own."""

    def __init__(self, program, assets):
        super().__init__(program, assets, numbers=(), mode='test', database='postgres', budgets={'job-municipality-day': 100 * LOGS})

    def __enter__(self):
        try:
            self.stack.init()
            self.stack.start_keyd()
            self.stack.unseal(1)
            self.stack.unseal(2)
            told = self.stack.command('seed', *self.stack.place, *ORDER)
            self.id = next(json.loads(line)['municipalities']['id'] for line in told.stdout.splitlines() if 'municipalities' in line)
            self.hand = Hand(self, self.id)
            self.data_of_other.mkdir(mode=0o700)
            if os.geteuid() == 0:
                shutil.chown(self.data_of_other, USER)
        except BaseException:
            self.stack.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stack.end('other')
        self.stack.stop()

    @property
    def data_of_other(self):
        return self.stack.folder / 'other'

    def number(self, sql):
        return int(self.hand.run(sql)[0][0])

    def socket_of(self, server):
        return self.stack.folder / f'{server}.sock'

    def start(self, server):
        stack = self.stack
        place = stack.place if server == 'serve' else ['--data', self.data_of_other, *stack.place[2:]]
        stack._spawn(server, [stack.program, 'serve', *place, '--socket', self.socket_of(server), '--origin', stack.origin])

    def answers(self, server):
        with socket.socket(socket.AF_UNIX) as probe:
            return probe.connect_ex(str(self.socket_of(server))) == 0

    def runs_of(self, job):
        return self.number(f'SELECT count(*) FROM audit WHERE act={JOB_RUN} AND reason={job}')

    def nights_of(self, server):
        return self.stack.log(server).count(f'event=job-run job={LIFE} ')


@fact
def each_night_is_run_by_one_of_two_servers_that_begin_it_at_once(town):
    for night in range(1, NIGHTS + 1):
        town.stack.command('clock', *town.stack.place, 'advance', '60d')
        due = town.number('SELECT count(*) FROM log WHERE wake_on>0 AND wake_on<=(SELECT max(at) FROM audit)')
        for server in SERVERS:
            town.start(server)
        until(lambda: all(town.answers(server) for server in SERVERS), [town.stack.log(server)[-500:] for server in SERVERS])
        until(lambda: town.runs_of(LIFE) >= night and town.runs_of(STAFF) >= night, due)
        time.sleep(1)   # whoever came second has looked by then
        for server in SERVERS:
            expect(town.stack.end(server) == 0, town.stack.log(server)[-2000:])
        runs = [town.nights_of(server) for server in SERVERS]
        expect(town.runs_of(LIFE) == town.runs_of(STAFF) == night and sum(runs) == night, night, runs)
    print(f'# nights of each: {runs}', flush=True)


@fact
def nothing_was_carried_out_or_told_twice_and_nothing_is_left(town):
    expect(town.number(f'SELECT count(*) FROM log WHERE state={ACTIVE}') < LOGS / 2)
    expect(town.number(f'SELECT count(*) FROM (SELECT object FROM audit WHERE act={LOG_CLOSE} GROUP BY object HAVING count(*)>1) t') == 0)
    told = town.number('SELECT count(*) FROM inbox WHERE due>0')
    expect(told == town.number('SELECT count(*) FROM (SELECT DISTINCT person,event,object,due FROM inbox WHERE due>0) t') > LOGS, told)
    found = town.verify('--other-ledger', town.data_of_other / 'ledger')
    expect(found == '', found)
    mistakes = [line for line in town.stack.log('other').splitlines() if any(word in line for word in scenario.MISTAKES)]
    expect(not mistakes, mistakes)


if __name__ == '__main__':
    main(Two)
