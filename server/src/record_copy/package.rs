//! The zip: two files whose names are always the same, so that nothing of the child's is in them.

use std::io::{Cursor, Write as _};

use anyhow::Context as _;
use chrono::{DateTime, Datelike, Timelike, Utc};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime as ZipTime, ZipWriter};

/// Packs a copy. The same copy of the same moment is the same bytes.
pub(super) fn zip(made_at: DateTime<Utc>, json: &[u8], pdf: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(time(made_at).unwrap_or_default());
    for (name, bytes) in [("record.json", json), ("record.pdf", pdf)] {
        zip.start_file(name, options).with_context(|| format!("cannot begin {name}"))?;
        zip.write_all(bytes).with_context(|| format!("cannot pack {name}"))?;
    }
    Ok(zip.finish()?.into_inner())
}

fn time(at: DateTime<Utc>) -> Option<ZipTime> {
    let small = |number: u32| u8::try_from(number).ok();
    let (month, day) = (small(at.month())?, small(at.day())?);
    let (hour, minute, second) = (small(at.hour())?, small(at.minute())?, small(at.second())?);
    ZipTime::from_date_and_time(u16::try_from(at.year()).ok()?, month, day, hour, minute, second).ok()
}
