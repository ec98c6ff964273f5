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
}
