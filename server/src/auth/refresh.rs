//! Refresh tokens: what to do with one that is presented. Pure; `sign_in` carries it out.
//!
//! A token is used once and followed by its successor. A phone on a bad network often loses
//! the reply, so for a minute the same device is told the same successor again: that is why
//! it is derived from the token it follows and never kept. Any other second use means that
//! two parties hold the token, and ends the sign-in for both.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use sync::StoreId;
use uuid::Uuid;

use super::keys::{Keys, Use};
use crate::devices::{DeviceKind, Standing};

/// For how long a lost reply can be asked for again.
pub const GRACE: TimeDelta = TimeDelta::seconds(60);

/// How long a sign-in may lie idle. A phone stays in a drawer over the summer; a browser
/// may be a shared one.
pub const fn idle_life(kind: DeviceKind) -> TimeDelta {
    match kind {
        DeviceKind::Phone => TimeDelta::days(120),
        DeviceKind::Web => TimeDelta::days(7),
    }
}

/// What the holder has: 256 bits that only they know.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct RefreshToken([u8; 32]);

impl RefreshToken {
    /// The first token of a sign-in.
    pub fn first(random: [u8; 32]) -> Self {
        Self(random)
    }

    /// The token that follows this one, the same whenever it is asked for.
    pub fn successor(&self, keys: &Keys) -> Self {
        Self(keys.sign(Use::Successor, &self.0))
    }

    /// What is kept in its place.
    pub fn hash(&self, keys: &Keys) -> [u8; 32] {
        keys.sign(Use::Refresh, &self.0)
    }

    /// As it is sent.
    pub fn to_text(self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// Reads what was sent.
    pub fn parse(text: &str) -> Option<Self> {
        URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok().map(Self)
    }
}

/// What is known of a presented token and its device.
#[derive(Clone, Copy, Debug)]
pub struct State {
    /// The sign-in that the token belongs to.
    pub family: Uuid,
    /// When it stops being taken.
    pub expires_at: DateTime<Utc>,
    /// When it was first used.
    pub used_at: Option<DateTime<Utc>>,
    /// Whether its family was ended.
    pub ended: bool,
    /// The sign-in that is current on the device.
    pub current_family: Uuid,
    /// The store that the device was signed in with.
    pub store: Option<StoreId>,
    /// Whether the device was signed out or revoked.
    pub device: Standing,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// First use: remember it and hand out the successor.
    Rotate,
    /// The reply was lost: hand out the same successor again, change nothing.
    Repeat,
    /// Somebody else holds the token too: end the sign-in.
    EndFamily,
    /// It is over; sign in again.
    Refuse,
    /// It is over, and the device's copy has to be destroyed.
    Destroy,
}

/// Judges a token that a device presents; `None` is a token that nobody ever was given.
pub fn decide(state: Option<&State>, store: Option<StoreId>, now: DateTime<Utc>) -> Plan {
    let Some(state) = state else { return Plan::Refuse };
    match state.used_at {
        _ if state.ended || state.family != state.current_family => Plan::Refuse,
        _ if state.store != store => Plan::EndFamily,
        _ if state.device == Standing::Revoked => Plan::Destroy,
        _ if state.device == Standing::SignedOut || now >= state.expires_at => Plan::Refuse,
        None => Plan::Rotate,
        Some(used_at) if now < used_at + GRACE => Plan::Repeat,
        Some(_) => Plan::EndFamily,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const USED: i64 = 1_000;
    const EXPIRES: i64 = 100_000;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).expect("a time within the calendar")
    }

    fn store(n: u128) -> Option<StoreId> {
        Some(Uuid::from_u128(n).into())
    }

    fn fresh() -> State {
        State {
            family: Uuid::from_u128(1),
            expires_at: at(EXPIRES),
            used_at: None,
            ended: false,
            current_family: Uuid::from_u128(1),
            store: store(1),
            device: Standing::SignedIn,
        }
    }

    fn used() -> State {
        State { used_at: Some(at(USED)), ..fresh() }
    }

    #[test]
    fn each_presentation_has_one_outcome() {
        let newer = Uuid::from_u128(2);
        #[rustfmt::skip]
        let table = [
            ("nobody was ever given it",          None,                                                        1, 0,            Plan::Refuse),
            ("first use",                         Some(fresh()),                                               1, 0,            Plan::Rotate),
            ("first use by another store",        Some(fresh()),                                               2, 0,            Plan::EndFamily),
            ("first use a moment before expiry",  Some(fresh()),                                               1, EXPIRES - 1,  Plan::Rotate),
            ("first use at expiry",               Some(fresh()),                                               1, EXPIRES,      Plan::Refuse),
            ("reply lost, asked at once",         Some(used()),                                                1, USED,         Plan::Repeat),
            ("reply lost, asked within grace",    Some(used()),                                                1, USED + 59,    Plan::Repeat),
            ("asked after grace",                 Some(used()),                                                1, USED + 60,    Plan::EndFamily),
            ("asked within grace by another",     Some(used()),                                                2, USED + 1,     Plan::EndFamily),
            ("family was ended",                  Some(State { ended: true, ..used() }),                       1, USED + 1,     Plan::Refuse),
            ("signed in again since",             Some(State { current_family: newer, ..fresh() }),            1, 0,            Plan::Refuse),
            ("signed out on the device",          Some(State { device: Standing::SignedOut, ..fresh() }),      1, 0,            Plan::Refuse),
            ("revoked from elsewhere",            Some(State { device: Standing::Revoked, ..fresh() }),        1, 0,            Plan::Destroy),
            ("revoked, reply lost, asked again",  Some(State { device: Standing::Revoked, ..used() }),         1, USED + 1,     Plan::Destroy),
            ("revoked, token found by another",   Some(State { device: Standing::Revoked, ..fresh() }),        2, 0,            Plan::EndFamily),
        ];
        for (name, state, by, now, expected) in table {
            assert_eq!(decide(state.as_ref(), store(by), at(now)), expected, "{name}");
        }
    }

    #[test]
    fn a_successor_is_the_same_each_time_and_unlike_what_it_follows() {
        let keys = Keys::new([1; 32]);
        let first = RefreshToken::first([9; 32]);
        let next = first.successor(&keys);
        assert_eq!(next.to_text(), first.successor(&keys).to_text());
        assert_ne!(next.to_text(), first.to_text());
        assert_ne!(next.to_text(), first.successor(&Keys::new([2; 32])).to_text());
    }

    #[test]
    fn a_token_survives_being_sent() {
        let token = RefreshToken::first([9; 32]);
        assert_eq!(RefreshToken::parse(&token.to_text()).map(RefreshToken::to_text), Some(token.to_text()));
        for text in ["", "x", "é", &"A".repeat(42), &"A".repeat(10_000)] {
            assert!(RefreshToken::parse(text).is_none(), "{text:.10}");
        }
    }
}
