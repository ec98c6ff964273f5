//! `BaseException` as programs see it.

use pvm_macros::pymethods;

use super::fields::{attributes, refuse_keywords};
use super::{BaseException, maker};
use crate::core::object::{Object, Ref};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::dict::Dict;
use crate::errors::{PyResult, Raised};
use crate::ops::join::join;
use crate::str::Str;
use crate::traceback::Traceback;
use crate::tuple::Tuple;
use crate::types::{NativeLayout, Slots, Type, static_class, type_flag};
use crate::{Heap, Vm, names};

static_class! {
    /// `BaseException`.
    pub BASE_EXCEPTION: BaseException = {
        name: "BaseException",
        doc: "Common base class for all exceptions",
        layout: &EXCEPTION_LAYOUT,
        flags: type_flag::BASE_TYPE | type_flag::HAS_DICT,
        members: BaseException::PY_MEMBERS,
        slots: Slots::new().with_new(new).with_init(init).with_repr(repr).with_str(str),
    }
}
static EXCEPTION_LAYOUT: NativeLayout = NativeLayout::of::<BaseException>();

/// The exception that the slot or method of an exception class was called for.
pub(super) fn exception(value: &Value) -> &Object<BaseException> {
    value.downcast::<BaseException>().expect("the slot belongs to exceptions")
}

/// `BaseException.__new__`: keywords are the business of `__init__`.
pub(super) fn new(vm: &mut Vm, class: &Object<Type>, args: Args<'_>) -> PyResult {
    let args = vm.try_tuple(args.iter().map(|value| value.to_owned()))?;
    Ok(vm.alloc_exception(class, BaseException::new(args)).into())
}

/// `BaseException.__init__`.
pub(super) fn init(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    let name = vm.type_name(this);
    refuse_keywords(vm, &name, args)?;
    set_args(vm, this, args)?;
    Ok(())
}

/// Makes the positional arguments the exception's `args`, and sets the fields that follow from them.
pub(super) fn set_args(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult<Ref<Tuple>> {
    let exception = exception(this);
    let mut tuple = exception.args(vm);
    let same = tuple.len() == args.len() && tuple.as_slice().iter().zip(args.iter()).all(|(known, given)| known.is(&given));
    if !same {
        tuple = vm.try_tuple(args.iter().map(|value| value.to_owned()))?;
        let old = exception.args.replace(tuple.clone(), vm);
        vm.release(old.into());
    }
    if let Some(maker) = maker(this.ty()) {
        (maker.adopt)(this, &tuple, vm);
    }
    Ok(tuple)
}

/// `BaseException.__repr__`: the class's name and the arguments.
pub(super) fn repr(vm: &mut Vm, this: &Value) -> PyResult {
    let args = exception(this).args(vm);
    let name = this.ty().short_name().to_owned();
    let text = match args.as_slice() {
        [only] => {
            let only = vm.repr(only)?;
            join!(vm, &name, "(", &only, ")")
        }
        _ => {
            let all = vm.repr(&args.clone().into())?;
            join!(vm, &name, &all)
        }
    };
    Ok(text?.into())
}

/// `BaseException.__str__`: the only argument, or all.
pub(super) fn str(vm: &mut Vm, this: &Value) -> PyResult {
    let args = exception(this).args(vm);
    match args.as_slice() {
        [] => Ok(vm.new_str("").into()),
        [only] => Ok(vm.str(only)?.into()),
        _ => Ok(vm.str(&args.clone().into())?.into()),
    }
}

fn cannot_delete(vm: &mut Vm, name: &str) -> Raised {
    vm.type_error(format_args!("{name} may not be deleted"))
}

/// The exception, or `None`, that `__context__` or `__cause__` is set to.
fn linked(vm: &mut Vm, value: Option<&Value>, name: &str, word: &str) -> PyResult<Option<Ref<BaseException>>> {
    let Some(value) = value else {
        return Err(cannot_delete(vm, name));
    };
    if value.is_none() {
        return Ok(None);
    }
    match value.downcast::<BaseException>() {
        Some(exception) => Ok(Some(exception.to_ref())),
        None => Err(vm.type_error(format_args!("exception {word} must be None or derive from BaseException"))),
    }
}

#[pymethods]
impl BaseException {
    #[text_signature = "($self, /)"]
    fn __reduce__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let (value, args) = (this.to_value(), this.args(vm));
        let mut parts = vec![value.ty().to_value(), args.into()];
        parts.extend(attributes(vm, &value)?.map(Value::from));
        Ok(vm.new_tuple(parts).into())
    }

    #[text_signature = "($self, state, /)"]
    fn __setstate__(this: &Object<Self>, vm: &mut Vm, state: &Value) -> PyResult<()> {
        if state.is_none() {
            return Ok(());
        }
        let Some(state) = state.downcast::<Dict>() else {
            return Err(vm.type_error(format_args!("state is not a dictionary")));
        };
        let this = this.to_value();
        let items: Vec<(Value, Value)> = state.entries(vm).map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        for (key, value) in items {
            let key = vm.attribute_name(&key)?;
            vm.setattr(&this, &key, &value)?;
        }
        Ok(())
    }

    /// Set self.__traceback__ to tb and return self.
    #[signature = "(tb, /)"]
    fn with_traceback(this: &Object<Self>, vm: &mut Vm, tb: &Value) -> PyResult {
        this.replace_traceback(vm, Some(tb))?;
        Ok(this.to_value())
    }

    /// Add a note to the exception
    #[signature = "(note, /)"]
    fn add_note(this: &Object<Self>, vm: &mut Vm, note: &Object<Str>) -> PyResult<()> {
        this.append_note(vm, note.to_value())
    }

    #[getter(args)]
    fn args_attribute(&self, heap: &Heap) -> Ref<Tuple> {
        self.args.get(heap)
    }

    #[setter(args)]
    fn set_args_attribute(&self, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let Some(value) = value else {
            return Err(cannot_delete(vm, "args"));
        };
        let args = vm.tuple_of(value)?;
        let old = self.args.replace(args, vm);
        vm.release(old.into());
        Ok(())
    }

    #[getter]
    fn __traceback__(&self, heap: &Heap) -> Option<Value> {
        self.traceback.get(heap)
    }

    #[setter(__traceback__)]
    fn set_traceback_attribute(this: &Object<Self>, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        this.replace_traceback(vm, value)
    }

    #[getter]
    fn __context__(&self, heap: &Heap) -> Option<Ref<BaseException>> {
        self.context.get(heap)
    }

    #[setter(__context__)]
    fn set_context_attribute(&self, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let context = linked(vm, value, "__context__", "context")?;
        self.set_context(context, vm);
        Ok(())
    }

    #[getter]
    fn __cause__(&self, heap: &Heap) -> Option<Ref<BaseException>> {
        self.cause.get(heap)
    }

    #[setter(__cause__)]
    fn set_cause_attribute(&self, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let cause = linked(vm, value, "__cause__", "cause")?;
        self.set_cause(cause, vm);
        Ok(())
    }

    #[member]
    fn __suppress_context__(&self, heap: &Heap) -> bool {
        self.suppress_context.get(heap)
    }

    #[setter(__suppress_context__)]
    fn set_suppress_context(&self, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        match value {
            Some(value) if value.is_true() || value.is_false() => self.suppress_context.set(value.is_true(), vm),
            Some(_) => return Err(vm.type_error(format_args!("attribute value type must be bool"))),
            None => return Err(vm.type_error(format_args!("can't delete numeric/char attribute"))),
        }
        Ok(())
    }
}

impl Object<BaseException> {
    fn replace_traceback(&self, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let traceback = match value {
            None => return Err(cannot_delete(vm, "__traceback__")),
            Some(value) if value.is_none() => None,
            Some(value) if value.is_instance_of::<Traceback>() => Some(value.clone()),
            Some(_) => {
                return Err(vm.type_error(format_args!("__traceback__ must be a traceback or None")));
            }
        };
        if let Some(old) = self.traceback.replace(traceback, vm) {
            vm.release(old);
        }
        Ok(())
    }

    /// Puts a note behind those the exception has (`__notes__`).
    fn append_note(&self, vm: &mut Vm, note: Value) -> PyResult<()> {
        let this = self.to_value();
        let notes = match vm.find_attr(&this, &names::__notes__)? {
            Some(notes) => notes,
            None => {
                let notes: Value = vm.new_list().into();
                vm.setattr(&this, &names::__notes__, &notes)?;
                notes
            }
        };
        match notes.downcast::<crate::list::List>() {
            Some(notes) => Ok(notes.push(note, vm)?),
            None => Err(vm.type_error(format_args!("Cannot add note: __notes__ is not a list"))),
        }
    }
}

impl Vm {
    /// Adds a note to an exception.
    pub fn add_note(&mut self, exception: &Object<BaseException>, note: &str) -> PyResult<()> {
        let note = self.new_str(note);
        exception.append_note(self, note.into())
    }
}
