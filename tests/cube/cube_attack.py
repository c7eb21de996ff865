#!/usr/bin/python3
"""cube_attack.py - all pages of invented municipalities are read, and the attacker (tools/sdc_attack.py) computes what it can.

usage: cube_attack.py DUMP_CUBE [--all | --compare] [--out FILE] [--parents N]

Of each town the attacker gets every answer of a publication, or of two publications after one another. It must recover nothing, not even
bound a sensitive count to one value beside nothing, and leave nothing undecided. The control: the answers that the two agreed rules
alone would give, out of which it must recover much. --all: 20 organisations with 400, 2,500 and 20,000 facts, three seeds each, and two
publications of each size; some minutes. --compare: the same 2,500 facts by the two rules alone, by a practice that is common elsewhere
(nothing below five, the rest rounded to fives), and by the cube; draws docs/practices.svg. --parents N: for N children what follows for others when their own facts are known as well.
--out writes the figures as Markdown. Prints TAP.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
ATTACKER = ROOT / 'tools' / 'sdc_attack.py'
SYSTEM_PYTHON = '/usr/bin/python3'  # the one that has Debian's scipy

# family, organisations, years, facts, seed, how
FEW = [
    ('attentions', 20, 2, 400, 1, 'cube'),
    ('attentions', 20, 2, 400, 2, 'two'),
    ('measures', 4, 1, 250, 1, 'cube'),
    ('attentions', 20, 2, 400, 1, 'rules'),
]
ALL = [('attentions', 20, 2, facts, seed, 'cube') for facts in (400, 2500, 20000) for seed in (1, 2, 3)] + \
      [('attentions', 20, 2, facts, 4, 'two') for facts in (400, 2500, 20000)] + \
      [('measures', 4, 1, 250, seed, 'cube') for seed in (1, 2)] + [('measures', 4, 2, 500, 3, 'two')] + \
      [('attentions', 20, 2, facts, 1, 'rules') for facts in (400, 2500, 20000)]


COMPARED = [('attentions', 20, 2, 2500, 1, how) for how in ('rules', 'rounded', 'cube')]
PRACTICES = {'rules': 'the two rules alone', 'rounded': 'threshold 5, rounded to 5', 'cube': 'certified cube'}


def attack(folder, facts, seconds=120):
    """What the attacker reports of the facts."""
    report = folder / 'report.json'
    report.unlink(missing_ok=True)
    subprocess.run([SYSTEM_PYTHON, ATTACKER, facts, '--truth', folder / 'truth.json', '--limit', '2', '--time', str(seconds), '--json', report],
                   check=False, stdout=subprocess.DEVNULL)
    return json.loads(report.read_text())


def freeze(dump, town, folder):
    """What the town said of its publication; its pages and its truth stand in the folder."""
    return subprocess.run([dump, *map(str, town), folder], check=True, capture_output=True, text=True).stdout.strip().split('\n')


def holds(how, report):
    if how == 'rules':
        return report['exact'] > 20
    if how == 'rounded':
        return True  # whatever it is: it is there to be compared
    return report['exact'] == report['narrow'] == report['undecided'] == 0 and report['facts'] > 0


def run(dump, town, seconds, rows, points):
    with tempfile.TemporaryDirectory(prefix='stafettlogg-cube-') as name:
        folder, begun = pathlib.Path(name), time.monotonic()
        said = freeze(dump, town, folder)
        frozen = time.monotonic() - begun
        report = attack(folder, folder / 'pages.json', seconds)
    shown, every = map(int, said[-1].split())
    points.append({'name': PRACTICES.get(town[-1], town[-1]), 'line': False,
                   'points': [[100 * shown / every, 100 * report['exact'] / report['sensitive']]]})
    rows.append('| {} | {:.0f} % | {} | {} | {} | {} | {:.2f} |'.format(
        ' '.join(map(str, town)), 100 * shown / every, report['sensitive'], report['exact'], report['narrow'], report['undecided'], frozen))
    good = holds(town[-1], report)
    print(f'# {"; ".join(said[:-1])} {shown} of {every} numbers above 0 shown, {report["sensitive"]} sensitive, {report["exact"]} recovered, '
          f'{report["narrow"]} narrow, {report["undecided"]} undecided, {time.monotonic() - begun:.0f} s', flush=True)
    for found in report['exact_list'][:5] if not good else []:
        print('#', found)
    return good


def know_own_child(folder, child):
    """The pages, and that there are at least the child's own facts."""
    pages = json.loads((folder / 'pages.json').read_text())
    pages += [{'cells': [int(cell)], 'min': number, 'max': 10 ** 6} for cell, number in child.items()]
    known = folder / 'known.json'
    known.write_text(json.dumps(pages))
    return known


def parents(dump, count, facts, rows):
    """For each child what the pages tell beside the child's own facts: sensitive counts that they then recover, its own left out."""
    with tempfile.TemporaryDirectory(prefix='stafettlogg-cube-') as name:
        folder = pathlib.Path(name)
        freeze(dump, ('attentions', 20, 2, facts, 1, 'cube'), folder)
        children = json.loads((folder / 'truth.json').read_text())['children'][:count]
        told = []
        for child in children:
            report = attack(folder, know_own_child(folder, child))
            told.append((report['exact'], report['narrow'], report['sensitive']))
            print(f'# a child of {sum(child.values())} facts known: {report["exact"]} recovered, {report["narrow"]} narrow', flush=True)
    rows.append('')
    rows.append(f'Known to a parent: of {len(told)} children, one after another, {sum(exact > 0 for exact, _, _ in told)} let a sensitive '
                f'count be recovered; {sum(exact for exact, _, _ in told)} of {sum(all_ for _, _, all_ in told)} counts together, '
                f'{sum(narrow for _, narrow, _ in told)} more are bounded to two values.')


def draw(points):
    plot = {'title': 'The same 2,500 facts, three practices', 'x': 'shown, % of the numbers above 0', 'y': 'sensitive counts recovered, %',
            'log': False, 'series': points}
    subprocess.run([ROOT / 'tools' / 'draw_plot.py', ROOT / 'docs' / 'practices.svg'], input=json.dumps(plot), text=True, check=True)


def main():
    ask = argparse.ArgumentParser()
    ask.add_argument('dump')
    ask.add_argument('--all', action='store_true')
    ask.add_argument('--compare', action='store_true')
    ask.add_argument('--parents', type=int, default=0)
    ask.add_argument('--out')
    asked = ask.parse_args()
    towns, failed, points = COMPARED if asked.compare else ALL if asked.all else FEW, 0, []
    rows = ['| town | shown of what is above 0 | sensitive | recovered | narrow | undecided | seconds to make |', '|---|---:|---:|---:|---:|---:|---:|']

    print(f'1..{len(towns)}', flush=True)
    for number, town in enumerate(towns, 1):
        # What is broken need not be broken to the end.
        broken = town[-1] not in ('cube', 'two')
        good = run(asked.dump, town, 120 if not broken else 10 if towns is FEW else 40, rows, points)
        failed += not good
        print(f'{"ok" if good else "not ok"} {number} - {" ".join(map(str, town))}', flush=True)
    if asked.compare:
        draw(points)
    if asked.parents:
        parents(asked.dump, asked.parents, 400, rows)
    if asked.out:
        pathlib.Path(asked.out).write_text('\n'.join(rows) + '\n')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
