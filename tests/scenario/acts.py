#!/usr/bin/env python3
"""acts.py - acts that one form carries out: progress is no correction, each says what follows, and ends at its place."""
from documents import Api, iso
from scenario import day, expect, fact, main

made = {}


def act(log, name, entry=None):
    return f'{log}/handling/{entry}/{name}' if entry else f'{log}/handling/{name}'


def asked(form):
    return sorted(name for name in form.fields if name != 'form_token')


@fact
def a_deadline_is_moved_by_a_form_that_asks_for_nothing_else(town):
    made['holder'] = town.signed_in('Klok Elv')
    made['log'] = town.log('kvikk')
    responsible = made['holder'].open(f'{made["log"]}/ny/measure').form('/ny/measure')['responsible'].options[0][0]
    made['measure'] = town.write(made['holder'], made['log'], 'measure', category='10', arena='3', responsible=responsible,
                                 description='Leseøkt i liten gruppe', deadline=day(14))[1]
    page = made['holder'].open(act(made['log'], 'measure_progress', made['measure']))
    form = page.form('measure_progress')
    expect(page.heading == 'Endre status eller frist' and asked(form) == ['deadline', 'state', 'version'], page)
    made['stale'] = form
    saved = made['holder'].send(form, state='2', deadline=day(30))
    expect(saved.status == 303 and saved.location == made['log'] and saved.anchor == 'gjort', saved)
    page = made['holder'].follow(saved)
    expect('Status og frist er lagret kl.' in page.text and 'Leseøkt i liten gruppe' in page.text, page)


@fact
def whoever_was_second_sees_both_and_overwrites_nothing_unseen(town):
    page = made['holder'].send(made['stale'], state='4', deadline=day(60))
    expect(page.status == 409 and page.form('measure_progress')['deadline'].value == day(60), 'what is another content is given back', page)
    expect(made['holder'].send(made['stale'], state='2', deadline=day(30)).status == 303, 'the form that was carried out gets its first answer')
    other = made['holder'].open(act(made['log'], 'measure_progress', made['measure'])).form('measure_progress')
    wrong = made['holder'].send(other, version='1', deadline='i morgen')
    expect(wrong.status == 422 and wrong.form('measure_progress')['version'].value == '1', 'what was seen stays named', wrong)
    page = made['holder'].send(wrong.form('measure_progress'), state='4', deadline=day(60))
    expect(page.status == 409 and 'Pågår' in page.text, page)
    page = made['holder'].save(page.form('measure_progress'))
    expect('Status og frist er lagret kl.' in page.text and 'Stanset' in page.text, page)


@fact
def a_deadline_before_the_start_of_its_measure_is_told_at_its_field(town):
    responsible = made['holder'].open(f'{made["log"]}/ny/measure').form('/ny/measure')['responsible'].options[0][0]
    measure = town.write(made['holder'], made['log'], 'measure', category='10', arena='3', responsible=responsible,
                         description='Lesekurs', start=day(-2), deadline=day(14))[1]
    address = f'{made["log"].replace("/logg/", "/api/v1/logs/")}/entries/{measure}/acts/measure_progress'
    answer = Api(town, made['holder']).send('POST', address, {'state': '2', 'deadline': iso(-3)}, version=1)
    fault = answer.document['errors'][0]
    expect(answer.status == 422 and (fault['field'], fault['code']) == ('deadline', 'date_order'), answer.document)
    form = made['holder'].open(act(made['log'], 'measure_progress', measure)).form('measure_progress')
    page = made['holder'].send(form, state='2', deadline=day(-3))
    expect(page.status == 422 and 'kan ikke være før' in page.errors.get('deadline', ''), page)
    expect(made['holder'].send(page.form('measure_progress'), state='2', deadline=day(-2)).status == 303)


@fact
def minutes_are_written_into_their_meeting_and_may_not_be_empty(town):
    made['meeting'] = town.write(made['holder'], made['log'], 'meeting', time=day(-1) + ' 14.00', place='Møterom 2')[1]
    path = act(made['log'], 'minutes_write', made['meeting'])
    page = made['holder'].open(path)
    expect(asked(page.form('minutes_write')) == ['participants', 'summary', 'version'], page)
    wrong = made['holder'].send(page.form('minutes_write'), summary='   ')
    expect(wrong.status == 422 and 'summary' in wrong.errors, wrong)
    page = made['holder'].save(wrong.form('minutes_write'), summary='Vi prøver tre økter i uka.')
    expect('Referatet er lagret kl.' in page.text and 'Vi prøver tre økter i uka.' in page.text, page)


@fact
def nobody_but_the_holder_goes_on_with_an_entry_and_no_act_fits_another_kind(town):
    actor, guardian = town.signed_in('Rolig Vind'), town.signed_in('Stram Ørret')
    for path in (act(made['log'], 'measure_progress', made['measure']), act(made['log'], 'minutes_write', made['meeting'])):
        for browser in (actor, guardian):
            page = browser.get(path)
            expect(page.status == 404, path, page)
    for path in (act(made['log'], 'minutes_write', made['measure']), act(made['log'], 'measure_progress'),
                 act(made['log'], 'no_such_act'), act(made['log'], 'note_write', made['measure'])):
        expect(made['holder'].get(path).status == 404, path)


@fact
def the_api_carries_out_the_same_rows_with_the_version_that_was_seen(town):
    api = Api(town, made['holder'])
    path = f'/api/v1{made["log"].replace("/logg/", "/logs/")}/entries/{made["measure"]}/acts/measure_progress'
    answer = api.send('POST', path, {'state': '3', 'deadline': iso(20)})
    expect(answer.status == 428, answer.document)
    answer = api.send('POST', path, {'state': '3'}, version=3)
    expect(answer.status == 422 and 'deadline' in str(answer.document), answer.document)
    answer = api.send('POST', path, {'state': '3', 'deadline': iso(20)}, version=1)
    expect(answer.status == 412, answer.document)
    answer = api.send('POST', path, {'state': '3', 'deadline': iso(20)}, version=3)
    expect(answer.status == 200 and answer.document['id'] == made['measure'], answer.document)
    expect(town.verify() == '', town.verify())


@fact
def a_log_is_set_passive_with_a_reason_and_nobody_but_its_manager_opens_it_then(town):
    made['quiet'] = town.log('modig')
    guardian = town.signed_in('Lys Lerke')
    expect(guardian.get(act(made['quiet'], 'log_close')).status == 404, 'not for a guardian')
    page = made['holder'].open(made['quiet'])
    page = made['holder'].open(page.link('Sett loggen passiv'))
    expect('bare enhetslederen kan åpne den igjen' in page.text and asked(page.form('log_close')) == ['reason'], page)
    wrong = made['holder'].send(page.form('log_close'))
    expect(wrong.status == 422 and 'reason' in wrong.errors, wrong)
    wrong = made['holder'].send(page.form('log_close'), reason='9')
    expect(wrong.status == 422, 'registered by mistake is no reason to choose', wrong)
    made['form'] = page.form('log_close')
    saved = made['holder'].send(made['form'], reason='1')
    expect(saved.status == 303 and saved.location == '/mine', 'the holder sees it no more', saved)
    page = made['holder'].follow(saved)
    expect('Loggen er satt passiv kl.' in page.text, page)
    expect(made['holder'].send(made['form'], reason='1').location == '/mine', 'twice is once')
    page = guardian.open(made['quiet'])
    expect('passiv' in page.text.lower() and 'Les' not in page.text, 'a stub for the family', page)
    made['manager'] = town.signed_in('Bred Ås')
    expect(made['manager'].open(made['quiet']).heading == 'Modig Lerke', 'the manager reads it without a reason')
    expect(made['manager'].get(act(made['quiet'], 'log_close')).status == 404, 'what is passive cannot be set passive')


@fact
def the_manager_opens_a_passive_log_again_and_nobody_else_does(town):
    expect(made['holder'].get(act(made['quiet'], 'log_reopen')).status == 404, 'not for the holder')
    page = made['manager'].open(made['manager'].open(made['quiet']).link('Åpne loggen igjen'))
    form = page.form('log_reopen')
    expect(asked(form) == [] and 'kan lese og skrive igjen' in page.text, page)
    page = made['manager'].follow(made['manager'].send(form))
    expect('Loggen er åpnet igjen kl.' in page.text, page)
    page = made['holder'].open(made['quiet'])
    expect(page.heading == 'Modig Lerke' and page.link('Sett loggen passiv'), 'the holder works in it again', page)
    expect(made['manager'].get(act(made['quiet'], 'log_reopen')).status == 404, 'what is open cannot be opened')


@fact
def a_move_is_recorded_once_and_takes_access_from_nobody(town):
    guardian = town.signed_in('Stram Ørret')
    expect(guardian.get(act(made['log'], 'moved_record')).status == 404, 'not for a guardian')
    page = made['holder'].open(act(made['log'], 'moved_record'))
    expect('Dette kan ikke gjøres om.' in page.text and asked(page.form('moved_record')) == [], page)
    form = made['holder'].open(page.path).form('moved_record')
    page = made['holder'].follow(made['holder'].send(page.form('moved_record')))
    expect('Flyttingen er registrert kl.' in page.text and page.heading == 'Kvikk Ørret', page)
    again = made['holder'].send(form)
    expect(again.status == 422 and 'Loggen tar ikke imot dette' in again.text, again)
    expect(guardian.open(made['log']).status == 200, 'the family reads on')


@fact
def a_log_that_is_a_mistake_is_passive_at_once_and_its_manager_says_why_they_opened_it(town):
    log = town.log('kvikk')
    expect(made['holder'].get(act(log, 'mistake_mark')).status == 404, 'not for the holder')
    page = made['manager'].open(act(log, 'mistake_mark'))
    expect(asked(page.form('mistake_mark')) == ['grunn'], page)
    wrong = made['manager'].send(page.form('mistake_mark'))
    expect(wrong.status == 422 and 'grunn' in wrong.errors, wrong)
    page = made['manager'].follow(made['manager'].send(wrong.form('mistake_mark'), grunn='correction'))
    expect('Det er meldt at loggen er en feil kl.' in page.text, page)
    expect('Kvikk' not in made['holder'].open('/mine').text.replace('Kvikk Ørret', '', 0) or
           'passiv' in made['holder'].open('/mine').text.lower(), 'passive for its holder')
    again = made['manager'].get(act(log, 'mistake_mark'))
    expect(again.status == 200 and made['manager'].send(again.form('mistake_mark')).status == 422, 'said once')
    opened = made['manager'].open(act(log, 'log_reopen'))
    expect(made['manager'].send(opened.form('log_reopen')).status == 422, 'a mistake is not opened again')
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main()
