#!/usr/bin/env python3
"""crossing_race.py - a log is taken by another municipality in the very moment in which the time of its proposal ends, while that one's
database is slow: it is made there, or stays where it was, and is lost in no case."""
import datetime
import sqlite3
import threading
import time
import zoneinfo

import s08_between as between
import scenario
from scenario import NORDVAER, SORVAER, day, expect, fact, main

OSLO = zoneinfo.ZoneInfo('Europe/Oslo')
ACTIVE = '1'
DONE, OFF = '6', '7'   # steps of a crossing
SOON_S = 15            # until its time ends, when the other signs in
BEFORE_S, AFTER_S = 0.5, 1.4
made = between.made
scenario.facts.clear()   # those of the other file are its own


class Ending:
    """When the time of what is proposed today ends, by the clock of the installation once it has come near."""

    def __init__(self, town):
        now = datetime.datetime.now(OSLO)
        self.at = (now + datetime.timedelta(days=31)).replace(hour=0, minute=0, second=0, microsecond=0)
        self.moved = datetime.timedelta(seconds=round((self.at - now).total_seconds()) - SOON_S)
        town.stack.command('clock', *town.stack.place, 'advance', f'{round(self.moved.total_seconds())}s')

    def wait(self, seconds_after):
        while (datetime.datetime.now(OSLO) + self.moved - self.at).total_seconds() < seconds_after:
            time.sleep(0.01)


def slow(town, number):
    """Nothing is written in the municipality's database until it is given free."""
    lock = sqlite3.connect(town.stack.data / 'municipality' / f'{town.municipalities[number].id}.db', timeout=5, isolation_level=None)
    lock.execute('BEGIN IMMEDIATE')
    return lock


@fact
def taken_as_its_time_ends_it_is_made_there_or_stays_where_it_was(town):
    made['log'] = town.log('kvikk')
    for key, name in (('holder', 'Klok Elv'), ('manager', 'Bred Ås')):
        made[key] = town.signed_in(name)
    expect(between.propose().status == 303)
    between.record_all(day())
    expect(between.decide(town).status == 303)
    before = town.count('log', SORVAER)
    ending = Ending(town)
    made['other'] = town.signed_in('Mild Eng', between.NURSERY, number=SORVAER)
    address = between.asked()[0]
    form = made['other'].open(address).form(address)
    holder = between.labelled(form, 'holder', 'Trygg Havn')
    ending.wait(-BEFORE_S)
    lock = slow(town, SORVAER)
    taking = threading.Thread(target=made['other'].send, args=(form,), kwargs={'holder': holder})
    job = threading.Thread(target=town.stack.command, args=('jobs', *town.stack.place, 'run', 'crossings'), kwargs={'check': False})
    taking.start()
    ending.wait(0.05)
    job.start()
    ending.wait(AFTER_S)
    lock.execute('ROLLBACK')
    taking.join()
    job.join()
    between.goes_on(town)
    here, there = between.row_of(town), between.row_of(town, SORVAER)
    state = between.log_of(town, NORDVAER, made['log'].split('/')[-1])['state']
    found = here['step'], there['step'], state, town.count('log', SORVAER) - before
    expect(found in ((DONE, DONE, between.PASSIVE, 1), (OFF, OFF, ACTIVE, 0)), found)
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main(mode='test', numbers=(NORDVAER, SORVAER))
