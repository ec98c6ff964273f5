//! `SyntaxError`: what is wrong with a source text, and where.

use super::fields::{exception_class, object_field, refuse_keywords};
use super::{BaseException, EXCEPTION, ExceptionFields, base};
use crate::core::cell::HeapCell;
use crate::core::object::{Object, Ref, Static};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::errors::PyResult;
use crate::int::IntView;
use crate::ops::join::join;
use crate::str::Str;
use crate::tuple::Tuple;
use crate::types::{Slots, Type};
use crate::{Heap, Vm};

/// The native half of a `SyntaxError`.
#[derive(pvm_macros::Trace)]
#[repr(C)]
pub struct SyntaxError {
    base: BaseException,
    msg: HeapCell<Option<Value>>,
    filename: HeapCell<Option<Value>>,
    lineno: HeapCell<Option<Value>>,
    offset: HeapCell<Option<Value>>,
    text: HeapCell<Option<Value>>,
    end_lineno: HeapCell<Option<Value>>,
    end_offset: HeapCell<Option<Value>>,
    print_file_and_line: HeapCell<Option<Value>>,
    metadata: HeapCell<Option<Value>>,
}

exception_class! {
    /// `SyntaxError`.
    pub SYNTAX_ERROR: SyntaxError = "SyntaxError", "Invalid syntax." {
        base: EXCEPTION,
        members: [&[
            object_field!(SyntaxError, msg, "msg", "exception msg"),
            object_field!(SyntaxError, filename, "filename", "exception filename"),
            object_field!(SyntaxError, lineno, "lineno", "exception lineno"),
            object_field!(SyntaxError, offset, "offset", "exception offset"),
            object_field!(SyntaxError, text, "text", "exception text"),
            object_field!(SyntaxError, end_lineno, "end_lineno", "exception end lineno"),
            object_field!(SyntaxError, end_offset, "end_offset", "exception end offset"),
            object_field!(SyntaxError, print_file_and_line, "print_file_and_line", "exception print_file_and_line"),
            object_field!(SyntaxError, metadata, "_metadata", "exception private metadata")
        ]],
        slots: Slots::new().with_init(init).with_str(str),
    }
}

impl ExceptionFields for SyntaxError {
    fn with(base: BaseException) -> SyntaxError {
        let empty = || HeapCell::new(None);
        SyntaxError {
            base,
            msg: empty(),
            filename: empty(),
            lineno: empty(),
            offset: empty(),
            text: empty(),
            end_lineno: empty(),
            end_offset: empty(),
            print_file_and_line: empty(),
            metadata: empty(),
        }
    }

    fn adopt(&self, args: &Object<Tuple>, heap: &mut Heap) {
        if let Some(msg) = args.as_slice().first() {
            self.msg.set(Some(msg.clone()), heap);
        }
    }
}

impl SyntaxError {
    /// The fields that the second argument sets, in its order; the last three may be missing.
    fn place_fields(&self) -> [&HeapCell<Option<Value>>; 7] {
        [&self.filename, &self.lineno, &self.offset, &self.text, &self.end_lineno, &self.end_offset, &self.metadata]
    }
}

fn syntax_error(value: &Value) -> &Object<SyntaxError> {
    value.downcast::<SyntaxError>().expect("the slot belongs to syntax errors")
}

fn init(vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult<()> {
    let name = vm.type_name(this);
    refuse_keywords(vm, &name, args)?;
    let args = base::set_args(vm, this, args)?;
    let [_, place] = args.as_slice() else {
        return Ok(());
    };
    let place = vm.tuple_of(place)?;
    let given = place.len();
    if !(4..=7).contains(&given) {
        let (bound, wanted) = if given < 4 { ("at least", 4) } else { ("at most", 7) };
        return Err(vm.type_error(format_args!("function takes {bound} {wanted} arguments ({given} given)")));
    }
    for (index, field) in syntax_error(this).place_fields().into_iter().enumerate() {
        let value = place.as_slice().get(index);
        // Metadata that an earlier call set stay.
        if value.is_some() || index < 6 {
            field.set(value.cloned(), vm);
        }
    }
    if given == 5 {
        return Err(vm.type_error(format_args!("end_offset must be provided when end_lineno is provided")));
    }
    Ok(())
}

/// The message with the last part of the file's name and the line, where they are known.
fn str(vm: &mut Vm, this: &Value) -> PyResult {
    let error = syntax_error(this);
    let msg = error.msg.get(vm).unwrap_or_else(Value::none);
    let (filename, lineno) = (error.filename.get(vm), error.lineno.get(vm));
    let msg = vm.str(&msg)?;
    let filename = match filename.as_ref().and_then(|name| name.downcast::<Str>()) {
        Some(name) => Some(last_part(vm, name)?),
        None => None,
    };
    let lineno = lineno.filter(|line| std::ptr::eq(line.ty(), crate::int::INT_TYPE.get()));
    let lineno = lineno.as_ref().and_then(|line| line.as_int()).map(|line| match line {
        IntView::Small(line) => line.to_string(),
        IntView::Big(_) => "-1".to_owned(),
    });
    let text = match (&filename, &lineno) {
        (None, None) => return Ok(msg.into()),
        (Some(filename), Some(line)) => join!(vm, &msg, " (", filename, ", line ", line, ")")?,
        (Some(filename), None) => join!(vm, &msg, " (", filename, ")")?,
        (None, Some(line)) => join!(vm, &msg, " (line ", line, ")")?,
    };
    Ok(text.into())
}

fn last_part(vm: &mut Vm, path: &Object<Str>) -> PyResult<Ref<Str>> {
    let view = path.view();
    let start = view.code_points().enumerate().rfind(|&(_, point)| point == u32::from('/')).map_or(0, |(index, _)| index + 1);
    Ok(vm.try_str_from_view(view.slice_from(start))?)
}

/// Where in a source text an error is.
pub struct SyntaxErrorPlace {
    /// The file's name, or `None`.
    pub filename: Value,
    /// The line, from one.
    pub lineno: Value,
    /// The character in the line, from one.
    pub offset: Value,
    /// The line's text, or `None`.
    pub text: Value,
    /// The line where the wrong part ends.
    pub end_lineno: Value,
    /// The character behind it.
    pub end_offset: Value,
}

impl Heap {
    /// A `SyntaxError`, or a class below it, as `class(message, (filename, lineno, …))` makes it.
    pub fn new_syntax_error(
        &mut self,
        class: &'static Static<Type>,
        message: Value,
        place: SyntaxErrorPlace,
    ) -> Ref<BaseException> {
        let SyntaxErrorPlace { filename, lineno, offset, text, end_lineno, end_offset } = place;
        let place = self.new_tuple(vec![filename, lineno, offset, text, end_lineno, end_offset]);
        let exception = self.new_exception(class, vec![message, place.clone().into()]);
        if let Some(error) = exception.as_value().downcast::<SyntaxError>() {
            for (field, value) in error.place_fields().into_iter().zip(place.as_slice()) {
                field.set(Some(value.clone()), self);
            }
        }
        exception
    }
}
