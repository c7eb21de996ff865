/* What the invented people are called, and what they write.
 * Must not name anybody who exists, nor say more than a log of its kind would.
 * Used by the room seed. */
#include "service/seed/words.h"

static const char *const first_names[] = {
    "Blid", "Kvikk", "Modig", "Stille", "Glad", "Varsom", "Ivrig", "Lystig", "Rask", "Mild", "Klok", "Fri", "Trygg", "Lett",
    "Våken", "Rolig", "Sterk", "Snar", "Hel", "Frisk", "Jevn", "Var", "Lun", "Kjekk", "Flink", "God", "Ny", "Klar", "Varm", "Sval",
};

static const char *const family_names[] = {
    "Bekk", "Furu", "Lyng", "Stein", "Berg", "Vik", "Holme", "Tjern", "Eng", "Li", "Bjørk", "Rogn", "Hegg", "Or", "Selje", "Osp",
    "Sund", "Nes", "Skjær", "Foss", "Elv", "Os", "Haug", "Kolle", "Dal", "Mo", "Lund", "Vang", "Mark", "Skog", "Myr", "Hei",
    "Vidde", "Egg", "Tind", "Nut", "Bre", "Fonn", "Sky", "Dis", "Dogg", "Rim",
};

static const char *const places[] = {
    "Solbakken", "Bjørkelia", "Fjellheim", "Nordvang", "Granåsen", "Elvebredden", "Lyngmo", "Steinsvik", "Rognlia", "Heggdal",
    "Sundet", "Fossheim", "Ospelunden", "Vidsyn", "Tindheim", "Skogly", "Bekkefaret", "Holmen", "Tjernsli", "Engene",
};

static const struct {
    uint16_t service;
    const char *word;
} service_words[] = {
    {.service = 1, .word = "barnehage"},          {.service = 2, .word = "skole"},
    {.service = 4, .word = "PPT"},                {.service = 5, .word = "helsestasjon"},
    {.service = 6, .word = "skolehelsetjeneste"}, {.service = 7, .word = "barneverntjeneste"},
    {.service = 8, .word = "psykisk helse"},      {.service = 9, .word = "familiesenter"},
};

static const char *const notes[] = {
    "Vi har snakket sammen om hvordan uka har vært.", "Rutinen holder de fleste dager.",
    "Det går bedre når dagen er forutsigbar.", "Vi prøver en uke til før vi endrer noe.",
    "Kontaktlærer er orientert og følger med.", "Har fått en fast plass og en fast voksen.",
    "Det har vært færre konflikter denne uka.", "Trenger mer tid i overgangene.",
    "Vi avtalte å ta det opp igjen på neste møte.", "Dagsplanen ligger klar på pulten hver morgen.",
};
static const char *const family_notes[] = {
    "Hjemme har det vært en rolig uke.", "Leggetiden holder de fleste kvelder.", "Vi merker at det blir lettere om morgenen.",
    "Søndag kveld er fortsatt vanskelig.", "Fortalte selv om dagen ved middagsbordet.", "Vi øver litt hver dag, som vi ble enige om.",
};
static const char *const bright[] = {
    "Hjalp en yngre elev med å finne fram.", "Ledet leken hele friminuttet.", "Fortalte en lang historie for hele gruppen.",
    "Var tålmodig da de minste skulle lære spillet.", "Kom smilende og sa god morgen til alle.", "Tegnet kart over hele skogen.",
};
static const char *const voices[] = {
    "«Jeg vil ha noen å sitte sammen med.»", "«Det er lettere når noen venter på meg.»", "«Jeg vil lese uten at alle hører på.»",
    "«Det var gøy i dag.»", "«Jeg vil vite hva som skal skje.»", "«Mandager er verst.»",
};
static const char *const goals[] = {
    "Er trygg og vet hvem som tar imot om morgenen.", "Har noen å være sammen med i friminuttene.",
    "Kommer i gang med oppgaver uten hjelp.", "Kan fortelle hva som er vanskelig.", "Er uthvilt og med fra morgenen av.",
    "Får med seg innholdet i beskjeder.",
};
static const char *const levels[] = {
    "Vi begynner med det vi selv kan gjøre.", "Flere skal gi råd, og vi samordner oss.", "Familien trenger sammensatt hjelp over tid.",
};
static const char *const agendas[] = {
    "Hvordan går det med tiltakene?", "Hva virker, og hva gjør vi annerledes?", "Veien videre.", "Overgangen til høsten.",
    "Hjemme og her: hva ser vi?",
};
static const char *const summaries[] = {
    "Vi ble enige om å fortsette som nå i seks uker.", "Tiltaket justeres, og ansvaret er fordelt på nytt.",
    "Familien forteller at det går bedre hjemme.", "Vi ser framgang, men mandager er vanskelige.",
    "Ny vurdering på neste møte.", "Flere voksne skal bruke de samme ordene.",
};
static const char *const rooms[] = {"Møterom Furu", "Kontoret", "Grupperommet", "Familiesenteret", "Møterom Bjørk"};
static const char *const resources[] = {
    "Slik leser dere sammen", "Gode kveldsrutiner", "Råd om overganger", "Å snakke om følelser", "Lek som øver språket",
};

#define TABLE(name) {.items = name, .count = COUNT_OF(name)}
static const struct {
    const char *const *items;
    uint32_t count;
} topics[TOPIC_COUNT] = {
    [TOPIC_NOTE] = TABLE(notes),       [TOPIC_FAMILY_NOTE] = TABLE(family_notes), [TOPIC_BRIGHT] = TABLE(bright),
    [TOPIC_VOICE] = TABLE(voices),     [TOPIC_GOAL] = TABLE(goals),               [TOPIC_LEVEL] = TABLE(levels),
    [TOPIC_AGENDA] = TABLE(agendas),   [TOPIC_SUMMARY] = TABLE(summaries),        [TOPIC_PLACE] = TABLE(rooms),
    [TOPIC_RESOURCE] = TABLE(resources),
};

typedef struct Worded {
    uint16_t code;
    const char *text;
} Worded;

static const Worded attentions[] = {
    {10, "Har få ord for det som skjer, men forstår mye."},
    {11, "Leser saktere enn ventet og blir fort sliten når teksten er lang."},
    {12, "Mister oversikten når det er flere tall i oppgaven."},
    {13, "Mister ofte tråden når beskjeden er lang."},
    {20, "Strever med å komme inn i leken."},
    {21, "Går ofte alene i friminuttene."},
    {22, "Forteller at noen sier stygge ting på vei hjem."},
    {30, "Sier lite i store grupper og ser trist ut."},
    {31, "Blir fort sint når noe ikke går som ventet."},
    {32, "Trekker seg unna når det er mange til stede."},
    {40, "Snubler ofte og unngår klatrestativet."},
    {41, "Holder boka nær og myser mot tavla."},
    {42, "Kommer trøtt om morgenen og spiser lite."},
    {50, "Har vært borte en dag i uka siden sommeren."},
    {51, "Gruer seg til å skifte gruppe til høsten."},
    {60, "Forteller om mye uro hjemme."},
    {61, "Bytter hjem hver uke og glemmer ting."},
    {70, "Forteller om kvelder med mye drikking hjemme."},
    {80, "Er ny i landet og kjenner ingen her ennå."},
    {99, "Noe er annerledes enn før, og vi vet ikke hva."},
};

static const Worded measures[] = {
    {10, "Dagsplan med bilder for hele gruppen."},
    {11, "Lydbok til lange tekster og kortere oppgaver."},
    {12, "En fast voksen tar imot om morgenen."},
    {20, "Språklek i liten gruppe hver dag."},
    {21, "Voksenstyrt aktivitet i langfriminuttet."},
    {30, "Råd til foreldrene om rutiner hjemme."},
    {31, "Samtaler annenhver uke."},
    {32, "Observasjon i to uker og et kort notat."},
    {40, "Henvisning, med et felles brev."},
    {41, "Nettverksmøte med alle som kjenner familien."},
    {50, "En fast fritidsaktivitet med følge den første tiden."},
    {51, "Beskjed hjem samme morgen ved fravær."},
    {52, "Besøk på det nye stedet før overgangen."},
    {60, "Roligere overganger for hele avdelingen."},
    {99, "Et forsøk i fire uker, beskrevet i planen."},
};

static const Worded outcomes[] = {
    {1, "Det virket slik vi håpet. Vi avslutter tiltaket."},
    {2, "Vi ser framgang og fortsetter."},
    {3, "Det virket ikke slik vi håpet. Vi gjør noe annet."},
    {4, "Vi trenger hjelp av flere."},
    {5, "Det ble ikke gjennomført."},
    {6, "Det er for tidlig å si."},
};

static Str text_of(const Worded *items, size_t count, uint16_t code)
{
    for (size_t i = 0; i < count; i++)
        if (items[i].code == code)
            return str_from_c(items[i].text);
    return STR_NONE;
}

Str seed_attention_text(uint16_t category)
{
    return text_of(attentions, COUNT_OF(attentions), category);
}

Str seed_measure_text(uint16_t category)
{
    return text_of(measures, COUNT_OF(measures), category);
}

Str seed_outcome_text(uint16_t outcome)
{
    return text_of(outcomes, COUNT_OF(outcomes), outcome);
}

Str seed_sentence(SeedRandom *random, enum SeedTopic topic)
{
    return str_from_c(topics[topic].items[seed_below(random, topics[topic].count)]);
}

Err seed_sentences(SeedRandom *random, enum SeedTopic topic, Arena *keep, Str *ret_text)
{
    Str first = seed_sentence(random, topic), second = seed_sentence(random, topic);

    return str_format(keep, ret_text, "%.*s %.*s", STR_ARGS(first), STR_ARGS(second));
}

Str seed_family(SeedRandom *random)
{
    return str_from_c(seed_one_of(random, family_names));
}

Err seed_name(SeedRandom *random, Str family, Arena *keep, Str *ret_name)
{
    return str_format(keep, ret_name, "%s %.*s", seed_one_of(random, first_names), STR_ARGS(family));
}

Err seed_unit_name(uint32_t unit, uint16_t service, Arena *keep, Str *ret_name)
{
    const char *word = "tjeneste";

    for (size_t i = 0; i < COUNT_OF(service_words); i++)
        if (service_words[i].service == service)
            word = service_words[i].word;
    return str_format(keep, ret_name, "%s %s %u", places[unit % COUNT_OF(places)], word, unit + 1);
}
