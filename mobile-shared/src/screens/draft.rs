//! `{"screen":"draft","agency":"…","student":"…","name":"LogVisit"}`: what was begun there,
//! as the screen gave it with `draft`, or `null`.

use crate::{
    Core, Result,
    store::draft::{self, Desk},
};
use serde_json::Value;
use sync::{AgencyId, RecordId};

pub(crate) fn read(core: &mut Core, agency: AgencyId, student: RecordId, name: &str) -> Result<Option<Value>> {
    let Some((_, db, _)) = core.copy() else { return Ok(None) };
    draft::find(db, &Desk { agency, student, name })
}
