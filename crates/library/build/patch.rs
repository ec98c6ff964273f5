//! Applies unified diffs, exactly: a hunk that does not fit where it says it belongs ends the build.

use std::collections::BTreeMap;
use std::error::Error;

/// Applies a file of diffs, called `name`, to the files they name.
pub fn apply_all(files: &mut BTreeMap<String, Vec<u8>>, name: &str, diffs: &str) -> Result<(), Box<dyn Error>> {
    for diff in diffs.split("--- ").skip(1).filter(|diff| diff.contains("\n+++ ")) {
        let path = diff.split_whitespace().next().unwrap_or_default();
        let path = path.strip_prefix("Lib/").ok_or_else(|| format!("{name}: {path} is not below Lib"))?;
        let old = files.get(path).ok_or_else(|| format!("{name}: there is no {path}"))?;
        let old = String::from_utf8(old.clone())?;
        let new = apply(&old, diff).map_err(|error| format!("{name}: {path}: {error}"))?;
        files.insert(path.to_owned(), new.into_bytes());
    }
    Ok(())
}

/// The text after one file's diff.
fn apply(old: &str, diff: &str) -> Result<String, String> {
    let mut rest = old.split_inclusive('\n');
    let mut new = String::with_capacity(old.len());
    let mut done = 0;
    let mut lines = diff.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let Some(header) = line.strip_prefix("@@ -") else { continue };
        let (start, count) = old_range(header).ok_or_else(|| format!("no hunk header: {line}"))?;
        // A hunk that only inserts names the line before it.
        let start = if count == 0 { start + 1 } else { start };
        while done + 1 < start {
            new += rest.next().ok_or("a hunk lies beyond the end")?;
            done += 1;
        }
        while let Some(line) = lines.next_if(|line| line.starts_with([' ', '-', '+'])) {
            let (sign, text) = line.split_at(1);
            if sign != "+" {
                if rest.next() != Some(text) {
                    return Err(format!("line {} is not {text:?}", done + 1));
                }
                done += 1;
            }
            if sign != "-" {
                new += text;
            }
        }
    }
    new.extend(rest);
    Ok(new)
}

/// First line and number of lines that a hunk's header, after `@@ -`, gives for the old file.
fn old_range(header: &str) -> Option<(usize, usize)> {
    let range = header.split(' ').next()?;
    match range.split_once(',') {
        Some((start, count)) => Some((start.parse().ok()?, count.parse().ok()?)),
        None => Some((range.parse().ok()?, 1)),
    }
}
