//! The relying party: the address that passkeys are made for and work at, and nowhere else.

use std::sync::Arc;

use anyhow::{Context as _, anyhow, bail};
use serde_json::{Value, json};
use sync::AccountId;
use webauthn_rs::prelude::{
    CredentialID, DiscoverableAuthentication, PasskeyRegistration, Url, Webauthn, WebauthnBuilder,
};

/// What browsers show beside the address.
const NAME: &str = "Aimline";

/// One address. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Party {
    pub(super) webauthn: Arc<Webauthn>,
    origin: String,
}

/// Whom a new passkey is for, as their own phone or computer will list it.
pub(super) struct Owner<'a> {
    pub(super) account: AccountId,
    pub(super) login: &'a str,
    pub(super) name: &'a str,
}

impl Party {
    /// The party at an address as browsers write it. Passkeys know names only, no numbers, and
    /// browsers offer them by https or on the machine itself.
    /// `apps` are origins of apps, whose stores and systems know that they belong to that name.
    pub fn at(address: &str, apps: &[String]) -> anyhow::Result<Self> {
        let url = Url::parse(address).with_context(|| format!("“{address}” is no address such as https://…"))?;
        let name = url.domain().ok_or_else(|| anyhow!("“{address}” has no name: passkeys work at names alone"))?;
        if url.scheme() != "https" && name != "localhost" {
            bail!("“{address}” is not reached by https: browsers offer passkeys nowhere else");
        }
        let mut builder = WebauthnBuilder::new(name, &url)
            .map_err(|error| anyhow!("passkeys at “{address}”: {error}"))?
            .rp_name(NAME);
        for app in apps {
            let origin = Url::parse(app).with_context(|| format!("“{app}” is no origin of an app"))?;
            builder = builder.append_allowed_origin(&origin);
        }
        let built = builder.build();
        let webauthn = built.map_err(|error| anyhow!("passkeys at “{address}”: {error}"))?;
        Ok(Self { webauthn: Arc::new(webauthn), origin: url.origin().ascii_serialization() })
    }

    /// Where passkeys work: `https://school.example`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// What to ask an authenticator that is to make a passkey, none of those that it has already.
    pub(super) fn offer(
        &self,
        owner: &Owner<'_>,
        known: Vec<CredentialID>,
    ) -> anyhow::Result<(Value, PasskeyRegistration)> {
        let Owner { account, login, name } = owner;
        let started = self.webauthn.start_passkey_registration(account.0, login, name, Some(known));
        let (options, state) = started.map_err(|error| anyhow!("offering a passkey: {error}"))?;
        let mut options = serde_json::to_value(options.public_key)?;
        // The library leaves it to the authenticator whether a key can be found without a
        // sign-in name; ours have to be.
        options["authenticatorSelection"]["residentKey"] = json!("required");
        options["authenticatorSelection"]["requireResidentKey"] = json!(true);
        Ok((options, state))
    }

    /// What to ask somebody who has not said who they are.
    pub(super) fn ask(&self) -> anyhow::Result<(Value, DiscoverableAuthentication)> {
        let started = self.webauthn.start_discoverable_authentication();
        let (options, state) = started.map_err(|error| anyhow!("asking for a passkey: {error}"))?;
        Ok((serde_json::to_value(options.public_key)?, state))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passkeys_belong_to_a_name_that_browsers_trust() {
        let origin = |address: &str| Party::at(address, &[]).map(|party| party.origin().to_owned()).ok();
        assert_eq!(origin("https://school.example/"), Some("https://school.example".to_owned()));
        assert_eq!(origin("http://localhost:8080"), Some("http://localhost:8080".to_owned()));
        for address in ["http://school.example", "https://192.0.2.1", "school.example", "http://127.0.0.1:8080"] {
            assert_eq!(origin(address), None, "{address}");
        }
    }
}
