//! x
mod attributes; mod bound; mod class; mod function; mod methods; mod module; mod signature; mod slots; mod trace;
use proc_macro::TokenStream;

/// x
#[proc_macro_derive(Trace, attributes(trace))]
pub fn derive_trace(input: TokenStream) -> TokenStream {
    finish(syn::parse(input).and_then(|input| trace::derive(&input)))
}

/// x
#[proc_macro_attribute]
pub fn pyclass(arguments: TokenStream, input: TokenStream) -> TokenStream {
    finish(syn::parse(input).and_then(|input| class::expand(arguments.into(), input)))
}

/// x
#[proc_macro_attribute]
pub fn pymethods(arguments: TokenStream, input: TokenStream) -> TokenStream {
    finish(syn::parse(input).and_then(|input| methods::expand(arguments.into(), input)))
}

/// x
#[proc_macro_attribute]
pub fn pyfunction(arguments: TokenStream, input: TokenStream) -> TokenStream {
    finish(syn::parse(input).and_then(|input| module::expand_function(arguments.into(), input)))
}

/// x
#[proc_macro_attribute]
pub fn pymodule(arguments: TokenStream, input: TokenStream) -> TokenStream {
    finish(syn::parse(input).and_then(|input| module::expand_module(arguments.into(), input)))
}

fn finish(result: syn::Result<proc_macro2::TokenStream>) -> TokenStream {
    result.unwrap_or_else(syn::Error::into_compile_error).into()
}
