#!/usr/bin/env python3
"""transfer_race.py - a transfer is taken by two at once, and called off at the moment in which it is taken, again and again: one of them holds,
and the log is one unit's with everything that goes with it.

Twenty rounds, or ROUNDS of them (`make soak`); on SQLite, and with POSTGRES in the environment on PostgreSQL."""
import os

import scenario
from consent_race import at_once, form_of
from scenario import expect, fact, main
from stranger import Hand

import killed_transfer as moving
from killed_transfer import GUARDIAN, act, here, labelled, there, up_to_the_decision

browsers = {}
ROUNDS = int(os.environ.get('ROUNDS', '20'))
scenario.facts.clear()   # those of the other files are their own


def signed_in(town, who, number=0):
    """Each of them once: many who sign in from one place are asked to wait."""
    if (who, number) not in browsers:
        browsers[who, number] = moving.signed_in(town, who)
    return browsers[who, number]


moving.made['sign_in'] = signed_in


def taking(town, number=0):
    """By a page of one's own."""
    manager = signed_in(town, there()['manager'], number)
    form = form_of(manager, act('transfer_accept'), 'transfer_accept')
    holder = labelled(form, 'holder', there()['holder'][0])
    return lambda: manager.send(form, holder=holder)


def stands(town):
    number = moving.made['log'].split('/')[-1]
    unit, holder = Hand(town).run(f'SELECT unit,holder FROM log WHERE id={{{number}}}')[0]
    side = next(side for side in (0, 1) if town.nordvaer.unit(moving.SIDES[side]['unit']) == unit)
    expect(holder == town.nordvaer.person(moving.SIDES[side]['holder'][0]), 'its holder', side)
    places = Hand(town).run(f'SELECT person,unit FROM participant WHERE role=3 AND to_at=0 AND log_no=(SELECT no FROM log WHERE id={{{number}}})')
    expect([tuple(place) for place in places] == [(holder, unit)], 'one holder', places)
    return side


@fact
def two_who_take_it_at_once_take_it_once(town):
    moving.made['log'] = town.log('kvikk')
    for _ in range(ROUNDS // 4 or 1):
        up_to_the_decision(town)
        answers = at_once([taking(town), taking(town, 1)])
        expect(sum(answer.status == 303 for answer in answers) == 1, [(answer.status, answer.location) for answer in answers])
        expect(all(answer.status in (303, 403, 404, 409, 422) for answer in answers), answers)
        moving.made['at'] = 1 - moving.made['at']
        expect(stands(town) == moving.made['at'])


@fact
def of_whoever_takes_it_and_whoever_calls_it_off_one_is_heard(town):
    taken = off = 0
    for _ in range(ROUNDS):
        up_to_the_decision(town)
        guardian = signed_in(town, GUARDIAN)
        form = form_of(guardian, act('transfer_cancel'), 'transfer_cancel')
        answers = at_once([taking(town), lambda: guardian.send(form)])
        done = [answer.status == 303 for answer in answers]
        expect(sum(done) == 1 and all(answer.status in (303, 403, 404, 409, 422) for answer in answers), [answer.status for answer in answers])
        moving.made['at'] = 1 - moving.made['at'] if done[0] else moving.made['at']
        taken, off = taken + done[0], off + done[1]
        expect(stands(town) == moving.made['at'])
        expect(signed_in(town, here()['holder']).get(moving.made['log']).status == 200)
    print(f'# {taken} taken, {off} called off', flush=True)
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main(database='postgres' if os.environ.get('POSTGRES') else 'sqlite')
