/* Finds the sealed values in the columns of a row.
 * Must not open them.
 * Called by verify.c. */
#include "store/verify/sealed_cells.h"

PROVEN_SHAPE(unit, UNIT, UnitRow);
PROVEN_SHAPE(person, PERSON, PersonRow);
SHAPE(log, LOG, LogRow);
SHAPE(entry, ENTRY, EntryRow);
SHAPE(participant, PARTICIPANT, ParticipantRow);
SHAPE(consent, CONSENT, ConsentRow);

typedef struct Cells {
    SealedCell *items;
    uint32_t count;
} Cells;

static void add(Cells *cells, SealedCell cell)
{
    if (cell.sealed.length > 0)
        cells->items[cells->count++] = cell;
}

static Err unit_cells(const Value *columns, Arena *keep, Cells *cells)
{
    UnitRow row;
    TRY(row_from_values(&shape_unit, columns, keep, &row));
    add(cells, (SealedCell){.kind = SEALED_UNIT, .row = row.id, .version = row.version, .sealed = row.sealed});
    return ok();
}

static Err person_cells(const Value *columns, Arena *keep, Cells *cells)
{
    PersonRow row;
    TRY(row_from_values(&shape_person, columns, keep, &row));
    add(cells, (SealedCell){.kind = SEALED_PERSON, .row = row.id, .version = row.version, .sealed = row.sealed});
    add(cells, (SealedCell){.kind = SEALED_SECRET, .row = row.id, .version = row.version, .sealed = row.secret});
    return ok();
}

static Err log_cells(const Value *columns, Arena *keep, Cells *cells)
{
    LogRow row;
    TRY(row_from_values(&shape_log, columns, keep, &row));
    add(cells, (SealedCell){.kind = SEALED_HEADER, .row = row.id, .version = row.header_version, .log_no = row.no,
                            .sealed = row.header});
    return ok();
}

static Err entry_cells(const Value *columns, Arena *keep, Cells *cells)
{
    EntryRow row;
    TRY(row_from_values(&shape_entry, columns, keep, &row));
    add(cells, (SealedCell){.kind = SEALED_ENTRY, .row = row.id, .version = row.version, .log_no = row.log_no,
                            .sealed = row.sealed});
    return ok();
}

static Err participant_cells(const Value *columns, Arena *keep, Cells *cells)
{
    ParticipantRow row;
    TRY(row_from_values(&shape_participant, columns, keep, &row));
    add(cells, (SealedCell){.kind = SEALED_PARTICIPANT, .row = row.id, .version = row.version, .log_no = row.log_no,
                            .sealed = row.sealed});
    return ok();
}

static Err consent_cells(const Value *columns, Arena *keep, Cells *cells)
{
    ConsentRow row;
    TRY(row_from_values(&shape_consent, columns, keep, &row));
    add(cells, (SealedCell){.kind = SEALED_CONSENT, .row = row.id, .version = row.version, .log_no = row.log_no,
                            .sealed = row.sealed});
    return ok();
}

typedef Err CellsOfRow(const Value *columns, Arena *keep, Cells *cells);

/* A table left out has none. */
static CellsOfRow *const cells_of[TABLE_COUNT] = {
    [TABLE_UNIT] = unit_cells,   [TABLE_PERSON] = person_cells,           [TABLE_LOG] = log_cells,
    [TABLE_ENTRY] = entry_cells, [TABLE_PARTICIPANT] = participant_cells, [TABLE_CONSENT] = consent_cells,
};

Err sealed_cells(enum table table, const Value *columns, Arena *keep, SealedCell ret_cells[static SEALED_CELLS_MAX],
                 uint32_t *ret_count)
{
    Cells cells = {.items = ret_cells};

    if (cells_of[table])
        TRY(cells_of[table](columns, keep, &cells));
    *ret_count = cells.count;
    return ok();
}
