//! Passwords: argon2id, with the parameters in each hash so that they can grow.
//!
//! Hashing takes 19 MB and tens of milliseconds on purpose. [`Hasher`] keeps it off the
//! async threads and bounds how many run at once, so that a flood of sign-ins waits rather
//! than taking the machine, and whoever would wait too long is told to come again. A login that nobody has costs the same as a wrong password.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, anyhow};
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use crate::off_thread::off_thread;

/// The fewest characters of a password.
pub const SHORTEST: usize = 12;
/// The most bytes: far beyond a sentence, so that nobody hashes a book here.
const LONGEST: usize = 1_024;

/// Why a new password is not taken, in words for the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    /// Too few characters.
    #[error("Use at least 12 characters. A few words that belong to you are easy to remember.")]
    Short,
    /// Too many.
    #[error("This is too long. Use at most 1024 characters.")]
    Long,
    /// The first thing that anybody would try.
    #[error("Your sign-in name cannot be your password.")]
    Login,
}

/// Whether a new password may be used.
pub fn check_new(password: &str, login: &str) -> Result<(), Weak> {
    if password.chars().count() < SHORTEST {
        return Err(Weak::Short);
    }
    if password.len() > LONGEST {
        return Err(Weak::Long);
    }
    if password.eq_ignore_ascii_case(login) {
        return Err(Weak::Login);
    }
    Ok(())
}

/// One spelling for what keyboards write in two ways: `é` as one character or as two.
fn bytes(password: &str) -> Vec<u8> {
    password.nfc().collect::<String>().into_bytes()
}

/// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
fn argon2() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).expect("parameters within argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Hashes a new password.
pub fn hash(password: &str, salt: [u8; 16]) -> anyhow::Result<String> {
    let hash: PasswordHash = argon2()
        .hash_password_with_salt(&bytes(password), &salt)
        .map_err(|error| anyhow!("hashing a password: {error}"))?;
    Ok(hash.to_string())
}

/// Whether `password` is the one that `kept` was made of. Without one it is never right,
/// after the same work.
pub fn verify(password: &str, kept: Option<&str>) -> anyhow::Result<bool> {
    if password.len() > LONGEST {
        return Ok(false);
    }
    let Some(kept) = kept else {
        hash(password, [0; 16])?;
        return Ok(false);
    };
    let kept = PasswordHash::new(kept).map_err(|error| anyhow!("a kept password hash: {error}"))?;
    Ok(argon2().verify_password(&bytes(password), &kept).is_ok())
}

/// How long somebody waits for their turn: longer, and they would have gone.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why a password was not looked at.
#[derive(Debug, thiserror::Error)]
pub enum Unhashed {
    /// Too many are waiting.
    #[error("too many passwords at once")]
    Busy,
    /// Our fault.
    #[error("hashing a password")]
    Failed(#[from] anyhow::Error),
}

/// Carries hashing to blocking threads, a few at a time.
#[derive(Clone, Debug)]
pub struct Hasher {
    slots: Arc<Semaphore>,
    patience: Duration,
}

impl Hasher {
    /// A hasher that runs at most `at_once`.
    pub fn new(at_once: usize) -> Self {
        Self { slots: Arc::new(Semaphore::new(at_once)), patience: PATIENCE }
    }

    /// [`hash`], when a slot is free.
    pub async fn hash(&self, password: String, salt: [u8; 16]) -> Result<String, Unhashed> {
        self.run(move || hash(&password, salt)).await
    }

    /// [`verify`], when a slot is free.
    pub async fn verify(&self, password: String, kept: Option<String>) -> Result<bool, Unhashed> {
        self.run(move || verify(&password, kept.as_deref())).await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> anyhow::Result<T> + Send + 'static,
    ) -> Result<T, Unhashed> {
        let turn = tokio::time::timeout(self.patience, Arc::clone(&self.slots).acquire_owned());
        // The permit moves into the thread: a caller who hangs up frees nothing early.
        let permit = turn.await.map_err(|_| Unhashed::Busy)?.context("the hasher is shut")?;
        let work = move || {
            let done = work();
            drop(permit);
            done
        };
        Ok(off_thread(work).await.context("hashing a password")??)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_itself_is_right() {
        let kept = hash("correct horse battery", [3; 16]).expect("hashes");
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(verify("correct horse battery", Some(&kept)).expect("verifies"));
        assert!(!verify("correct horse batterx", Some(&kept)).expect("verifies"));
        assert!(!verify("", Some(&kept)).expect("verifies"));
    }

    #[test]
    fn a_password_is_the_same_on_every_keyboard() {
        let kept = hash("caf\u{e9} caf\u{e9} caf\u{e9}", [3; 16]).expect("hashes");
        assert!(verify("cafe\u{301} cafe\u{301} cafe\u{301}", Some(&kept)).expect("verifies"));
    }

    #[test]
    fn nobodys_password_is_never_right() {
        assert!(!verify("correct horse battery", None).expect("verifies"));
    }

    #[test]
    fn a_new_password_is_judged_by_its_length_and_not_by_its_symbols() {
        #[rustfmt::skip]
        let table = [
            ("eleven characters", "abcdefghijk",           Err(Weak::Short)),
            ("twelve",            "abcdefghijkl",          Ok(())),
            ("in any script",     "буквыбуквыбу",          Ok(())),
            ("with spaces",       "four little words yes", Ok(())),
            ("the login itself",  "ANA@example.org",       Err(Weak::Login)),
        ];
        for (name, password, expected) in table {
            assert_eq!(check_new(password, "ana@example.org"), expected, "{name}");
        }
        assert_eq!(check_new(&"a".repeat(1_025), "ana"), Err(Weak::Long));
    }

    #[tokio::test]
    async fn hashing_waits_for_a_slot_and_then_answers() {
        let hasher = Hasher::new(1);
        let both = tokio::join!(hasher.hash("one password here".into(), [1; 16]), hasher.verify("any".into(), None));
        assert!(both.0.is_ok());
        assert!(!both.1.expect("verifies"));
    }

    #[tokio::test]
    async fn whoever_would_wait_too_long_is_told_so() {
        let hasher = Hasher { patience: Duration::from_millis(20), ..Hasher::new(1) };
        let slot = Arc::clone(&hasher.slots).acquire_owned().await.expect("a slot");
        assert!(matches!(hasher.verify("any".into(), None).await, Err(Unhashed::Busy)));
        drop(slot);
        assert!(!hasher.verify("any".into(), None).await.expect("verifies"));
    }
}
