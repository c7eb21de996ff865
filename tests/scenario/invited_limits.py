#!/usr/bin/env python3
"""invited_limits.py - what somebody who is asked in the app types is their own word: it leads nobody to an account, and makes no log that
paper would not make. What they said they can take back for as long as it is kept."""
import re
from concurrent.futures import ThreadPoolExecutor

from documents import Api, iso
from hand import Hand
from invitations import CODE, asked, enrol, invite, say_yes, to_yes
from new_log import NewLog
from scenario import expect, fact, main
from young import birthday, passes

MOTHERS, CHILDS, OWN_CHILDS, SIBLINGS = '03848510016', '14851650181', '01821550021', '14851651056'
CHILD = {'name': 'Kvikk Kornåker', 'birth_date': '14.05.2016'}
SELF = {'name': 'Rund Rosin', 'relationship': '2', 'responsibility': '1'}
made = {}


def hand_of(town):
    return made.setdefault('hand', Hand(town))


def holder_of(town):
    if 'holder' not in made:
        made['holder'] = town.signed_in('Klok Elv')
    return made['holder']


def log_of(holder):
    """Makes the log of what all have answered; its address."""
    page = holder.open('/invitasjoner')
    page = holder.save(next(form for form in page.forms if form.action.startswith('/invitasjoner/logg/')))
    return page.path


def someone_says_yes(town, user_name, child, guardian):
    browser = enrol(town, invite(holder_of(town), 1)[0], user_name)
    say_yes(browser, asked(browser), child, guardian)
    return browser


def log_on_paper(town, child, guardian):
    walk = NewLog(holder_of(town))
    walk.to_check({'child': child, 'guardians': (guardian,)})
    log = walk.create().location.replace('/ny/klar/', '/logg/')
    made['codes'] = walk.codes()
    return log


def ask_to_join(holder, log):
    """The code for another guardian of this log."""
    page = holder.open(holder.open(log + '/deltakere').link('Spør en foresatt i appen'))
    page = holder.save(page.form('/deltakere/invitasjon'))
    return CODE.findall(page.text)[0][1]


def document(**changes):
    """A yes, as a program sends it."""
    return {'child_name': 'Kvikk Kornåker', 'name': 'Rund Rosin', 'relationship': '2', 'responsibility': '1', 'valid_to': iso(100), **changes}


def end_role(town, name):
    """The manager ends this person's role as relay holder."""
    manager, person = town.signed_in('Bred Ås', 'Enhetsleder'), town.nordvaer.person(name)
    roles = [row['id'].strip('{}') for row in hand_of(town).rows('role', f'person={{{person}}}') if row['to_at'] == '0']
    page = manager.send(next(form for form in manager.open('/ansatte').forms
                             if form.action.endswith('/avslutt') and form['role_row'].value in roles), takes='1')
    expect(page.status == 303, page)


@fact
def a_number_that_somebody_typed_about_themselves_leads_no_other_log_to_them(town):
    liar = someone_says_yes(town, 'annens.nummer', dict(CHILD, national_id=OWN_CHILDS), dict(SELF, national_id=MOTHERS))
    own = log_of(holder_of(town))
    log = log_on_paper(town, {'name': 'Rolig Rapsåker', 'birth_date': '14.05.2016', 'national_id': CHILDS},
                       {'name': 'Mild Marsipan', 'relationship': '1', 'responsibility': '1', 'national_id': MOTHERS})
    expect((liar.get(log).status, liar.get(own).status) == (404, 200), liar.get(log).status, liar.get(own).status)
    mother = enrol(town, made['codes']['Mild Marsipan'], 'rette.mor')
    expect(mother.get(log).status == 200 and mother.get(own).status == 404, 'whom the code was given')
    made['log'] = log


@fact
def nor_is_a_child_found_by_a_number_that_a_guardian_typed(town):
    someone_says_yes(town, 'barnets.nummer', dict(CHILD, national_id=SIBLINGS), SELF)
    log = log_of(holder_of(town))
    before = len(hand_of(town).rows('scope_key', 'kind=2 AND length(blind_index)>0'))
    holder_of(town).send(holder_of(town).open(log + '/deltakere').form('/deltakere/barn'))
    expect(len(hand_of(town).rows('scope_key', 'kind=2 AND length(blind_index)>0')) == before, 'the account of the child has no index')


@fact
def a_young_person_who_answers_for_themselves_is_no_child_of_an_invitation(town):
    browser = enrol(town, invite(holder_of(town), 1)[0], 'far.sytten')
    address, of_age = asked(browser), {'name': 'Ung Ulltepp', 'birth_date': birthday(town, 17, -30)}
    page = to_yes(browser, address, of_age)
    expect(page.status == 422 and 'gammelt nok' in page.text and page.form('/child')['name'].value == of_age['name'], page)
    answer = Api(town, browser).send('POST', f'/api/v1/questions/{address.rsplit("/", 1)[1]}/yes', document(
        child_birth_date='-'.join(reversed(of_age['birth_date'].split('.')))))
    expect(answer.status == 409 and 'gammelt nok' in answer.document['detail'], answer.document)
    expect(all(row['sealed'] == '{}' for row in hand_of(town).rows('invitation')), 'nothing of it is kept')
    browser.follow(browser.send(browser.open(address + '/nei').form('/nei')))


@fact
def a_program_says_yes_to_nothing_that_the_page_refuses(town):
    browser = enrol(town, invite(holder_of(town), 1)[0], 'program.sju')
    address = '/api/v1/questions/' + asked(browser).rsplit('/', 1)[1]
    api = Api(town, browser)
    answer = api.send('POST', address + '/yes', document(child_protection='2', child_address='Undulatgata 7', child_birth_date='2016-05-14'))
    expect(answer.status == 422 and 'Adressen' in answer.document['detail'], answer.document)
    answer = api.send('POST', address + '/yes', document(child_national_id=CHILDS))
    expect(answer.status == 422 and [fault['field'] for fault in answer.document['errors']] == ['child_birth_date'], answer.document)
    expect(all(row['sealed'] == '{}' for row in hand_of(town).rows('invitation')), 'nothing of it is kept')
    api.send('POST', address + '/no', {})


@fact
def two_who_say_yes_at_one_moment_are_both_heard_and_lose_nothing_that_they_typed(town):
    refused = 0
    for number in range(6):
        codes = invite(holder_of(town), 2)
        browsers = [enrol(town, code, f'samtidig.{number}.{at}') for at, code in enumerate(codes)]
        forms = [to_yes(browser, asked(browser), CHILD).form('/guardian') for browser in browsers]
        names = ('Første Fiken', 'Andre Fiken')
        with ThreadPoolExecutor(2) as pool:
            pages = list(pool.map(lambda at: browsers[at].send(forms[at], name=names[at], relationship='1', responsibility='1'), (0, 1)))
        for at, page in enumerate(pages):
            if page.status != 303:
                refused += 1
                expect('samme øyeblikk' in page.text and page.form('/guardian')['name'].value == names[at], page)
                expect(browsers[at].send(page.form('/guardian')).status == 303)
        expect([row['said_at'] != '0' for row in hand_of(town).rows('invited')] == [True, True])
        page = browsers[0].open(browsers[0].open('/invitasjon').links('/invitasjon/')[0] + '/nei')
        browsers[0].follow(browsers[0].send(page.form('/nei')))
    print(f'# {refused} of 6 met the other')


@fact
def whoever_takes_part_already_is_no_second_guardian_under_another_name(town):
    log = log_on_paper(town, {'name': 'Bror Bringebær', 'birth_date': '14.05.2016'},
                       {'name': 'Mor Bringebær', 'relationship': '1', 'responsibility': '1', 'national_id': SIBLINGS})
    one = enrol(town, ask_to_join(holder_of(town), log), 'far.bringebaer')
    say_yes(one, asked(one), {'name': 'Bror Bringebær'}, dict(SELF, name='Far Bringebær', national_id=SIBLINGS))
    page = holder_of(town).open('/invitasjoner')
    page = holder_of(town).send(next(form for form in page.forms if form.action.startswith('/invitasjoner/inn/')))
    expect(page.status == 422 and 'deltar personen allerede' in page.text, page)
    expect('Far Bringebær' not in holder_of(town).open(log + '/samtykke').text and one.get(log).status == 404)
    one.follow(one.send(one.open(one.open('/invitasjon').links('/invitasjon/')[0] + '/nei').form('/nei')))


@fact
def an_address_that_is_protected_afterwards_ends_the_question_to_another_guardian(town):
    log = log_on_paper(town, {'name': 'Skjult Solbær', 'birth_date': '14.05.2016'}, {'name': 'Mor Solbær', 'relationship': '1', 'responsibility': '1'})
    one = enrol(town, ask_to_join(holder_of(town), log), 'far.solbaer')
    address = asked(one)
    expect('Bjørkelia' in one.open(address).text, 'the control: before it is protected the unit is named')
    page = holder_of(town).open(holder_of(town).open(log).links('/rett/')[0])
    holder_of(town).save(next(form for form in page.forms if 'protection' in form.fields), protection='2', address='')
    for told in (address, '/mine', '/invitasjon', '/api/v1/questions'):
        page = one.get(told)
        expect('Bjørkelia' not in page.body.decode(), told)
    expect(not hand_of(town).rows('invitation') and not hand_of(town).rows('invited'), 'it is gone')


@fact
def an_account_that_goes_takes_its_answer_with_it_and_ends_the_task(town):
    other = town.signed_in('Trygg Havn')
    code = invite(other, 1)[0]
    guardian, log = town.signed_in('Stram Ørret'), town.log('kvikk')
    page = guardian.follow(guardian.send(guardian.open('/invitasjon').form('/invitasjon'), enrolment=code))
    say_yes(guardian, page.path, CHILD, dict(SELF, name='Stram Ørret'))
    task = re.compile('besvart med ja|sagt ja til en invitasjon')
    expect(task.search(other.open('/mine').text))
    holder = holder_of(town)
    leaving = [address for address in holder.open(log + '/deltakere').links('/slutt/') if 'Stram' in holder.open(address).text][0]
    holder.save(holder.open(leaving).form('deltakere/slutt/' + leaving.rsplit('/', 1)[1]))
    expect(not hand_of(town).rows('person', f'id={{{town.nordvaer.person("Stram Ørret")}}}'), 'the account went with its last log')
    expect(not task.search(other.open('/mine').text), 'the task')
    expect(not hand_of(town).rows('invitation') and not hand_of(town).rows('invited') and not hand_of(town).rows('scope_key', 'kind=4'))


@fact
def a_yes_can_be_taken_back_when_whoever_asked_has_no_role_any_more(town):
    holder = town.signed_in('Klok Elv')
    browsers = [enrol(town, code, f'angrer.{at}') for at, code in enumerate(invite(holder, 2) + invite(holder, 2))]
    addresses = [asked(browser) for browser in browsers]
    for at in (0, 2):
        say_yes(browsers[at], addresses[at], CHILD, SELF)
    end_role(town, 'Klok Elv')
    expect(browsers[1].get(addresses[1]).status == 404, 'who has not answered is asked no more')
    page = browsers[0].open(browsers[0].open('/invitasjon').links('/invitasjon/')[0])
    expect('Du har sagt ja' in page.text, page)
    page = browsers[0].open(page.links('/nei')[0])
    expect('er slettet' in browsers[0].follow(browsers[0].send(page.form('/nei'))).text)
    api = Api(town, browsers[2])
    question = api.open('/api/v1/questions')['questions'][0]
    expect(question['said'] and api.send('POST', f'/api/v1/questions/{question["id"]}/no', {}).status == 200, question)
    expect(not hand_of(town).rows('invitation') and not hand_of(town).rows('invited') and not hand_of(town).rows('scope_key', 'kind=4'))


@fact
def nor_is_a_log_made_of_one_whose_birthday_came_after_the_answer(town):
    made['holder'] = town.signed_in('Trygg Havn')
    someone_says_yes(town, 'mor.nesten', {'name': 'Nesten Nektarin', 'birth_date': birthday(town, 16, 3)}, SELF)
    passes(town, 4)
    made['holder'] = town.signed_in('Trygg Havn')
    page = made['holder'].open('/invitasjoner')
    page = made['holder'].send(next(form for form in page.forms if form.action.startswith('/invitasjoner/logg/')))
    expect(page.status == 422 and 'gammelt nok' in page.text, page)
    end = page.links('/invitasjoner/slutt/')[0]
    made['holder'].save(made['holder'].open(end).form(end))
    expect(not hand_of(town).rows('invitation'))


if __name__ == '__main__':
    main(mode='test')
