//! What statements and expressions are made of: parameters, keywords, clauses, patterns, operators.

use pvm_compiler::ast::{
    Alias, Arg, Arguments, BoolOp, CmpOp, ExceptHandler, ExprContext, Keyword, MatchCase, Operator, Pattern, PatternKind,
    TypeParam, TypeParamKind, UnaryOp, WithItem,
};
use pvm_object::{PyResult, Value};

use super::{Class, Node, Reader};

macro_rules! operators {
    ($($of:ident $sum:ident $enum:ident: $($variant:ident)*;)*) => {
        impl Reader<'_> {$(
            pub(super) fn $of(&mut self, object: &Value) -> PyResult<$enum> {
                match self.alternative(object, Class::$sum)? {
                    $(Some(Class::$variant) => Ok($enum::$variant),)*
                    _ => {
                        let name = Class::$sum.def().name;
                        Err(self.vm.type_error(format_args!("expected some sort of {name}, but got None")))
                    }
                }
            }
        )*}
    };
}

operators! {
    context_of ContextSum ExprContext: Load Store Del;
    bool_op_of BoolOpSum BoolOp: And Or;
    operator_of OperatorSum Operator:
        Add Sub Mult MatMult Div Mod Pow LShift RShift BitOr BitXor BitAnd FloorDiv;
    unary_op_of UnaryOpSum UnaryOp: Invert Not UAdd USub;
    cmp_op_of CmpOpSum CmpOp: Eq NotEq Lt LtE Gt GtE Is IsNot In NotIn;
}

impl Reader<'_> {
    pub(super) fn arguments(&mut self, node: &Node<'_>, index: usize) -> PyResult<Arguments> {
        let object = &self.field(node, index)?;
        let node = &Node { object, class: Class::Arguments };
        Ok(Arguments {
            posonlyargs: self.list(node, 0, Self::arg)?,
            args: self.list(node, 1, Self::arg)?,
            vararg: self.optional(node, 2, Self::arg)?.map(Box::new),
            kwonlyargs: self.list(node, 3, Self::arg)?,
            kw_defaults: self.opt_exprs(node, 4)?,
            kwarg: self.optional(node, 5, Self::arg)?.map(Box::new),
            defaults: self.exprs(node, 6)?,
        })
    }

    fn arg(&mut self, object: &Value) -> PyResult<Arg> {
        let node = &Node { object, class: Class::Arg };
        Ok(Arg {
            arg: self.name(node, 0)?,
            annotation: self.opt_expr(node, 1)?,
            type_comment: self.opt_text(node, 2)?,
            location: self.place(object, Class::Arg)?,
        })
    }

    pub(super) fn keywords(&mut self, node: &Node<'_>, index: usize) -> PyResult<Vec<Keyword>> {
        self.list(node, index, |this, object| {
            let node = &Node { object, class: Class::Keyword };
            Ok(Keyword {
                arg: this.opt_name(node, 0)?,
                value: *this.expr(node, 1)?,
                location: this.place(object, Class::Keyword)?,
            })
        })
    }

    pub(super) fn aliases(&mut self, node: &Node<'_>, index: usize) -> PyResult<Vec<Alias>> {
        self.list(node, index, |this, object| {
            let node = &Node { object, class: Class::Alias };
            Ok(Alias { name: this.name(node, 0)?, asname: this.opt_name(node, 1)?, location: this.place(object, Class::Alias)? })
        })
    }

    pub(super) fn with_items(&mut self, node: &Node<'_>, index: usize) -> PyResult<Vec<WithItem>> {
        self.list(node, index, |this, object| {
            let node = &Node { object, class: Class::WithItem };
            Ok(WithItem { context_expr: *this.expr(node, 0)?, optional_vars: this.opt_expr(node, 1)? })
        })
    }

    pub(super) fn handlers(&mut self, node: &Node<'_>, index: usize) -> PyResult<Vec<ExceptHandler>> {
        self.list(node, index, |this, object| {
            let location = this.place(object, Class::HandlerSum)?;
            if this.alternative(object, Class::HandlerSum)?.is_none() {
                return Err(this.vm.value_error(format_args!("None disallowed in excepthandler list")));
            }
            let node = &Node { object, class: Class::ExceptHandler };
            Ok(ExceptHandler {
                location,
                typ: this.opt_expr(node, 0)?,
                name: this.opt_name(node, 1)?,
                body: this.stmts(node, 2)?,
            })
        })
    }

    pub(super) fn match_cases(&mut self, node: &Node<'_>, index: usize) -> PyResult<Vec<MatchCase>> {
        self.list(node, index, |this, object| {
            let node = &Node { object, class: Class::MatchCase };
            Ok(MatchCase {
                pattern: this.one(node, 0, Self::pattern)?,
                guard: this.opt_expr(node, 1)?,
                body: this.stmts(node, 2)?,
            })
        })
    }

    fn patterns(&mut self, node: &Node<'_>, index: usize) -> PyResult<Vec<Pattern>> {
        self.list(node, index, Self::pattern)
    }

    fn pattern(&mut self, object: &Value) -> PyResult<Pattern> {
        self.vm.check_recursion(" while traversing 'pattern' node")?;
        if object.is_none() {
            return Err(self.vm.value_error(format_args!("None disallowed in pattern list")));
        }
        let location = self.place(object, Class::PatternSum)?;
        let Some(class) = self.alternative(object, Class::PatternSum)? else {
            return Err(self.vm.value_error(format_args!("None disallowed in pattern list")));
        };
        let node = &Node { object, class };
        let kind = match class {
            Class::MatchValue => PatternKind::MatchValue { value: self.expr(node, 0)? },
            Class::MatchSingleton => PatternKind::MatchSingleton { value: self.constant(node, 0)? },
            Class::MatchSequence => PatternKind::MatchSequence { patterns: self.patterns(node, 0)? },
            Class::MatchMapping => PatternKind::MatchMapping {
                keys: self.exprs(node, 0)?,
                patterns: self.patterns(node, 1)?,
                rest: self.opt_name(node, 2)?,
            },
            Class::MatchClass => PatternKind::MatchClass {
                cls: self.expr(node, 0)?,
                patterns: self.patterns(node, 1)?,
                kwd_attrs: self.list(node, 2, Self::name_of)?,
                kwd_patterns: self.patterns(node, 3)?,
            },
            Class::MatchStar => PatternKind::MatchStar { name: self.opt_name(node, 0)? },
            Class::MatchAs => PatternKind::MatchAs {
                pattern: self.optional(node, 0, Self::pattern)?.map(Box::new),
                name: self.opt_name(node, 1)?,
            },
            _ => PatternKind::MatchOr { patterns: self.patterns(node, 0)? },
        };
        Ok(Pattern { location, kind })
    }

    pub(super) fn type_params(&mut self, node: &Node<'_>, index: usize) -> PyResult<Vec<TypeParam>> {
        self.list(node, index, |this, object| {
            let location = this.place(object, Class::TypeParamSum)?;
            let Some(class) = this.alternative(object, Class::TypeParamSum)? else {
                return Err(this.vm.value_error(format_args!("None disallowed in type_param list")));
            };
            let node = &Node { object, class };
            let name = this.name(node, 0)?;
            let kind = match class {
                Class::TypeVar => {
                    TypeParamKind::TypeVar { name, bound: this.opt_expr(node, 1)?, default_value: this.opt_expr(node, 2)? }
                }
                Class::ParamSpec => TypeParamKind::ParamSpec { name, default_value: this.opt_expr(node, 1)? },
                _ => TypeParamKind::TypeVarTuple { name, default_value: this.opt_expr(node, 1)? },
            };
            Ok(TypeParam { location, kind })
        })
    }
}
