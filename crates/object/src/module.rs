//! `module`. Its `__dict__` exists from the start and is never replaced; it lies where attributes of instances lie, so the
//! generic operations serve modules too, and caches compare the dict's version.

use pvm_macros::pymethods;

use crate::core::object::{Object, Ref};
use crate::core::slot::Args;
use crate::core::value::Value;
use crate::dict::Dict;
use crate::errors::{PyResult, Raised};
use crate::native::{GetSetDef, MemberDef};
use crate::ops::attribute::generic_find;
use crate::ops::join::join;
use crate::str::Str;
use crate::support::concat_members;
use crate::trace::{Trace, Visitor};
use crate::types::{NativeLayout, Slots, Type, instance, static_class, type_flag};
use crate::{Heap, Vm, names};

/// The native half of a module: nothing, its content is its dict.
pub struct Module(());

// SAFETY: it holds nothing; the dict is visited as the instance's attributes.
unsafe impl Trace for Module {
    fn trace(&self, _: &mut Visitor<'_>) {}
}

static_class! {
    /// `types.ModuleType`.
    pub MODULE_TYPE: Module = {
        name: "module",
        doc: "module(name, doc=None)\n--\n\nCreate a module object.\n\nThe name must be a string; the optional doc argument can have any type.",
        layout: &LAYOUT,
        flags: type_flag::BASE_TYPE | type_flag::HAS_DICT | type_flag::HAS_WEAKREFS,
        members: &MEMBERS,
        slots: Slots::new().with_getattr(getattr).with_new(new).with_all(Module::PY_SLOTS),
    }
}
static LAYOUT: NativeLayout = NativeLayout::of::<Module>();

static DICT: GetSetDef =
    GetSetDef { name: "__dict__", doc: None, get: |_, this| Ok(module(this).dict().to_value()), set: None, is_member: true };
static MEMBERS: [MemberDef; Module::PY_MEMBERS.len() + 1] = concat_members(&[Module::PY_MEMBERS, &[MemberDef::GetSet(&DICT)]]);

fn module(value: &Value) -> &Object<Module> {
    value.downcast::<Module>().expect("the slot belongs to modules")
}

impl Object<Module> {
    /// `__dict__`.
    #[inline]
    pub fn dict(&self) -> &Object<Dict> {
        // SAFETY: a module has its dict from the start, and nothing replaces it.
        unsafe { instance::fixed_dict(self.header()) }.expect("a module has its dict from the start")
    }

    /// `__name__`, where it is a string.
    pub fn name(&self, heap: &Heap) -> Option<Ref<Str>> {
        self.dict().get_str(&names::__name__, heap)?.downcast_into().ok()
    }

    fn set_basics(&self, heap: &mut Heap, name: Value, doc: Value) -> PyResult<()> {
        let dict = self.dict().to_ref();
        dict.set_str(&names::__name__, name, heap)?;
        dict.set_str(&names::__doc__, doc, heap)?;
        for name in [&names::__package__, &names::__loader__, &names::__spec__] {
            dict.set_str(name, Value::none(), heap)?;
        }
        Ok(())
    }
}

/// `module.__new__`: an empty dict; `__init__` fills it.
fn new(vm: &mut Vm, class: &Object<Type>, _args: Args<'_>) -> PyResult {
    Ok(vm.alloc_module(class).into())
}

#[pymethods]
impl Module {
    #[signature = "(name, doc=None)"]
    fn __init__(this: &Object<Self>, vm: &mut Vm, name: &Object<Str>, doc: Option<&Value>) -> PyResult<()> {
        let doc = doc.cloned().unwrap_or_else(Value::none);
        this.set_basics(vm, name.to_value(), doc)
    }

    fn __repr__(this: &Object<Self>, vm: &mut Vm) -> PyResult<Ref<Str>> {
        this.describe(vm)
    }

    /// __dir__() -> list
    /// specialized dir() implementation
    #[signature = "()"]
    fn __dir__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let dict = vm.getattr(&this.as_value(), &names::__dict__)?;
        let Some(dict) = dict.downcast::<Dict>() else {
            return Err(vm.type_error(format_args!("<module>.__dict__ is not a dictionary")));
        };
        match dict.get_str(&names::__dir__, vm) {
            Some(function) => vm.call(&function, &[]),
            None => Ok(vm.list_of(&dict.as_value())?.into()),
        }
    }

    #[getter]
    fn __annotations__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let dict = this.dict().to_ref();
        if let Some(known) = dict.get_str(&names::__annotations__, vm) {
            return Ok(known);
        }
        let annotations = match dict.get_str(&names::__annotate__, vm) {
            Some(annotate) => vm.annotations_by(&annotate)?,
            None => vm.new_dict().into(),
        };
        // While the module's code runs there may be more to come.
        if !this.is_initializing(vm) {
            dict.set_str(&names::__annotations__, annotations.clone(), vm)?;
        }
        Ok(annotations)
    }

    #[setter(__annotations__)]
    fn set_annotations(this: &Object<Self>, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let dict = this.dict().to_ref();
        match value {
            Some(value) => dict.set_str(&names::__annotations__, value.clone(), vm)?,
            None => {
                if dict.remove_str(&names::__annotations__, vm).is_none() {
                    return Err(vm.attribute_error(format_args!("__annotations__")));
                }
            }
        }
        drop(dict.remove_str(&names::__annotate__, vm));
        Ok(())
    }

    #[getter]
    fn __annotate__(this: &Object<Self>, vm: &mut Vm) -> PyResult {
        let dict = this.dict().to_ref();
        if let Some(annotate) = dict.get_str(&names::__annotate__, vm) {
            return Ok(annotate);
        }
        dict.set_str(&names::__annotate__, Value::none(), vm)?;
        Ok(Value::none())
    }

    #[setter(__annotate__)]
    fn set_annotate(this: &Object<Self>, vm: &mut Vm, value: Option<&Value>) -> PyResult<()> {
        let Some(value) = value else {
            return Err(vm.type_error(format_args!("cannot delete __annotate__ attribute")));
        };
        if !value.is_none() && value.ty().slots().call().is_none() {
            return Err(vm.type_error(format_args!("__annotate__ must be callable or None")));
        }
        let dict = this.dict().to_ref();
        dict.set_str(&names::__annotate__, value.clone(), vm)?;
        if !value.is_none() {
            drop(dict.remove_str(&names::__annotations__, vm));
        }
        Ok(())
    }
}

/// `module.__getattribute__`: the generic way, then the module's own `__getattr__` (PEP 562).
fn getattr(vm: &mut Vm, this: &Value, name: &Object<Str>) -> PyResult {
    if let Some(found) = generic_find(vm, this, name)? {
        return Ok(found);
    }
    match module(this).dict().get_str(&names::__getattr__, vm) {
        Some(function) => vm.call(&function, &[name.to_value()]),
        None => Err(missing_attribute(vm, module(this), name)),
    }
}

/// What the error for a missing attribute says of the reason (`_Py_module_getattro_impl`).
#[cold]
fn missing_attribute(vm: &mut Vm, this: &Object<Module>, name: &Object<Str>) -> Raised {
    let object = this.to_value();
    let Some(module_name) = this.name(vm) else {
        return vm.attribute_error_on(&object, name, format_args!("module has no attribute '{name}'"));
    };
    match explain_missing(vm, this, &module_name, name) {
        Ok(Some(message)) => vm.attribute_error_on(&object, name, format_args!("{message}")),
        Ok(None) => vm.attribute_error_on(&object, name, format_args!("module '{module_name}' has no attribute '{name}'")),
        Err(raised) => raised,
    }
}

fn explain_missing(
    vm: &mut Vm,
    this: &Object<Module>,
    module_name: &Object<Str>,
    name: &Object<Str>,
) -> PyResult<Option<String>> {
    let Some(spec) = this.dict().get_str(&names::__spec__, vm).filter(|spec| !spec.is_none()) else {
        return Ok(None);
    };
    let origin = vm.file_of_spec(&spec)?;
    let shadows = origin.as_ref().is_some_and(|origin| vm.may_shadow(origin));
    let text = format!("module '{module_name}' has no attribute '{name}'");
    if let Some(origin) = origin.as_ref().filter(|_| shadows)
        && vm.is_stdlib_name(module_name)?
    {
        return Ok(Some(format!(
            "{text} (consider renaming '{origin}' since it has the same name as the standard library module named \
             '{module_name}' and prevents importing that standard library module)"
        )));
    }
    if vm.spec_is_initializing(&spec)? {
        return Ok(Some(match origin {
            Some(origin) if shadows => {
                format!("{text} (consider renaming '{origin}' if it has the same name as a library you intended to import)")
            }
            Some(origin) => format!(
                "partially initialized module '{module_name}' from '{origin}' has no attribute '{name}' (most likely due to \
                 a circular import)"
            ),
            None => format!(
                "partially initialized module '{module_name}' has no attribute '{name}' (most likely due to a circular import)"
            ),
        }));
    }
    let uninitialized = match vm.find_attr(&spec, &names::_uninitialized_submodules)? {
        Some(names) if !names.is_none() => vm.contains(&names, &name.as_value())?,
        _ => false,
    };
    Ok(uninitialized
        .then(|| format!("cannot access submodule '{name}' of module '{module_name}' (most likely due to a circular import)")))
}

impl Vm {
    /// Whether the module that a spec describes is running its code for the first time.
    pub fn spec_is_initializing(&mut self, spec: &Value) -> PyResult<bool> {
        match self.find_attr(spec, &names::_initializing)? {
            Some(initializing) => self.truth(&initializing),
            None => Ok(false),
        }
    }

    /// The file a module came from, by its spec (`_PyModuleSpec_GetFileOrigin`).
    pub fn file_of_spec(&mut self, spec: &Value) -> PyResult<Option<Ref<Str>>> {
        let (has_location, origin) = (self.intern("has_location"), self.intern("origin"));
        let Some(has_location) = self.find_attr(spec, &has_location)? else {
            return Ok(None);
        };
        if !self.truth(&has_location)? {
            return Ok(None);
        }
        Ok(self.find_attr(spec, &origin)?.and_then(|origin| origin.downcast_into().ok()))
    }

    /// Whether a file lies in the directory of the program, where it hides modules of the same name further on
    /// (`_PyModule_IsPossiblyShadowing`).
    pub fn may_shadow(&self, origin: &Object<Str>) -> bool {
        let Some(first) = (self.hooks().first_path)(self) else {
            return false;
        };
        let origin = origin.to_string_lossy();
        let Some((mut directory, file)) = origin.rsplit_once('/') else {
            return false;
        };
        // The module of a package lies one step further up.
        if file == "__init__.py" {
            let Some((above, _)) = directory.rsplit_once('/') else {
                return false;
            };
            directory = above;
        }
        if first.is_empty() {
            return std::env::current_dir().is_ok_and(|current| current.as_os_str() == directory);
        }
        first == directory
    }

    /// Whether the standard library has a module of this name.
    pub fn is_stdlib_name(&mut self, name: &Object<Str>) -> PyResult<bool> {
        match self.sys_attr("stdlib_module_names")? {
            Some(names) if crate::set::any_set(&names).is_some() => self.contains(&names, &name.as_value()),
            _ => Ok(false),
        }
    }

    fn sys_attr(&mut self, name: &str) -> PyResult<Option<Value>> {
        let sys = self.import("sys")?;
        let name = self.intern(name);
        self.find_attr(&sys, &name)
    }
}

impl Object<Module> {
    fn is_initializing(&self, vm: &mut Vm) -> bool {
        let Some(spec) = self.dict().get_str(&names::__spec__, vm) else {
            return false;
        };
        // An error in asking is no error of who asked for annotations.
        match vm.spec_is_initializing(&spec) {
            Ok(initializing) => initializing,
            Err(raised) => {
                drop(vm.catch(raised));
                false
            }
        }
    }

    /// `repr`: the name and where the module came from (`importlib._bootstrap._module_repr`).
    fn describe(&self, vm: &mut Vm) -> PyResult<Ref<Str>> {
        let this = self.to_value();
        let loader = vm.find_attr(&this, &names::__loader__)?.filter(|loader| !loader.is_none());
        if let Some(spec) = vm.find_attr(&this, &names::__spec__)?
            && vm.truth(&spec)?
        {
            return describe_by_spec(vm, &spec);
        }
        let name = match vm.find_attr(&this, &names::__name__)? {
            Some(name) => vm.repr(&name)?,
            None => vm.new_str("'?'"),
        };
        match (vm.find_attr(&this, &names::__file__)?, loader) {
            (Some(file), _) => {
                let file = vm.repr(&file)?;
                join!(vm, "<module ", &name, " from ", &file, ">")
            }
            (None, Some(loader)) => {
                let loader = vm.repr(&loader)?;
                join!(vm, "<module ", &name, " (", &loader, ")>")
            }
            (None, None) => join!(vm, "<module ", &name, ">"),
        }
    }
}

fn describe_by_spec(vm: &mut Vm, spec: &Value) -> PyResult<Ref<Str>> {
    let attribute = |vm: &mut Vm, name: &str| {
        let name = vm.intern(name);
        vm.getattr(spec, &name)
    };
    let name = attribute(vm, "name")?;
    let name = if name.is_none() { vm.new_str("'?'") } else { vm.repr(&name)? };
    let origin = attribute(vm, "origin")?;
    if !origin.is_none() {
        let has_location = attribute(vm, "has_location")?;
        if vm.truth(&has_location)? {
            let origin = vm.repr(&origin)?;
            return join!(vm, "<module ", &name, " from ", &origin, ">");
        }
        let origin = vm.str(&origin)?;
        return join!(vm, "<module ", &name, " (", &origin, ")>");
    }
    let loader = attribute(vm, "loader")?;
    if loader.is_none() {
        return join!(vm, "<module ", &name, ">");
    }
    if loader.ty().name() == "NamespaceLoader" {
        let path = vm.intern("_path");
        if let Some(path) = vm.find_attr(&loader, &path)? {
            let path = vm.list_of(&path)?;
            let path = vm.repr(&path.into())?;
            return join!(vm, "<module ", &name, " (namespace) from ", &path, ">");
        }
    }
    let loader = vm.repr(&loader)?;
    join!(vm, "<module ", &name, " (", &loader, ")>")
}

impl Heap {
    fn alloc_module(&mut self, class: &Object<Type>) -> Ref<Module> {
        let module = self.alloc_as(class, Module(()));
        let dict = self.new_dict();
        instance::set_dict(self, module.header(), dict);
        module
    }

    /// A module with a name and a doc, and the other usual attributes as `None` (`PyModule_NewObject`).
    pub fn new_module(&mut self, name: &str, doc: Option<&str>) -> PyResult<Ref<Module>> {
        let module = self.alloc_module(MODULE_TYPE.get());
        let name = self.new_str(name).into();
        let doc = doc.map_or_else(Value::none, |doc| self.new_str(doc).into());
        module.set_basics(self, name, doc)?;
        Ok(module)
    }

    /// As [`Heap::new_module`], around a dict that exists.
    pub fn new_module_with_dict(&mut self, name: &str, doc: Option<&str>, dict: Ref<Dict>) -> PyResult<Ref<Module>> {
        let module = self.module_of_dict(dict);
        let name = self.new_str(name).into();
        let doc = doc.map_or_else(Value::none, |doc| self.new_str(doc).into());
        module.set_basics(self, name, doc)?;
        Ok(module)
    }

    /// A module around a dict that exists.
    pub fn module_of_dict(&mut self, dict: Ref<Dict>) -> Ref<Module> {
        let module = self.alloc_as(MODULE_TYPE.get(), Module(()));
        instance::set_dict(self, module.header(), dict);
        module
    }
}
