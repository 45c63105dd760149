//! The command line of `aimline`, each option also from the environment.

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use clap::builder::RangedI64ValueParser;
use clap::{Args, Parser, Subcommand};
use ipnet::IpNet;

use crate::door::Door;
use crate::door::address::Proxies;
use crate::door::documents::Documents;
use crate::door::rates::{self, Rates};
use crate::replication::{Leases, lease};
use crate::tls;

/// The server of a special-education team.
#[derive(Debug, Parser)]
#[command(name = "aimline", version, about)]
pub struct Config {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What `aimline` can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serves GraphQL, sign-in and the pages
    Serve(Serve),
    /// Takes over the roster of a student information system, whole or not at all
    Import(Import),
    /// Makes a single-use code with which somebody of the staff signs in for the first time
    Invite(Invite),
    /// Prints the GraphQL schema
    Schema,
}

/// Where the data is.
#[derive(Clone, Debug, Args)]
pub struct Store {
    /// The folder of this installation: its secret and, without --database-url, its database
    #[arg(long, env = "AIMLINE_DATA_DIR", default_value = "data")]
    pub data_dir: PathBuf,
    /// postgres://… for PostgreSQL; without it a file in the data folder is the database
    #[arg(long, env = "AIMLINE_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// Connections to the database at once
    #[arg(long, env = "AIMLINE_CONNECTIONS", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=256))]
    pub connections: u32,
}

/// How to serve.
#[derive(Debug, Args)]
pub struct Serve {
    /// Where the data is.
    #[command(flatten)]
    pub store: Store,
    /// The port to listen on; 0 takes any that is free
    #[arg(long, env = "AIMLINE_PORT", default_value_t = 8080)]
    pub port: u16,
    /// The address to listen on; this machine alone unless told otherwise
    #[arg(long, env = "AIMLINE_LISTEN", default_value = "127.0.0.1")]
    pub listen: IpAddr,
    /// The folder of the built pages
    #[arg(long, env = "AIMLINE_WEB", default_value = "web/dist")]
    pub web: PathBuf,
    /// A folder with further fonts for documents, for scripts that the fonts of this program do not have
    #[arg(long, env = "AIMLINE_FONTS")]
    pub fonts: Option<PathBuf>,
    /// Browsers reach this server by https, through something that ends TLS before it
    #[arg(long, env = "AIMLINE_HTTPS")]
    pub https: bool,
    /// Where browsers reach this server, such as `https://aimline.school.example`: passkeys belong to it
    #[arg(long, env = "AIMLINE_ADDRESS")]
    pub address: Option<String>,
    /// Where else passkeys of that address are used: an app's own origin, such as android:apk-key-hash:…
    #[arg(long, env = "AIMLINE_PASSKEY_ORIGINS", value_delimiter = ',')]
    pub passkey_origins: Vec<String>,
    /// A TOML file that says where the staff of which agency signs in by OpenID Connect
    #[arg(long, env = "AIMLINE_OIDC")]
    pub oidc: Option<PathBuf>,
    /// A PEM file with the certificate, and those that vouch for it: the server speaks https itself
    #[arg(long, env = "AIMLINE_TLS_CERTIFICATE", requires = "tls_key")]
    pub tls_certificate: Option<PathBuf>,
    /// A PEM file with its private key
    #[arg(long, env = "AIMLINE_TLS_KEY", requires = "tls_certificate")]
    pub tls_key: Option<PathBuf>,
    /// Addresses or networks that pass requests on and say from where (X-Forwarded-For), such as 10.0.0.0/8
    #[arg(long, env = "AIMLINE_TRUSTED_PROXIES", value_delimiter = ',', value_parser = network)]
    pub trusted_proxies: Vec<IpNet>,
    /// Requests of one device in a second; 0 is no limit
    #[arg(long, env = "AIMLINE_REQUESTS_PER_SECOND", default_value_t = rates::PER_SECOND)]
    pub requests_per_second: u32,
    /// Days for which the phones of staff show what they hold without a contact
    #[arg(long, env = "AIMLINE_STAFF_LEASE_DAYS", default_value_t = lease::STAFF_DAYS, value_parser = days())]
    pub staff_lease_days: u16,
    /// Days for which the phones of families do
    #[arg(long, env = "AIMLINE_FAMILY_LEASE_DAYS", default_value_t = lease::FAMILY_DAYS, value_parser = days())]
    pub family_lease_days: u16,
    /// Carries out the documents of the pages and phones alone
    #[arg(long, env = "AIMLINE_TRUSTED_DOCUMENTS")]
    pub trusted_documents: bool,
    /// Answers questions about the schema, for those who write clients
    #[arg(long, env = "AIMLINE_INTROSPECTION")]
    pub introspection: bool,
    /// The installation's secret, where it is not kept in the data folder
    #[arg(long, env = "AIMLINE_SECRET", hide = true, hide_env_values = true)]
    pub secret: Option<String>,
    /// Loads a sample district into an empty database
    #[arg(long)]
    pub sample: bool,
    /// Starts over with an empty database; asks first when phones have signed in to this one
    #[arg(long)]
    pub fresh: bool,
    /// What the log says: JSON lines where it is read by a machine
    #[arg(long, env = "AIMLINE_LOG_JSON")]
    pub log_json: bool,
}

/// What to import, and how carefully.
#[derive(Debug, Args)]
pub struct Import {
    /// What the export is; the files say which version of it
    #[arg(value_enum)]
    pub format: ExportFormat,
    /// The folder or the zip with the CSV files
    pub export: PathBuf,
    /// Where the data is.
    #[command(flatten)]
    pub store: Store,
    /// The agency to import into; without it the export's district, which is made if it is new
    #[arg(long)]
    pub agency: Option<String>,
    /// The time zone of a new agency
    #[arg(long, default_value = "America/New_York")]
    pub time_zone: chrono_tz::Tz,
    /// Refuses an export that would end a larger share of the students, the staff or the contacts
    #[arg(long, default_value = "10%", value_parser = share)]
    pub max_ended: f64,
    /// Also writes what became of every line into this file, as JSON
    #[arg(long)]
    pub report: Option<PathBuf>,
}

/// Whom to let in.
#[derive(Debug, Args)]
#[command(after_help = "Without WHO it lists those who keep people and rights, who let everybody else in.")]
pub struct Invite {
    /// The e-mail address or the roster's id of somebody who works there
    pub who: Option<String>,
    /// Makes them this from now on; rosters cannot say it
    #[arg(long = "as", value_enum, requires = "who")]
    pub role: Option<GivenRole>,
    /// Also for somebody who signs in already and cannot any more
    #[arg(long, requires = "who")]
    pub again: bool,
    /// The agency, where the database holds several
    #[arg(long)]
    pub agency: Option<String>,
    /// Where browsers reach the server
    #[arg(long, env = "AIMLINE_ADDRESS", default_value = "http://localhost:8080")]
    pub address: String,
    /// Where the data is.
    #[command(flatten)]
    pub store: Store,
    /// The installation's secret, where it is not kept in the data folder
    #[arg(long, env = "AIMLINE_SECRET", hide = true, hide_env_values = true)]
    pub secret: Option<String>,
}

/// A role that people give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum GivenRole {
    /// Answers for special education in the whole agency
    Director,
    /// Runs the process for some students
    CaseManager,
}

/// A family of formats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ExportFormat {
    /// OneRoster CSV 1.1 or 1.2
    Oneroster,
    /// Microsoft School Data Sync 2.1
    Sds,
}

impl Serve {
    /// What speaks https, if this server does itself.
    pub fn tls(&self) -> Option<tls::Files> {
        let (certificate, key) = self.tls_certificate.clone().zip(self.tls_key.clone())?;
        Some(tls::Files { certificate, key })
    }

    /// Where browsers reach this server, which listens there: as told, or on this machine.
    pub fn address_at(&self, listening: SocketAddr) -> Option<String> {
        let scheme = if self.tls_certificate.is_some() { "https" } else { "http" };
        let here =
            (listening.ip().is_loopback() && !self.https).then(|| format!("{scheme}://localhost:{}", listening.port()));
        self.address.clone().or(here)
    }

    /// For how long phones may show what they were sent.
    pub fn leases(&self) -> Leases {
        Leases { staff: self.staff_lease_days, family: self.family_lease_days }
    }

    /// How requests are let in.
    pub fn door(&self) -> anyhow::Result<Door> {
        Ok(Door {
            proxies: Arc::new(Proxies::new(self.trusted_proxies.clone())),
            rates: Arc::new(Rates::of(self.requests_per_second)),
            documents: Arc::new(Documents::of(&self.web, self.trusted_documents)?),
            introspection: self.introspection,
        })
    }
}

/// A lease in days.
fn days() -> RangedI64ValueParser<u16> {
    RangedI64ValueParser::new().range(1..=lease::LONGEST_DAYS.into())
}

/// A network, or one address of it.
fn network(text: &str) -> Result<IpNet, String> {
    let one = || text.parse::<IpAddr>().map(IpNet::from);
    text.parse().or_else(|_| one()).map_err(|_| "write an address or a network such as 10.0.0.0/8".to_owned())
}

/// A share as people write it: `10%`.
fn share(text: &str) -> Result<f64, String> {
    let number = text.strip_suffix('%').unwrap_or(text).trim().parse::<f64>();
    match number {
        Ok(percent) if (0.0..=100.0).contains(&percent) => Ok(percent / 100.0),
        _ => Err("write a percentage from 0% to 100%".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Config::command().debug_assert();
    }

    #[test]
    fn an_unknown_option_is_refused() {
        assert!(Config::try_parse_from(["aimline", "serve", "--prot", "80"]).is_err());
    }

    #[test]
    fn a_lease_is_at_least_a_day_and_no_longer_than_a_sign_in_lies_idle() {
        let serve = |days| Config::try_parse_from(["aimline", "serve", "--staff-lease-days", days]);
        let Ok(Config { command: Command::Serve(serve_week) }) = serve("7") else { panic!("a week is a lease") };
        assert_eq!(serve_week.leases(), Leases { staff: 7, family: lease::FAMILY_DAYS });
        assert!(serve("0").is_err() && serve("121").is_err());
    }

    #[test]
    fn a_trusted_proxy_is_an_address_or_a_network() {
        assert_eq!(network("10.0.0.0/8").map(|net| net.to_string()), Ok("10.0.0.0/8".to_owned()));
        assert_eq!(network("fd00::1").map(|net| net.to_string()), Ok("fd00::1/128".to_owned()));
        assert!(network("proxy.school.example").is_err());
    }

    #[test]
    fn a_share_is_a_percentage() {
        assert_eq!((share("10%"), share("2.5"), share("100 %")), (Ok(0.1), Ok(0.025), Ok(1.0)));
        assert!(share("many").is_err() && share("120%").is_err() && share("-1%").is_err());
    }
}
