//! Which parts of a code object are one object, and which of them CPython flags as referable.
//!
//! CPython flags each object with more than one reference to it at the time of writing. After compilation that depends on
//! little: names are interned, small ints and empty containers are immortal, equal constants and tables of a module were
//! merged by the compiler. A [`Plan`] is the constants' tree with equal parts folded into one node, so the data comes out as
//! CPython's, byte for byte, and depends on content alone. Building and writing keep their own stacks: nesting costs no
//! native stack.

use std::collections::{HashMap, HashSet};

use dashu_int::{IBig, Sign};

use super::MAX_DEPTH;
use super::error::WriteError;
use super::writer::{CodeNumbers, Writer};
use crate::code::CodeObject;
use crate::constant::Constant;
use crate::flags::CO_OPTIMIZED;
use crate::text::Text;

type NodeId = u32;

/// What a node stands for, by its content; equal keys are one node.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key<'a> {
    None,
    Ellipsis,
    StopIteration,
    Bool(bool),
    Int(&'a IBig),
    Float(u64),
    Complex(u64, u64),
    /// Interned strings and others are different objects even where they are equal.
    Str(&'a [u8], bool),
    Bytes(&'a [u8]),
    /// Bytes or a tuple that were made for one code object: its address tells them apart.
    OwnBytes(&'a [u8], usize),
    Tuple(Box<[NodeId]>),
    OwnTuple(Box<[NodeId]>, usize),
    /// Members in the order of numbers.
    FrozenSet(Box<[NodeId]>),
    Slice(Box<[NodeId]>),
    Code(usize),
}

#[derive(Debug)]
struct Node<'a> {
    key: Key<'a>,
    /// Of a code object, its parts in the order of writing.
    code: Option<(&'a CodeObject, [NodeId; 10])>,
    /// What to write after a container's head, in this order.
    items: Box<[NodeId]>,
    /// How many nodes refer to it.
    uses: u32,
    /// Immortal, interned or kept elsewhere, so flagged even if it is used once.
    kept: bool,
}

/// What remains to be done while the tree is walked.
enum Visit<'a> {
    Constant(&'a Constant, usize),
    Items(&'a [Constant], usize),
    CloseTuple(usize),
    CloseFrozenSet(usize),
    CloseSlice,
    CloseCode(&'a CodeObject),
}

/// What remains to be written.
enum Emit {
    Node(NodeId),
    Line(i32),
    Leave,
}

/// The nodes of a constant or code object; a node comes after those it refers to.
#[derive(Debug, Default)]
pub(super) struct Plan<'a> {
    nodes: Vec<Node<'a>>,
    ids: HashMap<Key<'a>, NodeId>,
    /// Constants that are their class's qualified name as well, hence interned.
    class_names: HashSet<&'a [u8]>,
}

impl<'a> Plan<'a> {
    /// Writes a constant.
    pub(super) fn write_constant(constant: &'a Constant, writer: &mut Writer) -> Result<(), WriteError> {
        let mut plan = Plan::default();
        if let Constant::Code(code) = constant {
            plan.collect_names(code);
        }
        plan.write(vec![Visit::Constant(constant, 1)], writer)
    }

    /// Writes a code object.
    pub(super) fn write_code(code: &'a CodeObject, writer: &mut Writer) -> Result<(), WriteError> {
        let mut plan = Plan::default();
        plan.collect_names(code);
        plan.write(vec![Visit::CloseCode(code), Visit::Items(&code.consts, 2)], writer)
    }

    fn write(&mut self, visits: Vec<Visit<'a>>, writer: &mut Writer) -> Result<(), WriteError> {
        let root = self.build(visits)?;
        self.nodes[root as usize].kept = true;
        self.order_members(writer.version())?;
        self.emit(root, writer)
    }

    /// A class body stores its own qualified name, the very string that the code object interns.
    fn collect_names(&mut self, code: &'a CodeObject) {
        for code in code.walk().filter(|code| code.flags & CO_OPTIMIZED == 0) {
            let qualname = &code.qualname;
            if code.consts.iter().any(|constant| constant.as_text() == Some(qualname)) {
                self.class_names.insert(qualname.as_bytes());
            }
        }
    }

    fn build(&mut self, mut visits: Vec<Visit<'a>>) -> Result<NodeId, WriteError> {
        let mut done: Vec<NodeId> = Vec::new();
        while let Some(visit) = visits.pop() {
            let close = |done: &mut Vec<NodeId>, length: usize| done.drain(done.len() - length..).collect::<Box<[NodeId]>>();
            let node = match visit {
                Visit::Constant(_, depth) | Visit::Items(_, depth) if depth > MAX_DEPTH => {
                    return Err(WriteError::TooDeep);
                }
                Visit::Constant(Constant::Tuple(items), depth) => {
                    visits.push(Visit::Items(items, depth));
                    continue;
                }
                Visit::Items(items, depth) => {
                    visits.push(Visit::CloseTuple(items.len()));
                    visits.extend(items.iter().rev().map(|item| Visit::Constant(item, depth + 1)));
                    continue;
                }
                Visit::Constant(Constant::FrozenSet(items), depth) => {
                    visits.push(Visit::CloseFrozenSet(items.len()));
                    visits.extend(items.iter().rev().map(|item| Visit::Constant(item, depth + 1)));
                    continue;
                }
                Visit::Constant(Constant::Slice(parts), depth) => {
                    visits.push(Visit::CloseSlice);
                    visits.extend(parts.iter().rev().map(|item| Visit::Constant(item, depth + 1)));
                    continue;
                }
                Visit::Constant(Constant::Code(code), depth) => {
                    if let Some(&id) = self.ids.get(&Key::Code(address(code))) {
                        id
                    } else {
                        visits.extend([Visit::CloseCode(code), Visit::Items(&code.consts, depth + 1)]);
                        continue;
                    }
                }
                Visit::Constant(leaf, _) => self.leaf(leaf),
                Visit::CloseTuple(length) => self.intern(Key::Tuple(close(&mut done, length)), length == 0),
                Visit::CloseSlice => self.intern(Key::Slice(close(&mut done, 3)), false),
                Visit::CloseFrozenSet(length) => {
                    let mut members = close(&mut done, length);
                    members.sort_unstable();
                    self.intern(Key::FrozenSet(members), false)
                }
                Visit::CloseCode(code) => {
                    let consts = done.pop().expect("the constants were visited");
                    self.code(code, consts)
                }
            };
            done.push(node);
        }
        Ok(done.pop().expect("the root was visited"))
    }

    fn intern(&mut self, key: Key<'a>, kept: bool) -> NodeId {
        if let Some(&id) = self.ids.get(&key) {
            return id;
        }
        let items = match &key {
            Key::Tuple(items) | Key::OwnTuple(items, _) | Key::FrozenSet(items) => items.clone(),
            Key::Slice(items) => items.iter().map(|&item| self.unmerged(item)).collect(),
            _ => Box::default(),
        };
        for &item in &items {
            self.nodes[item as usize].uses += 1;
            // the list in which CPython orders the members of a set refers to them as well
            self.nodes[item as usize].kept |= matches!(key, Key::FrozenSet(_));
        }
        self.ids.insert(key.clone(), self.nodes.len() as NodeId);
        self.push(Node { key, code: None, items, uses: 0, kept })
    }

    fn push(&mut self, node: Node<'a>) -> NodeId {
        self.nodes.push(node);
        self.nodes.len() as NodeId - 1
    }

    /// CPython's compiler does not merge what stands in a slice.
    fn unmerged(&mut self, item: NodeId) -> NodeId {
        let Node { key, kept, .. } = &self.nodes[item as usize];
        match key {
            Key::Int(_) | Key::Float(_) | Key::Complex(..) | Key::Str(..) | Key::Bytes(_) if !kept => {
                let key = key.clone();
                self.push(Node { key, code: None, items: Box::default(), uses: 0, kept: false })
            }
            _ => item,
        }
    }

    fn leaf(&mut self, constant: &'a Constant) -> NodeId {
        let (key, kept) = match constant {
            Constant::None => (Key::None, false),
            Constant::Ellipsis => (Key::Ellipsis, false),
            Constant::StopIteration => (Key::StopIteration, false),
            Constant::Bool(value) => (Key::Bool(*value), false),
            Constant::Int(value) => {
                let small = i32::try_from(value).is_ok_and(|value| (-5..=256).contains(&value));
                (Key::Int(value), small)
            }
            Constant::Float(value) => (Key::Float(value.to_bits()), false),
            Constant::Complex(real, imag) => (Key::Complex(real.to_bits(), imag.to_bits()), false),
            Constant::Str(text) => {
                let interned = self.is_interned(text);
                (Key::Str(text.as_bytes(), interned), interned)
            }
            // empty and single bytes are immortal
            Constant::Bytes(bytes) => (Key::Bytes(bytes), bytes.len() < 2),
            Constant::Tuple(_) | Constant::FrozenSet(_) | Constant::Slice(_) | Constant::Code(_) => {
                unreachable!("containers are visited")
            }
        };
        if matches!(constant, Constant::Float(value) if value.is_nan()) {
            // unequal to itself, so CPython never finds it again
            return self.push(Node { key, code: None, items: Box::default(), uses: 0, kept });
        }
        self.intern(key, kept)
    }

    /// CPython interns constants that look like names, and has one object for each short Latin-1 string.
    fn is_interned(&self, text: &Text) -> bool {
        let mut points = text.code_points();
        let short = match (points.next(), points.next()) {
            (None, _) => true,
            (Some(point), None) => point < 256,
            _ => false,
        };
        short || text.is_name_like() || self.class_names.contains(text.as_bytes())
    }

    fn name(&mut self, text: &'a Text) -> NodeId {
        self.intern(Key::Str(text.as_bytes(), true), true)
    }

    fn names(&mut self, names: &'a [Text]) -> NodeId {
        let items = names.iter().map(|name| self.name(name)).collect();
        self.intern(Key::Tuple(items), names.is_empty())
    }

    /// The names of the locals. A function for annotations has a tuple of its own, because its parameter was renamed.
    fn locals(&mut self, code: &'a CodeObject) -> NodeId {
        let names = &code.localsplusnames;
        if code.name != "__annotate__" || names.first().is_none_or(|name| *name != "format") {
            return self.names(names);
        }
        let items = names.iter().map(|name| self.name(name)).collect();
        self.intern(Key::OwnTuple(items, address(code)), false)
    }

    fn bytes(&mut self, bytes: &'a [u8]) -> NodeId {
        self.intern(Key::Bytes(bytes), bytes.is_empty())
    }

    fn code(&mut self, code: &'a CodeObject, consts: NodeId) -> NodeId {
        let parts = [
            // the bytes are copied on the first look at `co_code`, and kept beside the code object
            self.intern(Key::OwnBytes(&code.code, address(code)), true),
            consts,
            self.names(&code.names),
            self.locals(code),
            match &code.localspluskinds[..] {
                [] => self.bytes(&[]),
                kinds => self.intern(Key::OwnBytes(kinds, address(code)), false),
            },
            self.name(&code.filename),
            self.name(&code.name),
            self.name(&code.qualname),
            self.bytes(&code.linetable),
            self.bytes(&code.exceptiontable),
        ];
        for part in parts {
            self.nodes[part as usize].uses += 1;
        }
        let id = self.intern(Key::Code(address(code)), false);
        self.nodes[id as usize].code = Some((code, parts));
        id
    }

    /// Orders the members of frozen sets by the data that each gives alone, inner sets first.
    fn order_members(&mut self, version: u32) -> Result<(), WriteError> {
        for id in 0..self.nodes.len() {
            if !matches!(self.nodes[id].key, Key::FrozenSet(_)) {
                continue;
            }
            let mut members = Vec::with_capacity(self.nodes[id].items.len());
            for &member in &self.nodes[id].items {
                let mut writer = Writer::new(version);
                self.emit(member, &mut writer)?;
                members.push((writer.finish(), member));
            }
            members.sort();
            self.nodes[id].items = members.into_iter().map(|(_, member)| member).collect();
        }
        Ok(())
    }

    fn emit(&self, root: NodeId, writer: &mut Writer) -> Result<(), WriteError> {
        let mut pending = vec![Emit::Node(root)];
        while let Some(next) = pending.pop() {
            match next {
                Emit::Line(line) => writer.code_line(line),
                Emit::Leave => writer.leave(),
                Emit::Node(id) => {
                    writer.enter()?;
                    pending.push(Emit::Leave);
                    let node = &self.nodes[id as usize];
                    let singleton = matches!(node.key, Key::None | Key::Ellipsis | Key::StopIteration | Key::Bool(_));
                    if singleton || !(node.kept || node.uses > 1) || !writer.share(id as usize) {
                        node.emit(writer, &mut pending)?;
                    }
                }
            }
        }
        Ok(())
    }
}

impl Node<'_> {
    /// Writes a leaf, or a container's head and leaves its items pending.
    fn emit(&self, writer: &mut Writer, pending: &mut Vec<Emit>) -> Result<(), WriteError> {
        match &self.key {
            Key::None => writer.none(),
            Key::Ellipsis => writer.ellipsis(),
            Key::StopIteration => writer.stop_iteration(),
            Key::Bool(value) => writer.bool(*value),
            Key::Int(value) => match i64::try_from(*value) {
                Ok(value) => writer.int(value),
                Err(_) => {
                    let (sign, words) = value.as_sign_words();
                    writer.long(sign == Sign::Negative, words);
                }
            },
            Key::Float(bits) => writer.float(f64::from_bits(*bits)),
            Key::Complex(real, imag) => writer.complex(f64::from_bits(*real), f64::from_bits(*imag)),
            Key::Str(bytes, interned) => writer.str(bytes, *interned)?,
            Key::Bytes(bytes) | Key::OwnBytes(bytes, _) => writer.bytes(bytes)?,
            Key::Tuple(items) | Key::OwnTuple(items, _) => {
                writer.tuple(items.len())?;
                pending.extend(items.iter().rev().copied().map(Emit::Node));
            }
            Key::FrozenSet(items) => {
                writer.set(items.len(), true)?;
                pending.extend(self.items.iter().rev().copied().map(Emit::Node));
            }
            Key::Slice(_) => {
                writer.slice()?;
                pending.extend(self.items.iter().rev().copied().map(Emit::Node));
            }
            Key::Code(_) => {
                let (code, parts) = self.code.expect("a code object's node has its parts");
                writer.code(CodeNumbers {
                    argcount: code.argcount,
                    posonlyargcount: code.posonlyargcount,
                    kwonlyargcount: code.kwonlyargcount,
                    stacksize: code.stacksize,
                    flags: code.flags,
                });
                let (before, after) = parts.split_at(8);
                pending.extend(after.iter().rev().copied().map(Emit::Node));
                pending.push(Emit::Line(code.firstlineno));
                pending.extend(before.iter().rev().copied().map(Emit::Node));
            }
        }
        Ok(())
    }
}

fn address(code: &CodeObject) -> usize {
    std::ptr::from_ref(code) as usize
}
