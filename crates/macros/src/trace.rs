//! `#[derive(Trace)]`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Error, Field, Fields, Result};

use crate::attributes;

/// The implementation of `Trace` that visits every field once.
pub fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let mut holds = Vec::new();
    let parts = parts(input);
    let body = match &input.data {
        Data::Struct(data) => {
            let visits = data.fields.iter().enumerate().filter_map(|(index, field)| {
                let member = match &field.ident {
                    Some(name) => quote!(#name),
                    None => {
                        let index = syn::Index::from(index);
                        quote!(#index)
                    }
                };
                visit(field, &quote!(&self.#member), &mut holds)
            });
            let visits: Vec<_> = visits.collect();
            quote!(#(#visits)*)
        }
        Data::Enum(data) => {
            let mut arms = Vec::new();
            for variant in &data.variants {
                let name = &variant.ident;
                let bindings: Vec<_> = (0..variant.fields.len()).map(|index| format_ident!("field{index}")).collect();
                let visits: Vec<_> = variant
                    .fields
                    .iter()
                    .zip(&bindings)
                    .filter_map(|(field, binding)| visit(field, &quote!(#binding), &mut holds))
                    .collect();
                let pattern = match &variant.fields {
                    Fields::Named(fields) => {
                        let names = fields.named.iter().map(|field| &field.ident);
                        quote!({ #(#names: #bindings),* })
                    }
                    Fields::Unnamed(_) => quote!((#(#bindings),*)),
                    Fields::Unit => quote!(),
                };
                arms.push(quote!(Self::#name #pattern => { #(#visits)* }));
            }
            if arms.is_empty() { quote!(match *self {}) } else { quote!(match self { #(#arms)* }) }
        }
        Data::Union(data) => {
            return Err(Error::new(data.union_token.span(), "a union cannot be traced: which field is live?"));
        }
    };
    let mut generics = input.generics.clone();
    for parameter in generics.type_params_mut() {
        parameter.bounds.push(syn::parse_quote!(::pvm_object::trace::Trace));
    }
    let (implementation, ty, condition) = generics.split_for_impl();
    let name = &input.ident;
    Ok(quote! {
        #[automatically_derived]
        #[allow(clippy::undocumented_unsafe_blocks)]
        unsafe impl #implementation ::pvm_object::trace::Trace for #name #ty #condition {
            const HOLDS_REFERENCES: bool = false #(|| #holds)*;

            #[allow(unused_variables)]
            fn trace(&self, visitor: &mut ::pvm_object::trace::Visitor<'_>) {
                #body
            }

            #parts
        }
    })
}

/// A struct has the parts of its first field, where the others hold no references.
fn parts(input: &DeriveInput) -> TokenStream {
    let Data::Struct(data) = &input.data else { return TokenStream::new() };
    let mut fields = data.fields.iter().filter(|field| !is_skipped(field));
    let Some(Field { ident: Some(name), ty, .. }) = fields.next() else { return TokenStream::new() };
    let others = fields.map(|field| &field.ty);
    quote! {
        const HAS_PARTS: bool = <#ty as ::pvm_object::trace::Trace>::HAS_PARTS
            #(&& !<#others as ::pvm_object::trace::Trace>::HOLDS_REFERENCES)*;

        fn parts(&self) -> usize {
            if <Self as ::pvm_object::trace::Trace>::HAS_PARTS { ::pvm_object::trace::Trace::parts(&self.#name) } else { 0 }
        }

        fn trace_parts(&self, parts: ::std::ops::Range<usize>, visitor: &mut ::pvm_object::trace::Visitor<'_>) {
            if <Self as ::pvm_object::trace::Trace>::HAS_PARTS {
                ::pvm_object::trace::Trace::trace_parts(&self.#name, parts, visitor);
            }
        }
    }
}

fn is_skipped(field: &Field) -> bool {
    field.attrs.iter().any(|attribute| {
        attributes::is(attribute, "trace") && attributes::inner_tokens(attribute).is_ok_and(|tokens| tokens.to_string() == "skip")
    })
}

fn visit(field: &Field, place: &TokenStream, holds: &mut Vec<TokenStream>) -> Option<TokenStream> {
    if is_skipped(field) {
        return None;
    }
    let ty = &field.ty;
    holds.push(quote_spanned!(ty.span()=> <#ty as ::pvm_object::trace::Trace>::HOLDS_REFERENCES));
    // The parameter's name is the macro's own, also where the type comes from another macro.
    let visitor = format_ident!("visitor");
    Some(quote_spanned!(ty.span()=> <#ty as ::pvm_object::trace::Trace>::trace(#place, #visitor);))
}
