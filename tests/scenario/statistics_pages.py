#!/usr/bin/env python3
"""statistics_pages.py - what `make demo` publishes, read by everybody who may: every answerable page, file and document says the same,
and whoever takes all of them together learns no number that is hidden.

EVERY=1 reads every combination that is on offer; else a part of them, another with each SEED.
"""
import collections
import json
import os
import pathlib
import random
import re
import sqlite3
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor

from documents import Api
from figures import API, CSV, PAGE, VIEWS, Answer, Tables, questions
from scenario import expect, fact, main

ATTACK = pathlib.Path(__file__).resolve().parents[2] / 'tools/sdc_attack.py'
FAMILIES = {'attentions': 1, 'measures': 2, 'outcomes': 2}
READERS = 4
PART = 160      # combinations of each view, where not every one is read
# Per cent of each measure that end as wanted (src/service/seed/effects.c).
EFFECTS = {'10': 30, '11': 40, '12': 55, '20': 45, '21': 35, '30': 25, '31': 20, '32': 50, '40': 15, '41': 20, '50': 50, '51': 15, '52': 60,
           '60': 10, '99': 25}
made = {}


def admin(town):
    if 'admin' not in made:
        made['admin'] = town.signed_in('Klar Fjord')
    return made['admin']


def rows(town, sql):
    database = sqlite3.connect(f'file:{town.database()}?mode=ro', uri=True, timeout=10)
    try:
        return database.execute(sql).fetchall()
    finally:
        database.close()


def published_facts(town):
    """(family, quarter as 2025-2, unit, category, grade, attention) of everything that is published: what no page may read."""
    return [(family, f'{period // 4}-{period % 4 + 1}', unit.hex(), str(category), str(grade), str(attention))
            for family, period, unit, category, grade, attention in
            rows(town, 'SELECT family,period,unit,category,grade,attention FROM frozen_fact')]


def counts(facts, place):
    """How many facts a figure counts. A whole year is one whose last quarter is published."""
    view, category, period, by, value = place
    column = {'unit': 2, 'severity': 4, 'outcome': 4, 'attention': 5}.get(by)
    last = max(one[1] for one in facts)
    whole = {one[1][:4] for one in facts if f'{one[1][:4]}-4' <= last}
    return sum(one[0] == FAMILIES[view] and category in ('', one[3]) and (period == one[1] or period == one[1][:4] or
               (period == 'all' and one[1][:4] in whole)) and (column is None or one[column] == value) for one in facts)


def read(town, view, every=bool(os.environ.get('EVERY'))):
    """The answers to questions of one view, by several readers of one session."""
    if view not in made:
        asked = list(questions(admin(town), view))
        if not every:
            asked = random.Random(os.environ.get('SEED', '1')).sample(asked, min(PART, len(asked)))
        with ThreadPoolExecutor(READERS) as pool:
            made[view] = list(pool.map(lambda question: Answer(admin(town), question), asked))
    return made[view]


def shown(town):
    """Every figure that somebody can read, by what it counts; the same everywhere that it is shown."""
    told = {}
    for view in VIEWS:
        for answer in read(town, view):
            for place, (count, _, _) in answer.of_api():
                key = (('attentions' if view == 'attentions' else 'measures',) + place)
                if count is not None:
                    expect(told.setdefault(key, count) == count, key, count, told[key])
    return told


def hidden(town, told):
    """What is masked on every page that has it."""
    return {key for view in VIEWS for answer in read(town, view) for place, (count, _, offered) in answer.of_api()
            if count is None and offered and (key := ('attentions' if view == 'attentions' else 'measures',) + place) not in told}


# ---- what is shown ----

@fact
def three_years_are_published_and_the_page_says_when_the_next_publication_comes(town):
    page = admin(town).open(PAGE)
    expect(re.search(r'Publisering [67], \d+\.\s\w+ \d{4}\. Tallene gjelder til og med [24]\.', page.text.replace('\xa0', ' ')), page)
    expect('Neste publisering kommer' in page.text and 'Slik leser du tallene' in page.text, page)
    years = [value for value in Tables(page.body.decode()).choices['period'] if re.fullmatch(r'\d{4}', value)]
    expect(len(years) == 3 and years == sorted(years, reverse=True), years)


@fact
def every_page_its_file_and_its_document_carry_the_same_figures(town):
    for view in VIEWS:
        for answer in read(town, view):
            expect(answer.differences() == [], answer.question, answer.differences())
    for path in (API, f'{API}?view=outcomes', f'{API}?view=measures&by=unit'):
        expect(Api(town, admin(town)).open(path)['figures'], 'as the description of the API has it', path)


@fact
def what_is_shown_is_true(town):
    facts = published_facts(town)
    for place, count in random.Random(1).sample(sorted(shown(town).items()), 200):
        expect(counts(facts, place) == count, place, count, counts(facts, place))


@fact
def much_is_shown_and_something_is_hidden_and_hatched_always_as_long(town):
    widths = {width for view in VIEWS for answer in read(town, view) for width in answer.read.bars}
    states = collections.Counter(one['state'] for view in VIEWS for answer in read(town, view) for one in answer.figures
                                 if not answer.question['by'] and not answer.question['category'])
    expect(widths == {'5%'}, widths)
    expect(states['shown'] > states['masked'] > 0, states)


@fact
def a_reader_learns_which_measures_end_well(town):
    table = Answer(admin(town), {'view': 'outcomes', 'period': 'all'})
    wanted = {place[0]: percent for place, (_, percent, _) in table.of_api()
              if place[0] and place[2:] == ('outcome', '1') and percent is not None}
    expect(len(wanted) >= 6, wanted)
    far = [(one, other) for one in wanted for other in wanted if EFFECTS[one] >= EFFECTS[other] + 25]
    expect(far and all(wanted[one] > wanted[other] for one, other in far), wanted)


@fact
def rows_stand_in_the_predefined_order_whatever_their_numbers(town):
    answer = Answer(admin(town), {'view': 'attentions', 'period': 'all'})
    codes = [one.get('category', '') for one in answer.figures if one['table'] == 'categories'][:-1]
    expect(codes == sorted(codes, key=int) and len(codes) == 20, codes)


# ---- what is hidden ----

def is_hidden_whole(facts, category, period):
    return counts(facts, ('attentions', category, period, '', '')) < 5


@fact
def no_registration_and_four_are_the_same_page_byte_for_byte(town):
    """Two areas with fewer than five in a quarter: their pages differ in nothing but the area's own name and code."""
    facts = published_facts(town)
    quarters = sorted({one[1] for one in facts})
    names = dict(zip(Tables(admin(town).open(PAGE).body.decode()).choices['category'], re.findall(
        r'<option value="\d*"[^>]*>([^<]*)</option>', re.search(r'name="category".*?</select>', admin(town).open(PAGE).body.decode(), re.S)[0])))
    few = collections.defaultdict(list)
    for period in quarters:
        for category in names:
            if category:
                few[period].append((counts(facts, ('attentions', category, period, '', '')), category))
    pairs = [(period, none, some) for period, listed in few.items() for n, none in listed if n == 0 for k, some in listed if 1 <= k <= 4]
    expect(pairs, 'there are such areas', few)
    for period, none, some in pairs[:6]:
        one, other = (headline_and_head(admin(town).open(f'{PAGE}?view=attentions&category={code}&period={period}'), code, names[code])
                      for code in (none, some))
        expect(one == other, period, none, some)


def headline_and_head(page, code, name):
    """What the page says of the quarter that was asked for: all but the choices, and the years, which are other questions."""
    text = re.sub(r'name="form_token" value="[^"]*"', '', page.body.decode())
    start = text.index('<dl class="sl-kpi')
    return text[start:text.index('</dl>', start)].replace(name, 'X'), text.count('ikke tilgjengelig'), page.status


@fact
def nobody_who_reads_everything_recovers_a_hidden_number(town):
    facts, told = published_facts(town), shown(town)
    masked = hidden(town, told)
    for family in ('attentions', 'measures'):
        for columns in ((2, 4),) if family == 'attentions' else ((2, 4), (5,)):
            attack(family, [one for one in facts if one[0] == FAMILIES[family]], columns,
                   {place[1:]: count for place, count in told.items() if place[0] == family},
                   {place[1:] for place in masked if place[0] == family})


def attack(family, facts, columns, told, masked):
    """The attacker of tools/ with what is shown along some of the columns, against what is true: every cell, and all that is masked."""
    truth = collections.Counter((one[1], one[3]) + tuple(one[c] for c in columns) for one in facts)
    values = [sorted({one[c] for one in facts}) for c in columns]
    cells = {}
    for period in sorted({one[1] for one in facts}):
        for category in sorted({one[3] for one in facts}):
            add_cells(cells, truth, (period, category), values)
    named = {'unit': 2, 'severity': 4, 'outcome': 4, 'attention': 5}
    last = max(one[1] for one in facts)

    having = collections.defaultdict(set)
    for cell in cells:
        for at, value in enumerate(cell):
            having[at, value].add(cell)
        having[0, cell[0][:4]].add(cell)
        if f'{cell[0][:4]}-4' <= last:
            having[0, 'all'].add(cell)

    def members(place):
        category, period, by, value = place
        if by and named[by] not in columns:
            return []
        inside = having[0, period] & (having[1, category] if category else set(cells))
        return [' '.join(cell) for cell in inside & (having[columns.index(named[by]) + 2, value] if by else inside)]

    lines = [{'value': count, 'cells': members(place)} for place, count in told.items()]
    targets = [{'name': ' '.join(cell), 'cells': [' '.join(cell)], 'kind': 'cell'} for cell in cells]
    targets += [{'name': '/'.join(place), 'cells': members(place), 'kind': 'cell' if place[0] else 'filter'} for place in sorted(masked) if members(place)]
    with tempfile.TemporaryDirectory() as folder:
        shown_file, truth_file = pathlib.Path(folder, 'shown.json'), pathlib.Path(folder, 'truth.json')
        shown_file.write_text(json.dumps([line for line in lines if line['cells']]))
        truth_file.write_text(json.dumps({'cells': {' '.join(cell): n for cell, n in cells.items()}, 'targets': targets}))
        done = subprocess.run(['/usr/bin/python3', ATTACK, shown_file, '--truth', truth_file, '--limit', '2', '--time', '60'],
                              capture_output=True, text=True, check=False)
        print(f'# {family} {columns}: {done.stdout.splitlines()[-1] if done.stdout else done.stderr[-500:]}', flush=True)
        expect(done.returncode == 0 and '"narrow": 0' in done.stdout, family, columns, done.stdout[-2000:], done.stderr[-2000:])


def add_cells(cells, truth, begun, values):
    if not values:
        cells[begun] = truth[begun]
        return
    for value in values[0]:
        add_cells(cells, truth, begun + (value,), values[1:])


# ---- who reads what ----

@fact
def a_manager_sees_their_own_unit_beside_the_municipality_and_no_other(town):
    manager, units = town.signed_in('Bred Ås'), town.nordvaer.units
    page = manager.open(PAGE)
    own, other = town.nordvaer.unit('Bjørkelia'), town.nordvaer.unit('PPT')
    expect('Bjørkelia skole' in page.text and 'Hele kommunen' in page.text and 'Nordvær PPT' not in page.text, page, units)
    expect(set(Tables(page.body.decode()).choices['by']) >= {'', 'whole', f'unit-{own}'}, page)
    for wrong in (f'unit-{other}', 'unit', 'unit-' + 'ab' * 16):
        answers = [manager.get(f'{address}?by={wrong}') for address in (PAGE, CSV, API)]
        expect([answer.status for answer in answers] == [422, 404, 422], wrong, answers)
    beside = Answer(manager, {'view': 'attentions', 'period': 'all'})
    expect(beside.differences() == [] and {one.get('unit') for one in beside.figures} == {own, None}, beside.figures[:4])


@fact
def nobody_else_finds_it(town):
    for name in ('Klok Elv', 'Rolig Vind'):
        browser = town.signed_in(name)
        expect([browser.get(address).status for address in (PAGE, CSV, API)] == [404, 404, 404], name)
        expect(PAGE not in [link for link in re.findall(r'href="([^"]*)"', browser.open('/mine').body.decode())], name)
    expect(PAGE in admin(town).open('/enheter').body.decode())


@fact
def a_wrong_filter_is_told_in_words_and_what_was_right_is_kept(town):
    page = admin(town).get(f'{PAGE}?view=measures&category=51&period=1999&by=unit')
    expect(page.status == 422 and page.title.startswith('Feil') and 'Velg en periode fra listen' in page.text, page)
    body = page.body.decode()
    expect('value="51" selected' in body and 'value="unit" selected' in body and '<table' not in body, page)
    for query in ('view=x', 'category=7', 'category=010', 'period=2025-5', 'period=2025-', 'by=unit-1', 'by=outcome-9', 'by=x', 'by=severity&view=outcomes'):
        expect(admin(town).get(f'{PAGE}?{query}').status == 422, query)
        expect(admin(town).get(f'{CSV}?{query}').status == 404, query)
    problem = Api(town, admin(town)).get(f'{API}?period=1999')
    expect(problem.status == 422 and 'period' in problem.body.decode(), problem)


@fact
def a_quarter_of_one_unit_is_not_offered_and_the_page_says_so(town):
    own, quarter = town.nordvaer.unit('Bjørkelia'), next(q['period'] for q in questions(admin(town), 'attentions') if '-' in q['period'])
    page = admin(town).open(f'{PAGE}?period={quarter}&by=unit-{own}')
    expect('Ikke tilgjengelig.' in page.text and 'velg et helt år' in page.text, page)


@fact
def each_reading_leaves_a_line(town):
    count = 'SELECT count(*) FROM audit WHERE act=77'
    before = rows(town, count)[0][0]
    for address in (PAGE, CSV, API):
        admin(town).open(address)
    expect(rows(town, count)[0][0] == before + 3)
    expect(town.verify() == '', town.verify())


if __name__ == '__main__':
    main(statistics=True)
