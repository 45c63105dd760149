//! One line of a CSV file into its fields, strictly by RFC 4180.
//!
//! Not the `csv` crate: it reads broken quoting without a word (an open quote swallows the rest of
//! the file as one field), and a roster must be refused there with the line and the column. Both
//! formats forbid line breaks inside a field, so a line is a record and a quote left open on one
//! line spoils that line only.

use std::borrow::Cow;

/// Quoting that cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Broken {
    /// The field, counted from 1.
    pub(super) column: usize,
    /// The character in the line, counted from 1.
    pub(super) character: usize,
    /// What is wrong there.
    pub(super) why: &'static str,
}

/// The fields of one line, without their quotes and the space around them.
pub(super) fn fields(line: &str) -> Result<Vec<Cow<'_, str>>, Broken> {
    let mut fields = Vec::new();
    let mut rest = Some(line);
    while let Some(text) = rest {
        let start = line.len() - text.len();
        let broken = |at: usize, why| Broken {
            column: fields.len() + 1,
            character: line[..start + at].chars().count() + 1,
            why,
        };
        let (field, after) = match text.strip_prefix('"') {
            Some(inner) => quoted(inner).map_err(|(at, why)| broken(at, why))?,
            None => {
                plain(text).map_err(|at| broken(at, "a quote stands inside a field that does not begin with one"))?
            }
        };
        fields.push(field);
        rest = after;
    }
    Ok(fields)
}

type Split<'a> = (Cow<'a, str>, Option<&'a str>);

fn plain(text: &str) -> Result<Split<'_>, usize> {
    let (field, after) = match text.split_once(',') {
        Some((field, after)) => (field, Some(after)),
        None => (text, None),
    };
    match field.find('"') {
        Some(at) => Err(at),
        None => Ok((Cow::Borrowed(field.trim()), after)),
    }
}

/// What follows an opening quote; a fault is placed from that quote on.
fn quoted(inner: &str) -> Result<Split<'_>, (usize, &'static str)> {
    let mut from = 0;
    loop {
        let Some(found) = inner[from..].find('"') else {
            return Err((0, "a quote is opened here and not closed on this line"));
        };
        let end = from + found;
        let after = &inner[end + 1..];
        if after.starts_with('"') {
            from = end + 2;
            continue;
        }
        let field = match inner[..end].trim() {
            text if text.contains("\"\"") => Cow::Owned(text.replace("\"\"", "\"")),
            text => Cow::Borrowed(text),
        };
        return match after.strip_prefix(',') {
            Some(next) => Ok((field, Some(next))),
            None if after.is_empty() => Ok((field, None)),
            None => Err((end + 2, "text stands between a closing quote and the comma")),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_as_rfc_4180_writes_them() {
        for (line, expected) in [
            ("a,b,c", vec!["a", "b", "c"]),
            ("a,,", vec!["a", "", ""]),
            ("", vec![""]),
            (r#""a,b",c"#, vec!["a,b", "c"]),
            (r#""said ""yes""","""""#, vec![r#"said "yes""#, "\""]),
            (r#""""#, vec![""]),
            (" a , b ", vec!["a", "b"]),
            ("é,日本", vec!["é", "日本"]),
        ] {
            assert_eq!(fields(line).map(|f| f.join("|")), Ok(expected.join("|")), "{line}");
        }
    }

    #[test]
    fn broken_quoting_is_placed() {
        for (line, column, character) in
            [(r#"a,"b,c"#, 2, 3), (r#"é,b"c,d"#, 2, 4), (r#"a,"b"c,d"#, 2, 6), (r#"""#, 1, 1)]
        {
            let broken = fields(line).expect_err(line);
            assert_eq!((broken.column, broken.character), (column, character), "{line}");
        }
    }
}
