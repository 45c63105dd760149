//! Access tokens: who asks, from which device, in which sign-in, until when. Signed, not
//! stored; short, because only the device's row can take one back.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use sync::{AccountId, DeviceId};
use uuid::Uuid;

use super::keys::{Keys, Use};

/// How long an access token lives.
pub const LIFE: TimeDelta = TimeDelta::minutes(15);

const VERSION: u8 = 1;
const CLAIMS: usize = 1 + 16 + 16 + 16 + 8;
const TOKEN: usize = CLAIMS + 32;

/// What a token says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claims {
    /// Who is signed in.
    pub account: AccountId,
    /// Where.
    pub device: DeviceId,
    /// In which sign-in on that device; a later one makes this token void.
    pub family: Uuid,
    /// When it stops being taken.
    pub expires_at: DateTime<Utc>,
}

/// Why a token is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Not one of ours, or altered.
    Foreign,
    /// Ours, but its time is over: refresh.
    Expired,
}

/// Writes a token.
pub fn seal(keys: &Keys, claims: &Claims) -> String {
    let mut token = Vec::with_capacity(TOKEN);
    token.push(VERSION);
    token.extend_from_slice(claims.account.0.as_bytes());
    token.extend_from_slice(claims.device.0.as_bytes());
    token.extend_from_slice(claims.family.as_bytes());
    token.extend_from_slice(&claims.expires_at.timestamp_micros().to_be_bytes());
    let signature = keys.sign(Use::Access, &token);
    token.extend_from_slice(&signature);
    URL_SAFE_NO_PAD.encode(token)
}

/// Reads a token; it still counts only while the device's row agrees.
pub fn open(keys: &Keys, token: &str, now: DateTime<Utc>) -> Result<Claims, Refused> {
    let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| Refused::Foreign)?;
    let bytes: [u8; TOKEN] = bytes.try_into().map_err(|_| Refused::Foreign)?;
    let (claims, signature) = bytes.split_at(CLAIMS);
    if !keys.verifies(Use::Access, claims, signature) {
        return Err(Refused::Foreign);
    }
    let claims = read(claims).ok_or(Refused::Foreign)?;
    if now >= claims.expires_at {
        return Err(Refused::Expired);
    }
    Ok(claims)
}

fn read(bytes: &[u8]) -> Option<Claims> {
    let (version, rest) = bytes.split_first()?;
    if *version != VERSION {
        return None;
    }
    let (ids, expires_at) = rest.split_at_checked(48)?;
    Some(Claims {
        account: Uuid::from_slice(&ids[..16]).ok()?.into(),
        device: Uuid::from_slice(&ids[16..32]).ok()?.into(),
        family: Uuid::from_slice(&ids[32..]).ok()?,
        expires_at: DateTime::from_timestamp_micros(i64::from_be_bytes(expires_at.try_into().ok()?))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        Keys::new([1; 32])
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).expect("a time within the calendar")
    }

    fn claims() -> Claims {
        Claims {
            account: Uuid::from_u128(1).into(),
            device: Uuid::from_u128(2).into(),
            family: Uuid::from_u128(3),
            expires_at: at(1_000),
        }
    }

    #[test]
    fn a_token_says_what_was_sealed_until_it_expires() {
        let token = seal(&keys(), &claims());
        assert_eq!(open(&keys(), &token, at(999)), Ok(claims()));
        assert_eq!(open(&keys(), &token, at(1_000)), Err(Refused::Expired));
    }

    #[test]
    fn a_token_altered_in_any_byte_is_foreign() {
        let token = seal(&keys(), &claims());
        let bytes = URL_SAFE_NO_PAD.decode(token).expect("our own encoding");
        for place in 0..bytes.len() {
            let mut altered = bytes.clone();
            altered[place] ^= 1;
            assert_eq!(open(&keys(), &URL_SAFE_NO_PAD.encode(altered), at(0)), Err(Refused::Foreign), "byte {place}");
        }
    }

    #[test]
    fn a_token_of_another_installation_is_foreign() {
        let token = seal(&Keys::new([2; 32]), &claims());
        assert_eq!(open(&keys(), &token, at(0)), Err(Refused::Foreign));
    }

    #[test]
    fn what_is_no_token_is_foreign() {
        for text in ["", "x", "…", "AAAA", &"A".repeat(10_000)] {
            assert_eq!(open(&keys(), text, at(0)), Err(Refused::Foreign), "{text:.10}");
        }
    }
}
