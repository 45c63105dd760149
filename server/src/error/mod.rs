//! What can go wrong, named by what the caller can do next.
//!
//! A refusal or a conflict is an answer, not an error, and is not here. No access reads as
//! [`Error::NotFound`]. A message never repeats its source: the whole chain is logged once,
//! at the edge, under the request id that the person sees.

mod graphql;
mod http;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

pub use graphql::{cut, in_document, masked};
pub use http::{Fault, report};

use crate::edge::RequestId;

/// Shorthand for everything in this crate that can fail towards a caller.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request was not answered. What lies below is for the log; it is shared, since one
/// failure may answer several fields.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in, or no longer.
    #[error("sign in again")]
    Unauthenticated,
    /// It is not there, or not for this person: the two must read alike, whatever it is that was
    /// looked for when the search ended.
    #[error("no such thing, or none that you may see")]
    NotFound,
    /// One field of what was sent has to change.
    #[error("{field}: {why}")]
    Invalid {
        /// The field as the caller named it.
        field: &'static str,
        /// What to do about it, in words for a person.
        why: &'static str,
    },
    /// The caller's program has to be updated.
    #[error("this version is too old")]
    TooOld,
    /// Too many tries.
    #[error("too many requests, try again later")]
    RateLimited {
        /// When it makes sense to try again.
        retry_after: Duration,
    },
    /// The document asks for more than one request may.
    #[error("{0}")]
    TooComplex(&'static str),
    /// A document that is not carried out here.
    #[error("{why}")]
    Document {
        /// The word that programs read.
        code: &'static str,
        /// What to do about it.
        why: &'static str,
    },
    /// The database is away or full; nothing was kept, and the same request may be sent again.
    #[error("not available at the moment, try again")]
    Unavailable(Arc<anyhow::Error>),
    /// Our fault. The caller can report the request's number.
    #[error("something went wrong")]
    Internal(Arc<anyhow::Error>),
}

impl Error {
    /// Our fault, with its cause for the log.
    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        Self::Internal(Arc::new(cause.into()))
    }

    /// Something we stand on is away for now.
    pub fn unavailable(cause: impl Into<anyhow::Error>) -> Self {
        Self::Unavailable(Arc::new(cause.into()))
    }

    /// The word that programs read, the same in GraphQL and in plain HTTP.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::NotFound => "NOT_FOUND",
            Self::Invalid { .. } => "BAD_USER_INPUT",
            Self::TooOld => "TOO_OLD",
            Self::RateLimited { .. } => "RATE_LIMITED",
            Self::TooComplex(_) => "QUERY_TOO_COMPLEX",
            Self::Document { code, .. } => code,
            Self::Unavailable(_) => "UNAVAILABLE",
            Self::Internal(_) => "INTERNAL",
        }
    }

    /// Writes what is our concern to the log, whole, once. What is the caller's concern is
    /// in the answer already.
    pub fn log(&self, request: RequestId) {
        match self {
            Self::Internal(cause) => tracing::error!(%request, cause = format!("{cause:#}"), "failed"),
            Self::Unavailable(cause) => tracing::warn!(%request, cause = format!("{cause:#}"), "unavailable"),
            _ => {}
        }
    }

    /// The cause of that type, if that is what lies below.
    pub(crate) fn source_of<E: std::error::Error + Send + Sync + 'static>(&self) -> Option<&E> {
        match self {
            Self::Unavailable(cause) | Self::Internal(cause) => cause.downcast_ref(),
            _ => None,
        }
    }
}

impl From<diesel::result::Error> for Error {
    fn from(cause: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind, Error as Sql};
        match &cause {
            Sql::DatabaseError(DatabaseErrorKind::UnableToSendCommand, _)
            | Sql::DatabaseError(DatabaseErrorKind::ClosedConnection, _) => Self::unavailable(cause),
            Sql::DatabaseError(_, what) if is_out_of_space(what.message()) => Self::unavailable(cause),
            _ => Self::internal(cause),
        }
    }
}

/// SQLITE_FULL, SQLITE_IOERR on a write, and PostgreSQL's class 53.
fn is_out_of_space(message: &str) -> bool {
    message.contains("disk is full")
        || message.contains("disk I/O error")
        || message.contains("No space left on device")
}
