//! What people did since each plan began: rights granted, staff assigned, goals written, visits
//! logged week by week, families heard, meetings called and answered.

use chrono::{Datelike, Days, NaiveDate};
use domain::Intent;
use domain::facts::{Assign, EndAssignment, GrantRights, RightsBasis, VerifyContact};
use domain::progress::{PointStatus, WriteGoal};
use domain::team::TeamRole;
use domain::visit::{Attendance, LogVisit, TakenPoint};
use sync::{IdSource, Micros, PersonId, RecordId};

use super::chance::Chance;
use super::district::{Act, Ground};
use super::goals::unscored;
use super::plans::{Served, Service};
use super::staff::Post;
use super::{disclosures, family, requests, words};
use crate::roster::ids;

/// Everything, in the order in which it was done.
pub(super) fn acts(ground: &Ground<'_>, served: &[Served<'_>]) -> Vec<Act> {
    let mut diary = Diary::new(ground);
    for (n, child) in served.iter().enumerate() {
        diary.chance = Chance::of(ground.seed, &format!("{} history", child.pupil.id));
        begin(&mut diary, child);
        for service in &child.services {
            serve(&mut diary, child, service);
        }
        family::speaks(&mut diary, child, n);
        family::is_invited(&mut diary, child);
        requests::asks(&mut diary, child, n);
        disclosures::goes_out(&mut diary, child, n);
    }
    diary.acts.sort_by_key(|act| act.at);
    diary.acts
}

/// Where acts are written down as they come.
pub(super) struct Diary<'a> {
    pub(super) ground: &'a Ground<'a>,
    pub(super) chance: Chance,
    director: PersonId,
    acts: Vec<Act>,
}

impl<'a> Diary<'a> {
    fn new(ground: &'a Ground<'a>) -> Self {
        let director = ground.staff.iter().find(|one| one.post == Post::Director).expect("every district has one");
        Self {
            ground,
            chance: Chance::of(ground.seed, ""),
            director: ids::person(ground.agency, &director.id),
            acts: Vec::new(),
        }
    }

    /// Ids for something done at that moment.
    pub(super) fn mint<T: From<uuid::Uuid>>(&mut self, at: Micros) -> T {
        IdSource::new(at, self.chance.entropy()).mint()
    }

    /// The director did something.
    pub(super) fn answers(&mut self, at: Micros, intent: impl Into<Intent>) {
        self.write(at, self.director, intent);
    }

    /// Somebody did something, unless that would be in the future.
    pub(super) fn write(&mut self, at: Micros, by: PersonId, intent: impl Into<Intent>) {
        if at < self.ground.now {
            let id = self.mint(at);
            self.acts.push(Act { id, at, by, intent: intent.into() });
        }
    }
}

/// Rights, team and goals, on the morning when the plan began.
fn begin(diary: &mut Diary<'_>, child: &Served<'_>) {
    let ground = diary.ground;
    let (student, director) = (child.student, diary.director);
    let at = child.first_moment(ground);
    for guardian in &child.guardians {
        diary.write(at, director, VerifyContact { contact: guardian.contact, student, verified: true });
        let evidence = match guardian.basis {
            RightsBasis::Parent => "Birth certificate, seen at enrollment",
            RightsBasis::Foster => "Placement letter of the county",
            _ => "Court order, copy in the file",
        };
        let right = GrantRights {
            right: diary.mint(at),
            student,
            person: guardian.person,
            basis: guardian.basis,
            evidence: evidence.to_owned(),
            from: Some(at),
        };
        diary.write(at, director, right);
    }
    if let Some(former) = child.former {
        let assignment = assign(diary, child, former, TeamRole::CaseManager, None);
        let until = child.handover(ground);
        diary.write(until, director, EndAssignment { assignment, student, at: Some(until) });
    }
    assign(diary, child, child.manager, TeamRole::CaseManager, None);
    for service in &child.services {
        assign(diary, child, service.provider, TeamRole::Provider, Some(service.name));
        for (n, course) in service.courses.iter().enumerate() {
            let grade = match child.pupil.child.grade {
                0 => "kindergarten".to_owned(),
                grade => format!("grade {grade}"),
            };
            let goal = WriteGoal {
                goal: goal_id(child, service, n),
                student,
                title: course.title(&grade),
                area: course.template.area.to_owned(),
                unit: course.template.unit.to_owned(),
                direction: course.template.direction,
                baseline: course.baseline,
                baseline_on: course.began,
                target: course.target,
                target_on: course.ends,
            };
            diary.write(at.plus(1), child.manager, goal);
        }
    }
}

fn goal_id(child: &Served<'_>, service: &Service, n: usize) -> RecordId {
    sync::id::derived(child.student.0, &format!("sample/goal/{}/{n}", service.name))
}

fn assign(
    diary: &mut Diary<'_>,
    child: &Served<'_>,
    person: PersonId,
    role: TeamRole,
    service: Option<&str>,
) -> uuid::Uuid {
    let at = child.first_moment(diary.ground);
    let assignment = diary.mint(at);
    let service = service.map(str::to_owned);
    let intent = Assign { assignment, student: child.student, person, role, service, from: Some(at) };
    diary.write(at, diary.director, intent);
    assignment
}

/// One visit a week at the same hour, on days with school, up to the last one before now.
fn serve(diary: &mut Diary<'_>, child: &Served<'_>, service: &Service) {
    let ground = diary.ground;
    let (weekday, hour, minute) = slot(ground.blueprint.is_home, service);
    let first = child.began + Days::new(1);
    let ahead = (7 + weekday - first.weekday().num_days_from_monday()) % 7;
    let days = (first + Days::new(u64::from(ahead))).iter_weeks();
    for day in days.take_while(|day| *day <= ground.today) {
        // Nobody logs every single one.
        if ground.calendar.is_school_day(day) && !diary.chance.happens(0.04) {
            visit(diary, child, service, day, ground.calendar.at(day, hour, minute));
        }
    }
}

/// At which hour of the day each service begins, the later ones later.
const ORDER: [&str; 5] = ["speech", "occupational", "specialized", "physical", "counseling"];

/// Half-hours one after the other through the provider's days here: whoever serves both districts
/// is in the larger one from Monday to Wednesday. Each service begins its day at another hour,
/// so that the first child of several caseloads is not everywhere at once.
fn slot(is_home: bool, service: &Service) -> (u32, u32, u32) {
    let days: &[u32] = match (service.visits, is_home) {
        (false, _) => &[0, 1, 2, 3, 4],
        (true, true) => &[0, 1, 2],
        (true, false) => &[3, 4],
    };
    let begins = ORDER.iter().position(|name| *name == service.name).unwrap_or_default();
    let nth = u32::try_from(service.slot / days.len() + 2 * begins).unwrap_or(0) % 14;
    let minute = 8 * 60 + 15 + 30 * nth;
    (days[service.slot % days.len()], minute / 60, minute % 60)
}

fn visit(diary: &mut Diary<'_>, child: &Served<'_>, service: &Service, day: NaiveDate, started_at: Micros) {
    let chance = &mut diary.chance;
    let attendance = *chance.weighted(&[
        (89, Attendance::Present),
        (7, Attendance::AbsentStudent),
        (3, Attendance::AbsentProvider),
        (1, Attendance::Refused),
    ]);
    let took_place = attendance == Attendance::Present;
    let minutes = if took_place { 5 * chance.between(4, 6) } else { 0 };
    let ended_at = started_at.plus(minutes * 60_000_000);
    let note = match attendance {
        Attendance::Present if chance.happens(0.85) => words::note(chance, service.name),
        Attendance::AbsentStudent | Attendance::AbsentProvider => {
            words::excuse(chance, attendance == Attendance::AbsentProvider).to_owned()
        }
        _ => String::new(),
    };
    let mut points = Vec::new();
    for (n, course) in service.courses.iter().enumerate() {
        let score = match attendance {
            Attendance::Present if diary.chance.happens(0.93) => course.score(&mut diary.chance, day),
            Attendance::AbsentStudent => unscored(PointStatus::Absent),
            Attendance::Present => unscored(PointStatus::NotOffered),
            _ => continue,
        };
        points.push(TakenPoint { id: diary.mint(ended_at), goal: goal_id(child, service, n), score });
    }
    let visit = LogVisit {
        amends: None,
        visit: diary.mint(ended_at),
        student: child.student,
        service: service.name.to_owned(),
        started_at,
        ended_at,
        attendance,
        note,
        points,
    };
    diary.write(ended_at.plus(120_000_000), service.provider, visit);
}
