#!/usr/bin/env python3
"""canary.py - planted words are searched in every byte that an installation leaves: databases, logs, nginx, open files.

After a no and after stopping there is nothing (rules: consent 1); after a created log there is nothing in the clear. Both
controls are beside it: the same search finds the same words where they are stored unsealed.
"""
import base64
import os
import re
import sqlite3
import urllib.parse

from documents import Api
from new_log import NewLog, pdf
from scenario import day, expect, fact, main
from searching import found, held_by, let_cores_be, no_cores, places, spellings

NUMBER = '06838610054'
WORDS = ('Kjerringråd Villkanin', 'Sukkerspinn Villkanin', 'Lakrisbåt Villkanin', 'Undulatgata 77', 'villkanin@kanari.example',
         NUMBER, 'Villkaninens skjema')
NOTE = 'Papegøyen snakker i søvne'
FAMILY = {'child': {'name': WORDS[0], 'birth_date': '14.05.2016', 'national_id': NUMBER, 'address': WORDS[3], 'email': WORDS[4]},
          'guardians': ({'name': WORDS[1], 'relationship': '1', 'responsibility': '1'},
                        {'name': WORDS[2], 'relationship': '2', 'responsibility': '1'})}
DOCUMENT = pdf(WORDS[6].encode() + b'x' * 2_500_000)   # more than nginx keeps in memory
# Nothing else stands in the line of a request; its id, which leads to the audit, only where the failure is ours.
LINE = re.compile(r'<6>event=request (method=[A-Z]+ )?route=(?P<route>[a-z0-9_/{}-]+) status=(?P<status>\d{3})'
                  r'( result=(?P<result>[A-Z0-9_]+)( at=(?P<at>src/[a-z_/]+\.c:\d+))? ms=\d+)?$')
made = {}


def request_lines(town):
    return [line for line in town.stack.log('serve').splitlines() if 'event=request' in line]


@fact
def the_search_looks_at_databases_their_logs_and_nginx(town):
    seen = ' '.join(place for place, _ in places(town))
    for part in ('host.db', str(town.nordvaer.id) + '.db', '-wal', 'serve.log', 'keyd.log', 'front.log', 'nginx.conf', 'key-file'):
        expect(part in seen, part, seen)


@fact
def control_words_inside_of_base64_are_found_at_each_offset(town):
    for offset in range(3):
        whole = base64.b64encode(b'abcdef'[:offset] + WORDS[0].encode() + b'xyz')
        expect(any(spelling in whole for spelling in spellings(WORDS[0])), offset)


@fact
def control_words_in_a_file_are_found_in_each_spelling(town):
    for spelling in spellings(WORDS[0]):
        path = town.stack.folder / 'front' / 'planted'
        path.write_bytes(b'\1\2' + spelling + b'\3')
        expect(found(town, WORDS[:1]), spelling)
        path.unlink()
    expect(not found(town, WORDS), 'and nothing else is found')


@fact
def control_words_in_a_file_without_a_name_are_found(town):
    path = town.stack.folder / 'unnamed'
    with open(path, 'w+b') as file:
        file.write(WORDS[0].encode())
        file.flush()
        path.unlink()
        expect(any(WORDS[0].encode() in content for _, content in held_by(os.getpid())), 'held by this process')


@fact
def control_words_in_a_database_and_in_its_write_ahead_log_are_found(town):
    path = town.stack.folder / 'control.db'
    database = sqlite3.connect(path)
    database.execute('PRAGMA journal_mode=WAL')
    database.execute('CREATE TABLE t(v)')
    database.execute('INSERT INTO t VALUES(?)', (WORDS[0],))
    database.commit()
    expect(any(place.endswith('-wal') for _, place in found(town, WORDS[:1])), found(town, WORDS[:1]))
    database.close()
    expect(found(town, WORDS[:1]) == [(WORDS[0], str(path))], found(town, WORDS[:1]))
    path.unlink()


@fact
def a_no_on_any_page_leaves_not_a_byte(town):
    made['holder'] = town.signed_in('Klok Elv')
    walk = NewLog(made['holder'])
    walk.scope()
    walk.consent(witness=WORDS[2])
    walk.consent(witness=WORDS[2], status=303, answer='0')
    expect(walk.page.location == '/ny/avbrutt', walk.page)
    walk = NewLog(made['holder'])
    walk.to_check(FAMILY, consent={'method': '1', 'witness': WORDS[2]})
    expect(WORDS[0] in walk.page.text, 'it stood in the page')
    walk.press('consent_1')
    walk.consent(status=303, answer='0')
    expect(not found(town, WORDS), found(town, WORDS))


@fact
def an_abandoned_wizard_leaves_not_a_byte(town):
    walk = NewLog(made['holder'])
    walk.to_check(FAMILY, consent={'method': '1', 'witness': WORDS[2]})
    walk.browser.send(walk.page.form('/ny/create'), files={'document': ('x.exe', 'x/y', b'MZ' + DOCUMENT)})
    expect(not found(town, WORDS), found(town, WORDS))
    walk.browser.send(walk.page.form('/ny/create'), change='stop', files={'document': (WORDS[6], 'x/y', DOCUMENT)})
    expect(not found(town, WORDS), found(town, WORDS))
    walk = NewLog(made['holder']).to_check(FAMILY)
    made['holder'].send(made['holder'].open('/mine').form('/logg-ut'))
    expect(not found(town, WORDS), found(town, WORDS))


@fact
def what_is_wrong_or_repeated_in_a_wizard_leaves_not_a_byte(town):
    made['holder'] = town.signed_in('Klok Elv')
    walk = NewLog(made['holder'])
    walk.scope()
    walk.consent()
    walk.consent()
    walk.child(status=422, name=WORDS[0], national_id=NUMBER, birth_date='31.02.2016', address=WORDS[3], email=WORDS[4])
    walk.send('/ny/child', 400, name=WORDS[0], national_id='\0' + WORDS[1])
    page = walk.browser.post('/ny/child', [('form_token', 'x'), ('name', WORDS[0]), ('ukjent', WORDS[1])])
    expect(page.status in (400, 403), page)
    page = walk.browser.get('/ny/klar?' + urllib.parse.quote(WORDS[0]))
    expect(page.status == 404, page)
    walk.browser.get('/logg/' + urllib.parse.quote(WORDS[0]), headers={'Referer': 'https://x.example/' + urllib.parse.quote(WORDS[1])})
    expect(not found(town, WORDS), found(town, WORDS))


@fact
def what_is_typed_at_sign_in_leaves_not_a_byte(town):
    browser = town.visitor()
    browser.sign_in('0301', WORDS[4], 'hemmelig ' + WORDS[0], NUMBER[:6])
    page = browser.open('/k/0301/ny')
    browser.send(page.form('/ny'), enrolment=WORDS[3])
    expect(not found(town, WORDS), found(town, WORDS))


@fact
def a_created_log_lies_sealed_to_the_last_byte(town):
    walk = NewLog(made['holder']).to_check(FAMILY, consent={'method': '1', 'witness': ''})
    walk.create(files={'document': (WORDS[6] + '.pdf', 'application/pdf', DOCUMENT)})
    log = walk.page.location.replace('/ny/klar/', '/logg/')
    codes = walk.codes()
    page = made['holder'].save(made['holder'].open(log).form('/ny/note'), text=NOTE)
    expect(WORDS[0] in page.text and NOTE in page.text, 'it can be read by those who may')
    form = made['holder'].open(log + '/ny/meeting').form('/ny/meeting')
    made['holder'].save(form, time=day(3) + ' 10.00', agenda=NOTE)
    expect(made['holder'].get(page.links('/samtykke/')[0]).body == DOCUMENT, 'the document too')
    program = Api(town, made['holder'])
    notes = log.replace('/logg/', '/api/v1/logs/') + '/entries/note'
    program.write(notes, {'note_kind': '1', 'text': NOTE})
    for wrong in ({'note_kind': NOTE, 'text': NOTE}, {NOTE: NOTE}, (NOTE + '"').encode()):
        expect(program.send('POST', notes, wrong).status in (400, 422), wrong)
    expect(not found(town, WORDS + (NOTE,)), found(town, WORDS + (NOTE,)))
    expect(codes and not found(town, list(codes.values())), 'one-time codes are kept as hashes')


@fact
def nobody_of_the_demo_lies_in_the_clear(town):
    words = [person['name'] for person in town.nordvaer.people] + [log['child'] for log in town.nordvaer.logs.values()]
    words += [person['user_name'] for person in town.nordvaer.people if person.get('user_name')]
    words += [account['password'] for account in town.nordvaer.accounts] + [account['totp_secret'] for account in town.nordvaer.accounts]
    words += ['Myser mot tavla', 'Synet er normalt', '14851651056']
    told = found(town, words, spell=lambda word: {word.encode()})
    expect(not told, told)


@fact
def each_request_leaves_one_line_that_names_its_route_and_nobody(town):
    before, log = len(request_lines(town)), town.log('modig')
    asked = [made['holder'].get(path).status for path in ('/mine', log, '/' + urllib.parse.quote(WORDS[0]), '/logg/' + '0' * 32)]
    told = [LINE.match(line) for line in request_lines(town)[before:]]
    expect([int(line['status']) for line in told] == asked, told, asked)
    expect([line['route'] for line in told] == ['/mine', '/logg/{id}', '-', '/logg/{id}'], told)
    expect(told[1]['result'] == 'OK' and told[2]['result'] == 'NOT_FOUND' and told[2]['at'].startswith('src/web/'), told)
    lines = request_lines(town)
    expect(len(lines) > 40 and all(LINE.match(line) for line in lines), [line for line in lines if not LINE.match(line)])


@fact
def the_same_holds_after_everything_is_stopped(town):
    town.stack.end('front')
    town.stack.end('serve')
    town.stack.start_serve()
    town.stack.start_front()
    expect(not found(town, WORDS + (NOTE,)), found(town, WORDS + (NOTE,)))


@fact
def no_process_may_leave_a_core(town):
    no_cores(town)


if __name__ == '__main__':
    let_cores_be()
    main()
