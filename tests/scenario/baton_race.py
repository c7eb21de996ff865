#!/usr/bin/env python3
"""baton_race.py - accept against withdraw of an offered baton, again and again: one of the two holds, and there are never two holders or none.

Twenty rounds, or ROUNDS of them (`make soak`: 1,000); on SQLite, and with POSTGRES in the environment on PostgreSQL."""
import os

import scenario
from consent_race import at_once, form_of
from scenario import expect, fact, main
from stranger import Hand

NAMES = ('Klok Elv', 'Fersk Snø')
scenario.facts.clear()   # those of the other files are their own


def holders(hand, log):
    """Who has a holder's place that runs, and whom the log's own row names."""
    number = log.split('/')[-1]
    places = hand.run(f'SELECT person FROM participant WHERE role=3 AND to_at=0 AND log_no=(SELECT no FROM log WHERE id={{{number}}})')
    return [row[0] for row in places], hand.run(f'SELECT holder FROM log WHERE id={{{number}}}')[0][0]


@fact
def a_baton_is_taken_or_taken_back_and_the_log_has_one_holder_at_every_moment(town):
    log, hand = town.log('kvikk'), Hand(town)
    browsers = [town.signed_in(name) for name in NAMES]
    ids = [town.nordvaer.person(name) for name in NAMES]
    has, taken, back = 0, 0, 0
    for _ in range(int(os.environ.get('ROUNDS', '20'))):
        holder, other = browsers[has], browsers[1 - has]
        form = form_of(holder, f'{log}/deltakere', '/deltakere/stafettpinne')
        chosen = next(value for value, label in form['holder'].options if label.startswith(NAMES[1 - has]))
        expect(holder.send(form, holder=chosen).status == 303)
        accept = form_of(other, f'{log}/handling/baton_accept', 'baton_accept')
        withdraw = form_of(holder, f'{log}/handling/baton_withdraw', 'baton_withdraw')
        answers = at_once([lambda: other.send(accept), lambda: holder.send(withdraw)])
        done = [answer.status == 303 for answer in answers]
        expect(sum(done) == 1 and all(answer.status in (303, 403, 404, 422) for answer in answers), [(answer.status, answer.location) for answer in answers])
        has = 1 - has if done[0] else has
        taken, back = taken + done[0], back + done[1]
        places, named = holders(hand, log)
        expect(places == [ids[has]] and named == ids[has], 'one holder, whom the log names', places, named)
        expect(browsers[has].get(log).status == 200 and browsers[1 - has].get(f'{log}/ny/note').status != 200)
    print(f'# {taken} taken, {back} taken back', flush=True)
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main(database='postgres' if os.environ.get('POSTGRES') else 'sqlite')
