//! Shapes (hidden classes): which attribute of an instance lies where.
//!
//! An object's header holds the number of its shape. A shape belongs to one class; when the class changes, its objects get
//! others as they are met, and the code that relies on the old ones is told at once ([`Hooks::shapes_outdated`](crate::hooks::Hooks::shapes_outdated)), so that one
//! compare of the number guards class, class version and layout. Numbers below
//! [`FIRST_DYNAMIC`] are the static classes' own: their instances have no attributes, and they never change.

use std::cell::{Cell, UnsafeCell};
use std::ptr::NonNull;

use super::Type;
use crate::core::object::{Object, Ref};
use crate::dict::template::{Template, Unfilled};
use crate::heap::OutOfMemory;
use crate::str::Str;

/// The first number of a shape that is made at run time.
pub const FIRST_DYNAMIC: u32 = 8192;
const LIMIT: u32 = 1 << 22;
/// The shape of all instances once the numbers are used up: attributes in a dict, never cached.
pub(crate) const UNSHAPED: ShapeId = FIRST_DYNAMIC - 1;
/// Instances with more attributes keep them in a dict.
pub const MOST_ATTRIBUTES: usize = 128;

/// The number of a shape; see the module's page.
pub type ShapeId = u32;

/// Where an instance keeps its attributes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// In the instance, at the positions the shape knows.
    Inline,
    /// In a dict of its own.
    Dict,
}

pub(crate) struct Shape {
    pub(crate) class: NonNull<Object<Type>>,
    pub(crate) kind: Kind,
    /// The shape without any attribute that it grew from.
    root: ShapeId,
    /// The shape without the last attribute.
    parent: ShapeId,
    /// The last attribute; none for a root.
    key: Option<Ref<Str>>,
    /// The number of attributes.
    pub(crate) len: u16,
    /// How many attributes lie in the object itself.
    pub(crate) inline: u16,
    /// Whether an inline cache may rely on it; false once the class has changed.
    pub(crate) valid: bool,
    children: Vec<(*const Object<Str>, ShapeId)>,
    /// The attributes' names as the keys of a `__dict__`, once one was asked for.
    template: Option<Box<Template>>,
}

const POSITIONS: usize = 1024;

/// What was found for a shape and a name. It stays true: a shape never changes, and it owns its names, so that no other
/// string can take the place of one.
#[derive(Clone, Copy)]
struct Position {
    shape: ShapeId,
    key: *const Object<Str>,
    found: Option<u16>,
}

/// All shapes of an interpreter.
pub(crate) struct ShapeTable {
    shapes: UnsafeCell<Vec<Option<Shape>>>,
    positions: Box<[Cell<Position>]>,
}

impl ShapeTable {
    pub(crate) fn new() -> ShapeTable {
        let nothing = Position { shape: 0, key: std::ptr::null(), found: None };
        ShapeTable { shapes: UnsafeCell::new(Vec::new()), positions: vec![Cell::new(nothing); POSITIONS].into() }
    }

    #[allow(clippy::mut_from_ref)]
    fn shapes(&self) -> &mut Vec<Option<Shape>> {
        // SAFETY: each borrow ends within a method of this table, and none calls out.
        unsafe { &mut *self.shapes.get() }
    }

    fn add(&self, shape: Shape) -> Option<ShapeId> {
        let id = FIRST_DYNAMIC + self.shapes().len() as u32;
        if id >= LIMIT {
            return None;
        }
        self.shapes().push(Some(shape));
        Some(id)
    }

    /// A copy of what is fixed in a shape; `None` for a static class's.
    #[inline]
    pub(crate) fn info(&self, id: ShapeId) -> Option<ShapeInfo> {
        let shape = self.shapes().get(id.checked_sub(FIRST_DYNAMIC)? as usize)?.as_ref()?;
        Some(ShapeInfo { kind: shape.kind, len: shape.len, inline: shape.inline, valid: shape.valid })
    }

    /// The root of a class's shapes: no attributes, room for `inline` in the object.
    pub(crate) fn new_root(&self, class: &Object<Type>, kind: Kind, inline: u16) -> Option<ShapeId> {
        self.add(Shape {
            class: NonNull::from(class),
            kind,
            root: FIRST_DYNAMIC + self.shapes().len() as u32,
            parent: 0,
            key: None,
            len: 0,
            inline,
            valid: true,
            children: Vec::new(),
            template: None,
        })
    }

    /// The position of an attribute.
    #[inline]
    pub(crate) fn find(&self, id: ShapeId, key: &Object<Str>) -> Option<usize> {
        let entry = &self.positions[((id as usize * 31) ^ (key.address() >> 4)) % POSITIONS];
        let known = entry.get();
        if known.shape == id && std::ptr::eq(known.key, key) {
            return known.found.map(usize::from);
        }
        let found = self.search(id, key);
        entry.set(Position { shape: id, key, found });
        found.map(usize::from)
    }

    fn search(&self, id: ShapeId, key: &Object<Str>) -> Option<u16> {
        let shapes = self.shapes();
        let mut shape = shapes.get(id.checked_sub(FIRST_DYNAMIC)? as usize)?.as_ref()?;
        while let Some(name) = &shape.key {
            if std::ptr::eq(&**name, key) {
                return Some(shape.len - 1);
            }
            shape = shapes[(shape.parent - FIRST_DYNAMIC) as usize].as_ref()?;
        }
        None
    }

    /// The shape with one attribute more; `None` where there are too many for shapes.
    pub(crate) fn with(&self, id: ShapeId, key: &Object<Str>) -> Option<ShapeId> {
        let index = (id - FIRST_DYNAMIC) as usize;
        let shape = self.shapes()[index].as_ref()?;
        if let Some(&(_, child)) = shape.children.iter().find(|(name, _)| std::ptr::eq(*name, key)) {
            return Some(child);
        }
        if shape.len as usize >= MOST_ATTRIBUTES || shape.children.len() >= 64 {
            return None;
        }
        let child = Shape {
            class: shape.class,
            kind: Kind::Inline,
            root: shape.root,
            parent: id,
            key: Some(key.to_ref()),
            len: shape.len + 1,
            inline: shape.inline,
            valid: shape.valid,
            children: Vec::new(),
            template: None,
        };
        let child = self.add(child)?;
        self.shapes()[index].as_mut()?.children.push((key, child));
        Some(child)
    }

    /// The root of a shape; the shape itself for a static class's.
    pub(crate) fn root(&self, id: ShapeId) -> ShapeId {
        let shape = id.checked_sub(FIRST_DYNAMIC).and_then(|index| self.shapes().get(index as usize)?.as_ref());
        shape.map_or(id, |shape| shape.root)
    }

    /// The attributes' names in order.
    pub(crate) fn keys(&self, id: ShapeId) -> Vec<Ref<Str>> {
        let shapes = self.shapes();
        let mut keys = Vec::with_capacity(self.info(id).map_or(0, |info| info.len as usize));
        let mut next = id;
        while let Some(shape) = next.checked_sub(FIRST_DYNAMIC).and_then(|index| shapes[index as usize].as_ref()) {
            let Some(key) = &shape.key else { break };
            keys.push(key.clone());
            next = shape.parent;
        }
        keys.reverse();
        keys
    }

    /// The storage of a `__dict__` with the attributes' names; `None` for a static class's shape.
    pub(crate) fn unfilled_dict(&self, id: ShapeId) -> Option<Result<Unfilled, OutOfMemory>> {
        let index = id.checked_sub(FIRST_DYNAMIC)? as usize;
        if self.shapes().get(index)?.as_ref()?.template.is_none() {
            let template = match Template::new(self.keys(id)) {
                Ok(template) => template,
                Err(error) => return Some(Err(error)),
            };
            self.shapes()[index].as_mut()?.template = Some(Box::new(template));
        }
        Some(self.shapes()[index].as_ref()?.template.as_ref()?.instantiate())
    }

    /// Marks a root and all that grew from it as no longer to be relied on.
    pub(crate) fn invalidate(&self, root: ShapeId) {
        let mut waiting = vec![root];
        while let Some(id) = waiting.pop() {
            if let Some(Some(shape)) = id.checked_sub(FIRST_DYNAMIC).map(|index| self.shapes()[index as usize].as_mut())
                && shape.valid
            {
                shape.valid = false;
                waiting.extend(shape.children.iter().map(|&(_, child)| child));
            }
        }
    }

    /// Drops all shapes, at the end of the heap.
    pub(crate) fn clear(&self) {
        drop(std::mem::take(self.shapes()));
    }
}

/// What is fixed in a shape.
#[derive(Clone, Copy)]
pub(crate) struct ShapeInfo {
    pub(crate) kind: Kind,
    pub(crate) len: u16,
    pub(crate) inline: u16,
    pub(crate) valid: bool,
}
