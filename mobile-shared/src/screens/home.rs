//! `{"screen":"home"}`: the students this person works or lives with, and what they are
//! invited to.
//!
//! ```json
//! {"role":"parent"|"provider"|…,
//!  "students":[{"agency","agencyName","id","name","givenName","grade","school",
//!    "roles":[{"role","service"}],"lastVisit","nextMeeting","conflicts":0,"filling":false,
//!    "begun":false}],
//!  "invitations":[… see meeting …], "unsent":0, "parked":0, "lastContact":null|ms,
//!  "fetching":null|{"students":3,"records":410}, "online":true}
//! ```
//! `filling`: not all of this student's data is here yet. `begun`: there is a draft.
//! `invitations`: to come, soonest first. `fetching`: something that this person may see has
//! yet to arrive; how much is here so far. Until then this copy cannot say that there is
//! nothing.

use super::{
    Role,
    meeting::{self, Invitation, invites},
    session,
};
use crate::{
    Core, Result,
    store::{
        draft,
        meta::{Contact, Meta as _, Person},
        outbox, records, rounds,
    },
};
use diesel::SqliteConnection;
use domain::{kinds, meeting::MeetingTime, scope};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use sync::{AgencyId, Kind, Micros, OperationId, Record, RecordId};

/// The home screen.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Home {
    /// How to greet this person.
    pub role: String,
    /// The students, by name.
    pub students: Vec<Card>,
    /// Meetings to come, soonest first.
    pub invitations: Vec<Invitation>,
    /// How much the server does not have yet.
    pub unsent: i64,
    /// How much waits for its author.
    pub parked: i64,
    /// When a round was last complete, epoch ms.
    pub last_contact: Option<i64>,
    /// What is here so far, while not all is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fetching: Option<Fetching>,
    /// Whether there is a network.
    pub online: bool,
}

/// How far a copy has come that is not whole yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Fetching {
    /// Students whose card is here.
    pub students: usize,
    /// Records of any kind.
    pub records: i64,
}

/// A student, at a glance.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// In which agency.
    pub agency: AgencyId,
    /// What it is called.
    pub agency_name: String,
    /// The student.
    pub id: RecordId,
    /// The whole name.
    pub name: String,
    /// The first name.
    pub given_name: String,
    /// The grade, as the roster writes it.
    pub grade: Option<String>,
    /// The school's name.
    pub school: Option<String>,
    /// What the reader is to the student.
    pub roles: Vec<Role>,
    /// When the last visit began, epoch ms.
    pub last_visit: Option<i64>,
    /// When the next meeting begins, epoch ms.
    pub next_meeting: Option<i64>,
    /// How many fields wait for a choice.
    pub conflicts: usize,
    /// Not all of the data is here yet.
    pub filling: bool,
    /// Something about the student was begun and not done.
    pub begun: bool,
}

pub(crate) fn read(core: &mut Core) -> Result<Home> {
    let Some((account, db, link)) = core.copy() else { return Ok(Home::default()) };
    let contact = Contact::find(db)?;
    let now = contact.as_ref().map_or(link.now, |contact| contact.server(link.now));
    let pending = outbox::pending(db)?;
    let filling = filling(db)?;
    let last = contact.and_then(|contact| contact.last);
    let whole = last.is_some() && rounds::filling(db)?.is_empty();
    let begun = draft::begun(db)?;
    let last_visits = records::latest(db, &kinds::VISIT, "startedAt")?;
    let by_student = by_student(db)?;
    let mut held: BTreeMap<AgencyId, BTreeSet<String>> = BTreeMap::new();
    for (agency, _) in by_student.keys() {
        if !held.contains_key(agency) {
            held.insert(*agency, rounds::held(db, *agency)?);
        }
    }
    let (mut students, mut invitations) = (Vec::new(), Vec::new());
    for (key @ (agency, id), about) in &by_student {
        let Some(me) = account.in_agency(*agency) else { continue };
        let notified = held.get(agency).is_some_and(|held| held.contains(&scope::path::notices(*id)));
        let reader = Reader { me, student: *id, now, about, notified };
        let last_visit = last_visits.get(key).copied();
        let Some(mut card) = reader.card(last_visit, filling.contains(key)) else { continue };
        card.begun = begun.contains(key);
        invitations.extend(reader.invitations(&card.name, &pending));
        students.push(card);
    }
    students.sort_by_key(|card| (card.name.to_lowercase(), card.id));
    invitations.sort_by_key(|invitation| (invitation.starts_at, invitation.meeting));
    let fetching = if whole { None } else { Some(Fetching { students: students.len(), records: records::count(db)? }) };
    Ok(Home {
        role: session::roles(account).into_iter().next().unwrap_or_default(),
        students,
        invitations,
        unsent: outbox::unsent(db)?,
        parked: outbox::parked(db)?,
        last_contact: last.map(Micros::millis),
        fetching,
        online: link.online,
    })
}

/// What a parent is to a student who is of age: on no team list, and still sent notices.
const NOTIFIED: &str = "notified";

/// Records about one student, by kind and id.
pub(crate) type About = BTreeMap<(Kind, RecordId), Record>;

/// What cards and invitations are made of: not the visits and points, which are many.
fn by_student(db: &mut SqliteConnection) -> Result<BTreeMap<(AgencyId, RecordId), About>> {
    let mut all: BTreeMap<_, About> = BTreeMap::new();
    for kind in [kinds::STUDENT, kinds::MEMBER, kinds::MEETING, kinds::ANSWER, kinds::STATEMENT, kinds::INPUT] {
        for ((agency, id), record) in records::of_kind(db, &kind)? {
            let Some(student) = record.subject.map(RecordId) else { continue };
            all.entry((agency, student)).or_default().insert((kind.clone(), id), record);
        }
    }
    Ok(all)
}

/// The students of whom not all is here.
pub(crate) fn filling(db: &mut SqliteConnection) -> Result<BTreeSet<(AgencyId, RecordId)>> {
    let scopes = rounds::filling(db)?.into_iter();
    Ok(scopes.filter_map(|scope| Some((scope.agency, scope::student_of(&scope.path)?))).collect())
}

/// Somebody who looks at one student.
pub(crate) struct Reader<'a> {
    pub(crate) me: &'a Person,
    pub(crate) student: RecordId,
    pub(crate) now: Micros,
    pub(crate) about: &'a About,
    /// Is sent notices about them, and no more: the student is of age.
    pub(crate) notified: bool,
}

impl Reader<'_> {
    fn of(&self, kind: Kind) -> impl Iterator<Item = (RecordId, &Record)> {
        self.about.iter().filter(move |((of, _), _)| *of == kind).map(|((_, id), record)| (*id, record))
    }

    /// The student at a glance, if there is one.
    pub(crate) fn card(&self, last_visit: Option<Micros>, filling: bool) -> Option<Card> {
        let student = self.about.get(&(kinds::STUDENT, self.student))?;
        let meetings = self.of(kinds::MEETING).filter(|(_, meeting)| self.is_to_come(meeting));
        let starts = meetings.filter_map(|(_, meeting)| MeetingTime::of(meeting).map(|time| time.starts_at));
        let written = self.of(kinds::STATEMENT).chain(self.of(kinds::INPUT));
        Some(Card {
            agency: self.me.agency.id,
            agency_name: self.me.agency.name.clone(),
            id: self.student,
            name: student.text("name").to_owned(),
            given_name: student.text("givenName").to_owned(),
            grade: student.field("grade").as_str().map(str::to_owned),
            school: student.field("school").as_str().map(str::to_owned),
            roles: self.roles(),
            last_visit: last_visit.map(Micros::millis),
            next_meeting: starts.min().map(Micros::millis),
            conflicts: written.map(|(_, record)| record.open.len()).sum(),
            filling,
            begun: false,
        })
    }

    fn invitations(&self, student_name: &str, pending: &BTreeSet<OperationId>) -> Vec<Invitation> {
        let (me, student) = (self.me, self.student);
        let reader = meeting::Reader { me, student, student_name, pending };
        self.of(kinds::MEETING)
            .filter(|(_, meeting)| invites(meeting, me.person) && self.is_to_come(meeting))
            .filter_map(|(id, meeting)| {
                let answers = self.of(kinds::ANSWER).filter(|(_, answer)| answer.parent == Some(id.0));
                reader.show(id, meeting, &answers.collect::<Vec<_>>())
            })
            .collect()
    }

    /// What the reader is to the student now.
    fn roles(&self) -> Vec<Role> {
        let me = self.me.person.to_string();
        let places = self.of(kinds::MEMBER).filter(|(_, member)| is_member(member, self.now));
        let mine = places.filter(|(_, member)| member.text("person") == me);
        let mut roles: Vec<Role> = mine
            .map(|(_, member)| Role {
                role: member.text("role").to_owned(),
                service: member.field("service").as_str().map(str::to_owned),
            })
            .collect();
        if self.notified {
            roles.push(Role { role: NOTIFIED.to_owned(), service: None });
        }
        roles.sort();
        roles.dedup();
        roles
    }

    fn is_to_come(&self, meeting: &Record) -> bool {
        MeetingTime::of(meeting).is_some_and(|time| time.ends_at > self.now)
    }
}

/// Whether a place on the team has begun and not ended.
pub(crate) fn is_member(member: &Record, now: Micros) -> bool {
    let moment = |field| member.field(field).as_i64();
    moment("from").is_none_or(|from| from <= now.0) && moment("until").is_none_or(|until| until > now.0)
}
