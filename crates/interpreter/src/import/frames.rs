//! Tracebacks without the import system's own frames (`remove_importlib_frames`).

use pvm_object::exceptions::IMPORT_ERROR;
use pvm_object::traceback::Traceback;
use pvm_object::{Raised, Ref, Vm};

use crate::frame_object::FrameObject;
use crate::interpreter::state;

/// The files of the import system's own code.
const FILES: [&str; 2] = ["<frozen importlib._bootstrap>", "<frozen importlib._bootstrap_external>"];

/// The function that importlib calls what is not its own through.
const BORDER: &str = "_call_with_frames_removed";

/// Takes importlib's frames out of the pending exception's traceback: all of them where the exception says that an import
/// failed, else those that end in a call of other code.
pub fn remove(vm: &mut Vm, raised: Raised) -> Raised {
    let Some(exception) = vm.take_pending() else { return raised };
    if state(vm).setup.config.verbose == 0 {
        let all = exception.ty().is_subclass_of(&IMPORT_ERROR, vm);
        let first = exception.traceback(vm).and_then(|first| first.downcast_into::<Traceback>().ok());
        let kept = kept(vm, first, all);
        for pair in kept.windows(2) {
            pair[0].set_next(Some(pair[1].clone()), vm);
        }
        if let Some(last) = kept.last() {
            last.set_next(None, vm);
        }
        exception.set_traceback(kept.into_iter().next().map(Into::into), vm);
    }
    vm.restore_pending(Some(exception));
    raised
}

/// The steps of a traceback that stay.
fn kept(vm: &mut Vm, first: Option<Ref<Traceback>>, all: bool) -> Vec<Ref<Traceback>> {
    let mut kept: Vec<Ref<Traceback>> = Vec::new();
    // Where the run of importlib's frames that is being looked at begins among those kept.
    let mut run: Option<usize> = None;
    let mut next = first;
    while let Some(step) = next {
        next = step.next(vm);
        let (importlib, border) = match step.frame().downcast::<FrameObject>() {
            Some(frame) => {
                let code = frame.code();
                (FILES.iter().any(|file| code.filename.as_str() == Some(*file)), code.name.as_str() == Some(BORDER))
            }
            None => (false, false),
        };
        if !importlib {
            run = None;
            kept.push(step);
            continue;
        }
        let start = *run.get_or_insert(kept.len());
        if all || border {
            kept.truncate(start);
        } else {
            kept.push(step);
        }
    }
    kept
}
