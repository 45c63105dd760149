//! Whom this server believes when it is the one that calls: what the machine trusts, or the file
//! that `SSL_CERT_FILE` names.

use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore};

/// How to agree on keys with somebody whom the machine trusts.
pub(crate) fn trust() -> anyhow::Result<ClientConfig> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth())
}
