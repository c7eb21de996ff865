/* One human is one account, found by a number that a registrar typed and never by what its bearer chose.
 * Must not use a number of a real person.
 * Called by meson test. */
#include "service/acts/create.h"
#include "service/acts/family_code.h"
#include "service/municipality/import.h"
#include "service/people/news.h"
#include "service/reading/open.h"
#include "service/reading/seen.h"
#include "service/session/enrol.h"
#include "service/session/memory.h"
#include "support/log_fixture.h"

#define NUMBER STR("15828510085") /* synthetic: month + 80 */
#define PASSWORD STR("gul fugl over fjorden i mai")
#define GUARD STR("guard.kanarifugl")

#define TOWN(name)                          \
    AUTO(town_end) Town name = {0};         \
    AUTO(sessions_freep) Sessions *sessions = NULL; \
    town_begin(&name);                      \
    EXPECT_OK(sessions_new(name.agent.crypto, &sessions)); \
    name.service.sessions = sessions;       \
    Actor holder = town_staff(&name, STR("Stafett Holder"), ROLE_RELAY_HOLDER, name.unit)

/* A log with one guardian, of this number or of none: who they are, and what stands on their slip. */
static ParticipantRow guardian_of(Town *town, const Actor *holder, Id log)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    ParticipantRows people = {0};
    ParticipantRow guardian = {0};
    Permit permit;

    EXPECT(policy_permit((Ask){.role = ROLE_RELAY_HOLDER, .act = ACT_LOG_READ, .relation = RELATION_PARTICIPANT,
                               .state = STATE_ACTIVE}, (Subject){holder->person, log, 1}, &permit) == WHY_ALLOWED);
    EXPECT_OK(store_read(town->store, &tx));
    EXPECT_OK(store_participants(tx, &permit, town->arena, &people));
    for (uint32_t i = 0; i < people.count; i++)
        if (people.items[i].role == ROLE_GUARDIAN)
            guardian = people.items[i];
    return guardian;
}

static Str created_in(Town *town, const Actor *holder, Str number, Id *ret_person, Id *ret_log)
{
    Actor again = *holder;
    Str code = STR_NONE;
    CreatedLog created;
    TownLog made;

    again.request = town_id(town);
    town_log(town, &made);
    log_set(&made.guardian.values, "national_id", number);
    EXPECT_OK(log_create(&town->service, &again, &made.log, town->arena, &created));
    EXPECT_OK(str_copy(town->arena, str_from_c(created.codes[0].code), &code));
    *ret_person = guardian_of(town, holder, created.log).person;
    *ret_log = created.log;
    return code;
}

static Str created_code(Town *town, const Actor *holder, Str number, Id *ret_person)
{
    Id log;

    return created_in(town, holder, number, ret_person, &log);
}

static Id place_of(Town *town, const Actor *holder, Id log)
{
    return guardian_of(town, holder, log).id;
}

static Err enrol_at(Town *town, Str code, Str user_name, int64_t step, Str *ret_field)
{
    uint8_t secret[TOTP_SECRET_BYTES];
    char digits[7];
    int64_t now = 0;
    EnrolmentCodes codes;

    EXPECT_OK(enrolment_codes_read(code, town->arena, &codes));
    EXPECT_OK(sessions_totp_secret(town->service.sessions, codes.secrets[0], secret));
    EXPECT_OK(world_now(town->service.world, &now));
    EXPECT_OK(totp_code(secret, now / TOTP_STEP_MS + step, digits));
    return session_enrol(&town->service, town->tenant, &(Enrolling){code, user_name, PASSWORD, str_from_c(digits)}, ret_field);
}

static Err enrol_as(Town *town, Str code, Str user_name, Str *ret_field)
{
    return enrol_at(town, code, user_name, 0, ret_field);
}

static void enrol(Town *town, Str code)
{
    Str field = STR_NONE;

    EXPECT_OK(enrol_as(town, code, GUARD, &field));
}

TEST(a_guardian_who_has_enrolled_is_found_by_their_number_when_a_second_log_is_made)
{
    TOWN(town);
    Id first = {0}, second = {0};

    Str code = created_code(&town, &holder, NUMBER, &first);
    EXPECT(code.length > 0);
    enrol(&town, code);
    created_code(&town, &holder, NUMBER, &second);
    EXPECT(id_equal(first, second));
}

TEST(somebodys_number_as_user_name_is_refused_and_finds_no_account)
{
    TOWN(town);
    Id thief = {0}, victim = {0};
    Str field = STR_NONE;

    Str code = created_code(&town, &holder, STR_NONE, &thief);
    EXPECT_ERR(enrol_as(&town, code, NUMBER, &field), E_INVALID);
    EXPECT_STR(field, "user_name");
    created_code(&town, &holder, NUMBER, &victim);
    EXPECT(!id_equal(thief, victim));
}

TEST(a_user_name_in_other_letters_of_the_same_look_is_the_same_name)
{
    TOWN(town);
    Id first = {0}, second = {0};
    Str field = STR_NONE;

    enrol(&town, created_code(&town, &holder, STR_NONE, &first));
    Str code = created_code(&town, &holder, STR_NONE, &second);
    EXPECT_ERR(enrol_as(&town, code, STR("\xEF\xBC\xA7UARD.kanarifugl"), &field), E_DUPLICATE); /* a wide G */
    EXPECT_ERR(enrol_as(&town, code, STR("guard.\xE2\x80\x8Bkanarifugl"), &field), E_DUPLICATE); /* shows nothing */
    EXPECT_ERR(enrol_as(&town, code, STR("guard\xC2\xA0kanarifugl"), &field), E_INVALID);
    EXPECT_ERR(enrol_as(&town, code, STR("\xD9\xA1\xD9\xA2\xD9\xA3\xD9\xA4"), &field), E_INVALID); /* digits of Arabic */
}

/* ---- staff from a file ---- */

static ImportReport import_ola(Town *town)
{
    const ImportOrder order = {.tenant = town->tenant, .form = INTAKE_STAFF,
                               .file = STR("navn,e-post,enhet,rolle\nOla Holder,ola@example.invalid,Solsikke skole,SH\n")};
    ImportReport report = {0};

    EXPECT_OK(import_file(&town->service, &order, town->arena, &report));
    EXPECT(report.faults_in_all == 0);
    return report;
}

/* What a program of before made of a user name: the scope of whoever chose it is found by it. */
static Err index_by_name(Tx *tx, void *context)
{
    ScopeKeyRow *scope = context;

    return store_scope_update(tx, scope);
}

TEST(whoever_enrolled_with_a_colleagues_e_mail_as_user_name_gets_no_role_of_theirs)
{
    TOWN(town);
    AUTO(store_read_endp) Tx *tx = NULL;
    BlindIndex index = {0};
    ScopeKeyRow scope = {0};
    Id guardian = {0};

    enrol(&town, created_code(&town, &holder, STR_NONE, &guardian));
    EXPECT_OK(keys_blind_index(town.service.keys, sign_in_index(town.tenant), STR("ola@example.invalid"), &index));
    EXPECT_OK(store_read(town.store, &tx));
    EXPECT_OK(store_scope(tx, guardian, town.arena, &scope));
    store_read_endp(&tx);
    scope.blind_index = str_from_bytes(index.present, INDEX_BYTES);
    town_put(&town, index_by_name, &scope);
    ImportReport report = import_ola(&town);
    EXPECT(report.person_count == 1 && report.roles_new == 1);
    EXPECT(report.person_count == 1 && !id_equal(report.persons[0].id, guardian));
}

TEST(nobody_takes_an_e_mail_that_is_not_their_own_as_user_name_before_its_owner_is_appointed)
{
    TOWN(town);
    Id guardian = {0};
    Str field = STR_NONE;

    Str code = created_code(&town, &holder, STR_NONE, &guardian);
    EXPECT_ERR(enrol_as(&town, code, STR("ola@example.invalid"), &field), E_INVALID);
    EXPECT_STR(field, "user_name");
    EXPECT_ERR(enrol_as(&town, code, STR("ola\xEF\xBC\xA0" "example.invalid"), &field), E_INVALID); /* a wide @ */
    import_ola(&town);
}

TEST(nobody_takes_the_e_mail_of_somebody_who_was_imported_as_their_user_name)
{
    TOWN(town);
    Id guardian = {0};
    Str field = STR_NONE;

    import_ola(&town);
    Str code = created_code(&town, &holder, STR_NONE, &guardian);
    EXPECT_ERR(enrol_as(&town, code, STR("OLA@example.invalid"), &field), E_INVALID);
}

/* ---- codes ---- */

TEST(a_holder_who_kept_a_mothers_code_reads_nothing_of_a_log_that_another_holder_makes)
{
    TOWN(town);
    AUTO(store_read_endp) Tx *tx = NULL;
    Actor other = town_staff(&town, STR("Annen Holder"), ROLE_RELAY_HOLDER, town.other_unit);
    ParticipantRows opened = {0};
    Id first = {0}, second = {0};
    Str field = STR_NONE;

    Str kept = created_code(&town, &holder, NUMBER, &first);
    created_code(&town, &other, NUMBER, &second);
    Err enrolled = enrol_as(&town, kept, GUARD, &field);
    EXPECT(enrolled.id == E_OK || enrolled.id == E_NOT_FOUND);
    EXPECT_OK(store_read(town.store, &tx));
    EXPECT_OK(store_participations(tx, first, town.arena, &opened));
    EXPECT(enrolled.id == E_NOT_FOUND || opened.count == 1);
}

TEST(the_slip_of_a_guardian_who_has_an_account_looks_as_that_of_one_who_has_none)
{
    TOWN(town);
    EnrolmentStart unknown, known;
    Id first = {0}, second = {0};
    Str field = STR_NONE;

    Str new_code = created_code(&town, &holder, NUMBER, &first);
    EXPECT_OK(session_enrolment_begin(&town.service, town.tenant, new_code, town.arena, &unknown));
    enrol(&town, new_code);
    Str again = created_code(&town, &holder, NUMBER, &second);
    EXPECT(again.length == new_code.length);
    EXPECT_OK(session_enrolment_begin(&town.service, town.tenant, again, town.arena, &known));
    EXPECT(known.user_name_hint.length == 0 && unknown.user_name_hint.length == 0);
    /* And it changes nothing of the account that is there. */
    EXPECT_ERR(enrol_as(&town, again, STR("en.annen"), &field), E_DUPLICATE);
}

/* ---- taken into use anew ---- */

static AccountNews news_of(Town *town, Id person)
{
    AUTO(store_read_endp) Tx *tx = NULL;
    AccountNews news = {0};
    int64_t now = 0;

    EXPECT_OK(world_now(town->service.world, &now));
    EXPECT_OK(store_read(town->store, &tx));
    EXPECT_OK(account_news(tx, person, now + 1, town->arena, &news));
    return news;
}

static void read_log(Town *town, Id person, Role role, Id log)
{
    Actor reader = town_actor(town, person, role, (Id){0});
    LogView view;
    Why why;

    EXPECT_OK(world_now(town->service.world, &reader.now));
    EXPECT_OK(log_open(&(LogReader){&town->service, &reader, town->arena}, log, OPENING_NONE, &why, &view));
}

TEST(what_is_done_with_an_account_that_was_taken_into_use_anew_says_so_and_its_owner_is_told)
{
    TOWN(town);
    Id guardian = {0}, log = {0};
    LogSeen seen = {0};
    Str field = STR_NONE;
    GuardianCode code;
    uint32_t anew = 0, before = 0;
    Actor reader;
    Why why;

    enrol(&town, created_in(&town, &holder, NUMBER, &guardian, &log));
    EXPECT(news_of(&town, guardian).anew_at == 0 && !news_of(&town, guardian).fresh);
    read_log(&town, guardian, ROLE_GUARDIAN, log);
    reader = holder;
    reader.request = town_id(&town);
    EXPECT_OK(log_family_code(&town.service, &reader, (LogPart){log, place_of(&town, &holder, log)}, town.arena, &code));
    EXPECT_OK(enrol_at(&town, str_from_c(code.code), GUARD, 1, &field));
    EXPECT(news_of(&town, guardian).anew_at != 0 && news_of(&town, guardian).fresh);
    read_log(&town, guardian, ROLE_GUARDIAN, log);
    reader.request = town_id(&town);
    EXPECT_OK(world_now(town.service.world, &reader.now));
    EXPECT_OK(log_seen(&(LogReader){&town.service, &reader, town.arena}, &(LogSeenWish){.log = log}, &why, &seen));
    for (uint32_t i = 0; i < seen.count; i++) {
        anew += seen.items[i].anew;
        before += id_equal(seen.items[i].person, guardian) && !seen.items[i].anew;
        EXPECT(!seen.items[i].anew || id_equal(seen.items[i].person, guardian));
    }
    EXPECT(anew == 1 && before == 1);
}

TEST(a_code_that_is_not_enough_for_an_account_is_told_to_its_owner)
{
    TOWN(town);
    Id first = {0}, second = {0};
    Str field = STR_NONE;

    enrol(&town, created_code(&town, &holder, NUMBER, &first));
    Str slip = created_code(&town, &holder, NUMBER, &second);
    EXPECT(news_of(&town, first).tried_at == 0);
    EXPECT_ERR(enrol_as(&town, slip, STR("en.annen"), &field), E_DUPLICATE);
    EXPECT(news_of(&town, first).tried_at != 0);
}

static Err try_again_and_again(Tx *tx, void *context)
{
    const Actor *actor = context;
    AuditLine line = service_line(actor, ACT_ENROL, OBJECT_PERSON, actor->person);

    line.outcome = AUDIT_REFUSED;
    for (int i = 0; i < 250; i++)
        TRY(store_audit(tx, &line));
    return ok();
}

TEST(however_often_somebody_tries_the_owner_is_told_that_the_account_was_taken_into_use_anew)
{
    TOWN(town);
    Id guardian = {0}, log = {0};
    Str field = STR_NONE;
    GuardianCode code;

    enrol(&town, created_in(&town, &holder, NUMBER, &guardian, &log));
    Actor giver = holder;
    giver.request = town_id(&town);
    EXPECT_OK(log_family_code(&town.service, &giver, (LogPart){log, place_of(&town, &holder, log)}, town.arena, &code));
    EXPECT_OK(enrol_at(&town, str_from_c(code.code), GUARD, 1, &field));
    Actor stranger = holder;
    stranger.person = guardian;
    EXPECT_OK(store_write(holder.store, try_again_and_again, &stranger));
    EXPECT(news_of(&town, guardian).anew_at != 0 && news_of(&town, guardian).tried_at != 0);
}

RUN_TESTS("family_account")
