#!/usr/bin/env python3
"""api.py - the same job as on the pages, done by a program: who may not, the whole job, what is sent twice.

Every answer is held to what `stafettlogg openapi` prints (documents.py). What a program can send wrongly: api_input.py.
"""
import json
import sqlite3
import threading

from documents import Api, Description, good_document, iso
from scenario import NORDVAER, SORVAER, entries_of, expect, fact, headers_of, main

NUMBER = '27891653005'
CHILD = 11   # kind of the child's entry in the database
ABSENT = '/api/v1/logs/' + 'ab' * 16
NOTE = {'note_kind': '1', 'text': 'Skrevet av et program.'}
made = {}


def same(one, other):
    """Not a byte and not a header apart."""
    return (one.status, headers_of(one), one.body) == (other.status, headers_of(other), other.body)


def api_log(town, key, number=NORDVAER):
    return '/api/v1' + town.log(key, number).replace('/logg/', '/logs/')


def ask_all(api, log, entry):
    """Every address of a log, read and written well, as this person gets it."""
    asked = [api.get(log + rest) for rest in ('', '?reason=complaint', '/seen', '/seen?before=9', f'/entries/{entry}')]
    for method, path, schema in api.description.bodies():
        if '{log}' not in path:
            continue
        versioned = '{entry}' in path
        path = path.replace('/api/v1/logs/{log}', log).replace('{entry}', entry).replace('{participant}', entry)
        document = good_document(schema, (entry, entry))
        asked.append(api.send(method, path, document, version=1 if versioned else None))
        asked.append(api.send(method, path, {}, version=1 if versioned else None))
        if versioned:
            asked.append(api.send(method, path, document))
            asked.append(api.send(method, path, document, version=7))
    return asked


# ---- those who may not ----

@fact
def without_a_session_every_address_says_sign_in(town):
    made['holder'] = Api(town, town.signed_in('Klok Elv'))
    made['log'] = api_log(town, 'modig')
    made['entry'] = made['holder'].open(made['log'])['entries'][0]['id']
    visitor, before = Api(town, town.visitor()), town.counts()
    answers = [visitor.get(path) for path in
               ('/api/v1/session', '/api/v1/logs', made['log'], ABSENT, made['log'] + '/seen',
                f'{made["log"]}/entries/{made["entry"]}')]
    token = made['holder'].token()
    answers += [visitor.send('POST', made['log'] + '/entries/note', NOTE, token=token),
                visitor.send('PUT', f'{made["log"]}/entries/{made["entry"]}/note', NOTE, version=1, token=token),
                visitor.send('POST', f'{made["log"]}/entries/{made["entry"]}/removal', {'reason': 'x'}, version=1, token=token)]
    for answer in answers:
        expect(answer.status == 401 and answer.headers['www-authenticate'] and same(answer, answers[0]), answer.document)
    expect(town.counts() == before, 'nothing is written')


@fact
def a_session_without_a_role_is_told_so_and_reads_nothing(town):
    browser = town.visitor()
    browser.sign_in_demo(NORDVAER, town.nordvaer.person('Mild Eng'))
    api = Api(town, browser)
    session = api.open('/api/v1/session')
    expect('role' not in session and session['number'] == NORDVAER, session)
    expect(api.get('/api/v1/logs').status == 401 and api.get(made['log']).status == 401, 'no role, no log')


@fact
def what_is_no_address_is_not_found_whatever_is_sent(town):
    api, log, entry = made['holder'], made['log'], made['entry']
    for path in ('/api/', '/api/v1', '/api/v1/', '/api/v2/logs', '/api/v1/logs/', log + '/', log[:-1],
                 log[:-32] + log[-32:].upper(), log + '/entries', f'{log}/entries/{entry[:-1]}',
                 f'{log}/entries/{entry}/', f'{log}/entries/{entry}/note', f'{log}/entries/note'):
        answer = api.get(path)
        expect(answer.status == 404, path, answer.document)
    for path in (f'{log}/entries/child', f'{log}/entries/consent', f'{log}/entries/header', f'{log}/entries/NOTE',
                 f'{log}/entries/removal', log, '/api/v1/logs', '/api/v1/session', f'{log}/seen', f'{log}/entries/{entry}',
                 f'{log}/entries/{entry}/note'):
        answer = api.send('POST', path, NOTE, version=1)
        expect(answer.status == 404, path, answer.document)
    for path in (f'{log}/entries/{entry}', f'{log}/entries/{entry}/child', f'{log}/entries/{entry}/removal',
                 f'{log}/entries/note', log):
        answer = api.send('PUT', path, NOTE, version=1)
        expect(answer.status == 404, path, answer.document)
    for method in ('PATCH', 'DELETE'):
        for path in (log, f'{log}/entries/{entry}', f'{log}/entries/{entry}/note'):
            expect(api.send(method, path, NOTE, version=1).status == 404, method, path)
    for path in ('/mine', town.log('modig'), town.log('modig') + '/ny/note'):
        for method in ('PUT', 'PATCH', 'DELETE'):
            page = api.browser.ask(method, path, b'{}', {'Origin': town.stack.origin, 'Content-Type': 'application/json'})
            expect(page.status == 404, method, path, page)


@fact
def a_person_without_relation_cannot_tell_whether_a_log_exists(town):
    town.rests()
    before, audited = town.counts(), []
    for name in ('Fersk Snø', 'Fjern Topp', 'Rolig Vind', 'Skjør Regnbue', 'Trygg Havn'):
        stranger = Api(town, town.signed_in(name))
        lines = [town.count('audit')]
        there = ask_all(stranger, made['log'], made['entry'])
        lines.append(town.count('audit'))
        absent = ask_all(stranger, ABSENT, 'cd' * 16)
        lines.append(town.count('audit'))
        audited.append((lines[1] - lines[0], lines[2] - lines[1]))
        for one, other in zip(there, absent):
            expect(same(one, other) and one.status in (404, 422, 428), name, one.path, one.body, other.body)
        expect(sum(one.status == 404 for one in there) > 20, [one.status for one in there])
    expect(all(one == other > 0 for one, other in audited), 'as many lines', audited)
    expect(town.counts() == before, 'nothing is written')


@fact
def an_entry_of_another_log_is_as_absent_as_any(town):
    here = api_log(town, 'blid')
    for one, other in zip(ask_all(made['holder'], here, made['entry'])[4:5], ask_all(made['holder'], here, 'cd' * 16)[4:5]):
        expect(one.status == 404 and same(one, other), one.document, other.document)
    before = town.counts()
    for method, rest, document in (('PUT', 'goal', {'text': 'Feil sted'}), ('POST', 'removal', {'reason': 'Feil sted'})):
        one, other = (made['holder'].send(method, f'{here}/entries/{entry}/{rest}', document, version=1)
                      for entry in (made['entry'], 'cd' * 16))
        expect(one.status == 404 and same(one, other), one.document)
    expect(town.counts() == before, 'nothing is written')


@fact
def a_log_of_another_municipality_is_as_absent_as_any(town):
    theirs = api_log(town, 'blid', SORVAER)
    there = Api(town, town.signed_in('Klok Elv', number=SORVAER))
    entry = there.open(theirs)['entries'][0]['id']
    before = town.counts(SORVAER), town.counts(), town.count('audit', SORVAER)
    for name in ('Klok Elv', 'Fersk Snø', 'Klar Fjord'):
        api = Api(town, town.signed_in(name))
        for one, other in zip(ask_all(api, theirs, entry), ask_all(api, ABSENT, 'cd' * 16)):
            expect(same(one, other) and one.status in (404, 422, 428), name, one.path, one.body, other.body)
    answer = made['holder'].send('POST', made['log'] + '/entries/note', NOTE, token=there.token())
    expect(answer.status == 403, answer.document)
    people = there.open(theirs)['people'][0]['participant']
    measure = {'category': '11', 'arena': '3', 'description': 'x', 'responsible': [people], 'deadline': iso(3), 'state': '1'}
    for kind, document in (('goal', {'text': 'x', 'attention': entry}), ('measure', measure)):
        answer = made['holder'].send('POST', f'{made["log"]}/entries/{kind}', document)
        expect(answer.status == 422 and answer.document['errors'][0]['code'] == 'bad_reference', answer.document)
    expect((town.counts(SORVAER), town.counts(), town.count('audit', SORVAER)) == (before[0], before[1], before[2] + 1),
           'nothing is written on either side; their own reading stands there')


@fact
def a_guardian_and_an_actor_write_what_they_may_and_nothing_else(town):
    before = town.counts()
    for name, log in (('Lys Lerke', made['log']), ('Rolig Vind', api_log(town, 'blid'))):
        api = Api(town, town.signed_in(name))
        may = api.open(log)['may_write']
        expect('note' in may and 'level' not in may, may)
        people = api.open(log)['people'][0]['participant']
        for method, path, schema in api.description.entries():
            kind = path.rsplit('/', 1)[-1]
            if kind not in may:
                answer = api.send(method, path.replace('/api/v1/logs/{log}', log), good_document(schema, (people, made['entry'])))
                expect(answer.status == 403 and answer.document['title'] == 'Dette ble ikke lagret', name, kind, answer.document)
    expect(town.counts() == before, 'nothing is written')


# ---- the whole job ----

@fact
def the_holder_finds_the_log_and_reads_what_the_page_shows(town):
    logs = made['holder'].open('/api/v1/logs')['logs']
    line = next(line for line in logs if line['id'] == made['log'].rsplit('/', 1)[-1])
    expect(line['child_name'] == 'Modig Lerke' and line['relation'] == 'relay_holder' and not line['stub'], line)
    answer = made['holder'].get(made['log'])
    log, page = answer.document, made['holder'].browser.open(town.log('modig'))
    expect(log['child']['name'] == 'Modig Lerke' and 'national_id' not in log['child'], log['child'])
    expect(NUMBER.encode() not in answer.body, 'the number is an act of its own')
    correctable = {entry['id'] for entry in log['entries'] if 'correct' in entry['may'] and entry['kind'] != 'level'}
    expect(set(entries_of(page)) >= correctable, log)
    for person in log['people']:
        expect('to' in person or person['name'] in page.text, person)
    made['people'] = [person['participant'] for person in log['people'] if 'to' not in person]


@fact
def every_kind_that_can_be_written_is_written_and_stands_in_the_log(town):
    made['made'] = {}
    ids = [made['people'][0], None]
    kinds = made['holder'].open(made['log'])['may_write']
    described = {path.rsplit('/', 1)[-1] for _, path, _ in made['holder'].description.entries()}
    expect(set(kinds) == described, kinds)
    for kind in kinds:
        schema = made['holder'].description.schemas[kind]
        document = {'kind': kind, **good_document(schema, ids)}
        entry = made['holder'].write(f'{made["log"]}/entries/{kind}', document)
        made['made'][kind] = entry
        if kind == 'measure':
            ids[1] = entry
        stands = next(one for one in made['holder'].open(made['log'])['entries'] if one['id'] == entry)
        expect(stands['values'] == document and stands['version'] == 1 and stands['author']['name'] == 'Klok Elv', stands, document)
    expect(town.counts()['entry'] > len(kinds), 'stored')


@fact
def the_longest_words_stand_as_they_were_written(town):
    text = ('Æøå «sitat» <b>&amp;</b> {{navn}} %s $(id) \' " \\ \u2013 \U0001F600 \u2028 ' * 60)[:2000].strip()
    entry = made['holder'].write(made['log'] + '/entries/note', {'note_kind': '3', 'text': text})
    versions = made['holder'].open(f'{made["log"]}/entries/{entry}')['versions']
    expect(versions[0]['values']['text'] == text.replace('\u2028', '\n'), 'a separator of lines is a line break')
    page = made['holder'].browser.open(town.log('modig'))
    expect(' '.join(text.split()) in page.text and b'<b>&amp;</b>' not in page.body, 'the page shows the same')


@fact
def what_was_given_can_be_changed_and_sent_back(town):
    path = f'{made["log"]}/entries/{made["made"]["goal"]}'
    answer = made['holder'].get(path)
    expect(answer.headers['etag'] == '"1"', answer.headers)
    values = answer.document['versions'][0]['values']
    values['target_date'] = iso(40)
    changed = made['holder'].send('PUT', path + '/goal', values, version=1)
    expect(changed.status == 200 and changed.headers['location'] == path, changed.document)
    answer = made['holder'].get(path, {'Accept-Encoding': 'gzip'})
    expect(answer.headers['etag'] == '"2"' and [one['version'] for one in answer.document['versions']] == [2, 1], answer.document)
    expect('target_date' not in answer.document['versions'][1]['values'], 'the first version stands')


@fact
def a_change_says_which_version_it_changes(town):
    path, before = f'{made["log"]}/entries/{made["made"]["goal"]}', town.counts()
    for method, rest, document in (('PUT', '/goal', {'text': 'x'}), ('POST', '/removal', {'reason': 'x'})):
        answer = made['holder'].send(method, path + rest, document)
        expect(answer.status == 428, answer.document)
        for tag in ('2', '*', 'W/"2"', '"2", "3"', '""', '"0"', '"-1"', '"x"', '"4294967296"', '"' + '9' * 40 + '"', '"2', '"'):
            answer = made['holder'].send(method, path + rest, document, headers={'If-Match': tag})
            expect(answer.status == 400, tag, answer.document)
        for version in (1, 3, 4294967295):
            answer = made['holder'].send(method, path + rest, document, version=version)
            expect(answer.status == 412 and answer.document['newest']['version'] == 2, answer.document)
            expect(answer.document['newest']['values']['target_date'] == iso(40), answer.document)
    answer = made['holder'].send('PUT', path + '/level', {'level': '1', 'reason': 'x', 'date': iso()}, version=2)
    expect(answer.status == 422, 'not an entry of that kind', answer.document)
    expect(town.counts() == before, 'nothing is written')


@fact
def a_removed_entry_leaves_its_reason_and_its_history(town):
    path = f'{made["log"]}/entries/{made["made"]["resource"]}'
    answer = made['holder'].send('POST', path + '/removal', {'reason': 'Gjaldt et annet barn.'}, version=1)
    expect(answer.status == 200 and answer.headers['location'] == path, answer.document)
    stands = next(one for one in made['holder'].open(made['log'])['entries'] if one['id'] == made['made']['resource'])
    expect(stands['removed'] and stands['reason'] == 'Gjaldt et annet barn.' and 'values' not in stands and not stands['may'], stands)
    expect(made['holder'].open(path)['versions'][1]['values']['title'] == 'Skrevet av et program.', 'what stood there')
    resource = {'title': 'x', 'link': 'https://x.example'}
    for method, rest, document in (('PUT', '/resource', resource), ('POST', '/removal', {'reason': 'x'})):
        answer = made['holder'].send(method, path + rest, document, version=2)
        expect(answer.status == 412 and answer.document['newest']['removed'], answer.document)


def child_of(town):
    """Id and newest version of the child's entry, which no list tells: the database knows it."""
    database = sqlite3.connect(f'file:{town.database()}?mode=ro', uri=True, timeout=10)
    try:
        log = bytes.fromhex(made['log'].rsplit('/', 1)[-1])
        rows = database.execute('SELECT entry, kind, version FROM entry WHERE log_no = (SELECT no FROM log WHERE id = ?)',
                                (log,)).fetchall()
    finally:
        database.close()
    return [(entry.hex(), version) for entry, kind, version in rows if kind == CHILD][-1]


@fact
def the_child_is_neither_corrected_nor_removed_here(town):
    child, version = child_of(town)
    path, before = f'{made["log"]}/entries/{child}', town.counts()
    answer = made['holder'].send('POST', path + '/removal', {'reason': 'x'}, version=version)
    expect(answer.status == 422, answer.document)
    answer = made['holder'].send('PUT', path + '/note', NOTE, version=version)
    expect(answer.status == 422, answer.document)
    answer = made['holder'].get(path)
    expect(answer.status == 200 and NUMBER.encode() not in answer.body and 'national_id' not in answer.body.decode(), answer.body)
    expect(town.counts() == before, 'nothing is written')


@fact
def a_guardian_reads_the_same_and_sees_who_has_been_there(town):
    guardian = Api(town, town.signed_in('Lys Lerke'))
    log = guardian.open(made['log'])
    theirs = made['holder'].open(made['log'])
    expect([entry['id'] for entry in log['entries']] == [entry['id'] for entry in theirs['entries']], 'the same log')
    note = guardian.write(made['log'] + '/entries/note', {'note_kind': '3', 'text': 'Fra foresatt.'})
    expect('Fra foresatt.' in made['holder'].browser.open(town.log('modig')).text, 'on the page of the holder')
    answer = guardian.send('PUT', f'{made["log"]}/entries/{note}/note', {'note_kind': '3', 'text': 'Fra foresatt, rettet.'}, version=1)
    expect(answer.status == 200, answer.document)
    answer = guardian.send('PUT', f'{made["log"]}/entries/{made["made"]["note"]}/note', NOTE, version=1)
    expect(answer.status == 403 and 'som har skrevet det' in answer.document['detail'], 'not their own', answer.document)
    seen = guardian.open(made['log'] + '/seen')
    first = seen['seen'][0]
    expect('access_list_read' in first['acts'] and first['name'] == 'Lys Lerke', first)
    expect('before' not in seen and len(seen['seen']) > 1, 'all of it on one page', seen)
    expect(guardian.open(f'{made["log"]}/seen?before=1')['seen'] == [], 'nothing is older than the first line')
    for line in ('0', '-1', 'x', '9' * 30, ''):
        expect(guardian.get(f'{made["log"]}/seen?before={line}').status == (400 if line else 200), line)


@fact
def an_administrator_gives_a_reason_before_the_log_opens(town):
    admin = Api(town, town.signed_in('Klar Fjord'))
    for query in ('', '?reason=', '?reason=nysgjerrighet', '?reason=holder_replacement%00'[:24]):
        answer = admin.get(made['log'] + query)
        expect(answer.status == 422 and answer.document['errors'][0]['field'] == 'reason', query, answer.document)
    log = admin.open(made['log'] + '?reason=complaint')
    expect(log['child']['name'] == 'Modig Lerke' and not log['may_write'], log['may_write'])
    answer = admin.send('POST', made['log'] + '/entries/note', NOTE)
    expect(answer.status == 403, 'who reads the log is told why', answer.document)
    seen = made['holder'].open(made['log'] + '/seen')['seen']
    expect(any(line.get('reason') == 'complaint' and line['role'] == 'municipality_admin' for line in seen), seen[:5])


# ---- sent twice ----

@fact
def a_change_sent_twice_is_carried_out_once_and_gets_its_first_answer(town):
    token, before, path = made['holder'].token(), town.counts()['entry'], made['log'] + '/entries/note'
    first = made['holder'].send('POST', path, NOTE, token=token)
    expect(first.status == 201, first.document)
    again = made['holder'].send('POST', path, NOTE, token=token)
    expect(same(first, again), first.document, again.document)
    again = made['holder'].send('POST', path, {**NOTE, 'text': 'En annen tekst.'}, token=token)
    expect(again.status == 409 and 'annet innhold' in again.document['detail'], 'another content is another change', again.document)
    expect(town.counts()['entry'] == before + 1, 'one entry')
    entry, token = first.headers['location'], made['holder'].token()
    first = made['holder'].send('PUT', entry + '/note', {**NOTE, 'text': 'Rettet.'}, version=1, token=token)
    again = made['holder'].send('PUT', entry + '/note', {**NOTE, 'text': 'Rettet.'}, version=1, token=token)
    expect(first.status == 200 and same(first, again), first.document, again.document)
    expect(made['holder'].open(entry)['versions'][0]['version'] == 2, 'corrected once')
    token = made['holder'].token()
    first, again = (made['holder'].send('POST', entry + '/removal', {'reason': 'Feil logg.'}, version=2, token=token) for _ in range(2))
    expect(first.status == 200 and same(first, again), first.document, again.document)


@fact
def a_change_sent_at_once_from_ten_threads_is_carried_out_once(town):
    token, before, answers = made['holder'].token(), town.counts()['entry'], []

    def send():
        answers.append(made['holder'].send('POST', made['log'] + '/entries/note', NOTE, token=token))

    threads = [threading.Thread(target=send) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expect({answer.status for answer in answers} <= {201, 409}, [answer.status for answer in answers])
    expect(len({answer.headers['location'] for answer in answers if answer.status == 201}) == 1, 'one address')
    expect(town.counts()['entry'] == before + 1, 'one entry')


@fact
def a_refused_change_may_be_mended_and_sent_again_with_its_token(town):
    token, path = made['holder'].token(), made['log'] + '/entries/note'
    expect(made['holder'].send('POST', path, {'note_kind': '1'}, token=token).status == 422, 'nothing written')
    expect(made['holder'].send('POST', path, NOTE, token=token).status == 201, 'mended')


@fact
def a_token_that_a_page_has_used_up_is_no_use_here(town):
    form = made['holder'].browser.open(town.log('modig')).form('/ny/note')
    made['holder'].browser.save(form, text='Med skjemaet.')
    before = town.counts()
    answer = made['holder'].send('POST', made['log'] + '/entries/note', NOTE, token=form['form_token'].value)
    expect(answer.status == 409 and town.counts() == before, answer.document)


# ---- who takes part ----

def role_to_let_in(log):
    form = made['holder'].browser.open(log + '/deltakere').form('/deltakere')
    return next(value for value, _ in form['role_row'].options if value)


@fact
def an_actor_is_let_in_and_out_by_the_same_rules_as_on_the_page(town):
    path = made['log']
    role = role_to_let_in(path.replace('/api/v1/logs/', '/logg/'))
    for name in ('Bred Ås', 'Klar Fjord'):
        answer = Api(town, town.signed_in(name)).send('POST', path + '/people', {'role': role})
        expect(answer.status in (403, 404), name, answer.document)
    for wrong in ('ab' * 16, 'x'):
        expect(made['holder'].send('POST', path + '/people', {'role': wrong}).status == 422, wrong)
    before = {person['participant'] for person in made['holder'].open(path)['people']}
    added = made['holder'].send('POST', path + '/people', {'role': role})
    expect(added.status == 200, added.document)
    (actor,) = {person['participant'] for person in made['holder'].open(path)['people']} - before
    expect(made['holder'].send('POST', f'{path}/people/{"ab" * 16}/end', {}).status == 404)
    expect(made['holder'].send('POST', f'{path}/people/{actor}/end', {}).status == 200)
    expect(made['holder'].send('POST', f'{path}/people/{actor}/end', {}).status == 409, 'it has ended')
    (left,) = [person for person in made['holder'].open(path)['people'] if person['participant'] == actor]
    expect('to' in left, left)


@fact
def a_guardian_gets_a_new_code_and_leaves_and_the_log_that_rests_on_them_is_closed(town):
    path = api_log(town, 'kvikk')
    people = made['holder'].open(path)['people']
    guardian = next(person['participant'] for person in people if person['role'] == 'guardian' and 'to' not in person)
    holder = next(person['participant'] for person in people if person['role'] == 'relay_holder')
    code = made['holder'].send('POST', f'{path}/people/{guardian}/code', {})
    expect(code.status == 200 and len(code.document['code']) > 20, code.document)
    expect(made['holder'].send('POST', f'{path}/people/{holder}/code', {}).status == 404, 'none of the family')
    expect(made['holder'].send('POST', f'{path}/guardians/{holder}/end', {}).status == 404, 'no guardian')
    expect(made['holder'].send('POST', f'{path}/guardians/{guardian}/end', {}).status == 200)
    expect(made['holder'].get(path).status == 404, 'the holder sees no more of it')
    expect(town.verify() == '', town.verify())


# ---- at the end ----

@fact
def the_printed_description_is_that_of_the_sources(town):
    with open('docs/openapi.json', encoding='utf-8') as file:
        expect(json.load(file) == Description(town).whole, 'docs/openapi.json')


@fact
def all_that_was_written_is_as_it_was_sealed(town):
    expect(not town.verify(), town.verify())


@fact
def a_sealed_agent_makes_calm_problems(town):
    token, before = made['holder'].token(), town.counts()
    town.stack.kill('keyd')
    for answer in (made['holder'].get(made['log']), made['holder'].get('/api/v1/logs'),
                   made['holder'].send('POST', made['log'] + '/entries/note', NOTE, token=token)):
        expect(answer.status == 503 and answer.headers['retry-after'], answer.headers)
        expect('Ingenting er tapt' in answer.document['detail'], answer.document)
    expect(town.counts() == before, 'nothing is half written')


if __name__ == '__main__':
    main(numbers=(NORDVAER, SORVAER))
