//! The file of `--oidc`: where the staff of which agency signs in, and as which client this server
//! is known there. The client's secret stands in a file of its own or in the environment.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use openidconnect::ClientSecret;
use openidconnect::url::{Host, Url};
use serde::Deserialize;

/// One issuer.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The agency, by its name or its id.
    pub agency: String,
    /// What people call it.
    pub name: String,
    /// Where it is, letter by letter as it calls itself.
    pub url: String,
    /// As whom this server is known there.
    pub client_id: String,
    /// What shows that it is this server.
    pub client_secret: ClientSecret,
    /// Its administrator alone gives addresses out, so that none has to be confirmed.
    pub emails_are_confirmed: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    issuer: Vec<One>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct One {
    agency: String,
    name: Option<String>,
    url: String,
    client_id: String,
    client_secret_file: Option<PathBuf>,
    client_secret_env: Option<String>,
    #[serde(default)]
    emails_are_confirmed: bool,
}

/// Reads the file; says what is wrong with it before anybody signs in.
pub fn read(file: &Path) -> anyhow::Result<Vec<Settings>> {
    let at = || format!("the file {}", file.display());
    let text = std::fs::read_to_string(file).with_context(at)?;
    let told: Told = toml::from_str(&text).with_context(at)?;
    told.issuer.into_iter().map(|one| settings(one, |name| std::env::var(name).ok()).with_context(at)).collect()
}

fn settings(one: One, environment: impl Fn(&str) -> Option<String>) -> anyhow::Result<Settings> {
    let One { agency, name, url, client_id, client_secret_file, client_secret_env, emails_are_confirmed } = one;
    let parsed = Url::parse(&url).with_context(|| format!("“{url}” is no address such as https://…"))?;
    if parsed.scheme() != "https" && !is_this_machine(&parsed) {
        bail!("“{url}” is not reached by https: anybody on the way could say who somebody is");
    }
    let secret = match (client_secret_file, client_secret_env) {
        (Some(file), None) => {
            std::fs::read_to_string(&file).with_context(|| format!("the client secret in {}", file.display()))?
        }
        (None, Some(name)) => {
            environment(&name).with_context(|| format!("the environment has no client secret called {name}"))?
        }
        _ => bail!("“{agency}”: name either client_secret_file or client_secret_env"),
    };
    let secret = secret.trim();
    if secret.is_empty() {
        bail!("“{agency}”: the client secret is empty");
    }
    let name = name.unwrap_or_else(|| agency.clone());
    let client_secret = ClientSecret::new(secret.to_owned());
    Ok(Settings { agency, name, url, client_id, client_secret, emails_are_confirmed })
}

fn is_this_machine(url: &Url) -> bool {
    url.scheme() == "http"
        && match url.host() {
            Some(Host::Domain(name)) => name == "localhost",
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            None => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> anyhow::Result<Vec<Settings>> {
        let told: Told = toml::from_str(text)?;
        let environment = |name: &str| (name == "SECRET").then(|| "from the environment\n".to_owned());
        told.issuer.into_iter().map(|one| settings(one, environment)).collect()
    }

    const ISSUER: &str =
        "[[issuer]]\nagency = \"Grand Bend\"\nurl = \"https://login.school.example\"\nclient_id = \"aimline\"\n";

    #[test]
    fn an_issuer_is_named_after_its_agency_and_its_secret_is_not_shown() {
        let read = read_text(&format!("{ISSUER}client_secret_env = \"SECRET\"")).expect("is sound");
        let [one] = &read[..] else { panic!("one issuer") };
        assert_eq!((one.name.as_str(), one.client_secret.secret().as_str()), ("Grand Bend", "from the environment"));
        assert!(!format!("{one:?}").contains("from the environment"));
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (rest, why) in [
            ("", "name either client_secret_file or client_secret_env"),
            ("client_secret_env = \"OTHER\"", "no client secret called OTHER"),
            ("client_secret_file = \"/nowhere/at/all\"", "/nowhere/at/all"),
            ("client_secret = \"here\"", "unknown field"),
        ] {
            let error = read_text(&format!("{ISSUER}{rest}")).expect_err(rest);
            assert!(format!("{error:#}").contains(why), "{error:#}");
        }
        for (url, is_taken) in
            [("http://login.school.example", false), ("http://127.0.0.1:9", true), ("ftp://localhost", false)]
        {
            let text = ISSUER.replace("https://login.school.example", url) + "client_secret_env = \"SECRET\"";
            assert_eq!(read_text(&text).is_ok(), is_taken, "{url}");
        }
    }
}
