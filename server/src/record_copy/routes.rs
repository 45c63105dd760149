//! `POST /record/copy`: a child's record as one package. Outside GraphQL, which carries no files.

use axum::Router;
use axum::extract::rejection::JsonRejection;
use axum::extract::{DefaultBodyLimit, Json, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use chrono::{DateTime, NaiveDate, Utc};
use domain::Intent;
use domain::disclosure::{Act, Basis, RecordDisclosure};
use serde::Deserialize;
use sync::{AccountId, AgencyId, Micros, OperationId, PersonId, RecordId};

use super::shape::{GivenTo, MadeFor, RecordCopy};
use super::words::{Language, Words};
use super::{contents, package, paper};
use crate::access::{self, Action, Facts, Judgement};
use crate::access_log::{self, Look, Topic};
use crate::app::App;
use crate::apply::Touched;
use crate::auth::caller;
use crate::db::{At, Db};
use crate::disclosure;
use crate::document::{Document, Template};
use crate::door::rates;
use crate::error::{Error, Result};
use crate::graphql::answer::{bring, or_not_found};
use crate::graphql::node::{NodeId, NodeKind};
use crate::off_thread::off_thread;
use crate::people;

/// Far more than a few ids and sentences.
const BODY_LIMIT: usize = 64 * 1024;

/// The route.
pub fn routes(app: App) -> Router<App> {
    Router::new()
        .route("/record/copy", post(copy))
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(app, rates::count_requests))
}

/// Whose record.
#[derive(Deserialize)]
struct Wanted {
    /// The global id of a student.
    student: String,
    /// The global id of one of the family: whoever keeps the record takes the copy that is theirs, to
    /// hand it to them.
    #[serde(default, rename = "for")]
    for_whom: Option<String>,
    /// In which language the pages' fixed words are; without it in the one that the caller reads.
    #[serde(default)]
    language: Option<String>,
    /// Whoever keeps the record gives the copy to a party outside, and writes that down in the same act
    /// (34 CFR 99.32, 300.614).
    #[serde(default)]
    disclosure: Option<Disclosure>,
}

/// To whom outside a copy is given, and why they may have it: the words of
/// [`RecordDisclosure`].
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Disclosure {
    /// Minted by the client: the same again is the same entry.
    operation_id: OperationId,
    party: String,
    interest: String,
    basis: Basis,
    #[serde(default)]
    paper: Option<String>,
    #[serde(default)]
    threat: Option<String>,
    what: String,
}

impl Disclosure {
    fn given_to(&self) -> GivenTo {
        let (party, interest) = (self.party.trim().to_owned(), self.interest.trim().to_owned());
        GivenTo { party, interest, basis: self.basis, rule: self.basis.rule().to_owned() }
    }

    fn entry(self, student: RecordId, on: NaiveDate) -> (OperationId, RecordDisclosure) {
        let entry = RecordDisclosure {
            disclosure: disclosure::entry_of(self.operation_id.0),
            student,
            act: Act::Disclosed,
            on,
            party: self.party,
            interest: self.interest,
            basis: Some(self.basis),
            paper: self.paper,
            threat: self.threat,
            what: self.what,
            copied: true,
            corrects: None,
        };
        (self.operation_id, entry)
    }
}

async fn copy(
    State(app): State<App>,
    headers: HeaderMap,
    body: Result<Json<Wanted>, JsonRejection>,
) -> Result<Response> {
    let shape = Error::Invalid { field: "student", why: "send an id as application/json" };
    let Json(Wanted { student, for_whom, language, disclosure }) = body.map_err(|_| shape)?;
    let token = caller::presented(&app.auth, &headers).ok_or(Error::Unauthenticated)?.to_owned();
    let (agency, student) = student.parse::<NodeId>()?.expect::<RecordId>(NodeKind::Student)?;
    let for_whom = match for_whom {
        Some(person) => Some(person.parse::<NodeId>()?.expect::<PersonId>(NodeKind::Person)?.1),
        None => None,
    };
    let now = app.clock.now();

    let auth = app.auth.clone();
    let identify = move |db: &mut Db| caller::identify(db, &auth, &token, now);
    let account = app.database.reading(identify).await?.account;
    app.door.rates.copy(account)?;
    let to = match (for_whom, &disclosure) {
        (None, None) => To::Themselves,
        (Some(person), None) => To::Guardian(person),
        (None, Some(disclosure)) => To::Party(disclosure.given_to()),
        (Some(_), Some(_)) => return Err(Error::Invalid { field: "for", why: "a copy is for one of the two" }),
    };
    let taken = app.database.reading(move |db| take(db, account, (agency, student), to, now)).await?;
    let Taken { copy, person, family, locale, today } = taken.ok_or(Error::NotFound)?;

    // It stands in the log before it leaves.
    let look = Look { agency, student, person, family, topic: Topic::Copy };
    let entry = disclosure.map(|disclosure| disclosure.entry(student, today));
    if let Some((_, entry)) = &entry {
        entry
            .check()
            .map_err(|_| Error::Invalid { field: "disclosure", why: "say to whom, what for, and by what right" })?;
    }
    let entry = entry.map(|(id, entry)| (id, Intent::from(entry)));
    let write = move |db: &mut Db| {
        let touched = match &entry {
            Some((id, intent)) => written_down(db, account, agency, now, (*id, intent))?,
            None => Touched::default(),
        };
        access_log::note(db, &[look], At(now))?;
        Ok(((), touched))
    };
    let hub = app.hub.clone();
    app.database.writing_then(write, move |((), touched)| hub.publish(touched)).await?;

    let package = packed(&app, copy, Language::nearest(language.as_deref().unwrap_or(&locale))).await?;
    let name = format!("attachment; filename=\"record-{}.zip\"", now.format("%Y-%m-%d"));
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (CONTENT_DISPOSITION, HeaderValue::try_from(name).map_err(Error::internal)?),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, package).into_response())
}

/// Brings the entry through the door, in the unit that notes the look.
fn written_down(
    db: &mut Db,
    account: AccountId,
    agency: AgencyId,
    now: DateTime<Utc>,
    entry: (OperationId, &Intent),
) -> Result<Touched> {
    let (verdict, touched) = bring(db, account, agency, Micros(now.timestamp_micros()), entry)?;
    if or_not_found(verdict)?.is_success() {
        return Ok(touched);
    }
    Err(Error::Invalid { field: "operationId", why: "this was sent before with another content" })
}

/// To whom a copy goes.
enum To {
    /// Whoever asks.
    Themselves,
    /// One of the family, from the hand of whoever keeps the record.
    Guardian(PersonId),
    /// A party outside.
    Party(GivenTo),
}

/// What was found for somebody.
struct Taken {
    copy: RecordCopy,
    /// As whom they asked.
    person: PersonId,
    /// As one of the family.
    family: bool,
    /// The language that whoever gets it reads.
    locale: String,
    /// The day it is where the agency is.
    today: NaiveDate,
}

/// Whether they may is decided before anything of the child is read: a record that is not theirs and one
/// that is not there cost the same statements.
fn take(
    db: &mut Db,
    account: AccountId,
    (agency, student): (AgencyId, RecordId),
    to: To,
    now: DateTime<Utc>,
) -> Result<Option<Taken>> {
    let moment = Micros(now.timestamp_micros());
    let all = people::facts_in(db, account, agency, moment)?;
    let Some((own, made_for)) = contents::reader(&all, student, moment) else { return Ok(None) };
    let discloses = || access::may(own, Action::Disclose, Some(student), moment) == Judgement::Allowed;
    let theirs: Vec<Facts>;
    let (facts, made_for, given_to) = match to {
        To::Themselves => (own, made_for, None),
        To::Party(to) if made_for == MadeFor::Agency && discloses() => (own, MadeFor::Party, Some(to)),
        To::Guardian(person) if made_for == MadeFor::Agency => {
            theirs = people::facts_of_person(db, agency, person, moment)?.into_iter().collect();
            match contents::reader(&theirs, student, moment) {
                Some((facts, MadeFor::Family)) => (facts, MadeFor::Family, None),
                _ => return Ok(None),
            }
        }
        To::Party(_) | To::Guardian(_) => return Ok(None),
    };
    let Some(mut copy) = contents::read(db, (facts, made_for), student, now)? else { return Ok(None) };
    copy.given_to = given_to;
    let today = people::today(db, agency, At(now))?;
    let locale = people::locale_of(db, agency, facts.person)?.unwrap_or_default();
    Ok(Some(Taken { copy, person: own.person, family: access::is_family(own, student, moment), locale, today }))
}

async fn packed(app: &App, copy: RecordCopy, language: Language) -> Result<Vec<u8>> {
    let made_at = copy.made_at;
    let zone = copy.agency.time_zone.parse().unwrap_or(chrono_tz::UTC);
    let drawn = move || -> Result<_> {
        let json = serde_json::to_vec_pretty(&copy).map_err(Error::internal)?;
        let sheet = paper::sheet(&copy, Words { language, zone });
        Ok((json, serde_json::to_value(sheet).map_err(Error::internal)?))
    };
    let (json, data) = off_thread(drawn).await.map_err(Error::internal)??;
    let document = Document { template: Template::Record, data, language: language.code().to_owned(), made_at };
    let pdf = app.printer.print(document).await?;
    let pack = move || package::zip(made_at, &json, &pdf).map_err(Error::internal);
    off_thread(pack).await.map_err(Error::internal)?
}
