//! The command line of `aimline`, each option also from the environment.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

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
    /// Browsers reach this server by https, through something that ends TLS before it
    #[arg(long, env = "AIMLINE_HTTPS")]
    pub https: bool,
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
}
