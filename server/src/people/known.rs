//! From rows to [`Facts`]: everything that decides what one person may see and do.

use std::collections::{BTreeSet, HashMap};

use diesel::prelude::*;
use domain::facts::RightsBasis;
use domain::team::TeamRole;
use sync::{AccountId, AgencyId, Micros, PersonId, RecordId};

use super::rows::{assignment, educational_right, enrollment, majority, person, restriction};
use super::words;
use crate::access::{Facts, Link, Restriction, Right, Span, StaffRole};
use crate::db::Db;
use crate::db::types::{At, Id};
use crate::error::Result;
use crate::on;

/// The facts about every person that an account is, the ended ones too: somebody who left
/// may still hand in what they did before.
pub fn facts_of(db: &mut Db, account: AccountId, now: Micros) -> Result<Vec<Facts>> {
    let who: Vec<Who> = on!(db => person::table
        .filter(person::account.eq(Id(account)))
        .order((person::agency, person::id))
        .select(Who::as_select())
        .load(db))?;
    who.into_iter().map(|who| facts_about(db, who, now)).collect()
}

/// The facts about an account in one agency. It may be two people there: a teacher who is
/// also somebody's mother.
pub fn facts_in(db: &mut Db, account: AccountId, agency: AgencyId, now: Micros) -> Result<Vec<Facts>> {
    let who: Vec<Who> = on!(db => person::table
        .filter(person::account.eq(Id(account)))
        .filter(person::agency.eq(Id(agency)))
        .order(person::id)
        .select(Who::as_select())
        .load(db))?;
    who.into_iter().map(|who| facts_about(db, who, now)).collect()
}

/// The facts about one person.
pub(crate) fn facts_of_person(db: &mut Db, agency: AgencyId, id: PersonId, now: Micros) -> Result<Option<Facts>> {
    let who: Option<Who> =
        on!(db => person::table.find((Id(agency), Id(id))).select(Who::as_select()).first(db).optional())?;
    who.map(|who| facts_about(db, who, now)).transpose()
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = person)]
struct Who {
    agency: Id<AgencyId>,
    id: Id<PersonId>,
    staff_role: Option<String>,
    ended_at: Option<At>,
}

fn facts_about(db: &mut Db, who: Who, now: Micros) -> Result<Facts> {
    let mut links = rights(db, &who)?;
    links.extend(assignments(db, &who)?);
    links.extend(taught(db, &who)?);
    // Whoever left is linked to nobody from then on, whatever the single facts say.
    let here = Span::new(Micros(i64::MIN), who.ended_at.map(micros));
    let links = links.into_iter().filter_map(|link| Some(Link { span: link.span.and(here)?, ..link }));
    // And from whom a court keeps them, whatever they are to the child.
    let restrictions = restrictions(db, &who)?;
    let links = links.flat_map(|link| link.beside(&restrictions)).collect();
    let staff_role = who.staff_role.as_deref().and_then(StaffRole::parse).filter(|_| here.contains(now));
    Ok(Facts { agency: who.agency.0, person: who.id.0, staff_role, links })
}

/// Rights, as they hold before and after their student came of age.
fn rights(db: &mut Db, who: &Who) -> Result<Vec<Link>> {
    type Row = (Id<RecordId>, String, At, Option<At>, Option<At>);
    let rows: Vec<Row> = on!(db => educational_right::table
        .left_join(majority::table.on(majority::agency
            .eq(educational_right::agency)
            .and(majority::student.eq(educational_right::student))
            .and(majority::withdrawn_at.is_null())))
        .filter(educational_right::agency.eq(who.agency))
        .filter(educational_right::person.eq(who.id))
        .order(educational_right::id)
        .select((
            educational_right::student,
            educational_right::basis,
            educational_right::starts_at,
            educational_right::ends_at,
            majority::starts_at.nullable(),
        ))
        .load(db))?;
    let mut links = Vec::new();
    for (Id(student), basis, from, until, of_age) in rows {
        // Rights on unknown grounds are none: they were granted by a newer version.
        let Some(basis) = words::basis(&basis) else { continue };
        let resting = match basis {
            RightsBasis::AdultStudent => stood_for(db, who.agency.0, student)?,
            _ => Vec::new(),
        };
        let right = Right { student, basis, span: Span::new(micros(from), until.map(micros)) };
        links.extend(right.links(of_age.map(micros), &resting));
    }
    Ok(links)
}

/// When somebody stands for a student who is of age.
fn stood_for(db: &mut Db, agency: AgencyId, student: RecordId) -> Result<Vec<Span>> {
    let rights = super::rows::rights_for(db, agency, &[student])?;
    let stand =
        rights.into_iter().filter(|right| words::basis(&right.basis).is_some_and(RightsBasis::stands_for_student));
    Ok(stand.map(|right| Span::new(micros(right.starts_at), right.ends_at.map(micros))).collect())
}

fn restrictions(db: &mut Db, who: &Who) -> Result<Vec<Restriction>> {
    let rows: Vec<(Id<RecordId>, At, Option<At>)> = on!(db => restriction::table
        .filter(restriction::agency.eq(who.agency))
        .filter(restriction::person.eq(who.id))
        .order(restriction::id)
        .select((restriction::student, restriction::starts_at, restriction::lifted_at))
        .load(db))?;
    let of = |(student, from, until): (Id<RecordId>, At, Option<At>)| Restriction {
        student: student.0,
        span: Span::new(micros(from), until.map(micros)),
    };
    Ok(rows.into_iter().map(of).collect())
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = assignment)]
struct Assigned {
    role: String,
    service: Option<String>,
    student: Option<Id<RecordId>>,
    class: Option<Id>,
    starts_at: At,
    ends_at: Option<At>,
}

fn assignments(db: &mut Db, who: &Who) -> Result<Vec<Link>> {
    let rows: Vec<Assigned> = on!(db => assignment::table
        .filter(assignment::agency.eq(who.agency))
        .filter(assignment::person.eq(who.id))
        .order(assignment::id)
        .select(Assigned::as_select())
        .load(db))?;
    let mut links = Vec::new();
    for row in rows {
        // An unknown role links to nobody: it was written by a newer version.
        let Some(role) = words::role(&row.role) else { continue };
        let span = Span::new(micros(row.starts_at), row.ends_at.map(micros));
        let link = |student, span| Link { student, role, service: row.service.clone(), span };
        if let Some(Id(student)) = row.student {
            links.push(link(student, span));
        } else if let Some(class) = row.class {
            let pupils = pupils(db, who.agency, vec![class])?;
            links.extend(pupils.into_iter().filter_map(|pupil| Some(link(pupil.student, pupil.span.and(span)?))));
        }
    }
    Ok(links)
}

/// Whoever teaches a class teaches those who sit in it, while both are so.
fn taught(db: &mut Db, who: &Who) -> Result<Vec<Link>> {
    type Dates = (Option<At>, Option<At>);
    let classes: Vec<(Id, Dates)> = on!(db => enrollment::table
        .filter(enrollment::agency.eq(who.agency))
        .filter(enrollment::teacher.eq(who.id))
        .order(enrollment::id)
        .select((enrollment::class, (enrollment::starts_at, enrollment::ends_at)))
        .load(db))?;
    if classes.is_empty() {
        return Ok(Vec::new());
    }
    let pupils = pupils(db, who.agency, classes.iter().map(|(class, _)| *class).collect())?;
    let mut links = Vec::new();
    for (class, (from, until)) in classes {
        let teaching = span(from, until);
        for pupil in pupils.iter().filter(|pupil| pupil.class == class) {
            let Some(span) = pupil.span.and(teaching) else { continue };
            links.push(Link { student: pupil.student, role: TeamRole::Teacher, service: None, span });
        }
    }
    Ok(links)
}

/// Who manages the case of each of these students now. Who has nobody is not in it.
pub fn case_managers_of(
    db: &mut Db,
    agency: AgencyId,
    students: &BTreeSet<RecordId>,
    now: Micros,
) -> Result<HashMap<RecordId, Vec<PersonId>>> {
    let students: Vec<RecordId> = students.iter().copied().collect();
    let mut managers: HashMap<RecordId, Vec<PersonId>> = HashMap::new();
    for row in super::rows::assignments_to(db, agency, &students)? {
        let holds = Span::new(micros(row.starts_at), row.ends_at.map(micros)).contains(now);
        if let (Some(Id(student)), true, Some(TeamRole::CaseManager)) = (row.student, holds, words::role(&row.role)) {
            managers.entry(student).or_default().push(row.person.0);
        }
    }
    Ok(managers)
}

struct Pupil {
    class: Id,
    student: RecordId,
    span: Span,
}

fn pupils(db: &mut Db, agency: Id<AgencyId>, classes: Vec<Id>) -> Result<Vec<Pupil>> {
    type Row = (Id, Option<Id<RecordId>>, Option<At>, Option<At>);
    let rows: Vec<Row> = on!(db => enrollment::table
        .filter(enrollment::agency.eq(agency))
        .filter(enrollment::class.eq_any(&classes))
        .filter(enrollment::student.is_not_null())
        .order((enrollment::class, enrollment::id))
        .select((enrollment::class, enrollment::student, enrollment::starts_at, enrollment::ends_at))
        .load(db))?;
    let pupil =
        |(class, student, from, until): Row| Some(Pupil { class, student: student?.0, span: span(from, until) });
    Ok(rows.into_iter().filter_map(pupil).collect())
}

fn span(from: Option<At>, until: Option<At>) -> Span {
    Span::new(from.map_or(Micros(i64::MIN), micros), until.map(micros))
}

fn micros(moment: At) -> Micros {
    Micros(moment.micros())
}
