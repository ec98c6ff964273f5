//! `'…' % (…)` as a joined string (`optimize_format` of CPython's `ast_preprocess.c`).

use crate::ast::*;
use crate::instructions::NO_LOCATION;

/// Makes a joined string of a constant format with a tuple of values, if each conversion is a simple `%s`, `%r` or `%a`.
pub(super) fn fold_percent(expr: &mut Expr) {
    let ExprKind::BinOp { left, op: Operator::Mod, right } = &mut expr.kind else {
        return;
    };
    let ExprKind::Constant { value: Constant::Str(format), .. } = &left.kind else {
        return;
    };
    let ExprKind::Tuple { elts, .. } = &mut right.kind else {
        return;
    };
    if elts.iter().any(|elt| matches!(elt.kind, ExprKind::Starred { .. })) {
        return;
    }
    let Some(pieces) = split_format(format) else {
        return;
    };
    let conversions = pieces.iter().filter(|p| matches!(p, Piece::Conversion { .. }));
    if conversions.count() != elts.len() {
        return;
    }
    let mut elts = std::mem::take(elts).into_iter();
    let values = pieces
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Literal(text) => Some(unplaced(Constant::Str(text))),
            Piece::Conversion { kind, spec } => elts.next().map(|value| Expr {
                location: value.location,
                kind: ExprKind::FormattedValue {
                    value: Box::new(value),
                    conversion: kind,
                    format_spec: spec.map(|spec| Box::new(unplaced(Constant::str(&spec)))),
                },
            }),
        })
        .collect();
    expr.kind = ExprKind::JoinedStr { values };
}

fn unplaced(value: Constant) -> Expr {
    Expr { location: NO_LOCATION, kind: ExprKind::Constant { value, kind: None } }
}

enum Piece {
    Literal(Text),
    Conversion { kind: i32, spec: Option<String> },
}

/// The pieces of a format; `None` if one of them is not simple.
fn split_format(format: &Text) -> Option<Vec<Piece>> {
    const PERCENT: u32 = '%' as u32;
    let points: Vec<u32> = format.code_points().collect();
    let mut pieces = Vec::new();
    let mut at = 0;
    loop {
        let mut literal = Vec::new();
        while let Some(&point) = points.get(at) {
            if point != PERCENT {
                at += 1;
            } else if points.get(at + 1) == Some(&PERCENT) {
                at += 2;
            } else {
                break;
            }
            literal.push(point);
        }
        if !literal.is_empty() {
            pieces.push(Piece::Literal(Text::from_code_points(literal)?));
        }
        if at >= points.len() {
            return Some(pieces);
        }
        let (conversion, length) = conversion(&points[at + 1..])?;
        pieces.push(conversion);
        at += 1 + length;
    }
}

/// Reads the points of one conversion.
struct Cursor<'a> {
    points: &'a [u32],
    at: usize,
}

impl Cursor<'_> {
    /// The next point as a byte; 0 stands for one outside ASCII, since none that counts is.
    fn next(&mut self) -> Option<u8> {
        let point = *self.points.get(self.at)?;
        self.at += 1;
        Some(u8::try_from(point).unwrap_or(0))
    }

    /// The number that begins with `char`, at most two digits; leaves what follows in `char`.
    fn number(&mut self, char: &mut u8) -> Option<u32> {
        let mut value = 0;
        let mut digits = 0;
        while char.is_ascii_digit() {
            value = value * 10 + u32::from(*char - b'0');
            *char = self.next()?;
            digits += 1;
            if digits >= 3 {
                return None;
            }
        }
        Some(value)
    }
}

/// The conversion behind a `%`, and its length.
fn conversion(points: &[u32]) -> Option<(Piece, usize)> {
    let mut cursor = Cursor { points, at: 0 };
    let mut left = false;
    let mut char = cursor.next()?;
    while b"-+ #0".contains(&char) {
        left |= char == b'-';
        char = cursor.next()?;
    }
    let mut spec = String::new();
    if char.is_ascii_digit() {
        let width = cursor.number(&mut char)?;
        if !left && width > 0 {
            spec.push('>');
        }
        spec.push_str(&width.to_string());
    }
    if char == b'.' {
        char = cursor.next()?;
        let precision = cursor.number(&mut char)?;
        spec.push_str(&format!(".{precision}"));
    }
    if !matches!(char, b's' | b'r' | b'a') {
        return None;
    }
    let piece = Piece::Conversion { kind: i32::from(char), spec: (!spec.is_empty()).then_some(spec) };
    Some((piece, cursor.at))
}
