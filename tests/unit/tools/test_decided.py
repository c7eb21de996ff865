#!/usr/bin/env python3
"""test_decided.py - whoever decides outside src/domain is found (tools/check_decided.py).

usage: test_decided.py   (from the root of the source)
"""
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]

PLANTED = {
    'a period in force': 'bool a = row->from_at <= now && (row->to_at == 0 || now < row->to_at);',
    'a period that has an end': 'if (people[i].to_at != 0)',
    'an end on the other side': 'return now >= rows->items[i].to_at;',
    'a code that is over': 'if (row.expires_at <= now)',
    'a consent that is not withdrawn': 'if (row->withdrawn_at == 0 && names(row))',
    'a consent that has not ended': 'good = good && consent->valid_to > now;',
    'an end that is earlier': 'end = end < row->valid_to ? end : row->valid_to;',
    'months later': 'Day wake = day_add_months(today, 3);',
    'an age': 'return today >= day_of_age(birth, 18);',
    'a length of its own': '#define CONSENT_NOTICE_DAYS 30',
    'the day after the last': 'int64_t end = oslo_time(last + 1, 0);',
    'an open measure': 'return values_code(values, MEASURE_STATE) == MEASURE_STATE_RUNNING;',
    'a meeting to come': 'meeting->coming = meeting->at.ms >= in->call->actor.now;',
    'days from now': 'int64_t end = oslo_time(oslo_day(now) + SETTLE, 0);',
    'the last day of a period': 'Day last = oslo_day(row->to_at - 1);',
}
FINE = {
    'a question to the domain': 'if (period_in_force(PERIOD_OF(row), now) && consents_name(&consents, unit, now))',
    'a value that is set': 'row->to_at = now; change.valid_to = given.ends_at;',
    'a name in a form': 'static const char *const names[] = {"to_at", "valid_to < now", NULL};',
    'a comment': '/* to_at == 0: no end; day_add_months */',
    'a member behind an arrow': 'Period part = {.from_at = row->from_at, .to_at = row->to_at};',
    'a minute of a day': 'int64_t at = oslo_time(day, FIRST_MINUTE + 30);',
}


class Decided(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def check(self, place, line):
        path = self.root / 'src' / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'/* A file.\n * Of two lines. */\n{line}\n', encoding='utf-8')
        done = subprocess.run([sys.executable, ROOT / 'tools/check_decided.py', self.root], capture_output=True, text=True)
        return done.returncode, done.stdout

    def test_a_planted_decision_is_found_in_every_spelling_with_its_line(self):
        for what, line in PLANTED.items():
            code, said = self.check('web/log/page.c', line)
            self.assertEqual(code, 1, what)
            self.assertIn('src/web/log/page.c:3: ', said, what)

    def test_who_asks_the_domain_is_not_found(self):
        for what, line in FINE.items():
            self.assertEqual(self.check('web/log/page.c', line), (0, ''), what)

    def test_the_domain_itself_decides(self):
        for line in PLANTED.values():
            self.assertEqual(self.check('domain/period.c', line), (0, ''))

    def test_nobody_else_decides_here(self):
        done = subprocess.run([sys.executable, ROOT / 'tools/check_decided.py', ROOT], capture_output=True, text=True)
        self.assertEqual((done.returncode, done.stdout), (0, ''))


if __name__ == '__main__':
    unittest.main()
