PRAGMA foreign_keys = OFF;
BEGIN TRANSACTION;
CREATE TABLE journal (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    message TEXT NOT NULL REFERENCES message(id),
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    by TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO "journal" VALUES(1,'2026-11-28T04:47:35.567+00:00','K7Q2-M9TX','','draft','','');
INSERT INTO "journal" VALUES(2,'2026-11-28T04:47:35.579+00:00','K7Q2-M9TX','draft','approved','Robin Front','');
CREATE TABLE letter (
    key TEXT PRIMARY KEY,
    language TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    file_name TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "letter" VALUES('3aa276d62e67c8558909b66f','en','The file we agreed to send you','Hello,

Your file from Ascent Health and Performance is attached. It is a PDF.

You agreed to get this by email. Call us if you change your mind.

Questions? Call or text us at (907) 555-0142.

Please do not use email for anything urgent. In an emergency, call 911.

Did this reach the wrong person? Please do not open the file. Call us at (907) 555-0142, then delete this email.

Thank you,
Ascent Health and Performance
(907) 555-0142
ascentak.com
','<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>The file we agreed to send you</title>
</head>
<body style="margin:0;padding:0;background:#ffffff;color:#16211F">
<div style="max-width:560px;margin:0 auto;padding:20px;font:16px/1.5 Arial,Helvetica,sans-serif">
<p style="margin:0 0 18px;padding:0 0 8px;border-bottom:3px solid #0E4A45;color:#0E4A45;font-size:20px;font-weight:bold">Ascent Health and Performance</p>
<p style="margin:0 0 14px">Hello,</p>
<p style="margin:0 0 14px">Your file from Ascent Health and Performance is attached. It is a PDF.</p>
<p style="margin:0 0 14px">You agreed to get this by email. Call us if you change your mind.</p>
<p style="margin:0 0 14px">Questions? Call or text us at <a href="tel:+19075550142" style="color:#0E4A45;white-space:nowrap">(907) 555-0142</a>.</p>
<p style="margin:0 0 14px">Please do not use email for anything urgent. In an emergency, call 911.</p>
<p style="margin:0 0 14px">Did this reach the wrong person? Please do not open the file. Call us at <a href="tel:+19075550142" style="color:#0E4A45;white-space:nowrap">(907) 555-0142</a>, then delete this email.</p>
<p style="margin:0">Thank you,<br>Ascent Health and Performance<br><a href="tel:+19075550142" style="color:#0E4A45;white-space:nowrap">(907) 555-0142</a><br>ascentak.com</p>
</div>
</body>
</html>
','document.pdf');
CREATE TABLE message (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL REFERENCES state(name),
    pack_id TEXT NOT NULL,
    plan_digest TEXT NOT NULL,
    whole_digest TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    source TEXT NOT NULL,
    source_sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    consent TEXT NOT NULL,
    letter TEXT NOT NULL REFERENCES letter(key),
    clinic TEXT NOT NULL,
    passphrase TEXT,
    message_id TEXT NOT NULL UNIQUE,
    made_at TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_try REAL,
    reply TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO "message" VALUES('K7Q2-M9TX','approved','K7Q2-M9TX4R','plan R8JD-0016','whole','0000000000000000000000000000000000000000000000000000000000000000',3,'/clinic/zofia.yaml','1111111111111111111111111111111111111111111111111111111111111111','Zofia Canary','zofia.canary@example.org','2026-11-20: signed form','3aa276d62e67c8558909b66f','Ascent','one two three four five six','<1@example.org>','2026-11-28T09:00:00.000+00:00',0,NULL,'');
CREATE TABLE state (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
INSERT INTO "state" VALUES('approved');
INSERT INTO "state" VALUES('deferred');
INSERT INTO "state" VALUES('draft');
INSERT INTO "state" VALUES('exported');
INSERT INTO "state" VALUES('failed');
INSERT INTO "state" VALUES('queued');
INSERT INTO "state" VALUES('sending');
INSERT INTO "state" VALUES('sent');
INSERT INTO "state" VALUES('stale');
INSERT INTO "state" VALUES('unknown');
INSERT INTO "state" VALUES('withdrawn');
CREATE TABLE step (before TEXT NOT NULL, after TEXT NOT NULL, PRIMARY KEY (before, after)) STRICT, WITHOUT ROWID;
INSERT INTO "step" VALUES('approved','exported');
INSERT INTO "step" VALUES('approved','queued');
INSERT INTO "step" VALUES('approved','stale');
INSERT INTO "step" VALUES('approved','withdrawn');
INSERT INTO "step" VALUES('deferred','failed');
INSERT INTO "step" VALUES('deferred','queued');
INSERT INTO "step" VALUES('deferred','stale');
INSERT INTO "step" VALUES('deferred','withdrawn');
INSERT INTO "step" VALUES('draft','approved');
INSERT INTO "step" VALUES('draft','exported');
INSERT INTO "step" VALUES('draft','stale');
INSERT INTO "step" VALUES('draft','withdrawn');
INSERT INTO "step" VALUES('exported','draft');
INSERT INTO "step" VALUES('exported','sent');
INSERT INTO "step" VALUES('queued','deferred');
INSERT INTO "step" VALUES('queued','failed');
INSERT INTO "step" VALUES('queued','sending');
INSERT INTO "step" VALUES('queued','stale');
INSERT INTO "step" VALUES('queued','withdrawn');
INSERT INTO "step" VALUES('sending','deferred');
INSERT INTO "step" VALUES('sending','failed');
INSERT INTO "step" VALUES('sending','sent');
INSERT INTO "step" VALUES('sending','unknown');
INSERT INTO "step" VALUES('unknown','approved');
INSERT INTO "step" VALUES('unknown','sent');
CREATE INDEX message_by_state ON message(state);
CREATE INDEX message_by_plan ON message(plan_digest);
CREATE UNIQUE INDEX message_open ON message(plan_digest) WHERE state IN ('draft', 'approved', 'queued', 'deferred');
CREATE INDEX journal_by_message ON journal(message);
CREATE TRIGGER message_steps BEFORE UPDATE OF state ON message
WHEN NOT EXISTS (SELECT 1 FROM step WHERE before = OLD.state AND after = NEW.state)
BEGIN SELECT RAISE(ABORT, 'no such step'); END;
CREATE TRIGGER message_stays BEFORE DELETE ON message BEGIN SELECT RAISE(ABORT, 'messages stay'); END;
CREATE TRIGGER message_is_fixed BEFORE UPDATE OF
    id, pack_id, plan_digest, whole_digest, sha256, size, name, address, consent, letter, passphrase, message_id
ON message
BEGIN SELECT RAISE(ABORT, 'what was drafted stays'); END;
CREATE TRIGGER journal_stays BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal stays'); END;
CREATE TRIGGER journal_is_fixed BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal stays'); END;
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('journal',2);
COMMIT;
PRAGMA application_id = 1212436290;
PRAGMA user_version = 1;
