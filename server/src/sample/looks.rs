//! Who looked at whose record in the three weeks before today, so that the page that tells a family
//! has something to tell: now and then somebody of the team, seldom the director.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use sync::{Micros, PersonId};

use super::chance::Chance;
use super::district::Ground;
use super::plans::Served;
use super::staff::Post;
use crate::access_log::{Look, Topic};
use crate::roster::ids;

/// For how many days before today.
const DAYS: u64 = 21;

/// How much oftener at the record of the family that signs in.
const KNOWN: f64 = 3.0;

/// Every look with its moment, in the order in which they were made.
pub(super) fn looks(ground: &Ground<'_>, served: &[Served<'_>]) -> Vec<(Micros, Look)> {
    let mut looks = Vec::new();
    for child in served {
        let chance = &mut Chance::of(ground.seed, &format!("{} looks", child.pupil.id));
        let readers = readers(ground, child);
        let first = ground.today - Days::new(DAYS);
        let days = first.iter_days().take_while(|day| *day < ground.today);
        // In the holidays too there is somebody at a desk.
        let is_weekend = |day: &NaiveDate| matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        for day in days.filter(|day| *day > child.began && !is_weekend(day)) {
            for (often, person, topics) in &readers {
                if chance.happens(if child.pupil.is_known { KNOWN * often } else { *often }) {
                    let at = moment(ground, chance, day);
                    looks.extend(topics.iter().map(|topic| (at, look(ground, child, *person, *topic))));
                }
            }
        }
    }
    looks.sort();
    looks
}

/// Who looks, how often, and at what. They all may: the team by their assignments, the homeroom's
/// teacher by the class.
fn readers(ground: &Ground<'_>, child: &Served<'_>) -> Vec<(f64, PersonId, &'static [Topic])> {
    use Topic::{Attempts, Contacts, Goals, Input, Meetings, Statement, Visits};
    let director = ground.staff.iter().find(|one| one.post == Post::Director);
    let director = director.map(|one| (0.02, ids::person(ground.agency, &one.id), &[Goals, Visits][..]));
    let teacher = child.teacher.map(|teacher| (0.12, teacher, &[Goals, Meetings][..]));
    let given = child.services.iter().filter(|service| service.provider != child.manager);
    let given = given.map(|service| (0.06, service.provider, &[Goals, Visits][..]));
    let manager = (0.1, child.manager, &[Goals, Visits, Meetings, Statement, Input, Contacts, Attempts][..]);
    std::iter::once(manager).chain(teacher).chain(given).chain(director).collect()
}

/// Some time of a working day.
fn moment(ground: &Ground<'_>, chance: &mut Chance, day: NaiveDate) -> Micros {
    const MINUTE: i64 = 60_000_000;
    ground.calendar.at(day, 8, 0).plus(MINUTE * chance.between(0, 8 * 60))
}

fn look(ground: &Ground<'_>, child: &Served<'_>, person: PersonId, topic: Topic) -> Look {
    Look { agency: ground.agency, student: child.student, person, family: false, topic }
}
