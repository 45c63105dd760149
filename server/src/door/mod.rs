//! What stands before every request: where it comes from, how often somebody asks, and which
//! documents are carried out.

pub mod address;
pub mod documents;
pub mod rates;

use std::sync::Arc;

use self::address::Proxies;
use self::documents::Documents;
use self::rates::Rates;

/// How one process lets requests in. Cheap to clone.
#[derive(Clone, Default)]
pub struct Door {
    /// Who may say where a request comes from.
    pub proxies: Arc<Proxies>,
    /// How often anybody may ask.
    pub rates: Arc<Rates>,
    /// Documents that are known by heart.
    pub documents: Arc<Documents>,
    /// Whether the schema may be asked about itself. It is no secret, but nobody who came to
    /// look at children's records needs it.
    pub introspection: bool,
}
