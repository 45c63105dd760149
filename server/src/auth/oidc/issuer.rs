//! One issuer: what it says of itself, sending somebody there, and judging what comes back.

use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthenticationFlow, CoreClaimName, CoreClaimType, CoreClient, CoreClientAuthMethod,
    CoreGrantType, CoreIdToken, CoreIdTokenClaims, CoreIdTokenVerifier, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreJwsSigningAlgorithm, CoreResponseMode,
    CoreResponseType, CoreSubjectIdentifierType, CoreTokenResponse, CoreUserInfoClaims,
};
use openidconnect::url::Url;
use openidconnect::{
    AdditionalProviderMetadata, AuthType, AuthorizationCode, ClaimsVerificationError, ClientId, ClientSecret,
    CsrfToken, EndpointMaybeSet, EndpointNotSet, EndpointSet, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge,
    PkceCodeVerifier, ProviderMetadata, RedirectUrl, RequestTokenError, Scope, SignatureVerificationError,
    TokenResponse,
};
use serde::{Deserialize, Serialize};
use sync::AgencyId;
use tokio::sync::Mutex;

use super::line::Line;
use super::settings::Settings;

/// How far an issuer's clock may be from ours.
const SKEW: TimeDelta = TimeDelta::minutes(1);
/// How old a token may be that was just asked for.
const FRESH: TimeDelta = TimeDelta::minutes(5);
/// How long what an issuer says of itself is believed.
const BELIEVED: TimeDelta = TimeDelta::hours(1);
/// How soon after a look there is no other: for new keys, and for one that did not answer.
const PAUSE: TimeDelta = TimeDelta::seconds(5);

/// An agency's own sign-in.
pub(super) struct Issuer {
    pub(super) name: String,
    url: IssuerUrl,
    client: ClientId,
    secret: ClientSecret,
    back: RedirectUrl,
    emails_are_confirmed: bool,
    line: Line,
    known: Mutex<Known>,
}

/// What the issuer said of itself, its keys included, and when somebody last looked.
#[derive(Default)]
struct Known {
    metadata: Option<Arc<Metadata>>,
    looked_at: Option<DateTime<Utc>>,
}

/// RFC 9207: an issuer may say that it names itself when it sends somebody back.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
struct Naming {
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for Naming {}

type Metadata = ProviderMetadata<
    Naming,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

type Client =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// What was asked, kept until the answer comes.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Asked {
    pub(super) agency: AgencyId,
    pub(super) state: String,
    nonce: String,
    verifier: String,
}

/// What a browser brings back.
pub(super) struct Brought {
    pub(super) code: String,
    /// Who the issuer says it is, where it says so.
    pub(super) issuer: Option<String>,
}

/// Who somebody is, as an issuer calls them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Who {
    pub(super) issuer: String,
    pub(super) subject: String,
    /// An address that is theirs for certain.
    pub(super) email: Option<String>,
}

/// Why nobody was recognised.
#[derive(Debug)]
pub(super) enum Trouble {
    /// The issuer does not answer.
    Away(anyhow::Error),
    /// What came back is not what was asked for.
    Refused(anyhow::Error),
}

impl Issuer {
    /// An issuer that sends browsers back to a page of ours. It is not asked anything yet.
    pub(super) fn new(settings: Settings, back: &str) -> anyhow::Result<Self> {
        Ok(Self {
            line: Line::new(settings.url.starts_with("https:"))?,
            name: settings.name,
            url: IssuerUrl::new(settings.url)?,
            client: ClientId::new(settings.client_id),
            secret: settings.client_secret,
            back: RedirectUrl::new(back.to_owned()).context("this server's own address")?,
            emails_are_confirmed: settings.emails_are_confirmed,
            known: Mutex::default(),
        })
    }

    /// Where it is, as it calls itself.
    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Where to send somebody, and what to keep until they are back.
    pub(super) async fn ask(&self, agency: AgencyId, now: DateTime<Utc>) -> Result<(Url, Asked), Trouble> {
        let client = self.client(&*self.metadata(now).await?);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (address, state, nonce) = client
            .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        let (state, nonce, verifier) = (state.into_secret(), nonce.secret().clone(), verifier.into_secret());
        Ok((address, Asked { agency, state, nonce, verifier }))
    }

    /// Who it is that came back.
    pub(super) async fn judge(&self, asked: Asked, brought: Brought, now: DateTime<Utc>) -> Result<Who, Trouble> {
        let mut metadata = self.metadata(now).await?;
        let names_itself = metadata.additional_metadata().authorization_response_iss_parameter_supported;
        match brought.issuer {
            Some(issuer) if issuer != self.url() => return Err(refused("another issuer sent them back")),
            None if names_itself => return Err(refused("nobody says who sent them back")),
            _ => {}
        }
        let mut client = self.client(&metadata);
        let answer = self.exchange(&client, brought.code, asked.verifier).await?;
        let token = answer.id_token().ok_or_else(|| refused("no id token"))?;
        let nonce = Nonce::new(asked.nonce);
        if is_of_unknown_key(&client, token, &nonce, now) {
            // The issuer may have changed its keys since.
            metadata = self.look_again(now).await?;
            client = self.client(&metadata);
        }
        let claims = self.claims(&client, token, &nonce, now)?;
        let email = self.email_of(&client, &answer, claims).await;
        Ok(Who { issuer: self.url().to_owned(), subject: claims.subject().to_string(), email })
    }

    async fn exchange(&self, client: &Client, code: String, verifier: String) -> Result<CoreTokenResponse, Trouble> {
        let request = client.exchange_code(AuthorizationCode::new(code)).map_err(refused)?;
        let request = request.set_pkce_verifier(PkceCodeVerifier::new(verifier));
        request.request_async(&self.line).await.map_err(|error| match error {
            RequestTokenError::Request(error) => Trouble::Away(error.into()),
            // The rest of what it says may hold anything.
            RequestTokenError::ServerResponse(said) => refused(format!("no token: {}", said.error())),
            _ => refused("an answer that is no token"),
        })
    }

    fn claims<'t>(
        &self,
        client: &Client,
        token: &'t CoreIdToken,
        nonce: &Nonce,
        now: DateTime<Utc>,
    ) -> Result<&'t CoreIdTokenClaims, Trouble> {
        let claims = token.claims(&verifier(client, now), nonce).map_err(refused)?;
        match claims.authorized_party() {
            Some(party) if *party != self.client => Err(refused("a token for another party")),
            _ => Ok(claims),
        }
    }

    /// The address that the token names, or else the issuer when asked; only one that is confirmed.
    async fn email_of(
        &self,
        client: &Client,
        answer: &CoreTokenResponse,
        claims: &CoreIdTokenClaims,
    ) -> Option<String> {
        let confirmed = |email: Option<&openidconnect::EndUserEmail>, is_confirmed: Option<bool>| {
            email.filter(|_| is_confirmed == Some(true) || self.emails_are_confirmed).map(|email| email.to_string())
        };
        if claims.email().is_some() {
            return confirmed(claims.email(), claims.email_verified());
        }
        let request = client.user_info(answer.access_token().clone(), Some(claims.subject().clone())).ok()?;
        let told: Result<CoreUserInfoClaims, _> = request.request_async(&self.line).await;
        match told {
            Ok(told) => confirmed(told.email(), told.email_verified()),
            // Whoever is known already gets in without.
            Err(error) => {
                tracing::warn!(issuer = self.url(), error = format!("{:#}", anyhow!(error)), "no address was told");
                None
            }
        }
    }

    fn client(&self, metadata: &Metadata) -> Client {
        let ways = metadata.token_endpoint_auth_methods_supported();
        let in_header = ways.is_none_or(|ways| ways.contains(&CoreClientAuthMethod::ClientSecretBasic));
        let way = if in_header { AuthType::BasicAuth } else { AuthType::RequestBody };
        CoreClient::from_provider_metadata(metadata.clone(), self.client.clone(), Some(self.secret.clone()))
            .set_auth_type(way)
            .set_redirect_uri(self.back.clone())
    }

    /// What the issuer says of itself; for an hour it is not asked again.
    async fn metadata(&self, now: DateTime<Utc>) -> Result<Arc<Metadata>, Trouble> {
        let mut known = self.known.lock().await;
        match &known.metadata {
            Some(metadata) if known.looked_at.is_some_and(|at| now - at < BELIEVED) => Ok(Arc::clone(metadata)),
            _ => self.look(&mut known, now).await,
        }
    }

    async fn look_again(&self, now: DateTime<Utc>) -> Result<Arc<Metadata>, Trouble> {
        let mut known = self.known.lock().await;
        self.look(&mut known, now).await
    }

    /// Asks the issuer about itself. While it does not answer, what it said before counts.
    async fn look(&self, known: &mut Known, now: DateTime<Utc>) -> Result<Arc<Metadata>, Trouble> {
        if known.looked_at.is_none_or(|at| now - at >= PAUSE) {
            known.looked_at = Some(now);
            match Metadata::discover_async(self.url.clone(), &self.line).await {
                Ok(metadata) => known.metadata = Some(Arc::new(metadata)),
                Err(error) => {
                    let error = format!("{:#}", anyhow!(error));
                    tracing::warn!(issuer = self.url(), error, "does not say who it is");
                }
            }
        }
        known.metadata.clone().ok_or_else(|| Trouble::Away(anyhow!("{} does not answer", self.url())))
    }
}

fn is_of_unknown_key(client: &Client, token: &CoreIdToken, nonce: &Nonce, now: DateTime<Utc>) -> bool {
    let judged = token.claims(&verifier(client, now), nonce).map(|_| ());
    let unknown = |why: &_| matches!(why, SignatureVerificationError::NoMatchingKey);
    matches!(judged, Err(ClaimsVerificationError::SignatureVerification(why)) if unknown(&why))
}

/// Keys that only the issuer has, our own clock, and a token that was made just now.
fn verifier(client: &Client, now: DateTime<Utc>) -> CoreIdTokenVerifier<'_> {
    use CoreJwsSigningAlgorithm as Alg;
    let signed = [
        Alg::RsaSsaPkcs1V15Sha256,
        Alg::RsaSsaPkcs1V15Sha384,
        Alg::RsaSsaPkcs1V15Sha512,
        Alg::RsaSsaPssSha256,
        Alg::RsaSsaPssSha384,
        Alg::RsaSsaPssSha512,
        Alg::EcdsaP256Sha256,
        Alg::EcdsaP384Sha384,
        Alg::EdDsa,
    ];
    let made_now = move |at: DateTime<Utc>| {
        if at > now + SKEW {
            Err("made in the future".to_owned())
        } else if at < now - FRESH - SKEW {
            Err("made long ago".to_owned())
        } else {
            Ok(())
        }
    };
    client
        .id_token_verifier()
        .set_allowed_algs(signed)
        .set_time_fn(move || now - SKEW)
        .set_issue_time_verifier_fn(made_now)
        .set_other_audience_verifier_fn(|_| false)
}

fn refused(why: impl std::fmt::Display) -> Trouble {
    Trouble::Refused(anyhow!("{why}"))
}
