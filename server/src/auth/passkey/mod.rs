//! Passkeys: a key that stays in its owner's phone or computer, opened there by a finger, a face
//! or a PIN. Nothing that could be guessed or told to a wrong page is ever sent, and the key
//! itself says whose it is, so that nobody types a sign-in name.
//!
//! Each ceremony has two steps: the server asks for a signature over a challenge, and judges what
//! comes back. What it asked is kept in the database, once, for five minutes (`ceremony`); a
//! passkey belongs to one address, which is why the server has to be told its own ([`party`]).

mod ceremony;
pub mod graphql;
pub mod party;
pub(super) mod routes;
mod rows;
#[cfg(test)]
mod tests;

#[cfg(feature = "testing")]
pub(crate) use self::rows::add_passkey;
pub(crate) use self::rows::passkeys_of;
pub(super) use self::rows::remove_all;
