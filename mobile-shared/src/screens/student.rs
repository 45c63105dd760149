//! `{"screen":"student","agency":"…","id":"…"}`: one student, or `null` where there is none.
//!
//! ```json
//! {"student":{… as on home …}, "goals":[… see progress …],
//!  "visits":[{"id","service","startedAt","endedAt","minutes","note","attendance",
//!    "by":{"person","name"},"mine","pending","points":[{"goal","status","scored",…}],
//!    "amends":null|"…","corrected":false}],
//!  "statement":{"id","strengths","concerns","vision","pending":["vision"],
//!    "conflicts":[{"field","base":null|"…","alternatives":[{"id","by":{"person","name"},"at","value"}]}]},
//!  "input":{"id","strengths","concerns","hopes","submittedAt","pending":["hopes"],
//!    "conflicts":[…]},
//!  "later":[… what was begun before `input` was handed in, like it …],
//!  "attempts":[{"id","person":{"person","name"},"at","channel","language","reached",
//!    "meeting":null|"…","note","by":{"person","name"},"pending","amends":null|"…"}],
//!  "requests":[{"id","asks":"see"|"correct","words","instead","contests":null|{"kind","id"},
//!    "by":{"person","name"},"askedAt","receivedAt":null|ms,"dueOn":null|"2026-10-16",
//!    "standing":"asked"|"granted"|"refused"|"hearingAsked"|"refusedAfterHearing","answer":null|"…",
//!    "disagreements":[{"id","words","at","pending"}],"pending"}],
//!  "meetings":[… see meeting …], "team":[{"person","name","role","service"}],
//!  "mine":{"roles":[{"role","service"}]}}
//! ```
//! `statement` is null for those who may not see it, `input` for those who give none.
//! `pending` names the fields whose present value the server does not have yet. `base`: what
//! stood there before they disagreed, where that is known. `corrected`: another visit
//! (`amends`) stands instead of this one.

use super::{
    Author, Names, Role,
    home::{self, Card},
    meeting::{Invitation, Reader},
    progress::{self, Goal},
    record_request::{Request, requests},
};
use crate::{
    Core, Result,
    event::PointTaken,
    store::{
        meta::{Contact, Meta as _, Person},
        outbox, records, rounds,
    },
};
use domain::{
    family::{INPUT_FIELDS, STATEMENT_FIELDS, input_of, input_to_write, is_handed_in, statement_of},
    kinds, scope,
    visit::superseded,
};
use serde::Serialize;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    convert::Infallible,
};
use sync::{AgencyId, Kind, Micros, OperationId, PersonId, Record, RecordId, record::Alternative};

/// One student.
#[derive(Clone, Debug, Serialize)]
pub struct Student {
    /// At a glance.
    pub student: Card,
    /// The goals, oldest first.
    pub goals: Vec<Goal>,
    /// The visits, newest first.
    pub visits: Vec<Visit>,
    /// What the family says together.
    pub statement: Option<Text>,
    /// The reader's own input.
    pub input: Option<Text>,
    /// More input that the reader began before that one was handed in.
    pub later: Vec<Text>,
    /// How the family was tried to be reached, newest first; without what was corrected since.
    pub attempts: Vec<Attempt>,
    /// What the family asks of the record, newest first; of guardians the reader's own.
    pub requests: Vec<Request>,
    /// The meetings, soonest first.
    pub meetings: Vec<Invitation>,
    /// Who is on the team.
    pub team: Vec<Member>,
    /// What the reader is to the student.
    pub mine: Mine,
}

/// What the reader is to the student.
#[derive(Clone, Debug, Serialize)]
pub struct Mine {
    /// Their roles.
    pub roles: Vec<Role>,
}

/// One delivery of a service.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Visit {
    /// The visit.
    pub id: RecordId,
    /// Which service.
    pub service: String,
    /// When it began, epoch ms.
    pub started_at: i64,
    /// When it ended, epoch ms.
    pub ended_at: i64,
    /// How long it took.
    pub minutes: i64,
    /// What was done and seen.
    pub note: String,
    /// Whether it took place.
    pub attendance: String,
    /// Who gave it.
    pub by: Author,
    /// The reader gave it.
    pub mine: bool,
    /// The server does not have it yet.
    pub pending: bool,
    /// The data points taken in it.
    pub points: Vec<PointTaken>,
    /// The visit that was logged wrongly and reads like this instead.
    pub amends: Option<RecordId>,
    /// Another visit stands instead of this one.
    pub corrected: bool,
}

/// One attempt to reach somebody of the family.
#[derive(Clone, Debug, Serialize)]
pub struct Attempt {
    /// The attempt.
    pub id: RecordId,
    /// Whom it was to reach.
    pub person: Author,
    /// When, epoch ms.
    pub at: i64,
    /// How.
    pub channel: String,
    /// In which language.
    pub language: String,
    /// What came of it.
    pub reached: String,
    /// The meeting that it was about.
    pub meeting: Option<RecordId>,
    /// What was said.
    pub note: String,
    /// Who tried.
    pub by: Author,
    /// The server does not have it yet.
    pub pending: bool,
    /// The attempt that was written down wrongly and reads like this instead.
    pub amends: Option<RecordId>,
}

/// A record of free texts, by field.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Text {
    /// The record.
    pub id: RecordId,
    /// Its texts.
    #[serde(flatten)]
    pub texts: BTreeMap<&'static str, String>,
    /// When it was handed in, epoch ms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub submitted_at: Option<i64>,
    /// Fields whose present value the server does not have yet.
    pub pending: Vec<String>,
    /// Fields that wait for a choice.
    pub conflicts: Vec<Conflict>,
}

/// A field that waits for a choice.
#[derive(Clone, Debug, Serialize)]
pub struct Conflict {
    /// The field.
    pub field: String,
    /// What stood there before, where that is known.
    pub base: Option<String>,
    /// What stands beside each other.
    pub alternatives: Vec<Version>,
}

/// One of the texts between which a person chooses.
#[derive(Clone, Debug, Serialize)]
pub struct Version {
    /// Named by a `Resolve` that saw it.
    pub id: OperationId,
    /// Who wrote it.
    pub by: Author,
    /// When, epoch ms.
    pub at: i64,
    /// The text.
    pub value: String,
}

/// Somebody on the team.
#[derive(Clone, Debug, Serialize)]
pub struct Member {
    /// Who.
    pub person: PersonId,
    /// What they are called.
    pub name: String,
    /// What they are to the student.
    #[serde(flatten)]
    pub role: Role,
}

pub(crate) fn read(core: &mut Core, agency: AgencyId, id: RecordId) -> Result<Option<Student>> {
    let Some((account, db, link)) = core.copy() else { return Ok(None) };
    let Some(me) = account.in_agency(agency) else { return Ok(None) };
    let now = Contact::find(db)?.map_or(link.now, |contact| contact.server(link.now));
    let records = records::about(db, agency, id)?;
    let visits = records.iter().filter(|((kind, _), _)| *kind == kinds::VISIT);
    let last_visit = visits.filter_map(|(_, visit)| visit.field("startedAt").as_i64()).max().map(Micros);
    let is_filling = home::filling(db)?.contains(&(agency, id));
    let held = rounds::held(db, agency)?;
    let notified = held.contains(&scope::path::notices(id));
    let card = home::Reader { me, student: id, now, about: &records, notified }.card(last_visit, is_filling);
    let Some(card) = card else { return Ok(None) };
    let about = About { me, student: id, pending: outbox::pending(db)?, names: names(&records, me), records };
    let sees_statement = [scope::path::family(id), scope::path::case(id)].iter().any(|path| held.contains(path));
    let gives_input = held.contains(&scope::path::guardian(id, me.person));
    let (input, later) = gives_input.then(|| about.inputs()).unzip();
    Ok(Some(Student {
        goals: about.goals(),
        visits: about.visits(),
        statement: sees_statement.then(|| about.text(kinds::STATEMENT, statement_of(id), &STATEMENT_FIELDS)),
        input,
        later: later.unwrap_or_default(),
        attempts: about.attempts(),
        requests: requests(|kind| about.of(kind).collect(), &about.names, &about.pending),
        meetings: about.meetings(&card.name),
        team: about.team(now),
        mine: Mine { roles: card.roles.clone() },
        student: card,
    }))
}

/// Everything about one student, and who reads it.
struct About<'a> {
    me: &'a Person,
    student: RecordId,
    records: home::About,
    names: Names,
    pending: BTreeSet<OperationId>,
}

impl About<'_> {
    fn of(&self, kind: Kind) -> impl Iterator<Item = (RecordId, &Record)> {
        self.records.iter().filter(move |((of, _), _)| *of == kind).map(|((_, id), record)| (*id, record))
    }

    fn goals(&self) -> Vec<Goal> {
        let mut goals: Vec<(RecordId, &Record)> = self.of(kinds::GOAL).collect();
        goals.sort_by_key(|(id, goal)| (goal.made.at, *id));
        goals
            .into_iter()
            .filter_map(|(id, goal)| {
                let points: Vec<_> = self.of(kinds::POINT).filter(|(_, point)| point.parent == Some(id.0)).collect();
                progress::goal(id, goal, &points, &self.names, &self.pending)
            })
            .collect()
    }

    fn visits(&self) -> Vec<Visit> {
        let corrected = superseded(&self.of(kinds::VISIT).collect::<Vec<_>>());
        let mut points = self.points_taken();
        let mut visits: Vec<Visit> = self.of(kinds::VISIT).filter_map(|(id, visit)| self.visit(id, visit)).collect();
        for visit in &mut visits {
            visit.corrected = corrected.contains(&visit.id);
            visit.points = points.remove(&visit.id).unwrap_or_default();
        }
        visits.sort_by_key(|visit| (std::cmp::Reverse(visit.started_at), visit.id));
        visits
    }

    fn visit(&self, id: RecordId, visit: &Record) -> Option<Visit> {
        let started_at = Micros(visit.field("startedAt").as_i64()?).millis();
        let ended_at = Micros(visit.field("endedAt").as_i64()?).millis();
        Some(Visit {
            id,
            service: visit.text("service").to_owned(),
            started_at,
            ended_at,
            minutes: (ended_at - started_at) / 60_000,
            note: visit.text("note").to_owned(),
            attendance: visit.text("attendance").to_owned(),
            by: self.names.author(visit.made.by),
            mine: visit.made.by == self.me.person,
            pending: self.pending.contains(&visit.made.op),
            points: Vec::new(),
            amends: visit.text("amends").parse().ok(),
            corrected: false,
        })
    }

    /// The data points that were taken in a visit, by visit.
    fn points_taken(&self) -> BTreeMap<RecordId, Vec<PointTaken>> {
        let mut by_visit: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (_, point) in self.of(kinds::POINT) {
            let score = serde_json::from_value(Value::Object(point.fields.clone()));
            if let (Some(goal), Ok(visit), Ok(score)) = (point.parent, point.text("visit").parse(), score) {
                by_visit.entry(visit).or_default().push(PointTaken { goal: RecordId(goal), score });
            }
        }
        by_visit
    }

    fn text(&self, kind: Kind, id: RecordId, fields: &[&'static str]) -> Text {
        let record = self.records.get(&(kind, id));
        let text = |field| record.map_or("", |record| record.text(field)).to_owned();
        let is_pending = |record: &Record, field: &str| {
            let voices = record.open.get(field).into_iter().flatten();
            let written = record.fields.contains_key(field) && self.pending.contains(&record.stamp_of(field).op);
            written || voices.into_iter().any(|voice| self.pending.contains(&voice.stamp.op))
        };
        let pending = record.into_iter().flat_map(|record| {
            let all = fields.iter().copied().chain(["submittedAt"]);
            all.filter(move |field| is_pending(record, field)).map(str::to_owned)
        });
        let conflicts = record.into_iter().flat_map(|record| &record.open);
        Text {
            id,
            texts: fields.iter().map(|field| (*field, text(field))).collect(),
            submitted_at: record.and_then(|record| record.field("submittedAt").as_i64()).map(|at| Micros(at).millis()),
            pending: pending.collect(),
            conflicts: conflicts.map(|(field, voices)| self.conflict(field, voices)).collect(),
        }
    }

    fn conflict(&self, field: &str, voices: &[Alternative]) -> Conflict {
        let version = |voice: &Alternative| Version {
            id: voice.stamp.op,
            by: self.names.author(voice.stamp.by),
            at: voice.stamp.at.millis(),
            value: voice.value.as_str().unwrap_or_default().to_owned(),
        };
        let base = voices.iter().find_map(|voice| voice.saw.as_ref()?.as_str()).map(str::to_owned);
        Conflict { field: field.to_owned(), base, alternatives: voices.iter().map(version).collect() }
    }

    /// The input that is being written, or once nothing is, the one handed in last; and what
    /// was begun after it, while its handing in was thought to be done.
    fn inputs(&self) -> (Text, Vec<Text>) {
        let nth = |n| input_of(self.student, self.me.person, n);
        let found = |id| self.records.get(&(kinds::INPUT, id));
        let to_write =
            input_to_write(self.student, self.me.person, |id| Ok::<_, Infallible>(found(id).is_some_and(is_handed_in)));
        let Ok(to_write) = to_write;
        let text = |id| self.text(kinds::INPUT, id, &INPUT_FIELDS);
        let mine = self.of(kinds::INPUT).filter(|(_, input)| input.made.by == self.me.person);
        let begun = mine.filter(|(id, input)| *id != nth(to_write) && !is_handed_in(input));
        let later: Vec<Text> = begun.map(|(id, _)| text(id)).collect();
        let is_done = found(nth(to_write)).is_none() && later.is_empty();
        (text(nth(if is_done { to_write.saturating_sub(1) } else { to_write })), later)
    }

    fn attempts(&self) -> Vec<Attempt> {
        let all: Vec<(RecordId, &Record)> = self.of(kinds::ATTEMPT).collect();
        let corrected: BTreeSet<&str> = all.iter().map(|(_, attempt)| attempt.text("amends")).collect();
        let stands = all.iter().filter(|(id, _)| !corrected.contains(id.to_string().as_str()));
        let mut attempts: Vec<Attempt> = stands.filter_map(|(id, attempt)| self.attempt(*id, attempt)).collect();
        attempts.sort_by_key(|attempt| (std::cmp::Reverse(attempt.at), attempt.id));
        attempts
    }

    fn attempt(&self, id: RecordId, attempt: &Record) -> Option<Attempt> {
        let text = |field| attempt.text(field).to_owned();
        Some(Attempt {
            id,
            person: self.names.author(attempt.text("person").parse().ok()?),
            at: Micros(attempt.field("at").as_i64()?).millis(),
            channel: text("channel"),
            language: text("language"),
            reached: text("reached"),
            meeting: attempt.parent.map(RecordId),
            note: text("note"),
            by: self.names.author(attempt.made.by),
            pending: self.pending.contains(&attempt.made.op),
            amends: attempt.text("amends").parse().ok(),
        })
    }

    fn meetings(&self, student_name: &str) -> Vec<Invitation> {
        let reader = Reader { me: self.me, student: self.student, student_name, pending: &self.pending };
        let answers: Vec<_> = self.of(kinds::ANSWER).collect();
        let mut meetings: Vec<Invitation> = self
            .of(kinds::MEETING)
            .filter_map(|(id, meeting)| {
                let to_it = answers.iter().filter(|(_, answer)| answer.parent == Some(id.0)).copied();
                reader.show(id, meeting, &to_it.collect::<Vec<_>>())
            })
            .collect();
        meetings.sort_by_key(|meeting| (meeting.starts_at, meeting.meeting));
        meetings
    }

    fn team(&self, now: Micros) -> Vec<Member> {
        let members = self.of(kinds::MEMBER).filter(|(_, member)| home::is_member(member, now));
        let mut team: Vec<Member> = members
            .filter_map(|(_, member)| {
                let service = member.field("service").as_str().map(str::to_owned);
                Some(Member {
                    person: member.text("person").parse().ok()?,
                    name: member.text("name").to_owned(),
                    role: Role { role: member.text("role").to_owned(), service },
                })
            })
            .collect();
        team.sort_by(|a, b| (&a.role, &a.name).cmp(&(&b.role, &b.name)));
        team
    }
}

/// Everybody who was ever on the team, and the reader.
fn names(records: &home::About, me: &Person) -> Names {
    let members = records.iter().filter(|((kind, _), _)| *kind == kinds::MEMBER);
    let named =
        members.filter_map(|(_, member)| Some((member.text("person").parse().ok()?, member.text("name").to_owned())));
    named.chain([(me.person, me.name.clone())]).collect()
}
