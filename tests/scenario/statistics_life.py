#!/usr/bin/env python3
"""statistics_life.py - from what people write to what is published: sealed facts, a publication that is verified, and nobody who finds a way back.

A freeze that is killed anywhere publishes wholly or not at all."""
import json
import os
import signal
import subprocess
import time

from hand import Hand
from scenario import NORDVAER, day, expect, fact, main

made = {}
HALF_YEAR = '220d'
FOUND, NOTHING = 9, 'nothing is due'
KILLS = int(os.environ.get('KILLS', '8'))
LATEST_S = 0.4


def hand(town):
    made.setdefault('hand', Hand(town))
    return made['hand']


def count(town, table, where='1=1'):
    return len(hand(town).rows(table, where))


def statistics(town, act, *words, check=True):
    return town.stack.command('statistics', *town.stack.place, act, NORDVAER, *words, check=check)


def attend(town, category, log='modig'):
    """The holder writes an attention; the id of its entry."""
    holder = town.signed_in('Klok Elv')
    return town.write(holder, town.log(log), 'attention', category=str(category), severity='2', date=day(-1), description='Alene i friminuttet')[1]


@fact
def an_attention_is_a_sealed_fact_and_nothing_is_published(town):
    before = count(town, 'fact')
    made['entry'] = attend(town, 22)
    expect(count(town, 'fact') == before + 1)
    row = hand(town).rows('fact', 'family=1')[0]
    expect(len(row['sealed'].strip('{}')) == 2 * 477 and row['waits'] == '0', row)
    expect('nothing is published' in statistics(town, 'show').stdout)
    expect(NOTHING in statistics(town, 'freeze').stdout)


@fact
def neither_its_entry_nor_its_log_stands_in_it_and_it_lies_in_no_order(town):
    for _ in range(8):
        attend(town, 10)
    rows = hand(town).rows('fact')
    log = hand(town).rows('log', f"id={{{town.log('modig').split('/')[-1]}}}")[0]
    for row in rows:
        expect(log['id'].strip('{}') not in ''.join(row.values()) and made['entry'] not in ''.join(row.values()), row)
    if not town.stack.postgres:
        expect([row['id'] for row in rows] == sorted(row['id'] for row in rows), 'a scan reads them by their random ids')


@fact
def a_removed_attention_is_none(town):
    before = count(town, 'fact')
    entry, log, holder = attend(town, 50), town.log('modig'), town.signed_in('Klok Elv')
    expect(count(town, 'fact') == before + 1)
    holder.send(next(form for form in holder.open(f'{log}/rett/{entry}').forms if '/fjern/' in form.action), removal_reason='Feil barn')
    expect(count(town, 'fact') == before)


@fact
def half_a_year_later_it_is_published_verified_and_no_fact_is_sealed_any_more(town):
    facts = count(town, 'fact', 'waits=0')
    town.stack.command('clock', *town.stack.place, 'advance', HALF_YEAR)
    statistics(town, 'freeze')
    expect(count(town, 'publication') == 1 and count(town, 'fact', 'waits=0') == 0 and count(town, 'frozen_fact') == facts, facts)
    expect('publication 1' in statistics(town, 'show').stdout)
    verified = statistics(town, 'verify')
    expect('0 findings' in verified.stderr, verified.stderr)
    lines = [json.loads(line) for line in statistics(town, 'dump').stdout.splitlines()]
    expect(lines and all(set(line) == {'family', 'category', 'year', 'side', 'rows', 'total'} for line in lines), lines[:3])


@fact
def facts_that_come_later_change_no_byte_of_it(town):
    before = hand(town).rows('publication_shown'), statistics(town, 'dump').stdout
    attend(town, 22)
    expect(NOTHING in statistics(town, 'freeze').stdout)
    expect(before == (hand(town).rows('publication_shown'), statistics(town, 'dump').stdout))


@fact
def the_publication_is_an_act_of_the_municipality_with_a_line(town):
    row = hand(town).rows('publication')[0]
    lines = hand(town).rows('audit', f"object={row['id']}")
    expect(len(lines) == 1 and lines[0]['act'] == '144' and set(lines[0]['role']) == {'0'}, lines)
    expect(lines[0]['head'] == row['shown'], 'the hash of what is shown stands in the line')


@fact
def what_is_changed_by_hand_is_found_by_both_verifications(town):
    for table, column in (('publication_shown', 'bytes'), ('publication_secret', 'bytes'), ('publication', 'facts')):
        row = hand(town).rows(table)[-1]
        value = str(int(row[column]) + 1) if column == 'facts' else row[column][:-3] + ('0' if row[column][-3] != '0' else '1') + row[column][-2:]
        hand(town).change(table, f"id={row['id']}", column, value)
        own, all_of_it = statistics(town, 'verify', check=False), town.verify('--municipality', NORDVAER)
        hand(town).change(table, f"id={row['id']}", column, row[column])
        expect(own.returncode != 0, table, own)
        expect(table in all_of_it and row['id'].strip('{}') in all_of_it, table, all_of_it)
    row = hand(town).rows('frozen_fact')[0]
    hand(town).change('frozen_fact', f"id={row['id']}", 'category', '61')
    changed = statistics(town, 'verify', check=False)
    hand(town).change('frozen_fact', f"id={row['id']}", 'category', row['category'])
    expect(changed.returncode == FOUND and 'publication 1' in changed.stdout, changed)
    expect(statistics(town, 'verify').returncode == 0 and town.verify() == '')


@fact
def a_freeze_that_is_killed_anywhere_publishes_wholly_or_not_at_all(town):
    for category in (10, 22, 30, 50):
        attend(town, category)
    town.stack.end('serve')
    town.stack.command('clock', *town.stack.place, 'advance', HALF_YEAR)
    sealed, frozen, killed = count(town, 'fact', 'waits=0'), count(town, 'frozen_fact'), 0
    for turn in range(KILLS):   # each a little later than the one before: a quick machine has published after some of them
        process = subprocess.Popen([town.stack.program, 'statistics', *town.stack.place, 'freeze', NORDVAER], stdout=subprocess.DEVNULL,
                                   stderr=subprocess.DEVNULL)
        time.sleep(LATEST_S * turn / KILLS)
        killed += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.wait()
        done = count(town, 'publication') == 2
        expect(count(town, 'fact', 'waits=0') == (0 if done else sealed) and
               count(town, 'frozen_fact') == (frozen + sealed if done else frozen), done)
    expect(killed > 0)
    statistics(town, 'freeze')
    expect(count(town, 'publication') == 2 and count(town, 'fact', 'waits=0') == 0 and '0 findings' in statistics(town, 'verify').stderr)
    town.stack.start_serve()
    expect(town.verify() == '')


if __name__ == '__main__':
    main(mode='test', database='postgres' if os.environ.get('POSTGRES') else 'sqlite')
