//! Applies unified diffs, exactly: a hunk that does not fit where it says it belongs ends the build.

use std::collections::BTreeMap;
use std::error::Error;
use std::iter::Peekable;
use std::str::SplitInclusive;

type Lines<'a> = SplitInclusive<'a, char>;

/// Applies a file of diffs, called `name`, to the files they name. Lines before a file's first hunk that are no header, and
/// lines between files, are comments.
pub fn apply_all(files: &mut BTreeMap<String, Vec<u8>>, name: &str, diffs: &str) -> Result<(), Box<dyn Error>> {
    let mut lines = diffs.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let Some(path) = line.strip_prefix("+++ Lib/") else {
            continue;
        };
        let path = path.trim_end();
        let old = files.get(path).ok_or_else(|| format!("{name}: there is no {path}"))?;
        let old = String::from_utf8(old.clone())?;
        let new = apply(&old, &mut lines).map_err(|error| format!("{name}: {path}: {error}"))?;
        files.insert(path.to_owned(), new.into_bytes());
    }
    Ok(())
}

/// The text after the hunks that `lines` begins with.
fn apply(old: &str, lines: &mut Peekable<Lines<'_>>) -> Result<String, String> {
    let mut rest = old.split_inclusive('\n');
    let mut new = String::with_capacity(old.len());
    let mut done = 0;
    while let Some(header) = lines.next_if(|line| line.starts_with("@@ ")) {
        let [mut old_start, mut old_left, _, mut new_left] = ranges(header).ok_or_else(|| format!("no hunk: {header}"))?;
        // A hunk that only inserts names the line before it.
        old_start += usize::from(old_left == 0);
        while done + 1 < old_start {
            new += rest.next().ok_or("a hunk lies beyond the end")?;
            done += 1;
        }
        while old_left + new_left > 0 {
            let line = lines.next().ok_or("a hunk ends too early")?;
            let (sign, text) = line.split_at(1);
            if sign != "+" {
                if rest.next() != Some(text) {
                    return Err(format!("line {} is not {text:?}", done + 1));
                }
                done += 1;
                old_left -= 1;
            }
            if sign != "-" {
                new += text;
                new_left -= 1;
            }
        }
    }
    new.extend(rest);
    Ok(new)
}

/// First line and number of lines, of the old and of the new file, in `@@ -1,2 +3,4 @@`.
fn ranges(header: &str) -> Option<[usize; 4]> {
    let mut words = header.split(' ').skip(1);
    let (old, new) = (words.next()?.strip_prefix('-')?, words.next()?.strip_prefix('+')?);
    let parse = |range: &str| match range.split_once(',') {
        Some((start, count)) => Some((start.parse().ok()?, count.parse().ok()?)),
        None => Some((range.parse().ok()?, 1)),
    };
    let ((old_start, old_count), (new_start, new_count)) = (parse(old)?, parse(new)?);
    Some([old_start, old_count, new_start, new_count])
}
