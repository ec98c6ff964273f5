//! Alternatives in patterns: `A | B`.

use super::patterns::PatternContext;
use super::{Compiler, Loc, Op, Res};
use crate::ast::{Identifier, Pattern};

impl<'a> Compiler<'a> {
    pub(super) fn pattern_or(&mut self, loc: Loc, alternatives: &'a [Pattern], pc: &mut PatternContext) -> Res {
        let end = self.new_label();
        // The names that the first alternative binds; the others must bind the same, and leave them in the same order.
        let mut control: Vec<Identifier> = Vec::new();
        for (index, alternative) in alternatives.iter().enumerate() {
            let alt_loc = alternative.location;
            let is_last = index + 1 == alternatives.len();
            let mut own = PatternContext { allow_irrefutable: is_last && pc.allow_irrefutable, ..PatternContext::default() };
            self.op_i(alt_loc, Op::Copy, 1);
            self.visit_pattern(alternative, &mut own)?;
            if index == 0 {
                control = own.stores.clone();
            } else if !self.reorder_stores(alt_loc, &control, &mut own.stores) {
                return self.error(loc, "alternative patterns bind different names");
            }
            self.jump(alt_loc, Op::Jump, end);
            self.emit_fail_pop(alt_loc, &mut own);
        }
        // None matched: the copy of the subject goes.
        self.op(loc, Op::PopTop);
        self.jump_to_fail_pop(loc, pc, Op::Jump);
        self.use_label(end);
        // The new captures go below the subject, what must stay on top, and earlier captures.
        let rotations = control.len() as u32 + 1 + pc.on_top + pc.stores.len() as u32;
        for name in control {
            self.rotate(loc, rotations);
            if pc.stores.contains(&name) {
                return self.error_duplicate_store(loc, &name);
            }
            pc.stores.push(name);
        }
        self.op(loc, Op::PopTop);
        Ok(())
    }

    /// Brings an alternative's captures into the order of `control`; false if the names differ.
    fn reorder_stores(&mut self, loc: Loc, control: &[Identifier], stores: &mut Vec<Identifier>) -> bool {
        if stores.len() != control.len() {
            return false;
        }
        for (wanted, name) in control.iter().enumerate().rev() {
            let Some(found) = stores.iter().position(|store| store == name) else {
                return false;
            };
            if wanted == found {
                continue;
            }
            // What lies up to the name found moves behind what lies between it and the place wanted.
            let rotations = found + 1;
            let rotated: Vec<Identifier> = stores.drain(..rotations).collect();
            let at = wanted - found;
            stores.splice(at..at, rotated);
            for _ in 0..rotations {
                self.rotate(loc, wanted as u32 + 1);
            }
        }
        true
    }
}
