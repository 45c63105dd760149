//! When and where a meeting is, and the number that each time of it has.

use crate::{
    check::{self, Fault},
    kinds,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::borrow::Cow;
use sync::{Change, Kind, Micros, Record};

/// When and where a meeting is. One value, so that a move is one decision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct MeetingTime {
    /// Counts the moves, from 1. An answer names the revision that was shown.
    pub revision: u32,
    /// The beginning.
    pub starts_at: Micros,
    /// The end.
    pub ends_at: Micros,
    /// A room, or how to join.
    pub place: String,
}

impl MeetingTime {
    /// Of a meeting's record.
    pub fn of(meeting: &Record) -> Option<Self> {
        serde_json::from_value(meeting.field("time").clone()).ok()
    }

    pub(super) fn check(&self) -> Result<(), Fault> {
        check(self.starts_at, self.ends_at, &self.place)
    }
}

/// Names the field that makes no sense.
pub(super) fn check(starts_at: Micros, ends_at: Micros, place: &str) -> Result<(), Fault> {
    check::holds("endsAt", ends_at > starts_at)?;
    check::line("place", place)
}

/// A time as somebody chose it between two, or as they moved it: its number is not theirs to give.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Hour {
    starts_at: Micros,
    ends_at: Micros,
    place: String,
}

impl Hour {
    fn is(&self, time: &MeetingTime) -> bool {
        (self.starts_at, self.ends_at, &self.place) == (time.starts_at, time.ends_at, &time.place)
    }
}

/// Names what makes no sense in a time that was chosen between two.
pub(crate) fn check_choice(time: &Value) -> Result<(), Fault> {
    let hour: Hour = serde_json::from_value(time.clone()).map_err(|_| Fault::invalid("value"))?;
    check(hour.starts_at, hour.ends_at, &hour.place).map_err(|_| Fault::invalid("value"))
}

/// Where a meeting keeps the highest number that it gave. A time that nobody chose leaves the
/// record, and its number must not come again: somebody may have answered to it.
const NUMBERS: &str = "numbers";

/// A move, or a choice between two, with the number of its time. Each time has its own, though
/// two people move a meeting at once: an answer to the one never counts for the other. To where
/// it is already is no other time.
pub fn numbered<'c>(change: &'c Change, present: Option<&Record>) -> Cow<'c, Change> {
    let (Change::Edit { kind, field, value, .. } | Change::Resolve { kind, field, value, .. }) = change else {
        return Cow::Borrowed(change);
    };
    let (Some(present), Ok(hour)) = (present, serde_json::from_value::<Hour>(value.clone())) else {
        return Cow::Borrowed(change);
    };
    if *kind != kinds::MEETING || field != "time" {
        return Cow::Borrowed(change);
    }
    let there = times(present).find(|time| hour.is(time));
    let revision = there.map_or_else(|| last_number(present) + 1, |time| time.revision);
    let Hour { starts_at, ends_at, place } = hour;
    let mut change = change.clone();
    if let Change::Edit { value, .. } | Change::Resolve { value, .. } = &mut change {
        *value = json!(MeetingTime { revision, starts_at, ends_at, place });
    }
    Cow::Owned(change)
}

/// Has a record remember which numbers it gave, after each change of it.
pub fn keep_numbers(kind: &Kind, record: &mut Record) {
    let last = last_number(record);
    if *kind == kinds::MEETING && last > 1 {
        record.fields.insert(NUMBERS.into(), json!(last));
    }
}

/// The times of a meeting: the one that stands, and those between which somebody has to choose.
fn times(meeting: &Record) -> impl Iterator<Item = MeetingTime> {
    let voices = meeting.open.get("time").into_iter().flatten().map(|voice| &voice.value);
    let all = std::iter::once(meeting.field("time")).chain(voices);
    all.filter_map(|time| serde_json::from_value(time.clone()).ok())
}

fn last_number(meeting: &Record) -> u32 {
    let kept = meeting.field(NUMBERS).as_u64().and_then(|last| u32::try_from(last).ok());
    times(meeting).map(|time| time.revision).chain(kept).max().unwrap_or(0)
}
