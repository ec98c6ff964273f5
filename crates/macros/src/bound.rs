//! Functions whose arguments are bound by a signature: the static `Signature`, and the body that binds, converts, calls.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Error, LitStr, Result};

use crate::attributes;
use crate::function::{Function, Param, Receiver, is_reference_to, option_content};
use crate::signature::{Kind, PyParam, PySignature, split_doc};

/// What a bound function receives as `self`, for the text of the signature and the wording of errors.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum This {
    Instance,
    Class,
    Static,
    Module,
    /// `__new__`, `__init__`, `__call__`: errors name the class.
    Constructor,
}

impl This {
    fn text(self) -> Option<&'static str> {
        match self {
            This::Instance => Some("$self"),
            This::Class => Some("$type"),
            This::Module => Some("$module"),
            This::Static | This::Constructor => None,
        }
    }
}

/// A function with its Python name, signature and documentation.
pub struct Bound {
    pub function: Function,
    pub name: String,
    pub this: This,
    signature: PySignature,
    /// What is shown, where it is not the signature itself.
    shown: Option<String>,
    hide_text: bool,
    text: Option<String>,
    /// The one parameter takes all arguments as they come.
    raw: bool,
}

impl Bound {
    /// Takes `#[signature]`, `#[text_signature]` and the doc comment off `attributes`.
    pub fn new(function: Function, name: String, this: This, attributes: &mut Vec<Attribute>) -> Result<Bound> {
        let doc = attributes::docs(attributes);
        let given = attributes::take_text(attributes, "signature")?;
        let shown = attributes::take_text(attributes, "text_signature")?;
        let in_doc = doc.as_deref().and_then(|doc| split_doc(doc, &name));
        let text = match in_doc {
            Some((_, text)) => (!text.is_empty()).then(|| text.to_owned()),
            None => doc.clone(),
        };
        let raw = matches!(&function.params[..], [only] if only.is_args());
        let (signature, span) = match (&given, in_doc) {
            (Some(given), _) => (PySignature::parse(&given.value(), given.span())?, given.span()),
            (None, Some((line, _))) => (PySignature::parse(line, function.ident.span())?, function.ident.span()),
            (None, None) => (derive_signature(&function)?, function.ident.span()),
        };
        let has_signature = given.is_some() || in_doc.is_some();
        let verbatim = match (&given, in_doc) {
            (_, Some((line, _))) => line.to_owned(),
            (Some(given), None) => given.value(),
            (None, None) => String::new(),
        };
        let hide_text = shown.as_ref().is_some_and(|text| text.value().is_empty()) || (raw && !has_signature && shown.is_none());
        let shown = shown.map(|text| text.value()).or_else(|| verbatim.starts_with("($").then_some(verbatim));
        let mut bound = Bound { function, name, this, signature, shown, hide_text, text, raw };
        let only_args = matches!(&bound.signature.params[..], [only] if only.kind == Kind::VarPositional);
        bound.raw &= !(has_signature && only_args);
        if !bound.raw {
            bound.check(span)?;
        }
        Ok(bound)
    }

    /// Every Rust parameter must be the Python parameter in the same place.
    fn check(&self, span: Span) -> Result<()> {
        let (python, rust) = (&self.signature.params, &self.function.params);
        for (shown, param) in python.iter().zip(rust) {
            let wanted = match shown.kind {
                Kind::VarPositional if !param.is_args() => Some("Args<'_>"),
                Kind::VarKeyword if !param.is_keywords() => Some("Keywords<'_>"),
                _ => None,
            };
            if let Some(wanted) = wanted {
                return Err(Error::new(param.span, format!("`*{}` is taken as `{wanted}`", shown.name)));
            }
            if shown.name.trim_matches('_') != param.name {
                let message = format!("the signature has `{}` where this parameter is `{}`", shown.name, param.name);
                return Err(Error::new(param.span, message));
            }
        }
        if python.len() != rust.len() {
            let message = format!("the signature has {} parameters, the function {}", python.len(), rust.len());
            return Err(Error::new(span, message));
        }
        Ok(())
    }

    /// The docstring with the signature line, as CPython keeps them.
    pub fn doc(&self) -> TokenStream {
        let line = (!self.hide_text).then(|| {
            let signature = self.shown.clone().unwrap_or_else(|| self.signature.text(self.this.text()));
            format!("{}{signature}\n--\n\n", self.name)
        });
        match (line, &self.text) {
            (None, None) => quote!(None),
            (line, text) => {
                let doc = line.unwrap_or_default() + text.as_deref().unwrap_or_default();
                quote!(Some(#doc))
            }
        }
    }

    fn has_rest(&self) -> bool {
        self.signature.params.iter().any(|param| matches!(param.kind, Kind::VarPositional | Kind::VarKeyword))
    }

    fn max_positional(&self) -> usize {
        self.signature.count(Kind::PositionalOnly) + self.signature.count(Kind::PositionalOrKeyword)
    }

    /// `static __PY_SIGNATURE`, which the bodies below use. `owner` is an expression of `Owner`.
    pub fn signature_static(&self, owner: &TokenStream) -> TokenStream {
        let name = &self.name;
        let (names, required): (Vec<_>, Vec<_>) =
            self.signature.bound().map(|param| (param.name.clone(), param.default.is_none())).unzip();
        let positional_only = self.signature.count(Kind::PositionalOnly) as u8;
        let positional = self.max_positional() as u8;
        let required_positional = self.signature.required_positional() as u8;
        let required_keywords = self.signature.required_keywords() as u8;
        let rest = self.signature.count(Kind::VarPositional) != 0;
        let rest_keywords = self.signature.count(Kind::VarKeyword) != 0;
        quote! {
            static __PY_SIGNATURE: ::pvm_object::support::Signature = ::pvm_object::support::Signature {
                name: #name,
                owner: #owner,
                params: &[#(::pvm_object::support::ParamDef { name: #names, required: #required }),*],
                positional_only: #positional_only,
                positional: #positional,
                required_positional: #required_positional,
                required_keywords: #required_keywords,
                var_positional: #rest,
                var_keyword: #rest_keywords,
            };
        }
    }

    /// The number of values bound.
    pub fn value_count(&self) -> usize {
        self.signature.bound().count()
    }

    /// Statements that convert `values: [Option<ValueRef<'_>>; N]` (and `args`) and end in the call of `path`; the value
    /// is what the Rust function returned. `receiver` is the expression for it.
    pub fn convert_and_call(&self, path: &TokenStream, receiver: &TokenStream) -> TokenStream {
        if self.raw {
            return self.function.call(path, receiver, &[quote!(args)]);
        }
        let mut index = 0usize;
        let mut statements = Vec::new();
        let mut names = Vec::new();
        let first_rest = self.max_positional();
        for (number, (shown, param)) in self.signature.params.iter().zip(&self.function.params).enumerate() {
            let name = quote::format_ident!("p{number}");
            let value = match shown.kind {
                Kind::VarPositional => quote!(args.skip(#first_rest).without_keywords()),
                Kind::VarKeyword => {
                    quote!(::pvm_object::support::Keywords::new(args, &__PY_SIGNATURE))
                }
                _ => {
                    let value = bound_value(shown, param, index);
                    index += 1;
                    value
                }
            };
            statements.push(quote!(let #name = #value;));
            names.push(if param.is_value_ref() {
                quote!(&*#name)
            } else if param.is_optional_value_ref() {
                quote!(#name.as_deref())
            } else {
                quote!(#name)
            });
        }
        let call = self.function.call(path, receiver, &names);
        quote!(#(#statements)* #call)
    }

    /// Whether the body needs `args` beside `values`.
    pub fn needs_args(&self) -> bool {
        self.raw || self.has_rest()
    }

    /// Whether no argument can be given by keyword.
    pub fn is_positional(&self) -> bool {
        let by_position = [Kind::PositionalOnly, Kind::VarPositional];
        !self.raw && self.signature.params.iter().all(|param| by_position.contains(&param.kind))
    }

    /// Whether arguments come unbound.
    pub fn is_raw(&self) -> bool {
        self.raw
    }

    /// The effects: those of the body, or those of the conversions where they are greater.
    fn effects(&self, self_ty: &TokenStream) -> TokenStream {
        let body = self.function.effects();
        let conversions =
            self.function.params.iter().filter(|param| !(param.is_value_ref() || param.is_args() || param.is_keywords()));
        let conversions = conversions.filter_map(|param| {
            let ty = option_content(&param.ty).unwrap_or_else(|| param.ty.clone());
            if is_reference_to(&ty, "Value") {
                return None;
            }
            let ty = attributes::replace_self(quote!(#ty), self_ty);
            Some(quote!(<#ty as ::pvm_object::support::FromArg<'_>>::EFFECTS))
        });
        quote!(#body #(.and(#conversions))*)
    }

    /// An expression of `MethodDef` (a block with the adapters in it). `path` names the Rust function, `self_ty` the class.
    pub fn method_def(&self, path: &TokenStream, self_ty: &TokenStream, owner: &TokenStream) -> TokenStream {
        let signature = self.signature_static(owner);
        let count = self.value_count();
        let name = &self.name;
        let receiver = self.receiver(self_ty);
        let body = self.convert_and_call(path, &quote!(receiver));
        let receiver_statement = self.function.receiver.as_ref().map(|_| quote!(let receiver = #receiver;));
        let (args_parameter, args_argument) = match self.needs_args() {
            true => (Some(quote!(, args: ::pvm_object::support::Args<'a>)), Some(quote!(, args))),
            false => (None, None),
        };
        let bind = match self.raw {
            true => quote!([]),
            false => quote!(__PY_SIGNATURE.bind(vm, args)?),
        };
        let count = if self.raw { 0 } else { count };
        let direct = self.direct_entries(count);
        let doc = self.doc();
        let kind = match self.this {
            This::Instance | This::Constructor => quote!(Instance),
            This::Class => quote!(Class),
            This::Static => quote!(Static),
            This::Module => quote!(Function),
        };
        let effects = self.effects(self_ty);
        quote! {{
            #signature

            #[inline(always)]
            fn __py_invoke<'a>(
                vm: &mut ::pvm_object::Vm,
                this: &'a ::pvm_object::support::Value,
                values: [Option<::pvm_object::support::ValueRef<'a>>; #count]
                #args_parameter
            ) -> ::pvm_object::support::PyResult {
                #receiver_statement
                let result = { #body };
                ::pvm_object::support::IntoPyResult::into_py_result(result, vm)
            }

            fn __py_call(
                vm: &mut ::pvm_object::Vm,
                this: &::pvm_object::support::Value,
                args: ::pvm_object::support::Args<'_>,
            ) -> ::pvm_object::support::PyResult {
                let values = #bind;
                __py_invoke(vm, this, values #args_argument)
            }

            ::pvm_object::support::MethodDef {
                name: #name,
                doc: #doc,
                kind: ::pvm_object::support::MethodKind::#kind,
                call: __py_call,
                direct: #direct,
                effects: #effects,
            }
        }}
    }

    /// The receiver as the Rust function wants it, from `this: &Value`.
    pub fn receiver(&self, self_ty: &TokenStream) -> TokenStream {
        receiver(&self.function, self_ty, &self.name)
    }

    fn direct_entries(&self, count: usize) -> TokenStream {
        let none = quote!(::pvm_object::support::DirectEntries { zero: None, one: None, two: None });
        if self.needs_args() || self.signature.required_keywords() != 0 {
            return none;
        }
        let range = self.signature.required_positional()..=self.max_positional();
        let entry = |given: usize| {
            if !range.contains(&given) {
                return quote!(None);
            }
            let names: Vec<_> = (0..given).map(|index| quote::format_ident!("a{index}")).collect();
            let missing = (given..count).map(|_| quote!(None));
            quote! {{
                fn __py_direct(
                    vm: &mut ::pvm_object::Vm,
                    this: &::pvm_object::support::Value
                    #(, #names: &::pvm_object::support::Value)*
                ) -> ::pvm_object::support::PyResult {
                    __py_invoke(vm, this, [#(Some(#names.borrowed()),)* #(#missing),*])
                }
                Some(__py_direct)
            }}
        };
        let (zero, one, two) = (entry(0), entry(1), entry(2));
        quote!(::pvm_object::support::DirectEntries { zero: #zero, one: #one, two: #two })
    }
}

/// The receiver as a Rust function wants it, from `this: &Value`.
pub fn receiver(function: &Function, self_ty: &TokenStream, name: &str) -> TokenStream {
    match &function.receiver {
        None | Some(Receiver::Value) => quote!(this),
        Some(Receiver::Object) => {
            quote!(::pvm_object::support::receiver::<#self_ty>(this, vm, #name)?)
        }
        Some(Receiver::Typed(ty)) => {
            let ty = attributes::replace_self(quote!(#ty), self_ty);
            quote!(::pvm_object::support::receiver::<#ty>(this, vm, #name)?)
        }
        Some(Receiver::Converted) => quote! {
            ::pvm_object::support::FromArg::from_arg(this.borrowed(), ::pvm_object::support::Argument::operand(#name), vm)?
        },
    }
}

/// The expression for one bound value.
fn bound_value(shown: &PyParam, param: &Param, index: usize) -> TokenStream {
    let argument = quote!(::pvm_object::support::Argument::of(&__PY_SIGNATURE, #index));
    let span = param.ty.span();
    let convert = quote_spanned!(span=> ::pvm_object::support::FromArg::from_arg(value, #argument, vm)?);
    let option = param.option_content();
    let Some(default) = &shown.default else {
        if param.is_optional_value_ref() {
            return quote!(::pvm_object::support::unless_none(values[#index]));
        }
        let value = quote!(::pvm_object::support::required(values[#index]));
        return match param.is_value_ref() {
            true => value,
            false => quote!({ let value = #value; #convert }),
        };
    };
    let none_counts_as_missing = default == "None";
    if option.is_some() && (param.default.is_none() || param.is_optional_value_ref()) {
        let given = match none_counts_as_missing {
            true => quote!(::pvm_object::support::unless_none(values[#index])),
            false => quote!(values[#index]),
        };
        if param.is_optional_value_ref() {
            return given;
        }
        return quote!(match #given { Some(value) => Some(#convert), None => None });
    }
    let fallback = match &param.default {
        Some(expression) => quote!(#expression),
        None => literal(default, param),
    };
    match param.is_value_ref() {
        true if param.default.is_none() && none_counts_as_missing => {
            quote!(values[#index].unwrap_or(::pvm_object::support::none_ref()))
        }
        true => quote!(values[#index].unwrap_or(#fallback)),
        false => quote!(match values[#index] { Some(value) => #convert, None => #fallback }),
    }
}

/// A default written in Python, as a Rust expression.
fn literal(default: &str, param: &Param) -> TokenStream {
    match default {
        "None" => quote! {{
            ::pvm_object::support::FromArg::from_arg(
                ::pvm_object::support::none_ref(), ::pvm_object::support::Argument::operand(""), vm)?
        }},
        "True" => quote!(true),
        "False" => quote!(false),
        _ => {
            let text = match default.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
                Some(content) => syn::parse_str::<LitStr>(&format!("\"{content}\"")).map(|text| quote!(#text)),
                None => syn::parse_str::<syn::Expr>(default).and_then(|expression| match expression {
                    syn::Expr::Lit(_) | syn::Expr::Unary(_) => Ok(quote!(#expression)),
                    other => Err(Error::new(other.span(), "no literal")),
                }),
            };
            text.unwrap_or_else(|_| {
                let message =
                    format!("the default `{default}` needs a Rust value: `#[default(…)] {}`, or an `Option<…>`", param.name);
                quote_spanned!(param.span=> compile_error!(#message))
            })
        }
    }
}

/// The signature of a function that says nothing of it: positional-only, with the defaults of the attributes.
fn derive_signature(function: &Function) -> Result<PySignature> {
    let mut params: Vec<PyParam> = Vec::new();
    for param in &function.params {
        let kind = match (param.is_args(), param.is_keywords()) {
            (true, _) => Kind::VarPositional,
            (_, true) => Kind::VarKeyword,
            _ => Kind::PositionalOnly,
        };
        let default = match (&param.default, kind) {
            (Some(expression), Kind::PositionalOnly) => Some(python_text(expression)),
            (None, Kind::PositionalOnly) if param.option_content().is_some() => Some("None".to_owned()),
            _ => None,
        };
        if default.is_none() && kind == Kind::PositionalOnly && params.last().is_some_and(|last| last.default.is_some()) {
            return Err(Error::new(param.span, "a parameter without a default stands behind one with a default"));
        }
        params.push(PyParam { name: param.name.clone(), kind, default });
    }
    Ok(PySignature { params })
}

/// How Python shows a Rust default.
fn python_text(expression: &syn::Expr) -> String {
    let text = quote!(#expression).to_string().replace(' ', "");
    match text.as_str() {
        "true" => "True".to_owned(),
        "false" => "False".to_owned(),
        "isize::MAX" | "i64::MAX" => i64::MAX.to_string(),
        "isize::MIN" | "i64::MIN" => i64::MIN.to_string(),
        _ => match expression {
            syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => format!("'{}'", text.value()),
            syn::Expr::Lit(_) | syn::Expr::Unary(_) => text,
            _ if text == "None" => text,
            _ => "<unrepresentable>".to_owned(),
        },
    }
}
