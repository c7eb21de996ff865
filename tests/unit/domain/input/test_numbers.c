#include "support/test.h"

#include "domain/input/numbers.h"

TEST(a_national_id_holds_by_either_rule)
{
    EXPECT(!national_checksum(STR("13061276334")));
    EXPECT(!national_checksum(STR("0201329999")) && !national_checksum(STR("0201329999a")));
    EXPECT(national_checksum(STR("02013299997")) && national_checksum(STR("02013299806")));
    EXPECT(national_checksum(STR("30108299920")) && national_checksum(STR("47906701517")));
    EXPECT(national_checksum(STR("02013299903")) && national_checksum(STR("30108299939")));
}

TEST(a_number_is_refused_in_the_wrong_mode)
{
    EXPECT_ERR(national_accept(STR("02013299997"), MODE_TEST), E_MODE);
    EXPECT_ERR(national_accept(STR("02013299997"), MODE_DEMO), E_MODE);
    EXPECT_ERR(national_accept(STR("02013299997"), MODE_NONE), E_MODE);
    EXPECT_ERR(national_accept(STR("47906701517"), MODE_PRODUCTION), E_MODE);
    EXPECT_ERR(national_accept(STR("13061276334"), MODE_PRODUCTION), E_MALFORMED);
    EXPECT_OK(national_accept(STR("02013299997"), MODE_PRODUCTION));
    EXPECT_OK(national_accept(STR("47906701517"), MODE_TEST));
    EXPECT(national_is_d(STR("47906701517")) && !national_is_d(STR("02013299997")));
}

TEST(the_kind_follows_from_the_month)
{
    EXPECT(national_kind(STR("01000000000")) == NATIONAL_NONE && national_kind(STR("32010000000")) == NATIONAL_NONE);
    EXPECT(national_kind(STR("01650000000")) == NATIONAL_NONE && national_kind(STR("x")) == NATIONAL_NONE);
    EXPECT(national_kind(STR("01120000000")) == NATIONAL_REAL);
    EXPECT(national_kind(STR("01410000000")) == NATIONAL_AMBIGUOUS);
    EXPECT(national_kind(STR("01660000000")) == NATIONAL_TEST && national_kind(STR("71920000000")) == NATIONAL_TEST);
}

TEST(a_masked_number_shows_six_digits)
{
    TEST_ARENA(arena);
    Buf buf = buf_new(arena, 100);
    Str text;
    buf_add_national_masked(&buf, STR("1"));
    buf_add_national_masked(&buf, STR("47906701517"));
    EXPECT_OK(buf_done(&buf, &text));
    EXPECT_STR(text, "479067 •••••");
}

TEST(an_organisation_number_holds_by_its_check_digit)
{
    EXPECT(!organisation_number_valid(STR("958935421")) && !organisation_number_valid(STR("95893542")));
    EXPECT(organisation_number_valid(STR("958935420")) && organisation_number_valid(STR("944496394")));
}

RUN_TESTS("numbers")
