#!/usr/bin/env python3
"""flood.py - strangers try to sign in without pause, from one address and from many, while thirty people sign in: each of these is in.
No ceiling is another than in production. `make soak`, on a machine that does nothing else, holds them to five seconds and lets none
be asked back (WITHIN_S=5 BACK=0); here, where other tests run beside it, whoever is asked to come back in some seconds does so.

Addresses are those of the loopback network: 127.0.9.9 is a house behind one address, in which somebody floods.
"""
import os
import shutil
import sqlite3
import threading
import time

from client import Browser, Elsewhere, secret_of
from scenario import AS_DELIVERED, HANGS_S, NORDVAER, expect, fact, main, until
from stack import USER, totp

PEOPLE = 30
WITHIN_S = float(os.environ.get('WITHIN_S', HANGS_S))
BACK = int(os.environ.get('BACK', '3'))   # how often, and the most that they are asked to wait
BACK_S = 5
KNOWN = 5   # tries of one address: the first may find no place, two others that it does not wait count as failures
PASSWORD = 'grå måker over stille fjord'
HOUSE = '127.0.9.9'
MANY = [f'127.0.{50 + number // 10}.{number % 10 + 1}' for number in range(20)]
SIGN_IN = f'/k/{NORDVAER}'
people, told = [], {}


class Person:
    """Somebody with an account, and the browser in which it was made."""

    def __init__(self, number, name, code):
        self.number, self.name, self.code = number, name, code
        self.user_name = f'flom{number}@nordvaer.example'
        self.step = 0

    def at(self, town, address):
        return Browser(Elsewhere(town.stack, address))

    def move(self, address):
        """The same browser, at another address from now on."""
        self.browser.stack.address = address
        self.browser.kept.connection = None

    def enrol(self, town):
        self.browser = self.at(town, '127.0.1.1')
        page = self.browser.open(f'{SIGN_IN}/ny')
        page = self.browser.send(page.form(f'{SIGN_IN}/ny'), enrolment=self.code)
        self.secret = secret_of(page)
        page = self.browser.send(page.form('/konto'), user_name=self.user_name, password=PASSWORD, code=self.code_of_now())
        expect(page.status == 303, page)

    def code_of_now(self):
        """A code, and the step that it is of, also when the step ends meanwhile."""
        while True:
            self.step = int(time.time()) // 30
            code = totp(self.secret)
            if int(time.time()) // 30 == self.step:
                return code

    def sign_in(self, browser):
        """Seconds until they are in. A code counts once: the next is waited for before the clock starts."""
        while int(time.time()) // 30 < self.step or time.time() % 30 > 20:
            time.sleep(0.2)
        browser.cookies.pop('__Host-stafettlogg', None)
        begun = time.monotonic()
        page = browser.open(SIGN_IN)
        if time.time() % 30 > 25:
            time.sleep(30.1 - time.time() % 30)
        self.step = max(int(time.time()) // 30, self.step + 1)
        answer = self.send(browser, page.form(SIGN_IN))
        for _ in range(BACK):
            if answer.status != 429 or int(answer.headers['retry-after']) > BACK_S:
                break
            time.sleep(int(answer.headers['retry-after']))
            answer = self.send(browser, answer.form(SIGN_IN))
        expect(answer.status == 303, self.name, answer.status, answer.text[:300])
        page = browser.open('/mine')
        return time.monotonic() - begun


    def send(self, browser, form):
        now = int(time.time()) // 30
        self.step = max(now, self.step)
        return browser.send(form, user_name=self.user_name, password=PASSWORD, code=totp(self.secret, self.step - now))


class Flood(threading.Thread):
    """Posts wrong names and passwords from one address, with a pause that leaves the machine to the others. Of each answer, its
    status is counted."""

    def __init__(self, town, address, names, pause_s):
        super().__init__(daemon=True)
        self.browser = Browser(Elsewhere(town.stack, address))
        self.form = self.browser.open(SIGN_IN).form(SIGN_IN)
        self.address, self.names, self.pause_s = address, names, pause_s
        self.stopped, self.statuses, self.waits = False, {}, None

    def run(self):
        form = self.form
        turn = 0
        while not self.stopped:
            turn += 1
            page = self.browser.send(form, user_name=self.names[turn % len(self.names)], password=PASSWORD + ' nei', code='000000')
            self.statuses[page.status] = self.statuses.get(page.status, 0) + 1
            if page.status == 429 and 'Vent til kl.' in page.text:
                self.waits = page
            time.sleep(self.pause_s)


def flood(town, addresses, names):
    """A flood that has begun: each address has tried so often without a pause that it is known for it."""
    threads = [Flood(town, address, names, 0.01 * len(addresses)) for address in addresses]
    for thread in threads:
        thread.start()
    until(lambda: all(sum(thread.statuses.values()) >= KNOWN for thread in threads))
    return threads


def statuses_of(threads):
    statuses = {}
    for thread in threads:
        for status, count in list(thread.statuses.items()):
            statuses[status] = statuses.get(status, 0) + count
    return statuses


def stop(threads):
    for thread in threads:
        thread.stopped = True
    for thread in threads:
        thread.join()
    print(f'# the flood was answered {statuses_of(threads)}', flush=True)


def all_sign_in(browser_of, who=None):
    """Three at a time, each in the browser that is theirs; (seconds of each, what went wrong)."""
    times, wrong, left = [], [], list(who or people)

    def some():
        while left:
            person = left.pop()
            try:
                times.append(person.sign_in(browser_of(person)))
            except AssertionError as error:
                wrong.append(str(error)[:200])
    threads = [threading.Thread(target=some) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f'# {len(times)} of {len(who or people)} signed in, the slowest in {max(times, default=0):.1f} s', flush=True)
    return times, wrong


def lines(town):
    """(refused sign-ins in the audit, how many more they tell of)."""
    database = sqlite3.connect(f'file:{town.database()}?mode=ro', uri=True, timeout=10)
    try:
        return database.execute('SELECT COUNT(*),COALESCE(SUM(amount),0) FROM audit WHERE act=91 AND outcome=2').fetchone()
    finally:
        database.close()


@fact
def thirty_people_have_accounts(town):
    unit = town.nordvaer.units[0]['name']
    rows = [f'Flom Nummer {number};flom{number}@nordvaer.example;{unit};AK' for number in range(PEOPLE)]
    file = town.stack.folder / 'staff.csv'
    file.write_text('navn;e-post;enhet;rolle\n' + '\n'.join(rows) + '\n', encoding='utf-8')
    file.chmod(0o600)
    if os.geteuid() == 0:
        shutil.chown(file, USER)
    done = town.stack.command('import', 'staff', file, '--municipality', NORDVAER, *town.stack.place)
    for line in done.stdout.splitlines():
        if line.startswith('enrolment-code '):
            _, code, rest = line.split(' ', 2)
            number = int(rest.split(',')[0].rsplit(' ', 1)[1])
            people.append(Person(number, rest.split(',')[0], code))
    expect(len(people) == PEOPLE, done.stdout[:500])
    for person in people:
        person.enrol(town)
    town.stack.restart_keyd()   # making thirty accounts in a minute is what its ceilings are for


@fact
def without_a_flood_signing_in_takes_no_time_to_speak_of(town):
    times, wrong = all_sign_in(lambda person: person.browser, people[:12])
    expect(not wrong, wrong)


@fact
def while_one_address_floods_everybody_gets_in_also_those_behind_that_address_who_were_there_before(town):
    threads = flood(town, [HOUSE] * 4, ['finnes.ikke@nordvaer.example'])
    for person in people[1::2]:
        person.move(HOUSE)
    times, wrong = all_sign_in(lambda person: person.browser if person.number % 2 else person.at(town, f'127.0.2.{person.number + 1}'))
    until(lambda: statuses_of(threads).get(429, 0) > 50)
    stop(threads)
    told['waits'] = next((thread.waits for thread in threads if thread.waits), None)
    expect(not wrong and len(times) == PEOPLE, wrong[:3], len(wrong))
    expect(max(times) < WITHIN_S, sorted(times)[-5:])


@fact
def whoever_has_to_wait_is_told_the_truth_and_till_when(town):
    page = told['waits']
    expect(page and 'For mange forsøk. Vent til kl.' in page.text and 'mange logger' not in page.text, page)
    expect(1 <= int(page.headers['retry-after']) <= 300, page.headers)


@fact
def after_a_restart_those_who_were_there_before_are_still_let_in(town):
    threads = flood(town, [HOUSE] * 2, ['finnes.ikke@nordvaer.example'])
    town.stack.restart_serve()
    time.sleep(3)
    person = people[0]
    person.move(HOUSE)
    seconds = person.sign_in(person.browser)
    stop(threads)
    expect(seconds < WITHIN_S, seconds)


@fact
def while_many_addresses_flood_everybody_gets_in(town):
    town.stack.restart_keyd()
    names = [f'finnes{number}@nordvaer.example' for number in range(200)] + [person.user_name for person in people]
    threads = flood(town, MANY, names)
    times, wrong = all_sign_in(lambda person: person.browser if person.number % 2 else person.at(town, f'127.0.3.{person.number + 1}'))
    stop(threads)
    expect(not wrong and len(times) == PEOPLE, wrong[:3], len(wrong))
    expect(max(times) < WITHIN_S, sorted(times)[-5:])


@fact
def neither_the_agent_nor_the_audit_was_flooded(town):
    alarms = [line for line in town.stack.log('keyd').splitlines() if 'result=BUDGET' in line]
    expect(not alarms, len(alarms), alarms[:3])
    count, more = lines(town)
    print(f'# {count} lines tell of refused sign-ins, and of {more} more', flush=True)
    expect(count < 150, count, more)


@fact
def every_row_and_line_is_as_it_was_written(town):
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main(budgets=AS_DELIVERED)
