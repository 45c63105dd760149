//! Lists of students and staff by name, a page at a time.
//!
//! Without a search the database cuts the page. With one, rows are read in order and names
//! compared here, so that `alvarez` finds `Álvarez` on both engines.

use diesel::prelude::*;
use sync::{AgencyId, Micros, RecordId};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use uuid::Uuid;

use super::rows::{self, Person, Student, person, student};
use crate::access::Reach;
use crate::db::types::{At, Id};
use crate::db::{BATCH, Db};
use crate::error::Result;
use crate::on;

/// A place in the order of names.
pub type Place = (String, String, Uuid);

/// Which students are asked for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Of these.
    pub reach: Reach<RecordId>,
    /// With these words in their names.
    pub search: Search,
    /// With a plan, without one, or either.
    pub with_plan: Option<bool>,
    /// Who have not left by then.
    pub now: Micros,
}

impl Wanted {
    fn is(&self, student: &Student) -> bool {
        let here = student.ended_at.is_none_or(|end| end.micros() > self.now.0);
        let plan = self.with_plan.is_none_or(|with| student.plan.is_some() == with);
        here && plan && self.search.finds([&student.given_name, &student.family_name], student.preferred_name.as_ref())
    }
}

/// Words that a name has to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search(Vec<String>);

impl Search {
    /// From what a person typed.
    pub fn of(typed: Option<&str>) -> Self {
        Self(typed.unwrap_or_default().split_whitespace().take(8).map(folded).collect())
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn finds(&self, names: [&String; 2], preferred: Option<&String>) -> bool {
        if self.is_empty() {
            return true;
        }
        let text: String = names.into_iter().chain(preferred).map(|name| folded(name) + " ").collect();
        self.0.iter().all(|word| text.contains(word))
    }
}

/// Small letters without accents.
fn folded(text: &str) -> String {
    text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase).collect()
}

/// Where a student stands in the order.
pub fn place_of_student(student: &Student) -> Place {
    (student.family_name.clone(), student.given_name.clone(), student.id.0.0)
}

/// Where a person stands in the order.
pub fn place_of_person(person: &Person) -> Place {
    (person.family_name.clone(), person.given_name.clone(), person.id.0.0)
}

/// At most `limit` students after a place.
pub(crate) fn students(
    db: &mut Db,
    agency: AgencyId,
    wanted: &Wanted,
    after: Option<&Place>,
    limit: i64,
) -> Result<Vec<Student>> {
    if let Reach::Only(ids) = &wanted.reach {
        let ids: Vec<RecordId> = ids.iter().copied().collect();
        let mut few = rows::students(db, agency, &ids)?;
        few.retain(|student| wanted.is(student) && after.is_none_or(|after| place_of_student(student) > *after));
        few.sort_by_cached_key(place_of_student);
        few.truncate(usize::try_from(limit).unwrap_or_default());
        return Ok(few);
    }
    let plain = wanted.search.is_empty();
    let step = if plain { limit } else { BATCH as i64 };
    walk(
        after,
        limit,
        step,
        place_of_student,
        |student| wanted.is(student),
        |after| stretch(db, agency, wanted, after, step),
    )
}

/// How many students there are of those asked for.
pub(crate) fn count_students(db: &mut Db, agency: AgencyId, wanted: &Wanted) -> Result<i64> {
    if matches!(wanted.reach, Reach::Only(_)) || !wanted.search.is_empty() {
        return Ok(students(db, agency, wanted, None, i64::MAX)?.len() as i64);
    }
    let here = At::from_micros(wanted.now.0);
    Ok(on!(db => {
        let mut count = student::table
            .filter(student::agency.eq(Id(agency)))
            .filter(student::ended_at.is_null().or(student::ended_at.gt(here)))
            .count()
            .into_boxed();
        count = match wanted.with_plan {
            Some(true) => count.filter(student::plan.is_not_null()),
            Some(false) => count.filter(student::plan.is_null()),
            None => count,
        };
        count.get_result(db)
    })?)
}

/// At most `limit` of those who work in the agency, after a place.
pub(crate) fn staff(
    db: &mut Db,
    agency: AgencyId,
    search: &Search,
    now: Micros,
    after: Option<&Place>,
    limit: i64,
) -> Result<Vec<Person>> {
    let step = if search.is_empty() { limit } else { BATCH as i64 };
    let here = At::from_micros(now.0);
    let is = |person: &Person| search.finds([&person.given_name, &person.family_name], person.preferred_name.as_ref());
    walk(after, limit, step, place_of_person, is, |after| {
        Ok(on!(db => {
            let mut rows = person::table
                .filter(person::agency.eq(Id(agency)))
                .filter(person::staff_role.is_not_null())
                .filter(person::ended_at.is_null().or(person::ended_at.gt(here)))
                .order((person::family_name, person::given_name, person::id))
                .limit(step)
                .select(Person::as_select())
                .into_boxed();
            if let Some((family, given, id)) = after {
                let id = Id(*id);
                rows = rows.filter(person::family_name.gt(family)
                    .or(person::family_name.eq(family).and(person::given_name.gt(given)))
                    .or(person::family_name.eq(family).and(person::given_name.eq(given)).and(person::id.gt(id))));
            }
            rows.load(db)
        })?)
    })
}

fn stretch(db: &mut Db, agency: AgencyId, wanted: &Wanted, after: Option<&Place>, step: i64) -> Result<Vec<Student>> {
    let here = At::from_micros(wanted.now.0);
    Ok(on!(db => {
        let mut rows = student::table
            .filter(student::agency.eq(Id(agency)))
            .filter(student::ended_at.is_null().or(student::ended_at.gt(here)))
            .order((student::family_name, student::given_name, student::id))
            .limit(step)
            .select(Student::as_select())
            .into_boxed();
        rows = match wanted.with_plan {
            Some(true) => rows.filter(student::plan.is_not_null()),
            Some(false) => rows.filter(student::plan.is_null()),
            None => rows,
        };
        if let Some((family, given, id)) = after {
            let id = Id(*id);
            rows = rows.filter(student::family_name.gt(family)
                .or(student::family_name.eq(family).and(student::given_name.gt(given)))
                .or(student::family_name.eq(family).and(student::given_name.eq(given)).and(student::id.gt(id))));
        }
        rows.load(db)
    })?)
}

/// Reads stretches of `step` rows until `limit` of them fit or there are no more.
fn walk<R>(
    after: Option<&Place>,
    limit: i64,
    step: i64,
    place: impl Fn(&R) -> Place,
    fits: impl Fn(&R) -> bool,
    mut read: impl FnMut(Option<&Place>) -> Result<Vec<R>>,
) -> Result<Vec<R>> {
    let limit = usize::try_from(limit).unwrap_or_default();
    let mut found = Vec::new();
    let mut after = after.cloned();
    loop {
        let rows = read(after.as_ref())?;
        let last = (rows.len() as i64) < step;
        after = rows.last().map(&place).or(after);
        found.extend(rows.into_iter().filter(&fits));
        if last || found.len() >= limit {
            found.truncate(limit);
            return Ok(found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_without_their_accents_and_in_any_order() {
        let names = ["José María".to_owned(), "Álvarez Ñúñez".to_owned()];
        let preferred = "Chema".to_owned();
        #[rustfmt::skip]
        let table = [
            ("",              true),
            ("alvarez",       true),
            ("ÁLV",           true),
            ("nunez jose",    true),
            ("chema",         true),
            ("alvarez peter", false),
        ];
        for (typed, expected) in table {
            let found = Search::of(Some(typed)).finds([&names[0], &names[1]], Some(&preferred));
            assert_eq!(found, expected, "{typed:?}");
        }
    }
}
