#!/usr/bin/env python3
"""seed.py - `stafettlogg seed` twice with one seed, without and beside a running serve: the same pages, and nothing that verify finds."""
import datetime
import json
import signal
import subprocess

from scenario import BUDGETS, HANGS_S, OSLO, Browser, Stack, Town, expect, fact, main, until
from stack import drop_rights

NUMBER, LOGS, LONG = '9901', 300, 150
# One day for both, whenever midnight comes; the consents hold today.
UNTIL = datetime.datetime.now(OSLO).date() - datetime.timedelta(days=1)
ORDER = ['--logs', LOGS, '--units', 12, '--seed', 7, '--entries', '5-20', '--long', LONG, '--until', UNTIL, '--number', NUMBER]


class Twins(Town):
    """Two installations seeded with the same order: the first before serve starts, the second by a serve that runs."""

    def __init__(self, program, assets):
        super().__init__(program, assets, numbers=(), mode='test')
        self.other = Stack(program, assets, mode='test', budgets=BUDGETS, fill=False)
        self.told = self.told_beside = None

    def __enter__(self):
        try:
            for stack in (self.stack, self.other):
                stack.init()
                stack.start_keyd()
                stack.unseal(1)
                stack.unseal(2)
            self.told = self.stack.command('seed', *self.stack.place, *ORDER)
            for stack in (self.stack, self.other):
                stack.start_serve()
                stack.start_front()
            self.told_beside = self.other.command('seed', *self.other.place, *ORDER)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.stack.stop()
        self.other.stop()

    def said(self, kind):
        return [value for line in self.told.stdout.splitlines() for name, value in json.loads(line).items() if name == kind]

    def both(self, person):
        """Browsers in which this person has signed in, one in each installation."""
        browsers = [Browser(self.stack), Browser(self.other)]
        for browser in browsers:
            page = browser.sign_in_demo(NUMBER, person)
            expect(page.status == 303, page)
        return browsers


def entries(browser, log):
    page = browser.get(f'/api/v1/logs/{log}', headers={'Accept': 'application/json'})
    expect(page.status == 200, page.status, page.body[:500])
    return json.loads(page.body)


@fact
def the_same_order_tells_the_same_without_and_beside_serve(town):
    expect(town.told.stdout == town.told_beside.stdout, town.told.stdout[:800], town.told_beside.stdout[:800])
    expect(town.said('seeded')[0]['logs'] == LOGS, town.told.stdout[:400])
    expect(f'{LOGS} of {LOGS} logs' in town.told.stderr and f'{LOGS} of {LOGS} logs' in town.told_beside.stderr, town.told.stderr)


@fact
def every_row_and_line_is_as_it_was_written(town):
    for stack in (town.stack, town.other):
        done = stack.command('verify', *stack.place, check=False)
        expect(done.returncode == 0, done.stdout, done.stderr[-500:])


@fact
def a_holder_sees_the_same_logs_in_both(town):
    for stack in (town.stack, town.other):  # the night's work, which only one of them has done when it began
        done = stack.command('jobs', 'run', 'life', '--data', stack.data, check=False)
        expect(done.returncode == 0, done.stdout, done.stderr[-500:])
    lists = [json.loads(browser.get('/api/v1/logs', headers={'Accept': 'application/json'}).body)
             for browser in town.both(town.said('logs')[0]['holder'])]
    expect(lists[0] == lists[1], lists[0], lists[1])
    expect(len(lists[0].get('logs', lists[0].get('items', []))) > 20, lists[0])


@fact
def a_holder_and_a_guardian_open_the_log_and_read_the_same_in_both(town):
    for log in town.said('logs')[:4]:
        for person in (log['holder'], log['guardian']):
            read = [entries(browser, log['id']) for browser in town.both(person)]
            expect(read[0] == read[1], read[0], read[1])
            for browser in town.both(person):
                page = browser.open(f'/logg/{log["id"]}')
                expect(log['child'] in page.text and 'Gjelder ikke' not in page.text, page.text[:900])


@fact
def the_first_log_is_as_long_as_it_was_ordered(town):
    log = town.said('logs')[0]
    expect(log['entries'] == str(LONG), log)
    own = [entry for entry in entries(town.both(log['holder'])[0], log['id'])['entries'] if entry['kind'] != 'child']
    expect(len(own) == LONG, len(own))


@fact
def a_holder_writes_in_a_seeded_log(town):
    log = town.said('logs')[1]
    browser = town.both(log['holder'])[0]
    page = browser.open(f'/logg/{log["id"]}')
    page = browser.save(page.form('/ny/note'), text='Skrevet etter at alt var fylt.')
    expect('Skrevet etter at alt var fylt.' in page.text, page)


@fact
def a_stranger_learns_nothing_of_a_seeded_log(town):
    log, other = town.said('logs')[0], town.said('logs')[1]
    expect(other['guardian'] != log['guardian'])
    expect(town.both(other['guardian'])[0].get(f'/logg/{log["id"]}').status == 404)


@fact
def a_second_run_into_the_same_municipality_changes_nothing(town):
    for stack in (town.stack, town.other):
        done = stack.command('seed', *stack.place, *ORDER, check=False)
        expect(done.returncode == 5 and f'municipality {NUMBER} is here already' in done.stderr, done)


@fact
def wrong_orders_are_told(town):
    for words, told in ((['--logs', '0'], '--logs must be'), (['--logs', '5', '--entries', '9-3'], '--entries is'), ([], '--logs N'),
                        (['--logs', '5', '--until', '2099-01-01'], '--until is'), (['--logs', '5', '--number', '1'], 'four digits')):
        done = town.stack.command('seed', *town.stack.place, *words, check=False)
        expect(done.returncode == 100 and told in done.stderr, words, done)


@fact
def a_run_that_is_interrupted_leaves_what_it_stored_whole(town):
    """Beside serve the caller goes away; without serve it is asked to end."""
    # A shell that runs tests in the background lets them ignore it, and what they start as well.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    command = [str(town.stack.program), 'seed', *map(str, town.stack.place), '--logs', '6000']
    for number, serving in (('9903', True), ('9904', False)):
        if not serving:
            town.stack.end('front')
            town.stack.end('serve')
        run = subprocess.Popen([*command, '--number', number], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True, cwd='/', **drop_rights())
        expect('of 6000 logs' in run.stderr.readline())
        run.send_signal(signal.SIGINT)
        _, wrong = run.communicate(timeout=HANGS_S)
        expect(run.returncode != 0, run.returncode)
        expect(serving or (run.returncode == 8 and 'what is stored is whole' in wrong), run.returncode, wrong)
        wait_until_free(town)
        done = town.stack.command('verify', *town.stack.place, check=False)
        expect(done.returncode == 0 and number in done.stderr + done.stdout, done)


def wait_until_free(town):
    """serve notices at its next word that nobody hears."""
    until(lambda: town.stack.command('municipality', 'list', *town.stack.place, check=False).returncode == 0)


if __name__ == '__main__':
    main(kind=Twins)
