//! Logins: what a person signs in with, in the one spelling under which it is kept.

/// The most bytes of a login; an e-mail address has at most 254.
const LONGEST: usize = 254;

/// A login as it is compared: without surrounding blanks, in small letters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Login(String);

impl Login {
    /// Reads what a person typed; `None` if nobody can have that login.
    pub fn parse(typed: &str) -> Option<Self> {
        let login = typed.trim().to_lowercase();
        let fits = (3..=LONGEST).contains(&login.len());
        let plain = login.chars().all(|c| !c.is_whitespace() && !c.is_control());
        (fits && plain).then_some(Self(login))
    }

    /// As it is kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_login_is_typed_in_many_ways() {
        for typed in ["ana@example.org", " Ana@Example.ORG", "ANA@EXAMPLE.ORG\n"] {
            assert_eq!(Login::parse(typed).as_ref().map(Login::as_str), Some("ana@example.org"), "{typed:?}");
        }
    }

    #[test]
    fn some_texts_are_nobodys_login() {
        for typed in ["", "  ", "an", "ana maria", "ana\u{0}b", &"a".repeat(255)] {
            assert_eq!(Login::parse(typed), None, "{typed:?}");
        }
    }
}
