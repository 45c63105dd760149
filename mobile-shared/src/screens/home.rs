//! `{"screen":"home"}`: the students this person works or lives with, and what they are
//! invited to.
//!
//! ```json
//! {"role":"parent"|"provider"|…,
//!  "students":[{"agency","agencyName","id","name","givenName","grade","school",
//!    "roles":[{"role","service"}],"lastVisit","nextMeeting","conflicts":0,"filling":false}],
//!  "invitations":[… see meeting …], "unsent":0, "parked":0, "lastContact":null|ms,
//!  "online":true}
//! ```
//! `filling`: not all of this student's data is here yet. `invitations`: to come, soonest
//! first.

use super::{
    Role,
    meeting::{Invitation, Reader, invites},
    session,
};
use crate::{
    Core, Result,
    store::{
        meta::{Account, Contact, Meta as _, Person},
        outbox, records, rounds,
    },
};
use diesel::SqliteConnection;
use domain::{kinds, meeting::MeetingTime};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use sync::{AgencyId, Kind, Micros, Record, RecordId};

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
    /// Whether there is a network.
    pub online: bool,
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
}

pub(crate) fn read(core: &mut Core) -> Result<Home> {
    let Some((account, db, link)) = core.copy() else { return Ok(Home::default()) };
    let contact = Contact::find(db)?;
    let now = contact.as_ref().map_or(link.now, |contact| contact.server(link.now));
    let everybody = Everybody::load(db)?;
    let students = everybody.cards(account, now);
    let pending = outbox::pending(db)?;
    let mut invitations = Vec::new();
    for ((agency, id), meeting) in everybody.of(kinds::MEETING) {
        let Some(me) = account.in_agency(*agency) else { continue };
        let Some(student) = meeting.subject.map(RecordId) else { continue };
        let card = students.iter().find(|card| (card.agency, card.id) == (*agency, student));
        let (Some(card), true) = (card, invites(meeting, me.person) && is_to_come(meeting, now)) else { continue };
        let reader = Reader { agency: *agency, me: me.person, student, student_name: &card.name, pending: &pending };
        invitations.extend(reader.show(*id, meeting, &everybody.answers_to(*agency, *id)));
    }
    invitations.sort_by_key(|invitation| (invitation.starts_at, invitation.meeting));
    Ok(Home {
        role: session::roles(account).into_iter().next().unwrap_or_default(),
        students,
        invitations,
        unsent: outbox::unsent(db)?,
        parked: outbox::parked(db)?,
        last_contact: contact.and_then(|contact| contact.last).map(Micros::millis),
        online: link.online,
    })
}

/// What the cards are made of.
struct Everybody {
    kinds: BTreeMap<Kind, BTreeMap<(AgencyId, RecordId), Record>>,
    last_visits: BTreeMap<(AgencyId, RecordId), Micros>,
    filling: BTreeSet<(AgencyId, RecordId)>,
}

impl Everybody {
    fn load(db: &mut SqliteConnection) -> Result<Self> {
        let wanted = [kinds::STUDENT, kinds::MEMBER, kinds::MEETING, kinds::ANSWER, kinds::STATEMENT, kinds::INPUT];
        let mut kinds = BTreeMap::new();
        for kind in wanted {
            let records = records::of_kind(db, &kind)?;
            kinds.insert(kind, records);
        }
        let filling = rounds::filling(db)?.into_iter();
        let filling =
            filling.filter_map(|scope| Some((scope.agency, domain::scope::student_of(&scope.path)?))).collect();
        Ok(Self { kinds, last_visits: records::latest(db, &kinds::VISIT, "startedAt")?, filling })
    }

    fn of(&self, kind: Kind) -> impl Iterator<Item = (&(AgencyId, RecordId), &Record)> {
        self.kinds.get(&kind).into_iter().flatten()
    }

    fn about(&self, kind: Kind, agency: AgencyId, student: RecordId) -> impl Iterator<Item = &Record> {
        self.of(kind)
            .filter(move |((of, _), record)| *of == agency && record.subject == Some(student.0))
            .map(|(_, record)| record)
    }

    fn answers_to(&self, agency: AgencyId, meeting: RecordId) -> Vec<(RecordId, &Record)> {
        self.of(kinds::ANSWER)
            .filter(|((of, _), answer)| *of == agency && answer.parent == Some(meeting.0))
            .map(|((_, id), answer)| (*id, answer))
            .collect()
    }

    fn cards(&self, account: &Account, now: Micros) -> Vec<Card> {
        let mut cards: Vec<Card> = self
            .of(kinds::STUDENT)
            .filter_map(|((agency, id), student)| Some(self.card(account.in_agency(*agency)?, *id, student, now)))
            .collect();
        cards.sort_by_key(|card| (card.name.to_lowercase(), card.id));
        cards
    }

    fn card(&self, me: &Person, id: RecordId, student: &Record, now: Micros) -> Card {
        let agency = me.agency.id;
        let meetings = self.about(kinds::MEETING, agency, id).filter(|meeting| is_to_come(meeting, now));
        let starts = meetings.filter_map(|meeting| MeetingTime::of(meeting).map(|time| time.starts_at));
        let written = self.about(kinds::STATEMENT, agency, id).chain(self.about(kinds::INPUT, agency, id));
        Card {
            agency,
            agency_name: me.agency.name.clone(),
            id,
            name: student.text("name").to_owned(),
            given_name: student.text("givenName").to_owned(),
            grade: student.field("grade").as_str().map(str::to_owned),
            school: student.field("school").as_str().map(str::to_owned),
            roles: roles(self.about(kinds::MEMBER, agency, id), me, now),
            last_visit: self.last_visits.get(&(agency, id)).map(|at| at.millis()),
            next_meeting: starts.min().map(Micros::millis),
            conflicts: written.map(|record| record.open.len()).sum(),
            filling: self.filling.contains(&(agency, id)),
        }
    }
}

/// The card of one student, and what it was made with.
pub(crate) fn card(db: &mut SqliteConnection, me: &Person, id: RecordId, now: Micros) -> Result<Option<Card>> {
    let everybody = Everybody::load(db)?;
    let student = everybody.of(kinds::STUDENT).find(|(key, _)| **key == (me.agency.id, id));
    Ok(student.map(|(_, student)| everybody.card(me, id, student, now)))
}

/// What a person is to a student now.
pub(crate) fn roles<'a>(members: impl Iterator<Item = &'a Record>, me: &Person, now: Micros) -> Vec<Role> {
    let mut roles: Vec<Role> = members
        .filter(|member| is_member(member, now) && member.text("person") == me.person.to_string())
        .map(|member| Role {
            role: member.text("role").to_owned(),
            service: member.field("service").as_str().map(str::to_owned),
        })
        .collect();
    roles.sort();
    roles.dedup();
    roles
}

/// Whether a place on the team has not ended.
pub(crate) fn is_member(member: &Record, now: Micros) -> bool {
    member.field("until").as_i64().is_none_or(|until| until > now.0)
}

fn is_to_come(meeting: &Record, now: Micros) -> bool {
    MeetingTime::of(meeting).is_some_and(|time| time.ends_at > now)
}
