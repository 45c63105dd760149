//! A page, turned into writes. A round is the run of pages that reaches the head of its
//! own snapshot: screens see a change only when its round is complete, except in a scope
//! that is being filled, which is written directly and marked as filling.

use crate::{
    Kind, Micros, RecordId, Scope,
    page::{Body, Page, Sum},
};
use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

/// What a page means for a copy.
#[derive(Debug)]
pub struct Plan {
    /// Scopes that leave, before anything else happens.
    pub purge: Vec<Scope>,
    /// Scopes to empty, because they come again from nothing.
    pub fill: Vec<Scope>,
    /// The scopes that `direct` and `staged` number.
    pub scopes: Vec<Scope>,
    /// Rows to write now.
    pub direct: Vec<Put>,
    /// Rows to keep aside until the round is complete.
    pub staged: Vec<Put>,
    /// The round is complete: what was kept aside is written now, before `direct`.
    pub publish: bool,
    /// What the copy of each scope must sum up to, once all is written.
    pub sums: Vec<(Scope, Sum)>,
    /// Scopes in which what is here differs from what must be: compared again, row by row.
    pub differs: Vec<Scope>,
    /// Where to go on.
    pub cursor: String,
    /// When to pull again at the latest.
    pub next_change: Option<Micros>,
}

/// One row to write.
#[derive(Debug)]
pub struct Put {
    /// Index into the plan's scopes.
    pub scope: usize,
    /// Its version there.
    pub version: i64,
    /// Its kind.
    pub kind: Kind,
    /// Its id.
    pub id: RecordId,
    /// The record, which several rows may share; `None` when it leaves the scope.
    pub body: Option<Arc<str>>,
}

/// The page contradicts itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the page contradicts itself")]
pub struct Torn;

/// Plans a page for a copy in which `filling` are being filled.
pub fn plan(page: Page, filling: &BTreeSet<Scope>) -> Result<Plan, Torn> {
    let scope = |index: u32| page.scopes.get(index as usize).cloned().ok_or(Torn);
    let fill = page.fill.iter().map(|index| scope(*index)).collect::<Result<Vec<_>, _>>()?;
    let sums = page.sums.iter().map(|s| Ok((scope(s.scope)?, s.sum))).collect::<Result<Vec<_>, Torn>>()?;
    let directly: Vec<bool> =
        page.scopes.iter().map(|scope| page.complete || filling.contains(scope) || fill.contains(scope)).collect();

    let (mut direct, mut staged) = (Vec::<Put>::new(), Vec::<Put>::new());
    // Where a record's body stands, for rows that say that it stands above.
    let mut above: HashMap<(Kind, RecordId, crate::AgencyId), (bool, usize)> = HashMap::new();
    for row in page.rows {
        let index = row.scope as usize;
        let agency = page.scopes.get(index).ok_or(Torn)?.agency;
        let is_direct = directly[index];
        let body = match row.body {
            Body::Gone => None,
            Body::Above => {
                let (is_direct, at) = above.get(&(row.kind.clone(), row.id, agency)).ok_or(Torn)?;
                if *is_direct { direct[*at].body.clone() } else { staged[*at].body.clone() }
            }
            Body::Here(body) => {
                let at = if is_direct { direct.len() } else { staged.len() };
                above.insert((row.kind.clone(), row.id, agency), (is_direct, at));
                Some(Arc::from(body))
            }
        };
        let put = Put { scope: index, version: row.version, kind: row.kind, id: row.id, body };
        if is_direct { direct.push(put) } else { staged.push(put) }
    }
    Ok(Plan {
        purge: page.purge,
        fill,
        scopes: page.scopes,
        direct,
        staged,
        publish: page.complete,
        sums,
        differs: page.differs,
        cursor: page.cursor,
        next_change: page.next_change,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AgencyId, page::Row};
    use uuid::Uuid;

    fn scope(path: &str) -> Scope {
        Scope::new(AgencyId(Uuid::from_u128(1)), path)
    }

    fn row(scope: u32, id: u128, body: Body) -> Row {
        Row { scope, version: 7, kind: Kind::known("visit"), id: RecordId(Uuid::from_u128(id)), body }
    }

    fn here(text: &str) -> Body {
        Body::Here(text.to_owned())
    }

    fn page(rows: Vec<Row>) -> Page {
        Page {
            server_time: Micros(0),
            scopes: vec![scope("a"), scope("b")],
            purge: Vec::new(),
            fill: Vec::new(),
            rows,
            cursor: "c".into(),
            complete: false,
            differs: Vec::new(),
            sums: Vec::new(),
            next_change: None,
            lease: None,
        }
    }

    #[test]
    fn a_change_waits_for_its_round_and_a_filling_scope_does_not() {
        let rows = || vec![row(0, 1, here("{}")), row(1, 1, Body::Above), row(1, 2, Body::Gone)];
        let plan_of = |page, filling: &[Scope]| {
            let plan = plan(page, &filling.iter().cloned().collect()).expect("a plan");
            (plan.direct.len(), plan.staged.len())
        };
        assert_eq!(plan_of(page(rows()), &[]), (0, 3));
        assert_eq!(plan_of(page(rows()), &[scope("a")]), (1, 2));
        assert_eq!(plan_of(Page { fill: vec![1], ..page(rows()) }, &[]), (2, 1));
        assert_eq!(plan_of(Page { complete: true, ..page(rows()) }, &[]), (3, 0));
    }

    #[test]
    fn a_body_may_stand_above_but_not_nowhere() {
        let plan = plan(page(vec![row(0, 1, here("{\"m\":1}")), row(1, 1, Body::Above)]), &BTreeSet::new());
        let plan = plan.expect("a plan");
        assert_eq!(plan.staged[1].body.as_deref(), Some("{\"m\":1}"));
        let torn = |page| super::plan(page, &BTreeSet::new()).err();
        assert_eq!(torn(page(vec![row(1, 1, Body::Above)])), Some(Torn));
        assert_eq!(torn(page(vec![row(9, 1, here("{}"))])), Some(Torn));
        assert_eq!(torn(Page { fill: vec![5], ..page(vec![]) }), Some(Torn));
    }
}
