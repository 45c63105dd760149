//! All that typst sees: one template, what templates share, the data, and fonts. No file of this
//! machine, no package, no network, no clock.

use std::sync::{Arc, LazyLock};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::Fonts;

/// Named once: typst remembers each name as long as the program runs.
static MAIN: LazyLock<FileId> = LazyLock::new(|| named("main.typ"));
static COMMON: LazyLock<FileId> = LazyLock::new(|| named("common.typ"));
static DATA: LazyLock<FileId> = LazyLock::new(|| named("data.json"));

fn named(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("a plain name is a path");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// What one document is made from.
pub(super) struct Desk {
    library: LazyHash<Library>,
    fonts: Arc<Fonts>,
    main: Source,
    common: Source,
    data: Bytes,
}

impl Desk {
    /// A template and its data.
    pub(super) fn new(fonts: Arc<Fonts>, template: &str, data: Vec<u8>) -> Self {
        Self {
            library: LazyHash::new(Library::default()),
            fonts,
            main: Source::new(*MAIN, template.to_owned()),
            common: Source::new(*COMMON, include_str!("templates/common.typ").to_owned()),
            data: Bytes::new(data),
        }
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        *MAIN
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        match id {
            id if id == *MAIN => Ok(self.main.clone()),
            id if id == *COMMON => Ok(self.common.clone()),
            _ => Err(FileError::AccessDenied),
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *DATA { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.all.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
