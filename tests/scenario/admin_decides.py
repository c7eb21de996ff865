#!/usr/bin/env python3
"""admin_decides.py - what the municipality administrator decides about a log: it must be kept, it rests, and a family's note is removed."""
from documents import Api
from scenario import day, expect, fact, main

made = {}


def act(log, name, entry=None):
    return f'{log}/handling/{entry}/{name}' if entry else f'{log}/handling/{name}'


def asked(form):
    return sorted(name for name in form.fields if name != 'form_token')


def because(browser, log, reason='complaint'):
    return browser.open(f'{log}?grunn={reason}')


@fact
def an_administrator_decides_with_reasons_that_a_log_must_be_kept_and_all_who_read_it_see_why(town):
    made['log'] = town.log('kvikk')
    made['holder'], made['admin'] = town.signed_in('Klok Elv'), town.signed_in('Klar Fjord')
    made['guardian'], made['manager'] = town.signed_in('Stram Ørret'), town.signed_in('Bred Ås')
    for browser in (made['holder'], made['guardian'], made['manager'], town.signed_in('Rolig Vind')):
        expect(browser.get(act(made['log'], 'legal_hold_set')).status == 404, 'for nobody else')
    page = because(made['admin'], made['log'])
    page = made['admin'].open(page.link('Bestem at loggen må bevares'))
    expect(asked(page.form('legal_hold_set')) == ['grunn', 'reason'] and 'Du kan oppheve dette igjen' in page.text, page)
    wrong = made['admin'].send(page.form('legal_hold_set'), grunn='complaint', reason='  ')
    expect(wrong.status == 422 and 'reason' in wrong.errors, wrong)
    wrong = made['admin'].send(wrong.form('legal_hold_set'), reason='Tingretten har bedt om loggen.', grunn='')
    expect(wrong.status == 422 and 'grunn' in wrong.errors and wrong.form('legal_hold_set')['reason'].value.startswith('Tingretten'), 'both reasons, and what was typed', wrong)
    made['form'] = wrong.form('legal_hold_set')
    page = made['admin'].follow(made['admin'].send(made['form'], grunn='complaint'))
    expect('Loggen skal bevares kl.' in page.text and 'Tingretten har bedt om loggen.' in page.text, page)
    for browser in (made['guardian'], made['holder']):
        page = browser.open(made['log'])
        expect('Loggen må bevares' in page.text and 'Tingretten har bedt om loggen.' in page.text and 'Klar Fjord' in page.text, page)


@fact
def it_is_decided_once_and_whoever_sends_it_again_gets_the_first_answer(town):
    before = town.counts()['entry']
    expect(made['admin'].send(made['form'], grunn='complaint').status == 303, 'the same form')
    expect(town.counts()['entry'] == before, 'nothing is written twice')
    expect(made['admin'].get(act(made['log'], 'legal_hold_set')).status == 404, 'it is kept already')
    people = made['holder'].open(f'{made["log"]}/deltakere')
    leave = made['holder'].open(people.links('/deltakere/slutt/')[0])
    expect('blir telefon, e-post og konto slettet først når den ikke lenger må det' in leave.text, leave)


@fact
def while_it_is_kept_nothing_is_removed_and_everything_else_goes_on(town):
    page, entry = town.write(made['holder'], made['log'], 'attention', category='11', severity='1', description='Leser lite')
    page = made['holder'].open(f'{made["log"]}/rett/{entry}')
    expect(not any('/fjern/' in form.action for form in page.forms), 'no form to remove it', page)
    note, = made['guardian'].open(made['log']).forms and [town.write(made['guardian'], made['log'], 'note', text='Om natten er hun redd')[1]]
    made['note'] = note
    expect(made['admin'].get(act(made['log'], 'family_note_remove', note) + '?grunn=family_request').status == 404, 'not by decision either')


@fact
def what_an_act_has_written_is_neither_corrected_nor_removed(town):
    api = Api(town, made['holder'])
    log = made['log'].replace('/logg/', '/api/v1/logs/')
    entry = next(e for e in api.get(log).document['entries'] if e['values']['kind'] == 'legal_hold')
    for path in (f'{made["log"]}/rett/{entry["id"]}', f'{made["log"]}/ny/legal_hold'):
        expect(made['holder'].get(path).status == 404, path)
    answer = api.send('POST', f'{log}/entries/{entry["id"]}/removal', {'reason': 'Feil'}, version=1)
    expect(answer.status in (404, 405, 422), answer)
    answer = api.send('POST', f'{log}/entries/legal_hold', {'reason': 'Nei'})
    expect(answer.status in (404, 422), answer)


@fact
def it_is_lifted_with_reasons_too_and_both_stand_in_the_log(town):
    expect(made['manager'].get(act(made['log'], 'legal_hold_lift')).status == 404, 'not for the manager')
    page = because(made['admin'], made['log'])
    page = made['admin'].open(page.link('Opphev at loggen må bevares'))
    page = made['admin'].follow(made['admin'].send(page.form('legal_hold_lift'), grunn='complaint', reason='Saken er over.'))
    expect('Loggen må ikke lenger bevares kl.' in page.text, page)
    page = made['guardian'].open(made['log'])
    expect(page.text.index('Tingretten har bedt') < page.text.index('Saken er over.'), 'in their order', page)
    expect(made['admin'].get(act(made['log'], 'legal_hold_lift')).status == 404, 'there is nothing to lift')


@fact
def a_note_of_the_family_is_removed_by_decision_of_the_administrator_alone_and_says_so(town):
    path = act(made['log'], 'family_note_remove', made['note'])
    for browser in (made['holder'], made['manager'], made['guardian']):
        expect(browser.get(path).status == 404, 'not for them')
    page = town.signed_in('Klar Fjord').open(path)
    expect(page.form('/grunn'), 'a reason first, in each session', page)
    page = because(made['admin'], made['log'], 'family_request')
    page = made['admin'].open(page.link('Fjern notatet fra familien'))
    expect('Dette kan ikke gjøres om.' in page.text and asked(page.form('family_note_remove')) == ['grunn', 'reason', 'version'], page)
    wrong = made['admin'].send(page.form('family_note_remove'), reason='')
    expect(wrong.status == 422 and 'reason' in wrong.errors, wrong)
    form = wrong.form('family_note_remove')
    page = made['admin'].follow(made['admin'].send(form, reason='Navngir et annet barn.'))
    expect('Notatet er fjernet kl.' in page.text and 'Om natten er hun redd' not in page.text, page)
    page = made['guardian'].open(made['log'])
    expect('Navngir et annet barn.' in page.text and 'Om natten er hun redd' not in page.text and 'Klar Fjord' in page.text, page)
    expect(made['admin'].send(form, reason='Navngir et annet barn.').status == 303, 'twice is once')


@fact
def what_staff_wrote_is_not_removed_in_this_way(town):
    note = town.write(made['holder'], made['log'], 'note', text='Ringte hjem')[1]
    path = act(made['log'], 'family_note_remove', note)
    expect(made['admin'].get(path + '?grunn=complaint').status == 404, 'it has no such page')
    api = Api(town, made['admin'])
    answer = api.send('POST', path.replace('/logg/', '/api/v1/logs/').replace('/handling/', '/entries/').replace(
        '/family_note_remove', '/acts/family_note_remove') + '?reason=complaint', {'reason': 'Nei'}, version=1)
    expect(answer.status == 422, answer.status, answer.document)
    expect('Ringte hjem' in made['holder'].open(made['log']).text)
    expect(town.verify() == '', town.verify())

@fact
def an_administrator_lets_a_log_rest_and_says_who_asked_and_why(town):
    made['rest'] = town.log('modig')
    made['family'] = town.signed_in('Lys Lerke')
    for browser in (made['holder'], made['manager'], made['family'], town.signed_in('Rolig Vind')):
        expect(browser.get(act(made['rest'], 'restrict')).status == 404, 'for nobody else')
    page = because(made['admin'], made['rest'], 'family_request')
    page = made['admin'].open(page.link('Begrens behandlingen av loggen'))
    expect(asked(page.form('restrict')) == ['asked_by', 'grunn', 'reason'] and 'Du kan oppheve dette igjen' in page.text, page)
    wrong = made['admin'].send(page.form('restrict'), grunn='family_request', reason='Uenig om hva som er sant.')
    expect(wrong.status == 422 and 'asked_by' in wrong.errors, wrong)
    page = made['admin'].follow(made['admin'].send(wrong.form('restrict'), asked_by='2'))
    expect('Behandlingen av loggen er begrenset kl.' in page.text and 'Hvem ba om det? En foresatt' in page.text, page)


@fact
def while_it_rests_only_administrator_and_manager_read_it_and_nobody_writes(town):
    expect('begrenset' in made['family'].open(made['rest']).text.lower(), 'a stub that says so')
    expect('Modig Lerke' not in made['family'].open(made['rest']).text)
    expect(made['holder'].get(made['rest']).status == 404 and made['holder'].get(f'{made["rest"]}/ny/note').status == 404)
    expect(made['manager'].open(f'{made["rest"]}?grunn=family_request').heading == 'Modig Lerke')
    expect(made['admin'].get(act(made['rest'], 'restrict')).status == 404, 'it rests already')


@fact
def it_is_lifted_when_whoever_asked_has_been_told_and_not_before(town):
    expect(made['manager'].get(act(made['rest'], 'restrict_lift')).status == 404, 'not for the manager')
    page = made['admin'].open(act(made['rest'], 'restrict_lift'))
    fields = {'grunn': 'family_request', 'reason': 'De er blitt enige.'}
    wrong = made['admin'].send(page.form('restrict_lift'), **fields)
    expect(wrong.status == 422 and 'told_on' in wrong.errors, 'nobody was told', wrong)
    wrong = made['admin'].send(wrong.form('restrict_lift'), told_on=day(1))
    expect(wrong.status == 422 and 'told_on' in wrong.errors, 'not yet', wrong)
    form = wrong.form('restrict_lift')
    page = made['admin'].follow(made['admin'].send(form, told_on=day(0)))
    expect('Begrensningen er opphevet kl.' in page.text, page)
    expect(made['admin'].send(form, told_on=day(0)).status == 303, 'twice is once')
    page = made['family'].open(made['rest'])
    expect('Uenig om hva som er sant.' in page.text and 'De er blitt enige.' in page.text and 'Klar Fjord' in page.text, page)
    expect(made['holder'].open(made['rest']).heading == 'Modig Lerke', 'the holder works in it again')
    expect(made['admin'].get(act(made['rest'], 'restrict_lift')).status == 404, 'there is nothing to lift')
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main()
