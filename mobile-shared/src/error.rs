//! What can go wrong inside the core, named by what its holder can do about it.

/// A failure of the core. What a person may do wrong is an effect, not an error.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The holder said something the core does not understand.
    #[error("this is not an event or a screen that the core knows")]
    Unknown(#[source] serde_json::Error),
    /// The storage refused: full, gone, or damaged. Nothing was kept of the event.
    #[error("the storage of this phone refused")]
    Storage(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The key that was handed in does not open the copy.
    #[error("this key does not open what is stored on this phone")]
    WrongKey,
    /// What stands in the storage cannot be read by this build.
    #[error("what is stored on this phone cannot be read")]
    Damaged(#[source] serde_json::Error),
}

/// What the core answers.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        Self::Storage(error.into())
    }
}

impl From<diesel::ConnectionError> for Error {
    fn from(error: diesel::ConnectionError) -> Self {
        Self::Storage(error.into())
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::Storage(error.into())
    }
}
