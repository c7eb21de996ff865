#!/usr/bin/env python3
"""test_checks.py - the checks of how the code reads see what they shall see: bounds and headers.

usage: test_checks.py      (from the root of the sources)
"""
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

TOOLS = pathlib.Path('tools').resolve()
sys.path.insert(0, str(TOOLS))
from c_functions import functions


def seen(text):
    return [(function.name, function.parameters, function.public) for function in functions(text)]


class Functions(unittest.TestCase):
    def test_a_signature_over_lines_with_attributes_is_one_function(self):
        self.assertEqual(seen('MUST_USE static __attribute__((format(printf, 1, 2))) Err\nf(int a,\n  const char *b)\n{\n}\n'),
                         [('f', 2, False)])

    def test_an_array_with_a_least_size_makes_no_function_static(self):
        self.assertEqual(seen('Err f(Id id, char ret_text[static 33])\n{\n}\n'), [('f', 2, True)])

    def test_a_pointer_to_a_function_is_one_parameter(self):
        self.assertEqual(seen('int f(int (*call)(void *, int), int n)\n{\n}\n'), [('f', 2, True)])

    def test_no_parameter_is_none(self):
        self.assertEqual(seen('int f(void)\n{\n}\n'), [('f', 0, True)])

    def test_tables_types_and_prototypes_are_no_functions(self):
        self.assertEqual(seen('int f(int a);\ntypedef struct A { int (*f)(int, int); } A;\nenum e { B };\n'
                              'static const A t[] = { [B] = { g }, };\nstatic_assert(sizeof(t) == 1, "t");\n'), [])

    def test_braces_in_text_comments_and_macros_open_nothing(self):
        text = '/* { */\n#define X(a) \\\n    int a(void) {\nint f(void)\n{\n    call("{", \'{\');  // {\n}\nint g(void)\n{\n}\n'
        self.assertEqual([name for name, _, _ in seen(text)], ['f', 'g'])

    def test_lines_are_counted_from_the_return_type_to_the_closing_brace(self):
        function = next(functions('#include <a.h>\n\n/* Why. */\nstatic int f(int a,\n             int b)\n{\n    return a + b;\n}\n'))
        self.assertEqual((function.first, function.last), (4, 8))


class Check(unittest.TestCase):
    """A small source tree."""
    name = ''

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def write(self, path, text):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text)

    def run_check(self):
        done = subprocess.run([sys.executable, TOOLS / f'{self.name}.py'], cwd=self.root, capture_output=True, text=True,
                              env={**os.environ, 'PYTHONDONTWRITEBYTECODE': '1'}, check=False)
        return done.returncode, done.stdout + done.stderr

    def refused(self, reason):
        code, text = self.run_check()
        self.assertEqual(code, 1)
        self.assertIn(reason, text)

    def passed(self):
        self.assertEqual(self.run_check(), (0, '\n'))


def function(name, parameters, lines=4):
    return f'int {name}({", ".join(f"int p{n}" for n in range(parameters)) or "void"})\n{{\n' + '    go();\n' * (lines - 3) + '}\n'


class Bounds(Check):
    name = 'check_bounds'

    def test_what_is_within_the_bounds_passes(self):
        self.write('src/room/a.c', function('f', 5, 50))
        self.passed()

    def test_a_sixth_parameter_is_refused(self):
        self.write('src/room/a.c', function('f', 6))
        self.refused('f takes 6 parameters')

    def test_a_long_function_is_refused(self):
        self.write('src/room/a.c', function('f', 1, 51))
        self.refused('f has 51 lines')

    def test_a_long_file_is_refused(self):
        self.write('src/room/a.h', '\n' * 501)
        self.refused('501 lines')

    def test_what_a_library_calls_takes_as_many_as_it_says_and_no_other_function_of_the_file_does(self):
        self.write('src/store/sqlite/open.c', function('may', 6))
        self.passed()
        self.write('src/store/sqlite/open.c', function('may', 6) + function('f', 6))
        self.refused('f takes 6 parameters')


class Verbs(Check):
    name = 'check_verbs'

    def setUp(self):
        super().setUp()
        self.write('src/store/store.h', 'Err store_draft_delete(Tx *tx);\nErr store_notes_delete_over(Tx *tx);\n')
        self.write('src/store/statements.h', '    X(NOTES_DELETE, "i", "b", "DELETE FROM note WHERE at<$1") \\\n')
        self.write('src/store/store.c', 'Err store_notes_delete_over(Tx *tx)\n{\n    return ask(SQL_NOTES_DELETE);\n}\n\n'
                                        'Err store_draft_delete(Tx *tx)\n{\n    return store_notes_delete_over(tx);\n}\n')
        self.write('src/service/draft.c', 'Err f(Tx *tx)\n{\n    return store_draft_delete(tx);\n}\n')

    def test_a_verb_that_is_called_or_whose_caller_in_the_store_is_passes(self):
        self.passed()

    def test_a_verb_that_nobody_calls_is_refused(self):
        self.write('src/service/draft.c', '')
        self.refused('store_draft_delete has no caller')
        self.refused('store_notes_delete_over has no caller')

    def test_a_statement_that_deletes_and_is_asked_by_nobody_is_refused(self):
        self.write('src/store/store.c', 'Err store_draft_delete(Tx *tx)\n{\n    return store_notes_delete_over(tx);\n}\n')
        self.refused('SQL_NOTES_DELETE deletes and is asked by nobody')


class Headers(Check):
    name = 'check_headers'

    def test_a_function_in_its_own_header_passes_and_static_ones_need_none(self):
        self.write('src/room/a.c', function('f', 1) + 'static ' + function('g', 1))
        self.write('src/room/a.h', 'int f(int p0);\n')
        self.passed()

    def test_functions_of_one_type_are_declared_by_its_name(self):
        self.write('src/room/a.c', function('f', 1) + function('g', 1))
        self.write('src/room/a.h', 'Handler f, g;\n')
        self.passed()

    def test_a_function_that_another_header_declares_is_refused(self):
        self.write('src/room/a.c', function('f', 1))
        self.write('src/room/a.h', '/* f(int) is elsewhere. */\n')
        self.write('src/room/b.h', 'int f(int p0);\n')
        self.refused('f is not declared in src/room/a.h')

    def test_a_crowded_folder_is_refused(self):
        for number in range(26):
            self.write(f'src/room/f{number}.c', '')
        self.refused('src/room: 26 .c files')


del Check

if __name__ == '__main__':
    unittest.main()
