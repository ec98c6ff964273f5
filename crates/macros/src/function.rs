//! A Rust function as the macros see it: receiver, tokens and the parameters that Python gives.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Attribute, Error, Expr, FnArg, Ident, Pat, Result, Signature, Type};

use crate::attributes;

/// The token a function takes, by what it may do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Token {
    Heap,
    HeapMut,
    Vm,
}

/// How a function wants `self`.
pub enum Receiver {
    /// `&self`, `this: &Self` or `this: &Object<Self>`: checked, the rest does a coercion.
    Object,
    /// `this: &Value`: as it came.
    Value,
    /// `cls: &Object<Type>` or `module: &Object<Module>`, named by the type.
    Typed(Box<Type>),
    /// Anything else, through `FromArg`.
    Converted,
}

/// One argument of the Rust function, in its order.
pub enum Input {
    Receiver,
    Token(Token),
    /// The parameter of this number.
    Param(usize),
}

/// A parameter that Python gives.
pub struct Param {
    pub name: String,
    pub ty: Type,
    /// `#[default(…)]`.
    pub default: Option<Expr>,
    pub span: Span,
}

/// The Rust function.
pub struct Function {
    pub ident: Ident,
    pub receiver: Option<Receiver>,
    pub inputs: Vec<Input>,
    pub params: Vec<Param>,
}

impl Function {
    /// Reads the signature; takes the macros' attributes off the parameters. `this` is what a receiver may be called.
    pub fn new(signature: &mut Signature, this: &[&str]) -> Result<Function> {
        if let Some(token) = &signature.asyncness {
            return Err(Error::new(token.span, "a native function is not `async`"));
        }
        if let Some(token) = &signature.unsafety {
            return Err(Error::new(token.span, "a native function is not `unsafe`"));
        }
        if let Some(parameter) = signature.generics.type_params().next() {
            return Err(Error::new(parameter.span(), "a native function has no type parameters"));
        }
        let mut function = Function { ident: signature.ident.clone(), receiver: None, inputs: Vec::new(), params: Vec::new() };
        for argument in &mut signature.inputs {
            function.add(argument, this)?;
        }
        Ok(function)
    }

    fn add(&mut self, argument: &mut FnArg, this: &[&str]) -> Result<()> {
        let typed = match argument {
            FnArg::Receiver(receiver) => {
                if receiver.reference.is_none() || receiver.mutability.is_some() || receiver.colon_token.is_some() {
                    let message =
                        "the receiver is `&self`, `this: &Object<Self>` or `this: &Value`; what changes is in a `HeapCell`";
                    return Err(Error::new(receiver.span(), message));
                }
                self.receiver = Some(Receiver::Object);
                self.inputs.push(Input::Receiver);
                return Ok(());
            }
            FnArg::Typed(typed) => typed,
        };
        if let Some(token) = token_of(&typed.ty) {
            self.inputs.push(Input::Token(token));
            return Ok(());
        }
        let Pat::Ident(pattern) = &*typed.pat else {
            return Err(Error::new(typed.pat.span(), "a parameter of a native function has a plain name"));
        };
        let name = python_name(&pattern.ident.to_string());
        let first = self.params.is_empty() && self.receiver.is_none();
        if first && this.contains(&name.as_str()) {
            self.receiver = Some(receiver_of(&typed.ty));
            self.inputs.push(Input::Receiver);
            return Ok(());
        }
        let default = take_default(&mut typed.attrs)?;
        self.inputs.push(Input::Param(self.params.len()));
        self.params.push(Param { name, ty: (*typed.ty).clone(), default, span: typed.ty.span() });
        Ok(())
    }

    /// The strongest token it takes, as `Effects` names it.
    pub fn effects(&self) -> TokenStream {
        let strongest = self.inputs.iter().filter_map(|input| match input {
            Input::Token(token) => Some(*token),
            _ => None,
        });
        let name = match strongest.max() {
            None => format_ident!("Pure"),
            Some(Token::Heap) => format_ident!("Reads"),
            Some(Token::HeapMut) => format_ident!("Writes"),
            Some(Token::Vm) => format_ident!("Anything"),
        };
        quote!(::pvm_object::support::Effects::#name)
    }

    /// The call of it as `path`, with these expressions for receiver and parameters; the token is in `vm`.
    pub fn call(&self, path: &TokenStream, receiver: &TokenStream, values: &[TokenStream]) -> TokenStream {
        let arguments = self.inputs.iter().map(|input| match input {
            Input::Receiver => receiver.clone(),
            Input::Token(Token::Heap) => quote!(&**vm),
            Input::Token(Token::HeapMut) => quote!(&mut **vm),
            Input::Token(Token::Vm) => quote!(&mut *vm),
            Input::Param(index) => values[*index].clone(),
        });
        let span = self.ident.span();
        quote_spanned!(span=> #path(#(#arguments),*))
    }
}

impl Param {
    /// Whether the type is `&Value`.
    pub fn is_value_ref(&self) -> bool {
        is_reference_to(&self.ty, "Value")
    }

    /// Whether the type is `Option<&Value>`.
    pub fn is_optional_value_ref(&self) -> bool {
        self.option_content().is_some_and(|content| is_reference_to(&content, "Value"))
    }

    /// The content where the type is `Option<…>`.
    pub fn option_content(&self) -> Option<Type> {
        option_content(&self.ty)
    }

    /// Whether the type is `Args<'_>`.
    pub fn is_args(&self) -> bool {
        last_segment(&self.ty).is_some_and(|segment| segment.ident == "Args")
    }

    /// Whether the type is `Keywords<'_>`.
    pub fn is_keywords(&self) -> bool {
        last_segment(&self.ty).is_some_and(|segment| segment.ident == "Keywords")
    }
}

/// The content of an `Option<…>`.
pub fn option_content(ty: &Type) -> Option<Type> {
    let segment = last_segment(ty).filter(|segment| segment.ident == "Option")?;
    match &segment.arguments {
        syn::PathArguments::AngleBracketed(list) => match list.args.first()? {
            syn::GenericArgument::Type(content) => Some(content.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// Whether the type is `&name`.
pub fn is_reference_to(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Reference(reference)
        if last_segment(&reference.elem).is_some_and(|segment| segment.ident == name && segment.arguments.is_none()))
}

fn last_segment(ty: &Type) -> Option<&syn::PathSegment> {
    match ty {
        Type::Path(path) => path.path.segments.last(),
        Type::Group(group) => last_segment(&group.elem),
        Type::Paren(paren) => last_segment(&paren.elem),
        _ => None,
    }
}

fn token_of(ty: &Type) -> Option<Token> {
    let Type::Reference(reference) = ty else {
        return None;
    };
    let segment = last_segment(&reference.elem)?;
    match (segment.ident.to_string().as_str(), reference.mutability.is_some()) {
        ("Heap", false) => Some(Token::Heap),
        ("Heap", true) => Some(Token::HeapMut),
        ("Vm", _) => Some(Token::Vm),
        _ => None,
    }
}

fn receiver_of(ty: &Type) -> Receiver {
    if is_reference_to(ty, "Value") {
        return Receiver::Value;
    }
    if is_reference_to(ty, "Self") {
        return Receiver::Object;
    }
    if let Type::Reference(reference) = ty
        && let Some(segment) = last_segment(&reference.elem)
        && segment.ident == "Object"
        && let syn::PathArguments::AngleBracketed(list) = &segment.arguments
        && let Some(syn::GenericArgument::Type(content)) = list.args.first()
    {
        let is_self = content.to_token_stream().to_string() == "Self";
        return if is_self { Receiver::Object } else { Receiver::Typed(Box::new(content.clone())) };
    }
    Receiver::Converted
}

fn take_default(attributes: &mut Vec<Attribute>) -> Result<Option<Expr>> {
    match attributes::take(attributes, "default")? {
        Some(attribute) => attribute.parse_args::<Expr>().map(Some),
        None => Ok(None),
    }
}

/// The Python name of a Rust parameter: without `r#`, without the underscores that silence a warning or avoid a keyword.
fn python_name(rust: &str) -> String {
    let name = rust.strip_prefix("r#").unwrap_or(rust);
    let trimmed = name.trim_start_matches('_').trim_end_matches('_');
    if trimmed.is_empty() { name.to_owned() } else { trimmed.to_owned() }
}
