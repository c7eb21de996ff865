"""scenario.py - what every scenario test stands on: a town to act in, and facts that are told as TAP.

    from scenario import Town, expect, fact, main

    @fact
    def a_guardian_reads_the_same_log(town):
        ...

    if __name__ == '__main__':
        main()

usage of each test: NAME.py STAFETTLOGG ASSETS [WORD]   (WORD: only the facts with it in their name)

A fact is a function whose name is the sentence. The facts of one file share one installation and run in order.
"""
import datetime
import json
import os
import pathlib
import re
import sqlite3
import sys
import time
import traceback
import zoneinfo

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / 'tools'))
from client import Browser
from hand import Hand
from stack import LIVES_DAYS, Stack

# Ceilings that a test of many sign-ins would reach and no person does.
BUDGETS = {'grant-person-minute': 5000, 'grant-municipality-minute': 20000, 'sign-in-municipality-minute': 2000000,
           'sign-in-municipality-hour': 2000000, 'national-id-person-hour': 5000}
AS_DELIVERED = 'as delivered'   # budgets: no ceiling is another than in production
HANGS_S = 120   # what takes so long hangs, whatever else the machine does: no test of `make test` is about speed
OSLO = zoneinfo.ZoneInfo('Europe/Oslo')
ANSWER_ONLY = re.compile(rb'name="form_token" value="[^"]*"')
NORDVAER, SORVAER = '0301', '1103'
DATABASE = 'postgres' if os.environ.get('POSTGRES') else 'sqlite'   # for a file that is run on both
# What stands in the log of serve or keyd when a program is wrong.
MISTAKES = ('AddressSanitizer', 'ThreadSanitizer', 'runtime error', 'LeakSanitizer', 'Assertion', 'a mistake of our own')
facts = []


def fact(function):
    facts.append(function)
    return function


def expect(holds, *told):
    if not holds:
        raise AssertionError(' | '.join(str(part) for part in told) or 'it does not hold')


def until(holds, *told, within_s=HANGS_S):
    """Waits for what comes by itself."""
    end = time.monotonic() + within_s
    while not holds():
        expect(time.monotonic() < end, f'not within {within_s} s', *told)
        time.sleep(0.05)


def whole(browser, log):
    """The words of a log's page, and of the pages of its older notes that it leads to."""
    texts, following = [], [log]
    while following:
        page = browser.open(following[0])
        texts.append(page.text)
        following = page.links('/eldre/note' if len(texts) == 1 else '/eldre/note?for=')
    return ''.join(texts)


def day(days=0):
    """A date as people type it, some days from today."""
    return (datetime.datetime.now(OSLO).date() + datetime.timedelta(days=days)).strftime('%d.%m.%Y')


def entries_of(page):
    """Ids of the entries that the reader may correct."""
    return [address.split('/')[4] for address in page.links('/rett/')]


def same_but_for_tokens(one, other):
    """Whether two answers are the same bytes, but for what is random in every answer."""
    return (one.status, headers_of(one), ANSWER_ONLY.sub(b'', one.body)) == \
        (other.status, headers_of(other), ANSWER_ONLY.sub(b'', other.body))


def headers_of(page):
    return sorted((name, value) for name, value in page.headers.items() if name.lower() not in ('date', 'connection'))


class Municipality:
    """What `stafettlogg demo` told about one."""

    def __init__(self, told):
        self.number = told['municipalities'][0]['number']
        self.id = told['municipalities'][0]['id']
        self.people, self.units, self.accounts = told['people'], told['units'], told['accounts']
        self.logs = {log['key']: log for log in told['logs']}
        self.codes = {code['name']: code['code'] for code in told['codes']}

    def person(self, name):
        return next(person['id'] for person in self.people if person['name'] == name)

    def unit(self, name):
        return next(unit['id'] for unit in self.units if name in unit['name'])


class Town:
    """One installation with the demo's municipality, or two beside each other."""

    def __init__(self, program, assets, numbers=(NORDVAER,), mode='demo', budgets=None, database='sqlite',
                 lives=False, statistics=False):
        """lives: as `make demo` has it, in mode test: begun months ago, and moved to today while its logs were made.
        statistics: three years of them are published, as there."""
        self.numbers = numbers
        self.lives = lives
        self.more = (['--lives'] if lives else []) + (['--statistics'] if statistics else [])
        ceilings = {} if budgets == AS_DELIVERED else {**BUDGETS, **(budgets or {})}
        self.stack = Stack(program, assets, mode='test' if lives else mode, budgets=ceilings, fill=False, database=database)
        self.municipalities, self.hands = {}, {}

    def __enter__(self):
        stack = self.stack
        try:
            stack.init()
            if self.lives:
                stack.begin_ago(LIVES_DAYS)
            stack.start_keyd()
            stack.unseal(1)
            stack.unseal(2)
            for number in self.numbers:
                self.fill(number)
            stack.start_serve()
            stack.start_front()
        except BaseException:
            stack.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stack.stop()

    def fill(self, number):
        done = self.stack.command('demo', *self.stack.place, '--number', number, '--name',
                                  'Nordvær' if number == NORDVAER else 'Sørvær', *self.more)
        told = {}
        for line in done.stdout.splitlines():
            for kind, value in json.loads(line).items():
                told.setdefault(kind, []).append(value)
        self.municipalities[number] = Municipality(told)

    @property
    def nordvaer(self):
        return self.municipalities[NORDVAER]

    @property
    def sorvaer(self):
        return self.municipalities[SORVAER]

    def visitor(self):
        return Browser(self.stack)

    def signed_in(self, name, *role, number=NORDVAER):
        """A browser in which this person has signed in by one click and chosen the role whose button says so."""
        browser = Browser(self.stack)
        page = browser.sign_in_demo(number, self.municipalities[number].person(name))
        expect(page.status == 303, page)
        if role or page.location == '/rolle':
            browser.choose_role(*role)
        return browser

    def log(self, key, number=NORDVAER):
        """The address of one of the demo's logs."""
        return f'/logg/{self.municipalities[number].logs[key]["id"]}'

    # ---- writing ----

    def write(self, browser, log, kind, **fields):
        """Fills the short form of a kind and saves it; the log's page and the new entry's id."""
        before = entries_of(browser.open(log))
        page = browser.open(f'{log}/ny/{kind}')
        page = browser.save(page.form(f'{log}/ny/{kind}'), **fields)
        added = [entry for entry in entries_of(page) if entry not in before]
        expect(len(added) == 1, kind, added, page)
        return page, added[0]

    # ---- looking at what is stored ----

    def database(self, number=NORDVAER):
        return self.stack.data / 'municipality' / f'{self.municipalities[number].id}.db'

    def asked(self, sql, number=NORDVAER):
        """Rows as tuples of text, bytes in hexadecimal; {..} in it are bytes. Read beside the running serve, on either database."""
        if not self.stack.postgres:
            database = sqlite3.connect(f'file:{self.database(number)}?mode=ro', uri=True, timeout=10)
            try:
                rows = database.execute(sql.replace('{', "x'").replace('}', "'")).fetchall()
            finally:
                database.close()
            return [tuple(value.hex() if isinstance(value, bytes) else str(value) for value in row) for row in rows]
        hand = self.hands.setdefault(number, Hand(self, self.municipalities[number].id))
        return hand.run(sql)

    def tables(self, number=NORDVAER):
        return self.hands.setdefault(number, Hand(self, self.municipalities[number].id)).tables()

    def count(self, table, number=NORDVAER):
        """Rows of a table, read beside the running serve."""
        if self.stack.postgres:
            return int(self.asked(f'SELECT COUNT(*) FROM {table}', number)[0][0])
        database = sqlite3.connect(f'file:{self.database(number)}?mode=ro', uri=True, timeout=10)
        try:
            return database.execute(f'SELECT COUNT(*) FROM {table}').fetchone()[0]
        finally:
            database.close()

    def rests(self):
        """Nothing was written for a second: the jobs that run when serve begins have run."""
        lines, since = self.count('audit'), time.monotonic()
        while time.monotonic() - since < 1:
            time.sleep(0.1)
            if self.count('audit') != lines:
                lines, since = self.count('audit'), time.monotonic()

    def counts(self, number=NORDVAER):
        """What must not change when something is refused: rows of every table but the audit, sessions and waits."""
        return {name: self.count(name, number) for name in self.tables(number)
                if not any(word in name for word in ('audit', 'session', 'backoff', 'job', 'head_signature', 'sqlite_'))}

    def verify(self, *words):
        """What `stafettlogg verify` finds; empty when all is as it was written."""
        done = self.stack.command('verify', *self.stack.place, *words, check=False)
        return '' if done.returncode == 0 else f'{done.returncode}: {done.stdout}{done.stderr[-800:]}'


def main(kind=Town, **options):
    """Runs the facts of the file in one town and tells them as TAP. Nothing may be in serve's log that is a mistake of ours."""
    program, assets, *words = sys.argv[1:]
    chosen = [function for function in facts if not words or words[0] in function.__name__]
    print(f'1..{len(chosen) + 1}', flush=True)
    failed = 0
    with kind(program, assets, **options) as town:
        for number, function in enumerate(chosen, 1):
            sentence = function.__name__.replace('_', ' ')
            start = time.monotonic()
            try:
                function(town)
            except Exception:
                failed += 1
                print(f'not ok {number} - {sentence}')
                print('# ' + traceback.format_exc().replace('\n', '\n# '), flush=True)
                continue
            print(f'ok {number} - {sentence} # {time.monotonic() - start:.2f} s', flush=True)
        mistakes = [line for name in ('serve', 'keyd') for line in town.stack.log(name).splitlines()
                    if any(word in line for word in MISTAKES)]
        print(f'{"not ok" if mistakes else "ok"} {len(chosen) + 1} - nobody met a mistake of ours')
        failed += bool(mistakes)
        if failed:
            for name in ('serve', 'keyd', 'front'):
                print('# ' + (name + ': ' + town.stack.log(name)[-3000:]).replace('\n', '\n# '))
    sys.exit(1 if failed else 0)
