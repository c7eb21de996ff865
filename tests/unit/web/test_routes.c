#include "support/test.h"

#include <stdio.h>

#include "web/call/route.h"

static Err find(enum method method, const char *path, const Route **ret_route)
{
    Id ids[ROUTE_IDS];
    Str word;
    return route_find(method, str_from_c(path), ret_route, ids, &word);
}

TEST(an_address_that_is_not_in_the_table_is_not_found)
{
    const Route *route = NULL;

    EXPECT_ERR(find(METHOD_GET, "/finnes-ikke", &route), E_NOT_FOUND);
    EXPECT_ERR(find(METHOD_GET, "", &route), E_NOT_FOUND);
    EXPECT_ERR(find(METHOD_GET, "rolle", &route), E_NOT_FOUND);
    EXPECT_ERR(find(METHOD_GET, "/rolle/", &route), E_NOT_FOUND);
    EXPECT_ERR(find(METHOD_GET, "//rolle", &route), E_NOT_FOUND);
    EXPECT_ERR(find(METHOD_GET, "/ROLLE", &route), E_NOT_FOUND);
    EXPECT(route == NULL);
}

TEST(an_address_of_another_method_is_not_found_either)
{
    const Route *route = NULL;

    EXPECT_ERR(find(METHOD_GET, "/logg-ut", &route), E_NOT_FOUND);
    EXPECT_ERR(find(METHOD_DELETE, "/rolle", &route), E_NOT_FOUND);
    EXPECT_ERR(find(METHOD_POST, "/om/lisenser", &route), E_NOT_FOUND);
}

TEST(a_municipality_number_is_four_digits_and_nothing_else)
{
    const Route *route = NULL;

    EXPECT_ERR(find(METHOD_GET, "/k/301", &route), E_NOT_FOUND);
    EXPECT_ERR(find(METHOD_GET, "/k/03010", &route), E_NOT_FOUND);
    EXPECT_ERR(find(METHOD_GET, "/k/03a1", &route), E_NOT_FOUND);
    EXPECT_ERR(find(METHOD_GET, "/k/-301", &route), E_NOT_FOUND);
    EXPECT_OK(find(METHOD_GET, "/k/0301", &route));
    EXPECT(route->access == ACCESS_PUBLIC);
}

TEST(head_finds_the_row_of_get)
{
    const Route *got = NULL;
    const Route *head = NULL;

    EXPECT_OK(find(METHOD_GET, "/", &got));
    EXPECT_OK(find(METHOD_HEAD, "/", &head));
    EXPECT(got == head);
}

TEST(every_row_says_how_far_one_must_have_come_and_every_post_which_fields_it_takes)
{
    for (size_t i = 0; i < route_count; i++) {
        EXPECT(routes[i].access != ACCESS_NONE);
        EXPECT(routes[i].handle != NULL);
        bool takes = routes[i].fields || routes[i].entry_fields || routes[i].procedure || 
                     (routes[i].api && (routes[i].api->takes || routes[i].api->takes_kind != KIND_NONE));
        EXPECT((routes[i].method == METHOD_POST || routes[i].method == METHOD_PUT) == takes);
    }
}

TEST(a_row_that_is_open_to_a_role_says_which_act_it_is_and_only_one)
{
    for (size_t i = 0; i < route_count; i++) {
        const Route *route = &routes[i];
        bool names = route->act != ACT_NONE;
        bool by_word = route->act_from != ACT_FROM_ROW;

        EXPECT(route->access != ACCESS_ROLE || names != by_word);
        EXPECT(!names || act_code(route->act)[0] != '\0');
        EXPECT(!by_word || strstr(route->path, "{word}") != NULL);
        if (route->access == ACCESS_ROLE && names == by_word)
            fprintf(stderr, "%s is no act\n", route->path);
    }
}

TEST(a_row_whose_act_its_word_names_takes_the_fields_of_that_word_when_it_changes_something)
{
    for (size_t i = 0; i < route_count; i++) {
        const Route *route = &routes[i];
        bool shows = route->method == METHOD_GET;

        EXPECT(route->act_from != ACT_FROM_KIND || route->entry_fields != shows);
        EXPECT(route->act_from != ACT_FROM_PROCEDURE || route->procedure != shows);
        EXPECT(!route->procedure || route->act_from == ACT_FROM_PROCEDURE);
    }
}

TEST(a_form_that_may_ask_for_a_code_holds_no_file_that_the_page_which_asks_would_lose)
{
    for (size_t i = 0; i < route_count; i++)
        EXPECT(!routes[i].may_prove || routes[i].body_mib == 0);
}

TEST(nothing_but_post_changes_and_nothing_but_get_shows_and_put_is_known_under_api_only)
{
    for (size_t i = 0; i < route_count; i++)
        EXPECT(routes[i].method == METHOD_GET || routes[i].method == METHOD_POST ||
               (routes[i].method == METHOD_PUT && routes[i].api));
}

/* Domain says which acts ask for a code (signin_must_prove), the table which addresses lead to them. */
TEST(the_addresses_that_may_ask_for_a_code_are_those_that_give_or_take_a_role_or_an_account_take_a_copy_or_delete_a_log)
{
    static const char *const people[] = {"/ansatte", "/ansatte/avslutt", "/ansatte/kode", "/enheter/leder", "/enheter/{id}/lukk",
                                         "/logg/{id}/deltakere/kode", "/logg/{id}/deltakere/barn", "/logg/{id}/kopi", "/logg/{id}/rapport",
                                         "/logg/{id}/bekreft/deletion_order", "/logg/{id}/bekreft/deletion_approve"};
    size_t proving = 0;

    for (size_t i = 0; i < route_count; i++) {
        bool listed = false;
        for (size_t k = 0; k < COUNT_OF(people); k++)
            listed = listed || (routes[i].method == METHOD_POST && strcmp(routes[i].path, people[k]) == 0);
        EXPECT(routes[i].may_prove == listed);
        proving += listed;
    }
    EXPECT(proving == COUNT_OF(people));
}

TEST(a_body_is_one_mebibyte_unless_its_row_says_more)
{
    EXPECT(route_body_limit(METHOD_POST, STR("/rolle")) == (size_t)1 << 20);
    EXPECT(route_body_limit(METHOD_POST, STR("/finnes-ikke")) == (size_t)1 << 20);
}

TEST(an_address_that_answers_a_page_has_no_room_for_a_file)
{
    EXPECT(route_file_limit(METHOD_GET, STR("/rolle")) == 0);
    EXPECT(route_file_limit(METHOD_GET, STR("/finnes-ikke")) == 0);
}

TEST(a_consent_document_has_as_much_room_as_the_form_that_took_it)
{
    Str document = STR("/logg/000102030405060708090a0b0c0d0e0f/samtykke/000102030405060708090a0b0c0d0e0f");
    EXPECT(route_file_limit(METHOD_GET, document) == route_body_limit(METHOD_POST, STR("/ny/create")));
}

RUN_TESTS("routes")
