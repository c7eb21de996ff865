#!/usr/bin/env python3
"""wizard.py - a new log: consent of everybody first, nothing stored before the last page, nothing left after a no."""
import datetime

from client import secret_of, totp
from new_log import FAMILY, LARGEST, PDF, NewLog, pdf
from scenario import NORDVAER, OSLO, day, expect, fact, main

PASSWORD = 'tre hvite svaner på isen'
made = {}


@fact
def only_a_relay_holder_may_start_a_log(town):
    for name, role in (('Rolig Vind', ()), ('Klar Fjord', ()), ('Bred Ås', ()), ('Lys Lerke', ())):
        browser = town.signed_in(name, *role)
        expect(browser.get('/ny').status == 404, name)
        page = browser.get('/mine')
        page = browser.follow(page) if page.status == 303 else page
        token = page.form('/logg-ut')['form_token'].value
        for path in ('/ny/information', '/ny/consent', '/ny/child', '/ny/create'):
            expect(browser.post(path, [('form_token', token)]).status == 404, name, path)
    expect(town.visitor().get('/ny').status == 403, 'a visitor signs in first')


@fact
def every_page_before_the_last_stores_nothing(town):
    made['holder'] = town.signed_in('Klok Elv')
    before = town.counts()
    walk = NewLog(made['holder'])
    expect(town.counts() == before, 'information')
    walk.scope(units=[value for value, label in walk.page.form('/ny/consent')['units'].options if 'PPT' in label])
    walk.consent()
    walk.consent()
    expect(walk.page.heading == 'Hvem gjelder loggen?', walk.page)
    walk.child(**FAMILY['child'])
    walk.guardian(**FAMILY['guardians'][0])
    walk.guardian(**FAMILY['guardians'][1])
    expect(town.counts() == before, 'not a row more')
    for words in ('Rask Kanari', 'Gul Kanari', 'Blå Kanari', 'Nordvær PPT', 'Bred Ås', '148516 •••••'):
        expect(words in walk.page.text, words, walk.page)
    expect('14851651056' not in walk.page.body.decode(), 'the number is shown without its end')
    made['walk'] = walk


@fact
def what_was_typed_comes_back_when_a_page_is_changed(town):
    walk = made['walk']
    page = walk.press('child_0')
    expect(page.form('/ny/child')['name'].value == 'Rask Kanari' and page.form('/ny/child')['living'].sent() == ['2'], page)
    walk.child(name='Kvikk Kanari', **{name: value for name, value in FAMILY['child'].items() if name != 'name'})
    expect('Kvikk Kanari' in walk.page.text and 'Rask Kanari' not in walk.page.text, walk.page)


@fact
def the_last_page_creates_the_log_and_shows_the_codes_once(town):
    before = town.counts()
    expect(made['walk'].create().location.startswith('/ny/klar/'), made['walk'].page)
    receipt = made['walk'].page.location
    made['codes'] = made['walk'].codes()
    made['log'] = receipt.replace('/ny/klar/', '/logg/')
    expect(set(made['codes']) == {'Gul Kanari', 'Blå Kanari'}, made['codes'])
    after = town.counts()
    expect(after['log'] == before['log'] + 1 and after['participant'] == before['participant'] + 3 and
           after['consent'] == before['consent'] + 2 and after['enrolment'] == before['enrolment'] + 4, before, after)  # each code, and what it is worth
    page = made['holder'].get(receipt)
    expect(page.status == 303 and page.location == made['log'], 'codes are shown once', page)
    expect('Kvikk Kanari' in made['holder'].open(made['log']).text, made['log'])


@fact
def the_same_last_page_sent_again_leads_to_the_same_log(town):
    walk = NewLog(made['holder']).to_check()
    form = walk.page.form('/ny/create')
    before = town.counts()
    first = made['holder'].send(form)
    again = made['holder'].send(form)
    expect(first.status == again.status == 303, first, again)
    expect(again.location.split('/')[-1] == first.location.split('/')[-1], first, again)
    expect(town.counts()['log'] == before['log'] + 1, 'one log')


@fact
def a_guardian_enrols_with_the_code_signs_in_and_reads_the_log(town):
    browser = town.visitor()
    page = browser.open(f'/k/{NORDVAER}/ny')
    page = browser.send(page.form('/ny'), enrolment=made['codes']['Gul Kanari'])
    secret = secret_of(page)
    page = browser.save(page.form('/konto'), user_name='gul.kanari', password=PASSWORD, code=totp(secret, -1))
    expect('Kontoen er klar' in page.text, page)
    page = browser.sign_in(NORDVAER, 'gul.kanari', PASSWORD, totp(secret))
    expect(page.status == 303 and page.location == '/mine', page)
    page = browser.get('/mine')
    expect(page.location == made['log'], page)
    page = browser.open(made['log'])
    expect('Stafettloggen til Kvikk' in page.text and 'Kvikk Kanari' in page.text, page)
    page = browser.save(page.form('/ny/note'), text='Vi gleder oss.')
    expect('Vi gleder oss.' in page.text, page)


# ---- no ----

def is_over(town, walk, form):
    """Nothing of a wizard that ended can be sent any more."""
    page = walk.browser.send(form)
    return page.status == 422 and 'Ingenting er lagret' in page.text


@fact
def a_no_from_the_second_guardian_ends_it_and_nothing_remains(town):
    before = town.counts()
    walk = NewLog(made['holder'])
    walk.scope()
    walk.consent()
    form = walk.page.form('/ny/consent')
    walk.consent(status=303, answer='0', given_on='', method='3', witness='')
    expect(walk.page.location == '/ny/avbrutt', walk.page)
    expect('Ingenting er lagret' in walk.browser.follow(walk.page).text, walk.page)
    expect(is_over(town, walk, form), 'it cannot go on')
    expect(town.counts() == before, 'not a row')


@fact
def stopping_on_the_last_page_leaves_nothing(town):
    before = town.counts()
    walk = NewLog(made['holder']).to_check()
    form = walk.page.form('/ny/create')
    expect(walk.press('stop').location == '/ny/avbrutt', walk.page)
    expect(is_over(town, walk, form), 'it cannot be created any more')
    expect(town.counts() == before, 'not a row')


@fact
def a_second_wizard_in_another_window_ends_the_first(town):
    before = town.counts()
    first = NewLog(made['holder']).to_check()
    NewLog(made['holder'])
    expect(is_over(town, first, first.page.form('/ny/create')), first.page)
    expect(town.counts() == before, 'not a row')


@fact
def what_one_session_typed_cannot_be_sent_by_another(town):
    before = town.counts()
    walk = NewLog(made['holder']).to_check()
    form = walk.page.form('/ny/create')
    for name in ('Klok Elv', 'Fersk Snø'):
        other = town.signed_in(name)
        theirs = NewLog(other)
        page = other.send(theirs.page.form('/ny/consent'), state=form['state'].value, required_persons='2')
        expect(page.status == 422 and 'Kanari' not in page.text, name, page)
        page = other.post('/ny/create', [('form_token', other.open('/ny').form('/ny/information')['form_token'].value),
                                         ('state', form['state'].value)])
        expect(page.status == 422 and 'Kanari' not in page.text, name, page)
    expect(town.counts() == before, 'not a row')


# ---- consent comes first ----

@fact
def nothing_about_the_child_is_asked_before_everybody_said_yes(town):
    walk = NewLog(made['holder'])
    walk.scope()
    expect('name' not in walk.page.form('/ny/consent').fields, walk.page)
    form = walk.page.form('/ny/consent')
    for change in ('child_0', 'guardian_1', 'check_0'):
        page = walk.browser.send(form, change=change)
        expect(page.status == 200 and page.heading == 'Samtykke 1 av 2', change, page)


@fact
def a_log_is_not_created_while_a_consent_is_missing(town):
    before = town.counts()
    walk = NewLog(made['holder'])
    walk.scope()
    walk.consent()
    state = walk.page.form('/ny/consent')
    page = walk.browser.post('/ny/create', [('form_token', state['form_token'].value), ('state', state['state'].value)])
    expect(page.status == 422 and 'Samtykke 2 av 2' in page.text, page)
    expect(town.counts() == before, 'not a row')


@fact
def each_fault_stands_at_its_field_and_what_was_typed_is_kept(town):
    walk = NewLog(made['holder'])
    page = walk.scope(status=422, required_persons=None)
    expect('required_persons' in page.errors, page)
    page = walk.scope(status=422, valid_to=day(-1))
    expect('passert' in page.errors['valid_to'] and page.form('/ny/consent')['valid_to'].value == day(-1), page)
    page = walk.scope(status=422, valid_to=day(500))
    expect('12 måneder' in page.errors['valid_to'], page)
    walk.scope(valid_to=day(300))
    page = walk.consent(status=422, witness='')
    expect('vitne' in page.errors['witness'] and page.form('/ny/consent')['given_on'].value == day(-1), page)
    expect('fram i tid' in walk.consent(status=422, given_on=day(2)).errors['given_on'], walk.page)
    expect('12 måneder' in walk.consent(status=422, given_on=day(-400)).errors['given_on'], walk.page)
    expect('ja eller nei' in walk.consent(status=422, answer=None).errors['answer'], walk.page)
    walk.consent()
    walk.consent()
    page = walk.child(status=422, name='', birth_date=day(3))
    expect('Barnets navn' in page.errors['name'] and 'birth_date' in page.errors, page)
    page = walk.child(status=422, name='Rask Kanari', national_id='02013299997', birth_date='02.01.2032')
    expect('national_id' in page.errors and page.form('/ny/child')['name'].value == 'Rask Kanari', 'a real number in a demo', page)
    page = walk.child(status=422, name='Rask Kanari', national_id='14851651057', birth_date='14.05.2016')
    expect('national_id' in page.errors, 'a wrong check digit', page)
    page = walk.child(status=422, name='Rask Kanari', protection='3', address='Fjærgata 1')
    expect('fortrolig' in page.errors['address'], page)
    walk.child(protection='1', address='', **FAMILY['child'])
    walk.guardian(national_id='06838610054', **FAMILY['guardians'][0])
    page = walk.guardian(status=422, national_id='06838610054', **FAMILY['guardians'][1])
    expect('samme nummer' in page.errors['national_id'], page)


def years_ago(years, days=0):
    today = datetime.datetime.now(OSLO).date()
    at = today.replace(year=today.year - years) if (today.month, today.day) != (2, 29) else datetime.date(today.year - years, 3, 1)
    return (at + datetime.timedelta(days=days)).strftime('%d.%m.%Y')


@fact
def whoever_is_of_age_is_not_the_child_of_a_log(town):
    walk = NewLog(made['holder'])
    walk.scope(valid_to=day(300))
    walk.consent()
    walk.consent()
    for born in (years_ago(18), years_ago(18, -1), '01.01.1990', '17.05.1916', '01.01.1970'):
        page = walk.child(status=422, **{**FAMILY['child'], 'birth_date': born})
        expect('18 år' in page.errors['birth_date'] and page.form('/ny/child')['birth_date'].value == born, born, page)
    walk.child(**{**FAMILY['child'], 'birth_date': years_ago(18, 1)})


# ---- the paper ----

@fact
def consent_on_paper_needs_its_document(town):
    before = town.counts()
    walk = NewLog(made['holder']).to_check(consent={'method': '1', 'witness': ''})
    expect('document' in walk.page.form('/ny/create').fields, walk.page)
    page = walk.create(status=422)
    expect('Legg ved' in page.errors['document'] and 'Rask Kanari' in page.text, page)
    page = walk.create(status=422, files={'document': ('samtykke.pdf', 'application/pdf', b'<script>alert(1)</script>')})
    expect('PDF, JPEG eller PNG' in page.errors['document'], page)
    expect(town.counts() == before, 'not a row')
    made['paper'] = walk


@fact
def the_document_is_kept_and_given_to_those_who_may_read_it(town):
    walk = made['paper']
    content = pdf(bytes(range(256)) * 12_000)
    walk.create(files={'document': ('../../Rask Kanari.pdf', 'text/html', content)})
    log = walk.page.location.replace('/ny/klar/', '/logg/')
    walk.codes()
    address = walk.browser.open(log).links('/samtykke/')
    expect(address, walk.browser.open(log))
    page = walk.browser.get(address[0])
    expect(page.status == 200 and page.body == content, page.status, len(page.body))
    expect(page.headers['content-type'] == 'application/pdf' and page.headers['cache-control'] == 'no-store', page.headers)
    expect(page.headers['content-disposition'] == 'attachment; filename="samtykke.pdf"', page.headers)
    stranger = town.signed_in('Fersk Snø')
    expect(stranger.get(address[0]).status == 404 and stranger.get(log + '/samtykke/' + 'ab' * 16).status == 404, 'a stranger')
    page = town.signed_in('Klok Elv').get(town.log('blid'))
    demo = walk.browser.get(page.links('/samtykke/')[0])
    expect(demo.status == 200 and demo.body.startswith(b'%PDF-'), demo.status)


@fact
def the_largest_document_that_is_taken_can_be_read_again(town):
    walk = NewLog(made['holder']).to_check(consent={'method': '1', 'witness': ''})
    content = pdf(LARGEST)
    walk.create(files={'document': ('x.pdf', 'application/pdf', content)})
    log = walk.page.location.replace('/ny/klar/', '/logg/')
    expect(walk.browser.get(walk.browser.open(log).links('/samtykke/')[0]).body == content, 'byte for byte')


@fact
def a_document_one_byte_too_large_is_told_at_its_field_and_all_else_is_kept(town):
    before = town.counts()
    walk = NewLog(made['holder']).to_check(consent={'method': '1', 'witness': ''})
    for size in (LARGEST + 1, LARGEST + 2 ** 20, 15 * 2 ** 20):
        page = walk.create(status=422, files={'document': ('x.pdf', 'application/pdf', pdf(size))})
        expect('større enn 10 MB' in page.errors['document'] and 'Rask Kanari' in page.text, size, page)
    expect(town.counts() == before, 'not a row')
    expect(f'data-max="{LARGEST}"' in page.body.decode(), 'the page can check before it sends')
    walk.create(files={'document': ('x.pdf', 'application/pdf', pdf(10_485_560))})


@fact
def what_is_kept_as_a_signed_consent_is_a_whole_file_of_its_kind(town):
    before = town.counts()
    walk = NewLog(made['holder']).to_check(consent={'method': '1', 'witness': ''})
    for content in (b'%PDF-1.7\n<script>', pdf(5000)[:3000], b'\xff\xd8\xff\xe0' + bytes(100), b'\x89PNG\r\n\x1a\n' + bytes(100)):
        page = walk.create(status=422, files={'document': ('x.pdf', 'application/pdf', content)})
        expect('ikke hel' in page.errors['document'], content[:12], page.errors)
    expect(town.counts() == before, 'not a row')
    walk.create(files={'document': ('x.pdf', 'application/pdf', b'\xef\xbb\xbf' + pdf(5000))})


@fact
def a_document_that_is_too_large_is_refused_before_it_is_read(town):
    before = town.counts()
    walk = NewLog(made['holder']).to_check(consent={'method': '1', 'witness': ''})
    page = walk.create(status=413, files={'document': ('x.pdf', 'application/pdf', PDF + b'x' * (17 << 20))})
    expect(town.counts() == before and 'ingenting er lagret' in page.text and 'nothing is stored' in page.text, page)


@fact
def all_that_was_written_is_as_it_was_sealed(town):
    expect(not town.verify(), town.verify())


if __name__ == '__main__':
    main()
