//! The first pass over what belongs to definitions: parameters, annotations, type parameters, `type` statements.

use super::build::{Builder, Outcome};
use super::{BlockType, Key, Name, def, feature};
use crate::ast::{Arg, Arguments, Expr, ExprKind, Location, Stmt, StmtKind, TypeParam, TypeParamKind};

impl Builder<'_> {
    /// Default values are evaluated in the scope of the definition.
    pub(super) fn visit_defaults(&mut self, args: &Arguments) -> Outcome {
        self.visit_exprs(&args.defaults)?;
        args.kw_defaults.iter().flatten().try_for_each(|default| self.visit_expr(default))
    }

    /// Binds the parameters in the innermost scope.
    pub(super) fn visit_parameters(&mut self, args: &Arguments) -> Outcome {
        for arg in args.posonlyargs.iter().chain(&args.args).chain(&args.kwonlyargs) {
            self.add_def(&arg.arg, def::PARAM, arg.location)?;
        }
        if let Some(arg) = &args.vararg {
            self.add_def(&arg.arg, def::PARAM, arg.location)?;
            self.cur_mut().varargs = true;
        }
        if let Some(arg) = &args.kwarg {
            self.add_def(&arg.arg, def::PARAM, arg.location)?;
            self.cur_mut().varkeywords = true;
        }
        Ok(())
    }

    /// Lets the innermost scope see the names of the class around it.
    fn see_class_scope(&mut self, location: Location) -> Outcome {
        self.cur_mut().can_see_class_scope = true;
        self.add_implicit("__classdict__", def::USE, location)
    }

    /// The annotations of a function's parameters and result get a scope of their own (PEP 649).
    pub(super) fn visit_function_annotations(&mut self, stmt: &Stmt, args: &Arguments, returns: Option<&Expr>) -> Outcome {
        let in_class = self.cur().can_see_class_scope || self.cur().block == BlockType::Class;
        self.enter("__annotate__".into(), BlockType::Annotation, Key::annotations(stmt), stmt.location)?;
        if in_class {
            self.see_class_scope(stmt.location)?;
        }
        let annotation = |arg: &'_ Arg| arg.annotation.is_some();
        let annotated = args
            .posonlyargs
            .iter()
            .chain(&args.args)
            .chain(args.vararg.as_deref())
            .chain(args.kwarg.as_deref())
            .chain(&args.kwonlyargs)
            .filter(|arg| annotation(arg));
        for annotation in annotated.filter_map(|arg| arg.annotation.as_deref()).chain(returns) {
            self.cur_mut().annotations_used = true;
            self.visit_expr(annotation)?;
        }
        self.exit();
        Ok(())
    }

    /// The annotation of a variable belongs to its class's or module's annotation scope.
    pub(super) fn visit_variable_annotation(&mut self, annotation: &Expr) -> Outcome {
        let parent = self.current();
        let parent_block = self.cur().block;
        // Local annotations are never evaluated; they only must be well formed.
        let unevaluated = parent_block == BlockType::Function;
        // A module may be executed in part, so all of its annotations are conditional.
        let conditional = match parent_block {
            BlockType::Class => self.cur().in_conditional_block,
            BlockType::Module => true,
            _ => false,
        };
        if conditional && !self.cur().has_conditional_annotations {
            self.cur_mut().has_conditional_annotations = true;
            self.add_implicit("__conditional_annotations__", def::USE, annotation.location)?;
        }
        if let Some(scope) = self.cur().annotation_block {
            self.enter_existing(scope, false);
        } else {
            self.enter("__annotate__".into(), BlockType::Annotation, Key::scope_annotations(parent), annotation.location)?;
            self.table[parent].annotation_block = Some(self.current());
            if parent_block == BlockType::Class && !self.future.has(feature::ANNOTATIONS) {
                self.see_class_scope(annotation.location)?;
                // Even where the class binds that name itself.
                self.table[parent].needs_classdict = true;
            }
        }
        self.cur_mut().in_unevaluated_annotation |= unevaluated;
        self.visit_expr(annotation)?;
        if unevaluated {
            self.cur_mut().in_unevaluated_annotation = false;
        }
        self.exit();
        Ok(())
    }

    /// Enters the scope of the type parameters of `stmt`, whose function has the parameters `args`.
    pub(super) fn enter_type_params(&mut self, stmt: &Stmt, name: &Name, args: Option<&Arguments>) -> Outcome {
        let location = stmt.location;
        let in_class = self.cur().block == BlockType::Class;
        self.enter(name.clone(), BlockType::TypeParameters, Key::type_params(stmt), location)?;
        if in_class {
            self.see_class_scope(location)?;
        }
        if matches!(stmt.kind, StmtKind::ClassDef(_)) {
            for name in [".type_params", ".generic_base"] {
                self.add_implicit(name, def::LOCAL, location)?;
                self.add_implicit(name, def::USE, location)?;
            }
        }
        if let Some(args) = args {
            self.add_implicit(".defaults", def::PARAM, location)?;
            if args.kw_defaults.iter().any(Option::is_some) {
                self.add_implicit(".kwdefaults", def::PARAM, location)?;
            }
        }
        Ok(())
    }

    /// Visits type parameters in order.
    pub(super) fn visit_type_params(&mut self, params: &[TypeParam]) -> Outcome {
        params.iter().try_for_each(|param| self.visit_type_param(param))
    }

    fn visit_type_param(&mut self, param: &TypeParam) -> Outcome {
        self.guard.check()?;
        let flags = def::TYPE_PARAM | def::LOCAL;
        let (name, default_value, default_info) = match &param.kind {
            TypeParamKind::TypeVar { name, bound, default_value } => {
                self.add_def(name, flags, param.location)?;
                let constrained = bound.as_ref().is_some_and(|bound| matches!(bound.kind, ExprKind::Tuple { .. }));
                let info = if constrained { "a TypeVar constraint" } else { "a TypeVar bound" };
                self.visit_type_param_part(name, bound, Key::bound(param), param, info)?;
                (name, default_value, "a TypeVar default")
            }
            TypeParamKind::TypeVarTuple { name, default_value } => {
                self.add_def(name, flags, param.location)?;
                (name, default_value, "a TypeVarTuple default")
            }
            TypeParamKind::ParamSpec { name, default_value } => {
                self.add_def(name, flags, param.location)?;
                (name, default_value, "a ParamSpec default")
            }
        };
        self.visit_type_param_part(name, default_value, Key::default(param), param, default_info)
    }

    /// A bound or a default: a lazily evaluated scope.
    fn visit_type_param_part(
        &mut self,
        name: &Name,
        value: &Option<Box<Expr>>,
        key: Key,
        param: &TypeParam,
        info: &'static str,
    ) -> Outcome {
        if &**name == "__classdict__" {
            return self.error(format!("reserved name '{name}' cannot be used for type parameter"), param.location);
        }
        let Some(value) = value else {
            return Ok(());
        };
        let in_class = self.cur().can_see_class_scope;
        self.enter(name.clone(), BlockType::TypeVariable, key, value.location)?;
        if in_class {
            self.see_class_scope(value.location)?;
        }
        self.cur_mut().scope_info = Some(info);
        self.visit_expr(value)?;
        self.exit();
        Ok(())
    }

    /// `type name[params] = value`.
    pub(super) fn visit_type_alias(&mut self, stmt: &Stmt, target: &Expr, type_params: &[TypeParam], value: &Expr) -> Outcome {
        self.visit_expr(target)?;
        let ExprKind::Name { id: name, .. } = &target.kind else {
            return self.error("type alias target must be a name", target.location);
        };
        let in_class = self.cur().block == BlockType::Class;
        let generic = !type_params.is_empty();
        if generic {
            self.enter_type_params(stmt, name, None)?;
            self.visit_type_params(type_params)?;
        }
        self.enter(name.clone(), BlockType::TypeAlias, Key::stmt(stmt), stmt.location)?;
        if in_class {
            self.see_class_scope(value.location)?;
        }
        self.visit_expr(value)?;
        self.exit();
        if generic {
            self.exit();
        }
        Ok(())
    }
}
