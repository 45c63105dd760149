//! The sample: two districts that look like life, made from a seed and a moment. They are drawn as
//! values (`district`) and enter the database as everything does: a roster through the import, and
//! what people did through the one door for writes, each as the person who did it.

mod attempts;
mod blueprint;
mod calendar;
mod chance;
mod disclosures;
mod district;
mod family;
mod goals;
mod history;
mod household;
mod load;
#[cfg(test)]
mod load_tests;
mod looks;
mod names;
mod plans;
mod requests;
mod staff;
#[cfg(test)]
mod tests;
mod words;

pub use blueprint::{SIGN_INS, SignIn};
pub use load::{Seeded, seed};

/// Who can sign in, for whoever started a server with the sample; the first three are enough.
pub fn sign_ins() -> String {
    let mut text = String::from("Sign in to the sample as");
    for known in &SIGN_INS {
        text += &format!("\n  {:10} {:22} {}", known.login, known.password, known.role);
    }
    text
}
