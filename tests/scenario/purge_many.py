#!/usr/bin/env python3
"""purge_many.py - a thousand logs are deleted in one night with the ceilings of the key agent as they are delivered: nothing is refused,
nothing is left, and none is recorded late.

usage: purge_many.py ORDERS STAFETTLOGG ASSETS   (ORDERS: puts approved orders, bench/orders.c)"""
import datetime
import json
import pathlib
import shutil
import subprocess
import sys
import types

ORDERS = pathlib.Path(sys.argv.pop(1))   # taken out of the arguments, which are scenario.main's otherwise

from scenario import AS_DELIVERED, DATABASE, NORDVAER, OSLO, Town, expect, fact, main
from stack import drop_rights

NUMBER, LOGS, KEPT = '9901', 1000, 20
DELETED, LOG, BUDGET = '4', '1', 'result=BUDGET'   # domain/states.h, wire/wire.h


class Many(Town):
    """One municipality of invented people, and nobody at work in it."""

    def __init__(self, program, assets, **options):
        super().__init__(program, assets, numbers=(), mode='test', budgets=AS_DELIVERED, **options)

    def __enter__(self):
        stack = self.stack
        try:
            stack.init()
            stack.start_keyd()
            stack.unseal(1)
            stack.unseal(2)
            self.seed()
        except BaseException:
            stack.stop()
            raise
        return self

    def seed(self):
        until = datetime.datetime.now(OSLO).date() - datetime.timedelta(days=3)
        told = self.stack.command('seed', *self.stack.place, '--logs', LOGS + KEPT, '--units', 4, '--seed', 7, '--entries', '3-4', '--until',
                                  until, '--number', NUMBER, timeout=1200)
        made = next(json.loads(line)['municipalities'] for line in told.stdout.splitlines() if 'municipalities' in line)
        self.municipalities[NORDVAER] = types.SimpleNamespace(id=made['id'])   # the one there is


@fact
def a_thousand_orders_are_approved_and_due(town):
    stack = town.stack
    shutil.copy2(ORDERS, stack.folder / 'orders')
    (stack.folder / 'orders').chmod(0o755)
    place = stack.postgres.place if stack.postgres else str(stack.data)
    done = subprocess.run([str(stack.folder / 'orders'), str(stack.keyd_socket), place, str(stack.data / 'ledger'), town.nordvaer.id, str(LOGS)],
                          text=True, capture_output=True, cwd='/', env=stack.environment, check=False, **drop_rights())
    expect(done.returncode == 0 and int(done.stdout) == LOGS, done)
    stack.command('clock', *stack.place, 'advance', '6m')


@fact
def one_run_purges_and_records_them_all_and_the_key_agent_refuses_nothing(town):
    done = town.stack.command('jobs', *town.stack.place, 'run', 'deletion', timeout=1200)
    expect(f'{LOGS} changed, 0 failed' in done.stdout, done)
    expect(BUDGET not in town.stack.log('keyd') and BUDGET not in done.stderr, done.stderr[-500:], town.stack.log('keyd')[-500:])


@fact
def nothing_of_them_is_left_and_what_was_not_ordered_stands(town):
    expect(town.asked(f'SELECT count(*) FROM log WHERE state={DELETED}') == [(str(LOGS),)])
    for table in ('entry', 'participant', 'consent', 'consent_unit', 'document', 'draft'):
        left = town.asked(f'SELECT count(*) FROM {table} WHERE log_no IN (SELECT no FROM log WHERE state={DELETED})')
        expect(left == [('0',)], table, left)
    keys = town.asked(f'SELECT count(*),min(epoch),max(epoch) FROM scope_key WHERE kind={LOG}')[0]
    expect(keys[0] == str(KEPT) and keys[1] == keys[2] == '2', 'the keys turned once', keys)
    expect(town.asked('SELECT count(*) FROM certificate WHERE length(signature)=64') == [(str(LOGS),)])


@fact
def each_was_recorded_within_24_hours_of_its_approval(town):
    in_time = town.asked('SELECT count(*) FROM deletion WHERE purged_at>=purge_at AND purged_at<=approved_at+86400000')
    expect(in_time == [(str(LOGS),)], in_time)


@fact
def a_month_later_each_certificate_is_completed_and_still_nothing_was_refused(town):
    town.stack.command('clock', *town.stack.place, 'advance', '32d')
    for _ in range(LOGS // 100 + 1):   # a hundred at once
        town.stack.command('jobs', *town.stack.place, 'run', 'deletion', timeout=1200)
    expect(town.asked('SELECT count(*) FROM deletion WHERE confirmed_at=0') == [('0',)])
    expect(BUDGET not in town.stack.log('keyd'), town.stack.log('keyd')[-500:])
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main(Many, database=DATABASE)
