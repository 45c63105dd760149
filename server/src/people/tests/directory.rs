//! Lists by name.

use super::{AGENCY, NOW, agencies, at, person, student};
use crate::access::Reach;
use crate::db::Db;
use crate::error::Result;
use crate::people::directory::{Place, Search, Wanted, count_students, place_of_student, staff, students};
use crate::people::rows;
use std::collections::BTreeSet;
use sync::RecordId;
use uuid::Uuid;

fn some(db: &mut Db) -> Result<()> {
    let mut left = student(9, "Zed", "Gone");
    left.ended_at = Some(at(NOW));
    let mut planned = student(3, "Ana", "Baker");
    planned.plan = Some("iep".into());
    let all = [student(1, "Ben", "Baker"), student(2, "Ana", "Baker"), planned, student(4, "Óscar", "Álvarez"), left];
    rows::insert_students(db, &all)
}

fn wanted(search: &str) -> Wanted {
    Wanted { reach: Reach::All, search: Search::of(Some(search)), with_plan: None, now: NOW }
}

/// All pages of `limit`, as ids.
fn pages(wanted: &Wanted, limit: i64) -> Vec<Vec<u128>> {
    let mut told: Vec<Vec<Vec<u128>>> = Vec::new();
    for database in agencies(some) {
        let (mut pages, mut after): (Vec<Vec<u128>>, Option<Place>) = (Vec::new(), None);
        loop {
            let page = database.read(|db| students(db, AGENCY, wanted, after.as_ref(), limit)).expect("a page");
            let Some(last) = page.last() else { break };
            after = Some(place_of_student(last));
            pages.push(page.iter().map(|student| student.id.0.0.as_u128()).collect());
        }
        let total = database.read(|db| count_students(db, AGENCY, wanted)).expect("a count");
        assert_eq!(total as usize, pages.iter().flatten().count());
        told.push(pages);
    }
    assert!(told.windows(2).all(|two| two[0] == two[1]), "{told:?}");
    told.pop().expect("at least one engine")
}

#[test]
fn students_come_in_the_order_of_their_names_and_each_once() {
    assert_eq!(pages(&wanted(""), 10), [[2, 3, 1, 4]]);
    assert_eq!(pages(&wanted(""), 3), [vec![2, 3, 1], vec![4]]);
    assert_eq!(pages(&wanted(""), 1), [[2], [3], [1], [4]]);
}

#[test]
fn a_search_finds_by_any_part_of_a_name() {
    assert_eq!(pages(&wanted("alvarez"), 10), [[4]]);
    assert_eq!(pages(&wanted("baker a"), 1), [[2], [3], [1]]);
    assert!(pages(&wanted("nobody"), 10).is_empty());
}

#[test]
fn a_list_is_cut_to_plans_and_to_what_its_reader_reaches() {
    let planned = Wanted { with_plan: Some(true), ..wanted("") };
    assert_eq!(pages(&planned, 10), [[3]]);
    let two = [1, 4, 9].map(|id| RecordId(Uuid::from_u128(id)));
    let few = Wanted { reach: Reach::Only(BTreeSet::from(two)), ..wanted("") };
    assert_eq!(pages(&few, 1), [[1], [4]]);
    let unplanned = Wanted { with_plan: Some(false), ..few };
    assert_eq!(pages(&unplanned, 10), [[1, 4]]);
}

#[test]
fn the_staff_list_holds_who_works_here() {
    let set_up = |db: &mut Db| {
        let mut left = person(3, "Cleo", "Adams", Some("teacher"));
        left.ended_at = Some(at(NOW));
        let parent = person(4, "Dora", "Adams", None);
        rows::insert_people(
            db,
            &[person(1, "Ana", "Zoe", Some("office")), person(2, "Ben", "Adams", Some("teacher")), left, parent],
        )
    };
    for database in agencies(set_up) {
        let list = |search: &str| {
            let search = Search::of(Some(search));
            let found = database.read(|db| staff(db, AGENCY, &search, NOW, None, 10)).expect("a list");
            found.into_iter().map(|person| person.given_name).collect::<Vec<_>>()
        };
        assert_eq!(list(""), ["Ben", "Ana"]);
        assert_eq!(list("zoe"), ["Ana"]);
    }
}
