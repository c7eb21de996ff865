/* What stands in the demo's logs. Everybody and everything in here is made up; the numbers are synthetic.
 * Must not hold more than text: demo.h says how the tables are read.
 * Read by demo_logs.c. */
#include "cli/demo/logs.h"
#include "domain/fields.h"

/* Letters: h relay holder, g and f guardians, v school nurse, s PPT, m school's environmental therapist, k family centre. */

#define ORAL "given_on=@-92|method=3|witness=Bred Ås|valid_from=@-92|valid_to=@+260|text_version=1"
#define ORAL_RECENT "given_on=@-6|method=3|witness=Mild Eng|valid_from=@-6|valid_to=@+350|text_version=1"
#define PAPER "given_on=@-103|method=1|valid_from=@-103|valid_to=@+255|text_version=1"

static const DemoEntry blid[] = {
    {'h', KIND_LEVEL, NULL, "level=1|reason=Skolen prøver egne tiltak først.|date=@-103"},
    {'g', KIND_NOTE, NULL, "note_kind=2|text=Glad i dyr og flink til å tegne. Hjelper gjerne de yngste på skolen."},
    {'h', KIND_ATTENTION, "lesing",
     "category=11|severity=2|date=@-103|description=Leser saktere enn vi venter på 5. trinn, og blir fort sliten når teksten er "
     "lang.|discussed_leader=1|discussed_leader_on=@-104|discussed_guardians=1|discussed_guardians_on=@-104|discussed_child=1|"
     "discussed_child_on=@-103"},
    {'h', KIND_NOTE, NULL, "note_kind=3|text=«Jeg vil lese uten at de andre hører på.»|entry=#lesing"},
    {'h', KIND_GOAL, "mål-lesing", "text=Blid leser trygt og får med seg innholdet.|attention=#lesing|target_date=@+25"},
    {'h', KIND_ATTENTION, "syn",
     "category=41|severity=1|date=@-96|description=Myser mot tavla. Vi vil være sikre på at synet er i orden.|discussed_guardians="
     "1|discussed_guardians_on=@-96"},
    {'h', KIND_MEASURE, "synstest",
     "category=32|arena=3|description=Sjekke synet hos helsesykepleier.|responsible=&v|start=@-90|deadline=@-75|state=3|attention="
     "#syn"},
    {'v', KIND_EVALUATION, NULL, "measure=#synstest|outcome=1|date=@-75|text=Synet er normalt."},
    {'h', KIND_MEASURE, "leseøkt",
     "category=11|arena=3|description=Leseøkt i liten gruppe, tre ganger i uka.|responsible=&h|others=&m|start=@-41|deadline=@+4|"
     "state=2|goal=#mål-lesing|attention=#lesing"},
    {'h', KIND_MEASURE, "lesestund",
     "category=30|arena=1|description=Lesestund hjemme, ti minutter hver kveld.|responsible=&g|start=@-80|deadline=@+25|state=2|"
     "goal=#mål-lesing"},
    {'h', KIND_EVALUATION, NULL,
     "measure=#lesestund|outcome=2|date=@-40|text=Blid velger bok selv og leser oftere. Vi fortsetter."},
    {'h', KIND_ATTENTION, "alene",
     "category=21|severity=2|date=@-82|description=Går ofte alene i friminuttene. Sier selv at det er kjedelig.|"
     "discussed_guardians=1|discussed_guardians_on=@-82"},
    {'h', KIND_GOAL, "mål-venner", "text=Blid har noen å være sammen med i friminuttene.|attention=#alene|target_date=@+67"},
    {'h', KIND_LEVEL, NULL, "level=2|reason=Skolehelsetjenesten og PPT skal gi råd.|date=@-40"},
    {'h', KIND_MEASURE, "langfri",
     "category=21|arena=3|description=Voksenstyrt aktivitet i langfriminuttet.|responsible=&m|start=@-30|deadline=@+18|state=2|goal="
     "#mål-venner"},
    {'h', KIND_MEASURE, "invitere",
     "category=50|arena=4|description=Invitere hjem én klassekamerat i uka.|responsible=&f|start=@+1|deadline=@+7|state=1|goal="
     "#mål-venner"},
    {'h', KIND_MEASURE, "skjerm",
     "category=11|arena=3|description=Blid får lydbok til lange tekster.|responsible=&h|start=@-35|deadline=@-5|state=2|goal="
     "#mål-lesing"},
    {'h', KIND_MEETING, NULL,
     "time=@-40T14:00|place=Møterom Furu|participants=&hgfv|agenda=Hvordan går det med lesingen?\nTrenger vi flere med?|summary=Vi ble "
     "enige om å gå til nivå 2 fordi skolehelsetjenesten og PPT skal gi råd. Lesestund hjemme fortsetter. Skolen prøver leseøkt i "
     "liten gruppe i seks uker."},
    {'h', KIND_MEETING, NULL,
     "time=@+7T14:00|place=Møterom Furu|participants=&hgfvsm|agenda=Evaluere leseøkten.\nFriminuttene.\nVeien videre."},
    {'v', KIND_NOTE, NULL, "note_kind=1|text=Snakket med Blid om friminuttene. Vil gjerne være med på tegnegruppe."},
    {'m', KIND_NOTE, NULL, "note_kind=2|text=Blid tok med seg to fra 4. trinn og bygde demning i bekken."},
    {'g', KIND_NOTE, NULL, "note_kind=1|text=Hjemme leser Blid nå for lillesøsteren sin om kvelden."},
    {'h', KIND_RESOURCE, NULL,
     "title=Slik leser dere sammen|link=https://lesestund.example/raad|text=Korte råd til dere hjemme."},
};

static const DemoEntry kvikk[] = {
    {'h', KIND_LEVEL, NULL, "level=1|reason=Vi begynner med det skolen selv kan gjøre.|date=@-60"},
    {'h', KIND_ATTENTION, "syn",
     "category=41|severity=2|date=@-60|description=Holder boka nær og får vondt i hodet av lange økter.|discussed_guardians=1|"
     "discussed_guardians_on=@-60"},
    {'h', KIND_GOAL, "mål", "text=Kvikk kan lese en hel side uten å få vondt i hodet.|attention=#syn|target_date=@+30"},
    {'h', KIND_MEASURE, "trening",
     "category=11|arena=1|description=Synstrening hjemme.|responsible=&g|start=@-45|deadline=@-4|state=2|goal=#mål"},
    {'h', KIND_MEASURE, "plass",
     "category=10|arena=3|description=Fast plass langt fram i klasserommet.|responsible=&h|start=@-58|deadline=@+3|state=2|goal=#mål"},
    {'v', KIND_NOTE, NULL, "note_kind=1|text=Vi har bestilt time til ny synstest."},
    {'h', KIND_MEETING, NULL, "time=@+2T08:30|place=Kontoret til Klok Elv|participants=&hg|agenda=Hvordan går treningen?"},
};

static const DemoEntry modig[] = {
    {'h', KIND_LEVEL, NULL, "level=1|reason=Tiltak i klassen.|date=@-50"},
    {'h', KIND_ATTENTION, "uro",
     "category=13|severity=1|date=@-50|description=Mister ofte tråden når beskjeden er lang.|discussed_guardians=1|"
     "discussed_guardians_on=@-50"},
    {'h', KIND_GOAL, "mål", "text=Modig kommer i gang med oppgaver uten hjelp.|attention=#uro|target_date=@+60"},
    {'h', KIND_MEASURE, NULL,
     "category=10|arena=3|description=Dagsplan med bilder på pulten.|responsible=&h|start=@-45|deadline=@+11|state=2|goal=#mål"},
    {'m', KIND_NOTE, NULL, "note_kind=2|text=Modig var tålmodig da de minste skulle lære spillet."},
};

static const DemoEntry stille[] = {
    {'h', KIND_LEVEL, NULL, "level=3|reason=Familien trenger sammensatt hjelp over tid.|date=@-70"},
    {'h', KIND_ATTENTION, "fravær",
     "category=50|severity=3|date=@-90|description=Har vært borte en dag i uka siden sommeren.|discussed_leader=1|"
     "discussed_leader_on=@-91|discussed_guardians=1|discussed_guardians_on=@-90|discussed_child=1|discussed_child_on=@-88"},
    {'h', KIND_ATTENTION, "trivsel",
     "category=30|severity=2|date=@-60|description=Sier lite i store grupper, men åpner seg når vi er få."},
    {'h', KIND_GOAL, "mål", "text=Stille kommer på skolen hver dag og vet hvem som tar imot.|attention=#fravær|target_date=@+40"},
    {'h', KIND_MEASURE, "møter",
     "category=51|arena=3|description=En fast voksen møter Stille ved porten hver morgen.|responsible=&m|start=@-65|deadline=@+15|"
     "state=2|goal=#mål"},
    {'m', KIND_EVALUATION, NULL, "measure=#møter|outcome=2|date=@-20|text=Fraværet er halvert. Mandager er fortsatt vanskelige."},
    {'h', KIND_MEASURE, NULL,
     "category=30|arena=1|description=Familiesenteret gir foreldrene råd om morgenrutiner.|responsible=&k|others=&gf|start=@-50|"
     "deadline=@+22|state=2|goal=#mål"},
    {'h', KIND_MEASURE, NULL,
     "category=31|arena=3|description=Samtaler med PP-rådgiver annenhver uke.|responsible=&s|start=@-40|deadline=@-2|state=2|"
     "attention=#trivsel"},
    {'h', KIND_MEETING, NULL,
     "time=@-20T12:30|place=Familiesenteret|participants=&hgfks|agenda=Morgener og fravær.|summary=Den faste voksne ved porten "
     "hjelper. Vi prøver senere oppstart på mandager ut måneden."},
    {'h', KIND_MEETING, NULL, "time=@+15T12:30|place=Familiesenteret|participants=&hgfksm|agenda=Evaluere morgenene."},
    {'f', KIND_NOTE, NULL, "note_kind=1|text=Mandagen gikk fint denne uka. Stille gledet seg til svømming."},
    {'k', KIND_NOTE, NULL, "note_kind=3|text=«Det er lettere når noen venter på meg.»|entry=#møter"},
};

static const DemoEntry glad[] = {
    {'h', KIND_LEVEL, NULL, "level=2|reason=PPT er med.|date=@-30"},
    {'h', KIND_ATTENTION, "språk",
     "category=10|severity=2|date=@-33|description=Har få norske ord for det som skjer på skolen, men forstår mye.|"
     "discussed_guardians=1|discussed_guardians_on=@-33"},
    {'h', KIND_GOAL, "mål", "text=Glad kan fortelle om dagen sin på norsk.|attention=#språk|target_date=@+90"},
    {'h', KIND_MEASURE, NULL,
     "category=20|arena=3|description=Språklek i liten gruppe hver dag.|responsible=&h|others=&s|start=@-28|deadline=@+21|state=2|"
     "goal=#mål"},
    {'g', KIND_NOTE, NULL, "note_kind=2|text=Glad synger norske sanger i badekaret."},
};

static const DemoEntry varsom[] = {
    {'h', KIND_LEVEL, NULL, "level=2|reason=Barnehagen og familiesenteret arbeider sammen.|date=@-35"},
    {'h', KIND_ATTENTION, "søvn",
     "category=42|severity=2|date=@-36|description=Kommer trøtt om morgenen og spiser lite til frokost.|discussed_guardians=1|"
     "discussed_guardians_on=@-36"},
    {'h', KIND_GOAL, "mål", "text=Varsom er uthvilt og med i leken fra morgenen av.|attention=#søvn|target_date=@+49"},
    {'h', KIND_MEASURE, "kveld",
     "category=30|arena=1|description=Fast kveldsrutine hjemme.|responsible=&gf|start=@-30|deadline=@+14|state=2|goal=#mål"},
    {'h', KIND_EVALUATION, NULL, "measure=#kveld|outcome=2|date=@-9|text=Leggetiden holder de fleste kvelder."},
    {'h', KIND_MEASURE, NULL,
     "category=12|arena=2|description=En voksen tar imot og spiser frokost sammen med Varsom.|responsible=&h|start=@-28|deadline=@+9|"
     "state=2|goal=#mål"},
    {'k', KIND_NOTE, NULL, "note_kind=1|text=Foreldrene har fått råd om søvn og prøver dem i tre uker."},
    {'h', KIND_MEETING, NULL, "time=@+9T09:00|place=Barnehagen|participants=&hgfk|agenda=Søvn og frokost."},
};

static const DemoEntry ivrig[] = {
    {'h', KIND_ATTENTION, NULL,
     "category=51|severity=1|date=@-3|description=Skal begynne på skolen til høsten og gruer seg til å skifte venner.|"
     "discussed_guardians=1|discussed_guardians_on=@-3"},
    {'h', KIND_NOTE, NULL, "note_kind=2|text=God i matematikk og trygg i gruppen sin."},
};

/* Ten entries, six times: about sixty in one log, which the bench opens. */
static const DemoEntry snill[] = {
    {'h', KIND_ATTENTION, "samspill",
     "category=20|severity=2|date=@-3|description=Ukas oppmerksomhet: blir stående utenfor når leken skifter raskt.|"
     "discussed_guardians=1|discussed_guardians_on=@-3"},
    {'h', KIND_GOAL, "mål", "text=Snill finner veien inn i leken med en voksen i nærheten.|attention=#samspill|target_date=@+42"},
    {'h', KIND_MEASURE, "lek",
     "category=21|arena=2|description=Lekegruppe på fire barn, to ganger i uka.|responsible=&h|others=&k|start=@-2|deadline=@+12|"
     "state=2|goal=#mål"},
    {'h', KIND_MEASURE, "hjemme",
     "category=30|arena=1|description=Øve på å spørre om å få være med.|responsible=&gf|start=@-2|deadline=@+19|state=2|goal=#mål"},
    {'h', KIND_EVALUATION, NULL, "measure=#hjemme|outcome=2|date=@+0|text=Går bedre med søsken enn med naboens barn."},
    {'h', KIND_EVALUATION, NULL, "measure=#lek|outcome=2|date=@+0|text=Fant selv en rolle i butikkleken to av fire ganger."},
    {'h', KIND_MEETING, NULL,
     "time=@-1T08:15|place=Barnehagen|participants=&hgf|agenda=Uka som gikk.|summary=Vi fortsetter som avtalt og ser på gruppen igjen "
     "om en uke."},
    {'f', KIND_NOTE, NULL, "note_kind=1|text=Snill fortalte om leken ved middagsbordet."},
    {'k', KIND_NOTE, NULL, "note_kind=1|text=Observerte en halvtime ute. Snill trenger litt tid før en ny lek begynner."},
    {'h', KIND_NOTE, NULL, "note_kind=3|text=«Jeg liker når vi er fire.»"},
};

#define ENTRIES(table) .entries = (table), .count = sizeof(table) / sizeof *(table)

const DemoLog demo_logs[] = {
    {.key = "blid", .holder = DEMO_ELV, .consent = PAPER, .has_document = true, .units = "hp", .actors = "vsm",
     .child = "name=Blid Bjørk|national_id=14851651056|birth_date=2016-05-14|living=2|languages=Norsk",
     .guardians = {"name=Varm Bjørk|national_id=06838610054|relationship=1|responsibility=1|phone=40000001",
                   "name=Stø Granskog|relationship=2|responsibility=1|phone=40000002"},
     ENTRIES(blid)},
    {.key = "kvikk", .holder = DEMO_ELV, .consent = ORAL, .units = "h", .actors = "v",
     .child = "name=Kvikk Ørret|national_id=03821452170|birth_date=2014-02-03|living=1",
     .guardians = {"name=Stram Ørret|national_id=17908411056|relationship=2|responsibility=1",
                   "name=Blank Ørret|relationship=1|responsibility=1"},
     ENTRIES(kvikk)},
    {.key = "modig", .holder = DEMO_ELV, .consent = ORAL, .units = "h", .actors = "m",
     .child = "name=Modig Lerke|national_id=27891653005|birth_date=2016-09-27|living=1",
     .guardians = {"name=Lys Lerke|national_id=30868814086|relationship=1|responsibility=1",
                   "name=Høy Lerke|relationship=2|responsibility=1"},
     ENTRIES(modig)},
    {.key = "stille", .holder = DEMO_ELV, .consent = ORAL, .units = "hpf", .actors = "smk",
     .child = "name=Stille Måne|national_id=11911554072|birth_date=2015-11-11|living=1",
     .guardians = {"name=Dyp Måne|national_id=09817913072|relationship=2|responsibility=1",
                   "name=Ny Måne|relationship=1|responsibility=1"},
     ENTRIES(stille)},
    {.key = "glad", .holder = DEMO_ELV, .consent = ORAL, .units = "p", .actors = "s",
     .child = "name=Glad Rype|national_id=08841955006|birth_date=2019-04-08|living=1|languages=Ukrainsk, norsk",
     .guardians = {"name=Myk Rype|national_id=12849215181|relationship=1|responsibility=1|language=Ukrainsk",
                   "name=Rask Rype|relationship=2|responsibility=1|language=Ukrainsk"},
     ENTRIES(glad)},
    {.key = "varsom", .holder = DEMO_HAVN, .consent = ORAL, .units = "f", .actors = "k",
     .child = "name=Varsom Hare|national_id=19882156012|birth_date=2021-08-19|living=1",
     .guardians = {"name=Frodig Hare|national_id=04898717025|relationship=1|responsibility=1",
                   "name=Lett Hare|relationship=2|responsibility=1"},
     ENTRIES(varsom)},
    {.key = "ivrig", .holder = DEMO_HAVN, .consent = ORAL_RECENT, .units = "", .actors = "",
     .child = "name=Ivrig Kongle|national_id=02922057020|birth_date=2020-12-02|living=2",
     .guardians = {"name=Lun Kongle|national_id=25889116083|relationship=1|responsibility=1",
                   "name=Frisk Brise|relationship=2|responsibility=1"},
     ENTRIES(ivrig)},
    {.key = "snill", .holder = DEMO_HAVN, .consent = ORAL, .units = "fp", .actors = "k",
     .child = "name=Snill Regnbue|national_id=23812158120|birth_date=2021-01-23|living=1",
     .guardians = {"name=Skjør Regnbue|relationship=1|responsibility=1", "name=Sterk Regnbue|relationship=2|responsibility=1"},
     .rounds = 6,
     ENTRIES(snill)},
};
const unsigned demo_log_count = sizeof demo_logs / sizeof *demo_logs;
