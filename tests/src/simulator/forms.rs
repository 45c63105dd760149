//! Texts under somebody's pen. A form shows what stood there when it was opened; it may stand open
//! for days while others write, and its author goes on from what they see.

use super::{
    Failure,
    cast::{self, Child, student},
    chance::Chance,
    run::Run,
};
use mobile_shared::{event::Intent, screens::Ask};
use serde_json::Value;

/// What a family's statement has.
const STATEMENT: [&str; 2] = ["vision", "strengths"];
/// What a guardian's input has.
const INPUT: [&str; 2] = ["hopes", "concerns"];

/// A form on one text.
#[derive(Clone, Debug)]
pub(super) struct Form {
    child: Child,
    is_statement: bool,
    field: &'static str,
    /// What it shows.
    saw: String,
    /// Whose it is, and on which of their copies.
    of: (&'static str, u32),
}

impl Form {
    /// What it shows, with one more sentence.
    pub(super) fn with(&self, sentence: &str) -> String {
        format!("{} {sentence}", self.saw).trim_start().to_owned()
    }
}

impl Run<'_> {
    /// Somebody opens a form on one text and leaves it open.
    pub(super) fn open_form(&mut self, index: usize, chance: &mut Chance) -> Result<(), Failure> {
        let Some(child) = self.child_of(self.phones[index].owner, chance) else { return Ok(()) };
        // As for somebody who writes at once: the same luck, the same text.
        let nth = chance.below(2);
        let form = self.form(index, child, !chance.one_in(3), nth)?;
        self.forms[index].extend(form);
        Ok(())
    }

    /// Somebody goes on in the form that has stood open the longest, whatever came meanwhile.
    pub(super) fn finish_form(&mut self, index: usize, chance: &mut Chance) -> Result<(), Failure> {
        let phone = &self.phones[index];
        let of = (phone.owner, phone.copy_of(phone.owner));
        self.forms[index].retain(|form| form.of.0 != of.0 || form.of.1 == of.1);
        let Some(at) = self.forms[index].iter().position(|form| form.of == of) else { return Ok(()) };
        let form = self.forms[index].remove(at);
        let (n, sentence) = self.ledger.next_sentence(of.0);
        let value = if chance.one_in(4) { sentence } else { form.with(&sentence) };
        self.types(index, &form, value, n)
    }

    /// A form on one of a child's texts, as it opens now; none where there is no such text.
    pub(super) fn form(
        &mut self,
        index: usize,
        child: Child,
        is_statement: bool,
        nth: u64,
    ) -> Result<Option<Form>, Failure> {
        let phone = &mut self.phones[index];
        let (owner, copy) = (phone.owner, phone.copy_of(phone.owner));
        let shown = phone.read(&Ask::Student { agency: child.agency, id: student(child) }, self.now)?;
        let (kind, fields) = if is_statement { ("statement", STATEMENT) } else { ("input", INPUT) };
        let (shown, field) = (&shown[kind], fields[nth as usize]);
        let saw = goes_on_from(shown, field, &cast::person(child.agency, owner).to_string());
        let form = Form { child, is_statement, field, saw, of: (owner, copy) };
        Ok((!shown.is_null()).then_some(form))
    }

    /// What somebody wrote in a form is kept. As on the pages the form says what it showed: who says
    /// it again after a crash has still seen no more than that.
    pub(super) fn types(&mut self, index: usize, form: &Form, value: String, n: u64) -> Result<(), Failure> {
        let (student, field, saw) = (student(form.child), form.field.to_owned(), Some(form.saw.clone()));
        let intent = match form.is_statement {
            true => Intent::EditStatement { student, field, value: value.clone(), saw },
            false => Intent::EditInput { student, field, value: value.clone(), saw },
        };
        let refused = self.does(index, form.child, intent, n)?;
        // Even if the process ended: perhaps it was kept.
        if refused.is_none_or(|code| code == "ENDED") {
            self.ledger.replaced(&form.saw, &value);
        }
        Ok(())
    }
}

/// The text that a person goes on from: the one on the screen, or their own last version of it
/// while there are several.
fn goes_on_from(shown: &Value, field: &str, me: &str) -> String {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let conflicts = shown["conflicts"].as_array().into_iter().flatten();
    let versions = conflicts
        .filter(|conflict| conflict["field"] == field)
        .flat_map(|conflict| conflict["alternatives"].as_array().cloned().unwrap_or_default());
    // The last of them, if they wrote on two phones.
    let own = versions.filter(|version| version["by"]["person"] == me).reduce(|_, later| later);
    own.map_or_else(|| text(&shown[field]), |own| text(&own["value"]))
}
