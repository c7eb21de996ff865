/* The package of an archive report: a ZIP file with the document, the data, the archive message, the documents of consents, a list
 * of the hashes of all these, and the signature of that list.
 * Must not make a package of which a part is not in the list.
 * Called by service/report and by the command that verifies. Rule: deletion 5. */
#ifndef REPORT_PACKAGE_H
#define REPORT_PACKAGE_H

#include "crypto/sign.h"
#include "report/archive.h"
#include "report/content.h"
#include "report/report.h"

#define PUBLIC_BYTES 32 /* of Ed25519 */

#define PACKAGE_DOCUMENT STR("arkivrapport.pdf")
#define PACKAGE_DATA STR("data.json")
#define PACKAGE_MESSAGE STR("arkivmelding.xml")
#define PACKAGE_LIST STR("sha256.txt")
#define PACKAGE_SIGNATURE STR("signatur.txt")

/* A package in the making: its parts, up to the list. */
typedef struct Package {
    ArchiveParts parts;
    ReportHash list;      /* SHA-256 of the list: what is signed */
} Package;

/* Everything but the signature. documents: the files of report->documents, in their order; what the report says of size, hash and
 * name of each is filled in. watch hears of the document, and may be NULL. Parts live in keep, or where they were given. Errors: those of
 * write, message and pdf; watch's. */
MUST_USE Err package_make(Report *report, const Str *documents, const ReportWatch *watch, Arena *keep, Package *ret_package);

typedef struct PackageSignature {
    Id tenant;
    uint8_t public[PUBLIC_BYTES];
    uint8_t signature[SIGNATURE_BYTES];
} PackageSignature;

/* A file as pieces, one after the other (archive.h). */
typedef struct PackageFile {
    Str *pieces;
    uint32_t count;
} PackageFile;

/* The whole file, with the signature of its list. */
MUST_USE Err package_finish(const Package *package, const PackageSignature *signature, int64_t made_at, Arena *keep,
                            PackageFile *ret_file);

/* What a file says. */
typedef struct PackageRead {
    Report report;
    ArchiveParts parts;
    ReportHash list;
    PackageSignature signature;   /* not checked here: the caller knows whose it should be */
} PackageRead;

/* Everything in the file is what its list says, nothing is missing and nothing stands beside it. *ret_wrong: the name of the part
 * that is not what the list says. Errors: E_MALFORMED for what is no package; E_FORGED for a part that was changed. */
MUST_USE Err package_read(Str file, Arena *keep, PackageRead *ret_read, Str *ret_wrong);

#endif
