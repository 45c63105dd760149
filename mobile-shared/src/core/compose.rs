//! Makes an operation of what a person wants done: looks up what the screen does not know,
//! such as the base of an edit, and says at once what makes no sense.

use crate::{
    error::Result,
    event::{Intent, PointTaken, SeenVersion},
    store::{
        meta::Person,
        outbox,
        records::{self, Place},
    },
};
use diesel::SqliteConnection;
use domain::{
    Fault,
    contact::LogAttempt,
    family::{EditInput, EditStatement, Resolve, SubmitInput, input_of, input_to_write, is_handed_in, statement_of},
    kinds,
    meeting::{AnswerMeeting, MOST_REPLACED, MeetingTime, standing},
    record_request::{AskForHearing, AskOfRecord, StateDisagreement},
    visit::{LogVisit, TakenPoint},
};
use serde_json::Value;
use sync::{
    AgencyId, Change, IdSource, Kind, Micros, OperationId, Record, RecordId,
    operation::{Base, Operation, Shown},
    replica::overlay::{Next, next},
    value::ValueHash,
    verdict::Code,
};

/// What becomes of an intent.
#[derive(Debug)]
pub(crate) enum Composed {
    /// An operation of its own.
    New(domain::Intent),
    /// An unsent edit of the same field, written anew.
    Instead(OperationId, domain::Intent),
    /// It makes no sense.
    Refused(Fault),
}

impl From<Fault> for Composed {
    fn from(fault: Fault) -> Self {
        Self::Refused(fault)
    }
}

/// What composing looks at.
pub(crate) struct Composer<'a> {
    pub(crate) db: &'a mut SqliteConnection,
    pub(crate) me: &'a Person,
    pub(crate) ids: &'a mut IdSource,
    /// The parked operation that this one is sent instead of: it keeps its records' ids.
    pub(crate) replaced: Option<Operation>,
}

impl Composer<'_> {
    fn agency(&self) -> AgencyId {
        self.me.agency.id
    }

    fn shown(&mut self, kind: &Kind, id: RecordId) -> Result<Option<Record>> {
        records::shown(self.db, &Place { agency: self.me.agency.id, kind: kind.clone(), id })
    }

    /// Composes, and checks what comes of it.
    pub(crate) fn compose(&mut self, intent: Intent) -> Result<Composed> {
        let composed = match intent {
            Intent::LogVisit { visit, student, service, started_at, ended_at, attendance, note, points, amends } => {
                let before = self.replaced_as();
                let visit = visit.or_else(|| before.as_ref().map(|before: &LogVisit| before.visit));
                let known = before.map(|before| before.points).unwrap_or_default();
                Composed::New(domain::Intent::from(LogVisit {
                    visit: visit.unwrap_or_else(|| self.ids.mint()),
                    student,
                    service,
                    started_at: Micros::from_millis(started_at),
                    ended_at: Micros::from_millis(ended_at),
                    attendance,
                    note,
                    points: self.points(points, &known),
                    amends,
                }))
            }
            Intent::LogAttempt { student, person, at, channel, language, reached, meeting, note, amends } => {
                let before: Option<LogAttempt> = self.replaced_as();
                let attempt = before.map_or_else(|| self.ids.mint(), |before| before.attempt);
                let at = Micros::from_millis(at);
                Composed::New(
                    LogAttempt { attempt, student, person, at, channel, language, reached, meeting, note, amends }
                        .into(),
                )
            }
            Intent::EditInput { student, field, value, saw } => {
                let input = self.input(student)?;
                let (instead, base) = self.base(&kinds::INPUT, input, &field, saw)?;
                edit(instead, EditInput { input, student, field, base, value })
            }
            Intent::SubmitInput { student } => {
                let input = self.input(student)?;
                Composed::New(SubmitInput { input, student }.into())
            }
            Intent::EditStatement { student, field, value, saw } => {
                let (instead, base) = self.base(&kinds::STATEMENT, statement_of(student), &field, saw)?;
                edit(instead, EditStatement { student, field, base, value })
            }
            Intent::AnswerMeeting { meeting, revision, answer, note } => {
                let Some(found) = self.shown(&kinds::MEETING, meeting)? else { return Ok(not_found("meeting")) };
                let (Some(student), Some(time)) = (found.subject.map(RecordId), MeetingTime::of(&found)) else {
                    return Ok(not_found("meeting"));
                };
                let before: Option<AnswerMeeting> = self.replaced_as();
                let id = before.map_or_else(|| self.ids.mint(), |before| before.id);
                let replaces = self.standing_answers(student, meeting)?;
                let revision = revision.unwrap_or(time.revision);
                let seen = (revision == time.revision).then(|| found.hash_of("time"));
                Composed::New(AnswerMeeting { id, meeting, student, revision, seen, replaces, answer, note }.into())
            }
            Intent::AskOfRecord { student, asks, words, instead, contests } => {
                let before: Option<AskOfRecord> = self.replaced_as();
                let request = before.map_or_else(|| self.ids.mint(), |before| before.request);
                Composed::New(AskOfRecord { request, student, asks, words, instead, contests }.into())
            }
            Intent::AskForHearing { request } => {
                let Some(student) = self.asked_about(request)? else { return Ok(not_found("request")) };
                Composed::New(AskForHearing { request, student }.into())
            }
            Intent::StateDisagreement { request, words } => {
                let Some(student) = self.asked_about(request)? else { return Ok(not_found("request")) };
                let before: Option<StateDisagreement> = self.replaced_as();
                let disagreement = before.map_or_else(|| self.ids.mint(), |before| before.disagreement);
                Composed::New(StateDisagreement { disagreement, request, student, words }.into())
            }
            Intent::Resolve { kind, record, field, saw, value } => {
                let found = self.shown(&Kind::from(kind.clone()), record)?;
                let Some(student) = found.and_then(|found| found.subject).map(RecordId) else {
                    return Ok(not_found("record"));
                };
                let before: Option<Resolve> = self.replaced_as();
                // Said again it has still seen no more than the first time.
                let saw = before.map_or_else(|| saw.iter().map(shown).collect(), |before| before.saw);
                Composed::New(Resolve { kind, record, student, field, saw, value: value.into() }.into())
            }
        };
        self.check(composed)
    }

    /// Checks it as the server will, and that the student and what it refers to are here.
    fn check(&mut self, composed: Composed) -> Result<Composed> {
        let (Composed::New(intent) | Composed::Instead(_, intent)) = &composed else { return Ok(composed) };
        if let Err(fault) = intent.check() {
            return Ok(fault.into());
        }
        if self.shown(&kinds::STUDENT, intent.student())?.is_none() {
            return Ok(not_found("student"));
        }
        let mut there = Vec::new();
        for (kind, id) in intent.refers() {
            let Some(record) = self.shown(&kind, id)? else { return Ok(not_found(kind.name())) };
            there.push((kind, id, record));
        }
        let present = |kind: &Kind, id: RecordId| {
            there.iter().find(|(k, i, _)| (k, *i) == (kind, id)).map(|(.., record)| record.clone())
        };
        match intent.objection(&present) {
            Some(code) => Ok(Fault { code, field: String::new() }.into()),
            None => Ok(composed),
        }
    }

    /// The student whose record a request is about.
    fn asked_about(&mut self, request: RecordId) -> Result<Option<RecordId>> {
        Ok(self.shown(&kinds::REQUEST, request)?.and_then(|request| request.subject).map(RecordId))
    }

    /// How an edit of a field is written: over what its form showed, or after the person's own.
    fn base(
        &mut self,
        kind: &Kind,
        id: RecordId,
        field: &str,
        saw: Option<String>,
    ) -> Result<(Option<OperationId>, Base)> {
        // A refused edit is shown alone: what stands there now was on no form of it.
        if let Some(base) = self.replaced_base((kind, id), field).filter(|_| saw.is_none()) {
            return Ok((None, self.still_known(base)?));
        }
        let place = Place { agency: self.agency(), kind: kind.clone(), id };
        let own = outbox::own_edit(self.db, &place, field)?;
        let shown = records::shown(self.db, &place)?;
        let form = saw.clone().map(Value::String);
        Ok(match next(shown.as_ref(), field, self.me.person, own, form.as_ref()) {
            Next::New(Base::Seen { seen, text: Some(there) }) => match saw.filter(|saw| *saw != there) {
                // The form stood open while other words came: these were not seen. Where nothing
                // stands yet there is nothing of the kind: it may have shown the input before this.
                Some(saw) => (None, self.seen_before(&place, field, saw)?),
                None => (None, Base::Seen { seen, text: Some(there) }),
            },
            Next::New(base) => (None, base),
            // A resent edit is an operation of its own.
            Next::Instead { of, .. } if self.replaced.is_some() => (None, Base::After { after: of }),
            Next::Instead { of, base } => (Some(of), base),
        })
    }

    /// The base of an edit of a text that stood there before: the person's own words, which may
    /// never have stood alone there, or what the server once said.
    fn seen_before(&mut self, place: &Place, field: &str, saw: String) -> Result<Base> {
        if let Some(after) = outbox::own_words(self.db, place, field, &saw)? {
            return Ok(Base::After { after });
        }
        Ok(match saw.is_empty() {
            true => nothing(),
            false => Base::Seen { seen: ValueHash::of_text(&saw), text: Some(saw) },
        })
    }

    /// The input that this guardian writes: the same record on all their phones.
    fn input(&mut self, student: RecordId) -> Result<RecordId> {
        let guardian = self.me.person;
        let is_given = |input| Ok(self.shown(&kinds::INPUT, input)?.as_ref().is_some_and(is_handed_in));
        input_to_write(student, guardian, is_given).map(|nth| input_of(student, guardian, nth))
    }

    /// The answers of this person that stand: one, or more where two devices did not know of each
    /// other.
    fn standing_answers(&mut self, student: RecordId, meeting: RecordId) -> Result<Vec<RecordId>> {
        let about = records::about(self.db, self.agency(), student)?;
        let mine: Vec<(RecordId, &Record)> = about
            .iter()
            .filter(|((kind, _), answer)| *kind == kinds::ANSWER && answer.parent == Some(meeting.0))
            .filter(|(_, answer)| answer.made.by == self.me.person)
            .map(|((_, id), answer)| (*id, answer))
            .collect();
        Ok(standing(&mine).standing.into_iter().rev().take(MOST_REPLACED).map(|(id, _)| id).collect())
    }

    fn points(&mut self, taken: Vec<PointTaken>, known: &[TakenPoint]) -> Vec<TakenPoint> {
        let ids = known.iter().map(|point| Some(point.id)).chain(std::iter::repeat(None));
        taken
            .into_iter()
            .zip(ids)
            .map(|(point, id)| TakenPoint {
                id: id.unwrap_or_else(|| self.ids.mint()),
                goal: point.goal,
                score: point.score,
            })
            .collect()
    }

    /// What the form showed in which a refused edit was first written: nothing of this record, if that
    /// was of another, such as the input before this one.
    fn replaced_base(&self, at: (&Kind, RecordId), edited: &str) -> Option<Base> {
        let before = domain::Intent::read(self.replaced.as_ref()?).ok()?;
        before.changes(Micros::default()).into_iter().find_map(|change| match change {
            Change::Edit { ref kind, id, field, base, .. } if kind == at.0 && field == edited => {
                Some(if id == at.1 { base } else { nothing() })
            }
            _ => None,
        })
    }

    /// A base that the server can follow: of one's own earlier edit that came to nothing, or is gone
    /// from here, nobody can say what it stands for.
    fn still_known(&mut self, base: Base) -> Result<Base> {
        Ok(match base {
            Base::After { after } if !outbox::stands(self.db, after)? => Base::Unknown,
            base => base,
        })
    }

    /// What is replaced, read as the same intention.
    fn replaced_as<T: serde::de::DeserializeOwned>(&self) -> Option<T> {
        domain::check::read(&self.replaced.as_ref()?.body).ok()
    }
}

fn edit(instead: Option<OperationId>, intent: impl Into<domain::Intent>) -> Composed {
    match instead {
        Some(of) => Composed::Instead(of, intent.into()),
        None => Composed::New(intent.into()),
    }
}

/// What its author meant by an operation, as a screen would say it: to be changed and sent
/// again. `None` for what no phone does.
pub(crate) fn meant(intent: domain::Intent) -> Option<Intent> {
    use domain::Intent as Done;
    Some(match intent {
        Done::LogVisit(visit) => Intent::LogVisit {
            visit: Some(visit.visit),
            student: visit.student,
            service: visit.service,
            started_at: visit.started_at.millis(),
            ended_at: visit.ended_at.millis(),
            attendance: visit.attendance,
            note: visit.note,
            points: visit.points.into_iter().map(|TakenPoint { goal, score, .. }| PointTaken { goal, score }).collect(),
            amends: visit.amends,
        },
        Done::LogAttempt(LogAttempt {
            student, person, at, channel, language, reached, meeting, note, amends, ..
        }) => {
            let at = at.millis();
            Intent::LogAttempt { student, person, at, channel, language, reached, meeting, note, amends }
        }
        Done::EditInput(EditInput { student, field, value, .. }) => {
            Intent::EditInput { student, field, value, saw: None }
        }
        Done::SubmitInput(SubmitInput { student, .. }) => Intent::SubmitInput { student },
        Done::EditStatement(EditStatement { student, field, value, .. }) => {
            Intent::EditStatement { student, field, value, saw: None }
        }
        Done::AnswerMeeting(AnswerMeeting { meeting, revision, answer, note, .. }) => {
            Intent::AnswerMeeting { meeting, revision: Some(revision), answer, note }
        }
        Done::AskOfRecord(AskOfRecord { student, asks, words, instead, contests, .. }) => {
            Intent::AskOfRecord { student, asks, words, instead, contests }
        }
        Done::AskForHearing(AskForHearing { request, .. }) => Intent::AskForHearing { request },
        Done::StateDisagreement(StateDisagreement { request, words, .. }) => {
            Intent::StateDisagreement { request, words }
        }
        // Of what it saw only the hashes are known; they stay with it.
        Done::Resolve(Resolve { kind, record, field, value, .. }) => {
            let value = value.as_str().unwrap_or_default().to_owned();
            Intent::Resolve { kind, record, field, saw: Vec::new(), value }
        }
        _ => return None,
    })
}

/// Of whoever saw an empty field.
fn nothing() -> Base {
    Base::Seen { seen: ValueHash::of(&Value::Null), text: None }
}

fn shown(version: &SeenVersion) -> Shown {
    Shown { op: version.id, seen: ValueHash::of_text(&version.value) }
}

fn not_found(field: &str) -> Composed {
    Composed::Refused(Fault { code: Code::NotFound, field: field.to_owned() })
}
