//! What a case manager writes down on a phone: attempts to reach a family.

use domain::contact::{Channel, Reached};
use mobile_shared::event::Intent;
use sync::{PersonId, RecordId};

use crate::{TestPhone, names};

impl TestPhone {
    /// Writes down a call to somebody of the family that nobody answered.
    pub fn log_call(&mut self, student: &str, whom: &str, note: &str) {
        self.calls(student, names::person(whom), note, None);
    }

    /// Puts the newest attempt right that the screen shows.
    pub fn correct_call(&mut self, student: &str, note: &str) {
        let shown = self.student(student)["attempts"][0].clone();
        let read = |text: &serde_json::Value| text.as_str().map(str::to_owned).unwrap_or_default();
        let whom = read(&shown["person"]["person"]).parse().expect("somebody of the family");
        self.calls(student, whom, note, read(&shown["id"]).parse().ok());
    }

    fn calls(&mut self, student: &str, person: PersonId, note: &str, amends: Option<RecordId>) {
        let at = self.now().millis();
        self.act(Intent::LogAttempt {
            student: names::student(student),
            person,
            at,
            channel: Channel::Call,
            language: "es".into(),
            reached: Reached::Nobody,
            meeting: None,
            note: note.to_owned(),
            amends,
        });
    }

    /// What was said in the attempts that the screen shows, newest first.
    pub fn calls_shown(&mut self, student: &str) -> Vec<String> {
        let shown = self.student(student);
        let attempts = shown["attempts"].as_array().into_iter().flatten();
        attempts.map(|attempt| attempt["note"].as_str().unwrap_or_default().to_owned()).collect()
    }
}
