//! Sign-in: accounts with passwords, invitation codes for guardians, short access tokens
//! and refresh tokens that rotate and are bound to a device.
//!
//! Nothing secret is kept: passwords as argon2id hashes, tokens and codes as keyed hashes.
//! Other ways to sign in (the district's, passkeys) end where this one does: with an account
//! and a device.

pub mod access_token;
pub mod code;
pub mod keys;
pub mod login;
pub mod password;
pub mod refresh;
pub mod throttle;
