//! When a student comes of age: what follows from the roster and the law, what was written down,
//! and writing it.

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use chrono_tz::Tz;
use domain::Intent;
use domain::facts::{RecordMajority, WithdrawMajority};
use sync::id::derived;
use sync::{AgencyId, Micros, RecordId};
use uuid::Uuid;

use super::{EducationalRight, Person, Student, student_node};
use crate::access::Action;
use crate::db::types::{At, Id};
use crate::error::{Error, Result};
use crate::graphql::Request;
use crate::graphql::answer::{Author, UserError, minted, user_errors};
use crate::graphql::load::one;
use crate::graphql::node::{NodeId, NodeKind};
use crate::graphql::scalars::{Date, DateTime};
use crate::graphql::view::View;
use crate::people::load::{MajoritiesOf, OnePerson};
use crate::people::majority::{self, NOTICE};
use crate::people::{self, rows};

/// The youngest and the oldest age that some law names, with room.
const AGES: std::ops::RangeInclusive<i32> = 14..=26;

/// From which age on somebody is of age where an agency is.
#[derive(SimpleObject)]
pub struct MajorityLaw {
    /// In years.
    age: i32,
    /// Which law says so.
    law: String,
    /// When it was written down.
    recorded_at: DateTime,
    /// Who wrote it down; the agency's own director, or that of one above it.
    recorded_by: Author,
}

impl MajorityLaw {
    fn of(row: people::MajorityLaw) -> Self {
        let recorded_by = Author { agency: row.agency.0, person: row.recorded_by.0 };
        Self { age: row.age, law: row.law, recorded_at: row.recorded_at.0.into(), recorded_by }
    }
}

/// A student's coming of age. Whoever gets one may see all of it.
pub struct ComingOfAge {
    student: people::Student,
    law: Option<people::MajorityLaw>,
    by_law: Option<majority::ComingOfAge>,
    zone: Tz,
}

impl ComingOfAge {
    /// That of a student, for those who may see it.
    pub(super) async fn of(ctx: &Context<'_>, student: people::Student) -> Result<Self> {
        let work = move |db: &mut _| {
            let agency = student.agency.0;
            let by_law = majority::coming_of_age(db, agency, &student)?;
            let zone = majority::zone_of(db, agency)?.unwrap_or(Tz::UTC);
            Ok(Self { law: rows::majority_law(db, agency)?, by_law, zone, student })
        };
        Request::of(ctx)?.read(work).await
    }
}

/// When a student comes of age, from when on the rights of the parents are the student's own
/// (34 CFR 300.520).
#[Object]
impl ComingOfAge {
    /// The day, by the roster's birth date and the law; null where one of them is not known.
    async fn on(&self) -> Option<Date> {
        self.by_law.as_ref().map(|coming| Date(coming.on))
    }

    /// Until which day student and parents are to be told: a year before (34 CFR 300.320(c)).
    async fn tell_by(&self) -> Option<Date> {
        self.by_law.as_ref().and_then(|coming| coming.on.checked_sub_months(NOTICE)).map(Date)
    }

    /// The law that the agency follows.
    async fn law(&self) -> Option<MajorityLaw> {
        self.law.clone().map(MajorityLaw::of)
    }

    /// What was written down, withdrawn facts too, the oldest first.
    async fn recorded(&self, ctx: &Context<'_>) -> Result<Vec<Majority>> {
        let rows = one(ctx, self.student.agency.0, MajoritiesOf(self.student.id.0)).await?.unwrap_or_default();
        let mut facts: Vec<Majority> = rows.into_iter().map(|row| Majority { row, zone: self.zone }).collect();
        facts.sort_by_key(|fact| (fact.row.recorded_at, fact.row.id));
        Ok(facts)
    }

    /// The student as an adult, to whom a code can be handed from the day on.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        let Some(Id(person)) = self.student.person else { return Ok(None) };
        Ok(one(ctx, self.student.agency.0, OnePerson(person)).await?.map(Person::new))
    }

    /// The student's own rights.
    async fn rights(&self, ctx: &Context<'_>) -> Result<Vec<EducationalRight>> {
        let Some(Id(person)) = self.student.person else { return Ok(Vec::new()) };
        EducationalRight::all(ctx, self.student.agency.0, self.student.id.0, person).await
    }
}

/// That a student comes of age.
pub struct Majority {
    row: people::Majority,
    zone: Tz,
}

impl Majority {
    fn day(&self, at: At) -> Date {
        Date(at.0.with_timezone(&self.zone).date_naive())
    }
}

/// That a student comes of age, as somebody wrote it down. It stands until somebody withdraws it.
#[Object]
impl Majority {
    async fn id(&self) -> NodeId {
        NodeId::new(NodeKind::Majority, self.row.agency.0, self.row.id.0)
    }

    /// The day, by the agency's clocks.
    async fn on(&self) -> Date {
        self.day(self.row.starts_at)
    }

    /// The moment at which it begins: it takes effect by itself.
    async fn starts_at(&self) -> DateTime {
        self.row.starts_at.0.into()
    }

    /// In years.
    async fn age(&self) -> i32 {
        self.row.age
    }

    /// Which law says so.
    async fn law(&self) -> &str {
        &self.row.law
    }

    /// When student and parents were told.
    async fn told_on(&self) -> Date {
        self.day(self.row.told_at)
    }

    /// How they were told.
    async fn told(&self) -> &str {
        &self.row.told
    }

    /// Whether they were told less than a year before (34 CFR 300.320(c)).
    async fn told_late(&self) -> bool {
        let due = self.day(self.row.starts_at).0.checked_sub_months(NOTICE);
        due.is_some_and(|due| self.day(self.row.told_at).0 > due)
    }

    async fn recorded_at(&self) -> DateTime {
        self.row.recorded_at.0.into()
    }

    async fn recorded_by(&self) -> Author {
        Author { agency: self.row.agency.0, person: self.row.recorded_by.0 }
    }

    async fn withdrawn_at(&self) -> Option<DateTime> {
        self.row.withdrawn_at.map(|at| at.0.into())
    }

    async fn withdrawn_by(&self) -> Option<Author> {
        self.row.withdrawn_by.map(|person| Author { agency: self.row.agency.0, person: person.0 })
    }

    /// What was seen that showed it to be wrong.
    async fn withdrawn_evidence(&self) -> Option<&str> {
        self.row.withdrawn_evidence.as_deref()
    }
}

/// A law to write down.
#[derive(InputObject)]
pub struct MajorityLawSetInput {
    /// Minted by the client: the same again is the same word.
    operation_id: ID,
    /// Where.
    agency: NodeId,
    /// From which age on somebody is of age there, in years.
    age: i32,
    /// Which law says so.
    law: String,
}

/// A day to write down.
#[derive(InputObject)]
pub struct MajorityRecordInput {
    /// Minted by the client: the same again is the same fact.
    operation_id: ID,
    /// Who comes of age.
    student: NodeId,
    /// The day, as it was shown.
    on: Date,
    /// When student and parents were told; now if not said.
    told_on: Option<Date>,
    /// How they were told.
    told: String,
}

/// A day that was wrong.
#[derive(InputObject)]
pub struct MajorityWithdrawInput {
    /// Minted by the client: the same again is the same withdrawal.
    operation_id: ID,
    /// What was written down.
    majority: NodeId,
    /// What was seen that shows that it was wrong.
    evidence: String,
}

/// What became of a law.
#[derive(SimpleObject)]
pub struct MajorityLawPayload {
    /// The law that the agency follows now.
    law: Option<MajorityLaw>,
    /// What to put right.
    user_errors: Vec<UserError>,
}

/// What became of a day.
#[derive(SimpleObject)]
pub struct MajorityPayload {
    /// Whose day it is, as they are now.
    student: Option<Student>,
    /// What to put right.
    user_errors: Vec<UserError>,
}

/// Writing down when students come of age.
#[derive(Default)]
pub struct MajorityMutation;

/// Writing down when students come of age.
#[Object]
impl MajorityMutation {
    /// Writes down at which age people come of age where the agency is. What was written down of
    /// students before stays.
    async fn majority_law_set(&self, ctx: &Context<'_>, input: MajorityLawSetInput) -> Result<MajorityLawPayload> {
        let request = Request::of(ctx)?;
        let (agency, _) = input.agency.expect::<AgencyId>(NodeKind::Agency)?;
        let view = View::of(ctx, agency).await?;
        let by = view.may(Action::SetLaw, None).ok_or(Error::NotFound)?;
        let law = input.law.trim().to_owned();
        let wrong = [("age", !AGES.contains(&input.age)), ("law", domain::check::line("law", &law).is_err())];
        let user_errors: Vec<UserError> =
            wrong.into_iter().filter(|(_, wrong)| *wrong).map(|(field, _)| makes_no_sense(field)).collect();
        if !user_errors.is_empty() {
            return Ok(MajorityLawPayload { law: None, user_errors });
        }
        let operation = minted::<Uuid>("operationId", &input.operation_id)?;
        let row = people::MajorityLaw {
            agency: Id(agency),
            id: Id(derived(operation, "majority law")),
            age: input.age,
            law,
            recorded_by: Id(by),
            recorded_at: At(request.app.clock.now()),
        };
        let work = move |db: &mut _| {
            if !rows::has_majority_law(db, agency, row.id.0)? {
                rows::insert_majority_laws(db, std::slice::from_ref(&row))?;
            }
            rows::majority_law(db, agency)
        };
        Ok(MajorityLawPayload { law: request.write(work).await?.map(MajorityLaw::of), user_errors })
    }

    /// Writes down when a student comes of age and that both were told. From that day on the rights of
    /// the parents are the student's own; the record leaves the parents' phones, notices stay.
    async fn majority_record(&self, ctx: &Context<'_>, input: MajorityRecordInput) -> Result<MajorityPayload> {
        let request = Request::of(ctx)?;
        let (agency, student) = input.student.expect::<RecordId>(NodeKind::Student)?;
        let now = Micros(request.app.clock.now().timestamp_micros());
        let days = (input.on.0, input.told_on.map(|day| day.0));
        let moments = move |db: &mut _| {
            let zone = majority::zone_of(db, agency)?.ok_or(Error::NotFound)?;
            let at = |day| majority::midnight(zone, day);
            Ok((at(days.0), days.1.and_then(at)))
        };
        let (at, told_at) = request.read(moments).await?;
        let intent = RecordMajority {
            majority: derived(minted::<Uuid>("operationId", &input.operation_id)?, "majority"),
            student,
            at: at.unwrap_or_default(),
            told_at: told_at.unwrap_or(now),
            told: input.told,
        };
        change(ctx, agency, student, &input.operation_id, intent.into()).await
    }

    /// Takes it back: the parents' rights are what they were before.
    async fn majority_withdraw(&self, ctx: &Context<'_>, input: MajorityWithdrawInput) -> Result<MajorityPayload> {
        let request = Request::of(ctx)?;
        let (agency, majority) = input.majority.expect::<Uuid>(NodeKind::Majority)?;
        let read = move |db: &mut _| Ok(rows::majority(db, agency, majority)?.map(|found| (found.student.0, ())));
        let (student, ()) = request.find(agency, read, |()| Action::KeepRights).await?;
        let intent = WithdrawMajority { majority, student, evidence: input.evidence };
        change(ctx, agency, student, &input.operation_id, intent.into()).await
    }
}

async fn change(
    ctx: &Context<'_>,
    agency: AgencyId,
    student: RecordId,
    operation: &ID,
    intent: Intent,
) -> Result<MajorityPayload> {
    let verdict = Request::of(ctx)?.apply(agency, minted("operationId", operation)?, intent).await?;
    let user_errors = user_errors(&verdict);
    if !user_errors.is_empty() {
        return Ok(MajorityPayload { student: None, user_errors });
    }
    Ok(MajorityPayload { student: student_node(ctx, agency, student).await?, user_errors })
}

fn makes_no_sense(field: &str) -> UserError {
    let message = "This is missing, too long, or makes no sense. Please correct it.";
    UserError { code: "INVALID".to_owned(), message: message.to_owned(), field: vec![field.to_owned()] }
}
