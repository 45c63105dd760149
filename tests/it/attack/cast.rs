//! Who attacks, and what there is to be found.

use std::path::Path;

use chrono::TimeDelta;
use domain::Intent;
use domain::disclosure::{Act, RecordDisclosure};
use domain::facts::Restrict;
use domain::kinds;
use domain::meeting::Reply;
use domain::record_request::{AskOfRecord, Asks};
use domain::retention::PlaceHold;
use server::records;
use sync::{Kind, OperationId, RecordId};
use tests::names::{self, AGENCY};
use tests::wire::operation;
use tests::{Stage, Statements, World};
use uuid::Uuid;

use crate::majority::{grants, of_age, phone_of_ana};

/// Somebody who is signed in, by the column of `tests/access.txt` that says what they are to Ana.
#[derive(Clone, Copy, Debug)]
pub(super) struct Actor {
    pub(super) name: &'static str,
    pub(super) column: &'static str,
}

#[rustfmt::skip]
const CAST: [Actor; 12] = [
    Actor { name: "mia",  column: "guardian" },
    Actor { name: "fred", column: "guardian" },
    Actor { name: "gran", column: "guardian-kept-away" },
    Actor { name: "ed",   column: "guardian-ended" },
    Actor { name: "gus",  column: "contact" },
    Actor { name: "cas",  column: "case-manager" },
    Actor { name: "pat",  column: "speech" },
    Actor { name: "olga", column: "speech-ended" },
    Actor { name: "tom",  column: "teacher" },
    Actor { name: "tess", column: "other-staff" },
    Actor { name: "ona", column: "office" },
    Actor { name: "dora", column: "director" },
];

/// Ana as a child, of age, and of age while somebody decides for her.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scene {
    Minor,
    Adult,
    StoodFor,
}

impl Scene {
    pub(super) const ALL: [Self; 3] = [Self::Minor, Self::Adult, Self::StoodFor];

    /// The scene is set, everybody has written what is theirs to write, and time has passed. On
    /// one engine: access is judged over facts that have been read, and the stories around this one
    /// tell on both that they are.
    pub(super) fn play(self) -> (Stage, Vec<Secret>) {
        Statements::can_be_heard();
        let stage = world().on_sqlite();
        let mut secrets = secrets(&stage);
        if self != Self::Minor {
            // It is the name of one of those who look, who may read it whatever else rests.
            secrets.retain(|secret| !secret.stands_in("Ana Story"));
            of_age(&stage);
            phone_of_ana(&stage);
        }
        if self == Self::StoodFor {
            assert_eq!(grants(&stage, "fred", "ADULT_GUARDIAN"), [""; 0]);
        }
        stage.pass(TimeDelta::minutes(5));
        (stage, secrets)
    }

    /// Who attacks: everybody, and later those to whom the day has made a difference.
    pub(super) fn cast(self) -> Vec<Actor> {
        let actor = |name, column| Actor { name, column };
        let (parent, guardian) = ("parent-of-adult", "adults-guardian");
        match self {
            Self::Minor => CAST.to_vec(),
            Self::Adult => vec![actor("mia", parent), actor("fred", parent), actor("ana", "adult-student")],
            Self::StoodFor => vec![actor("mia", parent), actor("fred", guardian), actor("ana", "adult-stood-for")],
        }
    }
}

/// Something that stands in one place of Ana's record, and who may read it.
pub(super) struct Secret {
    /// As it may be written in an answer.
    pub(super) forms: Vec<String>,
    /// Whose it is, where that matters.
    owner: Option<&'static str>,
    /// The row of the matrix for its owner, or for everybody.
    row: &'static str,
    /// The row for all others, where it has an owner.
    others: &'static str,
    /// Whether it is nothing but an id, which whoever sends it may get back.
    pub(super) is_id: bool,
}

impl Secret {
    fn word(word: &str, row: &'static str) -> Self {
        Self { forms: vec![word.to_owned()], owner: None, row, others: row, is_id: false }
    }

    fn of(owner: &'static str, word: &str, row: &'static str, others: &'static str) -> Self {
        Self { forms: vec![word.to_owned()], owner: Some(owner), row, others, is_id: false }
    }

    fn id(id: Uuid, row: &'static str) -> Self {
        Self { forms: vec![id.to_string(), id.simple().to_string()], owner: None, row, others: row, is_id: true }
    }

    /// Under which row of the matrix somebody would read it.
    pub(super) fn row(&self, actor: Actor) -> &'static str {
        if self.owner.is_none_or(|owner| owner == actor.name) { self.row } else { self.others }
    }

    pub(super) fn stands_in(&self, text: &str) -> bool {
        self.forms.iter().any(|form| text.contains(form))
    }
}

/// The reviewed matrix.
pub(super) struct Matrix(String);

impl Matrix {
    pub(super) fn read() -> Self {
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("access.txt");
        Self(std::fs::read_to_string(file).expect("the matrix is in the tree"))
    }

    /// Whether a cell allows something, if only after a person has looked at it.
    pub(super) fn allows(&self, column: &str, row: &str) -> bool {
        let mut lines = self.0.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let heads = lines.clone().take_while(|line| line.starts_with(' '));
        let names: Vec<&str> = heads.map(|line| line.trim_start_matches([' ', '|'])).collect();
        let at = names.iter().position(|name| *name == column).unwrap_or_else(|| panic!("no column {column}"));
        let cells = lines.find_map(|line| {
            let rest = line.strip_prefix(row)?.trim_start();
            rest.starts_with(['+', '?', '.']).then_some(rest)
        });
        let cells = cells.unwrap_or_else(|| panic!("no row {row}"));
        cells.split_whitespace().nth(at).is_some_and(|cell| cell != ".")
    }
}

/// Ana, around whom everybody of the cast is, and Ben, who is none of most people's business.
fn world() -> World {
    World::of_ana()
        .born("2008-09-23")
        .goal("goal-secret")
        .guardian("gran")
        .guardian("ed")
        .provider("phil", "physical")
        .provider("olga", "speech")
        .teacher("tom")
        .meeting("meeting-secret")
        .student("ben")
        .guardian("gus")
        .teacher("tess")
        .office("ona")
        .director("dora")
}

/// The guardian's first request.
pub(super) const REQUEST: RecordId = RecordId(Uuid::from_u128(0x5ec));

/// A hold on the record.
pub(super) const HOLD: Uuid = Uuid::from_u128(0x401d);

/// Everybody writes what is theirs to write, each text once.
fn secrets(stage: &Stage) -> Vec<Secret> {
    stage.phone_of("pat").log_visit("ana", "visit-secret of speech");
    stage.phone_of("phil").log_service("physical", "ana", "visit-secret of physical");
    let (mut mia, mut fred) = (stage.phone_of("mia"), stage.phone_of("fred"));
    mia.write_input("ana", "hopes", "input-secret of mia");
    mia.submit_input("ana");
    fred.write_input("ana", "hopes", "input-secret of fred");
    mia.answer("meeting-secret", Reply::Yes, "answer-secret of mia");
    mia.edit_statement("ana", "strengths", "statement-secret");
    fred.sync();
    fred.offline();
    fred.edit_statement("ana", "vision", "version-secret of fred");
    mia.edit_statement("ana", "vision", "version-secret of mia");
    fred.online();
    let mut cas = stage.phone_of("cas");
    cas.log_call("ana", "mia", "attempt-secret to mia");
    cas.log_call("ana", "fred", "attempt-secret to fred");
    ask_of_record(stage);
    late_words_of_ed(stage);
    stage.end_assignment("olga", "ana");
    let (student, person) = (names::student("ana"), names::person("gran"));
    let order = "order-secret".to_owned();
    stage.office(Restrict { restriction: Uuid::from_u128(0x0bde), student, person, order, from: None });

    stage.office(PlaceHold { hold: HOLD, student, reason: "hold-secret".into() });
    stage.office(RecordDisclosure {
        disclosure: Uuid::from_u128(0x0d15),
        student,
        act: Act::Requested,
        on: stage.server.clock.date().date_naive().pred_opt().expect("a day before"),
        party: "disclosure-secret".into(),
        interest: "They did not say".into(),
        basis: None,
        paper: None,
        threat: None,
        what: "All of it".into(),
        copied: false,
        corrects: None,
    });

    #[rustfmt::skip]
    let mut secrets = vec![
        Secret::word("Ana Story", "see card and team"),
        Secret::word("goal-secret", "see goals"),
        Secret::word("visit-secret of speech", "see speech visits"),
        Secret::word("visit-secret of physical", "see physical visits"),
        Secret::word("statement-secret", "see statement"),
        Secret::word("version-secret of mia", "see statement"),
        Secret::word("version-secret of fred", "see statement"),
        Secret::of("mia", "input-secret of mia", "see own input", "see another's input"),
        Secret::of("fred", "input-secret of fred", "see own input", "see another's input"),
        Secret::word("meeting-secret", "see meetings"),
        Secret::of("mia", "answer-secret of mia", "see own answer", "see another's answer"),
        Secret::of("mia", "attempt-secret to mia", "see attempts to reach oneself", "see attempts to reach another"),
        Secret::of("fred", "attempt-secret to fred", "see attempts to reach oneself", "see attempts to reach another"),
        Secret::of("mia", "request-secret of mia", "see own request", "see another's request"),
        Secret::word("late-secret of ed", "see what did not arrive"),
        Secret::word("disclosure-secret", "see disclosures"),
        Secret::word("hold-secret", "see how long it is kept"),
        Secret::word("order-secret", "see contacts"),
        Secret::word("birth certificate", "see contacts"),
    ];
    #[rustfmt::skip]
    let kinds: [(Kind, &str); 4] = [
        (kinds::GOAL, "see goals"), (kinds::STATEMENT, "see statement"), (kinds::MEETING, "see meetings"),
        (kinds::STUDENT, "see card and team"),
    ];
    for (kind, row) in kinds {
        secrets.extend(ids(stage, &kind).into_iter().map(|id| Secret::id(id, row)));
    }
    secrets
}

fn ids(stage: &Stage, kind: &Kind) -> Vec<Uuid> {
    let find = |db: &mut _| records::about(db, AGENCY, kind, &[names::student("ana")]);
    let found = stage.server.database().read(find).expect("records");
    found.into_values().flatten().map(|stored| stored.id.0).collect()
}

fn ask_of_record(stage: &Stage) {
    let intent = Intent::from(AskOfRecord {
        request: REQUEST,
        student: names::student("ana"),
        asks: Asks::Correct,
        words: "request-secret of mia".into(),
        instead: String::new(),
        contests: None,
    });
    let body = serde_json::Value::Object(intent.body());
    let id = OperationId(Uuid::from_u128(0x5ec));
    let sent = operation(id, intent.name(), stage.server.clock.now(), &body);
    stage.wire_of("mia").verdicts(1, &[sent]);
}

/// Words that were on their way when the rights of their author ended.
fn late_words_of_ed(stage: &Stage) {
    let mut ed = stage.phone_of("ed");
    ed.offline();
    ed.edit_statement("ana", "concerns", "late-secret of ed");
    stage.end_rights("ed", "ana");
    stage.pass(TimeDelta::minutes(1));
    ed.online();
}
