//! The slots of a class: which method fills which, and the adapters between the two signatures.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Error, Result};

use crate::bound::{Bound, receiver};
use crate::function::{Function, Receiver};

/// What a slot's function returns.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Gives {
    Object,
    Bool,
    Len,
    Hash,
    Next,
    Nothing,
    Sent,
    Buffer,
}

/// How a slot's function is put together.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `self` and the operands of these types.
    Plain(&'static [Operand]),
    /// Two operands, either of which may be `self`.
    Binary,
    /// As [`Form::Binary`], with a modulus.
    Power,
    /// One operator of the comparison.
    Compare(&'static str),
    /// Arguments are bound: `__call__`, `__init__`.
    Bound,
    /// The setting half (`true`) or deleting half of a slot that does both; operands before the value.
    Change(bool, &'static [Operand]),
    /// No result, errors are reported: `__del__`.
    Finalize,
}

/// An operand as the slot has it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Operand {
    /// `&Value`
    Value,
    /// `Value`
    Owned,
    /// `&Object<Str>`
    Name,
    /// `Option<&Value>`
    Optional,
    /// `isize`
    Index,
    /// `CompareOp`
    Op,
    /// `u32`
    Flags,
    /// `&BufferView`
    View,
}
use Operand::{Flags, Index, Name, Op, Optional, Owned, Value, View};

impl Operand {
    fn ty(self) -> TokenStream {
        match self {
            Value => quote!(&::pvm_object::support::Value),
            Owned => quote!(::pvm_object::support::Value),
            Name => quote!(&::pvm_object::support::Object<::pvm_object::support::Str>),
            Optional => quote!(Option<&::pvm_object::support::Value>),
            Index => quote!(isize),
            Op => quote!(::pvm_object::support::CompareOp),
            Flags => quote!(u32),
            View => quote!(&::pvm_object::support::BufferView),
        }
    }
}

/// One way to fill a slot.
pub struct Row {
    /// The Python method; empty where only `#[slot(…)]` names it.
    pub dunder: &'static str,
    /// The name for `#[slot(…)]`; empty for halves of a slot.
    pub name: &'static str,
    /// The variant of `SlotFn`.
    pub variant: &'static str,
    pub form: Form,
    pub gives: Gives,
}

const fn row(dunder: &'static str, name: &'static str, variant: &'static str, form: Form, gives: Gives) -> Row {
    Row { dunder, name, variant, form, gives }
}

const UNARY: Form = Form::Plain(&[]);
const ONE: Form = Form::Plain(&[Value]);

/// Every row; the reflected operators are derived from the binary ones.
#[rustfmt::skip]
pub const ROWS: &[Row] = &[
    row("__add__", "add", "Add", Form::Binary, Gives::Object),
    row("__and__", "and", "And", Form::Binary, Gives::Object),
    row("__floordiv__", "floor_divide", "FloorDivide", Form::Binary, Gives::Object),
    row("__lshift__", "left_shift", "LeftShift", Form::Binary, Gives::Object),
    row("__matmul__", "matrix_multiply", "MatrixMultiply", Form::Binary, Gives::Object),
    row("__mul__", "multiply", "Multiply", Form::Binary, Gives::Object),
    row("__mod__", "remainder", "Remainder", Form::Binary, Gives::Object),
    row("__or__", "or", "Or", Form::Binary, Gives::Object),
    row("__pow__", "power", "Power", Form::Power, Gives::Object),
    row("__rshift__", "right_shift", "RightShift", Form::Binary, Gives::Object),
    row("__sub__", "subtract", "Subtract", Form::Binary, Gives::Object),
    row("__truediv__", "true_divide", "TrueDivide", Form::Binary, Gives::Object),
    row("__xor__", "xor", "Xor", Form::Binary, Gives::Object),
    row("__divmod__", "divmod", "Divmod", Form::Binary, Gives::Object),
    row("__iadd__", "inplace_add", "InplaceAdd", ONE, Gives::Object),
    row("__iand__", "inplace_and", "InplaceAnd", ONE, Gives::Object),
    row("__ifloordiv__", "inplace_floor_divide", "InplaceFloorDivide", ONE, Gives::Object),
    row("__ilshift__", "inplace_left_shift", "InplaceLeftShift", ONE, Gives::Object),
    row("__imatmul__", "inplace_matrix_multiply", "InplaceMatrixMultiply", ONE, Gives::Object),
    row("__imul__", "inplace_multiply", "InplaceMultiply", ONE, Gives::Object),
    row("__imod__", "inplace_remainder", "InplaceRemainder", ONE, Gives::Object),
    row("__ior__", "inplace_or", "InplaceOr", ONE, Gives::Object),
    row("__ipow__", "inplace_power", "InplacePower", Form::Plain(&[Value, Value]), Gives::Object),
    row("__irshift__", "inplace_right_shift", "InplaceRightShift", ONE, Gives::Object),
    row("__isub__", "inplace_subtract", "InplaceSubtract", ONE, Gives::Object),
    row("__itruediv__", "inplace_true_divide", "InplaceTrueDivide", ONE, Gives::Object),
    row("__ixor__", "inplace_xor", "InplaceXor", ONE, Gives::Object),
    row("__neg__", "negative", "Negative", UNARY, Gives::Object),
    row("__pos__", "positive", "Positive", UNARY, Gives::Object),
    row("__abs__", "absolute", "Absolute", UNARY, Gives::Object),
    row("__invert__", "invert", "Invert", UNARY, Gives::Object),
    row("__int__", "int", "Int", UNARY, Gives::Object),
    row("__float__", "float", "Float", UNARY, Gives::Object),
    row("__index__", "index", "Index", UNARY, Gives::Object),
    row("__bool__", "bool", "Bool", UNARY, Gives::Bool),
    row("__repr__", "repr", "Repr", UNARY, Gives::Object),
    row("__str__", "str", "Str", UNARY, Gives::Object),
    row("__hash__", "hash", "Hash", UNARY, Gives::Hash),
    row("__richcompare__", "richcompare", "RichCompare", Form::Plain(&[Value, Op]), Gives::Object),
    row("__lt__", "", "RichCompare", Form::Compare("Lt"), Gives::Object),
    row("__le__", "", "RichCompare", Form::Compare("Le"), Gives::Object),
    row("__eq__", "", "RichCompare", Form::Compare("Eq"), Gives::Object),
    row("__ne__", "", "RichCompare", Form::Compare("Ne"), Gives::Object),
    row("__gt__", "", "RichCompare", Form::Compare("Gt"), Gives::Object),
    row("__ge__", "", "RichCompare", Form::Compare("Ge"), Gives::Object),
    row("__call__", "call", "Call", Form::Bound, Gives::Object),
    row("__init__", "init", "Init", Form::Bound, Gives::Nothing),
    row("__del__", "finalize", "Finalize", Form::Finalize, Gives::Nothing),
    row("__getattribute__", "getattr", "GetAttr", Form::Plain(&[Name]), Gives::Object),
    row("", "setattr", "SetAttr", Form::Plain(&[Name, Optional]), Gives::Nothing),
    row("__setattr__", "", "SetAttr", Form::Change(true, &[Name]), Gives::Nothing),
    row("__delattr__", "", "SetAttr", Form::Change(false, &[Name]), Gives::Nothing),
    row("__iter__", "iter", "Iter", UNARY, Gives::Object),
    row("__next__", "next", "Next", UNARY, Gives::Next),
    row("__get__", "descr_get", "DescrGet", Form::Plain(&[Optional, Optional]), Gives::Object),
    row("", "descr_set", "DescrSet", Form::Plain(&[Value, Optional]), Gives::Nothing),
    row("__set__", "", "DescrSet", Form::Change(true, &[Value]), Gives::Nothing),
    row("__delete__", "", "DescrSet", Form::Change(false, &[Value]), Gives::Nothing),
    row("__len__", "len", "Len", UNARY, Gives::Len),
    row("__getitem__", "getitem", "GetItem", ONE, Gives::Object),
    row("", "setitem", "SetItem", Form::Plain(&[Value, Optional]), Gives::Nothing),
    row("__setitem__", "", "SetItem", Form::Change(true, &[Value]), Gives::Nothing),
    row("__delitem__", "", "SetItem", Form::Change(false, &[Value]), Gives::Nothing),
    row("__contains__", "contains", "Contains", ONE, Gives::Bool),
    row("", "item", "Item", Form::Plain(&[Index]), Gives::Object),
    row("", "set_index", "SetIndex", Form::Plain(&[Index, Optional]), Gives::Nothing),
    row("", "concat", "Concat", ONE, Gives::Object),
    row("", "repeat", "Repeat", Form::Plain(&[Index]), Gives::Object),
    row("", "inplace_concat", "InplaceConcat", ONE, Gives::Object),
    row("", "inplace_repeat", "InplaceRepeat", Form::Plain(&[Index]), Gives::Object),
    row("__await__", "await", "Await", UNARY, Gives::Object),
    row("__aiter__", "async_iter", "AsyncIter", UNARY, Gives::Object),
    row("__anext__", "async_next", "AsyncNext", UNARY, Gives::Object),
    row("", "send", "Send", Form::Plain(&[Owned]), Gives::Sent),
    row("__buffer__", "buffer", "Buffer", Form::Plain(&[Flags]), Gives::Buffer),
    row("__release_buffer__", "release_buffer", "ReleaseBuffer", Form::Plain(&[View]), Gives::Nothing),
];

/// The row of a Python method, and whether it is the reflected one (`__radd__`).
pub fn of_dunder(name: &str) -> Option<(&'static Row, bool)> {
    if let Some(row) = ROWS.iter().find(|row| row.dunder == name) {
        return Some((row, false));
    }
    let plain = format!("__{}", name.strip_prefix("__r")?);
    let row = ROWS.iter().find(|row| row.dunder == plain && matches!(row.form, Form::Binary | Form::Power))?;
    Some((row, true))
}

/// The row of `#[slot(name)]`.
pub fn of_name(name: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| !row.name.is_empty() && row.name == name)
}

/// A Rust function that fills a slot or a part of one.
pub struct SlotMethod {
    pub row: &'static Row,
    pub reflected: bool,
    pub function: SlotBody,
    pub span: Span,
}

/// A slot's function, with its arguments bound or not.
pub enum SlotBody {
    Plain(Box<Function>),
    Bound(Box<Bound>),
}

impl SlotMethod {
    fn plain(&self) -> &Function {
        match &self.function {
            SlotBody::Plain(function) => function,
            SlotBody::Bound(bound) => &bound.function,
        }
    }
}

/// What the adapters are generated with.
pub struct Context<'a> {
    pub self_ty: &'a TokenStream,
}

impl Context<'_> {
    fn path(&self, function: &Function) -> TokenStream {
        let (self_ty, name) = (self.self_ty, &function.ident);
        quote!(<#self_ty>::#name)
    }

    /// The expression of `SlotFn` for all methods that fill one slot.
    pub fn slot(&self, methods: &[SlotMethod]) -> Result<TokenStream> {
        let first = &methods[0];
        let variant = format_ident!("{}", first.row.variant);
        let alone = |form: &str| match methods.get(1) {
            Some(second) => Err(Error::new(second.span, format!("the {form} is given twice"))),
            None => Ok(()),
        };
        let adapter = match first.row.form {
            Form::Plain(operands) => {
                alone("slot")?;
                self.plain(first, operands)?
            }
            Form::Bound => {
                alone("slot")?;
                self.bound(first)?
            }
            Form::Finalize => {
                alone("finaliser")?;
                self.finalize(first)?
            }
            Form::Binary | Form::Power => self.binary(methods)?,
            Form::Compare(_) => self.compare(methods)?,
            Form::Change(_, operands) => self.change(methods, operands)?,
        };
        Ok(quote!(::pvm_object::support::SlotFn::#variant({ #adapter slot })))
    }

    /// The call of a function whose operands are the variables `o0`, `o1`, …; where it is `lenient`, an operand that is not
    /// of the class asked for makes the operator say `NotImplemented`, else it is an error.
    fn call_with(&self, function: &Function, name: &str, operands: &[Operand], span: Span, lenient: bool) -> Result<TokenStream> {
        if function.params.len() != operands.len() {
            let message = format!("`{name}` takes {} operand(s) beside the receiver", operands.len());
            return Err(Error::new(span, message));
        }
        let (mut conversions, mut values) = (Vec::new(), Vec::new());
        for (index, (param, operand)) in function.params.iter().zip(operands).enumerate() {
            let variable = format_ident!("o{index}");
            let span = param.ty.span();
            let value = match operand {
                Value if param.is_value_ref() => quote!(#variable),
                Value if lenient => quote_spanned! {span=>
                    match ::pvm_object::support::FromOperand::from_operand(#variable) {
                        Some(operand) => operand,
                        None => return Ok(::pvm_object::support::not_implemented()),
                    }
                },
                Value => quote_spanned! {span=> {
                    let argument = ::pvm_object::support::Argument::operand(#name);
                    ::pvm_object::support::FromArg::from_arg(#variable.borrowed(), argument, vm)?
                }},
                _ => quote!(#variable),
            };
            let converted = format_ident!("c{index}");
            conversions.push(quote!(let #converted = #value;));
            values.push(quote!(#converted));
        }
        let receiver = match function.receiver {
            Some(_) => quote!(receiver),
            None => quote!(),
        };
        let call = function.call(&self.path(function), &receiver, &values);
        Ok(quote!({ #(#conversions)* #call }))
    }

    fn returned(&self, gives: Gives, call: TokenStream) -> TokenStream {
        match gives {
            Gives::Object => quote! {
                let result = #call;
                ::pvm_object::support::IntoPyResult::into_py_result(result, vm)
            },
            Gives::Bool => quote!(::pvm_object::support::IntoResult::<bool>::into_result(#call)),
            Gives::Len => quote!(::pvm_object::support::IntoResult::<usize>::into_result(#call)),
            Gives::Hash => {
                quote!(::pvm_object::support::IntoResult::<i64>::into_result(#call).map(::pvm_object::support::fix_hash))
            }
            Gives::Next => {
                quote!(::pvm_object::support::IntoResult::<Option<::pvm_object::support::Value>>::into_result(#call))
            }
            Gives::Nothing => quote!(::pvm_object::support::IntoResult::<()>::into_result(#call)),
            Gives::Sent => {
                quote!(::pvm_object::support::IntoResult::<::pvm_object::support::Sent>::into_result(#call))
            }
            Gives::Buffer => {
                quote!(::pvm_object::support::IntoResult::<::pvm_object::support::BufferView>::into_result(#call))
            }
        }
    }

    fn result_type(gives: Gives) -> TokenStream {
        let content = match gives {
            Gives::Object => quote!(::pvm_object::support::Value),
            Gives::Bool => quote!(bool),
            Gives::Len => quote!(usize),
            Gives::Hash => quote!(i64),
            Gives::Next => quote!(Option<::pvm_object::support::Value>),
            Gives::Nothing => quote!(()),
            Gives::Sent => quote!(::pvm_object::support::Sent),
            Gives::Buffer => quote!(::pvm_object::support::BufferView),
        };
        quote!(::pvm_object::support::PyResult<#content>)
    }

    fn receiver(&self, function: &Function, name: &str, span: Span) -> Result<TokenStream> {
        if function.receiver.is_none() {
            return Err(Error::new(span, format!("`{name}` needs a receiver: `&self`, `this: &Object<Self>` or `this: &Value`")));
        }
        let receiver = receiver(function, self.self_ty, name);
        Ok(quote!(let receiver = #receiver;))
    }

    fn plain(&self, method: &SlotMethod, operands: &[Operand]) -> Result<TokenStream> {
        let function = method.plain();
        let name = if method.row.dunder.is_empty() { method.row.name } else { method.row.dunder };
        let receiver = self.receiver(function, name, method.span)?;
        let call = self.call_with(function, name, operands, method.span, method.row.variant == "RichCompare")?;
        let body = self.returned(method.row.gives, call);
        let result = if method.row.variant == "ReleaseBuffer" {
            quote!()
        } else {
            let ty = Self::result_type(method.row.gives);
            quote!(-> #ty)
        };
        let body = match method.row.variant {
            // The slot has no way to report an error; the receiver was checked when the buffer was exported.
            "ReleaseBuffer" => quote! {
                let mut release = || -> ::pvm_object::support::PyResult<()> { #receiver #body };
                if let Err(raised) = release() {
                    vm.report_unraisable(raised, None, Some(this));
                }
            },
            _ => quote!(#receiver #body),
        };
        let types = operands.iter().map(|operand| operand.ty());
        let names = (0..operands.len()).map(|index| format_ident!("o{index}"));
        Ok(quote! {
            fn slot(vm: &mut ::pvm_object::Vm, this: &::pvm_object::support::Value #(, #names: #types)*) #result { #body }
        })
    }

    fn finalize(&self, method: &SlotMethod) -> Result<TokenStream> {
        let function = method.plain();
        let receiver = self.receiver(function, "__del__", method.span)?;
        let call = self.call_with(function, "__del__", &[], method.span, false)?;
        let body = self.returned(Gives::Nothing, call);
        Ok(quote! {
            fn slot(vm: &mut ::pvm_object::Vm, this: &::pvm_object::support::Value) {
                fn finalize(vm: &mut ::pvm_object::Vm, this: &::pvm_object::support::Value) -> ::pvm_object::support::PyResult<()> {
                    #receiver
                    #body
                }
                if let Err(raised) = finalize(vm, this) {
                    vm.report_unraisable(raised, None, Some(this));
                }
            }
        })
    }

    fn bound(&self, method: &SlotMethod) -> Result<TokenStream> {
        let SlotBody::Bound(bound) = &method.function else { unreachable!("this form is parsed as bound") };
        let receiver = self.receiver(&bound.function, method.row.dunder, method.span)?;
        let body = self.bound_body(bound, &quote!(receiver));
        let returned = self.returned(method.row.gives, body);
        let result = Self::result_type(method.row.gives);
        Ok(quote! {
            fn slot(
                vm: &mut ::pvm_object::Vm,
                this: &::pvm_object::support::Value,
                args: ::pvm_object::support::Args<'_>,
            ) -> #result {
                #receiver
                #returned
            }
        })
    }

    /// A block that binds `args` and calls.
    fn bound_body(&self, bound: &Bound, receiver: &TokenStream) -> TokenStream {
        let self_ty = self.self_ty;
        let signature = bound.signature_static(&quote!(::pvm_object::support::Owner::Constructor(<#self_ty>::PY_CLASS)));
        let call = bound.convert_and_call(&self.path(&bound.function), receiver);
        let count = bound.value_count();
        let bind = (!bound.is_raw()).then(|| {
            quote! {
                let values: [Option<::pvm_object::support::ValueRef<'_>>; #count] = __PY_SIGNATURE.bind(vm, args)?;
            }
        });
        quote!({ #signature #bind #call })
    }

    /// The adapter of `#[new]`.
    pub fn new_slot(&self, bound: &Bound) -> TokenStream {
        let receiver = match &bound.function.receiver {
            Some(Receiver::Value) => quote!(let receiver = &*class.as_value();),
            Some(_) => quote!(let receiver = class;),
            None => quote!(),
        };
        let body = self.bound_body(bound, &quote!(receiver));
        let self_ty = self.self_ty;
        let args = bound
            .is_positional()
            .then(|| quote!(let args = ::pvm_object::support::constructor_args(class, <#self_ty>::PY_CLASS, args);));
        quote! {
            ::pvm_object::support::SlotFn::New({
                fn slot(
                    vm: &mut ::pvm_object::Vm,
                    class: &::pvm_object::support::Object<::pvm_object::support::Type>,
                    args: ::pvm_object::support::Args<'_>,
                ) -> ::pvm_object::support::PyResult {
                    #receiver
                    #args
                    let result = #body;
                    ::pvm_object::support::IntoInstance::into_instance(result, class, vm)
                }
                slot
            })
        }
    }

    fn binary(&self, methods: &[SlotMethod]) -> Result<TokenStream> {
        let power = methods[0].row.form == Form::Power;
        let self_ty = self.self_ty;
        let third = power.then(|| quote!(, modulus: &::pvm_object::support::Value));
        let mut branches = Vec::new();
        let both = methods[0].plain().receiver.is_none();
        if both && methods.len() == 1 {
            let operands: &[Operand] = if power { &[Value, Value, Value] } else { &[Value, Value] };
            let call = self.call_with(methods[0].plain(), methods[0].row.dunder, operands, methods[0].span, true)?;
            let body = self.returned(Gives::Object, call);
            let modulus = power.then(|| quote!(let o2 = modulus;));
            branches.push(quote!({ let (o0, o1) = (left, right); #modulus #body }));
        } else {
            for method in methods {
                let function = method.plain();
                if !matches!(function.receiver, Some(Receiver::Object)) {
                    let message = "a binary operator takes `&self` or `this: &Object<Self>`, or both operands and no receiver";
                    return Err(Error::new(method.span, message));
                }
                // The reflected power does not see the modulus in CPython's slot wrapper either, unless it asks for it.
                let with_modulus = power && function.params.len() == 2;
                let operands: &[Operand] = if with_modulus { &[Value, Value] } else { &[Value] };
                let call = self.call_with(function, method.row.dunder, operands, method.span, true)?;
                let body = self.returned(Gives::Object, call);
                let (this, other) = if method.reflected { (quote!(right), quote!(left)) } else { (quote!(left), quote!(right)) };
                let modulus = with_modulus.then(|| quote!(let o1 = modulus;));
                branches.push(quote! {
                    if let Some(receiver) = #this.downcast::<#self_ty>() { let o0 = #other; #modulus return { #body }; }
                });
            }
            // The plain operator is asked before the reflected one, whatever their order in the source.
            if methods.first().is_some_and(|method| method.reflected) {
                branches.reverse();
            }
            branches.push(quote!(Ok(::pvm_object::support::not_implemented())));
        }
        Ok(quote! {
            #[allow(unused_variables)]
            fn slot(
                vm: &mut ::pvm_object::Vm,
                left: &::pvm_object::support::Value,
                right: &::pvm_object::support::Value
                #third
            ) -> ::pvm_object::support::PyResult { #(#branches)* }
        })
    }

    fn compare(&self, methods: &[SlotMethod]) -> Result<TokenStream> {
        let mut arms = Vec::new();
        for method in methods {
            let Form::Compare(operator) = method.row.form else {
                return Err(Error::new(method.span, "`__richcompare__` and single comparisons exclude each other"));
            };
            let operator = format_ident!("{operator}");
            let receiver = self.receiver(method.plain(), method.row.dunder, method.span)?;
            let call = self.call_with(method.plain(), method.row.dunder, &[Value], method.span, true)?;
            let body = self.returned(Gives::Object, call);
            arms.push(quote!(::pvm_object::support::CompareOp::#operator => { #receiver #body }));
        }
        let has = |dunder: &str| methods.iter().any(|method| method.row.dunder == dunder);
        // As `object.__ne__` does.
        if has("__eq__") && !has("__ne__") {
            arms.push(quote! {
                ::pvm_object::support::CompareOp::Ne => {
                    let equal = slot(vm, this, o0, ::pvm_object::support::CompareOp::Eq)?;
                    ::pvm_object::support::invert_comparison(vm, equal)
                }
            });
        }
        let rest = (arms.len() < 6).then(|| quote!(_ => Ok(::pvm_object::support::not_implemented()),));
        Ok(quote! {
            fn slot(
                vm: &mut ::pvm_object::Vm,
                this: &::pvm_object::support::Value,
                o0: &::pvm_object::support::Value,
                op: ::pvm_object::support::CompareOp,
            ) -> ::pvm_object::support::PyResult {
                match op { #(#arms)* #rest }
            }
        })
    }

    fn change(&self, methods: &[SlotMethod], operands: &[Operand]) -> Result<TokenStream> {
        let half = |sets: bool| -> Result<TokenStream> {
            let Some(method) = methods.iter().find(|method| matches!(method.row.form, Form::Change(is, _) if is == sets)) else {
                let variant = format_ident!("{}", methods[0].row.variant);
                return Ok(
                    quote!(Err(::pvm_object::support::lacks_half(vm, this, ::pvm_object::support::SlotId::#variant, #sets))),
                );
            };
            let receiver = self.receiver(method.plain(), method.row.dunder, method.span)?;
            let all: Vec<Operand> = operands.iter().copied().chain(sets.then_some(Value)).collect();
            let call = self.call_with(method.plain(), method.row.dunder, &all, method.span, false)?;
            let body = self.returned(Gives::Nothing, call);
            Ok(quote!(#receiver #body))
        };
        if let Some(wrong) = methods.iter().find(|method| !matches!(method.row.form, Form::Change(..))) {
            return Err(Error::new(wrong.span, "the slot is given whole and in halves"));
        }
        let (set, delete) = (half(true)?, half(false)?);
        let types = operands.iter().map(|operand| operand.ty());
        let names = (0..operands.len()).map(|index| format_ident!("o{index}"));
        let value = format_ident!("o{}", operands.len());
        Ok(quote! {
            fn slot(
                vm: &mut ::pvm_object::Vm,
                this: &::pvm_object::support::Value
                #(, #names: #types)*,
                value: Option<&::pvm_object::support::Value>,
            ) -> ::pvm_object::support::PyResult<()> {
                match value {
                    Some(#value) => { #set }
                    None => { #delete }
                }
            }
        })
    }
}
