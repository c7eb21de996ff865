/* Who is let into a log and out again, and the consent's document; with a real database and a real key agent.
 * Must not hold data of anybody.
 * Run by meson test. */
#include "service/acts/actor.h"
#include "service/acts/create.h"
#include "service/reading/document.h"
#include "service/reading/open.h"
#include "support/log_fixture.h"

#define TOWN(name)                       \
    AUTO(town_end) Town name = {0}; \
    town_begin(&name)

TEST(staff_of_a_unit_that_no_consent_names_are_not_let_in)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor outside = town_staff(&town, STR("Utenfor"), ROLE_ACTOR, town.other_unit);
    Id log = town_create(&town, &holder), participant;

    EXPECT_ERR(log_actor_add(&town.service, &holder, log, outside.role_row, &participant), E_INVALID);
    EXPECT_ERR(log_actor_add(&town.service, &holder, log, town_id(&town), &participant), E_INVALID);
    EXPECT_ERR(log_actor_add(&town.service, &outside, log, outside.role_row, &participant), E_NOT_FOUND);
}

TEST(an_actor_who_is_let_in_reads_the_log_until_their_participation_ends)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor teacher = town_staff(&town, STR("Larer Laresen"), ROLE_ACTOR, town.unit);
    Id log = town_create(&town, &holder), participant;
    LogView view = {0};
    Why why;

    EXPECT_ERR(log_open(&(LogReader){&town.service, &teacher, town.arena}, log, OPENING_NONE, &why, &view), E_NOT_FOUND);
    EXPECT_OK(log_actor_add(&town.service, &holder, log, teacher.role_row, &participant));
    EXPECT_OK(log_open(&(LogReader){&town.service, &teacher, town.arena}, log, OPENING_NONE, &why, &view));
    EXPECT(view.people_count == 3);
    EXPECT_OK(log_participant_end(&town.service, &holder, log, participant));
    EXPECT_ERR(log_open(&(LogReader){&town.service, &teacher, town.arena}, log, OPENING_NONE, &why, &view), E_FORBIDDEN);
    EXPECT(why == WHY_FORMER);
    EXPECT_ERR(log_participant_end(&town.service, &holder, log, participant), E_STALE);
    EXPECT_OK(log_open(&(LogReader){&town.service, &holder, town.arena}, log, OPENING_NONE, &why, &view));
    EXPECT_STR(view.people[2].name, "Larer Laresen");
    EXPECT(view.people[2].to_at == town.now);
}

static Err put_code(Tx *tx, void *row)
{
    return store_enrolment_insert(tx, row);
}

TEST(a_code_that_was_handed_out_before_its_bearer_was_let_in_ends_with_it)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor teacher = town_staff(&town, STR("Larer Laresen"), ROLE_ACTOR, town.unit);
    EnrolmentRow kept = {.code_hash = {{7}}, .person = teacher.person, .expires_at = town.now + DAY_MS};
    Id log = town_create(&town, &holder), participant;
    AUTO(store_read_endp) Tx *tx = NULL;

    town_put(&town, put_code, &kept);
    EXPECT_OK(log_actor_add(&town.service, &holder, log, teacher.role_row, &participant));
    EXPECT_OK(store_read(town.store, &tx));
    EXPECT_ERR(store_enrolment_by_code(tx, &(Hash){{7}}, &kept), E_NOT_FOUND);
}

TEST(the_consent_document_is_read_as_it_was_given_and_by_nobody_outside)
{
    TOWN(town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);
    Actor stranger = town_staff(&town, STR("Fremmed Fugl"), ROLE_RELAY_HOLDER, town.unit);
    CreatedLog created;
    LogView view = {0};
    uint8_t media = 0;
    TownLog made;
    Str bytes = STR_NONE;
    Why why;

    town_log(&town, &made);
    made.log.document = (NewDocument){.bytes = STR("%PDF-1.7 samtykke"), .media = 1};
    EXPECT_OK(log_create(&town.service, &holder, &made.log, town.arena, &created));
    EXPECT(created.codes[0].code[0] != '\0');
    EXPECT_OK(log_open(&(LogReader){&town.service, &holder, town.arena}, created.log, OPENING_NONE, &why, &view));
    EXPECT(view.consents[0].has_document);
    EXPECT_ERR(log_document_read(&(LogReader){&town.service, &stranger, town.arena},
                                 created.log, view.consents[0].id, &bytes, &media), E_NOT_FOUND);
    EXPECT_OK(log_document_read(&(LogReader){&town.service, &holder, town.arena},
                                created.log, view.consents[0].id, &bytes, &media));
    EXPECT_STR(bytes, "%PDF-1.7 samtykke");
    EXPECT(media == 1);
}

RUN_TESTS("log_participants")
