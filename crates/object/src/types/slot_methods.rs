//! Which special method belongs to which slot: one row each, read in both directions. A static class that fills the slot
//! shows the method as a wrapper; a class made by Python code that defines the method fills the slot with the function
//! from `dunder.rs`.

use super::dunder;
use super::slots::{SlotFn, SlotId, Slots};
use crate::Vm;
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::names;
use crate::native::split_signature;
use crate::ops::CompareOp;
use crate::str::intern::Name;

/// Calls a slot the way its method is called from Python.
pub type Wrap = fn(&mut Vm, &Slots, &Value, Args<'_>) -> PyResult;

/// A special method and its slot.
pub struct SlotMethod {
    /// The method's name.
    pub name: &'static Name,
    /// The slot.
    pub id: SlotId,
    /// How Python code calls the slot; none where only Python code defines the method (`__getattr__`).
    pub wrap: Option<Wrap>,
    /// What fills the slot of a class that defines the method.
    pub generic: SlotFn,
    /// Signature and text.
    pub doc: &'static str,
}

impl SlotMethod {
    /// The signature and the text.
    pub fn parts(&self) -> (Option<&'static str>, &'static str) {
        split_signature(self.name.as_str().unwrap_or_default(), self.doc)
    }
}

fn no_arguments(vm: &mut Vm, args: Args<'_>) -> PyResult<()> {
    expect(vm, args, 0)
}

/// Checks the number of arguments as CPython's `check_num_args` does.
fn expect(vm: &mut Vm, args: Args<'_>, count: usize) -> PyResult<()> {
    if args.len() == count {
        return Ok(());
    }
    let plural = if count == 1 { "" } else { "s" };
    Err(vm.type_error(format_args!("expected {count} argument{plural}, got {}", args.len())))
}

/// As [`expect`], for the methods that CPython unpacks by name.
fn expect_two(vm: &mut Vm, args: Args<'_>, name: &Name) -> PyResult<()> {
    match args.len() {
        2 => Ok(()),
        given => Err(vm.type_error(format_args!("{} expected 2 arguments, got {given}", name.get()))),
    }
}

/// Checks for the operand of a power and perhaps a modulus (`check_pow_args`).
fn one_or_two(vm: &mut Vm, args: Args<'_>) -> PyResult<()> {
    match args.len() {
        1 | 2 => Ok(()),
        given => Err(vm.type_error(format_args!("expected 1 or 2 arguments, got {given}"))),
    }
}

fn between(vm: &mut Vm, args: Args<'_>, name: &Name, low: usize, high: usize) -> PyResult<()> {
    let given = args.len();
    if (low..=high).contains(&given) {
        return Ok(());
    }
    let (word, bound) = if given < low { ("at least", low) } else { ("at most", high) };
    let plural = if bound == 1 { "" } else { "s" };
    Err(vm.type_error(format_args!("{} expected {word} {bound} argument{plural}, got {given}", name.get())))
}

macro_rules! slot {
    ($slots:expr, $get:ident) => {
        $slots.$get().expect("a wrapper exists for filled slots only")
    };
}

macro_rules! rows {
    ($($name:ident $id:ident $generic:expr, $doc:expr, $vm:ident $slots:ident $this:ident $args:ident => $body:expr;)*) => {
        &[$(SlotMethod {
            name: &names::$name,
            id: SlotId::$id,
            wrap: Some(|$vm, $slots, $this, $args| $body),
            generic: SlotFn::$id($generic),
            doc: $doc,
        }),*]
    };
}

macro_rules! unary_rows {
    ($($name:ident $id:ident $get:ident $generic:ident $doc:literal;)*) => {
        rows! { $(
            $name $id dunder::$generic, $doc, vm slots this args => {
                no_arguments(vm, args)?;
                slot!(slots, $get)(vm, this)
            };
        )* }
    };
}

macro_rules! binary_rows {
    ($($name:ident $reflected:ident $id:ident $get:ident $generic:ident $open:literal $symbol:literal $close:literal;)*) => {
        rows! { $(
            $name $id dunder::$generic, concat!(stringify!($name), "($self, value, /)\n--\n\nReturn ", $open, "self", $symbol, "value", $close, "."), vm slots this args => {
                expect(vm, args, 1)?;
                slot!(slots, $get)(vm, this, &args.get(0).expect("one argument"))
            };
            $reflected $id dunder::$generic, concat!(stringify!($reflected), "($self, value, /)\n--\n\nReturn ", $open, "value", $symbol, "self", $close, "."), vm slots this args => {
                expect(vm, args, 1)?;
                slot!(slots, $get)(vm, &args.get(0).expect("one argument"), this)
            };
        )* }
    };
}

macro_rules! inplace_rows {
    ($($name:ident $id:ident $get:ident $generic:ident $symbol:literal;)*) => {
        rows! { $(
            $name $id dunder::$generic, concat!(stringify!($name), "($self, value, /)\n--\n\nReturn self", $symbol, "value."), vm slots this args => {
                expect(vm, args, 1)?;
                slot!(slots, $get)(vm, this, &args.get(0).expect("one argument"))
            };
        )* }
    };
}

macro_rules! compare_rows {
    ($($name:ident $op:ident $symbol:literal;)*) => {
        rows! { $(
            $name RichCompare dunder::richcompare, concat!(stringify!($name), "($self, value, /)\n--\n\nReturn self", $symbol, "value."), vm slots this args => {
                expect(vm, args, 1)?;
                slot!(slots, richcompare)(vm, this, &args.get(0).expect("one argument"), CompareOp::$op)
            };
        )* }
    };
}

static UNARY: &[SlotMethod] = unary_rows! {
    __neg__ Negative negative negative "__neg__($self, /)\n--\n\n-self";
    __pos__ Positive positive positive "__pos__($self, /)\n--\n\n+self";
    __abs__ Absolute absolute absolute "__abs__($self, /)\n--\n\nabs(self)";
    __invert__ Invert invert invert "__invert__($self, /)\n--\n\n~self";
    __int__ Int int int "__int__($self, /)\n--\n\nint(self)";
    __float__ Float float float "__float__($self, /)\n--\n\nfloat(self)";
    __index__ Index index index "__index__($self, /)\n--\n\nReturn self converted to an integer, if self is suitable for use as an index into a list.";
    __repr__ Repr repr repr "__repr__($self, /)\n--\n\nReturn repr(self).";
    __str__ Str str str "__str__($self, /)\n--\n\nReturn str(self).";
    __iter__ Iter iter iter "__iter__($self, /)\n--\n\nImplement iter(self).";
    __await__ Await r#await r#await "__await__($self, /)\n--\n\nReturn an iterator to be used in await expression.";
    __aiter__ AsyncIter async_iter async_iter "__aiter__($self, /)\n--\n\nReturn an awaitable, that resolves in asynchronous iterator.";
    __anext__ AsyncNext async_next async_next "__anext__($self, /)\n--\n\nReturn a value or raise StopAsyncIteration.";
};

static BINARY: &[SlotMethod] = binary_rows! {
    __add__ __radd__ Add add add "" "+" "";
    __sub__ __rsub__ Subtract subtract subtract "" "-" "";
    __mul__ __rmul__ Multiply multiply multiply "" "*" "";
    __mod__ __rmod__ Remainder remainder remainder "" "%" "";
    __divmod__ __rdivmod__ Divmod divmod divmod "divmod(" ", " ")";
    __lshift__ __rlshift__ LeftShift left_shift left_shift "" "<<" "";
    __rshift__ __rrshift__ RightShift right_shift right_shift "" ">>" "";
    __and__ __rand__ And and and "" "&" "";
    __xor__ __rxor__ Xor xor xor "" "^" "";
    __or__ __ror__ Or or or "" "|" "";
    __floordiv__ __rfloordiv__ FloorDivide floor_divide floor_divide "" "//" "";
    __truediv__ __rtruediv__ TrueDivide true_divide true_divide "" "/" "";
    __matmul__ __rmatmul__ MatrixMultiply matrix_multiply matrix_multiply "" "@" "";
};

static INPLACE: &[SlotMethod] = inplace_rows! {
    __iadd__ InplaceAdd inplace_add inplace_add "+=";
    __isub__ InplaceSubtract inplace_subtract inplace_subtract "-=";
    __imul__ InplaceMultiply inplace_multiply inplace_multiply "*=";
    __imod__ InplaceRemainder inplace_remainder inplace_remainder "%=";
    __ilshift__ InplaceLeftShift inplace_left_shift inplace_left_shift "<<=";
    __irshift__ InplaceRightShift inplace_right_shift inplace_right_shift ">>=";
    __iand__ InplaceAnd inplace_and inplace_and "&=";
    __ixor__ InplaceXor inplace_xor inplace_xor "^=";
    __ior__ InplaceOr inplace_or inplace_or "|=";
    __ifloordiv__ InplaceFloorDivide inplace_floor_divide inplace_floor_divide "//=";
    __itruediv__ InplaceTrueDivide inplace_true_divide inplace_true_divide "/=";
    __imatmul__ InplaceMatrixMultiply inplace_matrix_multiply inplace_matrix_multiply "@=";
};

static COMPARE: &[SlotMethod] = compare_rows! {
    __lt__ Lt "<";
    __le__ Le "<=";
    __eq__ Eq "==";
    __ne__ Ne "!=";
    __gt__ Gt ">";
    __ge__ Ge ">=";
};

fn none_is_absent(value: &Value) -> Option<&Value> {
    (!value.is_none()).then_some(value)
}

static OTHERS: &[SlotMethod] = rows! {
    __pow__ Power dunder::power, "__pow__($self, value, mod=None, /)\n--\n\nReturn pow(self, value, mod).", vm slots this args => {
        one_or_two(vm, args)?;
        let modulus = args.get(1).map_or_else(Value::none, |value| value.to_owned());
        slot!(slots, power)(vm, this, &args.get(0).expect("one argument"), &modulus)
    };
    __rpow__ Power dunder::power, "__rpow__($self, value, mod=None, /)\n--\n\nReturn pow(value, self, mod).", vm slots this args => {
        one_or_two(vm, args)?;
        let modulus = args.get(1).map_or_else(Value::none, |value| value.to_owned());
        slot!(slots, power)(vm, &args.get(0).expect("one argument"), this, &modulus)
    };
    __ipow__ InplacePower dunder::inplace_power, "__ipow__($self, value, /)\n--\n\nReturn self**=value.", vm slots this args => {
        expect(vm, args, 1)?;
        slot!(slots, inplace_power)(vm, this, &args.get(0).expect("one argument"), &Value::none())
    };
    __bool__ Bool dunder::bool, "__bool__($self, /)\n--\n\nTrue if self else False", vm slots this args => {
        no_arguments(vm, args)?;
        slot!(slots, bool)(vm, this).map(Value::from_bool)
    };
    __hash__ Hash dunder::hash, "__hash__($self, /)\n--\n\nReturn hash(self).", vm slots this args => {
        no_arguments(vm, args)?;
        let hash = slot!(slots, hash)(vm, this)?;
        Ok(vm.int(hash))
    };
    __call__ Call dunder::call_slot, "__call__($self, /, *args, **kwargs)\n--\n\nCall self as a function.", vm slots this args => {
        slot!(slots, call)(vm, this, args)
    };
    __getattribute__ GetAttr dunder::getattr, "__getattribute__($self, name, /)\n--\n\nReturn getattr(self, name).", vm slots this args => {
        expect(vm, args, 1)?;
        let name = vm.attribute_name(&args.get(0).expect("one argument"))?;
        slot!(slots, getattr)(vm, this, &name)
    };
    __setattr__ SetAttr dunder::setattr, "__setattr__($self, name, value, /)\n--\n\nImplement setattr(self, name, value).", vm slots this args => {
        expect_two(vm, args, &names::__setattr__)?;
        let name = vm.attribute_name(&args.get(0).expect("two arguments"))?;
        super::wrapper::check_setattr(vm, slots, this, "__setattr__")?;
        slot!(slots, setattr)(vm, this, &name, args.get(1).as_deref())?;
        Ok(Value::none())
    };
    __delattr__ SetAttr dunder::setattr, "__delattr__($self, name, /)\n--\n\nImplement delattr(self, name).", vm slots this args => {
        expect(vm, args, 1)?;
        let name = vm.attribute_name(&args.get(0).expect("one argument"))?;
        super::wrapper::check_setattr(vm, slots, this, "__delattr__")?;
        slot!(slots, setattr)(vm, this, &name, None)?;
        Ok(Value::none())
    };
    __next__ Next dunder::next, "__next__($self, /)\n--\n\nImplement next(self).", vm slots this args => {
        no_arguments(vm, args)?;
        match slot!(slots, next)(vm, this)? {
            Some(item) => Ok(item),
            None => Err(vm.stop_iteration()),
        }
    };
    __get__ DescrGet dunder::descr_get, "__get__($self, instance, owner=None, /)\n--\n\nReturn an attribute of instance, which is of type owner.", vm slots this args => {
        between(vm, args, &names::__get__, 1, 2)?;
        let (instance, owner) = (args.get(0), args.get(1));
        let instance = instance.as_deref().and_then(none_is_absent);
        let owner = owner.as_deref().and_then(none_is_absent);
        if instance.is_none() && owner.is_none() {
            return Err(vm.type_error(format_args!("__get__(None, None) is invalid")));
        }
        slot!(slots, descr_get)(vm, this, instance, owner)
    };
    __set__ DescrSet dunder::descr_set, "__set__($self, instance, value, /)\n--\n\nSet an attribute of instance to value.", vm slots this args => {
        expect_two(vm, args, &names::__set__)?;
        slot!(slots, descr_set)(vm, this, &args.get(0).expect("two arguments"), args.get(1).as_deref())?;
        Ok(Value::none())
    };
    __delete__ DescrSet dunder::descr_set, "__delete__($self, instance, /)\n--\n\nDelete an attribute of instance.", vm slots this args => {
        expect(vm, args, 1)?;
        slot!(slots, descr_set)(vm, this, &args.get(0).expect("one argument"), None)?;
        Ok(Value::none())
    };
    __init__ Init dunder::init, "__init__($self, /, *args, **kwargs)\n--\n\nInitialize self.  See help(type(self)) for accurate signature.", vm slots this args => {
        slot!(slots, init)(vm, this, args)?;
        Ok(Value::none())
    };
    __del__ Finalize dunder::finalize, "__del__($self, /)\n--\n\nCalled when the instance is about to be destroyed.", vm slots this args => {
        no_arguments(vm, args)?;
        slot!(slots, finalize)(vm, this);
        Ok(Value::none())
    };
    __len__ Len dunder::len, "__len__($self, /)\n--\n\nReturn len(self).", vm slots this args => {
        no_arguments(vm, args)?;
        let len = slot!(slots, len)(vm, this)?;
        Ok(vm.int(len as i64))
    };
    __getitem__ GetItem dunder::getitem, "__getitem__($self, key, /)\n--\n\nReturn self[key].", vm slots this args => {
        expect(vm, args, 1)?;
        slot!(slots, getitem)(vm, this, &args.get(0).expect("one argument"))
    };
    __setitem__ SetItem dunder::setitem, "__setitem__($self, key, value, /)\n--\n\nSet self[key] to value.", vm slots this args => {
        expect_two(vm, args, &names::__setitem__)?;
        slot!(slots, setitem)(vm, this, &args.get(0).expect("two arguments"), args.get(1).as_deref())?;
        Ok(Value::none())
    };
    __delitem__ SetItem dunder::setitem, "__delitem__($self, key, /)\n--\n\nDelete self[key].", vm slots this args => {
        expect(vm, args, 1)?;
        slot!(slots, setitem)(vm, this, &args.get(0).expect("one argument"), None)?;
        Ok(Value::none())
    };
    __contains__ Contains dunder::contains, "__contains__($self, key, /)\n--\n\nReturn bool(key in self).", vm slots this args => {
        expect(vm, args, 1)?;
        slot!(slots, contains)(vm, this, &args.get(0).expect("one argument")).map(Value::from_bool)
    };
    __buffer__ Buffer dunder::buffer, "__buffer__($self, flags, /)\n--\n\nA memoryview of the memory that the object exports.", vm slots this args => {
        expect(vm, args, 1)?;
        let flags = vm.index_isize(&args.get(0).expect("one argument"))?;
        match u32::try_from(flags).ok().filter(|&flags| i32::try_from(flags).is_ok()) {
            Some(flags) => {
                let view = slot!(slots, buffer)(vm, this, flags)?;
                let view = crate::buffer::told_of_release(vm, view, this);
                Ok(vm.memoryview_of(view).into())
            }
            None => Err(vm.overflow_error(format_args!("buffer flags out of range"))),
        }
    };
    __release_buffer__ ReleaseBuffer dunder::release_buffer, "__release_buffer__($self, buffer, /)\n--\n\nTake back the memory that was exported for the memoryview.", vm _slots this args => {
        expect(vm, args, 1)?;
        crate::memoryview::take_back(vm, this, &args.get(0).expect("one argument"))?;
        Ok(Value::none())
    };
};

/// Rows that only static classes show: the sequence protocol beside the number and mapping ones.
static SEQUENCE: &[SlotMethod] = rows! {
    __getitem__ Item dunder::item, "__getitem__($self, key, /)\n--\n\nReturn self[key].", vm slots this args => {
        expect(vm, args, 1)?;
        let _ = slots;
        vm.getitem(this, &args.get(0).expect("one argument"))
    };
    __setitem__ SetIndex dunder::set_index, "__setitem__($self, key, value, /)\n--\n\nSet self[key] to value.", vm slots this args => {
        expect_two(vm, args, &names::__setitem__)?;
        let _ = slots;
        vm.setitem(this, &args.get(0).expect("two arguments"), &args.get(1).expect("two arguments"))?;
        Ok(Value::none())
    };
    __delitem__ SetIndex dunder::set_index, "__delitem__($self, key, /)\n--\n\nDelete self[key].", vm slots this args => {
        expect(vm, args, 1)?;
        let _ = slots;
        vm.delitem(this, &args.get(0).expect("one argument"))?;
        Ok(Value::none())
    };
    __add__ Concat dunder::add, "__add__($self, value, /)\n--\n\nReturn self+value.", vm slots this args => {
        expect(vm, args, 1)?;
        slot!(slots, concat)(vm, this, &args.get(0).expect("one argument"))
    };
    __mul__ Repeat repeat_unused, "__mul__($self, value, /)\n--\n\nReturn self*value.", vm slots this args => {
        expect(vm, args, 1)?;
        let count = repeat_count(vm, &args.get(0).expect("one argument"))?;
        slot!(slots, repeat)(vm, this, count)
    };
    __rmul__ Repeat repeat_unused, "__rmul__($self, value, /)\n--\n\nReturn value*self.", vm slots this args => {
        expect(vm, args, 1)?;
        let count = repeat_count(vm, &args.get(0).expect("one argument"))?;
        slot!(slots, repeat)(vm, this, count)
    };
    __iadd__ InplaceConcat dunder::inplace_add, "__iadd__($self, value, /)\n--\n\nImplement self+=value.", vm slots this args => {
        expect(vm, args, 1)?;
        slot!(slots, inplace_concat)(vm, this, &args.get(0).expect("one argument"))
    };
    __imul__ InplaceRepeat repeat_unused, "__imul__($self, value, /)\n--\n\nImplement self*=value.", vm slots this args => {
        expect(vm, args, 1)?;
        let count = repeat_count(vm, &args.get(0).expect("one argument"))?;
        slot!(slots, inplace_repeat)(vm, this, count)
    };
};

/// Stands where no class made by Python code fills the slot: `__mul__` fills the number's.
fn repeat_unused(vm: &mut Vm, this: &Value, count: isize) -> PyResult {
    let count = vm.int(count as i64);
    dunder::multiply(vm, this, &count)
}

fn repeat_count(vm: &mut Vm, count: &Value) -> PyResult<isize> {
    vm.index_isize(count)
}

static PYTHON_ONLY: &[SlotMethod] = &[
    SlotMethod { name: &names::__getattr__, id: SlotId::GetAttr, wrap: None, generic: SlotFn::GetAttr(dunder::getattr), doc: "" },
    SlotMethod { name: &names::__new__, id: SlotId::New, wrap: None, generic: SlotFn::New(dunder::new_instance), doc: "" },
];

/// All rows; within a slot, the order in which CPython lets them fill it. The sequence protocol comes last, where the
/// number's and mapping's methods have their names already.
pub fn all() -> impl Iterator<Item = &'static SlotMethod> {
    [UNARY, BINARY, INPLACE, COMPARE, OTHERS, PYTHON_ONLY, SEQUENCE].into_iter().flatten()
}

/// The rows with the name of a special method.
pub fn named(name: &crate::Object<crate::str::Str>) -> impl Iterator<Item = &'static SlotMethod> + '_ {
    all().filter(move |row| std::ptr::eq(row.name.get(), name))
}

/// The slots that a class made by Python code fills by way of a method; the sequence protocol's concatenation and
/// repetition are only inherited.
pub fn is_python_slot(row: &SlotMethod) -> bool {
    !matches!(row.id, SlotId::Concat | SlotId::Repeat | SlotId::InplaceConcat | SlotId::InplaceRepeat)
}
