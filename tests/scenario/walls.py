#!/usr/bin/env python3
"""walls.py - two municipalities on one server: a cookie, id, version or form of one used against the other tells nothing."""
from scenario import NORDVAER, SORVAER, day, entries_of, expect, fact, main, same_but_for_tokens

ABSENT = '/logg/' + 'ab' * 16
COOKIE = '__Host-stafettlogg'
made = {}


@fact
def each_municipality_signs_in_its_own_people(town):
    made['here'] = town.signed_in('Klok Elv')
    made['there'] = town.signed_in('Klok Elv', number=SORVAER)
    made['theirs'] = town.log('blid', SORVAER)
    page = made['there'].open(made['theirs'])
    made['entry'] = entries_of(page)[0]
    made['person'] = town.sorvaer.person('Klok Elv')
    expect('Sørvær' in page.text and 'Nordvær' in made['here'].open('/mine').text, 'each page names its own')


def ask_all(browser, log, entry):
    """Every address of a log, read and written, as this browser gets it."""
    page = browser.open('/mine')
    token = ('form_token', page.form('/logg-ut')['form_token'].value)
    asked = [browser.get(log + rest) for rest in
             ('', '/sett', '/deltakere', '/ny/note', '/ny/level', f'/rett/{entry}', f'/historikk/{entry}', f'/samtykke/{entry}')]
    for rest, fields in (('/ny/note', [('note_kind', '1'), ('text', 'Over muren')]), ('/nummer', []), ('/grunn', [('grunn', 'complaint')]),
                         (f'/rett/{entry}/note', [('version', '1'), ('note_kind', '1'), ('text', 'Over muren')]),
                         (f'/fjern/{entry}', [('version', '1'), ('removal_reason', 'Over muren')])):
        answer = browser.post(log + rest, [token, *fields])
        answer.body = answer.body.replace(log.encode(), b'')
        asked.append(answer)
    return asked


def asked_from_beside(town):
    """Whether rows were written on either side while everybody asked for the log."""
    before = town.counts(SORVAER), town.counts(), town.count('audit', SORVAER)
    for name, role in (('Klok Elv', ()), ('Fersk Snø', ()), ('Lys Lerke', ())):
        browser = town.signed_in(name, *role)
        page = browser.get('/mine')
        if page.status == 303:
            continue
        for one, other in zip(ask_all(browser, made['theirs'], made['entry']), ask_all(browser, ABSENT, 'cd' * 16)):
            expect(one.status == 404 and same_but_for_tokens(one, other), name, one, other)
    return (town.counts(SORVAER), town.counts(), town.count('audit', SORVAER)) != before


@fact
def a_log_of_the_other_municipality_is_as_absent_as_any(town):
    # The line of a job may come in between once; what asking writes comes each time.
    expect(not all(asked_from_beside(town) for _ in range(3)), 'nothing is written on either side')


@fact
def an_administrator_gets_no_further_with_a_reason(town):
    admin = town.signed_in('Klar Fjord')
    for rest in ('?grunn=complaint', '/sett'):
        one, other = admin.get(made['theirs'] + rest), admin.get(ABSENT + rest)
        expect(one.status == 404 and same_but_for_tokens(one, other), one, other)
    pages = []
    for number in (town.sorvaer.logs['blid']['display'], '00000001'):
        if number == town.nordvaer.logs['blid']['display']:
            continue
        page = admin.send(admin.open('/mine').form('/finn'), number=number)
        page.body = page.body.replace(number.encode(), b'')
        pages.append(page)
    expect(pages[0].status == 422 and same_but_for_tokens(*pages), pages)


@fact
def a_token_under_the_name_of_the_other_municipality_is_no_session(town):
    tenant, token = made['there'].cookies[COOKIE].split('.')
    browser = town.visitor()
    for value in (f'{town.nordvaer.id}.{token}', f'{tenant}.{made["here"].cookies[COOKIE].split(".")[1]}'):
        browser.cookies = {COOKIE: value}
        for path in ('/mine', '/rolle', made['theirs'], town.log('blid')):
            expect(browser.get(path).status == 403, value, path)


@fact
def a_form_of_the_other_municipality_is_a_foreign_form(town):
    theirs = made['there'].open(made['theirs']).form('/ny/note')
    mine = made['here'].open(town.log('blid')).form('/ny/note')
    before = town.counts(SORVAER), town.counts()
    for browser, form, token in ((made['here'], mine, theirs), (made['there'], theirs, mine)):
        page = browser.send(form, form_token=token['form_token'].value, text='Over muren')
        expect(page.status == 403, page)
    page = made['here'].send(theirs, form_token=mine['form_token'].value, text='Over muren')
    expect(page.status == 404, page)
    expect((town.counts(SORVAER), town.counts()) == before, 'nothing is written on either side')


@fact
def entries_and_people_of_the_other_side_cannot_be_named(town):
    form = made['here'].open(town.log('blid') + '/ny/goal').form('/ny/goal')
    before = town.counts()
    page = made['here'].send(form, text='Over muren', attention=made['entry'])
    expect(page.status == 422 and page.form('/ny/goal')['text'].value == 'Over muren', page)
    form = made['here'].open(town.log('blid') + '/ny/measure').form('/ny/measure')
    theirs = made['there'].open(made['theirs'] + '/ny/measure').form('/ny/measure')['responsible'].options[0][0]
    page = made['here'].send(form, category='11', arena='3', description='Over muren', responsible=theirs, deadline=day(3), state='1')
    expect(page.status == 422, page)
    expect(town.counts() == before, 'nothing is written')


@fact
def units_of_the_other_side_cannot_be_consented_to(town):
    page = made['here'].open('/ny')
    page = made['here'].send(page.form('/ny/information'))
    page = made['here'].send(page.form('/ny/consent'), required_persons='1', units=town.sorvaer.unit('PPT'))
    expect(page.status == 422 or 'units' in page.errors, page)


@fact
def a_person_of_the_other_side_cannot_be_signed_in_here(town):
    browser = town.visitor()
    page = browser.sign_in_demo(NORDVAER, made['person'])
    expect(page.status >= 400 and not browser.cookies, page)
    page = browser.open(f'/k/{SORVAER}')
    expect(page.status == 200, 'signed in nowhere')


@fact
def somebody_signed_in_here_may_still_look_at_the_door_of_the_other(town):
    page = made['here'].get(f'/k/{SORVAER}')
    expect(page.status in (200, 303), page)
    page = made['here'].open('/mine')
    expect('Nordvær' in page.text and 'Sørvær' not in page.text, page)


@fact
def a_municipality_that_does_not_exist_is_not_found(town):
    for path in ('/k/9999', '/k/9999/ny', '/k/03', '/k/0301x', '/k/../mine', '/k/%30301'):
        expect(town.visitor().get(path).status in (400, 404), path)


@fact
def all_that_was_written_is_as_it_was_sealed(town):
    expect(not town.verify(), town.verify())


if __name__ == '__main__':
    main(numbers=(NORDVAER, SORVAER))
