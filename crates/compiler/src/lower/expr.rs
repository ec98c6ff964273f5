//! Expressions.

use ruff_python_ast as ruff;
use ruff_text_size::Ranged;

use super::stmt::operator;
use super::{Lowered, Lowerer};
use crate::ast::*;
use crate::error::CompileError;

impl Lowerer<'_> {
    pub(super) fn exprs(&mut self, exprs: &[ruff::Expr]) -> Lowered<Vec<Expr>> {
        exprs.iter().map(|expr| self.expr(expr)).collect()
    }

    pub(super) fn boxed(&mut self, expr: &ruff::Expr) -> Lowered<Box<Expr>> {
        Ok(Box::new(self.expr(expr)?))
    }

    pub(super) fn opt_expr(&mut self, expr: &Option<Box<ruff::Expr>>) -> Lowered<Option<Box<Expr>>> {
        match expr {
            Some(expr) => Ok(Some(self.boxed(expr)?)),
            None => Ok(None),
        }
    }

    pub(super) fn expr(&mut self, expr: &ruff::Expr) -> Lowered<Expr> {
        let levels = match expr {
            ruff::Expr::BinOp(_) | ruff::Expr::Attribute(_) | ruff::Expr::Call(_) | ruff::Expr::Subscript(_) => {
                return self.chain(expr);
            }
            ruff::Expr::Lambda(_) => 2,
            _ => 1,
        };
        self.deeper(levels, |this| Ok(Expr { location: this.locate(expr), kind: this.expr_kind(expr)? }))
    }

    /// Lowers a chain of left-recursive nodes from its innermost operand outwards, without recursion.
    fn chain(&mut self, expr: &ruff::Expr) -> Lowered<Expr> {
        let mut links = Vec::new();
        let mut innermost = expr;
        loop {
            let left = match innermost {
                ruff::Expr::BinOp(node) => &node.left,
                ruff::Expr::Attribute(node) => &node.value,
                ruff::Expr::Call(node) => &node.func,
                ruff::Expr::Subscript(node) => &node.value,
                _ => break,
            };
            links.push(innermost);
            innermost = left;
        }
        if links.len() > super::MAX_CHAIN {
            return Err(CompileError::Recursion("Stack overflow during compilation".to_owned()));
        }
        self.deepest = self.deepest.max(self.depth as usize + links.len());
        self.deeper(1, |this| {
            let mut value = this.expr(innermost)?;
            for link in links.into_iter().rev() {
                let left = Box::new(value);
                let kind = match link {
                    ruff::Expr::BinOp(node) => {
                        // the right operand of `**` is two rules of the grammar deeper, those of others none
                        let levels = u32::from(node.op == ruff::Operator::Pow);
                        ExprKind::BinOp {
                            left,
                            op: operator(node.op),
                            right: this.deeper(levels, |this| this.boxed(&node.right))?,
                        }
                    }
                    ruff::Expr::Attribute(node) => {
                        ExprKind::Attribute { value: left, attr: this.identifier(&node.attr), ctx: context(node.ctx) }
                    }
                    ruff::Expr::Call(node) => {
                        let (args, keywords) = this.call_arguments(&node.arguments)?;
                        ExprKind::Call { func: left, args, keywords }
                    }
                    ruff::Expr::Subscript(node) => {
                        ExprKind::Subscript { value: left, slice: this.boxed(&node.slice)?, ctx: context(node.ctx) }
                    }
                    _ => unreachable!("only chained nodes are collected"),
                };
                value = Expr { location: this.locate(link), kind };
            }
            Ok(value)
        })
    }

    fn expr_kind(&mut self, expr: &ruff::Expr) -> Lowered<ExprKind> {
        Ok(match expr {
            ruff::Expr::BoolOp(node) => ExprKind::BoolOp {
                op: match node.op {
                    ruff::BoolOp::And => BoolOp::And,
                    ruff::BoolOp::Or => BoolOp::Or,
                },
                values: self.exprs(&node.values)?,
            },
            ruff::Expr::Named(node) => {
                // the parser lets the target stand in parentheses
                self.suspicious |= node.target.range().start() != node.range.start();
                ExprKind::NamedExpr { target: self.boxed(&node.target)?, value: self.boxed(&node.value)? }
            }
            ruff::Expr::UnaryOp(node) => ExprKind::UnaryOp {
                op: match node.op {
                    ruff::UnaryOp::Invert => UnaryOp::Invert,
                    ruff::UnaryOp::Not => UnaryOp::Not,
                    ruff::UnaryOp::UAdd => UnaryOp::UAdd,
                    ruff::UnaryOp::USub => UnaryOp::USub,
                },
                operand: self.boxed(&node.operand)?,
            },
            ruff::Expr::Lambda(node) => ExprKind::Lambda {
                args: Box::new(match &node.parameters {
                    Some(parameters) => self.arguments(parameters)?,
                    None => Arguments::default(),
                }),
                body: self.boxed(&node.body)?,
            },
            ruff::Expr::If(node) => ExprKind::IfExp {
                body: self.boxed(&node.body)?,
                test: self.boxed(&node.test)?,
                orelse: self.boxed(&node.orelse)?,
            },
            ruff::Expr::Dict(node) => {
                let mut keys = Vec::with_capacity(node.items.len());
                let mut values = Vec::with_capacity(node.items.len());
                for item in &node.items {
                    keys.push(match &item.key {
                        Some(key) => Some(self.expr(key)?),
                        None => None,
                    });
                    values.push(self.expr(&item.value)?);
                }
                ExprKind::Dict { keys, values }
            }
            ruff::Expr::Set(node) => ExprKind::Set { elts: self.exprs(&node.elts)? },
            ruff::Expr::ListComp(node) => {
                ExprKind::ListComp { elt: self.boxed(&node.elt)?, generators: self.generators(&node.generators)? }
            }
            ruff::Expr::SetComp(node) => {
                ExprKind::SetComp { elt: self.boxed(&node.elt)?, generators: self.generators(&node.generators)? }
            }
            ruff::Expr::DictComp(node) => {
                let Some(key) = &node.key else {
                    return Err(self.syntax_error("invalid syntax", node.range));
                };
                ExprKind::DictComp {
                    key: self.boxed(key)?,
                    value: self.boxed(&node.value)?,
                    generators: self.generators(&node.generators)?,
                }
            }
            ruff::Expr::Generator(node) => {
                ExprKind::GeneratorExp { elt: self.boxed(&node.elt)?, generators: self.generators(&node.generators)? }
            }
            ruff::Expr::Await(node) => ExprKind::Await { value: self.boxed(&node.value)? },
            ruff::Expr::Yield(node) => {
                // the parser lets operators and commas follow a bare `yield`
                if node.value.is_none() {
                    let next = self.skip_blanks(node.range.end()).to_usize();
                    let rest = &self.source.text().as_bytes()[next..];
                    self.suspicious |= rest.first().is_some_and(|b| !b"\n)]};=#!:".contains(b))
                        || rest.starts_with(b"==")
                        || rest.starts_with(b"!=");
                }
                ExprKind::Yield { value: self.opt_expr(&node.value)? }
            }
            ruff::Expr::YieldFrom(node) => ExprKind::YieldFrom { value: self.boxed(&node.value)? },
            ruff::Expr::Compare(node) => ExprKind::Compare {
                left: self.boxed(&node.left)?,
                ops: node.ops.iter().map(|&op| cmp_op(op)).collect(),
                comparators: self.exprs(&node.comparators)?,
            },
            ruff::Expr::FString(node) => self.fstring(node)?,
            ruff::Expr::TString(node) => self.tstring(node)?,
            ruff::Expr::StringLiteral(node) => self.string_literal(node)?,
            ruff::Expr::BytesLiteral(node) => self.bytes_literal(node)?,
            ruff::Expr::NumberLiteral(node) => constant(self.number(node)?),
            ruff::Expr::BooleanLiteral(node) => constant(Constant::Bool(node.value)),
            ruff::Expr::NoneLiteral(_) => constant(Constant::None),
            ruff::Expr::EllipsisLiteral(_) => constant(Constant::Ellipsis),
            ruff::Expr::Starred(node) => ExprKind::Starred { value: self.boxed(&node.value)?, ctx: context(node.ctx) },
            ruff::Expr::Name(node) => {
                // the source itself, unless it is to be normalised: the parser may have got another text
                let written = self.slice(node.range);
                let name = if written.is_ascii() { written } else { node.id.as_str() };
                ExprKind::Name { id: self.name(name), ctx: context(node.ctx) }
            }
            ruff::Expr::List(node) => ExprKind::List { elts: self.exprs(&node.elts)?, ctx: context(node.ctx) },
            ruff::Expr::Tuple(node) => ExprKind::Tuple { elts: self.exprs(&node.elts)?, ctx: context(node.ctx) },
            ruff::Expr::Slice(node) => ExprKind::Slice {
                lower: self.opt_expr(&node.lower)?,
                upper: self.opt_expr(&node.upper)?,
                step: self.opt_expr(&node.step)?,
            },
            ruff::Expr::BinOp(_) | ruff::Expr::Attribute(_) | ruff::Expr::Call(_) | ruff::Expr::Subscript(_) => {
                unreachable!("chained nodes go through `chain`")
            }
            ruff::Expr::IpyEscapeCommand(node) => {
                return Err(self.syntax_error("invalid syntax", node.range));
            }
        })
    }

    /// Positional and keyword arguments; a generator alone in them takes their parentheses.
    pub(super) fn call_arguments(&mut self, arguments: &ruff::Arguments) -> Lowered<(Vec<Expr>, Vec<Keyword>)> {
        let mut args = self.exprs(&arguments.args)?;
        if let ([ruff::Expr::Generator(generator)], [arg]) = (&*arguments.args, &mut args[..])
            && !generator.parenthesized
        {
            arg.location = self.location(arguments.range);
        }
        let mut keywords = Vec::with_capacity(arguments.keywords.len());
        for keyword in &arguments.keywords {
            keywords.push(Keyword {
                location: self.locate(keyword),
                arg: self.opt_identifier(&keyword.arg),
                value: self.expr(&keyword.value)?,
            });
        }
        Ok((args, keywords))
    }

    fn generators(&mut self, generators: &[ruff::Comprehension]) -> Lowered<Vec<Comprehension>> {
        generators
            .iter()
            .map(|generator| {
                Ok(Comprehension {
                    target: self.expr(&generator.target)?,
                    iter: self.expr(&generator.iter)?,
                    ifs: self.exprs(&generator.ifs)?,
                    is_async: generator.is_async,
                })
            })
            .collect()
    }
}

fn constant(value: Constant) -> ExprKind {
    ExprKind::Constant { value, kind: None }
}

fn context(ctx: ruff::ExprContext) -> ExprContext {
    match ctx {
        ruff::ExprContext::Load | ruff::ExprContext::Invalid => ExprContext::Load,
        ruff::ExprContext::Store => ExprContext::Store,
        ruff::ExprContext::Del => ExprContext::Del,
    }
}

fn cmp_op(op: ruff::CmpOp) -> CmpOp {
    match op {
        ruff::CmpOp::Eq => CmpOp::Eq,
        ruff::CmpOp::NotEq => CmpOp::NotEq,
        ruff::CmpOp::Lt => CmpOp::Lt,
        ruff::CmpOp::LtE => CmpOp::LtE,
        ruff::CmpOp::Gt => CmpOp::Gt,
        ruff::CmpOp::GtE => CmpOp::GtE,
        ruff::CmpOp::Is => CmpOp::Is,
        ruff::CmpOp::IsNot => CmpOp::IsNot,
        ruff::CmpOp::In => CmpOp::In,
        ruff::CmpOp::NotIn => CmpOp::NotIn,
    }
}
