"""new_log.py - the wizard of a new log, page by page, as the scenarios walk through it.

    walk = NewLog(browser)
    walk.scope(required_persons='2')
    walk.consent()
    walk.consent()
    walk.child(name='Rask Kanari')
    walk.guardian(name='Gul Kanari')
    walk.guardian(name='Blå Kanari')
    page = walk.create()

Each step sends the page that stands open; what comes back stands in .page.
"""
from scenario import day, expect

PDF = b'%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'
PDF_HEAD, PDF_END = b'%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n%', b'\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n'
LARGEST = 10 * 2 ** 20


def pdf(filling):
    """A whole PDF that holds these bytes, or has so many."""
    if isinstance(filling, int):
        filling = b'x' * (filling - len(PDF_HEAD) - len(PDF_END))
    return PDF_HEAD + filling + PDF_END


FAMILY = {'child': {'name': 'Rask Kanari', 'birth_date': '14.05.2016', 'national_id': '14851651056', 'living': '2'},
          'guardians': ({'name': 'Gul Kanari', 'relationship': '1', 'responsibility': '1'},
                        {'name': 'Blå Kanari', 'relationship': '2', 'responsibility': '1'})}


class NewLog:
    def __init__(self, browser):
        self.browser = browser
        self.page = browser.open('/ny')
        self.send('/ny/information')

    def send(self, action, status=200, files=None, **fields):
        self.page = self.browser.send(self.page.form(action), files=files, **fields)
        expect(self.page.status == status, self.page)
        return self.page

    def press(self, change):
        """A button that leads elsewhere: "stop", "child_0"."""
        form = next(form for form in self.page.forms if any(value == change for _, value, _ in form.buttons))
        self.page = self.browser.send(form, change=change)
        return self.page

    def scope(self, status=200, **fields):
        fields.setdefault('required_persons', '2')
        return self.send('/ny/consent', status, **fields)

    def consent(self, status=200, **fields):
        for name, value in (('answer', '1'), ('method', '3'), ('witness', 'Bred Ås'), ('given_on', day(-1))):
            fields.setdefault(name, value)
        return self.send('/ny/consent', status, **fields)

    def child(self, status=200, **fields):
        return self.send('/ny/child', status, **fields)

    def young(self, status=200, **fields):
        """What the child itself says, of one who is old enough; nothing of another."""
        if not any(form.action.endswith('/ny/renewal') for form in self.page.forms):
            return self.page
        for name, value in (('answer', '1'), ('method', '3'), ('witness', 'Bred Ås'), ('given_on', day(0))):
            fields.setdefault(name, value)
        return self.send('/ny/renewal', status, **fields)

    def guardian(self, status=200, **fields):
        return self.send('/ny/guardian', status, **fields)

    def to_check(self, family=FAMILY, scope=None, consent=None):
        """All pages up to the one that shows everything once more."""
        self.scope(required_persons=str(len(family['guardians'])), **(scope or {}))
        for _ in family['guardians']:
            self.consent(**(consent or {}))
        self.child(**family['child'])
        self.young(**{name: value for name, value in (consent or {}).items() if name == 'given_on'})
        for guardian in family['guardians']:
            self.guardian(**guardian)
        self.page.form('/ny/create')
        return self

    def create(self, status=303, files=None):
        return self.send('/ny/create', status, files=files)

    def codes(self):
        """The receipt's page and its one-time codes by name."""
        self.page = self.browser.follow(self.page)
        words = self.page.text.split('Engangskode til ')[1:]
        return {' '.join(part.split()[:2]): part.split()[2] for part in words}
