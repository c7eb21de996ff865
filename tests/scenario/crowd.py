#!/usr/bin/env python3
"""crowd.py - eight people read, write, sign in and out at once while an operator works beside them: everybody gets their own
answer, each saved note stands once, and every row is as it was written.

Run with the address sanitizer by `make test`, with the thread sanitizer by `make race`.
"""
import os
import threading
import time

from client import Browser
from scenario import HANGS_S, NORDVAER, expect, fact, main, whole

SECONDS = float(os.environ.get('CROWD_SECONDS', '6'))
ANEW_S = 3   # between two sign-ins of one person: all eight come from one address, from which the front takes three a second
# Name, log, whose child it is; one of them has no relation to the log.
CROWD = [('Klok Elv', 'blid', 'Blid Bjørk'), ('Klok Elv', 'stille', 'Stille Måne'), ('Varm Bjørk', 'blid', 'Blid Bjørk'),
         ('Rolig Vind', 'blid', 'Blid Bjørk'), ('Trygg Havn', 'snill', 'Snill Regnbue'), ('Frodig Hare', 'varsom', 'Varsom Hare'),
         ('Lys Lerke', 'modig', 'Modig Lerke'), ('Fjern Topp', 'blid', None)]
CHILDREN = {'Blid Bjørk', 'Stille Måne', 'Snill Regnbue', 'Varsom Hare', 'Modig Lerke'}
saved, wrong = [], []


class Person:
    """One of the crowd: reads without pause, writes now and then, signs in anew now and then."""

    def __init__(self, town, number, name, log, child):
        self.town, self.number, self.name, self.log, self.child = town, number, name, log, child
        self.sign_in()

    def sign_in(self):
        self.browser = Browser(self.town.stack)
        self.signed_in_at = time.monotonic()
        self.browser.sign_in_demo(NORDVAER, self.town.nordvaer.person(self.name))

    def expect(self, holds, page):
        if not holds:
            wrong.append(f'{self.name}: {page!r}'[:500])

    def read(self):
        page = self.browser.get(self.town.log(self.log))
        if self.child is None:
            self.expect(page.status == 404, page)
            return None
        others = CHILDREN - {self.child}
        self.expect(page.status == 200 and self.child in page.text and not any(other in page.text for other in others), page)
        return page

    def write(self, page, turn):
        text = f'Notat {turn} fra nummer {self.number} i mengden.'
        answer = self.browser.send(page.form('/ny/note'), text=text)
        self.expect(answer.status == 303, answer)
        if answer.status == 303:
            saved.append((self.log, text))

    def run(self, until):
        turn = 0
        while (time.monotonic() < until or turn < 3) and time.monotonic() < until + HANGS_S:
            turn += 1
            page = self.read()
            if page and page.status == 200 and turn % 3 == 0:
                self.write(page, turn)
            if turn % 4 == 0:
                page = self.browser.get('/mine')
                self.expect(page.status in (200, 303), page)
            if time.monotonic() > self.signed_in_at + ANEW_S:
                self.sign_in()


@fact
def everybody_gets_their_own_answer(town):
    until = time.monotonic() + SECONDS
    people = [Person(town, number, *who) for number, who in enumerate(CROWD, 1)]
    threads = [threading.Thread(target=person.run, args=(until,)) for person in people]
    for thread in threads:
        thread.start()
    while time.monotonic() < until:
        done = town.stack.command('municipality', 'list', *town.stack.place, check=False)
        expect(done.returncode == 0 and 'Nordvær' in done.stdout, done)
        time.sleep(0.5)
    for thread in threads:
        thread.join()
    expect(not wrong, len(wrong), wrong[:3])


@fact
def each_saved_note_stands_in_its_log_once(town):
    expect(len(saved) >= len(CROWD) - 1, len(saved))
    holders = {'blid': 'Klok Elv', 'stille': 'Klok Elv', 'modig': 'Klok Elv', 'snill': 'Trygg Havn', 'varsom': 'Trygg Havn'}
    pages = {log: whole(town.signed_in(holders[log]), town.log(log)) for log in {log for log, _ in saved}}
    missing = [(log, text) for log, text in saved if pages[log].count(text) != 1]
    expect(not missing, len(missing), missing[:3])


@fact
def every_row_and_line_is_as_it_was_written(town):
    expect(town.verify() == '', town.verify())


@fact
def the_service_ends_well_afterwards(town):
    expect(town.stack.end('serve') == 0, town.stack.log('serve')[-2000:])
    town.stack.start_serve()


if __name__ == '__main__':
    main()
