//! What statements and expressions are made of: parameters, keywords, clauses, patterns, operators.

use pvm_compiler::ast::{
    Alias, Arg, Arguments, BoolOp, CmpOp, ExceptHandler, ExprContext, Keyword, MatchCase, Operator, Pattern, PatternKind,
    TypeParam, TypeParamKind, UnaryOp, WithItem,
};
use pvm_object::PyResult;

use super::{Builder, Class, build};

macro_rules! operators {
    ($($method:ident $enum:ident: $($variant:ident)*;)*) => {
        impl Builder<'_> {$(
            pub(super) fn $method(&mut self, operator: $enum) -> PyResult {
                self.single(match operator {
                    $($enum::$variant => Class::$variant,)*
                })
            }
        )*}
    };
}

operators! {
    context ExprContext: Load Store Del;
    bool_op BoolOp: And Or;
    operator Operator: Add Sub Mult MatMult Div Mod Pow LShift RShift BitOr BitXor BitAnd FloorDiv;
    unary_op UnaryOp: Invert Not UAdd USub;
    cmp_op CmpOp: Eq NotEq Lt LtE Gt GtE Is IsNot In NotIn;
}

impl Builder<'_> {
    pub(super) fn arguments(&mut self, arguments: &Arguments) -> PyResult {
        build!(self, Class::Arguments, None;
            args &arguments.posonlyargs, args &arguments.args, opt_arg arguments.vararg.as_deref(),
            args &arguments.kwonlyargs, opt_exprs &arguments.kw_defaults, opt_arg arguments.kwarg.as_deref(),
            exprs &arguments.defaults)
    }

    fn args(&mut self, args: &[Arg]) -> PyResult {
        self.list(args, Self::arg)
    }

    fn opt_arg(&mut self, arg: Option<&Arg>) -> PyResult {
        self.optional(arg, Self::arg)
    }

    fn arg(&mut self, arg: &Arg) -> PyResult {
        build!(self, Class::Arg, Some(arg.location);
            name &arg.arg, opt_expr arg.annotation.as_deref(), opt_text arg.type_comment.as_deref())
    }

    pub(super) fn keywords(&mut self, keywords: &[Keyword]) -> PyResult {
        self.list(keywords, |this, keyword| {
            build!(this, Class::Keyword, Some(keyword.location); opt_name keyword.arg.as_deref(), expr &keyword.value)
        })
    }

    pub(super) fn alias(&mut self, alias: &Alias) -> PyResult {
        build!(self, Class::Alias, Some(alias.location); name &alias.name, opt_name alias.asname.as_deref())
    }

    pub(super) fn with_items(&mut self, items: &[WithItem]) -> PyResult {
        self.list(
            items,
            |this, item| build!(this, Class::WithItem, None; expr &item.context_expr, opt_expr item.optional_vars.as_deref()),
        )
    }

    pub(super) fn handlers(&mut self, handlers: &[ExceptHandler]) -> PyResult {
        self.list(handlers, |this, handler| {
            build!(this, Class::ExceptHandler, Some(handler.location);
                opt_expr handler.typ.as_deref(), opt_name handler.name.as_deref(), stmts &handler.body)
        })
    }

    pub(super) fn match_cases(&mut self, cases: &[MatchCase]) -> PyResult {
        self.list(cases, |this, case| {
            build!(this, Class::MatchCase, None; pattern &case.pattern, opt_expr case.guard.as_deref(), stmts &case.body)
        })
    }

    fn patterns(&mut self, patterns: &[Pattern]) -> PyResult {
        self.list(patterns, Self::pattern)
    }

    fn pattern(&mut self, pattern: &Pattern) -> PyResult {
        self.vm.check_recursion(" during ast construction")?;
        let place = Some(pattern.location);
        match &pattern.kind {
            PatternKind::MatchValue { value } => build!(self, Class::MatchValue, place; expr value),
            PatternKind::MatchSingleton { value } => {
                build!(self, Class::MatchSingleton, place; constant value)
            }
            PatternKind::MatchSequence { patterns } => {
                build!(self, Class::MatchSequence, place; patterns patterns)
            }
            PatternKind::MatchMapping { keys, patterns, rest } => build!(self, Class::MatchMapping, place;
                exprs keys, patterns patterns, opt_name rest.as_deref()),
            PatternKind::MatchClass { cls, patterns, kwd_attrs, kwd_patterns } => {
                let (cls, patterns) = (self.expr(cls)?, self.patterns(patterns)?);
                let kwd_attrs = self.list(kwd_attrs, |this, name| this.name(name))?;
                let kwd_patterns = self.patterns(kwd_patterns)?;
                self.node(Class::MatchClass, [cls, patterns, kwd_attrs, kwd_patterns], place)
            }
            PatternKind::MatchStar { name } => {
                build!(self, Class::MatchStar, place; opt_name name.as_deref())
            }
            PatternKind::MatchAs { pattern, name } => {
                let pattern = self.optional(pattern.as_deref(), Self::pattern)?;
                let name = self.opt_name(name.as_deref())?;
                self.node(Class::MatchAs, [pattern, name], place)
            }
            PatternKind::MatchOr { patterns } => {
                build!(self, Class::MatchOr, place; patterns patterns)
            }
        }
    }

    pub(super) fn type_params(&mut self, params: &[TypeParam]) -> PyResult {
        self.list(params, |this, param| {
            let place = Some(param.location);
            match &param.kind {
                TypeParamKind::TypeVar { name, bound, default_value } => build!(this, Class::TypeVar, place;
                    name name, opt_expr bound.as_deref(), opt_expr default_value.as_deref()),
                TypeParamKind::ParamSpec { name, default_value } => {
                    build!(this, Class::ParamSpec, place; name name, opt_expr default_value.as_deref())
                }
                TypeParamKind::TypeVarTuple { name, default_value } => {
                    build!(this, Class::TypeVarTuple, place; name name, opt_expr default_value.as_deref())
                }
            }
        })
    }
}
