/* One human is one account: also a guardian who has signed up since the first log.
 * Must not use a number of a real person.
 * Called by meson test. */
#include "service/acts/create.h"
#include "service/session/enrol.h"
#include "service/session/memory.h"
#include "support/log_fixture.h"

#define NUMBER STR("15828510085") /* synthetic: month + 80 */

static Str created_code(Town *town, const Actor *holder)
{
    CreatedLog created;
    TownLog made;
    Str code = STR_NONE;

    town_log(town, &made);
    log_set(&made.guardian.values, "national_id", NUMBER);
    EXPECT_OK(log_create(&town->service, holder, &made.log, town->arena, &created));
    EXPECT_OK(str_copy(town->arena, str_from_c(created.codes[0].code), &code));
    return code;
}

static void enrol(Town *town, Str code)
{
    uint8_t secret[TOTP_SECRET_BYTES];
    char digits[7];
    Str field = STR_NONE;
    int64_t now = 0;
    Id id;

    EXPECT_OK(enrolment_code_read(code, town->arena, &id));
    EXPECT_OK(sessions_totp_secret(town->service.sessions, id, secret));
    EXPECT_OK(world_now(town->service.world, &now));
    EXPECT_OK(totp_code(secret, now / TOTP_STEP_MS, digits));
    EXPECT_OK(session_enrol(&town->service, town->tenant, &(Enrolling){code, STR("guard.kanarifugl"),
                            STR("gul fugl over fjorden i mai"), str_from_c(digits)}, &field));
}

TEST(a_guardian_who_has_enrolled_is_found_by_their_number_when_a_second_log_is_made)
{
    AUTO(town_end) Town town = {0};
    AUTO(sessions_freep) Sessions *sessions = NULL;
    town_begin(&town);
    Actor holder = town_staff(&town, STR("Stafett Holder"), ROLE_RELAY_HOLDER, town.unit);

    EXPECT_OK(sessions_new(town.agent.crypto, &sessions));
    town.service.sessions = sessions;
    Str code = created_code(&town, &holder);
    EXPECT(code.length > 0);
    enrol(&town, code);
    EXPECT(created_code(&town, &holder).length == 0);
}

RUN_TESTS("family_account")
