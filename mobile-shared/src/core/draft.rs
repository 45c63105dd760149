//! Keeps what a person began, so that a closed tab or a dead battery takes nothing from it.

use super::{doing::Stop, turn::Turn};
use crate::{
    effect::Screen,
    store::{
        draft::{self, Desk},
        records::{self, Place},
    },
};
use domain::{Fault, kinds};
use serde_json::Value;
use sync::{AgencyId, RecordId, operation::MAX_BYTES, verdict::Code};

impl Turn<'_> {
    /// Keeps a draft about a student who is here, or throws it away.
    pub(crate) fn draft(
        &mut self,
        agency: AgencyId,
        student: RecordId,
        name: &str,
        body: Option<&Value>,
    ) -> Result<(), Stop> {
        let desk = Desk { agency, student, name };
        let flipped = match body {
            None => draft::forget(self.db, &desk)?,
            Some(body) => {
                let card = Place { agency, kind: kinds::STUDENT, id: student };
                if records::shown(self.db, &card)?.is_none() {
                    return Err(Stop::Refused(Fault { code: Code::NotFound, field: "student".into() }));
                }
                if body.to_string().len() > MAX_BYTES || name.len() > 100 {
                    return Err(Stop::Refused(Fault { code: Code::Invalid, field: "body".into() }));
                }
                draft::keep(self.db, &desk, body, self.now)?
            }
        };
        // Each letter changes a draft; only whether there is one shows elsewhere.
        if flipped {
            self.changed([Screen::Home]);
        }
        Ok(())
    }
}
