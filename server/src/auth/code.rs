//! Invitation codes: what the office reads out or prints for a guardian, once.
//!
//! Ten characters, without those that are mistaken for each other, shown as `ABCDE-FGHJK`.
//! Fifty bits would not stand against the whole table being tried at leisure, so the kept
//! hash is keyed and trying is throttled.

use chrono::TimeDelta;

use super::keys::{Keys, Use};

/// For how long a code can be redeemed.
pub const LIFE: TimeDelta = TimeDelta::days(14);

/// 32 characters, so that five random bits pick one evenly: no `0 O`, no `1 I`; `L` stands,
/// because codes are written in capitals.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const LENGTH: usize = 10;

/// A code as it was made or typed.
#[derive(Clone, PartialEq, Eq)]
pub struct Code([u8; LENGTH]);

impl Code {
    /// A new code; five bits of each byte are used.
    pub fn new(random: [u8; LENGTH]) -> Self {
        Self(random.map(|byte| ALPHABET[usize::from(byte & 31)]))
    }

    /// Reads what a person typed, in any case and with whatever they put between groups.
    pub fn parse(typed: &str) -> Option<Self> {
        if typed.len() > 64 {
            return None;
        }
        let characters = typed.chars().filter(|c| c.is_alphanumeric()).map(character).collect::<Option<Vec<u8>>>()?;
        characters.try_into().ok().map(Self)
    }

    /// What is kept in its place.
    pub fn hash(&self, keys: &Keys) -> [u8; 32] {
        keys.sign(Use::Invitation, &self.0)
    }
}

/// In groups, as it is shown.
impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (place, character) in self.0.iter().enumerate() {
            if place == LENGTH / 2 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(*character))?;
        }
        Ok(())
    }
}

fn character(typed: char) -> Option<u8> {
    let upper = u8::try_from(typed.to_ascii_uppercase()).ok()?;
    ALPHABET.contains(&upper).then_some(upper)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> Option<String> {
        Code::parse(typed).map(|code| code.to_string())
    }

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = Code::new([0, 1, 2, 3, 4, 5, 6, 7, 8, 255]).to_string();
        assert_eq!(code, "23456-789AZ");
        for typed in ["23456-789AZ", "23456789az", " 23456 789aZ ", "23456–789AZ\n"] {
            assert_eq!(read(typed).as_ref(), Some(&code), "{typed:?}");
        }
    }

    #[test]
    fn what_cannot_be_a_code_is_none() {
        for typed in ["", "23456-789A", "23456-789AZZ", "O3456-789AZ", "1345678 9AZ", "ñ3456-789AZ", &"-".repeat(100)]
        {
            assert_eq!(read(typed), None, "{typed:?}");
        }
    }

    #[test]
    fn codes_show_nothing_of_themselves_in_what_is_kept() {
        let code = Code::new([7; 10]);
        assert_eq!(code.hash(&Keys::new([1; 32])), code.hash(&Keys::new([1; 32])));
        assert_ne!(code.hash(&Keys::new([1; 32])), code.hash(&Keys::new([2; 32])));
    }
}
