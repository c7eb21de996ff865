#!/usr/bin/env python3
"""crash_load.py - kills a whole serve with -9 at random moments while people read and write over HTTPS.

usage: crash_load.py STAFETTLOGG LATE_STAFETTLOGG ASSETS [ROUNDS] [SEED]

After every kill serve starts again, and what the clients were told is held against what is stored: every note that was
answered with 303 is in its log, and every page of a log that was answered has its audit line (at most one line more: the
reading that the kill cut off). At the end `stafettlogg verify` looks at everything. LATE_STAFETTLOGG answers readings
before their line is written: it must be caught, or this test could not see a missing line at all. Prints TAP.
"""
import http.client
import pathlib
import random
import re
import sqlite3
import sys
import threading
import time

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parents[1] / 'scenario')]
from client import encode
from scenario import NORDVAER, Town, whole

TOKEN = re.compile(r'action="[^"]*/ny/note".*?name="form_token" value="([^"]+)"', re.DOTALL)
MANY = 1000000
BUDGETS = {'read-grant-minute': MANY, 'read-grant-hour': MANY, 'write-grant-minute': MANY, 'write-grant-hour': MANY}
# A log grows with every round; a fresh town keeps the pages at the size that people have.
ROUNDS_EACH = 50
LOGS = 2
CONTROL_ROUNDS = 20


class Client(threading.Thread):
    """One signed-in person on one connection, until serve is gone."""

    def __init__(self, town, browser, log):
        super().__init__()
        self.town, self.browser, self.log = town, browser, log
        self.stop, self.said = False, []

    def ask(self, connection, method, path, body=None):
        have = {'Cookie': '; '.join(f'{name}={value}' for name, value in self.browser.cookies.items()),
                'Sec-Fetch-Site': 'same-origin', 'Origin': self.town.stack.origin,
                'Content-Type': 'application/x-www-form-urlencoded'}
        connection.request(method, path, body=body, headers=have)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    def run(self):
        connection = self.town.stack.connect(timeout=10)
        try:
            while not self.stop and self.once(connection):
                pass
        except (OSError, http.client.HTTPException):
            pass  # killed in the middle: this one was not answered
        finally:
            connection.close()


class Reader(Client):
    answered = 0

    def once(self, connection):
        status, _ = self.ask(connection, 'GET', self.log)
        self.answered += status == 200
        if status not in (200, 503):
            self.said.append(f'a reading is answered with {status}')
        return status == 200


class Writer(Client):
    number = 0

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.acknowledged = []

    def once(self, connection):
        status, page = self.ask(connection, 'GET', self.log + '/ny/note')
        if status != 200:
            return False
        Writer.number += 1
        text = f'Notat nummer {Writer.number} slutt'
        body = encode([('form_token', TOKEN.search(page).group(1)), ('note_kind', '1'), ('text', text)])
        status, _ = self.ask(connection, 'POST', self.log + '/ny/note', body)
        if status == 303:
            self.acknowledged.append(text)
        elif status != 503:
            self.said.append(f'a note is answered with {status}')
        return status == 303


class Crowd:
    """Who reads and who writes in one town. Every reader is a person of their own, so that lines can be counted."""

    def __init__(self, town):
        self.town = town
        self.wrong = []
        self.kept = {}      # log -> texts acknowledged
        self.reading, self.writing = [], []
        for key in sorted(town.nordvaer.logs, key=lambda name: int(town.nordvaer.logs[name]['entries']))[:LOGS]:
            log = town.log(key)
            for browser in self.able(log):
                self.reading.append((browser, log))
            holder = self.browser(town.nordvaer.logs[key]['holder'], log)
            self.writing += [(holder, log), (self.browser(town.nordvaer.logs[key]['holder'], log), log)]

    def browser(self, person, log):
        """This person in a role that may write in the log, or None."""
        browser = self.town.visitor()
        page = browser.sign_in_demo(NORDVAER, person)
        buttons = [None] if page.location != '/rolle' else [b[:2] for b in browser.open('/rolle').form('/rolle').buttons if b[0]]
        for button in buttons:
            if button:
                browser.save(browser.open('/rolle').form('/rolle'), **{button[0]: button[1]})
            if b'/ny/note"' in browser.get(log).body:
                browser.person = person
                return browser
        return None

    def able(self, log):
        """Those who may read, but not the holder, who writes."""
        people = {person['id'] for person in self.town.nordvaer.people if person['role'] in ('guardian', 'actor')}
        found = [browser for person in sorted(people) if (browser := self.browser(person, log))]
        return found

    def lines(self):
        """(log, person) -> audit lines about that log, in hexadecimal."""
        database = sqlite3.connect(f'file:{self.town.database()}?mode=ro', uri=True, timeout=10)
        try:
            rows = database.execute('SELECT hex(object), hex(person), COUNT(*) FROM audit WHERE outcome=1 GROUP BY 1, 2')
            return {(log.lower(), person.lower()): count for log, person, count in rows}
        finally:
            database.close()

    def round(self, wait, number):
        town = self.town
        readers = [Reader(town, browser, log) for browser, log in self.reading]
        writers = [Writer(town, browser, log) for browser, log in self.writing]
        before = self.lines()
        for client in readers + writers:
            client.start()
        time.sleep(wait)
        town.stack.kill('serve')
        for client in readers + writers:
            client.stop = True
        for client in readers + writers:
            client.join()
        after = self.lines()
        self.check_readings(readers, before, after, number)
        town.stack.start_serve()
        for writer in writers:
            self.kept.setdefault(writer.log, []).extend(writer.acknowledged)
            self.wrong += writer.said
        for log in {log for _, log in self.reading}:
            self.check_notes(log, number)
        return sum(reader.answered for reader in readers), sum(len(writer.acknowledged) for writer in writers)

    def check_readings(self, readers, before, after, number):
        """One line for each reading; one more where the kill came between the line and the answer."""
        for reader in readers:
            self.wrong += reader.said
            log = reader.log.split('/')[2]
            person = reader.browser.person
            written = after.get((log, person), 0) - before.get((log, person), 0)
            if not reader.answered <= written <= reader.answered + 1:
                self.wrong.append(f'round {number}: {reader.answered} readings answered, {written} lines')

    def check_notes(self, log, number):
        text = whole(next(browser for browser, own in self.reading if own == log), log)
        for note in self.kept.get(log, []):
            if note not in text:
                self.wrong.append(f'round {number}: "{note}" was acknowledged and is not there')


def play(program, assets, rounds, chance, until_wrong=False):
    """(readings answered, notes acknowledged, what is wrong) over all rounds."""
    answered = acknowledged = 0
    wrong = []
    for first in range(0, rounds, ROUNDS_EACH):
        with Town(program, assets, budgets=BUDGETS) as town:
            crowd = Crowd(town)
            for number in range(first, min(rounds, first + ROUNDS_EACH)):
                read, written = crowd.round(chance.uniform(0.1, 0.6), number)
                answered, acknowledged = answered + read, acknowledged + written
                if until_wrong and crowd.wrong:
                    break
            found = '' if until_wrong else town.verify()
            wrong += crowd.wrong + ([f'verify: {found}'] if found else [])
        if until_wrong and wrong:
            break
    return answered, acknowledged, wrong


def tell(number, passed, sentence, wrong=()):
    print(f'{"ok" if passed else "not ok"} {number} - {sentence}', flush=True)
    for line in wrong[:20]:
        print('# ' + line)
    return passed


def main():
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    program, late, assets = sys.argv[1:4]
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 20
    seed = int(sys.argv[5]) if len(sys.argv) > 5 else random.randrange(1 << 30)
    chance = random.Random(seed)
    print('1..3')
    print(f'# seed {seed}, {rounds} rounds', flush=True)
    answered, acknowledged, wrong = play(program, assets, rounds, chance)
    good = tell(1, answered >= rounds and acknowledged >= rounds // 4,
                f'{answered} readings and {acknowledged} notes were answered, with {rounds} kills between')
    good &= tell(2, not wrong, 'each of them is stored with its line, and everything verifies', wrong)
    _, _, caught = play(late, assets, CONTROL_ROUNDS, chance, until_wrong=True)
    good &= tell(3, any('lines' in line for line in caught), 'control: a line that is written after the answer is caught')
    sys.exit(0 if good else 1)


if __name__ == '__main__':
    main()
