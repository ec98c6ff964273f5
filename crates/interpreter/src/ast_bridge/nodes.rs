//! The node classes of `ast`, in one table: `Python.asdl` of CPython 3.14.
//!
//! A row of the table is a sum (`stmt = FunctionDef(…) | …`) with its alternatives, or a product (`arguments(…)`). Fields are
//! written as in the grammar: type, quantifier (`?` for optional, `*` for a list, `?*` for a list of optional items), name.

/// Where instances of a class stand in the source.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    /// Nowhere.
    Nothing,
    /// The end may be left out.
    OptionalEnd,
    /// The end is required.
    WithEnd,
}

/// A class as the grammar describes it.
pub(super) struct ClassDef {
    pub(super) class: Class,
    pub(super) name: &'static str,
    /// The sum that the class is an alternative of; `None` for sums and products.
    pub(super) sum: Option<Class>,
    /// The fields as the grammar writes them; `None` for a sum.
    pub(super) fields: Option<&'static str>,
    pub(super) place: Place,
}

/// How often a field's type comes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Quantifier {
    One,
    Optional,
    Many,
    /// A list whose items may be `None`.
    ManyOptional,
}

/// A field as the grammar describes it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) ty: &'static str,
    pub(super) quantifier: Quantifier,
    pub(super) name: &'static str,
}

impl ClassDef {
    /// The fields, in order.
    pub(super) fn fields(&self) -> impl Iterator<Item = Field> + use<> {
        self.fields.unwrap_or_default().split(", ").filter(|field| !field.is_empty()).map(|field| {
            let (ty, name) = field.split_once(' ').expect("a field has a type and a name");
            let (ty, quantifier) = if let Some(ty) = ty.strip_suffix("?*") {
                (ty, Quantifier::ManyOptional)
            } else if let Some(ty) = ty.strip_suffix('*') {
                (ty, Quantifier::Many)
            } else if let Some(ty) = ty.strip_suffix('?') {
                (ty, Quantifier::Optional)
            } else {
                (ty, Quantifier::One)
            };
            Field { ty, quantifier, name }
        })
    }

    /// Whether the class is one of several alternatives none of which has fields: one instance does for all.
    pub(super) fn is_singleton(&self) -> bool {
        self.place == Place::Nothing && self.fields == Some("") && self.sum.is_some()
    }

    /// `__doc__`: the class's line of the grammar.
    pub(super) fn doc(&self) -> String {
        match self.fields {
            Some("") => self.name.to_owned(),
            Some(fields) => format!("{}({fields})", self.name),
            None => {
                let alternatives: Vec<String> = alternatives(self.class).map(ClassDef::doc).collect();
                // A sum whose alternatives have no fields fits in one line.
                let separator = match alternatives.iter().any(|alternative| alternative.contains('(')) {
                    true => format!("\n{} | ", " ".repeat(self.name.len())),
                    false => " | ".to_owned(),
                };
                format!("{} = {}", self.name, alternatives.join(&separator))
            }
        }
    }
}

/// The alternatives of a sum.
pub(super) fn alternatives(sum: Class) -> impl Iterator<Item = &'static ClassDef> {
    CLASSES.iter().filter(move |def| def.sum == Some(sum))
}

macro_rules! grammar {
    ($($sum:ident $sum_name:literal $place:ident $([$fields:literal])? { $($class:ident $class_fields:literal,)* })*) => {
        /// The classes, by which code names them.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[expect(clippy::enum_variant_names, reason = "the names are the classes' in Python")]
        pub(super) enum Class {
            $($sum, $($class,)*)*
        }

        /// All classes; a class's number is its place here.
        pub(super) static CLASSES: &[ClassDef] = &[$(
            ClassDef { class: Class::$sum, name: $sum_name, sum: None, fields: grammar!(@ $($fields)?), place: Place::$place },
            $(ClassDef {
                class: Class::$class,
                name: stringify!($class),
                sum: Some(Class::$sum),
                fields: Some($class_fields),
                place: Place::$place,
            },)*
        )*];
    };
    (@) => { None };
    (@ $fields:literal) => { Some($fields) };
}

impl Class {
    /// What the grammar says of it.
    pub(super) fn def(self) -> &'static ClassDef {
        &CLASSES[self as usize]
    }
}

#[rustfmt::skip]
grammar! {
    ModSum "mod" Nothing {
        Module "stmt* body, type_ignore* type_ignores",
        Interactive "stmt* body",
        Expression "expr body",
        FunctionType "expr* argtypes, expr returns",
    }
    StmtSum "stmt" OptionalEnd {
        FunctionDef "identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, type_param* type_params",
        AsyncFunctionDef "identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, type_param* type_params",
        ClassDef "identifier name, expr* bases, keyword* keywords, stmt* body, expr* decorator_list, type_param* type_params",
        Return "expr? value",
        Delete "expr* targets",
        Assign "expr* targets, expr value, string? type_comment",
        TypeAlias "expr name, type_param* type_params, expr value",
        AugAssign "expr target, operator op, expr value",
        AnnAssign "expr target, expr annotation, expr? value, int simple",
        For "expr target, expr iter, stmt* body, stmt* orelse, string? type_comment",
        AsyncFor "expr target, expr iter, stmt* body, stmt* orelse, string? type_comment",
        While "expr test, stmt* body, stmt* orelse",
        If "expr test, stmt* body, stmt* orelse",
        With "withitem* items, stmt* body, string? type_comment",
        AsyncWith "withitem* items, stmt* body, string? type_comment",
        Match "expr subject, match_case* cases",
        Raise "expr? exc, expr? cause",
        Try "stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody",
        TryStar "stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody",
        Assert "expr test, expr? msg",
        Import "alias* names",
        ImportFrom "identifier? module, alias* names, int? level",
        Global "identifier* names",
        Nonlocal "identifier* names",
        Expr "expr value",
        Pass "",
        Break "",
        Continue "",
    }
    ExprSum "expr" OptionalEnd {
        BoolOp "boolop op, expr* values",
        NamedExpr "expr target, expr value",
        BinOp "expr left, operator op, expr right",
        UnaryOp "unaryop op, expr operand",
        Lambda "arguments args, expr body",
        IfExp "expr test, expr body, expr orelse",
        Dict "expr?* keys, expr* values",
        Set "expr* elts",
        ListComp "expr elt, comprehension* generators",
        SetComp "expr elt, comprehension* generators",
        DictComp "expr key, expr value, comprehension* generators",
        GeneratorExp "expr elt, comprehension* generators",
        Await "expr value",
        Yield "expr? value",
        YieldFrom "expr value",
        Compare "expr left, cmpop* ops, expr* comparators",
        Call "expr func, expr* args, keyword* keywords",
        FormattedValue "expr value, int conversion, expr? format_spec",
        Interpolation "expr value, constant str, int conversion, expr? format_spec",
        JoinedStr "expr* values",
        TemplateStr "expr* values",
        Constant "constant value, string? kind",
        Attribute "expr value, identifier attr, expr_context ctx",
        Subscript "expr value, expr slice, expr_context ctx",
        Starred "expr value, expr_context ctx",
        Name "identifier id, expr_context ctx",
        List "expr* elts, expr_context ctx",
        Tuple "expr* elts, expr_context ctx",
        Slice "expr? lower, expr? upper, expr? step",
    }
    ContextSum "expr_context" Nothing {
        Load "",
        Store "",
        Del "",
    }
    BoolOpSum "boolop" Nothing {
        And "",
        Or "",
    }
    OperatorSum "operator" Nothing {
        Add "",
        Sub "",
        Mult "",
        MatMult "",
        Div "",
        Mod "",
        Pow "",
        LShift "",
        RShift "",
        BitOr "",
        BitXor "",
        BitAnd "",
        FloorDiv "",
    }
    UnaryOpSum "unaryop" Nothing {
        Invert "",
        Not "",
        UAdd "",
        USub "",
    }
    CmpOpSum "cmpop" Nothing {
        Eq "",
        NotEq "",
        Lt "",
        LtE "",
        Gt "",
        GtE "",
        Is "",
        IsNot "",
        In "",
        NotIn "",
    }
    Comprehension "comprehension" Nothing ["expr target, expr iter, expr* ifs, int is_async"] {}
    HandlerSum "excepthandler" OptionalEnd {
        ExceptHandler "expr? type, identifier? name, stmt* body",
    }
    Arguments "arguments" Nothing ["arg* posonlyargs, arg* args, arg? vararg, arg* kwonlyargs, expr?* kw_defaults, arg? kwarg, expr* defaults"] {}
    Arg "arg" OptionalEnd ["identifier arg, expr? annotation, string? type_comment"] {}
    Keyword "keyword" OptionalEnd ["identifier? arg, expr value"] {}
    Alias "alias" OptionalEnd ["identifier name, identifier? asname"] {}
    WithItem "withitem" Nothing ["expr context_expr, expr? optional_vars"] {}
    MatchCase "match_case" Nothing ["pattern pattern, expr? guard, stmt* body"] {}
    PatternSum "pattern" WithEnd {
        MatchValue "expr value",
        MatchSingleton "constant value",
        MatchSequence "pattern* patterns",
        MatchMapping "expr* keys, pattern* patterns, identifier? rest",
        MatchClass "expr cls, pattern* patterns, identifier* kwd_attrs, pattern* kwd_patterns",
        MatchStar "identifier? name",
        MatchAs "pattern? pattern, identifier? name",
        MatchOr "pattern* patterns",
    }
    TypeIgnoreSum "type_ignore" Nothing {
        TypeIgnore "int lineno, string tag",
    }
    TypeParamSum "type_param" WithEnd {
        TypeVar "identifier name, expr? bound, expr? default_value",
        ParamSpec "identifier name, expr? default_value",
        TypeVarTuple "identifier name, expr? default_value",
    }
}
