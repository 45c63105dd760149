//! What sign-in asked of somebody and waits for. Kept in the database, where every process finds
//! it, and taken once: of several answers at the same time one is judged.

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sync::AccountId;
use uuid::Uuid;

use crate::db::Db;
use crate::db::types::{At, Id};
use crate::error::{Error, Result};
use crate::on;

/// Questions that may be open at once. Beyond it the oldest go: one network alone cannot ask so many
/// before they are too late anyway, and a flood fills nothing.
const MOST: i64 = 10_000;

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    challenge (id) {
        id -> Uid,
        kind -> Text,
        account -> Nullable<Uid>,
        state -> Text,
        expires_at -> Instant,
    }
}

/// Of whom something is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Of a passkey.
    Passkey,
    /// Of an agency's own sign-in.
    Issuer,
}

impl Kind {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Passkey => "passkey",
            Self::Issuer => "issuer",
        }
    }
}

/// A question as it is kept.
#[derive(Clone, Debug, Insertable)]
#[diesel(table_name = challenge)]
pub(super) struct Challenge {
    /// The question.
    pub(super) id: Id,
    kind: String,
    account: Option<Id<AccountId>>,
    state: String,
    expires_at: At,
}

impl Challenge {
    /// A question to one account or to whoever comes, with what the answer will be judged by.
    pub(super) fn new(
        kind: Kind,
        id: Uuid,
        account: Option<AccountId>,
        state: &impl Serialize,
        expires_at: DateTime<Utc>,
    ) -> anyhow::Result<Self> {
        let state = serde_json::to_string(state).context("writing down a challenge")?;
        let kind = kind.as_str().to_owned();
        Ok(Self { id: Id(id), kind, account: account.map(Id), state, expires_at: At(expires_at) })
    }
}

/// Keeps a question. What is too old goes, and what the same account was asked before.
pub(super) fn ask(db: &mut Db, new: &Challenge, now: DateTime<Utc>) -> Result<()> {
    ask_among(db, new, MOST, now)
}

fn ask_among(db: &mut Db, new: &Challenge, most: i64, now: DateTime<Utc>) -> Result<()> {
    on!(db => diesel::delete(challenge::table).filter(challenge::expires_at.le(At(now))).execute(db))?;
    if let Some(account) = new.account {
        on!(db => diesel::delete(challenge::table).filter(challenge::account.eq(account)).execute(db))?;
    }
    let open: i64 = on!(db => challenge::table.count().get_result(db))?;
    if open >= most {
        let oldest: Vec<Id> = on!(db => challenge::table
            .order((challenge::expires_at, challenge::id))
            .limit(open - most + 1)
            .select(challenge::id)
            .load(db))?;
        on!(db => diesel::delete(challenge::table).filter(challenge::id.eq_any(&oldest)).execute(db))?;
    }
    on!(db => diesel::insert_into(challenge::table).values(new).execute(db))?;
    Ok(())
}

/// Takes a question to an account back, so that it is answered once; `None` if it is too late.
pub(super) fn take<T: DeserializeOwned>(
    db: &mut Db,
    kind: Kind,
    id: Uuid,
    account: Option<AccountId>,
    now: DateTime<Utc>,
) -> Result<Option<T>> {
    let question = challenge::table.find(Id(id));
    let kept: Option<(Option<Id<AccountId>>, String)> = on!(db => question
        .filter(challenge::kind.eq(kind.as_str()))
        .filter(challenge::expires_at.gt(At(now)))
        .select((challenge::account, challenge::state))
        .first(db)
        .optional())?;
    let Some((_, state)) = kept.filter(|(whose, _)| *whose == account.map(Id)) else { return Ok(None) };
    let rows = on!(db => diesel::delete(question).execute(db))?;
    if rows != 1 {
        return Ok(None);
    }
    serde_json::from_str(&state).context("what was kept of a challenge").map_err(Error::internal).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::testing::fresh_databases;
    use crate::fixture::noon;
    use chrono::TimeDelta;

    #[test]
    fn a_flood_of_questions_drops_the_oldest_and_nobody_else() {
        for database in fresh_databases() {
            let question = |number: u128| {
                let until = noon() + TimeDelta::seconds(i64::try_from(number).expect("a small number"));
                Challenge::new(Kind::Passkey, Uuid::from_u128(number), None, &number, until).expect("is written")
            };
            let taken = |number: u128| {
                let work = |db: &mut _| take::<u128>(db, Kind::Passkey, Uuid::from_u128(number), None, noon());
                database.write(work).expect("the database answers")
            };
            for number in 1..=5 {
                database.write(|db| ask_among(db, &question(number), 3, noon())).expect("is kept");
            }
            assert_eq!([1, 2, 3, 4, 5].map(taken), [None, None, Some(3), Some(4), Some(5)]);
            assert_eq!(taken(5), None, "once");
        }
    }

    #[test]
    fn a_question_of_one_kind_is_not_answered_as_another() {
        for database in fresh_databases() {
            let until = noon() + TimeDelta::minutes(1);
            let question = Challenge::new(Kind::Issuer, Uuid::from_u128(1), None, &1, until).expect("is written");
            database.write(|db| ask(db, &question, noon())).expect("is kept");
            let as_a = |kind: Kind| {
                let work = move |db: &mut _| take::<u128>(db, kind, Uuid::from_u128(1), None, noon());
                database.write(work).expect("the database answers")
            };
            assert_eq!((as_a(Kind::Passkey), as_a(Kind::Issuer)), (None, Some(1)));
        }
    }

    #[test]
    fn questions_are_kept_for_a_while_and_not_without_end() {
        for database in fresh_databases() {
            let whose = |account: Option<u128>| account.map(|id| AccountId(Uuid::from_u128(id)));
            let at = |after: i64| noon() + TimeDelta::seconds(after);
            let keep = |id: u128, account: Option<u128>, after: i64| {
                let until = at(after + 300);
                let row = Challenge::new(Kind::Passkey, Uuid::from_u128(id), whose(account), &"…", until);
                let row = row.expect("a question");
                database.write(|db| ask(db, &row, at(after))).expect("writes");
            };
            let answered = |id: u128, account: Option<u128>, after: i64| {
                let id = Uuid::from_u128(id);
                let work = |db: &mut _| take::<String>(db, Kind::Passkey, id, whose(account), at(after));
                database.write(work).expect("writes").is_some()
            };
            keep(1, None, 0);
            keep(2, Some(7), 0);
            assert!(!answered(1, Some(7), 1) && !answered(2, None, 1) && !answered(2, Some(8), 1), "{database}");
            assert!(answered(2, Some(7), 299) && !answered(2, Some(7), 299), "{database}");
            assert!(!answered(1, None, 300), "{database}");
            keep(3, Some(7), 400);
            keep(4, Some(7), 401);
            assert!(!answered(3, Some(7), 402) && answered(4, Some(7), 402), "{database}");
        }
    }
}
