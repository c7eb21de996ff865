#!/usr/bin/env python3
"""consent_race.py - withdraw against save, again and again: nothing is written after the withdrawal, and what was refused is told.

Twenty rounds, or ROUNDS of them (`make soak`: 1,000); on SQLite, and with POSTGRES in the environment on PostgreSQL."""
import os
import threading

import scenario
from scenario import expect, fact, main
from stranger import Hand

NOTE_WRITE, CONSENT_WITHDRAW, ALLOWED = 21, 40, 1   # domain/acts.h, store/rows.h
SAVERS = 3
scenario.facts.clear()   # those of stranger.py are its own


def form_of(browser, path, action):
    return browser.open(path).form(action)


def at_once(calls):
    """What each answered, all begun together."""
    gate, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def run(number, call):
        gate.wait()
        answers[number] = call()

    threads = [threading.Thread(target=run, args=(number, call)) for number, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@fact
def nothing_is_written_after_a_withdrawal_however_close_the_save(town):
    log = town.log('modig')
    family, manager = town.signed_in('Lys Lerke'), town.signed_in('Bred Ås')
    savers = [town.signed_in('Klok Elv', 'Stafettholder') for _ in range(SAVERS)]
    hand, saved, refused = Hand(town), 0, 0
    for _ in range(int(os.environ.get('ROUNDS', '20'))):
        forms = [form_of(browser, f'{log}/ny/note', '/ny/note') for browser in savers]
        withdraw = form_of(family, f'{log}/handling/consent_withdraw', 'consent_withdraw')
        answers = at_once([lambda: family.send(withdraw, of='1')] +
                          [lambda b=browser, f=form: b.send(f, text='Et notat i siste liten.') for browser, form in zip(savers, forms)])
        expect(answers[0].status == 303, 'a withdrawal is always taken', answers[0])
        expect({answer.status for answer in answers[1:]} <= {303, 404}, [answer.status for answer in answers])
        saved += sum(answer.status == 303 for answer in answers[1:])
        refused += sum(answer.status == 404 for answer in answers[1:])
        expect(all('Et notat i siste liten.' in answer.form('/ny/note')['text'].value for answer in answers[1:] if answer.status == 404))
        after = hand.run(f'SELECT count(*) FROM audit WHERE object={{{log.split("/")[-1]}}} AND act={NOTE_WRITE} AND outcome={ALLOWED} '
                         f'AND seq>(SELECT max(seq) FROM audit WHERE act={CONSENT_WITHDRAW} AND outcome={ALLOWED})')
        expect(after == [('0',)], 'written after the withdrawal', after)
        expect(family.send(form_of(family, f'{log}/handling/consent_give', 'consent_give')).status == 303)
        expect(manager.send(form_of(manager, f'{log}/handling/log_reopen', 'log_reopen')).status == 303)
    print(f'# {saved} saved before, {refused} refused', flush=True)
    expect(saved + refused > 0 and town.verify() == '', town.verify())


if __name__ == '__main__':
    main(database='postgres' if os.environ.get('POSTGRES') else 'sqlite')
