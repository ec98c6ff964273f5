//! The node classes as objects: made of the grammar's table once per interpreter.

use pvm_macros::pyclass;
use pvm_object::str::Str;
use pvm_object::types::{TYPE_TYPE, Type};
use pvm_object::{Heap, HeapCell, Object, PyResult, Ref, Value, Vm, names};

use super::base::{self, AST_TYPE};
use super::nodes::{CLASSES, Class, ClassDef, Field, Place, Quantifier};

/// The classes of an interpreter.
#[pyclass(name = "_ast_state", module = "_ast", final)]
pub(super) struct AstState {
    /// By the numbers of [`Class`].
    classes: HeapCell<Vec<Ref<Type>>>,
    /// The instances of classes without fields, by the same numbers.
    singletons: HeapCell<Vec<Option<Value>>>,
    /// The names of each class's fields.
    fields: HeapCell<Vec<Vec<Ref<Str>>>>,
    /// `lineno`, `col_offset`, `end_lineno`, `end_col_offset`.
    attributes: HeapCell<Vec<Ref<Str>>>,
}

/// The names of the attributes that tell where a node stands.
pub(super) const ATTRIBUTES: [&str; 4] = ["lineno", "col_offset", "end_lineno", "end_col_offset"];

/// The classes, made at the first call.
pub(super) fn state(vm: &mut Vm) -> PyResult<Ref<AstState>> {
    let state = vm.module_state(|_: &mut Heap| AstState {
        classes: HeapCell::new(Vec::new()),
        singletons: HeapCell::new(Vec::new()),
        fields: HeapCell::new(Vec::new()),
        attributes: HeapCell::new(Vec::new()),
    });
    if state.classes.borrow(vm).is_empty() {
        make_all(vm, &state)?;
    }
    Ok(state)
}

impl AstState {
    pub(super) fn class(&self, class: Class, heap: &Heap) -> Ref<Type> {
        self.classes.borrow(heap)[class as usize].clone()
    }

    /// The one instance of a class without fields.
    pub(super) fn singleton(&self, class: Class, heap: &Heap) -> Value {
        let value = self.singletons.borrow(heap)[class as usize].clone();
        value.expect("the class has one instance")
    }

    pub(super) fn field(&self, class: Class, index: usize, heap: &Heap) -> Ref<Str> {
        self.fields.borrow(heap)[class as usize][index].clone()
    }

    pub(super) fn attribute(&self, index: usize, heap: &Heap) -> Ref<Str> {
        self.attributes.borrow(heap)[index].clone()
    }

    /// The class of the table that is exactly a value's.
    pub(super) fn exact_class(&self, value: &Value, heap: &Heap) -> Option<Class> {
        let class = value.ty();
        let place = self.classes.borrow(heap).iter().position(|known| std::ptr::eq(&**known, class))?;
        Some(CLASSES[place].class)
    }
}

fn make_all(vm: &mut Vm, state: &AstState) -> PyResult<()> {
    AST_TYPE.ready();
    prepare_base(vm)?;
    let attributes = ATTRIBUTES.map(|name| vm.intern(name));
    state.attributes.set(attributes.into(), vm);
    let mut classes: Vec<Ref<Type>> = Vec::new();
    let mut fields = Vec::new();
    for def in CLASSES {
        let base = match def.sum {
            Some(sum) => classes[sum as usize].clone(),
            None => AST_TYPE.get().to_ref(),
        };
        classes.push(make(vm, def, &base)?);
        fields.push(def.fields().map(|field| vm.intern(field.name)).collect());
    }
    for def in CLASSES.iter().filter(|def| def.fields.is_some()) {
        annotate(vm, def, &classes)?;
    }
    let mut singletons = Vec::new();
    for (def, class) in CLASSES.iter().zip(&classes) {
        singletons.push(def.is_singleton().then(|| base::make(vm, class).into()));
    }
    state.classes.set(classes, vm);
    state.singletons.set(singletons, vm);
    state.fields.set(fields, vm);
    Ok(())
}

fn name_tuple<'a>(vm: &mut Vm, names: impl Iterator<Item = &'a str>) -> Value {
    let names: Vec<Value> = names.map(|name| vm.intern(name).into()).collect();
    vm.new_tuple(names).into()
}

/// `AST` has no fields, which is said by attributes.
fn prepare_base(vm: &mut Vm) -> PyResult<()> {
    let class = AST_TYPE.to_value();
    for name in ["_fields", "__match_args__", "_attributes"] {
        let (name, empty) = (vm.intern(name), name_tuple(vm, std::iter::empty()));
        vm.setattr(&class, &name, &empty)?;
    }
    Ok(())
}

/// `type(name, (base,), …)`.
fn make(vm: &mut Vm, def: &ClassDef, base: &Object<Type>) -> PyResult<Ref<Type>> {
    let dict = base::class_dict(vm, "ast")?;
    let fields = name_tuple(vm, def.fields().map(|field| field.name));
    let doc = vm.new_str(&def.doc());
    let mut items = vec![("_fields", fields.clone()), ("__match_args__", fields), ("__doc__", doc.into())];
    // Products and sums say where their nodes stand; alternatives inherit it.
    if def.sum.is_none() {
        let attributes = if def.place == Place::Nothing { &[][..] } else { &ATTRIBUTES[..] };
        items.push(("_attributes", name_tuple(vm, attributes.iter().copied())));
        if def.place == Place::OptionalEnd {
            items.extend([("end_lineno", Value::none()), ("end_col_offset", Value::none())]);
        }
    }
    let optional = def.fields().filter(|field| field.quantifier == Quantifier::Optional);
    items.extend(optional.map(|field| (field.name, Value::none())));
    for (name, value) in items {
        let name = vm.intern(name);
        dict.set_str(&name, value, vm)?;
    }
    let (name, bases) = (vm.intern(def.name), vm.new_tuple(vec![base.to_value()]));
    let class = vm.call(&TYPE_TYPE.to_value(), &[name.into(), bases.into(), dict.into()])?;
    class.downcast_into().map_err(|_| vm.system_error(format_args!("type() made no class")))
}

/// `_field_types` and annotations of a class with fields.
fn annotate(vm: &mut Vm, def: &ClassDef, classes: &[Ref<Type>]) -> PyResult<()> {
    let types = vm.new_dict();
    for field in def.fields() {
        let ty = field_type(vm, &field, classes)?;
        let name = vm.intern(field.name);
        types.set_str(&name, ty, vm)?;
    }
    let class = classes[def.class as usize].to_value();
    let field_types = vm.intern("_field_types");
    vm.setattr(&class, &field_types, &types.to_value())?;
    let annotations = types.copy(vm)?;
    vm.setattr(&class, &names::__annotations__, &annotations.into())
}

fn field_type(vm: &mut Vm, field: &Field, classes: &[Ref<Type>]) -> PyResult {
    let ty: Value = match field.ty {
        "identifier" | "string" => pvm_object::str::STR_TYPE.to_value(),
        "int" => pvm_object::int::INT_TYPE.to_value(),
        "constant" => pvm_object::types::OBJECT_TYPE.to_value(),
        name => {
            let place = CLASSES.iter().position(|def| def.name == name);
            classes[place.expect("the grammar names its own classes")].to_value()
        }
    };
    let none = Value::none();
    match field.quantifier {
        Quantifier::One => Ok(ty),
        Quantifier::Optional => pvm_object::union::union_of(vm, &ty, &none),
        // That items may be `None` is not said.
        Quantifier::Many | Quantifier::ManyOptional => vm.generic_alias(&pvm_object::list::LIST_TYPE.to_value(), &ty),
    }
}
