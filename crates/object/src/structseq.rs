//! Struct sequences: tuples whose items have names (`Objects/structseq.c`). `os.stat_result`, `time.struct_time` and others
//! are declared with [`struct_sequence!`](crate::struct_sequence). Fields behind the visible ones are attributes only.

use crate::core::object::{Object, Ref};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::dict::Dict;
use crate::errors::{PyResult, Raised};
use crate::native::{GetSetDef, MemberDef};
use crate::str::Str;
use crate::tuple::Tuple;
use crate::types::Type;
use crate::{Heap, Vm};

#[doc(hidden)]
pub use crate::tuple::hidden::hidden_layout as layout_of;

/// One field.
#[derive(Clone, Copy)]
pub struct Field {
    /// Its name; one without is an item of the tuple only.
    pub name: Option<&'static str>,
    /// `__doc__` of the attribute.
    pub doc: Option<&'static str>,
}

/// A struct sequence's class and fields.
pub struct StructSequence {
    /// The class.
    pub class: &'static crate::Static<Type>,
    /// All fields in their order.
    pub fields: &'static [Field],
    /// How many of them are items of the tuple.
    pub visible: usize,
    /// Fills in what a program left out when it called the class: hidden fields without a value are none.
    pub complete: fn(&mut [Option<Value>]),
    /// Makes the class take its fields as arguments of their own rather than as one sequence.
    pub constructor: Option<fn(&mut Vm, Args<'_>) -> PyResult>,
}

/// The most fields a struct sequence may have.
pub const MOST_FIELDS: usize = 32;

type Getter = fn(&mut Vm, &Value) -> PyResult;

fn field<const INDEX: usize>(_: &mut Vm, this: &Value) -> PyResult {
    let tuple = this.downcast::<Tuple>().expect("the descriptor has checked the class");
    Ok(tuple.all_items()[INDEX].clone())
}

macro_rules! getters {
    ($($index:literal)*) => { [$(field::<$index>),*] };
}
static GETTERS: [Getter; MOST_FIELDS] = getters!(
    0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31
);

/// The attributes of the fields, `N` of them with a name.
#[doc(hidden)]
pub const fn attributes<const N: usize>(fields: &[Field]) -> [GetSetDef; N] {
    const EMPTY: GetSetDef = GetSetDef { name: "", doc: None, get: field::<0>, set: None, is_member: true };
    let mut attributes = [const { EMPTY }; N];
    let (mut index, mut filled) = (0, 0);
    while index < fields.len() {
        if let Some(name) = fields[index].name {
            attributes[filled] = GetSetDef { name, doc: fields[index].doc, get: GETTERS[index], set: None, is_member: true };
            filled += 1;
        }
        index += 1;
    }
    attributes
}

/// The members of a class: those of `fixed`, and the attributes.
#[doc(hidden)]
pub const fn members<const N: usize, const M: usize>(fixed: [MemberDef; M], attributes: &'static [GetSetDef]) -> [MemberDef; N] {
    let mut members = [fixed[0]; N];
    let mut index = 0;
    while index < N {
        members[index] = if index < M { fixed[index] } else { MemberDef::GetSet(&attributes[index - M]) };
        index += 1;
    }
    members
}

/// How many fields have a name.
#[doc(hidden)]
pub const fn named(fields: &[Field]) -> usize {
    let (mut index, mut count) = (0, 0);
    while index < fields.len() {
        count += fields[index].name.is_some() as usize;
        index += 1;
    }
    count
}

impl StructSequence {
    fn unnamed(&self) -> usize {
        self.fields.iter().filter(|field| field.name.is_none()).count()
    }

    fn names(&self) -> impl Iterator<Item = &'static str> {
        self.fields.iter().filter_map(|field| field.name)
    }

    /// An instance with a value for each field, hidden ones included.
    pub fn make(&self, heap: &mut Heap, items: Vec<Value>) -> PyResult<Ref<Tuple>> {
        assert!(items.len() == self.fields.len());
        Ok(heap.try_tuple_with_hidden(self.class, self.visible, items)?)
    }

    /// The fields of an instance that are no items of the tuple.
    pub fn hidden<'a>(&self, instance: &'a Object<Tuple>) -> &'a [Value] {
        instance.all_items().get(self.visible..).unwrap_or_default()
    }

    fn name(&self, vm: &Vm) -> String {
        self.class.full_name(vm)
    }

    /// `__new__(sequence, dict={})`.
    #[doc(hidden)]
    pub fn construct(&self, vm: &mut Vm, args: Args<'_>) -> PyResult {
        if let Some(constructor) = self.constructor {
            return constructor(vm, args);
        }
        let given = args.len() + args.keywords().len();
        if given > 2 {
            return Err(vm.type_error(format_args!("structseq() takes at most 2 arguments ({given} given)")));
        }
        let Some(sequence) = args.get(0).or_else(|| args.keyword("sequence")) else {
            return Err(vm.type_error(format_args!("structseq() missing required argument 'sequence' (pos 1)")));
        };
        let dict = args.get(1).or_else(|| args.keyword("dict"));
        let items = vm.collect_or(&sequence, "constructor requires a sequence")?;
        let name = self.name(vm);
        let dict = match dict.as_ref() {
            None => None,
            Some(dict) => match dict.downcast::<Dict>() {
                Some(dict) => Some(dict),
                None => {
                    return Err(vm.type_error(format_args!("{name}() takes a dict as second arg, if any")));
                }
            },
        };
        let (given, least, most) = (items.len(), self.visible, self.fields.len());
        if given < least || given > most {
            let (bound, wanted) = match (least == most, given < least) {
                (true, _) => ("a ", least),
                (false, true) => ("an at least ", least),
                (false, false) => ("an at most ", most),
            };
            return Err(vm.type_error(format_args!("{name}() takes {bound}{wanted}-sequence ({given}-sequence given)")));
        }
        let mut values: Vec<Option<Value>> = items.into_iter().map(Some).collect();
        let mut used = 0;
        for field in &self.fields[given..] {
            let value = match (dict, field.name) {
                (Some(dict), Some(field)) => {
                    let key = vm.intern(field);
                    dict.get_str(&key, vm)
                }
                _ => None,
            };
            used += usize::from(value.is_some());
            values.push(value);
        }
        if dict.is_some_and(|dict| dict.len(vm) > used) {
            return Err(self.unexpected(vm));
        }
        (self.complete)(&mut values);
        let values = values.into_iter().map(|value| value.unwrap_or_else(Value::none)).collect();
        Ok(self.make(vm, values)?.into())
    }

    #[cold]
    fn unexpected(&self, vm: &mut Vm) -> Raised {
        let name = self.name(vm);
        vm.type_error(format_args!("{name}() got duplicate or unexpected field name(s)"))
    }

    /// `__repr__`: the visible items, under the names in the order of the attributes.
    #[doc(hidden)]
    pub fn repr(&self, vm: &mut Vm, this: &Value) -> PyResult {
        let tuple = tuple_of(this);
        let mut text = crate::text::TextBuilder::new();
        text.push_str(&self.name(vm));
        text.push_str("(");
        for (index, (item, name)) in tuple.as_slice().iter().zip(self.names()).enumerate() {
            if index > 0 {
                text.push_str(", ");
            }
            text.push_str(name);
            text.push_str("=");
            let repr = vm.repr(item)?;
            text.push_view(repr.view());
        }
        text.push_str(")");
        Ok(vm.str_from_builder(text)?.into())
    }

    /// `__reduce__`: the class, the visible items, and a dict of the rest.
    #[doc(hidden)]
    pub fn reduce(&self, vm: &mut Vm, this: &Value) -> PyResult {
        let tuple = tuple_of(this);
        let visible = vm.new_tuple(tuple.as_slice().to_vec());
        if self.constructor.is_some() {
            return Ok(vm.new_tuple(vec![self.class.to_value(), visible.into()]).into());
        }
        let rest = vm.new_dict();
        for (field, value) in self.fields.iter().zip(tuple.all_items()).skip(self.visible) {
            if let Some(name) = field.name {
                let name = vm.intern(name);
                rest.set_str(&name, value.clone(), vm)?;
            }
        }
        let arguments = vm.new_tuple(vec![visible.into(), rest.into()]);
        Ok(vm.new_tuple(vec![self.class.to_value(), arguments.into()]).into())
    }

    /// `__replace__(**changes)`.
    #[doc(hidden)]
    pub fn replaced(&self, vm: &mut Vm, this: &Value, args: Args<'_>) -> PyResult {
        if args.get(0).is_some() {
            return Err(vm.type_error(format_args!("__replace__() takes no positional arguments")));
        }
        if self.unnamed() > 0 {
            let name = self.name(vm);
            return Err(vm.type_error(format_args!("__replace__() is not supported for {name} because it has unnamed field(s)")));
        }
        let mut items = tuple_of(this).all_items().to_vec();
        let mut unexpected: Vec<Value> = Vec::new();
        for (name, value) in args.keywords() {
            match self.fields.iter().position(|field| field.name.is_some_and(|field| name.is_str(field))) {
                Some(index) => items[index] = value.to_owned(),
                None => unexpected.push(name.to_value()),
            }
        }
        if !unexpected.is_empty() {
            let list = vm.try_list(unexpected)?;
            let repr = vm.repr(&list.into())?;
            return Err(vm.type_error(format_args!("Got unexpected field name(s): {repr}")));
        }
        Ok(self.make(vm, items)?.into())
    }

    /// `__match_args__`: the names of the visible fields.
    #[doc(hidden)]
    pub fn match_args(&self, heap: &mut Heap) -> PyResult {
        let names: Vec<Value> =
            self.fields[..self.visible].iter().filter_map(|field| field.name).map(|name| heap.intern(name).into()).collect();
        Ok(heap.new_tuple(names).into())
    }

    /// How many fields have no name.
    #[doc(hidden)]
    pub fn unnamed_fields(&self) -> i32 {
        self.unnamed() as i32
    }
}

fn tuple_of(this: &Value) -> &Object<Tuple> {
    this.downcast::<Tuple>().expect("the method belongs to struct sequences")
}

/// The name under which a field's text is kept; for callers that look fields up.
pub fn position(sequence: &StructSequence, name: &Object<Str>) -> Option<usize> {
    sequence.fields.iter().position(|field| field.name.is_some_and(|field| name.is_str(field)))
}

/// Declares a struct sequence: a [`StructSequence`] and its class. `_` stands for a field without a name.
///
/// ```ignore
/// struct_sequence! {
///     /// Result of `os.times`.
///     pub TIMES_RESULT = "times_result" in "posix", visible: 5, {
///         user: "user time",
///         system: "system time",
///     }
/// }
/// ```
#[macro_export]
macro_rules! struct_sequence {
    (@name _) => { None };
    (@name $name:ident) => { Some(stringify!($name)) };
    (
        $(#[doc = $doc:literal])*
        $vis:vis $id:ident = $python:literal in $module:literal, visible: $visible:expr, $(complete: $complete:expr,)? $(constructor: $constructor:expr,)? {
            $($field:tt: $text:expr),* $(,)?
        }
    ) => {
        #[doc = concat!("The struct sequence `", $module, ".", $python, "`.")]
        $vis static $id: $crate::structseq::StructSequence = {
            use $crate::native::{ConstDef, DirectEntries, Effects, GetSetDef, MemberDef, MethodDef, MethodKind};
            use $crate::structseq::{Field, attributes, layout_of, members, named};

            const FIELDS: &[Field] = &[$(Field { name: $crate::struct_sequence!(@name $field), doc: $text }),*];
            const NAMED: usize = named(FIELDS);
            static ATTRIBUTES: [GetSetDef; NAMED] = attributes::<NAMED>(FIELDS);
            static REDUCE: MethodDef = MethodDef {
                name: "__reduce__",
                doc: Some("__reduce__($self, /)\n--\n\n"),
                kind: MethodKind::Instance,
                call: |vm, this, _| $id.reduce(vm, this),
                direct: DirectEntries { zero: None, one: None, two: None },
                effects: Effects::Anything,
            };
            static REPLACE: MethodDef = MethodDef {
                name: "__replace__",
                doc: Some("__replace__($self, /, **changes)\n--\n\nReturn a copy with new values for the fields that are named."),
                kind: MethodKind::Instance,
                call: |vm, this, args| $id.replaced(vm, this, args),
                direct: DirectEntries { zero: None, one: None, two: None },
                effects: Effects::Anything,
            };
            static VISIBLE: ConstDef =
                ConstDef { name: "n_sequence_fields", value: |_| Ok($crate::Value::from_i32($id.visible as i32)) };
            static TOTAL: ConstDef =
                ConstDef { name: "n_fields", value: |_| Ok($crate::Value::from_i32(FIELDS.len() as i32)) };
            static UNNAMED: ConstDef =
                ConstDef { name: "n_unnamed_fields", value: |_| Ok($crate::Value::from_i32($id.unnamed_fields())) };
            static MATCH_ARGS: ConstDef = ConstDef { name: "__match_args__", value: |heap| $id.match_args(heap) };
            const FIXED: [MemberDef; 6] = [
                MemberDef::Method(&REDUCE),
                MemberDef::Method(&REPLACE),
                MemberDef::Const(&VISIBLE),
                MemberDef::Const(&TOTAL),
                MemberDef::Const(&UNNAMED),
                MemberDef::Const(&MATCH_ARGS),
            ];
            static MEMBERS: [MemberDef; NAMED + 6] = members::<{ NAMED + 6 }, 6>(FIXED, &ATTRIBUTES);
            static LAYOUT: $crate::types::NativeLayout = layout_of::<{ FIELDS.len() }>();
            static DEFINITION: $crate::types::TypeDef = $crate::types::TypeDef {
                name: $python,
                module: $module,
                full_name: concat!($module, ".", $python),
                doc: Some(concat!($($doc, "\n"),*)),
                base: Some(&$crate::tuple::TUPLE_TYPE),
                also: None,
                members: &MEMBERS,
                flags: 0,
            };
            static CLASS: $crate::Static<$crate::Type> = $crate::Static::new_class_like(
                &DEFINITION,
                &LAYOUT,
                &raw const $crate::tuple::TUPLE_TYPE,
                $crate::types::Slots::new()
                    .with_new(|vm, _, args| $id.construct(vm, args))
                    .with_repr(|vm, this| $id.repr(vm, this)),
            );
            const _: () = assert!(FIELDS.len() <= $crate::structseq::MOST_FIELDS && $visible <= FIELDS.len());
            #[allow(unused_mut, unused_assignments)]
            const COMPLETE: fn(&mut [Option<$crate::Value>]) = {
                let mut complete: fn(&mut [Option<$crate::Value>]) = |_| {};
                $(complete = $complete;)?
                complete
            };
            #[allow(unused_mut, unused_assignments)]
            const CONSTRUCTOR: Option<fn(&mut $crate::Vm, $crate::Args<'_>) -> $crate::PyResult> = {
                let mut constructor: Option<fn(&mut $crate::Vm, $crate::Args<'_>) -> $crate::PyResult> = None;
                $(constructor = Some($constructor);)?
                constructor
            };
            $crate::structseq::StructSequence { class: &CLASS, fields: FIELDS, visible: $visible, complete: COMPLETE, constructor: CONSTRUCTOR }
        };
    };
}

#[cfg(test)]
mod tests {
    use crate::isolate::testing::with_vm;
    use crate::{Args, Value, Vm};

    struct_sequence! {
        /// A point
        /// of sorts.
        POINT = "point" in "shapes", visible: 3, complete: |items| {
            if items[3].is_none() {
                items[3] = items[2].clone();
            }
        }, {
            x: Some("first"),
            y: None,
            _: None,
            z: Some("hidden"),
        }
    }

    fn text(vm: &mut Vm, result: crate::PyResult) -> String {
        match result {
            Ok(value) => vm.repr(&value).unwrap().to_string(),
            Err(raised) => {
                let exception = vm.catch(raised);
                vm.str(&exception.to_value()).unwrap().to_string()
            }
        }
    }

    #[test]
    fn items_have_names() {
        with_vm(|vm| {
            let items: Vec<Value> = (1..=3).map(Value::from_i32).collect();
            let tuple = vm.new_tuple(items).into();
            let point = vm.call(&POINT.class.to_value(), &[tuple]).unwrap();
            assert_eq!(text(vm, Ok(point.clone())), "shapes.point(x=1, y=2, z=3)");
            let z = vm.intern("z");
            let result = vm.getattr(&point, &z);
            assert_eq!(text(vm, result), "3");
            assert_eq!(vm.len(&point).unwrap(), 3);
            let result = POINT.reduce(vm, &point);
            assert_eq!(text(vm, result), "(<class 'shapes.point'>, ((1, 2, 3), {'z': 3}))");
            let result = POINT.replaced(vm, &point, Args::empty());
            assert_eq!(text(vm, result), "__replace__() is not supported for shapes.point because it has unnamed field(s)");
            let short = vm.new_tuple(vec![Value::none()]).into();
            let result = vm.call(&POINT.class.to_value(), &[short]);
            assert_eq!(text(vm, result), "shapes.point() takes an at least 3-sequence (1-sequence given)");
            let list = vm.new_list().to_value();
            let made = POINT.make(vm, vec![list.clone(), list.clone(), list.clone(), list.clone()]).unwrap();
            drop(made);
            vm.collect();
            assert_eq!(list.header().unwrap().count(), 1);
        });
    }
}
