//! The verifier: what must hold before code from outside may run.
//!
//! The interpreter trusts code objects: it does not check indices, depths or the kinds of its internal operands. Code that
//! our compiler made keeps these promises; code from a `.pyc`, from `marshal` or from `types.CodeType` passes here first. The
//! rules, in the order in which they are looked at:
//!
//! - `layout`: opcodes are base opcodes (specialised, instrumented and internal ones are refused), operands are in range,
//!   jumps and handlers lead to the start of an instruction, tables are well formed, kinds of locals stand in order.
//!   Inline caches are zeroed.
//! - `flow` with `rules` and `state`: an abstract interpretation over all paths, exceptions included. The stack
//!   has one depth at each instruction, never below zero nor above `co_stacksize`; a NULL stands only where an instruction
//!   takes one; cells, exceptions, offsets to re-raise from, code, functions without their closure and containers being
//!   built are what the instructions that use them expect.
//!
//! - `sharing`: constants must not refer to each other so often that they would fill the memory once each has its own.
//!
//! Two things are mended rather than refused. A load of a local that may be unbound becomes `LOAD_FAST_CHECK`; only in the
//! two-local instructions, which have no such form, it is an error. A local that is overwritten, deleted or passed on to
//! another local while a borrowed reference to it may be on the stack has all its loads made owning ones.
//!
//! What the verifier cannot promise, because locals and names are not typed, the interpreter must look at itself: that an
//! operand of `FOR_ITER` or `SEND` is an iterator and that of a conditional jump a bool; that `SET_ADD` finds a set (it may
//! be reached by the name `__conditional_annotations__`); that defaults, keyword defaults and type parameters of generic
//! functions, which come by way of locals, are tuples and dicts; that `LOAD_NAME` and its like have a namespace.

mod flow;
mod layout;
mod rules;
mod sharing;
mod state;

use std::fmt;
use std::sync::Arc;

use crate::code::CodeObject;
use crate::constant::Constant;
use crate::text::Text;

/// Why a code object is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifyError {
    /// Qualified name of the code object.
    pub name: Text,
    /// Offset of the instruction in bytes, if it is about one.
    pub offset: Option<u32>,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid code object '{}': {}", self.name, self.message)?;
        match self.offset {
            Some(offset) => write!(f, " at offset {offset}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for VerifyError {}

/// What is wrong, before the code object's name is added.
#[derive(Debug)]
struct Fault {
    offset: Option<u32>,
    message: String,
}

impl Fault {
    fn new(message: impl Into<String>) -> Fault {
        Fault { offset: None, message: message.into() }
    }

    fn at(offset: u32, message: impl Into<String>) -> Fault {
        Fault { offset: Some(offset), message: message.into() }
    }
}

/// Verifies a code object and all those among its constants. The result is the same object, or one with the mended code.
pub fn verify(code: Arc<CodeObject>) -> Result<Arc<CodeObject>, VerifyError> {
    if sharing::is_excessive(&code) {
        let message = "its constants share too many parts".into();
        return Err(VerifyError { name: code.qualname.clone(), offset: None, message });
    }
    verify_all(code)
}

fn verify_all(code: Arc<CodeObject>) -> Result<Arc<CodeObject>, VerifyError> {
    let consts = verify_items(&code.consts)?;
    let mended =
        verify_one(&code).map_err(|Fault { offset, message }| VerifyError { name: code.qualname.clone(), offset, message })?;
    if consts.is_none() && mended.is_none() {
        return Ok(code);
    }
    let mut code = Arc::unwrap_or_clone(code);
    if let Some(consts) = consts {
        code.consts = consts;
    }
    if let Some(mended) = mended {
        code.code = mended.into();
    }
    Ok(Arc::new(code))
}

/// The code of one code object where it had to be changed.
fn verify_one(code: &CodeObject) -> Result<Option<Vec<u8>>, Fault> {
    code.validate().map_err(Fault::new)?;
    let layout = layout::Layout::new(code)?;
    let mending = flow::Flow::run(code, &layout)?;
    Ok(mending.apply(code, &layout))
}

/// Verifies code objects among constants, however deep; gives the items anew if one changed.
fn verify_items(items: &[Constant]) -> Result<Option<Arc<[Constant]>>, VerifyError> {
    let mut changed: Option<Vec<Constant>> = None;
    for (place, item) in items.iter().enumerate() {
        if let Some(item) = verify_constant(item)? {
            changed.get_or_insert_with(|| items.to_vec())[place] = item;
        }
    }
    Ok(changed.map(Arc::from))
}

fn verify_constant(constant: &Constant) -> Result<Option<Constant>, VerifyError> {
    Ok(match constant {
        Constant::Code(code) => {
            let verified = verify_all(code.get().clone())?;
            if Arc::ptr_eq(&verified, code) { None } else { Some(Constant::Code(verified.into())) }
        }
        Constant::Tuple(items) => verify_items(items)?.map(Constant::Tuple),
        Constant::FrozenSet(items) => verify_items(items)?.map(Constant::FrozenSet),
        Constant::Slice(parts) => verify_items(&parts[..])?.map(|parts| {
            let parts: [Constant; 3] = std::array::from_fn(|place| parts[place].clone());
            Constant::Slice(Arc::new(parts))
        }),
        _ => None,
    })
}

#[cfg(test)]
mod tests;
