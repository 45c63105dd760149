//! `POST /record/copy`: a child's record as one package. Outside GraphQL, which carries no files.

use axum::Router;
use axum::extract::rejection::JsonRejection;
use axum::extract::{DefaultBodyLimit, Json, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use sync::{AccountId, AgencyId, Micros, PersonId, RecordId};

use super::shape::{MadeFor, RecordCopy};
use super::words::{Language, Words};
use super::{contents, package, paper};
use crate::access;
use crate::access_log::{self, Look, Topic};
use crate::app::App;
use crate::auth::caller;
use crate::db::{At, Db};
use crate::document::{Document, Template};
use crate::door::rates;
use crate::error::{Error, Result};
use crate::graphql::node::{NodeId, NodeKind};
use crate::off_thread::off_thread;
use crate::people;

/// Far more than an id and a language.
const BODY_LIMIT: usize = 4 * 1024;

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
}

async fn copy(
    State(app): State<App>,
    headers: HeaderMap,
    body: Result<Json<Wanted>, JsonRejection>,
) -> Result<Response> {
    let shape = Error::Invalid { field: "student", why: "send an id as application/json" };
    let Json(Wanted { student, for_whom, language }) = body.map_err(|_| shape)?;
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
    let taken = app.database.reading(move |db| take(db, account, (agency, student), for_whom, now)).await?;
    let Taken { copy, person, family, locale } = taken.ok_or(Error::NotFound)?;

    // It stands in the log before it leaves.
    let look = Look { agency, student, person, family, topic: Topic::Copy };
    app.database.writing(move |db| access_log::note(db, &[look], At(now))).await?;

    let package = packed(&app, copy, Language::nearest(language.as_deref().unwrap_or(&locale))).await?;
    let name = format!("attachment; filename=\"record-{}.zip\"", now.format("%Y-%m-%d"));
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (CONTENT_DISPOSITION, HeaderValue::try_from(name).map_err(Error::internal)?),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, package).into_response())
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
}

/// Whether they may is decided before anything of the child is read: a record that is not theirs and one
/// that is not there cost the same statements.
fn take(
    db: &mut Db,
    account: AccountId,
    (agency, student): (AgencyId, RecordId),
    for_whom: Option<PersonId>,
    now: DateTime<Utc>,
) -> Result<Option<Taken>> {
    let moment = Micros(now.timestamp_micros());
    let all = people::facts_in(db, account, agency, moment)?;
    let Some((own, made_for)) = contents::reader(&all, student, moment) else { return Ok(None) };
    let handed = match for_whom {
        None => None,
        Some(_) if made_for == MadeFor::Family => return Ok(None),
        Some(person) => Some(people::facts_of_person(db, agency, person, moment)?.into_iter().collect::<Vec<_>>()),
    };
    let (facts, made_for) = match &handed {
        None => (own, made_for),
        Some(theirs) => match contents::reader(theirs, student, moment) {
            Some((theirs, MadeFor::Family)) => (theirs, MadeFor::Family),
            _ => return Ok(None),
        },
    };
    let Some(copy) = contents::read(db, (facts, made_for), student, now)? else { return Ok(None) };
    let locale = people::locale_of(db, agency, facts.person)?.unwrap_or_default();
    Ok(Some(Taken { copy, person: own.person, family: access::is_family(own, student, moment), locale }))
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
