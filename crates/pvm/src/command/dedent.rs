//! The text of `-c` with the indentation that all its lines share taken away, as `textwrap.dedent` does.

/// Removes what all lines that are not blank begin with; blank lines become empty.
pub fn dedent(text: &str) -> String {
    let margin = margin(text);
    if margin.is_empty() && !text.lines().any(|line| !line.is_empty() && is_blank(line)) {
        return text.to_owned();
    }
    let mut result = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let (content, newline) = match line.strip_suffix('\n') {
            Some(content) => (content, "\n"),
            None => (line, ""),
        };
        if !is_blank(content) {
            result += &content[margin.len()..];
        }
        result += newline;
    }
    result
}

fn is_blank(line: &str) -> bool {
    line.bytes().all(|byte| matches!(byte, b' ' | b'\t'))
}

/// The longest indentation that all lines which are not blank begin with.
fn margin(text: &str) -> &str {
    let mut margin: Option<&str> = None;
    for line in text.split('\n').filter(|line| !is_blank(line)) {
        let indentation = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        margin = Some(match margin {
            None => indentation,
            Some(before) => {
                let shared = before.bytes().zip(indentation.bytes()).take_while(|(a, b)| a == b).count();
                &before[..shared]
            }
        });
    }
    margin.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::dedent;

    #[test]
    fn shared_indentation_goes() {
        assert_eq!(dedent("  if 1:\n    x\n \t \n  y\n"), "if 1:\n  x\n\ny\n");
        assert_eq!(dedent("\ta\n\t b"), "a\n b");
        assert_eq!(dedent("  a\n\tb"), "  a\n\tb");
        assert_eq!(dedent("a\n  b\n"), "a\n  b\n");
        assert_eq!(dedent(""), "");
    }
}
