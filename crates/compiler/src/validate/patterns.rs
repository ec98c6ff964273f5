//! Patterns.

use super::{Checked, Validator, is_number, name, position, value_error};
use crate::ast::{Constant, Expr, ExprKind, Operator, Pattern, PatternKind, UnaryOp};

fn capture(target: &str) -> Checked {
    if target == "_" {
        return value_error("can't capture name '_' in patterns");
    }
    name(target)
}

/// Whether an expression is a number with a minus before it.
fn is_negative(expr: &Expr, imaginary: bool) -> bool {
    match &expr.kind {
        ExprKind::UnaryOp { op: UnaryOp::USub, operand } => is_number(operand, true, imaginary),
        _ => false,
    }
}

/// Whether an expression is a real number plus or minus an imaginary one.
fn is_complex(left: &Expr, op: Operator, right: &Expr) -> bool {
    (is_number(left, true, false) || is_negative(left, false))
        && matches!(op, Operator::Add | Operator::Sub)
        && is_number(right, false, true)
}

impl Validator {
    /// The value of a literal pattern (`validate_pattern_match_value`).
    fn match_value(&self, value: &Expr) -> Checked {
        self.load(value)?;
        let is_allowed = match &value.kind {
            ExprKind::Constant { value, .. } => match value {
                Constant::Int(_) | Constant::Float(_) | Constant::Complex(..) | Constant::Bytes(_) | Constant::Str(_) => true,
                _ => return value_error("unexpected constant inside of a literal pattern"),
            },
            ExprKind::Attribute { .. } | ExprKind::JoinedStr { .. } | ExprKind::TemplateStr { .. } => true,
            ExprKind::UnaryOp { .. } => is_negative(value, true),
            ExprKind::BinOp { left, op, right } => is_complex(left, *op, right),
            _ => false,
        };
        match is_allowed {
            true => Ok(()),
            false => value_error("patterns may only match literals and attribute lookups"),
        }
    }

    fn patterns(&self, patterns: &[Pattern], star_allowed: bool) -> Checked {
        patterns.iter().try_for_each(|pattern| self.pattern(pattern, star_allowed))
    }

    /// The keys of a mapping pattern; `None`, `True` and `False` may stand here.
    fn mapping_key(&self, key: &Expr) -> Checked {
        match &key.kind {
            ExprKind::Constant { value: Constant::None | Constant::Bool(_), .. } => Ok(()),
            _ => self.match_value(key),
        }
    }

    /// The class of a class pattern is a name, maybe with attributes.
    fn pattern_class(&self, class: &Expr) -> Checked {
        self.load(class)?;
        let mut link = class;
        loop {
            match &link.kind {
                ExprKind::Name { .. } => return Ok(()),
                ExprKind::Attribute { value, .. } => link = value,
                _ => {
                    return value_error("MatchClass cls field can only contain Name or Attribute nodes.");
                }
            }
        }
    }

    pub(super) fn pattern(&self, pattern: &Pattern, star_allowed: bool) -> Checked {
        position(pattern.location)?;
        self.guard.check()?;
        match &pattern.kind {
            PatternKind::MatchValue { value } => self.match_value(value),
            PatternKind::MatchSingleton { value } => match value {
                Constant::None | Constant::Bool(_) => Ok(()),
                _ => value_error("MatchSingleton can only contain True, False and None"),
            },
            PatternKind::MatchSequence { patterns } => self.patterns(patterns, true),
            PatternKind::MatchMapping { keys, patterns, rest } => {
                if keys.len() != patterns.len() {
                    return value_error("MatchMapping doesn't have the same number of keys as patterns");
                }
                rest.as_deref().map_or(Ok(()), capture)?;
                keys.iter().try_for_each(|key| self.mapping_key(key))?;
                self.patterns(patterns, false)
            }
            PatternKind::MatchClass { cls, patterns, kwd_attrs, kwd_patterns } => {
                if kwd_attrs.len() != kwd_patterns.len() {
                    return value_error("MatchClass doesn't have the same number of keyword attributes as patterns");
                }
                self.pattern_class(cls)?;
                kwd_attrs.iter().try_for_each(|attribute| name(attribute))?;
                self.patterns(patterns, false)?;
                self.patterns(kwd_patterns, false)
            }
            PatternKind::MatchStar { .. } if !star_allowed => value_error("can't use MatchStar here"),
            PatternKind::MatchStar { name } => name.as_deref().map_or(Ok(()), capture),
            PatternKind::MatchAs { pattern, name } => {
                name.as_deref().map_or(Ok(()), capture)?;
                match (pattern, name) {
                    (None, _) => Ok(()),
                    (Some(_), None) => value_error("MatchAs must specify a target name if a pattern is given"),
                    (Some(pattern), Some(_)) => self.pattern(pattern, false),
                }
            }
            PatternKind::MatchOr { patterns } => {
                if patterns.len() < 2 {
                    return value_error("MatchOr requires at least 2 patterns");
                }
                self.patterns(patterns, false)
            }
        }
    }
}
