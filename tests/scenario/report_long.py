#!/usr/bin/env python3
"""report_long.py - the archive report of a log with 3,000 entries: made beside the pages, which answer meanwhile, told how far it is, whole,
and within the memory that serve may have."""
import io
import json
import os
import re
import time
import zipfile

from client import Browser, Elsewhere
from ending import sends
from scenario import Town, expect, fact, main

NUMBER, ENTRIES = '9901', 3000
MEMORY_KB = 300 << 10       # the most that serve may have had
PAGE_S = 5                  # of any page meanwhile; a sanitizer is slow
made = {'told': []}


class Seeded(Town):
    """A municipality of few logs, of which the first is long."""

    def __init__(self, program, assets):
        super().__init__(program, assets, numbers=())

    def fill_seeded(self):
        self.stack.take(self.stack.command('seed', *self.stack.place, '--logs', 4, '--units', 4, '--long', ENTRIES, '--number', NUMBER).stdout)

    def __enter__(self):
        try:
            self.stack.init()
            self.stack.start_keyd()
            self.stack.unseal(1)
            self.stack.unseal(2)
            self.fill_seeded()
            self.stack.start_serve()
            self.stack.start_front()
        except BaseException:
            self.stack.stop()
            raise
        return self


def signed_in(town, person, wanted):
    """In the first of their roles in which a page of this address answers."""
    made['at'] = made.get('at', 0) + 1
    browser = Browser(Elsewhere(town.stack, f'127.0.2.{made["at"]}'))
    page = browser.sign_in_demo(NUMBER, person)
    if page.location != '/rolle':
        return browser if browser.get(wanted).status == 200 else None
    for name, value, _ in browser.open('/rolle').form('/rolle').buttons:
        if not name:
            continue
        form = browser.open('/rolle').form('/rolle')
        browser.save(form, **{name: value})
        if browser.get(wanted).status == 200:
            return browser
    return None


def peak_kb(town):
    status = open(f'/proc/{town.stack.processes["serve"].pid}/status', encoding='ascii').read()
    return int(re.search(r'VmHWM:\s+(\d+)', status).group(1))


@fact
def a_long_log_is_closed_and_its_report_is_ordered(town):
    log = max(town.stack.demo['logs'], key=lambda log: int(log['entries']))
    expect(int(log['entries']) >= ENTRIES, log)
    made['log'] = f'/logg/{log["id"]}'
    holder = signed_in(town, log['holder'], f'{made["log"]}/handling/log_close')
    expect(holder is not None, 'nobody holds it')
    expect(sends(holder, made['log'], 'log_close', reason='1').status == 303)
    asked = f'{made["log"]}/handling/archive_report_make'
    door = Browser(Elsewhere(town.stack, '127.0.3.1')).get(f'/k/{NUMBER}').form('/demo')
    people = [value for name, value, _ in door.buttons if name == 'person']
    made['by'] = next((browser for person in people for browser in [signed_in(town, person, asked)] if browser), None)
    expect(made['by'] is not None, 'nobody may make one', len(people))
    began = time.monotonic()
    answer = sends(made['by'], made['log'], 'archive_report_make', language='1')
    made['answer_s'] = time.monotonic() - began
    expect(answer.status == 303 and '/rapport/lages' in answer.headers['location'], answer)


@fact
def meanwhile_pages_answer_and_say_how_far_it_is(town):
    end, slowest, began = time.monotonic() + 400, 0, time.monotonic()
    while True:
        asked = time.monotonic()
        page = made['by'].open(f'{made["log"]}/rapport/lages')
        slowest = max(slowest, time.monotonic() - asked)
        told = re.search(r'(?:Loggen leses|Dokumentet skrives): (\d+) av (\d+)', page.text)
        made['told'] += [told.groups()] if told else []
        if 'Arkivrapporten er laget.' in page.text:
            break
        expect('kunne ikke' not in page.text and 'ble ikke laget' not in page.text and time.monotonic() < end, page)
        time.sleep(0.2)
    print(f'# ordered in {made["answer_s"]:.2f} s, made in {time.monotonic() - began:.1f} s, the slowest page took {slowest:.2f} s, '
          f'serve has had {peak_kb(town) >> 10} MB; told {[*dict.fromkeys(made["told"])][:6]} ...', flush=True)
    expect(slowest < PAGE_S, slowest)
    expect(all(int(done) <= int(total) and int(total) >= ENTRIES for done, total in made['told']), made['told'])
    if os.environ.get('MEMORY'):   # not of a build that a sanitizer watches
        expect(peak_kb(town) < MEMORY_KB, peak_kb(town))


@fact
def every_version_of_every_entry_stands_in_it(town):
    file = made['by'].send(made['by'].get(f'{made["log"]}/rapport?grunn=archive_decision').form('/rapport'))
    expect(file.status == 200, file)
    data = json.loads(zipfile.ZipFile(io.BytesIO(file.body)).read('data.json'))
    expect(len(data['entries']) >= ENTRIES, len(data['entries']))


if __name__ == '__main__':
    main(Seeded)
