#!/usr/bin/env python3
"""purge.py - a log that was ordered and approved is purged: nobody finds it, no byte of it lies in a file, and its certificate stands anywhere.

The bytes that are looked for are those which the database has of it, sealed: what was typed lies in no file at any time."""
import datetime
import json
import os
import pathlib

from documents import Api
from ending import approves, decides, orders, sends
from hand import Hand
from scenario import expect, fact, main
from young import act

made = {}
DELETED = 4   # domain/states.h


def people(town):
    for key, name in (('holder', 'Klok Elv'), ('manager', 'Bred Ås'), ('admin', 'Klar Fjord'), ('guardian', 'Lys Lerke')):
        made[key] = town.signed_in(name)


def rows(town, table, where='1=1'):
    made.setdefault('hand', Hand(town))
    return made['hand'].rows(table, where)


def advance(town, how_far):
    town.stack.command('clock', *town.stack.place, 'advance', how_far)


def runs(town):
    return town.stack.command('jobs', *town.stack.place, 'run', 'deletion')


def raw(town):
    """Every byte of the installation's files, and of the database where it stands elsewhere."""
    found = []
    for folder in [town.stack.folder] + ([town.stack.postgres.folder] if getattr(town.stack, 'postgres', None) else []):
        for path in pathlib.Path(folder).rglob('*'):
            if path.is_file() and not path.is_symlink() and path != town.stack.program and 'assets' not in path.parts:
                try:
                    found.append((str(path), path.read_bytes()))
                except OSError:
                    pass
    return found


def lies_in(town, pieces):
    return [path for path, content in raw(town) for piece in pieces if piece in content]


@fact
def what_was_typed_lies_in_no_file_and_what_is_sealed_of_it_does(town):
    people(town)
    made['log'] = town.log('modig')
    made['row'] = rows(town, 'log', f"id={{{made['log'].split('/')[-1]}}}")[0]
    no = made['row']['no']
    made['sealed'] = [bytes.fromhex(row['sealed'].strip('{}'))[-40:]
                      for table in ('entry', 'participant', 'consent') for row in rows(town, table, f'log_no={no}')]
    made['sealed'] += [bytes.fromhex(row['wrapped'].strip('{}')) for row in rows(town, 'scope_key', f"scope={made['row']['id']}")]
    made['people'] = [row['person'] for row in rows(town, 'participant', f'log_no={no} AND role=5')]
    expect(len(made['sealed']) > 4 and made['people'], made)
    expect(lies_in(town, made['sealed']), 'the search finds what is there')
    expect(not lies_in(town, ['Modig'.encode()]), 'what was typed is sealed')


@fact
def it_is_ordered_approved_and_purged_and_not_before_it_is_approved(town):
    expect(sends(made['holder'], made['log'], 'log_close', reason='1').status == 303)
    expect(decides(made['admin'], made['log']).status == 303)
    expect(orders(made['admin'], made['log']).status == 303)
    runs(town)
    expect(rows(town, 'log', f"id={made['row']['id']}")[0]['state'] == '3', 'it is not approved')
    expect(approves(made['manager'], made['log']).status == 303)
    runs(town)
    row = rows(town, 'log', f"id={made['row']['id']}")[0]
    order = rows(town, 'deletion')[0]
    expect(row['state'] == str(DELETED) and int(order['purged_at']) >= int(order['purge_at']) >= int(order['approved_at']) > 0, row, order)
    expect(int(order['purged_at']) - int(order['approved_at']) <= 24 * 3600 * 1000)


@fact
def nothing_of_it_is_left_but_its_number_and_its_unit(town):
    no = made['row']['no']
    for table in ('entry', 'participant', 'consent', 'consent_unit', 'document', 'draft'):
        expect(rows(town, table, f'log_no={no}') == [], table)
    for table, where in (('scope_key', f"scope={made['row']['id']}"), ('inbox', f"object={made['row']['id']}"),
                         ('blind_request', f"log={made['row']['id']}"), ('invitation', f"log={made['row']['id']}")):
        expect(rows(town, table, where) == [], table)
    row = rows(town, 'log', f"id={made['row']['id']}")[0]
    expect(row['unit'] == made['row']['unit'] and set(row['holder'].strip('{}')) == {'0'} and row['header'].strip('{}') == '', row)


@fact
def nobody_finds_it_any_more_and_it_is_absent_and_not_forbidden(town):
    people_left = [name for name in ('holder', 'manager', 'admin')]
    absent = made['admin'].get('/logg/99999998')
    for name in people_left:
        for path in ('', '/sett', '/kopi', '/handling/deletion_stop', '/handling/log_reopen'):
            page = made[name].get(made['log'] + path)
            led = (name, path) == ('admin', '') and page.status == 303 and page.location == made['log'] + '/attest'
            expect(page.status == 404 or led or ((name, path) == ('admin', '/sett') and 'Lys Lerke' not in page.text), name, path, page.status)
        expect(made['row']['display'] not in made[name].follow(made[name].get('/')).text, name)
    answer = Api(town, made['admin']).get(made['log'].replace('/logg/', '/api/v1/logs/') + '?reason=supervision')
    expect(answer.status in (403, 404) and absent.status == 404, answer.status)


@fact
def no_byte_of_it_lies_in_a_file_any_more(town):
    """PostgreSQL leaves sealed remnants in its log and in holes of its pages: there it is the key that is gone (unit test deletion_job)."""
    expect(not lies_in(town, ['Modig'.encode()]), 'what was typed')
    if not os.environ.get('POSTGRES'):
        expect(lies_in(town, made['sealed']) == [], lies_in(town, made['sealed']))


@fact
def the_certificate_names_no_person_and_stands_without_the_installation(town):
    row = rows(town, 'certificate')[0]
    body, signature = bytes.fromhex(row['body'].strip('{}')), row['signature'].strip('{}')
    told = json.loads(body)
    expect(told['t1'] and told['t2'] is None and told['removed']['entries'] > 0 and told['ledger'] > 0 and told['audit'] > 0, told)
    expect(told['ordered_by']['role'] == 'municipality_admin' and told['approved_by']['role'] == 'org_manager', told)
    now = datetime.datetime.now(datetime.timezone.utc)
    for name in ('ordered_at', 't0', 't1'):
        expect(abs(datetime.datetime.fromisoformat(told[name]) - now).total_seconds() < 600, name, told[name])
    expect('Modig' not in body.decode() and 'Klar' not in body.decode(), body)
    path = pathlib.Path(town.stack.folder) / 'certificate.json'
    status = town.stack.command('keyd-status', '--socket', town.stack.keyd_socket).stdout
    key = next(line.split()[1] for line in status.splitlines() if line.startswith('public-key '))
    path.write_bytes(b'{"certificate":' + body + b',"signature":"' + signature.encode() + b'"}\n')
    checked = town.stack.command('certificate', 'verify', path, '--key', key)
    expect(json.loads(checked.stdout) == told, checked)
    path.write_bytes(path.read_bytes().replace(b'"facts":%d' % told['facts'], b'"facts":%d' % (told['facts'] + 1)))
    checked = town.stack.command('certificate', 'verify', path, '--key', key, check=False)
    expect(checked.returncode != 0, checked)
    expect(town.verify() == '', town.verify())


@fact
def an_administrator_finds_it_in_the_list_and_downloads_it_signed_and_in_words_and_nobody_else_does(town):
    number = str(int(made['row']['display'])).zfill(8)
    page = made['admin'].open(made['admin'].open('/sletting').link('Slettede logger'))
    expect(number in page.text and 'Borte etter' in page.text and 'Modig' not in page.text, page)
    page = made['admin'].open(page.link(number))
    expect(f'Logg {number} er slettet' in page.text and 'Klar Fjord' in page.text and 'Bred Ås' in page.text, page)
    file = made['admin'].get(page.link('Last ned attesten som JSON'))
    expect(file.status == 200 and file.headers['content-disposition'] == 'attachment; filename="attest.json"', file.headers)
    row = rows(town, 'certificate')[0]
    expect(json.dumps(json.loads(file.body)['certificate']) == json.dumps(json.loads(bytes.fromhex(row['body'].strip('{}')))), file.body)
    path = pathlib.Path(town.stack.folder) / 'downloaded.json'
    path.write_bytes(file.body)
    key = next(line.split()[1] for line in town.stack.command('keyd-status', '--socket', town.stack.keyd_socket).stdout.splitlines()
               if line.startswith('public-key '))
    expect(town.stack.command('certificate', 'verify', path, '--key', key).returncode == 0)
    file = made['admin'].get(page.link('Last ned attesten som PDF'))
    expect(file.status == 200 and file.body.startswith(b'%PDF-') and file.headers['content-type'] == 'application/pdf', file.headers)
    for name in ('manager', 'holder'):
        for address in ('/attester', f'{made["log"]}/attest', f'{made["log"]}/attest/json', f'{made["log"]}/attest/pdf'):
            expect(made[name].get(address).status == 404, name, address)
        expect(Api(town, made[name]).get('/api/v1/certificates').status in (403, 404), name)
    listed = Api(town, made['admin']).get('/api/v1/certificates').document['certificates']
    expect([one['number'] for one in listed] == [number] and 'confirmed_at' not in listed[0], listed)


@fact
def when_the_last_backup_has_died_the_certificate_is_completed(town):
    advance(town, '29d')
    runs(town)
    expect(json.loads(bytes.fromhex(rows(town, 'certificate')[0]['body'].strip('{}')))['t2'] is None, 'too early')
    advance(town, '3d')
    runs(town)
    told = json.loads(bytes.fromhex(rows(town, 'certificate')[0]['body'].strip('{}')))
    expect(told['t2'], told)
    expect(rows(town, 'deletion')[0]['confirmed_at'] != '0')
    expect('Borte, bekreftet' in town.signed_in('Klar Fjord').open('/attester').text)
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main(mode='test', database='postgres' if os.environ.get('POSTGRES') else 'sqlite')
