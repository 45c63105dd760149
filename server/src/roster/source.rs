//! The files of an export, from a folder or a zip: found by name, read into memory within bounds,
//! as UTF-8 without its byte-order mark. Nothing is unpacked to disk, so an archive's paths cannot
//! lead anywhere, and what it claims about its sizes is not believed.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::fault::{Fault, Faults, Faulty};
use super::shape;

/// The largest file that is read. A million enrolments take about 100 MB.
const LARGEST: u64 = 512 << 20;
/// The largest archive index that is looked through.
const MOST_ENTRIES: usize = 1_000;

/// The texts of the files that Aimline reads, by name.
#[derive(Debug, Default)]
pub(super) struct Files {
    texts: BTreeMap<&'static str, String>,
    /// What lay there too and is not read.
    pub(super) others: Vec<String>,
}

impl Files {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.texts.get(name).map(String::as_str)
    }

    /// SHA-256 over names and contents: the same export has the same digest.
    pub(super) fn digest(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        for (name, text) in &self.texts {
            hash.update((name.len() as u64).to_be_bytes());
            hash.update(name);
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text);
        }
        hash.finalize().into()
    }

    /// Reads a folder or a zip, whichever `path` is.
    pub(super) fn open(path: &Path) -> Result<Self, Faulty> {
        let unreadable = |error: io::Error| {
            Faulty::from(Fault::of_file(
                "the export",
                format!("cannot be read: {error}"),
                "Name the folder with the CSV files, or the zip that holds them",
            ))
        };
        let faults = Faults::default();
        let files = if fs::metadata(path).map_err(unreadable)?.is_dir() {
            Self::from_folder(path, LARGEST, &faults).map_err(unreadable)?
        } else {
            Self::from_zip(File::open(path).map_err(unreadable)?, LARGEST, &faults)?
        };
        faults.into_result()?;
        if files.texts.is_empty() {
            return Err(Fault::of_file(
                "the export",
                "holds none of the files of a roster",
                "Name the folder or zip in which users.csv and orgs.csv lie",
            )
            .into());
        }
        Ok(files)
    }

    fn from_folder(path: &Path, largest: u64, faults: &Faults) -> io::Result<Self> {
        let mut files = Self::default();
        let mut names: Vec<_> = fs::read_dir(path)?.collect::<Result<_, _>>()?;
        names.sort_by_key(fs::DirEntry::file_name);
        for entry in names {
            let name = entry.file_name().to_string_lossy().into_owned();
            match shape::known(&name) {
                Some(known) => files.take(known, File::open(entry.path())?, largest, faults),
                None => files.others.push(name),
            }
        }
        Ok(files)
    }

    fn from_zip(archive: impl Read + io::Seek, largest: u64, faults: &Faults) -> Result<Self, Faulty> {
        let broken = |error: zip::result::ZipError| {
            Faulty::from(Fault::of_file(
                "the export",
                format!("is not a zip that can be read: {error}"),
                "Zip the CSV files again, without a password",
            ))
        };
        let mut archive = zip::ZipArchive::new(archive).map_err(broken)?;
        if archive.len() > MOST_ENTRIES {
            return Err(Fault::of_file(
                "the export",
                format!("holds {} files", archive.len()),
                "Zip the CSV files of one export alone",
            )
            .into());
        }
        let mut files = Self::default();
        for index in 0..archive.len() {
            let entry = archive.by_index(index).map_err(broken)?;
            if entry.is_dir() {
                continue;
            }
            let path = entry.name().map_err(broken)?.replace('\\', "/");
            let name = path.rsplit('/').next().unwrap_or(&path);
            // macOS leaves `__MACOSX/._users.csv` beside each file it zips.
            match shape::known(name) {
                Some(known) if !path.starts_with("__MACOSX/") => {
                    files.take(known, entry, largest, faults);
                }
                _ => files.others.push(path),
            }
        }
        Ok(files)
    }

    fn take(&mut self, name: &'static str, from: impl Read, largest: u64, faults: &Faults) {
        let mut bytes = Vec::new();
        if let Err(error) = from.take(largest + 1).read_to_end(&mut bytes) {
            faults.add(Fault::of_file(name, format!("cannot be read: {error}"), "Make the export again"));
        } else if bytes.len() as u64 > largest {
            faults.add(Fault::of_file(
                name,
                format!("is larger than {} MB", largest >> 20),
                "Export one district at a time",
            ));
        } else if self.texts.contains_key(name) {
            faults.add(Fault::of_file(name, "is there twice", "Zip the CSV files of one export alone"));
        } else if let Some(text) = decoded(name, bytes, faults) {
            self.texts.insert(name, text);
        }
    }
}

fn decoded(name: &'static str, bytes: Vec<u8>, faults: &Faults) -> Option<String> {
    const REMEDY: &str = "Save it as “CSV UTF-8”";
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        faults.add(Fault::of_file(name, "is UTF-16", REMEDY));
        return None;
    }
    match String::from_utf8(bytes) {
        Ok(mut text) => {
            if text.starts_with('\u{FEFF}') {
                text.drain(..'\u{FEFF}'.len_utf8());
            }
            Some(text)
        }
        Err(error) => {
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = 1 + good.iter().filter(|&&byte| byte == b'\n').count();
            let place = super::fault::Place { file: name, line: u32::try_from(line).unwrap_or(u32::MAX) };
            faults.add(Fault::at(place, "is not UTF-8", REMEDY));
            None
        }
    }
}

#[cfg(test)]
impl Files {
    /// Files as a test writes them down.
    pub(super) fn of(texts: &[(&str, &str)]) -> Self {
        let mut files = Self::default();
        let faults = Faults::default();
        for (name, text) in texts {
            let known = shape::known(name).expect("a name of the standard");
            files.take(known, text.as_bytes(), LARGEST, &faults);
        }
        faults.into_result().expect("readable texts");
        files
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::write::SimpleFileOptions;

    use super::*;

    fn zipped(files: &[(&str, &[u8])]) -> Cursor<Vec<u8>> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(*name, SimpleFileOptions::default()).expect("a name");
            zip.write_all(bytes).expect("memory");
        }
        zip.finish().expect("memory")
    }

    #[test]
    fn a_zip_is_read_with_and_without_a_folder_inside() {
        for name in ["orgs.csv", "export/orgs.csv", "export\\orgs.csv", "../../orgs.csv"] {
            let zip = zipped(&[(name, b"\xEF\xBB\xBFsourcedId"), ("__MACOSX/._orgs.csv", b"x")]);
            let files = Files::from_zip(zip, LARGEST, &Faults::default()).expect(name);
            assert_eq!(files.get("orgs.csv"), Some("sourcedId"), "{name}");
        }
    }

    #[test]
    fn a_bomb_is_not_unpacked_beyond_the_bound() {
        let zip = zipped(&[("users.csv", &vec![b'a'; 4 << 20])]);
        let faults = Faults::default();
        Files::from_zip(zip, 1 << 20, &faults).expect("an archive");
        let faulty = faults.into_result().expect_err("too large");
        assert_eq!(faulty.faults[0].to_string(), "users.csv: is larger than 1 MB. Export one district at a time.");
    }

    #[test]
    fn other_encodings_are_named_with_the_line() {
        let faults = Faults::default();
        let zip = zipped(&[("orgs.csv", b"sourcedId\nPe\xF1a"), ("users.csv", b"\xFF\xFEs\0")]);
        Files::from_zip(zip, LARGEST, &faults).expect("an archive");
        let told: Vec<_> =
            faults.into_result().expect_err("not UTF-8").faults.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "orgs.csv, line 2: is not UTF-8. Save it as “CSV UTF-8”.",
                "users.csv: is UTF-16. Save it as “CSV UTF-8”."
            ]
        );
    }

    #[test]
    fn what_is_no_zip_is_said() {
        let error =
            Files::from_zip(Cursor::new(b"PK nonsense".to_vec()), LARGEST, &Faults::default()).expect_err("not a zip");
        assert!(error.faults[0].problem.starts_with("is not a zip"));
    }
}
