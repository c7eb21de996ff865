#!/usr/bin/env python3
"""forms.py - a form counts once, comes from our own page and from the session that got it, and from nobody else."""
import threading

from scenario import NORDVAER, day, entries_of, expect, fact, main

made = {}


def note_form(browser, log):
    return browser.open(log).form('/ny/note')


@fact
def without_a_session_every_address_behind_it_says_sign_in(town):
    made['holder'] = town.signed_in('Klok Elv')
    made['log'] = town.log('kvikk')
    entry = entries_of(made['holder'].open(made['log']))[0]
    made['form'] = note_form(made['holder'], made['log'])
    before = town.counts()
    visitor = town.visitor()
    pages = []
    for path in ('/mine', '/rolle', '/ny', made['log'], made['log'] + '/sett', made['log'] + '/ny/note',
                 f'{made["log"]}/rett/{entry}', f'{made["log"]}/historikk/{entry}', '/logg/' + 'ab' * 16):
        page = visitor.get(path)
        expect(page.status == 403 and 'Logg inn på nytt' in page.text, path, page)
        pages.append(page.text)
    expect(len(set(pages)) == 1, 'they all read the same')
    for path in (made['log'] + '/ny/note', '/rolle', '/logg-ut', '/hold-okt', '/ny/information', made['log'] + '/nummer', '/finn'):
        page = visitor.post(path, [('form_token', made['form']['form_token'].value)])
        expect(page.status == 403, path, page)
    expect(town.counts() == before, 'nothing is written')


@fact
def a_form_sent_twice_is_carried_out_once_and_gets_its_first_answer(town):
    form = note_form(made['holder'], made['log'])
    before = town.counts()['entry']
    first = made['holder'].send(form, text='Sendt to ganger.')
    again = made['holder'].send(form, text='Sendt to ganger.')
    expect(first.status == again.status == 303 and first.location == again.location, first, again)
    expect(town.counts()['entry'] == before + 1, 'one entry')


@fact
def a_form_sent_again_with_another_content_is_given_back_and_said_not_to_be_saved(town):
    form = note_form(made['holder'], made['log'])
    made['holder'].save(form, text='Den første teksten.')
    before = town.counts()
    page = made['holder'].send(form, text='Med en annen tekst.')
    expect(page.status == 409 and page.heading == 'Dette ble ikke lagret' and 'med annet innhold' in page.text, page)
    expect(town.counts()['entry'] == before['entry'], 'nothing is written')
    again = page.form('/ny/note')
    expect(again['text'].value == 'Med en annen tekst.' and again['form_token'].value != form['form_token'].value, again)
    page = made['holder'].follow(made['holder'].send(again))
    expect('Med en annen tekst.' in page.text and 'Den første teksten.' in page.text, 'and is saved when it is sent once more', page)


@fact
def a_form_sent_again_to_another_address_is_not_said_to_be_carried_out(town):
    form = note_form(made['holder'], made['log'])
    first = made['holder'].send(form, text='Til den ene loggen.')
    before = town.counts()['entry']
    other = town.log('modig') + '/ny/note'
    page = made['holder'].post(other, [('form_token', form['form_token'].value), ('note_kind', '1'), ('text', 'Til den ene loggen.')])
    expect(first.status == 303 and page.status == 409 and town.counts()['entry'] == before, page)


@fact
def a_form_of_several_buttons_carries_out_each_of_them(town):
    page = made['holder'].open(made['log'] + '/deltakere')
    code, child = page.form('/deltakere/kode'), page.form('/deltakere/barn')
    expect(code['form_token'].value == child['form_token'].value, 'they stand on one page')
    expect(made['holder'].send(code).status == 303)
    page = made['holder'].send(child)
    expect(page.status == 409 and 'er ikke lagret' in page.text, page)
    expect(made['holder'].send(page.form('/deltakere/barn')).status == 303, 'pressed once more')
    expect('Slipp barnet inn' not in made['holder'].open(made['log'] + '/deltakere').text, 'it is carried out')


@fact
def a_correction_and_a_removal_sent_twice_get_their_first_answer_and_are_no_conflict(town):
    _, note = town.write(made['holder'], made['log'], 'note', note_kind='1', text='Rettes to ganger.')
    page = made['holder'].open(f'{made["log"]}/rett/{note}')
    form, before = page.form('/note'), town.counts()['entry']
    first, again = (made['holder'].send(form, text='Rettet to ganger.') for _ in range(2))
    expect(first.status == again.status == 303 and first.location == again.location, first, again)
    expect(town.counts()['entry'] == before + 1, 'corrected once')
    form = next(form for form in made['holder'].open(page.path).forms if '/fjern/' in form.action)
    first, again = (made['holder'].send(form, removal_reason='Fjernes to ganger.') for _ in range(2))
    expect(first.status == again.status == 303 and first.location == again.location, first, again)
    expect(town.counts()['entry'] == before + 2, 'removed once')


@fact
def a_form_sent_at_once_from_ten_threads_is_carried_out_once(town):
    form = note_form(made['holder'], made['log'])
    before = town.counts()['entry']
    answers = []

    def send():
        answers.append(made['holder'].send(form, text='Ti ganger på en gang.').status)

    threads = [threading.Thread(target=send) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expect(set(answers) == {303}, answers)
    expect(town.counts()['entry'] == before + 1, 'one entry')


@fact
def a_refused_form_may_be_mended_and_sent_again(town):
    form = note_form(made['holder'], made['log'])
    before = town.counts()['entry']
    expect(made['holder'].send(form, text='').status == 422, 'nothing typed')
    page = made['holder'].send(form, text='Nå med tekst.')
    expect(page.status == 303 and town.counts()['entry'] == before + 1, page)


@fact
def a_day_that_cannot_be_is_told_at_its_field_and_stores_nothing(town):
    before = town.counts()['entry']
    for kind, field, typed, told in (
            ('evaluation', 'date', {'date': day(1)}, 'fram i tid'), ('attention', 'date', {'date': day(1)}, 'fram i tid'),
            ('attention', 'discussed_child_on', {'discussed_child_on': day(2)}, 'fram i tid'),
            ('level', 'date', {'date': day(1)}, 'fram i tid'), ('goal', 'target_date', {'target_date': day(-1)}, 'passert'),
            ('measure', 'deadline', {'start': day(5), 'deadline': day(4)}, 'kan ikke være før'),
            ('measure', 'deadline', {'deadline': '01.02.2266'}, 'årstallet'), ('meeting', 'time', {'time': '01.02.2266 10.00'}, 'årstallet')):
        form = made['holder'].open(f'{made["log"]}/ny/{kind}').form(f'/ny/{kind}')
        page = made['holder'].send(form, **typed)
        expect(page.status == 422 and told in page.errors[field], kind, field, page.errors)
    expect(town.counts()['entry'] == before, 'nothing is stored')


@fact
def a_save_that_a_right_refuses_is_given_back_with_the_reason_to_whoever_reads_the_log(town):
    actor, stranger = town.signed_in('Rolig Vind'), town.signed_in('Lys Lerke')
    entry = town.write(made['holder'], made['log'], 'note', note_kind='1', text='Klok skrev dette.')[1]
    path = f'{made["log"]}/rett/{entry}/note'
    form = made['holder'].open(f'{made["log"]}/rett/{entry}').form('/note')
    fields = [('version', '1'), ('note_kind', '1'), ('text', 'Lang tekst som ikke skal bli borte.')]
    page = actor.post(path, [('form_token', note_form(actor, made['log'])['form_token'].value), *fields])
    expect(page.status == 403 and page.heading == 'Dette ble ikke lagret', page)
    expect('Dette kan bare den gjøre som har skrevet det' in page.text, page)
    expect(page.form(path)['text'].value == 'Lang tekst som ikke skal bli borte.', page)
    own = stranger.open(town.log('modig')).form('/ny/note')['form_token'].value
    page = stranger.post(path, [('form_token', own), *fields])
    expect(page.status == 404 and 'Lang tekst' not in page.text, 'a stranger hears nothing', page)
    remove = made['holder'].open(f'{made["log"]}/rett/{entry}').form(f'/fjern/{entry}')
    made['holder'].save(remove, removal_reason='Skrevet i feil logg.')
    page = made['holder'].send(form, text='Også denne teksten blir stående.')
    expect('finnes ikke lenger i loggen' in page.text or page.status == 409, page)
    expect(page.status in (403, 409) and page.form(path)['text'].value == 'Også denne teksten blir stående.', 'removed meanwhile', page)


@fact
def a_form_of_another_session_is_refused_and_what_was_typed_is_kept(town):
    before = town.counts()
    for name in ('Klok Elv', 'Rolig Vind'):
        other = town.signed_in(name)
        theirs = note_form(other, made['log'])
        page = made['holder'].send(made['form'], form_token=theirs['form_token'].value, text='Fra en annen økt.')
        expect(page.status == 403 and page.form('/ny/note')['text'].value == 'Fra en annen økt.', name, page)
    for token in ('', 'x', 'A' * 43, 'A' * 4000, made['form']['form_token'].value[:-1], made['form']['form_token'].value + 'A'):
        page = made['holder'].send(made['form'], form_token=token, text='Med et galt merke.')
        expect(page.status == 403, token, page)
    page = made['holder'].send(made['form'], form_token=None, text='Uten merke.')
    expect(page.status == 403, page)
    expect(town.counts() == before, 'nothing is written')


@fact
def a_visitors_form_is_not_a_session_form(town):
    visitor = town.visitor()
    token = visitor.open(f'/k/{NORDVAER}').form('/demo')['form_token'].value
    before = town.counts()
    page = made['holder'].send(made['form'], form_token=token, text='Fra forsiden.')
    expect(page.status == 403 and town.counts() == before, page)


@fact
def a_post_that_does_not_come_from_our_page_is_refused(town):
    port = town.stack.port
    before = town.counts()
    foreign = [{'Origin': origin} for origin in
               (None, 'null', '', 'https://ondt.example', f'http://localhost:{port}', 'https://localhost', f'https://localhost:{port}/',
                f'https://LOCALHOST:{port}', f'https://localhost:{port}.ondt.example', f'https://localhost:{port}, https://x.example')]
    foreign += [{'Sec-Fetch-Site': site} for site in (None, '', 'cross-site', 'same-site', 'none', 'Same-Origin', 'same-origin, x')]
    for headers in foreign:
        page = made['holder'].send(note_form(made['holder'], made['log']), headers=headers, text='Utenfra.')
        expect(page.status == 403 and 'Utenfra.' not in page.text, headers, page)
        form = town.visitor().open(f'/k/{NORDVAER}').form('/demo')
        page = town.visitor().send(form, headers=headers, person=town.nordvaer.person('Klok Elv'))
        expect(page.status == 403 and not page.cookies, headers, page)
    expect(town.counts() == before, 'nothing is written')


@fact
def a_form_in_another_clothing_is_refused(town):
    before = town.counts()
    body = b'form_token=' + made['form']['form_token'].value.encode() + b'&note_kind=1&text=Kledd+ut'
    for media in (None, '', 'text/plain', 'application/json', 'application/x-www-form-urlencoded; charset=latin1',
                  'multipart/form-data', 'multipart/form-data; boundary=', 'application/x-www-form-urlencoded, text/plain'):
        page = made['holder'].post(made['log'] + '/ny/note', body, {'Content-Type': media})
        expect(page.status in (400, 403, 415), media, page)
    expect(town.counts() == before, 'nothing is written')


@fact
def nothing_is_changed_by_a_get(town):
    before = town.counts()
    token = made['form']['form_token'].value
    for path in ('/logg-ut', '/hold-okt', f'{made["log"]}/nummer', f'/k/{NORDVAER}/demo', '/finn',
                 f'{made["log"]}/ny/note?form_token={token}&note_kind=1&text=Med+en+lenke', '/ny/create', '/ny/information'):
        page = made['holder'].get(path)
        expect(page.status in (200, 404), path, page)
    expect(town.counts() == before and made['holder'].get('/mine').status == 200, 'nothing is written, nobody is signed out')
    for method in ('PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'):
        page = made['holder'].ask(method, made['log'], headers={'Origin': town.stack.origin})
        expect(page.status in (400, 404, 405, 501), method, page)
    page = made['holder'].ask('HEAD', made['log'])
    expect(page.status == 200 and page.body == b'', page)


@fact
def the_warning_before_the_session_ends_is_answered_by_one_press(town):
    page = made['holder'].open('/mine')
    page = made['holder'].send(page.form('/hold-okt'))
    expect(page.status == 204 and page.body == b'', page)


@fact
def tokens_differ_in_every_answer(town):
    tokens = set()
    for _ in range(3):
        page = made['holder'].open(made['log'])
        tokens |= {form['form_token'].value for form in page.forms}
    expect(len(tokens) >= 6, tokens)


@fact
def somebody_elses_form_with_my_session_carries_my_name(town):
    """A form is bound to its session, so an answer to it is only ever given to who sent it first."""
    form = note_form(made['holder'], made['log'])
    first = made['holder'].send(form, text='Min egen.')
    other = town.signed_in('Rolig Vind')
    page = other.send(form, text='Min egen.')
    expect(first.status == 303 and page.status == 403, page)


if __name__ == '__main__':
    main()
