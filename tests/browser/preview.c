/* Renders pages with invented people into files, for the gate (tests/browser/gate.mjs) and for looking at them.
 * Must not hold data of real persons.
 * Called by the test suite browser: preview FOLDER. */
#include <stdio.h>
#include <stdlib.h>

#include "pages/pages.h"

#define S(text) STR(text)

static const LinkView languages[] = {
    {.url = {S("/?lang=nb")}, .text = S("Bokmål"), .hidden = S("nb"), .current = true},
    {.url = {S("/?lang=nn")}, .text = S("Nynorsk"), .hidden = S("nn")},
    {.url = {S("/?lang=en")}, .text = S("English"), .hidden = S("en")},
};
static const LinkView navigation[] = {
    {.url = {S("/mine")}, .text = S("Mine logger"), .current = true},
    {.url = {S("/ny")}, .text = S("Start ny logg")},
};
static const LinkView crumbs[] = {{.url = {S("/mine")}, .text = S("Mine logger")}, {.text = S("Blid Bjørk")}};

static LayoutView layout(Str title)
{
    return (LayoutView){
        .title = title, .municipality = S("Nordvær kommune"), .signed_in = true, .user_name = S("Klok Elv"),
        .role_name = S("Stafettholder, Bjørkelia skole"), .home = URL("/mine"), .may_switch_role = true,
        .navigation = {navigation, COUNT_OF(navigation)}, .languages = {languages, COUNT_OF(languages)}, .demo = true,
        .sensitive = true, .idle_s = 900, .form_token = S("token"),
    };
}

static LayoutView visitor(Str title)
{
    LayoutView view = layout(title);

    view.signed_in = view.sensitive = false;
    view.navigation = (Links){0};
    view.idle_s = 0;
    view.size = PAGE_FAMILY;
    return view;
}

static void write_page(const char *folder, const char *name, const Html *html)
{
    char path[512];
    Str page;

    snprintf(path, sizeof path, "%s/%s.html", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file || !is_ok(html_done(html, &page)) || fwrite(page.data, 1, page.length, file) != page.length || fclose(file) != 0) {
        fprintf(stderr, "preview: cannot write %s\n", path);
        exit(1);
    }
}

#define SHOW(name, function, view)                           \
    do {                                                     \
        Html html = page_new(arena, LANGUAGE_NB);            \
        function(&html, &(view));                            \
        write_page(folder, name, &html);                     \
    } while (0)

static const FieldView sign_in_fields[] = {
    {.id = S("user_name"), .type = INPUT_USER_NAME, .label = S("Brukernavn")},
    {.id = S("password"), .type = INPUT_PASSWORD, .label = S("Passord")},
    {.id = S("code"), .type = INPUT_ONE_TIME_CODE, .label = S("Engangskode"), .help = S("Seks siffer fra kodeappen")},
};
static const OptionView how[] = {
    {.value = S("1"), .label = S("Muntlig i møte"), .help = S("Et vitne må være til stede.")},
    {.value = S("2"), .label = S("På papir"), .chosen = true},
};
static const FieldView entry_fields[] = {
    {.id = S("category"), .type = INPUT_SELECT, .label = S("Kategori"), .options = {how, 2}, .error = S("Velg en kategori")},
    {.id = S("how"), .type = INPUT_RADIO, .label = S("Hvordan ble samtykket gitt?"), .options = {how, 2}},
    {.id = S("units"), .type = INPUT_CHECKS, .label = S("Hvem kan delta?"), .help = S("Familien velger."), .options = {how, 2}},
    {.id = S("day"), .type = INPUT_DATE, .label = S("Dato"), .help = S("For eksempel 21.11.2026"), .value = S("31.02.2026"),
     .error = S("Skriv en dato som finnes")},
    {.id = S("text"), .type = INPUT_AREA, .label = S("Beskrivelse"), .help = S("Skriv kort og saklig. Ikke skriv om andre barn."),
     .value = S("<b>Leser</b> & \"strever\""), .maximum = 600, .optional = true},
    {.id = S("document"), .type = INPUT_FILE, .label = S("Samtykkeskjema"), .help = S("PDF, JPEG eller PNG, høyst 10 MB")},
};
static const FieldView note_fields[] = {
    {.id = S("note"), .type = INPUT_AREA, .label = S("Nytt notat"), .help = S("Skriv kort og saklig."), .maximum = 2000},
};
static const ErrorView errors[] = {{S("category"), S("Velg en kategori")}, {S("day"), S("Skriv en dato som finnes")}};

static FormView form_of(const FieldView *fields, size_t count, Str submit)
{
    return (FormView){.action = URL("/send"), .token = S("token"), .fields = {fields, count}, .submit = submit, .cancel = URL("/mine")};
}

static void show_visitor(Arena *arena, const char *folder)
{
    static const DemoPerson people[] = {{S("1"), S("Klok Elv"), S("stafettholder")}, {S("2"), S("Varm Bjørk"), S("foresatt")}};
    static const Str lines[] = {{.data = "Nøkkelagenten er låst.", .length = 23}};
    PageSignIn sign_in = {.layout = visitor(S("Logg inn")), .form = form_of(sign_in_fields, 3, S("Logg inn")), .enrol = URL("/k/1/ny"),
                          .demo_action = URL("/k/1/demo"), .demo_token = S("token"), .demo_people = {people, 2}};
    PageMessage message = {.layout = visitor(S("Fant ikke siden")), .heading = S("Fant ikke siden."), .paragraphs = {lines, 0},
                           .next = {.url = URL("/"), .text = S("Til forsiden")}};
    PageText text = {.layout = visitor(S("Personvern"))};
    PageLicences licences = {.layout = visitor(S("Lisenser")), .licences = pages_licences()};

    SHOW("innlogging", page_sign_in, sign_in);
    SHOW("melding", page_message, message);
    SHOW("personvern", page_privacy, text);
    SHOW("tilgjengelighet", page_accessibility, text);
    SHOW("lisenser", page_licences, licences);
}

static void show_forms(Arena *arena, const char *folder)
{
    PageEntry entry = {.layout = layout(S("Logg 10000871: ny oppmerksomhet")), .heading = S("Ny oppmerksomhet"),
                       .form = form_of(entry_fields, COUNT_OF(entry_fields), S("Lagre oppmerksomheten"))};
    PageInformation information = {.layout = layout(S("Informasjon. Steg 1 av 5")), .form = form_of(NULL, 0, S("Gå videre"))};
    PageWizard wizard = {.layout = layout(S("Samtykke. Steg 2 av 5")), .step = 2, .heading = S("Har familien sagt ja?"),
                         .form = form_of(entry_fields + 1, 2, S("Gå videre"))};
    PageDenied denied = {.layout = layout(S("Loggen ble ikke opprettet")), .mine = URL("/mine")};

    entry.layout.has_errors = true;
    entry.form.errors = (ErrorViews){errors, 2};
    entry.form.draft = URL("/utkast");
    SHOW("oppforing", page_entry, entry);
    SHOW("informasjon", page_information, information);
    SHOW("samtykke", page_wizard, wizard);
    SHOW("nei", page_denied, denied);
}

static void show_lists(Arena *arena, const char *folder)
{
    static const LogLineView rows[] = {
        {.url = {S("/logg/1")}, .name = S("Kvikk Ørret"), .about = S("Bjørkelia skole"), .level = 1,
         .due = {.day = 20776, .urgency = DUE_LATE, .days = 4}, .relation = S("Stafettholder"), .state = S("Aktiv")},
        {.url = {S("/logg/2")}, .name = S("Blid Bjørk"), .about = S("Bjørkelia skole"), .level = 2,
         .due = {.day = 20784, .urgency = DUE_SOON, .days = 4}, .relation = S("Deltaker"),
         .exception = {.text = S("Passiv"), .color = TAG_WARNING}},
    };
    static const TaskView tasks[] = {{.url = {S("/logg/1")}, .text = S("Evaluer «Synstrening hjemme»"), .about = S("Kvikk Ørret"),
                                      .due = {.day = 20776, .urgency = DUE_LATE, .days = 4}}};
    static const SeenView seen[] = {{.at = {INT64_C(1795428000000)}, .name = S("Varm Bjørk"), .role = S("Foresatt"), .what = S("Leste loggen")},
                                    {.at = {INT64_C(1795418000000)}, .name = S("Lun Vinter"), .role = S("Kommuneadministrator"),
                                     .what = S("Leste loggen"), .reason = S("Klage")}};
    PageMine mine = {.layout = layout(S("Mine stafettlogger")), .lead = S("Du er stafettholder for 1 barn."), .create = URL("/ny"),
                     .tasks = {tasks, 1}, .logs = {rows, 2}};
    PageMine empty = {.layout = layout(S("Mine stafettlogger")), .create = URL("/ny")};
    PageSeen page = {.layout = layout(S("Logg 10000871: hvem har sett loggen")), .rows = {seen, 2}, .back = URL("/logg/1")};

    SHOW("mine", page_mine, mine);
    SHOW("mine-tom", page_mine, empty);
    SHOW("sett", page_seen, page);
}

static void show_log(Arena *arena, const char *folder)
{
    static const TagView school[] = {{.text = S("Lesing og skriving"), .color = TAG_ACCENT, .icon = ICON_BOOK}};
    static const ItemView items[] = {{.id = S("a1"), .tags = {school, 1}, .text = S("Leser saktere enn vi venter."), .author = S("Klok Elv"),
                                      .at = {INT64_C(1795428000000)}, .version = 2, .history = {S("/logg/1/historikk/a1")},
                                      .correct = {S("/logg/1/rett/a1")}}};
    static const MeasureView measures[] = {{.id = S("t1"), .title = S("Leseøkt i liten gruppe"),
                                            .state = {.text = S("Pågår"), .color = TAG_INFO}, .responsible = S("Klok Elv"),
                                            .due = {.day = 20784}, .evaluate = {S("/logg/1/ny/evaluering")}}};
    static const GoalView goals[] = {{.id = S("m1"), .text = S("Blid leser trygt"), .due = 20805, .measures = {measures, 1}}};
    static const PersonView people[] = {{.name = S("Klok Elv"), .initials = S("KE"), .role = S("Stafettholder"), .holder = true},
                                        {.name = S("Varm Bjørk"), .initials = S("VB"), .role = S("Foresatt"), .family = true}};
    static const LevelView levels[] = {{.number = 1, .name = S("Innsats i egen tjeneste"), .done = true},
                                       {.number = 2, .name = S("Flere tjenester sammen"), .current = true, .since = 20740},
                                       {.number = 3, .name = S("Sammensatt hjelp over tid")}};
    PageLog log = {.layout = layout(S("Logg 10000871")), .child_name = S("Blid Bjørk"), .about = S("10 år · Bjørkelia skole"),
                   .number_masked = S("148516 •••••"), .reveal = {.action = URL("/logg/1/nummer"), .token = S("token")},
                   .holder = S("Klok Elv"), .holder_is_me = true,
                   .consent = {.text = S("Gitt"), .color = TAG_SUCCESS, .icon = ICON_CHECKMARK_CIRCLE}, .levels = {levels, 3}, .level = 2,
                   .level_name = S("flere tjenester samarbeider"), .next_label = S("Evaluer «Leseøkt i liten gruppe»"),
                   .next_due = {.day = 20784, .urgency = DUE_SOON, .days = 4}, .next_url = URL("/logg/1/ny/evaluering"),
                   .attentions = {items, 1}, .add_attention = URL("/logg/1/ny/oppmerksomhet"), .goals = {goals, 1},
                   .add_goal = URL("/logg/1/ny/mal"), .add_meeting = URL("/logg/1/ny/mote"), .note = form_of(note_fields, 1, S("Lagre notatet")),
                   .people = {people, 2}, .seen_count = 41, .all_seen = URL("/logg/1/sett"), .consent_scope = S("Bjørkelia skole")};

    log.layout.crumbs = (Links){crumbs, COUNT_OF(crumbs)};
    SHOW("logg", page_log, log);
    log.layout.size = PAGE_FAMILY;
    SHOW("foresatt", page_log_family, log);
}

int main(int count, char **arguments)
{
    AUTO(arena_freep) Arena *arena = NULL;

    if (count != 2 || !is_ok(arena_new((size_t)64 << 20, &arena)))
        return 2;
    show_visitor(arena, arguments[1]);
    show_forms(arena, arguments[1]);
    show_lists(arena, arguments[1]);
    show_log(arena, arguments[1]);
    return 0;
}
