//! One import, from the files to the report, in one transaction.

use std::path::Path;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use domain::Intent;
use sync::operation::Sent;
use sync::time::Occurred;
use sync::{AgencyId, IdSource, Micros, Operation, OperationId};

use super::fault::Faulty;
use super::format;
use super::model::Roster;
use super::plan::{Plan, TooManyWouldEnd, plan};
use super::report::Report;
use super::rows::{self, Import};
use super::source::Files;
use super::wanted::Setting;
use crate::apply::{Actor, ApplyTx, Asked, apply, in_agency};
use crate::config::ExportFormat;
use crate::db::types::{At, Id};
use crate::db::{Database, Db};
use crate::error::{Error, Result};
use crate::people::Agency;
use crate::people::insert_agencies;
use crate::stages::Stages;

/// What an import is told beside the files.
#[derive(Clone, Debug)]
pub struct Options {
    /// What the export is said to be; without it whatever it is.
    pub format: Option<ExportFormat>,
    /// The agency's name; without it the export's district says it.
    pub agency: Option<String>,
    /// For an agency that is not there yet.
    pub time_zone: Tz,
    /// The largest share of students, of staff or of contacts that may end, from 0 to 1.
    pub max_ended: f64,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The files have to be mended.
    #[error(transparent)]
    Faulty(#[from] Faulty),
    /// Perhaps half of the export is missing.
    #[error(transparent)]
    TooManyWouldEnd(#[from] TooManyWouldEnd),
    /// The files are of another format than was said.
    #[error(
        "the files are {0}, not what was asked for: nothing was changed. Run “aimline import {1}” if they are the right ones"
    )]
    OtherFormat(&'static str, &'static str),
    /// Two agencies share the name.
    #[error("there are several agencies called “{0}”")]
    Ambiguous(String),
    /// The database did not take it.
    #[error(transparent)]
    Server(#[from] Error),
}

/// Reads an export and takes it over, whole or not at all. Taking the same again changes nothing.
pub fn import(
    database: &Database,
    path: &Path,
    options: &Options,
    mut ids: IdSource,
    now: DateTime<Utc>,
    stages: &Stages,
) -> std::result::Result<Report, Refusal> {
    stages.begin("reading the export", 1);
    let mut files = Files::open(path)?;
    let roster = format::roster(&files)?;
    let is = if roster.format.starts_with("sds") { ExportFormat::Sds } else { ExportFormat::Oneroster };
    if options.format.is_some_and(|said| said != is) {
        let word = if is == ExportFormat::Sds { "sds" } else { "oneroster" };
        return Err(Refusal::OtherFormat(roster.format, word));
    }
    let source = Source { digest: files.digest(), others: std::mem::take(&mut files.others) };
    drop(files);
    let fresh: AgencyId = ids.mint();
    let outcome = database.write(|db| {
        let export = Export { roster: &roster, source: &source, options, fresh, now, stages };
        export.take(db, ids.clone())
    });
    stages.end();
    outcome?
}

/// What the database keeps of the files.
struct Source {
    digest: [u8; 32],
    others: Vec<String>,
}

/// An export that was read, on its way in.
struct Export<'a> {
    roster: &'a Roster,
    source: &'a Source,
    options: &'a Options,
    /// The agency's id if it is a new one.
    fresh: AgencyId,
    now: DateTime<Utc>,
    stages: &'a Stages,
}

impl Export<'_> {
    fn take(&self, db: &mut Db, mut ids: IdSource) -> Result<Result<Report, Refusal>> {
        let name = self.options.agency.as_ref().unwrap_or(&self.roster.agency);
        let mut found = rows::agencies_called(db, name)?;
        if found.len() > 1 {
            return Ok(Err(Refusal::Ambiguous(name.clone())));
        }
        let is_new = found.is_empty();
        let agency = found.pop().unwrap_or_else(|| self.new_agency(name));
        let zone = agency.time_zone.parse().map_err(|_| unknown_zone(&agency))?;
        let setting = Setting { agency: agency.id.0, zone, now: self.now, max_ended: self.options.max_ended };
        let (outcome, _) = in_agency(db, agency.id.0, Micros(self.now.timestamp_micros()), |tx| {
            if is_new {
                insert_agencies(tx.db(), std::slice::from_ref(&agency))?;
            }
            let plan = match load(tx, self.roster, &setting, &mut ids, self.stages)? {
                Ok(plan) => plan,
                Err(refused) => return Ok(Err(refused)),
            };
            let report = Report::of(self.roster, &agency.name, &plan, self.source.others.clone(), self.now);
            if report.changed {
                rows::remember(tx.db(), &self.kept(&setting, ids.mint(), &report)?)?;
            }
            Ok(Ok(report))
        })?;
        Ok(outcome.map_err(Refusal::from))
    }

    fn new_agency(&self, name: &str) -> Agency {
        Agency {
            id: Id(self.fresh),
            name: name.to_owned(),
            kind: "district".to_owned(),
            parent: None,
            time_zone: self.options.time_zone.name().to_owned(),
            locale: "en".to_owned(),
        }
    }

    fn kept(&self, setting: &Setting, id: uuid::Uuid, report: &Report) -> Result<Import> {
        Ok(Import {
            agency: Id(setting.agency),
            id: Id(id),
            digest: self.source.digest.to_vec(),
            source: self.roster.format.to_owned(),
            report: serde_json::to_string(report).map_err(Error::internal)?,
            imported_at: At(self.now),
        })
    }
}

fn unknown_zone(agency: &Agency) -> Error {
    Error::internal(anyhow::anyhow!("the agency {} has an unknown time zone", agency.id.0))
}

/// Brings the unit's agency to what a roster says, if that ends few enough people, and says what
/// was done.
pub(crate) fn load(
    tx: &mut ApplyTx<'_>,
    roster: &Roster,
    setting: &Setting,
    ids: &mut IdSource,
    stages: &Stages,
) -> Result<Result<Plan, TooManyWouldEnd>> {
    let known = rows::known(tx.db(), setting.agency, setting.now)?;
    let plan = match plan(known, roster, setting) {
        Ok(plan) => plan,
        Err(refused) => return Ok(Err(refused)),
    };
    if plan.len() > 0 {
        stages.begin("writing", plan.len());
    }
    let done = &mut |rows| stages.step(rows);
    rows::put_orgs(tx.db(), &plan.orgs, done)?;
    rows::put_students(tx.db(), &plan.students, done)?;
    rows::put_people(tx.db(), &plan.people, done)?;
    rows::put_contacts(tx.db(), &plan.contacts, done)?;
    rows::put_classes(tx.db(), &plan.classes, done)?;
    rows::put_enrollments(tx.db(), &plan.enrollments, done)?;
    let cards = plan.cards.iter().cloned().map(Intent::from);
    let ends = plan.assignments.iter().cloned().map(Intent::from);
    let intents: Vec<_> = cards.chain(ends).map(|intent| operation(ids.mint(), tx.now(), &intent)).collect();
    do_all(tx, &Actor::job(setting.agency), intents, done)?;
    Ok(Ok(plan))
}

/// What a job does at a moment.
fn operation(id: OperationId, at: Micros, intent: &Intent) -> Operation {
    Operation {
        id,
        name: intent.name().to_owned(),
        v: Intent::VERSION,
        at: Occurred { device: at, offset: 0 },
        replaces: None,
        group: None,
        body: intent.body(),
    }
}

/// Takes operations through the door, which has to let them in.
fn do_all(tx: &mut ApplyTx<'_>, actor: &Actor, operations: Vec<Operation>, done: &mut dyn FnMut(usize)) -> Result<()> {
    let asked = operations.into_iter().map(|operation| Sent::write(operation).map(Asked::from));
    let asked: Vec<Asked> = asked.collect::<Result<_, _>>().map_err(Error::internal)?;
    tx.recall(&asked.iter().map(Asked::id).collect::<Vec<_>>())?;
    tx.look_ahead(asked.iter().flat_map(Asked::keys))?;
    for one in asked {
        let id = one.id();
        let verdict = apply(tx, actor, one, None)?;
        if !verdict.is_success() {
            return Err(Error::internal(anyhow::anyhow!("the door refused operation {id}: {verdict:?}")));
        }
        done(1);
    }
    Ok(())
}
