//! [`Order`]: the order of an `OrderedDict`'s keys, a doubly linked list in an array.

use pvm_macros::Trace;
use pvm_object::{HeapVec, OutOfMemory, Value};

/// No node.
pub const NIL: u32 = u32::MAX;

#[derive(Trace)]
struct Node {
    /// `None` where the node is free.
    key: Option<Value>,
    hash: i64,
    previous: u32,
    /// The next free node, where this one is free.
    next: u32,
}

/// Keys in an order that can be changed at both ends and by taking any key out.
#[derive(Trace)]
pub struct Order {
    nodes: HeapVec<Node>,
    free: u32,
    first: u32,
    last: u32,
}

impl Default for Order {
    fn default() -> Order {
        Order { nodes: HeapVec::new(), free: NIL, first: NIL, last: NIL }
    }
}

impl Order {
    /// The node at the end, or at the beginning.
    pub fn end(&self, last: bool) -> Option<u32> {
        Some(if last { self.last } else { self.first }).filter(|&node| node != NIL)
    }

    /// The node behind one, or before it.
    pub fn neighbour(&self, node: u32, forwards: bool) -> Option<u32> {
        let node = self.nodes.get(node as usize)?;
        Some(if forwards { node.next } else { node.previous }).filter(|&node| node != NIL)
    }

    /// A node's key and its hash; `None` for a free node.
    pub fn key(&self, node: u32) -> Option<(&Value, i64)> {
        let node = self.nodes.get(node as usize)?;
        Some((node.key.as_ref()?, node.hash))
    }

    /// Adds a key at the end; its node.
    pub fn push(&mut self, key: Value, hash: i64) -> Result<u32, OutOfMemory> {
        let node = Node { key: Some(key), hash, previous: NIL, next: NIL };
        let place = if self.free == NIL {
            let place = u32::try_from(self.nodes.len()).ok().filter(|&place| place != NIL).ok_or(OutOfMemory)?;
            self.nodes.push(node)?;
            place
        } else {
            let place = self.free;
            self.free = self.nodes[place as usize].next;
            self.nodes[place as usize] = node;
            place
        };
        self.link(place, true);
        Ok(place)
    }

    /// Takes a node out and frees it; its key.
    pub fn remove(&mut self, node: u32) -> Option<Value> {
        self.unlink(node);
        let place = &mut self.nodes[node as usize];
        place.next = self.free;
        self.free = node;
        place.key.take()
    }

    /// Moves a node to the end or to the beginning.
    pub fn move_to_end(&mut self, node: u32, last: bool) {
        self.unlink(node);
        self.link(node, last);
    }

    /// The keys and hashes in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Value, i64)> + '_ {
        let nodes = std::iter::successors(self.end(false), |&node| self.neighbour(node, true));
        nodes.filter_map(|node| self.key(node))
    }

    /// Bytes of the list.
    pub fn size_in_memory(&self) -> usize {
        self.nodes.capacity() * size_of::<Node>()
    }

    fn link(&mut self, node: u32, last: bool) {
        let neighbour = if last { self.last } else { self.first };
        let place = &mut self.nodes[node as usize];
        (place.previous, place.next) = if last { (neighbour, NIL) } else { (NIL, neighbour) };
        match (neighbour, last) {
            (NIL, _) => (self.first, self.last) = (node, node),
            (_, true) => {
                self.nodes[neighbour as usize].next = node;
                self.last = node;
            }
            (_, false) => {
                self.nodes[neighbour as usize].previous = node;
                self.first = node;
            }
        }
    }

    fn unlink(&mut self, node: u32) {
        let (previous, next) = (self.nodes[node as usize].previous, self.nodes[node as usize].next);
        match previous {
            NIL => self.first = next,
            _ => self.nodes[previous as usize].next = next,
        }
        match next {
            NIL => self.last = previous,
            _ => self.nodes[next as usize].previous = previous,
        }
    }
}
