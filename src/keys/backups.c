/* Keys of backups, as the key agent makes and lists them.
 * Must not keep a key.
 * Called from backup. */
#include "keys/backups.h"

#include "keys/call.h"

Err keys_backup_new(Keys *keys, Id backup, int64_t destroy_at, Key *ret_key)
{
    CALL(call, MESSAGE_BACKUP_NEW);
    call_add_id(&call, backup);
    buf_add_u64(&call.request, (uint64_t)destroy_at);
    TRY(call_ask(keys, &call, &body));
    cursor_copy(&body, ret_key->bytes, KEY_BYTES);
    return ok();
}

Err keys_backup_list(Keys *keys, uint32_t from, BackupKeys *ret_page)
{
    CALL(call, MESSAGE_BACKUP_LIST);
    buf_add_u32(&call.request, from);
    TRY(call_ask(keys, &call, &body));
    ret_page->next = cursor_u32(&body);
    ret_page->count = cursor_u16(&body);
    if (ret_page->count > BACKUPS_LISTED)
        return fail(E_MALFORMED);
    for (uint32_t i = 0; i < ret_page->count; i++) {
        BackupKey *item = &ret_page->items[i];
        cursor_copy(&body, item->backup.bytes, ID_BYTES);
        item->made_at = (int64_t)cursor_u64(&body);
        item->destroy_at = (int64_t)cursor_u64(&body);
    }
    return ok();
}
