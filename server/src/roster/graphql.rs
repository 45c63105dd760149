//! What imports did, for those who may run one: the report that was kept, as typed fields.

use async_graphql::{Enum, Object, SimpleObject};
use serde::Deserialize;

use super::rows::Import;
use crate::graphql::node::{NodeId, NodeKind};
use crate::graphql::scalars::DateTime;

/// An import that changed something.
pub struct RosterImport {
    row: Import,
    report: Kept,
}

impl RosterImport {
    /// An import; `None` for a report that this version cannot read.
    pub fn of(row: Import) -> Option<Self> {
        let report = serde_json::from_str(&row.report).ok()?;
        Some(Self { row, report })
    }
}

/// The kept form of a [`Report`](super::Report), as far as it is read back.
#[derive(Deserialize)]
struct Kept {
    taken: i32,
    ended: i32,
    refused: i32,
    sections: Vec<KeptSection>,
    remarks: Vec<KeptRemark>,
}

#[derive(Deserialize)]
struct KeptSection {
    what: String,
    created: Vec<KeptLines>,
    updated: Vec<KeptLines>,
    unchanged: Vec<KeptLines>,
    ended: Vec<String>,
}

#[derive(Deserialize)]
struct KeptLines {
    count: i32,
}

#[derive(Deserialize)]
struct KeptRemark {
    file: String,
    line: i32,
    id: String,
    weight: Weight,
    why: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Weight {
    Refused,
    Noted,
}

/// An import of a roster that changed something.
#[Object]
impl RosterImport {
    async fn id(&self) -> NodeId {
        NodeId::new(NodeKind::RosterImport, self.row.agency.0, self.row.id.0)
    }

    async fn imported_at(&self) -> DateTime {
        self.row.imported_at.0.into()
    }

    /// The format of the export, such as `oneroster-1.1`.
    async fn format(&self) -> &str {
        &self.row.source
    }

    /// Rows that stood in the agency after it because the export had them.
    async fn taken(&self) -> i32 {
        self.report.taken
    }

    /// Rows that ended because the export did not have them any more.
    async fn ended(&self) -> i32 {
        self.report.ended
    }

    /// Rows that were not taken.
    async fn refused(&self) -> i32 {
        self.report.refused
    }

    /// Students, staff, contacts and so on, each with its counts.
    async fn sections(&self) -> Vec<ImportSection> {
        let count = |lines: &[KeptLines]| lines.iter().map(|lines| lines.count).sum();
        let section = |kept: &KeptSection| ImportSection {
            what: kept.what.clone(),
            created: count(&kept.created),
            updated: count(&kept.updated),
            unchanged: count(&kept.unchanged),
            ended: i32::try_from(kept.ended.len()).unwrap_or(i32::MAX),
        };
        self.report.sections.iter().map(section).collect()
    }

    /// Rows that were refused, or taken and deserve a look: refused ones first, in the order of
    /// the files.
    #[graphql(complexity = "first.unwrap_or(50).max(0) as usize * child_complexity + 1")]
    async fn remarks(&self, first: Option<i32>) -> Vec<ImportRemark> {
        let most = usize::try_from(first.unwrap_or(50)).unwrap_or_default().min(200);
        let of = |refused: bool| {
            let remarks = self.report.remarks.iter();
            remarks.filter(move |remark| matches!(remark.weight, Weight::Refused) == refused)
        };
        let remark = |kept: &KeptRemark| ImportRemark {
            file: kept.file.clone(),
            line: kept.line,
            source_id: kept.id.clone(),
            weight: kept.weight.into(),
            why: kept.why.clone(),
        };
        of(true).chain(of(false)).take(most).map(remark).collect()
    }
}

/// What became of one kind of thing.
#[derive(SimpleObject)]
pub struct ImportSection {
    /// Which, in English.
    what: String,
    /// New.
    created: i32,
    /// Here before, different now.
    updated: i32,
    /// Here before, as it was.
    unchanged: i32,
    /// Here before, not in the export any more.
    ended: i32,
}

/// A row of the export that deserves a look.
#[derive(SimpleObject)]
pub struct ImportRemark {
    /// The file.
    file: String,
    /// Its line, counted from 1; 0 where none is meant.
    line: i32,
    /// What the exporting system calls the row.
    source_id: String,
    /// Whether it was taken.
    weight: ImportWeight,
    /// Why, in English.
    why: String,
}

/// What a remark means for its row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ImportWeight {
    /// Not taken.
    Refused,
    /// Taken.
    Noted,
}

impl From<Weight> for ImportWeight {
    fn from(weight: Weight) -> Self {
        match weight {
            Weight::Refused => Self::Refused,
            Weight::Noted => Self::Noted,
        }
    }
}
