/* Renders pages with invented people into files, for the gate (tests/browser/gate.mjs) and for looking at them.
 * Must not hold data of real persons.
 * Called by the test suite browser: preview FOLDER. */
#include <stdio.h>
#include <stdlib.h>

#include "pages/pages.h"

#define S(text) STR(text)

static const LinkView languages[] = {
    {.text = S("Bokmål"), .hidden = S("nb"), .current = true},
    {.text = S("Nynorsk"), .hidden = S("nn")},
    {.text = S("English"), .hidden = S("en")},
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
        .navigation = {navigation, COUNT_OF(navigation)}, .languages = {languages, COUNT_OF(languages)}, .here = S("/mine"), .demo = true,
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
    static const Str lines[] = {S("Nøkkelagenten er låst.")};
    PageSignIn sign_in = {.layout = visitor(S("Logg inn")), .form = form_of(sign_in_fields, 3, S("Logg inn")), .enrol = URL("/k/1/ny"),
                          .demo_action = URL("/k/1/demo"), .demo_token = S("token"), .demo_people = {people, 2}, .endings = true, .day_action = URL("/k/1/dag"), .day_now = 20788, .day_passed = true, .day_logs = 2,
                          .day_closed = 1, .day_told = 4};
    sign_in.layout.day = URL("/k/1/dag");
    PageMessage message = {.layout = visitor(S("Fant ikke siden")), .heading = S("Fant ikke siden."), .paragraphs = {lines, 1},
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
    const NoticeView notices[] = {
        {.url = URL("/logg/1"), .text = S("Forny samtykket: det går ut om 30 dager"), .about = S("Blid Bjørk"), .day = 82846,
         .tag = {.text = S("Venter på deg"), .color = TAG_WARNING}},
        {.text = S("Samtykket har gått ut, og loggen er passiv"), .day = 82836, .tag = {.text = S("Ny"), .color = TAG_INFO}},
        {.url = URL("/logg/2"), .text = S("Loggen har vært passiv i 1 måned"), .about = S("12345678"), .day = 82806},
    };
    static const OptionView told[] = {{.value = S("new_note"), .label = S("Det er skrevet et nytt notat"), .chosen = true},
                                      {.value = S("meeting_soon"), .label = S("Det er møte i morgen")}};
    static const FieldView chosen[] = {{.id = S("told"), .type = INPUT_CHECKS, .label = S("Varsle meg om"), .options = {told, COUNT_OF(told)}}};
    PageInbox inbox = {.layout = layout(S("Varsler")), .mark = URL("/varsler/lest"), .token = S("token"),
                       .notices = {notices, COUNT_OF(notices)}, .older = URL("/varsler?before=1-1"),
                       .choices = {.action = URL("/varsler/valg"), .token = S("token"), .fields = {chosen, COUNT_OF(chosen)},
                                   .submit = S("Lagre valget")}};
    PageInbox no_notices = {.layout = layout(S("Varsler"))};
    SHOW("varsler", page_inbox, inbox);
    SHOW("varsler-tom", page_inbox, no_notices);
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
    static const TagView kept[] = {{.color = TAG_NEUTRAL, .text = S("Loggen må bevares")}};
    static const ItemView life[] = {{.id = S("g1"), .tags = {kept, 1}, .text = S("Tingretten ber om den."),
                                     .author = S("Klar Fjord"), .at = {1795000000000}}};
    static const LinkView acts[] = {{.url = {S("/logg/1/handling/log_close")}, .text = S("Sett loggen passiv")}};
    static const LinkView consent_acts[] = {{.url = {S("/logg/1/handling/consent_withdraw")}, .text = S("Trekk samtykket")}};
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
                   .people = {people, 2}, .all_seen = URL("/logg/1/sett"), .consent_scope = S("Bjørkelia skole")};

    log.layout.crumbs = (Links){crumbs, COUNT_OF(crumbs)};
    log.life = (Items){life, COUNT_OF(life)};
    log.more_life = (LinkView){.url = URL("/logg/1/eldre/closing"), .text = S("Det som tidligere har skjedd med loggen"), .count = 2};
    log.acts = (Links){acts, COUNT_OF(acts)};
    log.consent_acts = (Links){consent_acts, COUNT_OF(consent_acts)};
    SHOW("logg", page_log, log);
    log.layout.size = PAGE_FAMILY;
    SHOW("foresatt", page_log_family, log);
    SHOW("barn", page_log_child, log);
}

static void show_enrolment(Arena *arena, const char *folder)
{
    static const LinkView all[] = {{.url = {S("/k/9901")}, .text = S("Nordvær kommune")}, {.url = {S("/k/9902")}, .text = S("Sørvik kommune")}};
    static const FieldView code[] = {{.id = S("enrolment_code"), .type = INPUT_TEXT, .label = S("Engangskode"),
                                      .help = S("Slik den står på arket du fikk"), .error = S("Koden er brukt eller for gammel")}};
    static const ErrorView wrong[] = {{S("enrolment_code"), S("Koden er brukt eller for gammel")}};
    static const FieldView account[] = {
        {.id = S("user_name"), .type = INPUT_USER_NAME, .label = S("Brukernavn")},
        {.id = S("password"), .type = INPUT_NEW_PASSWORD, .label = S("Passord"), .help = S("Minst 15 tegn")},
        {.id = S("code"), .type = INPUT_ONE_TIME_CODE, .label = S("Kode fra appen"), .help = S("Seks sifre")},
    };
    static const RoleView roles[] = {{S("1"), S("Stafettholder"), S("Bjørkelia skole")}, {S("2"), S("Foresatt"), S("")}};
    PageMunicipalities front = {.layout = visitor(S("Velg kommune")), .municipalities = {all, 2}};
    PageEnrol enrol = {.layout = visitor(S("Engangskode")), .form = form_of(code, 1, S("Gå videre"))};
    PageEnrolSecret secret = {.layout = visitor(S("Brukernavn og passord")), .form = form_of(account, 3, S("Lagre og logg inn")),
                              .secret = S("JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP"),
                              .otpauth = URL("otpauth://totp/Stafettlogg?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")};
    PageRoles choose = {.layout = layout(S("Velg rolle")), .action = URL("/rolle"), .token = S("token"), .roles = {roles, 2},
                        .anew = true, .tried = true, .anew_at = {1795600000000}, .tried_at = {1795600000000}};

    front.layout.municipality = STR_NONE;
    enrol.layout.has_errors = true;
    enrol.form.errors = (ErrorViews){wrong, 1};
    choose.layout.navigation = (Links){0};
    SHOW("kommuner", page_municipalities, front);
    SHOW("engangskode", page_enrol, enrol);
    SHOW("ny-konto", page_enrol_secret, secret);
    SHOW("rolle", page_roles, choose);
}

static const CodeView new_codes[] = {{S("Varm Bjørk"), S("7KQ2-M9TX-4HWP-C3RD")}};

static void show_creation(Arena *arena, const char *folder)
{
    static const RowView consent[] = {
        {.term = S("Måte"), .text = S("På papir"), .change = {S("2"), S("Endre"), S("hvordan samtykket ble gitt")}},
        {.term = S("Gitt"), .day = 20778, .change = {S("2"), S("Endre"), S("datoen for samtykket")}},
    };
    static const RowView child[] = {{.term = S("Navn"), .text = S("Blid Bjørk"), .change = {S("3"), S("Endre"), S("barnets navn")}}};
    static const CheckGroup groups[] = {{S("Samtykke"), {consent, 2}}, {S("Barnet"), {child, 1}}};
    static const FieldView document[] = {
        {.id = S("state"), .type = INPUT_HIDDEN, .value = S("c2VhbGVk")},
        {.id = S("document"), .type = INPUT_FILE, .label = S("Samtykkeskjema"), .help = S("PDF, JPEG eller PNG, høyst 10 MB")},
    };
    PageCheck check = {.layout = layout(S("Se over. Steg 5 av 5")), .groups = {groups, 2}, .form = form_of(document, 2, S("Opprett loggen"))};
    PageReceipt receipt = {.layout = layout(S("Loggen er opprettet")), .codes = {new_codes, 1}, .log = URL("/logg/1"), .mine = URL("/mine")};

    check.form.multipart = true;
    SHOW("se-over", page_check, check);
    SHOW("kvittering", page_receipt, receipt);
}

static const ActionView end_access = {.action = {S("/slutt")}, .token = S("token"), .name = S("person"), .value = S("1"),
                                      .text = S("Avslutt"), .hidden = S("tilgangen til Rolig Vind")};
static const ActionView new_code = {.action = {S("/kode")}, .token = S("token"), .name = S("person"), .value = S("1"),
                                    .text = S("Ny engangskode"), .hidden = S("til Rolig Vind")};

/* The family's own copy: the page that asks for it, and the document. */
static void show_copy(Arena *arena, const char *folder)
{
    static const FieldView format[] = {{.id = S("format"), .type = INPUT_HIDDEN, .value = S("document")}};
    static const RowView rows[] = {{.term = S("Beskrivelse"), .text = S("Leser saktere enn vi venter.")}};
    static const CopyPart parts[] = {{.heading = S("Oppmerksomhet"), .author = S("Rolig Vind"), .at = {1765000000000}, .rows = {rows, 1}}};
    PageCopy copy = {.layout = layout(S("Logg 10000871: Ta en kopi av loggen")), .document = form_of(format, 1, S("Last ned dokumentet")),
                     .until = S("Du kan ta en kopi til og med 14. desember 2026."), .data = form_of(format, 1, S("Last ned dataene")),
                     .waive = URL("/logg/1/handling/copy_waive"), .back = URL("/logg/1")};
    PageCopyFile file = {.title = S("Logg 10000871"), .made = {1765000000000}, .parts = {parts, 1}};

    SHOW("kopi", page_copy, copy);
    SHOW("kopien", page_copy_file, file);
}

/* A deletion that is ordered: whoever decides about it, and the list. */
static void show_deletion(Arena *arena, const char *folder)
{
    static const RowView facts[] = {{.term = S("Enhet"), .text = S("Bjørkelia skole")}, {.term = S("Hvorfor"), .text = S("Ungdommen har fylt 18 år")},
                                    {.term = S("Arkivering"), .text = S("Skal ikke arkiveres")}, {.term = S("Innhold"), .text = S("3 mål, 7 tiltak")},
                                    {.term = S("Bestilt av"), .text = S("Klar Fjord, 1. desember 2026 kl. 13.15")}};
    static const Str wishes[] = {S("Foresatt, 1. desember 2026 kl. 14.02\nVi vil ha en kopi først.")};
    static const LinkView acts[] = {{.url = {S("/logg/1/handling/deletion_approve")}, .text = S("Godkjenn slettingen")},
                                    {.url = {S("/logg/1/handling/deletion_stop")}, .text = S("Stans slettingen")}};
    static const DeletionView waiting[] = {{.url = {S("/logg/1")}, .number = S("10000871"), .unit = S("Bjørkelia skole"),
                                            .cause = S("Ungdommen har fylt 18 år"), .ordered_by = S("Klar Fjord"),
                                            .ordered_at = {INT64_C(1795428000000)}, .state = S("Venter på deg"), .asked = S("Noen ber om stans")}};
    static const DeletionView approved[] = {{.url = {S("/logg/2")}, .number = S("10000872"), .unit = S("Elvebakken barnehage"),
                                             .cause = S("Loggen ble opprettet ved en feil"), .ordered_by = S("Klar Fjord"),
                                             .ordered_at = {INT64_C(1795428000000)}, .state = S("Slettes, tidligst 1. desember 2026 kl. 15.15")}};
    PageDecision decision = {.layout = layout(S("Logg 10000871")), .heading = S("Skal logg 10000871 slettes?"),
                             .lead = S("Din godkjenning er nummer to."), .alert = S("Ingen kan godkjenne slettingen."),
                             .rows = {facts, COUNT_OF(facts)}, .wishes = {wishes, 1}, .acts = {acts, COUNT_OF(acts)}};
    static const CertificateRowView gone[] = {{.url = {S("/attester/1")}, .number = S("10000871"), .unit = S("Bjørkelia skole"),
                                               .cause = S("Ungdommen har fylt 18 år"), .approved_at = {INT64_C(1795428000000)},
                                               .purged_at = {INT64_C(1795430000000)}, .last = S("Borte etter 31. desember 2026")}};
    PageCertificates done = {.layout = layout(S("Slettede logger")), .rows = {gone, 1}, .more = URL("/attester?before=1-1")};
    PageDeletions list = {.done = URL("/attester"), .layout = layout(S("Sletting av logger")), .waiting = {waiting, 1}, .approved = {approved, 1},
                          .more = URL("/sletting?before=1-1")};

    SHOW("avgjorelse", page_decision, decision);
    SHOW("sletting", page_deletions, list);
    SHOW("attester", page_certificates, done);
}

/* An archive report: of a log that lives and one that is deleted, and the list of those that outlived their logs. */
static void show_report(Arena *arena, const char *folder)
{
    static const ReportView rows[] = {
        {.url = {S("/logg/1/rapport")}, .name = S("Logg 10000871"), .made = {INT64_C(1795428000000)}, .gone_on = 83000, .backups_gone_on = 83031}};
    PageReport page = {.layout = layout(S("Logg 10000871: Arkivrapport")), .exists = true, .old = true, .made = {INT64_C(1795428000000)},
                       .by = S("Bred Ås"), .size = S("312 kB"),
                       .hash = S("9f2c41d70be36a589f2c41d70be36a589f2c41d70be36a589f2c41d70be36a58"),
                       .take = form_of(NULL, 0, S("Last ned arkivrapporten")), .make = URL("/logg/1/handling/archive_report_make"),
                       .back = URL("/logg/1")};
    PageReport kept = page;
    PageReports list = {.layout = layout(S("Arkivrapporter")), .reports = {rows, 1}};

    kept.old = false;
    kept.gone_on = 83000;
    kept.backups_gone_on = 83031;
    kept.make = (Url){0};
    PageReportOrder order = {.layout = layout(S("Logg 10000871: Arkivrapport")), .waits = true, .ordered = {INT64_C(1795428000000)},
                             .stand = S("Loggen leses: 1350 av 3012 er lest."), .again = URL("/logg/1/rapport/lages"),
                             .report = URL("/logg/1/rapport"), .back = URL("/logg/1")};
    PageReportOrder failed = order;

    failed.waits = false;
    failed.again = (Url){0};
    failed.make = page.make;
    failed.stand = S("Rapporten ble ikke laget: du logget ut, byttet rolle eller var borte for lenge før den var ferdig. Bestill den på nytt.");
    SHOW("rapport-bestilt", page_report_order, order);
    SHOW("rapport-ikke-laget", page_report_order, failed);
    SHOW("rapport", page_report, page);
    SHOW("rapport-etter", page_report, kept);
    SHOW("rapporter", page_reports, list);
    list.reports.count = 0;
    SHOW("rapporter-ingen", page_reports, list);
}

static void show_around_log(Arena *arena, const char *folder)
{
    static const RowView newest[] = {{.term = S("Beskrivelse"), .text = S("Leser saktere enn vi venter. Liker tegneserier.")}};
    static const RowView first[] = {{.term = S("Beskrivelse"), .text = S("Leser sakte.")}};
    static const VersionView versions[] = {
        {.number = 2, .at = {INT64_C(1795428000000)}, .author = S("Klok Elv"), .rows = {newest, 1}, .newest = true},
        {.number = 1, .at = {INT64_C(1795418000000)}, .author = S("Rolig Vind"), .rows = {first, 1}},
    };
    const ParticipantView present[] = {
        {.name = S("Rolig Vind"), .role = S("Helsesykepleier, skolehelsetjenesten"), .from = {INT64_C(1795418000000)}, .end = end_access,
         .code = new_code}};
    static const ParticipantView former[] = {{.name = S("Lun Vinter"), .role = S("PPT"), .from = {INT64_C(1785418000000)},
                                              .to = {INT64_C(1795418000000)}}};
    static const FieldView actor[] = {{.id = S("person"), .type = INPUT_SELECT, .label = S("Aktør"), .options = {how, 2}}};
    static const FieldView reason[] = {{.id = S("reason"), .type = INPUT_RADIO, .label = S("Grunn"), .options = {how, 2},
                                        .error = S("Velg en grunn")}};
    static const ErrorView missing[] = {{S("reason"), S("Velg en grunn")}};
    PageNumber number = {.layout = layout(S("Logg 10000871: fødselsnummer")), .number = S("148516 00000"), .back = URL("/logg/1")};
    PageHistory history = {.layout = layout(S("Logg 10000871: historikk")), .heading = S("Oppmerksomhet"), .versions = {versions, 2},
                           .back = URL("/logg/1"), .correct = URL("/logg/1/rett/a1")};
    PageParticipants people = {.layout = layout(S("Logg 10000871: deltakere")), .present = {present, 1}, .former = {former, 1},
                               .codes = {new_codes, 1}, .add_actor = form_of(actor, 1, S("La aktøren delta")),
                               .add_guardian = URL("/logg/1/deltakere/foresatt"), .let_child_in = end_access,
                               .child_note = S("Barnet kan slippes inn fra det er 12 år."), .back = URL("/logg/1")};
    PageReason ask = {.layout = layout(S("Logg 10000871: grunn")), .number = S("10000871"), .form = form_of(reason, 1, S("Åpne loggen"))};
    static const FieldView code[] = {{.id = S("proof_code"), .type = INPUT_ONE_TIME_CODE, .label = S("Engangskode fra appen"),
                                      .error = S("Koden stemmer ikke. Vent på den neste i appen og skriv den.")}};
    static const ErrorView wrong[] = {{S("proof_code"), S("Koden stemmer ikke. Vent på den neste i appen og skriv den.")}};
    PageProve prove = {.layout = layout(S("Bekreft at det er deg")), .form = form_of(code, 1, S("Bekreft og fullfør"))};
    static const LinkView asks[] = {{.url = {S("/logg/1/handling/claim_file")}, .text = S("Be om at loggen slettes")}};
    static const Str deletion[] = {S("Loggen slettes innen 24 timer. Ordren kan stanses til slettingen begynner."),
                                   S("Slettingen begynner tidligst 1. desember 2026 kl. 13.15."),
                                   S("23 timer igjen: loggen er slettet senest 2. desember 2026 kl. 13.15.")};
    static const Str claim[] = {S("Kravet om sletting er avslått"), S("Du kan klage: skriv til kommunen.")};
    PageStub stub = {.copy = {S("/logg/1/kopi")}, .copy_until = S("Du kan ta en kopi til og med 14. desember 2026."), .acts = {asks, COUNT_OF(asks)}, .claim = {claim, COUNT_OF(claim)},
                     .layout = layout(S("Logg 10000871")), .number = S("10000871"), .unit = S("Bjørkelia skole"),
                     .why = S("Loggen er passiv."), .deletion = {deletion, COUNT_OF(deletion)}};

    people.offered = S("Stafettpinnen er tilbudt Fersk Snø, Bjørkelia skole. Tilbudet gjelder til og med 14. desember 2026.");
    people.take_back = URL("/logg/1/handling/baton_withdraw");
    people.let_child_in.text = S("Slipp barnet inn");
    people.let_child_in.hidden = S("i loggen");
    people.add_actor.cancel = (Url){0};
    ask.layout.has_errors = true;
    ask.form.errors = (ErrorViews){missing, 1};
    SHOW("nummer", page_number, number);
    SHOW("historikk", page_history, history);
    SHOW("deltakere", page_participants, people);
    people.offered = STR_NONE;
    people.take_back = (Url){0};
    people.unheld = S("Rollen til stafettholderen er avsluttet. Enhetslederen er stafettholder så lenge, og peker ut en ny innen 14. desember 2026.");
    people.appoint = form_of(actor, 1, S("Pek ut stafettholderen"));
    people.appoint.cancel = (Url){0};
    people.add_actor = (FormView){0};
    SHOW("deltakere-uten", page_participants, people);
    SHOW("grunn", page_reason, ask);
    prove.layout.has_errors = true;
    prove.form.errors = (ErrorViews){wrong, 1};
    SHOW("bekreft", page_prove, prove);
    SHOW("stubb", page_stub, stub);
    show_deletion(arena, folder);
    show_copy(arena, folder);
    show_report(arena, folder);
}

/* What becomes of a consent: its history, its withdrawal by the family, and its renewal with a paper. */
static void show_consents(Arena *arena, const char *folder)
{
    static const RowView given_rows[] = {{.term = S("Hvordan"), .text = S("På papir")}, {.term = S("Kan være med"), .text = S("Bjørkelia skole, Nordvær PPT")}};
    static const RowView gone_rows[] = {{.term = S("Hvordan"), .text = S("Muntlig")}, {.term = S("Registrert av"), .text = S("Klok Elv")}};
    static const ConsentEventView events[] = {
        {.on = 20800, .text = S("Varm Bjørk trakk samtykket for Nordvær PPT"), .rows = {gone_rows, 2}},
        {.on = 20700, .text = S("Varm Bjørk sa ja"), .rows = {given_rows, 2}, .document = {S("/logg/1/samtykke/2")}, .good = true}};
    static const OptionView of[] = {{.value = S("1"), .label = S("Hele samtykket"), .help = S("Loggen lukkes med en gang.")},
                                    {.value = S("2"), .label = S("Samtykket for én tjeneste"), .help = S("De som jobber der, er ute av loggen med en gang.")}};
    static const OptionView units[] = {{.value = S("a"), .label = S("Nordvær PPT")}, {.value = S("b"), .label = S("Nordvær skolehelsetjeneste"), .chosen = true}};
    static const FieldView withdraw[] = {{.id = S("of"), .type = INPUT_RADIO, .label = S("Hva gjelder det?"), .options = {of, 2}, .error = S("Fyll ut dette feltet")},
                                         {.id = S("unit"), .type = INPUT_RADIO, .label = S("Hvilken tjeneste?"), .options = {units, 2}, .optional = true}};
    static const FieldView renew[] = {
        {.id = S("giver"), .type = INPUT_RADIO, .label = S("Hvem har samtykket?"), .options = {units, 2}},
        {.id = S("given_on"), .type = INPUT_DATE, .label = S("Når samtykket de?"), .help = S("I dag eller tidligere")},
        {.id = S("units"), .type = INPUT_CHECKS, .label = S("Hvem kan være med i loggen?"), .help = S("De andre er ute med en gang."), .options = {units, 2}},
        {.id = S("document"), .type = INPUT_FILE, .label = S("Samtykkeskjema"), .help = S("PDF, JPEG eller PNG, høyst 10 MB"), .optional = true}};
    static const ErrorView missing[] = {{S("of"), S("Fyll ut dette feltet")}};
    PageConsents history = {.layout = layout(S("Logg 10000871: samtykkehistorikk")), .events = {events, 2}, .back = URL("/logg/1")};
    PageEntry gone = {.layout = layout(S("Logg 10000871: trekk samtykket")), .heading = S("Trekk samtykket"), .lead = S("Du bestemmer, og ingen spør hvorfor."),
                      .form = form_of(withdraw, 2, S("Trekk samtykket"))};
    PageEntry again = {.layout = layout(S("Logg 10000871: nytt samtykke")), .heading = S("Registrer nytt samtykke"), .form = form_of(renew, 4, S("Registrer samtykket"))};

    gone.layout.has_errors = true;
    gone.form.errors = (ErrorViews){missing, 1};
    again.form.multipart = true;
    SHOW("samtykkehistorikk", page_consents, history);
    SHOW("trekk-samtykket", page_entry, gone);
    static const RowView asked_for[] = {{.term = S("Hva trenger du tilgang til, og hvorfor?"), .text = S("Vi skal flytte, og skolen spør.")}};
    again.answered = S("Noen ba om tilgang");
    again.answered_rows = (Rows){asked_for, 1};
    again.answered_by = S("Stram Ørret");
    again.answered_at = (Moment){INT64_C(1795428000000)};
    SHOW("nytt-samtykke", page_entry, again);
}

static void show_blind(Arena *arena, const char *folder)
{
    static const FieldView fields[] = {{.id = S("national_id"), .label = S("Barnets fødselsnummer"), .help = S("11 sifre"),
                                        .type = INPUT_DIGITS}};
    static const BlindView sent[] = {{.sent = 20780, .closes = 20810, .reason = S("Barnet har begynt hos oss"), .unit = S("Nordvær PPT")},
                                     {.sent = 20740, .closes = 20770, .closed = true, .reason = S("Barnet har begynt hos oss")}};
    static const BlindView met[] = {{.sent = 20780, .closes = 20810, .reason = S("Familien har fortalt om en logg"),
                                     .unit = S("Nordvær PPT"), .url = {S("/logg/1")}}};
    PageBlind blind = {.layout = layout(S("Spør etter en logg")), .form = form_of(fields, 1, S("Send forespørselen")), .sends = true,
                       .meets = true, .sent = {sent, COUNT_OF(sent)}, .met = {met, COUNT_OF(met)}};

    SHOW("foresporsler", page_blind, blind);
}

static void show_part(Arena *arena, const char *folder)
{
    static const RowView rows[] = {{.term = S("Fra"), .text = S("Bjørkelia skole, Nordvær")},
                                   {.term = S("Kontrollsum for delen som er skrevet før"),
                                    .text = S("27e251af08f30dfab7176f61f8d1621764dd8b4e721ec9188e140f7af85cc8b3")}};
    static const RowView note[] = {{.term = S("Tekst"), .text = S("Leser to sider hver kveld.")}};
    static const OlderView items[] = {{.id = {{1}}, .kind = S("Notat"), .at = {INT64_C(1795428000000)}, .author = S("Klok Elv"), .rows = {note, 1}},
                                      {.id = {{2}}, .kind = S("Notat"), .at = {INT64_C(1795328000000)}, .author = S("Rolig Vind"), .removed = true}};
    PagePart page = {.layout = layout(S("Det som ble skrevet før overføringen")), .heading = S("Det som ble skrevet før overføringen"),
                     .said = S("Denne delen kom fra en annen kommune, og ingen kan endre den"), .rows = {rows, COUNT_OF(rows)},
                     .items = {items, COUNT_OF(items)}, .back = URL("/logg/1")};

    SHOW("del", page_part, page);
}

static void show_transfers(Arena *arena, const char *folder)
{
    static const TransferView asked[] = {{.url = {S("/logg/1/handling/transfer_accept")}, .unit = S("Bjørkelia skole"), .at = 20780, .until = 20810}};
    static const TransferView left[] = {{.url = {S("/logg/2")}, .unit = S("Regnbuen barnehage"), .number = S("48151623"), .at = 20700, .until = 20791}};
    static const OptionView holders[] = {{.value = S("1"), .label = S("Trygg Havn")}, {.value = S("2"), .label = S("Fersk Snø")}};
    static const FieldView fields[] = {{.id = S("holder"), .label = S("Hvem blir stafettholder?"), .type = INPUT_RADIO,
                                        .options = {holders, COUNT_OF(holders)}}};
    static const RowView rows[] = {{.term = S("Til"), .text = S("Regnbuen barnehage")}, {.term = S("Fra"), .text = S("Bjørkelia skole")},
                                   {.term = S("Fra dag"), .day = 20790}, {.term = S("Frist for svar"), .day = 20810}};
    PageTransfers page = {.layout = layout(S("Overføringer")), .answers = true, .asked = {asked, COUNT_OF(asked)}, .left = {left, COUNT_OF(left)}};
    PageEntry taking = {.layout = layout(S("Vil enheten din ta imot loggen?")), .heading = S("Vil enheten din ta imot loggen?"),
                        .lead = S("Du får se navnet og loggen når du har sagt ja."), .answered = S("Det som er foreslått"),
                        .answered_at = {INT64_C(1795428000000)}, .answered_rows = {rows, COUNT_OF(rows)},
                        .form = form_of(fields, 1, S("Ja, vi tar imot")), .other = S("Avlys overføringen"),
                        .other_answer = {S("/logg/1/handling/transfer_cancel")}};

    SHOW("overforinger", page_transfers, page);
    SHOW("ta-imot", page_entry, taking);
}

static void show_municipality(Arena *arena, const char *folder)
{
    static const UnitView units[] = {{.name = S("Bjørkelia skole"), .service = S("Skole"), .number = S("999 888 777"), .url = {S("/enheter/1")}},
                                     {.name = S("Elvebakken barnehage"), .service = S("Barnehage"), .closed = true}};
    const StaffView staff[] = {
        {.name = S("Rolig Vind"), .role = S("Aktør"), .unit = S("Skolehelsetjenesten"), .from = 20740, .enrolled = true, .end = end_access},
        {.name = S("Klok Elv"), .role = S("Stafettholder"), .from = 20740, .to = 21000, .end = end_access, .code = new_code},
    };
    static const FieldView person[] = {{.id = S("name"), .type = INPUT_TEXT, .label = S("Navn")},
                                       {.id = S("email"), .type = INPUT_EMAIL, .label = S("E-post på jobb")},
                                       {.id = S("role"), .type = INPUT_SELECT, .label = S("Rolle"), .options = {how, 2}}};
    static const FieldView settings[] = {{.id = S("inactivity_months"), .type = INPUT_DIGITS, .label = S("Loggen blir passiv etter (måneder uten aktivitet)"),
                                          .value = S("3"), .help = S("1 til 12")},
                                         {.id = S("print"), .type = INPUT_RADIO, .label = S("Logger kan skrives ut"), .options = {how, 2}}};
    PageUnits all = {.layout = layout(S("Enheter")), .units = {units, 2}, .managers = {staff, 1}, .add_unit = URL("/enheter/ny"),
                     .appoint = URL("/enheter/leder"), .codes = {new_codes, 1},
                     .confirmed = S("Listen gjelder fra 1. desember 2026, og bekreftes på nytt innen 1. juni 2027."),
                     .confirm = {.action = URL("/enheter/bekreft"), .text = S("Bekreft at listen stemmer")}};
    PageStaff page = {.layout = layout(S("Ansatte")), .unit = S("Bjørkelia skole"), .staff = {staff, 2}, .appoint = form_of(person, 3, S("Gi rollen"))};
    PageSettings set = {.layout = layout(S("Innstillinger")), .form = form_of(settings, 2, S("Lagre innstillingene"))};

    static const PassiveView resting[] = {
        {.url = {S("/logg/1")}, .name = S("Kvikk Ørret"), .unit = S("Bjørkelia skole"), .since = 20700, .months = S("3 måneder"),
         .next = S("Loggen har vært passiv i 6 måneder"), .next_on = 20990},
        {.url = {S("/logg/2")}, .name = S("10000872"), .unit = S("Bjørkelia skole"), .since = 20800, .months = S("0 måneder")}};
    PagePassive passive = {.layout = layout(S("Passive logger")), .logs = {resting, 2}, .more = URL("/passive?before=1-1")};

    SHOW("passive", page_passive, passive);
    SHOW("stille", page_quiet, passive);
    SHOW("enheter", page_units, all);
    SHOW("ansatte", page_staff, page);
    page.appoint = (FormView){0};
    page.close = URL("/enheter/1/lukk");
    SHOW("enhet", page_staff, page);
    SHOW("innstillinger", page_settings, set);
    show_blind(arena, folder);
    show_transfers(arena, folder);
    show_part(arena, folder);
}

static void show_trouble(Arena *arena, const char *folder)
{
    static const Str lines[] = {S("Det du skrev, er ikke sendt.")};
    static const FieldView typed[] = {{.id = S("text"), .type = INPUT_AREA, .label = S("Nytt notat"), .value = S("\nEn linje under en tom"), .maximum = 2000}};
    static const RowView theirs[] = {{.term = S("Tekst"), .text = S("Leser to sider hver kveld.")}};
    PageSealed sealed = {.advice = S("Ikke lukk siden. Send på nytt når tjenesten er tilbake."), .layout = layout(S("Tjenesten er låst")), .heading = S("Tjenesten er låst en stund"), .paragraphs = {lines, 1},
                         .form = form_of(typed, 1, S("Send på nytt"))};
    static const Str used[] = {S("Det samme skjemaet er sendt før, med annet innhold. Det som ble sendt nå, er ikke lagret.")};
    PageSealed reused = {.advice = S("Send det på nytt hvis det også skal lagres."), .layout = layout(S("Dette ble ikke lagret")),
                         .heading = S("Dette ble ikke lagret"), .paragraphs = {used, 1}, .form = form_of(NULL, 0, S("Send på nytt"))};
    PageStale stale = {.layout = layout(S("Noen andre har endret dette")), .theirs = {theirs, 1}, .their_author = S("Rolig Vind"),
                       .their_time = {INT64_C(1795428000000)}, .form = form_of(typed, 1, S("Lagre notatet"))};

    SHOW("last", page_sealed, sealed);
    SHOW("brukt", page_sealed, reused);
    SHOW("endret", page_stale, stale);
}

static void show_invitations(Arena *arena, const char *folder)
{
    static const CodeView codes[] = {{S("foresatt 1"), S("7KQ2-M9TX-4HWP-C3RD")}, {S("foresatt 2"), S("N5VJ-2QLT-8XBA-D6EF")}};
    static const InvitationView out[] = {
        {.units = S("Bjørkelia skole, Nordvær skolehelsetjeneste"), .persons = 2, .made = 20778, .until = 20791,
         .tag = {.text = S("Venter på svar"), .color = TAG_NEUTRAL}, .end = {S("/invitasjoner/slutt/1")}},
        {.units = S("Bjørkelia skole"), .persons = 1, .made = 20777, .until = 20790,
         .tag = {.text = S("Alle har sagt ja"), .color = TAG_SUCCESS}, .end = {S("/invitasjoner/slutt/2")},
         .create = {.action = {S("/invitasjoner/logg/2")}, .token = S("token"), .text = S("Opprett loggen")}},
    };
    static const LinkView asked[] = {{.url = {S("/invitasjon/1")}, .text = S("Spørsmål fra Bjørkelia skole")}};
    static const FieldView code[] = {{.id = S("enrolment"), .type = INPUT_TEXT, .label = S("Kode")}};
    PageInvitations list = {.layout = layout(S("Invitasjoner")), .codes = {codes, 2}, .invitations = {out, 2}, .make = URL("/invitasjoner/ny")};
    PageInvitations none = {.layout = layout(S("Invitasjoner")), .make = URL("/invitasjoner/ny")};
    PageInvited typed = {.layout = layout(S("Invitasjon")), .asked = {asked, 1}, .form = form_of(code, 1, S("Gå videre"))};

    SHOW("invitasjoner", page_invitations, list);
    SHOW("invitasjoner-ingen", page_invitations, none);
    SHOW("invitasjon-kode", page_invited, typed);
}

/* ---- statistics ---- */

#define SHOWN(count, part) {.text = S(count), .number = true, .share = S(part)}
#define HIDDEN {.text = S("skjult")}
#define BAR(shade_name, from, wide) {.shade = S(shade_name), .x = S(from), .width = S(wide), .y = S("1"), .height = S("20")}
#define HATCH(from) {.x = S(from), .width = S("5%"), .y = S("1"), .height = S("20")}
#define LISTED(array) {.items = (array), .count = COUNT_OF(array)}

static const OptionView areas[] = {{.label = S("Alle områder"), .chosen = true}, {.value = S("50"), .label = S("Fravær")}};
static const OptionView years[] = {{.value = S("2025"), .label = S("2025"), .chosen = true}, {.value = S("all"), .label = S("Alle hele år")}};
static const OptionView quarters[] = {{.value = S("2025-4"), .label = S("4. kvartal 2025")}};
static const OptionView wholes[] = {{.label = S("Hele kommunen"), .chosen = true}};
static const OptionView of_units[] = {{.value = S("unit"), .label = S("Hver enhet for seg")}, {.value = S("unit-1"), .label = S("Tindlia skole")}};
static const ChoiceGroup area_groups[] = {{.options = LISTED(areas)}};
static const ChoiceGroup period_groups[] = {{.options = LISTED(years)}, {.label = S("Kvartal"), .options = LISTED(quarters)}};
static const ChoiceGroup by_groups[] = {{.options = LISTED(wholes)}, {.label = S("Enhet"), .options = LISTED(of_units)}};
static const LinkView statistics_views[] = {
    {.url = {S("/statistikk?view=attentions")}, .text = S("Oppmerksomheter"), .current = true},
    {.url = {S("/statistikk?view=measures")}, .text = S("Tiltak")}, {.url = {S("/statistikk?view=outcomes")}, .text = S("Virkning")}};

static PageStatistics statistics_of(const ChoiceView *choices, const FigureTableView *tables, size_t table_count)
{
    static const HeadlineView headlines[] = {{S("123"), S("registrerte oppmerksomheter")}, {S("skjult"), S("Tindlia skole: registrerte oppmerksomheter")}};

    return (PageStatistics){
        .layout = layout(S("Statistikk")), .views = LISTED(statistics_views), .view = S("attentions"), .reset = URL("/statistikk"),
        .published = S("Publisering 3, 30. juli 2026 kl. 03.00. Tallene gjelder til og med 2. kvartal 2026."),
        .next = S("Neste publisering kommer 30. januar 2027."), .choices = {choices, 3}, .headlines = LISTED(headlines),
        .tables = {tables, table_count}, .csv = URL("/statistikk/csv"), .json = URL("/api/v1/statistics"),
    };
}

static void show_statistics(Arena *arena, const char *folder)
{
    static const FigureView absence[] = {SHOWN("41", "33 %")}, transition[] = {HIDDEN}, nothing[] = {SHOWN("0", "0 %")}, all[] = {SHOWN("123", "")};
    static const BarView long_bar[] = {BAR("b1", "0", "100.0%")}, hatch[] = {HATCH("0")};
    static const FigureRowView rows[] = {
        {.name = S("Fravær"), .url = {S("/statistikk?category=50")}, .bars = LISTED(long_bar), .figures = LISTED(absence)},
        {.name = S("Overgang"), .url = {S("/statistikk?category=51")}, .bars = LISTED(hatch), .figures = LISTED(transition)},
        {.name = S("Rus"), .url = {S("/statistikk?category=70")}, .figures = LISTED(nothing)}};
    static const FigureRowView totals[] = {{.name = S("I alt"), .figures = LISTED(all)}};
    static const LinkView count[] = {{.text = S("Antall")}};
    static const FigureView group[] = {{.text = S("62"), .number = true, .share = S("78 %"), .label = S("Ønsket virkning")},
                                       {.text = S("skjult"), .label = S("Noe virkning")}, {.text = S("79"), .number = true, .label = S("I alt")}};
    static const BarView stack[] = {BAR("b1", "0.0%", "73.3%"), HATCH("73.3%")};
    static const FigureRowView stacks[] = {{.name = S("Tilpasning i gruppen"), .bars = LISTED(stack), .figures = LISTED(group)}};
    static const LinkView outcomes[] = {{.text = S("Ønsket virkning"), .hidden = S("b1")}, {.text = S("Noe virkning"), .hidden = S("b2")}, {.text = S("I alt")}};
    static const LinkView legend[] = {{.text = S("Ønsket virkning"), .hidden = S("b1")}, {.text = S("Noe virkning"), .hidden = S("b2")}, {.text = S("skjult")}};
    static const FigureTableView tables[] = {
        {.code = S("attentions"), .caption = S("Oppmerksomheter etter område, Hele kommunen, 2025"), .first = S("Område"), .columns = LISTED(count),
         .rows = LISTED(rows), .totals = LISTED(totals)},
        {.code = S("measures"), .caption = S("Virkning etter type tiltak, 2025"), .first = S("Type tiltak"), .columns = LISTED(outcomes),
         .legend = LISTED(legend), .stacked = true, .rows = LISTED(stacks)}};
    static const ErrorView wrong[] = {{S("by"), S("Velg fra listen hva tallene skal vises for")}};
    ChoiceView choices[] = {{.id = S("category"), .label = S("Område"), .groups = LISTED(area_groups)},
                            {.id = S("period"), .label = S("Periode"), .groups = LISTED(period_groups)},
                            {.id = S("by"), .label = S("Vis for"), .groups = LISTED(by_groups)}};
    PageStatistics page = statistics_of(choices, tables, COUNT_OF(tables));
    PageStatistics none = {.layout = layout(S("Statistikk")), .none = S("Det er ikke publisert noen statistikk ennå. Den første kommer 30. juli 2027.")};

    SHOW("statistikk", page_statistics, page);
    SHOW("statistikk-ingen", page_statistics, none);
    page.headlines.count = page.tables.count = 0;
    page.csv = page.json = (Url){0};
    page.layout.has_errors = true;
    page.form.errors = (ErrorViews)LISTED(wrong);
    choices[2].error = wrong[0].message;
    SHOW("statistikk-feil", page_statistics, page);
}

int main(int count, char **arguments)
{
    AUTO(arena_freep) Arena *arena = NULL;

    if (count != 2 || !is_ok(arena_new((size_t)64 << 20, &arena)))
        return 2;
    show_visitor(arena, arguments[1]);
    show_forms(arena, arguments[1]);
    show_invitations(arena, arguments[1]);
    show_lists(arena, arguments[1]);
    show_log(arena, arguments[1]);
    show_enrolment(arena, arguments[1]);
    show_creation(arena, arguments[1]);
    show_around_log(arena, arguments[1]);
    show_consents(arena, arguments[1]);
    show_municipality(arena, arguments[1]);
    show_trouble(arena, arguments[1]);
    show_statistics(arena, arguments[1]);
    return 0;
}
