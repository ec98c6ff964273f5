//! `#[pyfunction]` and `#[pymodule]`.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::spanned::Spanned;
use syn::{Attribute, Error, Ident, Item, ItemFn, ItemMod, LitStr, Meta, Result, UseTree};

use crate::attributes;
use crate::bound::{Bound, This, receiver};
use crate::function::Function;
use crate::methods::{constant_member, no_parameters};

struct Options {
    name: Option<String>,
    module: Option<String>,
}

fn options(tokens: TokenStream) -> Result<Options> {
    let mut options = Options { name: None, module: None };
    let parser = syn::meta::parser(|meta| {
        if meta.path.is_ident("name") {
            options.name = Some(meta.value()?.parse::<LitStr>()?.value());
        } else if meta.path.is_ident("module") {
            options.module = Some(meta.value()?.parse::<LitStr>()?.value());
        } else {
            return Err(meta.error("the options are `name = \"…\"` and `module = \"…\"`"));
        }
        Ok(())
    });
    syn::parse::Parser::parse2(parser, tokens)?;
    Ok(options)
}

/// Expands `#[pyfunction]`.
pub fn expand_function(arguments: TokenStream, mut item: ItemFn) -> Result<TokenStream> {
    let options = options(arguments)?;
    let name = match attributes::take_text(&mut item.attrs, "name")? {
        Some(name) => name.value(),
        None => options.name.unwrap_or_else(|| item.sig.ident.to_string().trim_start_matches("r#").to_owned()),
    };
    let function = Function::new(&mut item.sig, &["module"])?;
    let path = path(&item.sig.ident);
    let bound = Bound::new(function, name, This::Module, &mut item.attrs)?;
    let owner = match options.module.as_deref() {
        Some(module) => quote!(::pvm_object::support::Owner::Module(#module)),
        None => quote!(::pvm_object::support::Owner::Module("builtins")),
    };
    let definition = bound.method_def(&path, &quote!(Self), &owner);
    let cfgs = attributes::cfgs(&item.attrs);
    let visibility = &item.vis;
    let ident = &item.sig.ident;
    let constant = format_ident!("__py_{}", ident);
    // What is private to its module must be visible to the module of the same name that carries the item.
    let inner = match visibility {
        syn::Visibility::Inherited => quote!(pub(super)),
        syn::Visibility::Public(_) => quote!(pub),
        syn::Visibility::Restricted(_) => quote!(pub(crate)),
    };
    Ok(quote! {
        #item

        #cfgs
        #[doc(hidden)]
        #[allow(non_upper_case_globals, clippy::all, unused_braces, unused_parens, unused_variables)]
        #visibility const #constant: ::pvm_object::support::ModuleItem = {
            static __PY_METHOD: ::pvm_object::support::MethodDef = #definition;
            ::pvm_object::support::ModuleItem::Member(::pvm_object::support::MemberDef::Method(&__PY_METHOD))
        };

        #cfgs
        #[doc(hidden)]
        #[allow(dead_code, non_snake_case)]
        #visibility mod #ident {
            #inner const PY_ITEM: ::pvm_object::support::ModuleItem = super::#constant;
        }
    })
}

/// Expands `#[pymodule]`.
pub fn expand_module(arguments: TokenStream, mut module: ItemMod) -> Result<TokenStream> {
    let options = options(arguments)?;
    let name = options.name.unwrap_or_else(|| module.ident.to_string().trim_start_matches("r#").to_owned());
    let doc = match attributes::docs(&module.attrs) {
        Some(doc) => quote!(Some(#doc)),
        None => quote!(None),
    };
    let Some((_, items)) = &mut module.content else {
        return Err(Error::new(module.span(), "a native module stands inline: `mod name { … }`"));
    };
    let mut entries = Vec::new();
    let mut init = None;
    for item in items.iter_mut() {
        read_item(item, &name, &mut entries, &mut init)?;
    }
    let init = match init {
        None => quote!(None),
        Some((ident, function)) => {
            let receiver = receiver(&function, &quote!(Self), "__init__");
            if let Some(param) = function.params.first() {
                return Err(Error::new(param.span, "the initialiser takes `module: &Object<Module>` (or `&Value`) and a token"));
            }
            let call = function.call(&path(&ident), &quote!(receiver), &[]);
            quote! {{
                #[allow(unused_variables)]
                fn __py_init(vm: &mut ::pvm_object::Vm, this: &::pvm_object::support::Value) -> ::pvm_object::support::PyResult<()> {
                    let receiver = #receiver;
                    ::pvm_object::support::IntoResult::<()>::into_result(#call)
                }
                Some(__py_init)
            }}
        }
    };
    // The names are Python's, and a module may be called as its file.
    module.attrs.push(syn::parse_quote!(#[allow(non_snake_case, non_upper_case_globals, clippy::module_inception)]));
    let description = format!("The native module `{name}`.");
    items.push(syn::parse_quote! {
        #[doc = #description]
        #[allow(clippy::all)]
        pub static MODULE: ::pvm_object::support::ModuleDef = ::pvm_object::support::ModuleDef {
            name: #name,
            doc: #doc,
            items: &[#(#entries),*],
            init: #init,
        };
    });
    Ok(module.into_token_stream())
}

type Init = Option<(Ident, Function)>;

fn read_item(item: &mut Item, module: &str, entries: &mut Vec<TokenStream>, init: &mut Init) -> Result<()> {
    match item {
        Item::Fn(function) => {
            let cfgs = attributes::cfgs(&function.attrs);
            let ident = function.sig.ident.clone();
            if let Some(attribute) = function.attrs.iter_mut().find(|attribute| attributes::is(attribute, "pyfunction")) {
                with_module(attribute, module)?;
                entries.push(quote!(#cfgs #ident::PY_ITEM));
            } else if attributes::take_flag(&mut function.attrs, "init")? {
                if init.is_some() {
                    return Err(Error::new(ident.span(), "a module has one initialiser"));
                }
                *init = Some((ident, Function::new(&mut function.sig, &["module"])?));
            } else if attributes::take_flag(&mut function.attrs, "constant")? {
                let name = attributes::take_text(&mut function.attrs, "name")?;
                let name = name.map_or_else(|| ident.to_string().trim_start_matches("r#").to_owned(), |text| text.value());
                let function = Function::new(&mut function.sig, &[])?;
                no_parameters(&function)?;
                let call = function.call(&path(&ident), &quote!(), &[]);
                entries.push(constant_item(&name, &cfgs, &call));
            }
        }
        Item::Const(constant) => {
            if !attributes::take_flag(&mut constant.attrs, "constant")? {
                return Ok(());
            }
            let name = attributes::take_text(&mut constant.attrs, "name")?;
            let name = name.map_or_else(|| constant.ident.to_string(), |text| text.value());
            entries.push(constant_item(&name, &attributes::cfgs(&constant.attrs), &path(&constant.ident)));
        }
        Item::Struct(class) => read_class(&mut class.attrs, &class.ident, module, entries)?,
        Item::Enum(class) => read_class(&mut class.attrs, &class.ident, module, entries)?,
        Item::Use(import) => {
            if !attributes::take_flag(&mut import.attrs, "export")? {
                return Ok(());
            }
            let cfgs = attributes::cfgs(&import.attrs);
            exported(&import.tree, &mut |name| entries.push(quote!(#cfgs #name::PY_ITEM)))?;
        }
        _ => {}
    }
    Ok(())
}

/// The item beside the generated code, not a variable of that.
fn path(ident: &Ident) -> TokenStream {
    quote!(self::#ident)
}

fn constant_item(name: &str, cfgs: &TokenStream, value: &TokenStream) -> TokenStream {
    let member = constant_member(name, &TokenStream::new(), value);
    quote!(#cfgs ::pvm_object::support::ModuleItem::Member(#member))
}

fn read_class(attributes: &mut [Attribute], ident: &Ident, module: &str, entries: &mut Vec<TokenStream>) -> Result<()> {
    let cfgs = attributes::cfgs(attributes);
    let Some(attribute) = attributes.iter_mut().find(|attribute| attributes::is(attribute, "pyclass")) else {
        return Ok(());
    };
    let hidden = attributes::inner_tokens(attribute)?
        .into_iter()
        .any(|tree| matches!(tree, proc_macro2::TokenTree::Ident(word) if word == "no_export"));
    with_module(attribute, module)?;
    if !hidden {
        entries.push(quote!(#cfgs #ident::PY_ITEM));
    }
    Ok(())
}

/// Adds `module = "…"` to an attribute that does not say it.
fn with_module(attribute: &mut Attribute, module: &str) -> Result<()> {
    let tokens = attributes::inner_tokens(attribute)?;
    let given = tokens.clone().into_iter().any(|tree| matches!(tree, proc_macro2::TokenTree::Ident(word) if word == "module"));
    if !given {
        let path = attribute.path().clone();
        let separator = (!tokens.is_empty()).then(|| quote!(,));
        attribute.meta = Meta::List(syn::parse_quote!(#path(module = #module #separator #tokens)));
    }
    Ok(())
}

/// The names that a `use` brings in.
fn exported(tree: &UseTree, add: &mut dyn FnMut(&Ident)) -> Result<()> {
    match tree {
        UseTree::Path(path) => exported(&path.tree, add),
        UseTree::Name(name) => {
            add(&name.ident);
            Ok(())
        }
        UseTree::Rename(rename) => {
            add(&rename.rename);
            Ok(())
        }
        UseTree::Group(group) => group.items.iter().try_for_each(|tree| exported(tree, add)),
        UseTree::Glob(glob) => Err(Error::new(glob.span(), "what a module exports is named one by one")),
    }
}
