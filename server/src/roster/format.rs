//! Which format an export is in, and the one way from files to a roster.

use super::fault::{Fault, Faults, Faulty};
use super::model::Roster;
use super::oneroster::{self, Version};
use super::sds;
use super::settle::settle;
use super::source::Files;

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    OneRoster(Version),
    Sds,
}

impl Format {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::OneRoster(Version::V1_1) => "oneroster-1.1",
            Self::OneRoster(Version::V1_2) => "oneroster-1.2",
            Self::Sds => "sds-2.1",
        }
    }

    /// By the manifest, where there is one; else by the columns that only one format has.
    pub(super) fn of(files: &Files) -> Result<Self, Fault> {
        if let Some(manifest) = files.get("manifest.csv") {
            let version = manifest.lines().find_map(|line| {
                let (name, value) = line.split_once(',')?;
                (name.trim_matches(['"', ' ']) == "oneroster.version").then(|| value.trim_matches(['"', ' ', '\r']))
            });
            return match version {
                Some("1.1") => Ok(Self::OneRoster(Version::V1_1)),
                Some(version) if version.starts_with("1.2") => Ok(Self::OneRoster(Version::V1_2)),
                _ => Err(Fault::of_file(
                    "manifest.csv",
                    "does not say oneroster.version 1.1 or 1.2",
                    "Export OneRoster CSV 1.1 or 1.2",
                )),
            };
        }
        let has = |file, column: &str| {
            let header = files.get(file).and_then(|text| text.lines().next());
            header.is_some_and(|header| header.split(',').any(|name| name.trim_matches(['"', ' ']) == column))
        };
        if has("users.csv", "enabledUser") || has("users.csv", "dateLastModified") {
            return Ok(Self::OneRoster(match files.get("roles.csv") {
                Some(_) => Version::V1_2,
                None => Version::V1_1,
            }));
        }
        if files.get("roles.csv").is_some() {
            return Ok(Self::Sds);
        }
        Err(Fault::of_file(
            "the export",
            "is neither OneRoster CSV nor School Data Sync 2.1",
            "OneRoster has a manifest.csv, School Data Sync a roles.csv beside its users.csv",
        ))
    }
}

/// The roster in these files, or everything that is wrong with them.
pub(super) fn roster(files: &Files) -> Result<Roster, Faulty> {
    let format = Format::of(files)?;
    let faults = Faults::default();
    let draft = match format {
        Format::OneRoster(version) => {
            oneroster::lacking(files, version, &faults);
            oneroster::read(files, version, &faults)
        }
        Format::Sds => {
            sds::lacking(files, &faults);
            sds::read(files, &faults)
        }
    };
    let roster = settle(draft, format.word(), &faults);
    faults.into_result()?;
    Ok(roster)
}
