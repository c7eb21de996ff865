#!/usr/bin/env python3
"""report.py - the archive report of a passive log: made and taken by manager and administrator, for a reason; a whole package that
anybody can check; sealed where it is stored."""
import hashlib
import io
import json
import os
import pathlib
import re
import sqlite3
import subprocess
import tempfile
import zipfile

from documents import Api
from ending import approves, decides, orders, sends
from scenario import expect, fact, main

SCHEMA = 'no.ks.fiks.arkiv.v1.arkivering.arkivmelding.opprett.xsd'
made = {}


def page_of(who, reason='archive_decision'):
    return made[who].get(f'{made["log"]}/rapport' + (f'?grunn={reason}' if reason else ''))


def take(who):
    """The file, as a browser gets it."""
    form = page_of(who).form('/rapport')
    return made[who].send(form)


def verify(town, bytes_, *options):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, 'rapport.zip')
        path.write_bytes(bytes_)
        pathlib.Path(folder).chmod(0o755)   # the program runs as another user
        return town.stack.command('report', 'verify', *options, path, check=False)


@fact
def an_active_log_has_no_report_and_nobody_makes_one(town):
    made['log'] = town.log('kvikk')
    for key, name in (('guardian', 'Stram Ørret'), ('holder', 'Klok Elv'), ('manager', 'Bred Ås'), ('admin', 'Klar Fjord')):
        made[key] = town.signed_in(name)
    for who in ('guardian', 'holder', 'manager', 'admin'):
        expect(made[who].get(f'{made["log"]}/handling/archive_report_make').status == 404, who)
        expect(page_of(who).status == 404, who)
    form = made['holder'].open(f'{made["log"]}/handling/log_close').form('log_close')
    expect(made['holder'].send(form, reason='1').status == 303)
    for who in ('guardian', 'holder'):
        expect(made[who].get(f'{made["log"]}/handling/archive_report_make').status == 404, who)
        expect(page_of(who).status == 404, who)


@fact
def a_manager_makes_it_and_the_logs_page_leads_to_it(town):
    page = made['manager'].open(made['manager'].open(made['log']).link('Lag arkivrapport'))
    expect('alle utgaver av alt som er skrevet' in page.text, page)
    sent = page.form('archive_report_make')
    page = made['manager'].follow(made['manager'].send(sent, language='1'))
    expect('Arkivrapporten er laget' in page.text, page)
    expect(made['manager'].send(sent, language='1').status == 303 and town.count('report') == 1, 'twice is once')
    expect(page.link('Se arkivrapporten') == f'{made["log"]}/rapport', page)


@fact
def it_is_told_and_handed_out_for_a_reason_only(town):
    asked = page_of('manager', reason=None)
    expect('Hvorfor trenger du å åpne loggen?' in asked.text, asked)
    page = page_of('manager')
    expect(page.status == 200 and 'Last ned arkivrapporten' in page.text and 'Bred Ås' in page.text, page)
    expect('Kvikk' not in page.text, 'nothing of the log stands there')
    expect('Noe er skrevet' not in page.text, page)


@fact
def the_file_is_a_zip_that_any_program_opens_and_every_part_is_what_its_list_says(town):
    answer = take('admin')
    expect(answer.status == 200 and answer.headers['content-type'] == 'application/zip', answer.status)
    expect('arkivrapport.zip' in answer.headers['content-disposition'] and answer.headers['cache-control'] == 'no-store')
    made['file'] = answer.body
    parts = zipfile.ZipFile(io.BytesIO(answer.body))
    expect(parts.testzip() is None)
    made['parts'] = {name: parts.read(name) for name in parts.namelist()}
    listed = dict(reversed(line.split('  ')) for line in made['parts']['sha256.txt'].decode().splitlines())
    expect(set(listed) == set(made['parts']) - {'sha256.txt', 'signatur.txt'}, listed)
    for name, told in listed.items():
        expect(hashlib.sha256(made['parts'][name]).hexdigest() == told, name)


@fact
def its_data_hold_the_child_the_people_the_consents_and_every_version(town):
    data = json.loads(made['parts']['data.json'])
    kinds = [entry['values']['kind'] for entry in data['entries']]
    expect(data['format'] == 'stafettlogg-report-1' and 'child' in kinds and len(kinds) > 3, kinds)
    child = next(entry for entry in data['entries'] if entry['values']['kind'] == 'child')
    expect(re.fullmatch(r'\d{11}', child['values']['national_id']), 'the number too')
    expect({'relay_holder', 'guardian'} <= {person['role'] for person in data['people']}, data['people'])
    expect(data['consents'] and data['log']['state'] == 'passive', data['log'])
    made['child'] = child['values']['name'], child['values']['national_id']


@fact
def its_message_to_an_archive_is_valid_by_the_official_schema(town):
    schemas = os.environ.get('ARKIVMELDING_SCHEMAS')
    if not schemas:
        print('# SKIP: ARKIVMELDING_SCHEMAS names no folder; nothing was shown')
        return
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, 'arkivmelding.xml')
        path.write_bytes(made['parts']['arkivmelding.xml'])
        done = subprocess.run(['xmllint', '--nonet', '--noout', '--schema', pathlib.Path(schemas, SCHEMA), path], capture_output=True,
                              text=True, check=False)
    expect(done.returncode == 0, done.stderr)


@fact
def anybody_checks_it_offline_and_a_changed_part_is_named(town):
    signs = town.stack.keyd_status()['public-key']
    done = verify(town, made['file'], '--key', signs)
    expect(done.returncode == 0 and 'every part is what was signed' in done.stdout, done)
    expect(made['child'][0] not in done.stdout and made['child'][1] not in done.stdout, 'of whom it is is not told')
    expect(verify(town, made['file'], '--key', '00' * 32).returncode == 9, 'another installation')
    expect(verify(town, made['file']).returncode == 100, 'the key is not asked of the file')
    for at in range(0, len(made['file']), max(1, len(made['file']) // 60)):
        changed = bytearray(made['file'])
        changed[at] ^= 1
        done = verify(town, bytes(changed), '--key', signs)
        expect(done.returncode in (3, 9), at, done)


@fact
def each_download_stands_in_the_list_of_who_has_seen_the_log(town):
    take('manager')
    page = made['admin'].open(f'{made["log"]}/sett?grunn=supervision')
    expect(page.text.lower().count('lastet ned arkivrapporten') >= 2, page)


@fact
def what_is_stored_of_it_is_sealed(town):
    for path in pathlib.Path(town.stack.data).rglob('*'):
        if path.is_file():
            raw = path.read_bytes()
            for word in (*made['child'], '%PDF-', 'stafettlogg-report-1'):
                expect(word.encode() not in raw, path.name, word)


@fact
def something_new_in_the_log_asks_for_a_new_report_which_takes_the_place_of_the_old(town):
    form = made['admin'].open(f'{made["log"]}/handling/passive_prolong').form('passive_prolong')
    expect(made['admin'].send(form, reason='Saken ankes.').status == 303)
    expect('Noe er skrevet eller endret' in page_of('admin').text, 'it is older than the log')
    form = made['admin'].open(f'{made["log"]}/handling/archive_report_make').form('archive_report_make')
    expect(made['admin'].send(form, language='2').status == 303)
    page = page_of('admin')
    expect('Noe er skrevet' not in page.text and 'Klar Fjord' in page.text, page)
    expect(town.count('report') == 1, 'one at a time')
    data = json.loads(zipfile.ZipFile(io.BytesIO(take('admin').body)).read('data.json'))
    expect(data['made']['language'] == 'nn' and data['made']['role'] == 'municipality_admin', data['made'])


@fact
def a_program_makes_one_too(town):
    api = Api(town, made['manager'])
    log = made['log'].rsplit('/', 1)[-1]
    answer = api.send('POST', f'/api/v1/logs/{log}/acts/archive_report_make', {'language': '1'})
    expect(answer.status in (200, 201), answer.document)
    told = api.open(f'/api/v1/logs/{log}/reports?reason=archive_decision')['reports']
    expect(len(told) == 1 and told[0]['is_new'] and told[0]['sha256'] == hashlib.sha256(take('manager').body).hexdigest(), told)
    expect(Api(town, made['admin']).open('/api/v1/archive-reports')['reports'] == [] and town.count('report') == 1)


@fact
def a_restricted_log_gives_it_to_the_same_and_no_reports_of_deleted_logs_are_listed_yet(town):
    form = made['admin'].open(f'{made["log"]}/handling/restrict').form('restrict')
    expect(made['admin'].send(form, asked_by='2', reason='Vi undersøker saken.').status == 303)
    expect(take('admin').status == 200 and take('manager').status == 200)
    lines = town.count('audit')
    page = made['admin'].open('/rapporter')
    expect(town.count('audit') == lines + 1, 'a list is one line')
    expect('Det er ingen rapporter om slettede logger.' in page.text, page)
    for who in ('guardian', 'holder', 'manager'):
        expect(made[who].get('/rapporter').status == 404, who)


@fact
def part_of_it_that_was_changed_in_the_database_is_not_handed_out_and_the_rest_stands(town):
    database = sqlite3.connect(town.database(), timeout=20)
    sealed = database.execute('SELECT sealed FROM report_part WHERE part=0 AND report=(SELECT id FROM report)').fetchone()[0]
    changed = bytearray(sealed)
    changed[len(changed) // 2] ^= 1
    database.execute('UPDATE report_part SET sealed=? WHERE part=0 AND report=(SELECT id FROM report)', (bytes(changed),))
    database.commit()
    expect(take('admin').status == 503)
    database.execute('UPDATE report_part SET sealed=? WHERE part=0 AND report=(SELECT id FROM report)', (sealed,))
    database.commit()
    database.close()
    answer = take('admin')
    expect(answer.status == 200, answer)
    expect(town.verify() == '', town.verify())


@fact
def a_log_that_is_archived_by_its_report_is_ordered_only_with_one_that_is_as_new_as_the_log(town):
    log = town.log('modig')
    expect(sends(made['holder'], log, 'log_close', reason='1').status == 303)
    page = decides(made['admin'], log, archive='1', ground='')
    expect(page.status == 422 and 'archive' in page.errors and 'Lag en først' in page.text, 'there is none')
    expect(sends(made['manager'], log, 'archive_report_make', language='1').status == 303)
    expect(decides(made['admin'], log, archive='1', ground='1').status == 422, 'it needs no ground')
    expect(decides(made['admin'], log, archive='1', ground='').status == 303)
    expect(sends(made['admin'], log, 'passive_prolong', reason='Vi venter litt.').status == 303)
    expect(orders(made['admin'], log).status == 404, 'something was written since')
    page = decides(made['admin'], log, archive='1', ground='')
    expect(page.status == 422 and 'archive' in page.errors, 'and the report is older than that')
    expect(sends(made['manager'], log, 'archive_report_make', language='1').status == 303)
    expect(decides(made['admin'], log, archive='1', ground='').status == 303)
    page = made['admin'].follow(orders(made['admin'], log))
    expect('Arkiveres: arkivrapporten er laget' in page.text, page)
    made['ordered'] = log


@fact
def from_the_order_on_the_manager_takes_it_no_more_and_the_administrator_does(town):
    log = made['ordered']
    expect(made['manager'].get(f'{log}/rapport?grunn=archive_decision').status in (403, 404))
    page = made['admin'].get(f'{log}/rapport?grunn=archive_decision')
    expect(page.status == 200 and made['admin'].send(page.form('/rapport')).status == 200, page)
    expect(made['admin'].get(f'{log}/handling/archive_report_make').status == 404, 'nor is another made')
    expect(approves(made['manager'], log).status == 303)
    expect(made['admin'].send(page.form('/rapport')).status in (200, 303, 409), 'until the purge')
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main()
