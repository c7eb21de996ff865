#!/usr/bin/env python3
"""reasons.py - a reason that was given once for a log holds for what leads on from there, and whoever is asked for one loses nothing."""
import json

from scenario import expect, fact, main

ASKED = 'Hvorfor trenger du å åpne loggen?'
made = {}


@fact
def a_page_of_a_log_that_needs_a_reason_asks_for_it_and_comes_next(town):
    made['log'] = town.log('modig')
    holder = town.signed_in('Klok Elv')
    page, made['entry'] = town.write(holder, made['log'], 'attention', category='11', severity='1', description='Leser lite hjemme.')
    for rest in ('/deltakere', f'/historikk/{made["entry"]}', '/eldre/attention'):
        admin = town.signed_in('Klar Fjord')
        page = admin.get(made['log'] + rest)
        expect(page.status == 200 and page.heading == ASKED and 'Lerke' not in page.text, rest, page)
        answer = admin.send(page.form('/grunn'))
        expect(answer.status == 422 and answer.errors['grunn'] == 'Velg en grunn', answer)
        answer = admin.send(answer.form('/grunn'), grunn='complaint')
        expect(answer.status == 303 and answer.location.startswith(made['log'] + rest), rest, answer)
        page = admin.follow(answer)
        expect('Modig' in page.text and page.heading != ASKED, rest, page)


@fact
def what_leads_on_from_a_log_asks_for_no_reason_again_and_stands_in_the_list_with_it(town):
    made['admin'] = admin = town.signed_in('Klar Fjord')
    page = admin.save(admin.open(made['log']).form('/grunn'), grunn='supervision')
    for address in [made['log'] + rest for rest in ('/deltakere', '/sett', '/eldre/attention', f'/historikk/{made["entry"]}', '')]:
        page = admin.open(address)
        expect(page.heading != ASKED and 'Modig' in page.text + page.title or address.endswith('/sett'), address, page)
    api = admin.get(made['log'].replace('/logg/', '/api/v1/logs/') + f'/entries/{made["entry"]}', headers={'Accept': 'application/json'})
    expect(api.status == 200, api.status, api.body[:200])
    seen = town.signed_in('Lys Lerke').open(made['log'] + '/sett').text
    expect('Klar Fjord Kommuneadministrator Leste loggen' in seen and seen.count('Grunn: Tilsyn') == 1, 'one opening', seen)


@fact
def a_reason_holds_for_its_log_and_its_session_only(town):
    other = made['admin'].get(town.log('kvikk'))
    expect(other.heading == ASKED, other)
    expect(town.signed_in('Klar Fjord').get(made['log']).heading == ASKED, 'another session')


@fact
def a_program_that_gives_none_is_told_the_field(town):
    for rest in ('', f'/entries/{made["entry"]}'):
        page = town.signed_in('Klar Fjord').get(made['log'].replace('/logg/', '/api/v1/logs/') + rest, headers={'Accept': 'application/json'})
        told = json.loads(page.body)
        expect(page.status == 422 and told['errors'][0]['field'] == 'reason', rest, told)


@fact
def a_form_that_was_sent_without_one_asks_for_it_and_keeps_what_was_typed(town):
    admin = town.signed_in('Klar Fjord')
    token = admin.open(made['log']).form('/grunn')['form_token'].value
    page = admin.post(made['log'] + '/nummer', [('form_token', token)])
    expect(page.status == 422 and ASKED in page.text, page)
    page = admin.send(page.form('/nummer'), grunn='complaint')
    expect(page.status in (200, 303) and ASKED not in page.text, page)


@fact
def a_reason_that_was_typed_is_there_when_the_other_was_missing(town):
    note = town.write(town.signed_in('Lys Lerke'), made['log'], 'note', text='Navnet på et annet barn.')[1]
    admin = town.signed_in('Klar Fjord')
    token = admin.open(made['log']).form('/grunn')['form_token'].value
    address = f'{made["log"]}/handling/{note}/family_note_remove'
    page = admin.post(address, [('form_token', token), ('version', '1'), ('reason', 'Gjelder et annet barn.')])
    expect(page.status == 422 and ASKED in page.text and page.form(address)['reason'].value == 'Gjelder et annet barn.', page)
    page = admin.follow(admin.send(page.form(address), grunn='family_request'))
    expect('Gjelder et annet barn.' in page.text and 'Navnet på et annet barn.' not in page.text, page)


@fact
def after_half_an_hour_it_is_asked_for_again(town):
    for _ in range(3):
        done = town.stack.command('clock', 'advance', '9m', *town.stack.place)
        expect(done.returncode == 0, done)
        expect(made['admin'].open(made['log'] + '/deltakere').heading != ASKED)
    town.stack.command('clock', 'advance', '9m', *town.stack.place)
    page = made['admin'].get(made['log'] + '/deltakere')
    expect(page.heading == ASKED, page)
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main(mode='test')
