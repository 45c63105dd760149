//! Keeps what a person began, so that a closed tab or a dead battery takes nothing from it.

use super::{doing::Stop, turn::Turn};
use crate::{
    effect::Screen,
    store::{
        draft::{self, Desk},
        outbox,
        records::{self, Place},
    },
};
use domain::{Fault, kinds};
use serde_json::Value;
use sync::{OperationId, operation::MAX_BYTES, verdict::Code};

impl Turn<'_> {
    /// Keeps a draft about a student who is here, or throws it away.
    pub(crate) fn draft(
        &mut self,
        desk: &Desk<'_>,
        becomes: Option<OperationId>,
        body: Option<&Value>,
    ) -> Result<(), Stop> {
        // A page repeats what was not answered, and two pages may hold one form. Kept again after
        // it was done, the form would log its next visit under the id of this one.
        if let Some(id) = becomes
            && outbox::is_known(self.db, id)?
        {
            return Ok(());
        }
        let flipped = match body {
            None => draft::forget(self.db, desk)?,
            Some(body) => {
                let card = Place { agency: desk.agency, kind: kinds::STUDENT, id: desk.student };
                if records::shown(self.db, &card)?.is_none() {
                    return Err(Stop::Refused(Fault { code: Code::NotFound, field: "student".into() }));
                }
                if body.to_string().len() > MAX_BYTES || desk.name.len() > 100 {
                    return Err(Stop::Refused(Fault { code: Code::Invalid, field: "body".into() }));
                }
                draft::keep(self.db, desk, body, self.now)?
            }
        };
        // Each letter changes a draft; only whether there is one shows elsewhere.
        if flipped {
            self.changed([Screen::Home]);
        }
        Ok(())
    }
}
