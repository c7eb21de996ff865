#!/usr/bin/env python3
"""stranger.py - whoever can write the database, but has no key, beside a running service: what they wrote opens nothing, is told,
and is found afterwards. stranger_postgres.py does the same on the other database."""
import base64
import hashlib
import os
import struct

from hand import Hand
from scenario import expect, fact, main

OTHER = '77' * 16
NONE = '00' * 16
made = {}


def alarms(town, table):
    return [line for line in town.stack.log('serve').splitlines()
            if line.startswith('<1>event=row-forged') and f'table={table} ' in line and f'tenant={town.nordvaer.id}' in line]


def found(town, table):
    told = town.verify()
    return [line for line in told.splitlines() if table in line]


@fact
def a_session_that_was_planted_with_the_grant_of_another_opens_nothing(town):
    hand = Hand(town)
    holder = town.signed_in('Klok Elv')
    expect(holder.open(town.log('modig')).status == 200)
    token = os.urandom(32)
    hand.run('INSERT INTO session SELECT {' + hashlib.sha256(token).hexdigest() + '},person,role_row,role,unit,grant_id,created_at,'
             'touched_at,ends_at,form_secret,wizard_key,proved_at,proof FROM session WHERE role<>0')
    stranger = town.visitor()
    stranger.cookies['__Host-stafettlogg'] = town.nordvaer.id + '.' + base64.urlsafe_b64encode(token).decode().rstrip('=')
    page = stranger.get(town.log('modig'))
    expect(page.status in (303, 403) and 'Modig' not in page.text, page)
    expect(alarms(town, 'session'), town.stack.log('serve')[-2000:])
    expect('session' in town.verify(), town.verify())
    expect(holder.open(town.log('modig')).status == 200)


@fact
def the_session_that_was_planted_is_found_and_nothing_else_is(town):
    lines = [line for line in town.verify().splitlines() if 'UNPROVEN' in line]
    expect(len(lines) == 1 and 'session' in lines[0], town.verify())
    Hand(town).run('DELETE FROM session')
    expect(town.verify() == '', town.verify())


def as_stored(text):
    """A one-time code as the database knows it."""
    return hashlib.sha256(base64.b32decode(text.replace('-', '') + '======')).hexdigest()


@fact
def a_role_that_was_planted_for_somebody_gives_them_none(town):
    hand = Hand(town)
    person = town.nordvaer.person('Klok Elv')
    visitor = town.visitor()
    visitor.sign_in_demo('0301', person)
    hand.run('INSERT INTO role SELECT {' + OTHER + '},person,1,{' + NONE + '},from_at,to_at,appointed_by,proof FROM role '
             'WHERE person={' + person + '}')
    page = visitor.get('/rolle')
    expect(page.status == 503 and 'Ingenting er tapt' in page.text, page)
    expect(alarms(town, 'role'), town.stack.log('serve')[-2000:])
    told = town.verify()
    expect('ROW_EXTRA role ' + OTHER in told, told)
    hand.run('DELETE FROM role WHERE id={' + OTHER + '}')
    expect(town.verify() == '', town.verify())


@fact
def a_one_time_code_that_was_planted_enrols_nobody(town):
    hand = Hand(town)
    code = 'AAAAAAAAAAAAAAAAAAAAAAAAAA'
    person = town.nordvaer.person('Klok Elv')
    hand.run('INSERT INTO enrolment VALUES({' + as_stored(code) + '},{' + person + '},2000000000000,0,{' + '00' * 32 + '})')
    visitor = town.visitor()
    page = visitor.open('/k/0301/ny')
    page = visitor.send(page.form('/k/0301/ny'), enrolment=code)
    expect(page.status == 503, page)
    expect(alarms(town, 'enrolment'), town.stack.log('serve')[-2000:])
    expect('ROW_EXTRA enrolment' in town.verify(), town.verify())
    hand.run('DELETE FROM enrolment WHERE code_hash={' + as_stored(code) + '}')


@fact
def what_the_service_wrote_meanwhile_did_not_make_the_rows_its_own(town):
    """Lines were written over the stranger's rows; nothing of them came into the chain."""
    holder = town.signed_in('Klok Elv')
    expect(holder.open(town.log('modig')).status == 200)
    expect(town.verify() == '', town.verify())


# ---- what stood there once is put back, with a line of the chain that says so ----

# The columns of a line, of the log's own row and of a role, as docs/formats.md hashes them; b: bytes.
LINE = ('seq', 'at', 'request', 'person', 'role', 'unit', 'act', 'object_kind', 'object', 'outcome', 'reason', 'amount', 'head',
        'change_count', 'previous', 'hash', 'changes')
LINE_IS_BYTES = ('request', 'person', 'unit', 'object', 'head', 'previous', 'hash', 'changes')
LOG = (6, 'log', 'b:id no display state flags b:unit b:holder access_version created_at last_activity_at next_seq wake_on '
       'closed_reason header_version b:header b:head')
ROLE = (3, 'role', 'b:id b:person role b:unit from_at to_at b:appointed_by')


def change_of(hand, table, row):
    """What a line says of a row as it stands: table, key and the first half of its digest."""
    number, name, columns = table
    columns = columns.split()
    names = [column.removeprefix('b:') for column in columns]
    values = hand.run(f'SELECT {",".join(names)} FROM {name} WHERE id={{{row}}}')[0]
    digest = hashlib.sha256(bytes([number]))
    for column, value in zip(columns, values):
        if column.startswith('b:'):
            value = bytes.fromhex(value)
            digest.update(struct.pack('>BQ', 2, len(value)) + value)
        else:
            digest.update(struct.pack('>Bq', 1, int(value)))
    return bytes([number]) + bytes.fromhex(row) + digest.digest()[:16]


def forge_line(hand, row, table, head=''):
    """Chained as the service does it, with the proof of the line before."""
    newest = dict(zip(LINE + ('proof',), hand.run(f'SELECT {",".join(LINE)},proof FROM audit ORDER BY seq DESC LIMIT 1')[0]))
    line = {**newest, 'seq': int(newest['seq']) + 1, 'request': os.urandom(16).hex(), 'object': row, 'outcome': 1,
            'previous': newest['hash'], 'head': head or '00' * 32, 'change_count': 1, 'changes': change_of(hand, table, row).hex()}
    number = {name: int(line[name]) for name in LINE if name not in LINE_IS_BYTES}
    line['hash'] = hashlib.sha256(
        b'stafettlogg audit line 1' + struct.pack('>QQ', number['seq'], number['at']) + bytes.fromhex(line['request'] + line['person'])
        + bytes([number['role']]) + bytes.fromhex(line['unit']) + struct.pack('>HB', number['act'], number['object_kind'])
        + bytes.fromhex(line['object']) + struct.pack('>BHI', 1, number['reason'], number['amount'])
        + bytes.fromhex(line['head'] + line['previous']) + struct.pack('>I', 1) + bytes.fromhex(line['changes'])).hexdigest()
    values = ','.join('{' + line[name] + '}' if name in LINE_IS_BYTES + ('proof',) else str(line[name]) for name in LINE + ('proof',))
    hand.run(f'INSERT INTO audit({",".join(LINE)},proof) VALUES({values})')
    return line['seq']


def unproven(town):
    return [line for line in town.verify().splitlines() if 'LINE_UNPROVEN' in line]


@fact
def a_log_put_back_with_a_line_that_names_its_former_head_is_held_before_a_list_shows_its_child(town):
    hand = Hand(town)
    holder = town.signed_in('Klok Elv')
    address = town.log('modig')
    log = address.split('/')[2]
    child = holder.open(address).heading
    expect(child in holder.open('/mine').text)
    hand.run('CREATE TABLE kept AS SELECT * FROM log WHERE id={' + log + '}')
    page = holder.save(holder.open(address).form('/ny/note'), text='Det som skulle bort.')
    expect('Det som skulle bort.' in page.text, page)
    hand.run('DELETE FROM entry WHERE log_no=(SELECT no FROM kept) AND id=(SELECT id FROM entry WHERE log_no=(SELECT no FROM kept) '
             'ORDER BY no DESC LIMIT 1)')
    columns = 'last_activity_at,next_seq,wake_on,access_version,header_version,header,head,proof'
    hand.run(f'UPDATE log SET ({columns})=(SELECT {columns} FROM kept) WHERE id={{{log}}}')
    head = hand.run('SELECT head FROM kept')[0][0]
    hand.run('DROP TABLE kept')
    forge_line(hand, log, LOG, head)
    page = holder.open('/mine')
    expect(child not in page.text, child, page)
    page = holder.get(address)
    expect(page.status in (403, 503) and child not in page.text, page)
    expect(alarms(town, 'audit'), town.stack.log('serve')[-2000:])
    expect(len(unproven(town)) == 1, town.verify())


@fact
def a_role_that_ended_and_is_put_back_with_a_line_that_says_so_gives_nothing(town):
    hand = Hand(town)
    person = town.nordvaer.person('Klok Elv')
    (role,) = hand.run('SELECT id FROM role WHERE person={' + person + '} AND role=3')[0]
    holder, manager, visitor = town.signed_in('Klok Elv'), town.signed_in('Bred Ås'), town.visitor()
    expect(holder.open('/mine').status == 200)
    visitor.sign_in_demo('0301', person)
    hand.run('CREATE TABLE kept AS SELECT * FROM role WHERE id={' + role + '}')
    page = manager.open('/ansatte')
    form = next(form for form in page.forms if form.action == '/ansatte/avslutt' and form['role_row'].value == role)
    expect(manager.send(manager.send(form).form('/ansatte/avslutt')).status == 303)
    expect(holder.get('/mine').status in (303, 403))
    hand.run('UPDATE role SET (to_at,proof)=(SELECT to_at,proof FROM kept) WHERE id={' + role + '}')
    hand.run('DROP TABLE kept')
    made['role line'] = forge_line(hand, role, ROLE)
    page = holder.get('/mine')
    expect(page.status in (303, 403), page)
    expect(visitor.get('/rolle').status in (403, 503))
    expect(alarms(town, 'role'), town.stack.log('serve')[-2000:])


@fact
def both_lines_are_found_and_no_other_is(town):
    expect(len(unproven(town)) == 2 and any(str(made['role line']) in line for line in unproven(town)), town.verify())


if __name__ == '__main__':
    main()
