#include "support/test.h"

#include "base/order.h"

static int before(const char *a, const char *b)
{
    int order = text_order(str_from_c(a), str_from_c(b));

    EXPECT(order == -text_order(str_from_c(b), str_from_c(a)));
    return order;
}

TEST(a_list_stands_in_the_order_of_bokmal)
{
    static const char *const sorted[] = {"", "1. klasse", "2. klasse", "aktiv", "Anna", "Bjørn", "Éva", "eva-lotte", "Frø skole", "Frøya",
                                         "Mylle", "Müller", "Zoo", "Æra", "Ærlig", "Økern", "Öst", "Aasen", "Åse", "Ålesund" , "Яна"};

    /* "Aasen" and "Åse" are looked for as one: s before s, e before e, and then the longer one behind. */
    EXPECT(before("Aasen", "Åse") > 0 && before("Aase", "Åsen") < 0);
    for (size_t i = 0; i + 1 < COUNT_OF(sorted); i++) {
        bool turned = strcmp(sorted[i], "Aasen") == 0 || strcmp(sorted[i], "Åse") == 0;
        EXPECT(turned || before(sorted[i], sorted[i + 1]) < 0);
    }
}

TEST(capitals_and_accents_decide_nothing_but_the_order_is_total)
{
    EXPECT(before("ås", "Ås") != 0 && before("idé", "ide") != 0 && before("ås", "ås") == 0);
    EXPECT(before("aktiv", "Zoo") < 0 && before("Zoo", "aktivitet") > 0);
    EXPECT(before("IDE A", "idé b") < 0 && before("idé a", "IDE B") < 0);
}

TEST(aa_is_one_letter_at_the_end_and_in_the_midst)
{
    EXPECT(before("Zoo", "Aas") < 0 && before("Haakon", "Hans") > 0 && before("Haakon", "Håkon") < 0 && before("Håkon", "Haakon") > 0);
    EXPECT(before("Haakon", "Håland") < 0 && before("a", "aa") < 0 && before("aab", "åb") < 0);
}

TEST(letters_of_neighbours_stand_under_ours)
{
    EXPECT(before("Ärla", "Ærlig") < 0 && before("Öland", "Økern") > 0 && before("Đorđe", "Dorte") < 0 && before("Łukasz", "Lund") < 0);
    EXPECT(before("Šaban", "Sabine") < 0 && before("Štefan", "Sten") < 0 && before("Þor", "Thorvald") < 0);
}

RUN_TESTS("order")
