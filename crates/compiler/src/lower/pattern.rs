//! Patterns of `match`.

use ruff_python_ast as ruff;
use ruff_text_size::{Ranged, TextRange};

use super::{Lowered, Lowerer};
use crate::ast::{Constant, Pattern, PatternKind};

impl Lowerer<'_> {
    pub(super) fn patterns(&mut self, patterns: &[ruff::Pattern]) -> Lowered<Vec<Pattern>> {
        patterns.iter().map(|pattern| self.pattern(pattern)).collect()
    }

    pub(super) fn pattern(&mut self, pattern: &ruff::Pattern) -> Lowered<Pattern> {
        self.deeper(1, |this| Ok(Pattern { location: this.locate(pattern), kind: this.pattern_kind(pattern)? }))
    }

    fn pattern_kind(&mut self, pattern: &ruff::Pattern) -> Lowered<PatternKind> {
        Ok(match pattern {
            ruff::Pattern::MatchValue(node) => {
                // the parser takes `_.x` for a value, and parts of one in parentheses
                let text = self.slice(node.range);
                self.suspicious |= text.starts_with("_") || text.contains('(');
                PatternKind::MatchValue { value: self.boxed(&node.value)? }
            }
            ruff::Pattern::MatchSingleton(node) => PatternKind::MatchSingleton {
                value: match node.value {
                    ruff::Singleton::None => Constant::None,
                    ruff::Singleton::True => Constant::Bool(true),
                    ruff::Singleton::False => Constant::Bool(false),
                },
            },
            ruff::Pattern::MatchSequence(node) => {
                for pair in node.patterns.windows(2) {
                    let between = TextRange::new(pair[0].end(), pair[1].start());
                    // the parser does not miss the comma
                    self.suspicious |= !self.slice(between).contains(',');
                }
                PatternKind::MatchSequence { patterns: self.patterns(&node.patterns)? }
            }
            ruff::Pattern::MatchMapping(node) => {
                self.suspicious |= node.keys.iter().any(|key| self.slice(key.range()).contains('('));
                PatternKind::MatchMapping {
                    keys: self.exprs(&node.keys)?,
                    patterns: self.patterns(&node.patterns)?,
                    rest: self.opt_identifier(&node.rest),
                }
            }
            ruff::Pattern::MatchClass(node) => {
                // the parser lets the class and the names of attributes stand in parentheses
                self.suspicious |= self.slice(node.range).starts_with('(');
                let cls = self.boxed(&node.cls)?;
                let patterns = self.patterns(&node.arguments.patterns)?;
                let mut kwd_attrs = Vec::new();
                let mut kwd_patterns = Vec::new();
                for keyword in &node.arguments.keywords {
                    self.suspicious |= self.slice(keyword.range).starts_with('(');
                    kwd_attrs.push(self.identifier(&keyword.attr));
                    kwd_patterns.push(self.pattern(&keyword.pattern)?);
                }
                PatternKind::MatchClass { cls, patterns, kwd_attrs, kwd_patterns }
            }
            ruff::Pattern::MatchStar(node) => PatternKind::MatchStar { name: self.opt_identifier(&node.name) },
            ruff::Pattern::MatchAs(node) => PatternKind::MatchAs {
                pattern: match &node.pattern {
                    Some(pattern) => Some(Box::new(self.pattern(pattern)?)),
                    None => None,
                },
                name: self.opt_identifier(&node.name),
            },
            ruff::Pattern::MatchOr(node) => PatternKind::MatchOr { patterns: self.patterns(&node.patterns)? },
        })
    }
}
