/* secret.h — the house's key and what is made with it: sealed columns, blind indexes, hashes of
 * tokens, chance.
 *
 * One master key, 32 bytes in DIR/house.key, mode 0400, made at first start; from it come the keys
 * below.  Sealed columns (the ones marked § in the domain) are XChaCha20-Poly1305 under a key of
 * the person or record, which is wrapped in the master key and stored in the row: who erases
 * destroys that key.  What a sealed text belongs to (column, town, id) is bound into it, so two
 * rows' texts cannot be exchanged. */
#pragma once
#include "base/cx.h"

/* Read DIR/house.key, or make it.  Before threads, once a process.  ERR_INTERNAL: it cannot be
 * read, or others may read it. */
Err secret_open(Cx *, const char *dir) MUST_CHECK;
/* Tests: a key of zeros, nothing on disk. */
void secret_open_test(void);

/* A key of its own for one person or record, wrapped: 72 bytes for its row. */
Str secret_key_new(Cx *);
/* Seal with a wrapped key.  column: "person.phone". */
Err secret_seal(Cx *, Str key, const char *column, int64_t id, Str plain, Str *sealed) MUST_CHECK;
/* ERR_INTERNAL: not what was sealed for this column and id.  An empty key (erased) or an empty text
 * opens to an empty text. */
Err secret_unseal(Cx *, Str key, const char *column, int64_t id, Str sealed, Str *plain) MUST_CHECK;

enum { SECRET_HASH = 32 };
/* Keyed BLAKE2b, 32 bytes: finds equal values (a phone, a login) without telling them.  What: the
 * column's name. */
Str secret_blind(Cx *, const char *what, Str value);
/* BLAKE2b, 32 bytes: of what is random already (session and invitation tokens). */
Str secret_hash(Cx *, Str value);
/* Bytes as base64url text. */
Str secret_text(Cx *, Str bytes);
/* n random bytes as base64url text. */
Str secret_token(Cx *, size_t n);
/* The same key for the same purpose, 32 bytes; lives as long as the process. */
const unsigned char *secret_key(const char *purpose, unsigned char key[32]);
void secret_random(void *at, size_t n);
/* Equal, in the same time wherever they differ. */
bool secret_same(Str a, Str b);
