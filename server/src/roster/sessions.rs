//! Sessions and courses: both formats write them alike.

use super::draft::{Draft, Session};
use super::table::Row;

/// Reads a term or a school year; one that is out of use keeps its id and nothing else.
pub(super) fn session(draft: &mut Draft, row: &Row<'_>, in_use: bool) {
    let id = draft.sessions.claim(row, "sourcedId");
    row.required("title");
    let begins = row.required("startDate").and(row.date("startDate"));
    let ends = row.required("endDate").and(row.date("endDate"));
    if let (Some(id), Some(begins), Some(ends)) = (id, begins, ends)
        && row.in_order("endDate", begins, ends)
        && in_use
    {
        draft.sessions.fill(&id, Session { begins, ends });
    }
}

/// Reads a course; one that is out of use keeps its id and nothing else.
pub(super) fn course(draft: &mut Draft, row: &Row<'_>, in_use: bool) {
    let id = draft.courses.claim(row, "sourcedId");
    row.required("title");
    draft.orgs.needed(row, "orgSourcedId");
    draft.sessions.optional(row, "schoolYearSourcedId");
    if let (Some(id), true) = (id, in_use) {
        draft.courses.fill(&id, ());
    }
}
