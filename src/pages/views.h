/* What each page shows, as plain data. A web handler fills one of these and calls page_x(&html, &view); it needs to know
 * no HTML. tools/templates.py reads this file, so a template can only name what stands here.
 * Must not hold logic, and must not hold more of a person than its page shows.
 * Filled by web, rendered by the functions generated from pages/.
 *
 * Conventions: a Str is plain text in the reader's language and is escaped; an empty Str, Url, Day or Moment means "none"
 * and its place is left out; a list is { items, count }; a pointer may be NULL; form fields are named by FieldView.id.
 * Every form is a POST with the hidden field form_token. Titles and addresses never name a child. */
#ifndef PAGES_VIEWS_H
#define PAGES_VIEWS_H

#include "html/html.h"
#include "pages/icons.h"
#include "text/text.h"

/* ---- what every page has ---- */

typedef struct LinkView {
    Url url;
    Str text;
    Str hidden;    /* read aloud after the text: "Endre" + " samtykke fra ..." */
    int64_t count; /* a number beside it; 0 = none */
    bool current;
} LinkView;

typedef struct Links {
    const LinkView *items;
    size_t count;
} Links;

/* Text size: staff 16 px, family 18 px (and a narrower page). */
enum page_size { PAGE_STAFF, PAGE_FAMILY };

typedef struct LayoutView {
    Str title;         /* without "Stafettlogg"; the log's display number, never a name */
    bool has_errors;   /* puts "Feil: " first in the title */
    Str municipality;  /* "" before one is chosen */
    enum page_size size;
    bool signed_in;
    Str user_name;
    Str role_name;     /* "Stafettholder, Bjørkelia skole" */
    Url home;          /* where the product's name leads; "/" for a visitor */
    bool may_switch_role;
    Links navigation;
    Links crumbs;      /* the last one has no url */
    Links languages;   /* LinkView.text is the language's own name; hidden = its tag, "nn"; no url */
    Str here;          /* the address of this page, where a choice of language leads back to */
    bool demo;
    Url day;           /* where a visitor lets a day pass; none: days pass by themselves */
    bool sensitive;    /* the label "Sensitivt", on screen and on paper */
    int64_t idle_s;    /* seconds until the session ends by itself; 0 = no session dialog */
    Str form_token;    /* of the forms to sign out, keep the session and choose a language */
    Url accessibility; /* the municipality's own statement; none = ours */
    Str done;          /* what was done a moment ago; "" when a page shows it at its place */
} LayoutView;

/* ---- forms ---- */

enum input_type {
    INPUT_TEXT,
    INPUT_SHORT,    /* a narrow line: numbers, codes */
    INPUT_DIGITS,   /* narrow, numeric keyboard */
    INPUT_DATE,     /* 23.11.2026 */
    INPUT_TIME,     /* 14.00 */
    INPUT_EMAIL,
    INPUT_PHONE,
    INPUT_LINK,
    INPUT_USER_NAME,
    INPUT_PASSWORD,
    INPUT_NEW_PASSWORD,
    INPUT_ONE_TIME_CODE,
    INPUT_AREA,
    INPUT_SELECT,
    INPUT_RADIO,
    INPUT_CHECKS,   /* several boxes under one name */
    INPUT_FILE,     /* PDF, JPEG or PNG; makes the form multipart */
    INPUT_HIDDEN
};

typedef struct OptionView {
    Str value;
    Str label;
    Str help;
    bool chosen;
} OptionView;

typedef struct Options {
    const OptionView *items;
    size_t count;
} Options;

typedef struct FieldView {
    Str id; /* the field's name in the form, and its place in the page: [a-z0-9_]+ */
    enum input_type type;
    Str label;
    Str help;
    Str error;        /* the message beside the field; the same words stand in the summary */
    Str value;        /* what was typed, kept as it was */
    Options options;  /* INPUT_SELECT, INPUT_RADIO, INPUT_CHECKS */
    int64_t maximum;  /* code points; 0 = no counter and no maxlength */
    bool optional;    /* adds "(valgfritt)" */
} FieldView;

typedef struct Fields {
    const FieldView *items;
    size_t count;
} Fields;

typedef struct ErrorView {
    Str field;   /* FieldView.id, or "" when it is about the whole form */
    Str message;
} ErrorView;

typedef struct ErrorViews {
    const ErrorView *items;
    size_t count;
} ErrorViews;

/* A button of a step's form that leads to another step: name "change", value the step. What was typed travels along in
 * the same POST. */
typedef struct ChangeView {
    Str step;
    Str text;   /* "Endre" */
    Str hidden; /* read aloud after it: "samtykke fra Varm Bjørk" */
} ChangeView;

typedef struct FormView {
    Url action;
    Str token;
    ErrorViews errors;
    Fields fields;
    Str submit;      /* says what happens: "Lagre notatet" */
    Url cancel;      /* "Avbryt" */
    Url back;        /* "Tilbake" to a page */
    ChangeView previous; /* "Tilbake" in steps: a button, because what was typed travels in the POST */
    ChangeView stop;     /* "Avbryt" in steps */
    Url draft;       /* where drafts are saved while typing; none = no drafts */
    bool multipart;  /* a INPUT_FILE is among the fields */
} FormView;

/* One button with a form of its own (a row's "Avslutt"). */
typedef struct ActionView {
    Url action;
    Str token;
    Str name;   /* of one hidden field, may be empty */
    Str value;
    Str text;   /* "Avslutt" */
    Str hidden; /* " tilgangen til Rolig Vind" */
} ActionView;

/* ---- shared pieces ---- */

enum tag_color { TAG_NEUTRAL, TAG_INFO, TAG_SUCCESS, TAG_WARNING, TAG_DANGER, TAG_ACCENT };

typedef struct TagView {
    Str text;
    enum tag_color color;
    enum icon icon; /* ICON_NONE */
} TagView;

typedef struct TagViews {
    const TagView *items;
    size_t count;
} TagViews;

enum due_urgency { DUE_NORMAL, DUE_SOON, DUE_LATE };

typedef struct DueView {
    Day day;
    enum due_urgency urgency;
    int64_t days; /* until the day (DUE_SOON), or past it (DUE_LATE) */
} DueView;

typedef struct RowView {
    Str term;
    Str text;
    Day day;           /* shown instead of text when set */
    ChangeView change; /* page_check only; no text = none */
} RowView;

typedef struct Rows {
    const RowView *items;
    size_t count;
} Rows;

typedef struct PersonView {
    Str name;
    Str initials; /* pages_initials makes them */
    Str role;     /* "Helsesykepleier, Bjørkelia skole" */
    Str contact;  /* of a guardian: "Mor · 900 00 000"; "" when it may not be seen */
    bool holder;
    bool family;
    bool former;
} PersonView;

typedef struct People {
    const PersonView *items;
    size_t count;
} People;

typedef struct Paragraphs {
    const Str *items;
    size_t count;
} Paragraphs;

/* ---- visitor ---- */

/* page_municipalities: GET / when the host name does not tell the municipality. */
typedef struct PageMunicipalities {
    LayoutView layout;
    Links municipalities;
} PageMunicipalities;

typedef struct DemoPerson {
    Str value; /* of the field "person" */
    Str name;
    Str role;
} DemoPerson;

typedef struct DemoPeople {
    const DemoPerson *items;
    size_t count;
} DemoPeople;

/* page_sign_in: user name, password and code; in demo mode a list of people to become with one click. */
typedef struct PageSignIn {
    LayoutView layout;
    Str receipt; /* after enrolment: what was done, and what comes now */
    FormView form;
    Url enrol;
    Url other_municipality; /* none when the host name decides */
    Url demo_action;
    Str demo_token;
    DemoPeople demo_people;
    bool endings; /* the demo has logs that come to their end */
    Url day_action;     /* where a day passes; none: days pass by themselves */
    Day day_now;
    bool day_passed;    /* one did, a moment ago, and brought this: */
    uint32_t day_logs;  /* so many were due */
    uint32_t day_closed;
    uint32_t day_told;
} PageSignIn;

/* page_enrol: the enrolment code. */
typedef struct PageEnrol {
    LayoutView layout;
    FormView form;
} PageEnrol;

/* page_enrol_secret: user name, password, and the secret of the code app with a first code. */
typedef struct PageEnrolSecret {
    LayoutView layout;
    FormView form;
    Str secret;  /* base32 in groups of four */
    Url otpauth;
    Markup qr;   /* may be empty */
} PageEnrolSecret;

typedef struct RoleView {
    Str value; /* of the field "role" */
    Str name;
    Str unit;
} RoleView;

typedef struct RoleViews {
    const RoleView *items;
    size_t count;
} RoleViews;

/* page_roles: one button per role. */
typedef struct PageRoles {
    LayoutView layout;
    Url action;
    Str token;
    RoleViews roles;
    bool anew; /* the account was taken into use anew */
    Moment anew_at;
    bool tried; /* somebody tried to */
    Moment tried_at;
} PageRoles;

/* ---- list ---- */

typedef struct TaskView {
    Url url;
    Str text;   /* verb first */
    Str about;  /* child's name, or the log's number */
    DueView due;
    TagView tag; /* shown when there is no due day */
} TaskView;

typedef struct Tasks {
    const TaskView *items;
    size_t count;
} Tasks;

typedef struct LogLineView {
    Url url;
    Str name;      /* the child's name; the log's number where the reader may see the stub only */
    Str about;     /* unit */
    bool unread;   /* nothing of its content is opened here: neither level nor date is known */
    int64_t level; /* 1..3; 0 = none yet */
    Str level_name;
    Str next_step;
    DueView due;
    Str relation;  /* "Stafettholder" */
    Str state;     /* "Aktiv" */
    TagView exception; /* instead of state: passive, consent invalid */
} LogLineView;

typedef struct LogLines {
    const LogLineView *items;
    size_t count;
} LogLines;

/* page_mine: the staff list. A guardian or child with one log is sent straight to it; with several, sees this too. */
typedef struct PageMine {
    LayoutView layout;
    Str lead;          /* "Du er stafettholder for 5 barn og deltar i 2 logger til." */
    Url create;        /* none = may not create */
    Tasks tasks;
    Links filters;
    LogLines logs;
    FormView find;     /* KA, EL: open a log by its number; shown when it has fields */
    LinkView transfers; /* SH, AK, EL: logs on their way to and from the unit */
    LinkView blind;    /* SH, EL, KA: requests for logs that a unit does not know of */
} PageMine;

/* ---- notices ---- */

typedef struct NoticeView {
    Url url;     /* none: the reader may not know of the log now */
    Str text;
    Str about;   /* child's name, or the log's number */
    Day day;
    TagView tag;
} NoticeView;

typedef struct NoticeViews {
    const NoticeView *items;
    size_t count;
} NoticeViews;

/* page_inbox: what one has been told, the newest first. */
typedef struct PageInbox {
    LayoutView layout;
    Url mark;    /* marks all as read; none: all are */
    Str token;
    NoticeViews notices;
    Url older;
    FormView choices; /* what one wants to be told; no action: nothing of it is for the reader's role */
} PageInbox;

/* A passive log: how long it has been so, and what comes next. */
typedef struct PassiveView {
    Url url;
    Str name;    /* the child's, or the log's number where no name is shown */
    Str unit;
    Day since;
    Str months;  /* "3 måneder" */
    Str next;
    Day next_on; /* 0: nothing comes */
} PassiveView;

typedef struct PassiveViews {
    const PassiveView *items;
    size_t count;
} PassiveViews;

/* page_passive: those of the own unit, or of the municipality. page_quiet: those about whose rest the reader is asked. */
typedef struct PagePassive {
    LayoutView layout;
    PassiveViews logs;
    Url more;
} PagePassive;

/* ---- new log ---- */

/* page_information: what must be said to the family before they are asked (step 1). */
typedef struct PageInformation {
    LayoutView layout;
    FormView form;
    Url invite;    /* the family says yes in the app: another way */
} PageInformation;

/* page_wizard: consent, child and guardians (steps 2-4). The sealed state is a INPUT_HIDDEN of the form. */
typedef struct PageWizard {
    LayoutView layout;
    int64_t step;  /* 2..4 */
    Str heading;
    Str lead;
    FormView form;
} PageWizard;

typedef struct CheckGroup {
    Str heading;
    Rows rows;
} CheckGroup;

typedef struct CheckGroups {
    const CheckGroup *items;
    size_t count;
} CheckGroups;

/* page_check: step 5; the form holds the sealed state, the document's file field and the buttons "change" of the rows. */
typedef struct PageCheck {
    LayoutView layout;
    CheckGroups groups;
    FormView form;
} PageCheck;

typedef struct CodeView {
    Str name;
    Str code; /* "": has an account already */
} CodeView;

typedef struct CodeViews {
    const CodeView *items;
    size_t count;
} CodeViews;

/* page_receipt: created; enrolment codes of guardians, shown once. */
typedef struct PageReceipt {
    LayoutView layout;
    CodeViews codes;
    Url log;
    Url mine;
} PageReceipt;

/* page_denied: consent was not given, or the new log was abandoned: "Ingenting er lagret". */
typedef struct PageDenied {
    LayoutView layout;
    Url mine;
} PageDenied;

/* ---- a consent before there is a log ---- */

typedef struct InvitationView {
    Str units;     /* "Solbakken skole, Helsestasjonen" */
    int64_t persons;
    Day made;
    Day until;
    TagView tag;
    ActionView create; /* the log, when all have said yes */
    Url end;       /* a page that says what follows */
    Url log;       /* that the guardian is to join; none: it is made of the answers */
} InvitationView;

typedef struct InvitationViews {
    const InvitationView *items;
    size_t count;
} InvitationViews;

/* page_invitations (SH): those that are out; the codes of a new one, shown once. */
typedef struct PageInvitations {
    LayoutView layout;
    Str refusal;   /* why a log was not made */
    CodeViews codes;
    InvitationViews invitations;
    Url make;
} PageInvitations;

/* page_invited: the code of an invitation, and those that one has. */
typedef struct PageInvited {
    LayoutView layout;
    Links asked;
    FormView form;
} PageInvited;

/* ---- one log ---- */

typedef struct EvaluationView {
    Str id;
    TagView outcome;
    Str text;
    Str author;
    Day day;
    Url history;
    Url correct;
    Str done; /* what was done with it a moment ago */
} EvaluationView;

typedef struct EvaluationViews {
    const EvaluationView *items;
    size_t count;
} EvaluationViews;

typedef struct MeasureView {
    Str id;
    Str title;       /* category in words */
    Str text;
    TagView state;
    Str responsible;
    Str others;
    Str arena;
    Day start;
    DueView due;
    EvaluationViews evaluations;
    Url evaluate;
    Url history;
    Url correct;
    Str done; /* what was done with it a moment ago */
    Links acts; /* that go on with it */
} MeasureView;

typedef struct MeasureViews {
    const MeasureView *items;
    size_t count;
} MeasureViews;

typedef struct GoalView {
    Str id;
    Str text;
    Str attention;   /* category of the attention it belongs to */
    Day due;
    MeasureViews measures;
    Url add_measure;
    Url history;
    Url correct;
    Str done; /* what was done with it a moment ago */
} GoalView;

typedef struct GoalViews {
    const GoalView *items;
    size_t count;
} GoalViews;

/* An attention, a note, a bright moment, the child's voice, a resource. */
typedef struct ItemView {
    Str id;
    TagViews tags;
    Str text;
    bool quote;     /* the child's own words */
    Str extra;      /* "Drøftet med foresatte 12. august" */
    Str author;
    Moment at;
    int64_t version; /* 2 and up: "Rettet" */
    bool removed;    /* text is then the reason */
    Url link;        /* of a resource */
    Url history;
    Url correct;
    Url remove;  /* where it may be removed and not corrected */
    Links acts;  /* on it, that the reader may carry out now */
    Str done; /* what was done with it a moment ago */
} ItemView;

typedef struct Items {
    const ItemView *items;
    size_t count;
} Items;

typedef struct MeetingView {
    Str id;
    Moment at;
    Str place;
    Str participants;
    Str agenda;
    Str summary;
    Str author;
    bool coming;
    Url history;
    Url correct;
    Str done; /* what was done with it a moment ago */
    Links acts; /* that go on with it */
} MeetingView;

typedef struct Meetings {
    const MeetingView *items;
    size_t count;
} Meetings;

typedef struct EventView {
    Moment at;
    Str text;
    bool key; /* level, consent, people: a filled dot */
    Url history; /* of an entry that stands nowhere else on the page: a level */
    Url correct;
} EventView;

typedef struct Events {
    const EventView *items;
    size_t count;
} Events;

typedef struct SeenShort {
    Str name;
    Moment at;
} SeenShort;

typedef struct SeenShorts {
    const SeenShort *items;
    size_t count;
} SeenShorts;

typedef struct ConsentView {
    Str name;      /* guardian */
    Str how;       /* "Muntlig i møte", "På papir" */
    Day given;
    Day valid_to;
    bool withdrawn;
    bool left;     /* the guardian has left */
    Url document;
} ConsentView;

typedef struct ConsentViews {
    const ConsentView *items;
    size_t count;
} ConsentViews;

typedef struct LevelView {
    int64_t number; /* of the step: 1..3 */
    Str name;       /* the municipality's name of the step */
    bool done;
    bool current;
    Day since;
} LevelView;

typedef struct Levels {
    const LevelView *items;
    size_t count;
} Levels;

/* page_log (staff) and page_log_family (phone first) show the same log. An add_* address is none when the reader may not. */
typedef struct PageLog {
    LayoutView layout;
    Str child_name;
    Str child_first_name;  /* child_name up to its first space */
    Str about;             /* "10 år · Bjørkelia skole" */
    Str number_masked;     /* "148516 •••••"; "" = not shown */
    ActionView reveal;     /* the full number: answers text/plain to app.js, else a page; no action = no button */
    Rows child;            /* living, birth date, address, languages ... */
    Url child_history;
    Url child_correct;
    Str holder;
    bool holder_is_me;
    TagView consent;
    TagView state;         /* text "" when active */
    Levels levels;
    int64_t level;
    Str level_name;
    Url change_level;
    Str address_protection; /* warning text, "" when none */
    Str next_label;        /* the next step: "Evaluer «Leseøkt»" */
    DueView next_due;
    Url next_url;
    Items attentions;
    Url add_attention;
    LinkView more_attentions; /* more_*: where what is not current of a section stands; none when nothing does */
    GoalViews goals;
    MeasureViews loose_measures; /* without a goal */
    Url add_goal;
    Url add_measure;
    LinkView more_goals;
    Meetings coming;
    Meetings meetings;
    Url add_meeting;
    LinkView more_meetings;
    FormView note;         /* shown when it has fields */
    Items notes;           /* newest first; for the family the first of them, and the rest in older_notes */
    Items older_notes;
    LinkView more_notes;
    Items resources;
    Url add_resource;
    LinkView more_resources;
    Items life;            /* what became of the log itself, in its order: who did it and why */
    LinkView more_life;
    Events events;
    ConsentViews consents;
    Str consent_scope;     /* "Bjørkelia skole, skolehelsetjenesten" */
    Url all_consents; /* their history */
    People people;
    int64_t people_count;
    People contacts;       /* whom the family turns to: the relay holder */
    Url manage_people;
    SeenShorts seen;
    Url all_seen;
    Str reason;            /* the reason that KA or EL gave for this opening */
    Paragraphs claim;      /* as on the stub */
    Links acts;            /* about the log, that the reader may carry out now */
    Links consent_acts;    /* the same, about somebody's consent */
    Links transfer_acts;   /* and about a transfer that is proposed */
    Links end_acts;        /* and about its deletion: what administrator and manager do before it */
    Url copy;              /* a copy of the reader's own; none for staff */
    bool part;             /* what the reader's unit wrote before it gave the log away, and no more */
    Url report;            /* the archive report, for whoever may take it */
    Url crossed;           /* what was written before it went from one municipality to another; none: it did not */
} PageLog;

/* page_number: the full identity number for those without JavaScript. */
typedef struct PageNumber {
    LayoutView layout;
    Str number;
    Url back;
} PageNumber;

/* page_entry: one short form for any kind of entry, new or corrected. */
typedef struct PageEntry {
    LayoutView layout;
    Str heading;
    Str about;    /* the entry that it is about: "Tilpasning i gruppen: Leseøkt tre ganger i uka" */
    Str lead;
    Str warning;  /* "Mistanke om vold ..." where this log is not the place */
    FormView form;
    FormView remove; /* when correcting: take the entry away with a reason; shown when it has fields */
    bool removal_only; /* the words are another's: there is no form but that */
    Url other_answer; /* to what was offered: its page, and what it does */
    Str other;
    Str answered;     /* what the form answers: its kind, what was said, by whom and when; empty where it answers nothing */
    Rows answered_rows;
    Str answered_by;
    Moment answered_at;
} PageEntry;

typedef struct OlderView {
    Id id;
    Str kind;
    Moment at;
    Str author;
    Rows rows;
    bool removed;
    Url history;
    Url correct;
    Url remove;
} OlderView;

typedef struct OlderViews {
    const OlderView *items;
    size_t count;
} OlderViews;

/* page_older: what the log's page does not show of one section, newest first, a page at a time. */
typedef struct PageOlder {
    LayoutView layout;
    Str heading;
    OlderViews items;
    Url older;
    Url back;
} PageOlder;

/* page_part: what was written before a log went from one municipality to another, newest first, and its hash. */
typedef struct PagePart {
    LayoutView layout;
    Str heading;
    Str said;      /* where it came from, or that it went */
    Rows rows;
    OlderViews items;
    Url back;
} PagePart;

typedef struct VersionView {
    int64_t number;
    Moment at;
    Str author;
    Rows rows;
    bool removed;
    bool newest;
} VersionView;

typedef struct VersionViews {
    const VersionView *items;
    size_t count;
} VersionViews;

/* page_history: all versions of one entry, newest first. */
typedef struct PageHistory {
    LayoutView layout;
    Str heading;
    VersionViews versions;
    Url back;
    Url correct;
} PageHistory;

/* One thing that became of the consents of a log. */
typedef struct ConsentEventView {
    Day on;
    Str text;
    Rows rows;
    Url document;
    bool good;     /* it counts today */
    int64_t order; /* not shown */
} ConsentEventView;

typedef struct ConsentEvents {
    const ConsentEventView *items;
    size_t count;
} ConsentEvents;

/* page_consents: the history of a log's consents, newest first. */
typedef struct PageConsents {
    LayoutView layout;
    ConsentEvents events;
    Url back;
} PageConsents;

typedef struct SeenView {
    Moment at;
    Str name;
    Str role;
    Str what;
    Str reason;
    bool anew; /* by an account that was taken into use anew not long before */
} SeenView;

typedef struct SeenViews {
    const SeenView *items;
    size_t count;
} SeenViews;

/* page_seen: who has opened or written in the log; the same list for staff and family. */
typedef struct PageSeen {
    LayoutView layout;
    SeenViews rows;
    Links names;   /* to the family's names, one for each reason that may be given; shown when there are some */
    Url older;
    Url back;
} PageSeen;

typedef struct ParticipantView {
    Str name;
    Str role;
    Moment from;
    Moment to;
    ActionView end;  /* no action = may not */
    Url leave;       /* of a guardian: a page that says first what follows */
    ActionView code; /* a new enrolment code */
} ParticipantView;

typedef struct Participants {
    const ParticipantView *items;
    size_t count;
} Participants;

/* page_participants: who takes part, and letting somebody in or out. */
typedef struct PageParticipants {
    LayoutView layout;
    Participants present;
    Participants former;
    CodeViews codes;       /* of the one who was just added */
    Str refusal;           /* why a button did nothing */
    Str offered;           /* to whom the baton is offered, and until when */
    Url take_back;         /* that offer: a page of its own */
    FormView offer_baton;
    Str unheld;            /* nobody holds the log: who stands in, and until when another is appointed */
    Str unheld_nobody;     /* instead of the form, when there is nobody to appoint */
    FormView appoint;
    FormView add_actor;
    Str nobody;            /* instead of the form, when there is nobody to let in */
    Url add_guardian;      /* a page of its own */
    Url invite_guardian;   /* in the app: another */
    ActionView let_child_in;
    Str child_note;        /* why the child is not let in yet, or that it is */
    Url back;
} PageParticipants;

/* page_reason: KA, EL and operators say why before the log opens. */
typedef struct PageReason {
    LayoutView layout;
    Str number; /* the log's display number */
    FormView form;
} PageReason;

/* page_prove: a code anew before rights are given or taken; the form holds what was typed before. */
typedef struct PageProve {
    LayoutView layout;
    FormView form;
} PageProve;

/* page_stub: the log exists, the reader knows it, and its content is closed. */
typedef struct PageStub {
    LayoutView layout;
    Str number;
    Str unit;    /* responsible */
    Str why;     /* "Loggen er passiv." */
    Links acts;     /* what the reader may still do */
    Url copy;       /* a copy of their own; none: it is not offered */
    Str copy_until;
    Paragraphs claim; /* that somebody has asked for the deletion and when it is answered; or how, and what can be done about it */
    Paragraphs deletion; /* that it is to be deleted, when, and that this can be stopped */
} PageStub;

/* page_decision: an ordered deletion, for whoever decides about it. */
typedef struct PageDecision {
    LayoutView layout;
    Str heading;
    Str lead;
    Str alert;         /* nobody is there who may approve it */
    Rows rows;
    Paragraphs wishes; /* who of the family asks that it be stopped */
    Links acts;        /* what the reader may do */
} PageDecision;

typedef struct DeletionView {
    Url url;
    Str number;
    Str unit;
    Str cause;
    Str ordered_by;
    Moment ordered_at;
    Str state;      /* that it waits, or when it is deleted */
    Str asked;      /* somebody asks that it be stopped, or empty */
} DeletionView;

typedef struct DeletionViews {
    const DeletionView *items;
    size_t count;
} DeletionViews;

typedef struct CertificateRowView {
    Url url;
    Str number;
    Str unit;
    Str cause;
    Moment approved_at; /* T0 */
    Moment purged_at;   /* T1 */
    Str last;           /* T2: until when a backup can show it, or since when none does */
} CertificateRowView;

typedef struct CertificateRowViews {
    const CertificateRowView *items;
    size_t count;
} CertificateRowViews;

/* page_certificates: deletions that were carried out. */
typedef struct PageCertificates {
    LayoutView layout;
    CertificateRowViews rows;
    Url more;
} PageCertificates;

/* page_deletions: those that wait for somebody, and those that are approved. */
typedef struct PageDeletions {
    LayoutView layout;
    DeletionViews waiting;
    DeletionViews approved;
    bool none;
    Url more;
    Url done;       /* those that were carried out, for whoever may see them */
} PageDeletions;

/* page_copy: the family's own copy of a log; a form for each of its two files. */
typedef struct PageCopy {
    LayoutView layout;
    Str until;      /* until when it is offered; "" for whoever reads the log */
    FormView document;
    FormView data;
    Url waive;      /* none: nothing is offered that could be waived */
    Url back;
} PageCopy;

/* The child, those who take part, a consent, an entry. */
typedef struct CopyPart {
    Str heading;
    Str author;
    Moment at;
    Rows rows;
} CopyPart;

typedef struct CopyParts {
    const CopyPart *items;
    size_t count;
} CopyParts;

/* page_copy_file: that copy as a document by itself, which is read and printed without us. */
typedef struct PageCopyFile {
    Str title;
    Moment made;
    CopyParts parts;
} PageCopyFile;

/* page_report: the archive report of a log, of one that is deleted too. */
typedef struct PageReport {
    LayoutView layout;
    bool exists;
    bool old;           /* something was written since */
    Moment made;
    Str by;
    Str size;
    Str hash;
    Day gone_on;         /* 0 while the log lives */
    Day backups_gone_on;
    FormView take;
    Url make;           /* none of a log that is deleted */
    Url order;          /* where it is told how far another one is; none: none is ordered */
    Url back;
} PageReport;

/* page_report_order: an archive report that a job makes. */
typedef struct PageReportOrder {
    LayoutView layout;
    bool waits;         /* it is to be made: what is shown is how far it is */
    Moment ordered;     /* none: no order stands */
    Str stand;          /* in words: how far it is, of what it failed, or that it is made */
    Url again;          /* this page, to see how far it is by now */
    Url make;           /* where another one is ordered; none while one is to be made */
    Url report;         /* none: there is none yet */
    Url back;
} PageReportOrder;

typedef struct ReportView {
    Url url;
    Str name;           /* the log's number */
    Moment made;
    Day gone_on;
    Day backups_gone_on;
} ReportView;

typedef struct ReportViews {
    const ReportView *items;
    size_t count;
} ReportViews;

/* page_reports: those that outlived their logs. */
typedef struct PageReports {
    LayoutView layout;
    ReportViews reports;
} PageReports;

/* ---- the municipality ---- */

typedef struct UnitView {
    Str name;
    Str service;
    Str number;
    bool closed;
    Url url;
} UnitView;

typedef struct UnitViews {
    const UnitView *items;
    size_t count;
} UnitViews;

typedef struct StaffView {
    Str name;
    Str role;
    Str unit;
    Day from;
    Day to;
    bool enrolled;
    ActionView end;
    ActionView code;
} StaffView;

typedef struct StaffViews {
    const StaffView *items;
    size_t count;
} StaffViews;

/* page_units (KA): units and their managers. The forms have pages of their own (page_entry). */
typedef struct PageUnits {
    LayoutView layout;
    UnitViews units;
    StaffViews managers;
    Str confirmed;      /* when the list of staff was confirmed last, and when it is to be again */
    ActionView confirm;
    Url add_unit;
    Url appoint;
    CodeViews codes;
} PageUnits;

/* A request for a log that a unit does not know of; url: to the log that it met, for whoever looks after that. */
typedef struct BlindView {
    Day sent;
    Day closes;
    bool closed;
    Str reason;
    Str unit;
    Url url;
    bool of_family; /* a guardian asks that it goes to the unit */
} BlindView;

typedef struct BlindViews {
    const BlindView *items;
    size_t count;
} BlindViews;

/* page_blind: what a unit asked for, and what was asked for at this one. */
typedef struct PageBlind {
    LayoutView layout;
    FormView form;    /* shown when it has fields */
    BlindViews sent;
    BlindViews met;
    bool sends; /* which of the two lists there are */
    bool meets;
} PageBlind;

/* A log on its way to the reader's unit, which they know by nothing but where it comes from; or one that went from it. */
typedef struct TransferView {
    Url url;
    Str unit;
    Str number; /* of one that was given away */
    Day at;
    Day until;
} TransferView;

typedef struct TransferViews {
    const TransferView *items;
    size_t count;
} TransferViews;

/* page_transfers: what waits for the unit's answer, and what it has given away and reads still. */
typedef struct PageTransfers {
    LayoutView layout;
    bool answers; /* the reader is its manager */
    TransferViews asked;
    TransferViews left;
} PageTransfers;

/* page_staff (EL): relay holders and actors of the unit. */
typedef struct PageStaff {
    LayoutView layout;
    Str unit;
    StaffViews staff;
    Url close; /* of the unit: a page of its own (KA) */
    FormView appoint;
    CodeViews codes; /* the enrolment code, shown once */
} PageStaff;

/* page_settings (KA). */
typedef struct PageSettings {
    LayoutView layout;
    FormView form;
} PageSettings;

/* ---- when something else happens ---- */

/* page_message: not found, signed out, an error, a receipt without a page of its own. */
typedef struct PageMessage {
    LayoutView layout;
    Str heading;
    Paragraphs paragraphs;
    LinkView next;
    Str reference; /* the request's id, for the help desk; no personal data */
} PageMessage;

/* page_front: what the front shows when it answers by itself; it knows nobody's language. */
typedef struct PageFront {
    Str heading;
    Str text;
    Str nynorsk;
    Str english;
    Str to_start_nynorsk;
    Str to_start_english;
} PageFront;

/* page_sealed: what could not be carried out now; the form repeats what was typed, when something was. */
typedef struct PageSealed {
    LayoutView layout;
    Str heading;
    Paragraphs paragraphs;
    FormView form; /* shown when it has fields */
    Str advice;    /* what becomes of it */
} PageSealed;

/* page_stale: 409; somebody else has changed the entry. Both texts, and the form with the reader's. */
typedef struct PageStale {
    LayoutView layout;
    Rows theirs;
    Str their_author;
    Moment their_time;
    FormView form;
} PageStale;

/* ---- statistics: what is masked is masked before it comes here ---- */

/* A piece of the picture beside a number: per cent of the width, as "12.5%". */
typedef struct BarView {
    Str shade;   /* b1 .. b7; empty: masked, hatched and always of one width */
    Str x;
    Str width;
    Str y;
    Str height;
} BarView;

typedef struct Bars {
    const BarView *items;
    size_t count;
} Bars;

typedef struct FigureView {
    Str text;    /* a number, or the one word for masked, or for not offered */
    bool number;
    Str share;   /* "14 %"; empty: none */
    Str label;   /* of its column, where several stand beside each other */
} FigureView;

typedef struct FigureViews {
    const FigureView *items;
    size_t count;
} FigureViews;

typedef struct FigureRowView {
    Str name;
    Url url;     /* the same for this row alone */
    Bars bars;
    FigureViews figures;
} FigureRowView;

typedef struct FigureRowViews {
    const FigureRowView *items;
    size_t count;
} FigureRowViews;

typedef struct FigureTableView {
    Str code;        /* of its rows: "category" */
    Str caption;
    Str first;       /* the heading of the first column */
    Links columns;   /* their headings */
    Links legend;    /* text, and hidden: its shade; none where there is one kind of bar */
    bool stacked;
    FigureRowViews rows;
    FigureRowViews totals; /* one or none */
} FigureTableView;

typedef struct FigureTableViews {
    const FigureTableView *items;
    size_t count;
} FigureTableViews;

typedef struct HeadlineView {
    Str text;
    Str about;
} HeadlineView;

typedef struct HeadlineViews {
    const HeadlineView *items;
    size_t count;
} HeadlineViews;

/* A group of choices; the first has no label. */
typedef struct ChoiceGroup {
    Str label;
    Options options;
} ChoiceGroup;

typedef struct ChoiceGroups {
    const ChoiceGroup *items;
    size_t count;
} ChoiceGroups;

typedef struct ChoiceView {
    Str id;
    Str label;
    Str error;
    ChoiceGroups groups;
} ChoiceView;

typedef struct ChoiceViews {
    const ChoiceView *items;
    size_t count;
} ChoiceViews;

/* page_statistics: a publication, or when the first comes. */
typedef struct PageStatistics {
    LayoutView layout;
    Str none;            /* there is no publication yet; the rest is then left out */
    Links views;
    Str published;
    Str next;
    Str note;
    FormView form;       /* its errors only */
    Str view;            /* code of the view */
    ChoiceViews choices;
    Url reset;
    HeadlineViews headlines;
    Str unavailable;     /* nothing of what was asked for is offered */
    FigureTableViews tables;
    Url csv;
    Url json;
} PageStatistics;

/* page_licences, page_accessibility and page_privacy. */
typedef struct PageText {
    LayoutView layout;
} PageText;

typedef struct LicenceView {
    Str name;
    Str text;
} LicenceView;

typedef struct Licences {
    const LicenceView *items;
    size_t count;
} Licences;

typedef struct PageLicences {
    LayoutView layout;
    Licences licences; /* pages_licences */
} PageLicences;

#endif
