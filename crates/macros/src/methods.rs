//! `#[pymethods]`: one `impl` block becomes the class's members and slots.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::spanned::Spanned;
use syn::{Attribute, Error, Ident, ImplItem, ImplItemConst, ImplItemFn, ItemImpl, LitStr, Result};

use crate::attributes;
use crate::bound::{Bound, This, receiver};
use crate::function::Function;
use crate::slots::{self, Context, Form, Row, SlotBody, SlotMethod};

/// The options of the attribute.
struct Options {
    part: Option<Ident>,
}

fn options(tokens: TokenStream) -> Result<Options> {
    let mut options = Options { part: None };
    let parser = syn::meta::parser(|meta| {
        if meta.path.is_ident("part") {
            options.part = Some(meta.value()?.parse()?);
            return Ok(());
        }
        Err(meta.error("`#[pymethods]` takes `part = name` only"))
    });
    syn::parse::Parser::parse2(parser, tokens)?;
    Ok(options)
}

/// The names of the constants that carry the members and slots of a part, `None` for the main block.
pub fn part_names(part: Option<&Ident>) -> (Ident, Ident) {
    match part {
        None => (format_ident!("PY_MEMBERS"), format_ident!("PY_SLOTS")),
        Some(part) => {
            let part = part.to_string().to_uppercase();
            (format_ident!("PY_MEMBERS_{part}"), format_ident!("PY_SLOTS_{part}"))
        }
    }
}

#[derive(Default)]
struct Members {
    /// Expressions of `MemberDef`, each with its `#[cfg]`s.
    members: Vec<TokenStream>,
    /// Whole slots.
    slots: Vec<TokenStream>,
    /// Methods that fill slots, together where they fill the same one.
    slot_methods: Vec<Vec<SlotMethod>>,
    getters: Vec<Property>,
    setters: Vec<Setter>,
}

struct Property {
    name: String,
    doc: TokenStream,
    get: TokenStream,
    is_member: bool,
    cfgs: TokenStream,
}

struct Setter {
    name: String,
    set: TokenStream,
    ident: Ident,
}

/// Expands the attribute.
pub fn expand(arguments: TokenStream, mut block: ItemImpl) -> Result<TokenStream> {
    let options = options(arguments)?;
    if let Some((_, path, _)) = &block.trait_ {
        return Err(Error::new(path.span(), "`#[pymethods]` stands before an inherent `impl`"));
    }
    if let Some(parameter) = block.generics.params.first() {
        return Err(Error::new(parameter.span(), "a native class has no generic parameters"));
    }
    let self_ty = block.self_ty.to_token_stream();
    let mut members = Members::default();
    let mut errors: Option<Error> = None;
    for item in &mut block.items {
        let result = match item {
            ImplItem::Fn(function) => members.function(function, &self_ty),
            ImplItem::Const(constant) => members.constant(constant, &self_ty),
            other => Err(Error::new(other.span(), "a class has functions and constants")),
        };
        if let Err(error) = result {
            match &mut errors {
                Some(first) => first.combine(error),
                None => errors = Some(error),
            }
        }
    }
    if let Some(errors) = errors {
        let errors = errors.into_compile_error();
        return Ok(quote!(#block #errors));
    }
    let (members_name, slots_name) = part_names(options.part.as_ref());
    let (members, slots) = members.finish(&self_ty)?;
    Ok(quote! {
        #[allow(non_snake_case)]
        #block

        #[allow(clippy::all, unused_braces, unused_parens, unused_variables, dropping_references)]
        impl #self_ty {
            #[doc(hidden)]
            pub(crate) const #members_name: &'static [::pvm_object::support::MemberDef] = &[#(#members),*];
            #[doc(hidden)]
            pub(crate) const #slots_name: &'static [::pvm_object::support::SlotFn] = &[#(#slots),*];
        }
    })
}

impl Members {
    fn function(&mut self, item: &mut ImplItemFn, self_ty: &TokenStream) -> Result<()> {
        let attributes = &mut item.attrs;
        let rust_name = item.sig.ident.to_string();
        let rust_name = rust_name.strip_prefix("r#").unwrap_or(&rust_name).to_owned();
        let name = attributes::take_text(attributes, "name")?.map(|text| text.value());
        let is_new = attributes::take_flag(attributes, "new")? || rust_name == "__new__";
        let class_method = attributes::take_flag(attributes, "classmethod")?;
        let static_method = attributes::take_flag(attributes, "staticmethod")?;
        let coexist = attributes::take_flag(attributes, "coexist")?;
        let getter = attributes::take(attributes, "getter")?;
        let setter = attributes::take(attributes, "setter")?;
        let is_member = attributes::take_flag(attributes, "member")?;
        let constant = attributes::take_flag(attributes, "constant")?;
        let slot = attributes::take(attributes, "slot")?;
        let kinds = [
            is_new,
            class_method,
            static_method,
            getter.is_some() || is_member && setter.is_none(),
            setter.is_some(),
            constant,
            slot.is_some(),
        ];
        if kinds.iter().filter(|&&is| is).count() > 1 {
            return Err(Error::new(item.sig.ident.span(), "these attributes exclude each other"));
        }
        let cfgs = attributes::cfgs(attributes);
        if let Some(attribute) = setter {
            return self.setter(item, &attribute, name, is_member, self_ty);
        }
        if getter.is_some() || is_member {
            return self.getter(item, getter.as_ref(), name, is_member, self_ty);
        }
        if constant {
            let function = Function::new(&mut item.sig, &[])?;
            no_parameters(&function)?;
            let call = function.call(&path(self_ty, &function.ident), &quote!(), &[]);
            self.members.push(constant_member(&name.unwrap_or(rust_name), &cfgs, &call));
            return Ok(());
        }
        if is_new {
            let function = Function::new(&mut item.sig, &["cls"])?;
            // The class's own documentation carries the signature; the error messages name the class.
            let bound = Bound::new(function, name.unwrap_or_else(|| "__new__".to_owned()), This::Constructor, attributes)?;
            let slot = Context { self_ty }.new_slot(&bound);
            self.slots.push(quote!(#cfgs #slot));
            return Ok(());
        }
        let python_name = name.unwrap_or(rust_name);
        let row = match &slot {
            Some(attribute) => {
                let name: Ident = attribute.parse_args_with(<Ident as syn::ext::IdentExt>::parse_any)?;
                let row =
                    slots::of_name(&name.to_string()).ok_or_else(|| Error::new(name.span(), unknown_slot(&name.to_string())))?;
                Some((row, false))
            }
            None if class_method || static_method => None,
            None => slots::of_dunder(&python_name),
        };
        if let Some((row, reflected)) = row {
            self.slot(item, row, reflected)?;
            if !coexist {
                return Ok(());
            }
        } else if coexist {
            return Err(Error::new(item.sig.ident.span(), "`#[coexist]` is for a method that fills a slot"));
        }
        let (this, receivers): (This, &[&str]) = match (class_method, static_method) {
            (true, _) => (This::Class, &["cls"]),
            (_, true) => (This::Static, &[]),
            _ => (This::Instance, &["this"]),
        };
        let function = Function::new(&mut item.sig, receivers)?;
        if function.receiver.is_none() && this != This::Static {
            let wanted = match this {
                This::Class => "a class method takes `cls: &Object<Type>` first",
                _ => {
                    "a method takes `&self`, `this: &Object<Self>` or `this: &Value` first; without one it is a `#[staticmethod]`; helpers belong into an `impl` of their own"
                }
            };
            return Err(Error::new(item.sig.ident.span(), wanted));
        }
        let rust_path = path(self_ty, &function.ident);
        let bound = Bound::new(function, python_name, this, &mut item.attrs)?;
        let owner = quote!(::pvm_object::support::Owner::Class(<#self_ty>::PY_CLASS));
        let definition = bound.method_def(&rust_path, self_ty, &owner);
        self.members.push(quote! {
            #cfgs {
                static __PY_METHOD: ::pvm_object::support::MethodDef = #definition;
                ::pvm_object::support::MemberDef::Method(&__PY_METHOD)
            }
        });
        Ok(())
    }

    fn slot(&mut self, item: &mut ImplItemFn, row: &'static Row, reflected: bool) -> Result<()> {
        let span = item.sig.ident.span();
        let mut signature = item.sig.clone();
        let function = Function::new(&mut signature, &["this"])?;
        let function = match row.form {
            Form::Bound => {
                item.sig = signature;
                let mut attributes: Vec<Attribute> = item.attrs.clone();
                for name in ["signature", "text_signature"] {
                    attributes::take_text(&mut item.attrs, name)?;
                }
                SlotBody::Bound(Box::new(Bound::new(function, row.dunder.to_owned(), This::Constructor, &mut attributes)?))
            }
            _ => SlotBody::Plain(Box::new(function)),
        };
        let method = SlotMethod { row, reflected, function, span };
        match self.slot_methods.iter_mut().find(|group| group[0].row.variant == row.variant) {
            Some(group) => group.push(method),
            None => self.slot_methods.push(vec![method]),
        }
        Ok(())
    }

    fn getter(
        &mut self,
        item: &mut ImplItemFn,
        attribute: Option<&Attribute>,
        name: Option<String>,
        is_member: bool,
        self_ty: &TokenStream,
    ) -> Result<()> {
        let function = Function::new(&mut item.sig, &["this"])?;
        if function.receiver.is_none() || !function.params.is_empty() {
            return Err(Error::new(item.sig.ident.span(), "a getter takes the receiver, and a token at most"));
        }
        let name = match name {
            Some(name) => name,
            None => attribute_name(attribute)?.unwrap_or_else(|| function.ident.to_string().trim_start_matches("r#").to_owned()),
        };
        let receiver = receiver(&function, self_ty, &name);
        let call = function.call(&path(self_ty, &function.ident), &quote!(receiver), &[]);
        let doc = match attributes::docs(&item.attrs) {
            Some(doc) => quote!(Some(#doc)),
            None => quote!(None),
        };
        let get = quote! {{
            fn get(vm: &mut ::pvm_object::Vm, this: &::pvm_object::support::Value) -> ::pvm_object::support::PyResult {
                let receiver = #receiver;
                let result = #call;
                ::pvm_object::support::IntoPyResult::into_py_result(result, vm)
            }
            get
        }};
        self.getters.push(Property { name, doc, get, is_member, cfgs: attributes::cfgs(&item.attrs) });
        Ok(())
    }

    fn setter(
        &mut self,
        item: &mut ImplItemFn,
        attribute: &Attribute,
        name: Option<String>,
        is_member: bool,
        self_ty: &TokenStream,
    ) -> Result<()> {
        let function = Function::new(&mut item.sig, &["this"])?;
        let [param] = &function.params[..] else {
            return Err(Error::new(item.sig.ident.span(), "a setter takes the receiver and the value"));
        };
        let ident = function.ident.to_string();
        let name = match name {
            Some(name) => name,
            None => attribute_name(Some(attribute))?.unwrap_or_else(|| ident.strip_prefix("set_").unwrap_or(&ident).to_owned()),
        };
        let receiver = receiver(&function, self_ty, &name);
        let takes_deletion = param.option_content().is_some_and(|content| crate::function::is_reference_to(&content, "Value"));
        let (prepare, value) = if takes_deletion {
            (quote!(), quote!(value))
        } else {
            let refusal = match is_member {
                true => quote!(::pvm_object::support::cannot_delete_member(vm)),
                false => quote!(::pvm_object::support::cannot_delete(vm, #name)),
            };
            let given = quote!(let Some(value) = value else { return Err(#refusal) };);
            let value = match param.is_value_ref() {
                true => quote!(value),
                false => quote! {{
                    let argument = ::pvm_object::support::Argument::operand(#name);
                    ::pvm_object::support::FromArg::from_arg(value.borrowed(), argument, vm)?
                }},
            };
            (given, value)
        };
        let call = function.call(&path(self_ty, &function.ident), &quote!(receiver), &[quote!(value)]);
        let set = quote! {{
            fn set(
                vm: &mut ::pvm_object::Vm,
                this: &::pvm_object::support::Value,
                value: Option<&::pvm_object::support::Value>,
            ) -> ::pvm_object::support::PyResult<()> {
                #prepare
                let receiver = #receiver;
                let value = #value;
                ::pvm_object::support::IntoResult::<()>::into_result(#call)
            }
            set
        }};
        self.setters.push(Setter { name, set, ident: item.sig.ident.clone() });
        Ok(())
    }

    fn constant(&mut self, item: &mut ImplItemConst, self_ty: &TokenStream) -> Result<()> {
        if !attributes::take_flag(&mut item.attrs, "constant")? {
            return Err(Error::new(
                item.ident.span(),
                "a constant of the class is marked `#[constant]`; others belong into an `impl` of their own",
            ));
        }
        let name = attributes::take_text(&mut item.attrs, "name")?.map_or_else(|| item.ident.to_string(), |text| text.value());
        let value = path(self_ty, &item.ident);
        self.members.push(constant_member(&name, &attributes::cfgs(&item.attrs), &value));
        Ok(())
    }

    /// The expressions of members and slots.
    fn finish(mut self, self_ty: &TokenStream) -> Result<(Vec<TokenStream>, Vec<TokenStream>)> {
        for getter in &self.getters {
            let Property { name, doc, get, is_member, cfgs } = getter;
            let set = match self.setters.iter().position(|setter| setter.name == *name) {
                Some(position) => {
                    let setter = self.setters.swap_remove(position).set;
                    quote!(Some(#setter))
                }
                None => quote!(None),
            };
            self.members.push(quote! {
                #cfgs {
                    static __PY_PROPERTY: ::pvm_object::support::GetSetDef = ::pvm_object::support::GetSetDef {
                        name: #name, doc: #doc, get: #get, set: #set, is_member: #is_member,
                    };
                    ::pvm_object::support::MemberDef::GetSet(&__PY_PROPERTY)
                }
            });
        }
        if let Some(setter) = self.setters.first() {
            return Err(Error::new(setter.ident.span(), format!("there is no getter `{}` for this setter", setter.name)));
        }
        let context = Context { self_ty };
        for group in &self.slot_methods {
            self.slots.push(context.slot(group)?);
        }
        Ok((self.members, self.slots))
    }
}

/// An expression of `MemberDef::Const`; `value` may use `vm`.
pub fn constant_member(name: &str, cfgs: &TokenStream, value: &TokenStream) -> TokenStream {
    quote! {
        #cfgs {
            fn __py_value(heap: &mut ::pvm_object::Heap) -> ::pvm_object::support::PyResult {
                let vm = &mut &mut *heap;
                let result = #value;
                ::pvm_object::support::IntoPyResult::into_py_result(result, vm)
            }
            static __PY_CONSTANT: ::pvm_object::support::ConstDef = ::pvm_object::support::ConstDef {
                name: #name,
                value: __py_value,
            };
            ::pvm_object::support::MemberDef::Const(&__PY_CONSTANT)
        }
    }
}

/// An error where a function takes anything but tokens.
pub fn no_parameters(function: &Function) -> Result<()> {
    match function.params.first() {
        Some(param) => Err(Error::new(param.span, "a constant's function takes a token at most")),
        None => Ok(()),
    }
}

fn path(self_ty: &TokenStream, name: &Ident) -> TokenStream {
    quote!(<#self_ty>::#name)
}

fn unknown_slot(name: &str) -> String {
    let names: Vec<_> = slots::ROWS.iter().map(|row| row.name).filter(|name| !name.is_empty()).collect();
    format!("there is no slot `{name}`; there are {}", names.join(", "))
}

fn attribute_name(attribute: Option<&Attribute>) -> Result<Option<String>> {
    let Some(attribute) = attribute else {
        return Ok(None);
    };
    let tokens = attributes::inner_tokens(attribute)?;
    if tokens.is_empty() {
        return Ok(None);
    }
    if let Ok(text) = syn::parse2::<LitStr>(tokens.clone()) {
        return Ok(Some(text.value()));
    }
    syn::parse::Parser::parse2(<Ident as syn::ext::IdentExt>::parse_any, tokens).map(|name| Some(name.to_string()))
}
