#!/usr/bin/env python3
"""api_input.py - everything that a program can send wrongly: headers, bodies, and every field of every document, as the
description names them. A message at the field (422), or 400 for what is not as described; never 5xx, never half a row.
"""
import json

from documents import GOES_ON, Api, good_document, mistyped_values, wrong_values
from scenario import NORDVAER, day, expect, fact, main

NOTE = {'note_kind': '1', 'text': 'Skrevet av et program.'}
made = {}


@fact
def the_holder_has_an_entry_of_every_kind(town):
    made['holder'] = Api(town, town.signed_in('Klok Elv'))
    made['log'] = town.log('modig').replace('/logg/', '/api/v1/logs/')
    log = made['holder'].open(made['log'])
    made['people'] = [person['participant'] for person in log['people'] if 'to' not in person]
    made['made'] = {}
    for kind in log['may_write']:
        document = good_document(made['holder'].description.schemas[kind], (made['people'][0], made['made'].get('measure')))
        made['made'][kind] = made['holder'].write(f'{made["log"]}/entries/{kind}', document)


# ---- what a request must carry ----

@fact
def a_change_that_does_not_come_from_our_page_is_refused(town):
    path, before = made['log'] + '/entries/note', town.counts()
    foreign = [{'Origin': origin} for origin in
               (None, 'null', '', 'https://ondt.example', f'https://localhost:{town.stack.port}.ondt.example')]
    foreign += [{'Sec-Fetch-Site': site} for site in (None, '', 'cross-site', 'same-site', 'none')]
    for headers in foreign:
        answer = made['holder'].send('POST', path, NOTE, headers=headers)
        expect(answer.status == 403, headers, answer.document)
    other = Api(town, town.signed_in('Klok Elv'))
    visitor = town.visitor().open(f'/k/{NORDVAER}').form('/demo')['form_token'].value
    for token in (None, '', 'x', 'A' * 43, 'A' * 3000, made['holder'].token()[:-1], made['holder'].token() + 'A',
                  other.token(), visitor):
        answer = made['holder'].send('POST', path, NOTE, token=token)
        expect(answer.status == 403, token, answer.document)
    expect(town.counts() == before, 'nothing is written')


@fact
def a_body_of_another_type_is_refused(town):
    before = town.counts()
    for media in (None, '', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/json',
                  'application/json; charset=latin1', 'application/json, text/plain', 'application/problem+json'):
        answer = made['holder'].send('POST', made['log'] + '/entries/note', NOTE, headers={'Content-Type': media})
        expect(answer.status == 415, media, answer.document)
    expect(town.counts() == before, 'nothing is written')


@fact
def a_document_is_one_however_a_program_writes_its_type(town):
    for media in ('application/json;charset=UTF-8', 'application/json; charset=utf-8', 'Application/JSON', 'application/json;'):
        answer = made['holder'].send('POST', made['log'] + '/entries/note', NOTE, headers={'Content-Type': media})
        expect(answer.status == 201, media, answer.document)


@fact
def a_form_of_the_pages_is_no_document_and_a_document_is_no_form(town):
    before = town.counts()
    form = made['holder'].browser.open(town.log('modig')).form('/ny/note')
    page = made['holder'].browser.post(made['log'] + '/entries/note', form.values(text='x'), {'Form-Token': form['form_token'].value})
    expect(page.status == 415, page)
    page = made['holder'].browser.ask('POST', town.log('modig') + '/ny/note', json.dumps(NOTE).encode(),
                                      {'Content-Type': 'application/json', 'Origin': town.stack.origin,
                                       'Form-Token': form['form_token'].value})
    expect(page.status == 400, page)
    expect(town.counts() == before, 'nothing is written')


@fact
def what_is_not_one_plain_object_is_malformed(town):
    before = town.counts()
    text = b'{"note_kind":"1","text":%s}'
    for body in (b'', b' ', b'null', b'[]', b'"x"', b'{', b'{}{}', b'{"text"', b"{'text':'x'}", b'\xef\xbb\xbf{}', b'\0',
                 b'{"finnes_ikke":"1"}', b'{"note_kind":"1","text":"a","text":"b"}',
                 b'{"note_kind":"1","text":"a","t\\u0065xt":"b"}', b'[' * 500_000,
                 b'{"text":' * 100_000, b'{"text":' + b'[' * 500_000, text % b'NaN', text % b'"a', text % b'"a\\x41"',
                 text % b'"\\ud800"',
                 text % b'"\\u0000"', text % b'"a\0b"', text % b'"\xff\xfe"', text % b'"\xed\xa0\x80"', text % b'"\xc0\xaf"',
                 text % b'"raw\nbreak"', text % b'"x"' + b'x', b'form_token=x&text=y'):
        answer = made['holder'].send('POST', made['log'] + '/entries/note', body)
        expect(answer.status == 400, body[:40], answer.document)
    answer = made['holder'].send('POST', made['log'] + '/entries/note', {**NOTE, 'text': 'æ' * 10 ** 6})
    expect(answer.status == 413, answer)
    expect(town.counts() == before, 'nothing is written')


# ---- every field, wrong in every way ----

def places(api):
    """(method, address, version, schema, a good document) of everything that takes one from the holder: new, corrected, removed,
    an act. What others do is refused whatever stands in it."""
    ids = (made['people'][0], made['made']['measure'])
    for method, path, schema in api.description.bodies():
        kind = path.rsplit('/', 1)[-1]
        entry = made['made'].get(GOES_ON.get(kind, kind), '')
        if '{entry}' in path and not entry:
            continue
        version = api.open(f'{made["log"]}/entries/{entry}')['versions'][0]['version'] if '{entry}' in path else None
        path = path.replace('/api/v1/logs/{log}', made['log']).replace('{entry}', entry)
        if '{' in path or not schema['required']:   # of a unit, a role, an invitation: others'; or nothing in it can be wrong
            continue
        if '/entries/' not in path and api.send(method, path, {}, version=version).status in (403, 404):
            continue
        yield method, path, version, schema, good_document(schema, ids)


@fact
def a_wrong_value_gets_a_message_at_its_field(town):
    api, before, told, asked = made['holder'], town.counts(), [], 0
    token = api.token()
    for method, path, version, schema, good in places(api):
        for name, part in schema['properties'].items():
            for what, value in wrong_values(part):
                asked += 1
                answer = api.send(method, path, {**good, name: value}, version=version, token=token)
                errors = {error['field']: error for error in answer.document.get('errors', [])}
                if answer.status != 422 or name not in errors or '{' in errors[name]['detail']:
                    told.append(f'{method} {path[-40:]} {name}: {what}: {answer.status} {answer.document}')
    expect(asked > 300 and not told, f'{asked} asked, {len(told)} wrong:\n' + '\n'.join(told))
    expect(town.counts() == before, 'nothing is written')


@fact
def a_day_that_cannot_be_gets_a_message_at_its_field(town):
    api, before = made['holder'], town.counts()
    goods = {path.rsplit('/', 1)[-1]: (method, path, good) for method, path, version, _, good in places(api) if version is None}
    for kind, field, values, code in (
            ('evaluation', 'date', {'date': day(1)}, 'date_to_come'), ('attention', 'date', {'date': day(1)}, 'date_to_come'),
            ('level', 'date', {'date': day(1)}, 'date_to_come'), ('goal', 'target_date', {'target_date': day(-1)}, 'date_gone'),
            ('measure', 'deadline', {'start': day(5), 'deadline': day(4)}, 'date_order'),
            ('meeting', 'time', {'time': '2266-02-01T10:00'}, 'date_year')):
        method, path, good = goods[kind]
        answer = api.send(method, path, {**good, **values})
        expect(answer.status == 422, kind, field, answer.document)
        expect([error['code'] for error in answer.document['errors'] if error['field'] == field] == [code], kind, field, answer.document)
    expect(town.counts() == before, 'nothing is written')


@fact
def a_required_field_left_out_or_empty_gets_a_message(town):
    api, before, told = made['holder'], town.counts(), []
    token = api.token()
    for method, path, version, schema, good in places(api):
        for name in schema['required']:
            empty = [] if schema['properties'][name].get('type') == 'array' else '  '
            for document in ({key: value for key, value in good.items() if key != name}, {**good, name: empty}):
                answer = api.send(method, path, document, version=version, token=token)
                first = answer.document.get('errors', [{}])[0]
                if answer.status != 422 or first.get('field') != name or first['code'] != 'missing':
                    told.append(f'{path[-40:]} {name}: {answer.status} {answer.document}')
        answer = api.send(method, path, {}, version=version, token=token)
        if [error['field'] for error in answer.document['errors']] != schema['required']:
            told.append(f'{path[-40:]}: {answer.document}')
    expect(not told, '\n'.join(told))
    expect(town.counts() == before, 'nothing is written')


@fact
def a_value_of_another_type_is_malformed(town):
    api, before, told = made['holder'], town.counts(), []
    token = api.token()
    for method, path, version, schema, good in places(api):
        for name, part in schema['properties'].items():
            for value in mistyped_values(part):
                answer = api.send(method, path, {**good, name: value}, version=version, token=token)
                if answer.status != 400:
                    told.append(f'{path[-40:]} {name}: {value!r}: {answer.status} {answer.document}')
            whole = json.dumps({key: value for key, value in good.items() if key != name}).encode()[:-1] + b', "%s": ' % name.encode()
            opened, closed = (b'[', b']') if part.get('type') == 'array' else (b'', b'')
            for text in (b'"\xff"', b'"a\\u0000b"', b'"\\udc00"'):
                answer = api.send(method, path, whole + opened + text + closed + b'}', version=version, token=token)
                if answer.status != 400:
                    told.append(f'{path[-40:]} {name}: {text!r}: {answer.status} {answer.document}')
    expect(not told, f'{len(told)} wrong:\n' + '\n'.join(told))
    expect(town.counts() == before, 'nothing is written')


if __name__ == '__main__':
    main()
