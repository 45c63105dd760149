//! Staff sign in where their agency has its own sign-in: OpenID Connect, the authorization code
//! flow with PKCE, against issuers that the operator names ([`settings`]).
//!
//! An issuer says who somebody is and never what they may do. It answers for the staff of its agency
//! and of those below that have none of their own, and opens nothing else: not an account that is
//! also a guardian, nor one that also works where another issuer, or none, answers (`link`). The
//! first time a person is found by an e-mail address that the issuer has confirmed and the agency
//! keeps of them; from then on by what the issuer calls them, whatever becomes of the address.
//!
//! The issuer sends browsers back to a page of ours, which posts what it was given: so the cookie
//! that holds the attempt travels from our own pages alone, as those of the session do, and a link
//! with somebody else's code signs nobody in.

mod issuer;
mod line;
mod link;
pub(super) mod routes;
mod rows;
pub mod settings;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use anyhow::{Context as _, bail};
use sync::AgencyId;

use self::issuer::Issuer;
use self::settings::Settings;
use crate::people::Agency;

pub(super) use self::rows::issuers_of;

/// The page that an issuer sends browsers back to.
const RETURN: &str = "/staff/return";

/// Every issuer that this server asks, by the agency that it is of. Cheap to clone.
#[derive(Clone, Default)]
pub struct Issuers(Arc<BTreeMap<AgencyId, Issuer>>);

impl Issuers {
    /// The issuers of a file, for a server that browsers reach at an address.
    pub fn of(settings: Vec<Settings>, agencies: &[Agency], address: &str) -> anyhow::Result<Self> {
        let back = format!("{}{RETURN}", address.trim_end_matches('/'));
        let mut issuers = BTreeMap::new();
        for one in settings {
            let named = |agency: &&Agency| agency.name == one.agency || agency.id.0.to_string() == one.agency;
            let found: Vec<AgencyId> = agencies.iter().filter(named).map(|agency| agency.id.0).collect();
            let [agency] = found[..] else {
                bail!("an issuer is for “{}”, and {} agencies here are called so", one.agency, found.len())
            };
            let name = one.agency.clone();
            let issuer = Issuer::new(one, &back).with_context(|| format!("the issuer of “{name}”"))?;
            if issuers.insert(agency, issuer).is_some() {
                bail!("“{name}” has two issuers: one agency has one");
            }
        }
        Ok(Self(Arc::new(issuers)))
    }

    /// Whether this server asks the issuer at that address.
    pub(super) fn has(&self, url: &str) -> bool {
        self.0.values().any(|issuer| issuer.url() == url)
    }

    /// The issuer of an agency.
    fn at(&self, agency: AgencyId) -> Option<&Issuer> {
        self.0.get(&agency)
    }

    /// Each with the agency that it is of, for those who choose one.
    fn all(&self) -> impl Iterator<Item = (AgencyId, &Issuer)> {
        self.0.iter().map(|(agency, issuer)| (*agency, issuer))
    }

    /// The agencies whose staff signs in at the issuer of `own`: that one, and those below it with
    /// no issuer of their own between.
    fn served(&self, agencies: &[Agency], own: AgencyId) -> BTreeSet<AgencyId> {
        let above: BTreeMap<AgencyId, Option<AgencyId>> =
            agencies.iter().map(|agency| (agency.id.0, agency.parent.map(|parent| parent.0))).collect();
        let answers = |agency: AgencyId| {
            // No further up than there are agencies: a circle ends as well.
            let mut steps =
                std::iter::successors(Some(agency), |at| above.get(at).copied().flatten()).take(above.len());
            steps.find(|at| self.0.contains_key(at))
        };
        above.keys().copied().filter(|agency| answers(*agency) == Some(own)).collect()
    }
}

impl std::fmt::Debug for Issuers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.values().map(Issuer::url)).finish()
    }
}
