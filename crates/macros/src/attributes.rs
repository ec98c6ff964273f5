//! Reading the macros' own attributes and doc comments off an item.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, Error, Expr, ExprLit, Lit, LitStr, Meta, Result, Token};

/// Whether the attribute's last path segment is `name`.
pub fn is(attribute: &Attribute, name: &str) -> bool {
    attribute.path().segments.last().is_some_and(|segment| segment.ident == name)
}

/// Takes the attribute `name` out; an error where it stands twice.
pub fn take(attributes: &mut Vec<Attribute>, name: &str) -> Result<Option<Attribute>> {
    let Some(position) = attributes.iter().position(|attribute| is(attribute, name)) else {
        return Ok(None);
    };
    let found = attributes.remove(position);
    match attributes.iter().find(|attribute| is(attribute, name)) {
        Some(second) => Err(Error::new(second.span(), format!("`#[{name}]` stands here twice"))),
        None => Ok(Some(found)),
    }
}

/// Takes the attribute `name`, which must be a bare word, out.
pub fn take_flag(attributes: &mut Vec<Attribute>, name: &str) -> Result<bool> {
    match take(attributes, name)? {
        None => Ok(false),
        Some(attribute) => attribute.meta.require_path_only().map(|_| true),
    }
}

/// Takes `#[name = "text"]` out.
pub fn take_text(attributes: &mut Vec<Attribute>, name: &str) -> Result<Option<LitStr>> {
    let Some(attribute) = take(attributes, name)? else {
        return Ok(None);
    };
    let value = &attribute.meta.require_name_value()?.value;
    match value {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Ok(Some(text.clone())),
        other => Err(Error::new(other.span(), format!("`#[{name} = …]` takes a string"))),
    }
}

/// The tokens in an attribute's parentheses, none where it has none.
pub fn inner_tokens(attribute: &Attribute) -> Result<TokenStream> {
    match &attribute.meta {
        Meta::Path(_) => Ok(TokenStream::new()),
        Meta::List(list) => Ok(list.tokens.clone()),
        Meta::NameValue(pair) => Err(Error::new(pair.span(), "expected parentheses")),
    }
}

/// The `#[cfg(…)]` attributes, for what is generated from the item.
pub fn cfgs(attributes: &[Attribute]) -> TokenStream {
    attributes.iter().filter(|attribute| is(attribute, "cfg")).map(ToTokens::to_token_stream).collect()
}

/// The text of a doc attribute: a literal, or several in `concat!`.
fn doc_text(text: &Expr) -> Option<String> {
    match text {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
        // What a macro's parameter stands for.
        Expr::Group(group) => doc_text(&group.expr),
        Expr::Macro(call) if call.mac.path.is_ident("concat") => {
            let parts = call.mac.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated).ok()?;
            parts.iter().map(doc_text).collect()
        }
        _ => None,
    }
}

/// The text of the doc comment, without the blank that stands behind `///`.
pub fn docs(attributes: &[Attribute]) -> Option<String> {
    let mut lines = Vec::new();
    for attribute in attributes.iter().filter(|attribute| is(attribute, "doc")) {
        if let Meta::NameValue(pair) = &attribute.meta
            && let Some(text) = doc_text(&pair.value)
        {
            lines.extend(text.split('\n').map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end().to_owned()));
        }
    }
    let text = lines.join("\n");
    let text = text.trim_matches('\n');
    (!text.is_empty()).then(|| text.to_owned())
}

/// `tokens` with every `Self` replaced by `with`: generated functions stand outside of the `impl`.
pub fn replace_self(tokens: TokenStream, with: &TokenStream) -> TokenStream {
    tokens
        .into_iter()
        .flat_map(|tree| match tree {
            TokenTree::Ident(word) if word == "Self" => with.clone(),
            TokenTree::Group(group) => {
                let mut inner = proc_macro2::Group::new(group.delimiter(), replace_self(group.stream(), with));
                inner.set_span(group.span());
                TokenTree::Group(inner).into_token_stream()
            }
            other => other.into_token_stream(),
        })
        .collect()
}
