//! `#[pyclass]`: a struct becomes the native half of a class.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Attribute, DeriveInput, Error, Expr, Ident, LitStr, Result, Token, Type};

use crate::methods::part_names;
use crate::{attributes, trace};

#[derive(Default)]
struct Options {
    name: Option<String>,
    module: Option<String>,
    extends: Option<Type>,
    /// The class whose instances' native half this one's have too: the struct is only a name.
    like: Option<Type>,
    /// The static of the Python base, where it is not that of `extends` or `like`.
    base: Option<Expr>,
    /// Variants of `type_flag`.
    flags: Vec<&'static str>,
    is_final: bool,
    parts: Vec<Ident>,
    layout: Option<Expr>,
    static_name: Option<Ident>,
    no_trace: bool,
}

const FLAGS: &[(&str, &str)] = &[
    ("dict", "HAS_DICT"),
    ("weakref", "HAS_WEAKREFS"),
    ("sequence", "SEQUENCE"),
    ("mapping", "MAPPING"),
    ("match_self", "MATCH_SELF"),
    ("method_descriptor", "METHOD_DESCRIPTOR"),
    ("mutable", "MUTABLE"),
];

fn options(tokens: TokenStream) -> Result<Options> {
    let mut options = Options::default();
    let mut is_exception = false;
    let parser = syn::meta::parser(|meta| {
        let Some(word) = meta.path.get_ident().map(ToString::to_string) else {
            return Err(meta.error("an option of `#[pyclass]` is a word"));
        };
        if let Some((_, flag)) = FLAGS.iter().find(|(name, _)| *name == word) {
            options.flags.push(flag);
            return Ok(());
        }
        match word.as_str() {
            "name" => options.name = Some(meta.value()?.parse::<LitStr>()?.value()),
            "module" => options.module = Some(meta.value()?.parse::<LitStr>()?.value()),
            "extends" => options.extends = Some(meta.value()?.parse()?),
            "like" => options.like = Some(meta.value()?.parse()?),
            "base" => options.base = Some(meta.value()?.parse()?),
            "exception" => is_exception = true,
            "final" => options.is_final = true,
            "no_trace" => options.no_trace = true,
            "layout" => options.layout = Some(meta.value()?.parse()?),
            "static_name" => options.static_name = Some(meta.value()?.parse()?),
            "parts" => {
                let content;
                syn::parenthesized!(content in meta.input);
                options.parts = Punctuated::<Ident, Token![,]>::parse_terminated(&content)?.into_iter().collect();
            }
            // Read by `#[pymodule]`.
            "no_export" => {}
            _ => {
                let flags: Vec<_> = FLAGS.iter().map(|(name, _)| *name).collect();
                let known =
                    "name, module, extends, like, base, exception, final, parts(…), no_export, no_trace, static_name, layout";
                return Err(meta.error(format!("unknown option; there are {known}, {}", flags.join(", "))));
            }
        }
        Ok(())
    });
    syn::parse::Parser::parse2(parser, tokens)?;
    if is_exception {
        options.flags.extend(["HAS_DICT", "HAS_WEAKREFS"]);
        if options.extends.is_none() && options.like.is_none() {
            options.like = Some(syn::parse_quote!(::pvm_object::exceptions::BaseException));
        }
        options.base.get_or_insert_with(|| syn::parse_quote!(::pvm_object::exceptions::EXCEPTION));
    }
    Ok(options)
}

/// Expands the attribute.
pub fn expand(arguments: TokenStream, mut input: DeriveInput) -> Result<TokenStream> {
    let options = options(arguments)?;
    if let Some(parameter) = input.generics.params.first() {
        return Err(Error::new(parameter.span(), "a native class has no generic parameters"));
    }
    if let Some(like) = &options.like {
        let is_unit = matches!(&input.data, syn::Data::Struct(data) if matches!(data.fields, syn::Fields::Unit));
        if !is_unit || options.extends.is_some() {
            let like = like.to_token_stream();
            let message = format!("a class like `{like}` has no native half of its own: `struct {};`", input.ident);
            return Err(Error::new(input.ident.span(), message));
        }
        input.attrs.push(syn::parse_quote!(#[allow(dead_code)]));
    }
    let members_of_fields = field_members(&mut input)?;
    let base_check = base_check(&options, &mut input)?;
    let derives = options.no_trace || options.like.is_some() || derives_trace(&input.attrs);
    let trace = if derives { TokenStream::new() } else { trace::derive(&input)? };
    strip_field_attributes(&mut input);

    let class = class_static(&options, &input, &members_of_fields);
    let ident = &input.ident;
    let visibility = &input.vis;
    let static_name = static_name(&options, ident);
    let implementation = options.like.is_none().then(|| {
        let native_base = match &options.extends {
            Some(base) => quote!(<#base as ::pvm_object::support::PyClass>::TYPE),
            None => quote!(&::pvm_object::support::OBJECT_TYPE),
        };
        quote! {
            #[automatically_derived]
            #[allow(clippy::undocumented_unsafe_blocks)]
            unsafe impl ::pvm_object::support::PyClass for #ident {
                const TYPE: &'static ::pvm_object::support::Static<::pvm_object::support::Type> = &#static_name;
                const NATIVE_BASE: Option<&'static ::pvm_object::support::Static<::pvm_object::support::Type>> =
                    Some(#native_base);
            }
        }
    });
    Ok(quote! {
        #input

        #trace
        #base_check
        #class
        #implementation

        #[automatically_derived]
        #[allow(dead_code)]
        impl #ident {
            #[doc(hidden)]
            #visibility const PY_CLASS: &'static ::pvm_object::support::Static<::pvm_object::support::Type> = &#static_name;
            #[doc(hidden)]
            #visibility const PY_ITEM: ::pvm_object::support::ModuleItem = ::pvm_object::support::ModuleItem::Class(&#static_name);
        }
    })
}

fn static_name(options: &Options, ident: &Ident) -> Ident {
    options.static_name.clone().unwrap_or_else(|| format_ident!("{}_TYPE", screaming(&ident.to_string())))
}

/// The static of the class, its definition and layout inside.
fn class_static(options: &Options, input: &DeriveInput, members_of_fields: &[TokenStream]) -> TokenStream {
    let ident = &input.ident;
    let visibility = &input.vis;
    let static_name = static_name(options, ident);
    let name = options.name.clone().unwrap_or_else(|| ident.to_string());
    let module = options.module.clone().unwrap_or_else(|| "builtins".to_owned());
    let full_name = if module == "builtins" { name.clone() } else { format!("{module}.{name}") };
    let doc = match attributes::docs(&input.attrs) {
        Some(doc) => quote!(Some(#doc)),
        None => quote!(None),
    };
    let base = match (&options.base, options.extends.as_ref().or(options.like.as_ref())) {
        (Some(base), _) => quote!(&#base),
        (None, Some(base)) => quote!(<#base as ::pvm_object::support::PyClass>::TYPE),
        (None, None) => quote!(&::pvm_object::support::OBJECT_TYPE),
    };
    let flags = options.flags.iter().copied().chain((!options.is_final).then_some("BASE_TYPE"));
    let flags = flags.map(|flag| {
        let flag = format_ident!("{flag}");
        quote!(::pvm_object::support::type_flag::#flag)
    });
    let parts: Vec<_> = std::iter::once(None).chain(options.parts.iter().map(Some)).map(part_names).collect();
    let members = parts.iter().map(|(members, _)| quote!(<#ident>::#members)).chain([quote!(&[#(#members_of_fields),*])]);
    let slots = parts.iter().map(|(_, slots)| quote!(<#ident>::#slots));
    let layout = match (&options.layout, &options.like) {
        (Some(layout), _) => quote!(&#layout),
        (None, Some(like)) => quote!(&::pvm_object::support::NativeLayout::of::<#like>()),
        (None, None) => quote!(&::pvm_object::support::NativeLayout::of::<#ident>()),
    };
    // A class like another inherits its way of making instances.
    let (instantiation, native) = match &options.like {
        Some(like) => (quote!(0), quote!(<#like as ::pvm_object::support::PyClass>::TYPE)),
        None => (quote!(::pvm_object::support::instantiation_flag(__PY_SLOTS)), quote!(::std::ptr::null())),
    };
    let description = format!("The class `{name}`.");
    quote! {
        #[doc = #description]
        #visibility static #static_name: ::pvm_object::support::Static<::pvm_object::support::Type> = {
            #[allow(unused_imports)]
            use ::pvm_object::support::WithoutMethods as _;
            const __PY_MEMBERS: &[&[::pvm_object::support::MemberDef]] = &[#(#members),*];
            const __PY_SLOTS: &[&[::pvm_object::support::SlotFn]] = &[#(#slots),*];
            static __PY_MEMBER_TABLE: [::pvm_object::support::MemberDef; ::pvm_object::support::total_members(__PY_MEMBERS)] =
                ::pvm_object::support::concat_members(__PY_MEMBERS);
            static __PY_LAYOUT: &::pvm_object::support::NativeLayout = #layout;
            static __PY_DEFINITION: ::pvm_object::support::TypeDef = ::pvm_object::support::TypeDef {
                name: #name,
                module: #module,
                full_name: #full_name,
                doc: #doc,
                base: Some(#base),
                also: None,
                members: &__PY_MEMBER_TABLE,
                flags: #instantiation #(| #flags)*,
            };
            let slots = ::pvm_object::support::fill_slots(__PY_SLOTS);
            ::pvm_object::support::Static::new_class_like(&__PY_DEFINITION, __PY_LAYOUT, #native, slots)
        };
    }
}

/// With `extends` the first field is the base's native half, at the same place as in the base's instances.
fn base_check(options: &Options, input: &mut DeriveInput) -> Result<TokenStream> {
    let Some(base) = &options.extends else {
        return Ok(TokenStream::new());
    };
    let syn::Data::Struct(data) = &input.data else {
        return Err(Error::new(input.ident.span(), "a class that extends another is a struct"));
    };
    let Some(first) = data.fields.iter().next() else {
        return Err(Error::new(
            input.ident.span(),
            format!("the first field must be the base's native half, a `{}`", base.to_token_stream()),
        ));
    };
    let ident = &input.ident;
    let member = match &first.ident {
        Some(name) => name.to_token_stream(),
        None => quote!(0),
    };
    let span = first.ty.span();
    let check = quote::quote_spanned! {span=>
        const _: () = {
            fn first_field_is_the_base(object: &#ident) -> &#base { &object.#member }
            let _ = first_field_is_the_base;
            assert!(::std::mem::offset_of!(#ident, #member) == 0);
            assert!(::std::mem::align_of::<#ident>() <= ::std::mem::align_of::<u64>());
        };
    };
    if !input.attrs.iter().any(|attribute| attributes::is(attribute, "repr")) {
        input.attrs.push(syn::parse_quote!(#[repr(C)]));
    }
    Ok(check)
}

/// Read-only members from `#[member]` and `#[getter]` on fields.
fn field_members(input: &mut DeriveInput) -> Result<Vec<TokenStream>> {
    let ident = input.ident.clone();
    let syn::Data::Struct(data) = &mut input.data else {
        return Ok(Vec::new());
    };
    let mut members = Vec::new();
    for field in &mut data.fields {
        let is_member = attributes::take_flag(&mut field.attrs, "member")?;
        let is_getter = attributes::take_flag(&mut field.attrs, "getter")?;
        if !is_member && !is_getter {
            continue;
        }
        let Some(member) = field.ident.clone() else {
            return Err(Error::new(field.span(), "a field that Python sees has a name"));
        };
        let renamed = attributes::take_text(&mut field.attrs, "name")?;
        let name = renamed.map_or_else(|| member.to_string().trim_start_matches("r#").to_owned(), |text| text.value());
        let doc = match attributes::docs(&field.attrs) {
            Some(doc) => quote!(Some(#doc)),
            None => quote!(None),
        };
        members.push(quote! {
            {
                fn get(vm: &mut ::pvm_object::Vm, this: &::pvm_object::support::Value) -> ::pvm_object::support::PyResult {
                    let receiver = ::pvm_object::support::receiver::<#ident>(this, vm, #name)?;
                    ::pvm_object::support::FieldValue::field_value(&receiver.#member, vm)
                }
                static __PY_PROPERTY: ::pvm_object::support::GetSetDef = ::pvm_object::support::GetSetDef {
                    name: #name, doc: #doc, get, set: None, is_member: #is_member,
                };
                ::pvm_object::support::MemberDef::GetSet(&__PY_PROPERTY)
            }
        });
    }
    Ok(members)
}

fn derives_trace(attributes: &[Attribute]) -> bool {
    attributes.iter().filter(|attribute| attributes::is(attribute, "derive")).any(|attribute| {
        let parser = Punctuated::<syn::Path, Token![,]>::parse_terminated;
        let paths = attribute.parse_args_with(parser);
        paths.is_ok_and(|paths| paths.iter().any(|path| path.segments.last().is_some_and(|segment| segment.ident == "Trace")))
    })
}

/// `#[trace(skip)]` is known only to the derive, which is not written where the class derives it itself.
fn strip_field_attributes(input: &mut DeriveInput) {
    if derives_trace(&input.attrs) {
        return;
    }
    let strip = |fields: &mut syn::Fields| {
        for field in fields {
            field.attrs.retain(|attribute| !attributes::is(attribute, "trace"));
        }
    };
    match &mut input.data {
        syn::Data::Struct(data) => strip(&mut data.fields),
        syn::Data::Enum(data) => data.variants.iter_mut().for_each(|variant| strip(&mut variant.fields)),
        syn::Data::Union(_) => {}
    }
}

/// `ListIterator` → `LIST_ITERATOR`.
fn screaming(name: &str) -> String {
    let mut text = String::new();
    let characters: Vec<char> = name.chars().collect();
    for (index, &c) in characters.iter().enumerate() {
        let previous_is_small = index > 0 && !characters[index - 1].is_uppercase();
        let next_is_small = characters.get(index + 1).is_some_and(|next| next.is_lowercase());
        if index > 0 && c.is_uppercase() && (previous_is_small || next_is_small) {
            text.push('_');
        }
        text.extend(c.to_uppercase());
    }
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn statics_are_named_after_structs() {
        for (name, wanted) in [("Deque", "DEQUE"), ("ListIterator", "LIST_ITERATOR"), ("IOBase", "IO_BASE"), ("Str", "STR")] {
            assert_eq!(super::screaming(name), wanted);
        }
    }
}
