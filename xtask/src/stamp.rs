//! Whether something was made from exactly these files, so that a second start makes nothing.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// A note beside something that was made, saying from what.
pub(crate) struct Stamp {
    note: PathBuf,
    inputs: String,
}

impl Stamp {
    /// The note for what is made from the contents of these files and folders.
    pub(crate) fn new(note: PathBuf, inputs: &[PathBuf]) -> Result<Self> {
        let mut files = Vec::new();
        for input in inputs {
            collect(input, &mut files)?;
        }
        files.sort();
        let mut hasher = DefaultHasher::new();
        for file in &files {
            file.hash(&mut hasher);
            fs::read(file).with_context(|| format!("cannot read {}", file.display()))?.hash(&mut hasher);
        }
        let inputs = format!("{:016x}", hasher.finish());
        Ok(Self { note, inputs })
    }

    /// Whether it was made from these files already.
    pub(crate) fn holds(&self) -> bool {
        fs::read_to_string(&self.note).is_ok_and(|note| note == self.inputs)
    }

    /// Notes that it is made now.
    pub(crate) fn set(&self) -> Result<()> {
        fs::write(&self.note, &self.inputs).with_context(|| format!("cannot write {}", self.note.display()))
    }
}

/// Every file of an input; an input that is not there adds none.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path).with_context(|| format!("cannot read {}", path.display()))? {
            collect(&entry?.path(), files)?;
        }
    } else if path.is_file() {
        files.push(path.to_path_buf());
    }
    Ok(())
}
