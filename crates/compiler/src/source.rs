//! Source text with its line starts.

/// A program's text: newlines normalised to `\n`, lines indexed.
#[derive(Debug, Clone)]
pub struct SourceText {
    text: String,
    line_starts: Vec<u32>,
}

impl SourceText {
    /// Takes text that is already decoded; `\r\n` and `\r` become `\n`.
    pub fn new(text: &str) -> SourceText {
        let text = if text.contains('\r') {
            text.replace("\r\n", "\n").replace('\r', "\n")
        } else {
            text.to_owned()
        };
        let mut line_starts = vec![0];
        line_starts.extend(
            text.bytes()
                .enumerate()
                .filter(|&(_, b)| b == b'\n')
                .map(|(i, _)| i as u32 + 1),
        );
        SourceText { text, line_starts }
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line (from 1) and column in bytes (from 0) of a byte offset.
    pub fn line_column(&self, offset: u32) -> (i32, i32) {
        let line = self.line_starts.partition_point(|&start| start <= offset);
        (line as i32, (offset - self.line_starts[line - 1]) as i32)
    }

    /// How many lines there are; a newline at the end does not begin another.
    pub fn line_count(&self) -> i32 {
        let count = self.line_starts.len() as i32;
        if self.text.ends_with('\n') { count - 1 } else { count }
    }

    /// The text of line `lineno` (from 1) with its newline, empty when there is no such line.
    pub fn line(&self, lineno: i32) -> &str {
        let index = lineno as usize;
        if lineno < 1 || index > self.line_starts.len() {
            return "";
        }
        let start = self.line_starts[index - 1] as usize;
        let end = self.line_starts.get(index).map_or(self.text.len(), |&end| end as usize);
        &self.text[start..end]
    }

    /// The offset in characters from 1, as `SyntaxError.offset` counts, of a column in bytes.
    pub fn char_offset(&self, lineno: i32, column: i32) -> i32 {
        if column < 0 {
            return 0;
        }
        let line = self.line(lineno).as_bytes();
        let column = column as usize;
        let within = &line[..column.min(line.len())];
        let chars = within.iter().filter(|&&b| b & 0xC0 != 0x80).count();
        (chars + column.saturating_sub(line.len()) + 1) as i32
    }
}
