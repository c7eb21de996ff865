#!/usr/bin/env python3
"""test_rules.py - a wrong citation of a rule, or a table that the program does not print so, is found (tools/check_rules.py,
tools/print_rules.py).

usage: test_rules.py   (from the root of the source)
"""
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
PRINTED = '<!-- printed: stafettlogg policy states -->\n{}<!-- printed: end -->\n'


class Sources(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.write('docs/rules/README.md', '[keys](keys.md)\n')
        self.write('docs/rules/keys.md', '1. **One.** It is.\n2. **Two.** Are.\n')

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding='utf-8')


class Citations(Sources):
    def check(self):
        done = subprocess.run([sys.executable, ROOT / 'tools/check_rules.py', self.root], capture_output=True, text=True)
        return done.returncode, done.stdout.strip()

    def refused(self, comment, reason):
        self.write('src/a.c', comment)
        code, text = self.check()
        self.assertEqual(code, 1, comment)
        self.assertIn(reason, text)
        self.assertIn('src/a.c', text)

    def test_rules_that_exist_are_cited_in_every_form(self):
        self.write('src/a.c', '/* A key.\n * Rules: keys 1, 2; keys\n * 1-2. */\nint a; /* (rules: keys 2) */\n')
        self.assertEqual(self.check(), (0, ''))

    def test_a_rule_that_does_not_exist_is_found(self):
        self.refused('/* As settled (rules: keys 3). */', 'that page has 2 rules')
        self.refused('/* Rules: keys 1-3. */', 'that page has 2 rules')
        self.refused('/* Rules: keys 1,\n * 3. */', 'that page has 2 rules')

    def test_a_page_that_does_not_exist_is_found(self):
        self.refused('/* Rules: kyes 1. */', 'no page kyes')

    def test_a_citation_of_what_the_repository_does_not_hold_is_found(self):
        for old in ('(settled 15)', '(settled, 2)', '(spec 4 "step-up")', 'Rules: 2-lifecycle.', '(scenario 12)', 'Rule: 4-security "TLS".'):
            self.refused(f'/* As it is {old} */', 'is no rule of')

    def test_a_link_to_a_rule_that_does_not_exist_is_found(self):
        self.write('docs/rules/keys.md', '1. **One.** As in [keys](keys.md)\n   2.\n')
        self.assertEqual(self.check()[0], 1)

    def test_a_gap_in_the_numbers_is_found(self):
        self.write('docs/rules/keys.md', '1. **One.** It is.\n3. **Three.** Are.\n')
        code, text = self.check()
        self.assertEqual(code, 1)
        self.assertIn('not numbered', text)

    def test_a_page_that_the_index_does_not_name_is_found(self):
        self.write('docs/rules/more.md', '1. **One.** It is.\n')
        code, text = self.check()
        self.assertEqual(code, 1)
        self.assertIn('does not name more.md', text)


class Tables(Sources):
    """The program is played by a script that prints one table, `states`."""

    def setUp(self):
        super().setUp()
        self.write('program', '#!/bin/sh\n[ "$2" != --help ] || printf "TABLE is one\\n  states  all states\\n"\n'
                              '[ "$2" != states ] || echo "| a | b |"\n')
        (self.root / 'program').chmod(0o755)

    def run_print(self, *words):
        done = subprocess.run([sys.executable, ROOT / 'tools/print_rules.py', *words, self.root / 'program'], cwd=self.root,
                              capture_output=True, text=True)
        return done.returncode, done.stdout.strip()

    def test_a_table_is_written_and_then_holds(self):
        self.write('docs/rules/keys.md', '1. **One.**\n\n' + PRINTED.format('old\n'))
        self.assertEqual(self.run_print(), (0, ''))
        self.assertIn('| a | b |', (self.root / 'docs/rules/keys.md').read_text(encoding='utf-8'))
        self.assertEqual(self.run_print('--check'), (0, ''))

    def test_a_table_that_differs_is_found(self):
        self.write('docs/rules/keys.md', '1. **One.**\n\n' + PRINTED.format('\n| a | c |\n\n'))
        code, text = self.run_print('--check')
        self.assertEqual(code, 1)
        self.assertIn('not what the program prints', text)

    def test_a_table_that_stands_nowhere_is_found(self):
        code, text = self.run_print('--check')
        self.assertEqual(code, 1)
        self.assertIn('shows the table states', text)


if __name__ == '__main__':
    unittest.main()
