//! `termios`: the settings of terminals.

mod constants;

#[pvm_macros::pymodule(name = "termios")]
pub mod native {
    //! This module provides an interface to the Posix calls for tty I/O control.
    //!
    //! For a complete description of these calls, see the Posix or Unix manual
    //! pages. It is only available for those Unix versions that support Posix
    //! termios style tty I/O control (and then only if configured at installation
    //! time).
    //!
    //! All functions in this module take a file descriptor fd as their first
    //! argument. This can be an integer file descriptor, such as returned by
    //! sys.stdin.fileno(), or a file object, such as sys.stdin itself.

    use pvm_macros::{pyclass, pyfunction};
    use pvm_object::bytes::Bytes;
    use pvm_object::exceptions::EXCEPTION;
    use pvm_object::list::List;
    use pvm_object::{PyResult, Ref, Value, Vm};

    use crate::parameters::Descriptor;
    use crate::system::{self, SysResult, Terminal};

    /// An error of a terminal.
    #[pyclass(exception, base = EXCEPTION, name = "error", module = "termios")]
    pub struct TerminalError;

    /// Makes a call; errors are the module's own.
    fn call<T: Send>(vm: &mut Vm, call: impl FnOnce() -> SysResult<T> + Send) -> PyResult<T> {
        vm.detach(call).map_err(|errno| {
            let errno = errno.raw_os_error();
            let text = vm.new_str(&pvm_object::exceptions::error_text(errno)).into();
            let exception = vm.new_exception(TERMINAL_ERROR_TYPE.get(), vec![Value::from_i32(errno), text]);
            vm.raise(exception)
        })
    }

    /// tcgetattr(fd, /)
    /// --
    ///
    /// Get the tty attributes for file descriptor fd.
    ///
    /// Returns a list [iflag, oflag, cflag, lflag, ispeed, ospeed, cc]
    /// where cc is a list of the tty special characters (each a string of
    /// length 1, except the items with indices VMIN and VTIME, which are
    /// integers when these fields are defined).  The interpretation of the
    /// flags and the speeds as well as the indexing in the cc array must be
    /// done using the symbolic constants defined in this module.
    #[pyfunction]
    fn tcgetattr(vm: &mut Vm, fd: Descriptor) -> PyResult<Ref<List>> {
        let terminal = call(vm, || Terminal::of(fd.0))?;
        let mut characters: Vec<Value> = Vec::with_capacity(Terminal::CHARACTERS);
        for character in terminal.characters {
            characters.push(vm.new_bytes(&[character])?.into());
        }
        // Where input is not by lines these two are numbers.
        if terminal.flags[3] & libc::ICANON == 0 {
            for index in [libc::VMIN, libc::VTIME] {
                characters[index] = Value::from_i32(terminal.characters[index].into());
            }
        }
        let numbers = terminal.flags.into_iter().chain(terminal.speeds);
        let mut items: Vec<Value> = numbers.map(|number| vm.int(number.into())).collect();
        items.push(vm.try_list(characters)?.into());
        Ok(vm.try_list(items)?)
    }

    /// tcsetattr(fd, when, attributes, /)
    /// --
    ///
    /// Set the tty attributes for file descriptor fd.
    ///
    /// The attributes to be set are taken from the attributes argument, which
    /// is a list like the one returned by tcgetattr(). The when argument
    /// determines when the attributes are changed: termios.TCSANOW to
    /// change immediately, termios.TCSADRAIN to change after transmitting all
    /// queued output, or termios.TCSAFLUSH to change after transmitting all
    /// queued output and discarding all queued input.
    #[pyfunction]
    fn tcsetattr(vm: &mut Vm, fd: Descriptor, when: i32, attributes: &Value) -> PyResult<()> {
        let items = attributes.downcast::<List>().map(|list| list.items(vm).to_vec()).unwrap_or_default();
        let [input, output, control, line, speed_in, speed_out, characters] = &items[..] else {
            return Err(vm.type_error(format_args!("tcsetattr, arg 3: must be 7 element list")));
        };
        let mut numbers = [0u32; 6];
        for (number, value) in numbers.iter_mut().zip([input, output, control, line, speed_in, speed_out]) {
            *number = long_of(vm, value)? as u32;
        }
        let wanted = characters.downcast::<List>().map(|list| list.items(vm).to_vec()).unwrap_or_default();
        if wanted.len() != Terminal::CHARACTERS {
            let count = Terminal::CHARACTERS;
            return Err(vm.type_error(format_args!("tcsetattr: attributes[6] must be {count} element list")));
        }
        let mut terminal = call(vm, || Terminal::of(fd.0))?;
        for (character, value) in terminal.characters.iter_mut().zip(&wanted) {
            *character = match value.downcast::<Bytes>().map(|bytes| bytes.as_slice()) {
                Some([byte]) => *byte,
                None if value.as_int().is_some() => long_of(vm, value)? as u8,
                _ => {
                    return Err(vm.type_error(format_args!(
                        "tcsetattr: elements of attributes must be bytes objects of length 1 or integers"
                    )));
                }
            };
        }
        let [input, output, control, line, speed_in, speed_out] = numbers;
        terminal.flags = [input, output, control, line];
        terminal.speeds = [speed_in, speed_out];
        call(vm, || terminal.set(fd.0, when))
    }

    /// A number of C's `long`.
    fn long_of(vm: &mut Vm, value: &Value) -> PyResult<i64> {
        use pvm_object::convert::FromArg;
        i64::from_arg(value.borrowed(), pvm_object::arguments::Argument::operand(""), vm)
    }

    /// tcsendbreak(fd, duration, /)
    /// --
    ///
    /// Send a break on file descriptor fd.
    ///
    /// A zero duration sends a break for 0.25-0.5 seconds; a nonzero duration
    /// has a system dependent meaning.
    #[pyfunction]
    fn tcsendbreak(vm: &mut Vm, fd: Descriptor, duration: i32) -> PyResult<()> {
        call(vm, || system::send_break(fd.0, duration)).map(drop)
    }

    /// tcdrain(fd, /)
    /// --
    ///
    /// Wait until all output written to file descriptor fd has been transmitted.
    #[pyfunction]
    fn tcdrain(vm: &mut Vm, fd: Descriptor) -> PyResult<()> {
        call(vm, || system::drain_terminal(fd.0)).map(drop)
    }

    /// tcflush(fd, queue, /)
    /// --
    ///
    /// Discard queued data on file descriptor fd.
    ///
    /// The queue selector specifies which queue: termios.TCIFLUSH for the input
    /// queue, termios.TCOFLUSH for the output queue, or termios.TCIOFLUSH for
    /// both queues.
    #[pyfunction]
    fn tcflush(vm: &mut Vm, fd: Descriptor, queue: i32) -> PyResult<()> {
        call(vm, || system::flush_terminal(fd.0, queue)).map(drop)
    }

    /// tcflow(fd, action, /)
    /// --
    ///
    /// Suspend or resume input or output on file descriptor fd.
    ///
    /// The action argument can be termios.TCOOFF to suspend output,
    /// termios.TCOON to restart output, termios.TCIOFF to suspend input,
    /// or termios.TCION to restart input.
    #[pyfunction]
    fn tcflow(vm: &mut Vm, fd: Descriptor, action: i32) -> PyResult<()> {
        call(vm, || system::control_flow(fd.0, action)).map(drop)
    }

    /// tcgetwinsize(fd, /)
    /// --
    ///
    /// Get the tty winsize for file descriptor fd.
    ///
    /// Returns a tuple (ws_row, ws_col).
    #[pyfunction]
    fn tcgetwinsize(vm: &mut Vm, fd: Descriptor) -> PyResult<(u16, u16)> {
        let [rows, columns, ..] = call(vm, || system::window_size(fd.0))?;
        Ok((rows, columns))
    }

    /// tcsetwinsize(fd, winsize, /)
    /// --
    ///
    /// Set the tty winsize for file descriptor fd.
    ///
    /// The winsize to be set is taken from the winsize argument, which
    /// is a two-item tuple (ws_row, ws_col) like the one returned by
    /// tcgetwinsize().
    #[pyfunction]
    fn tcsetwinsize(vm: &mut Vm, fd: Descriptor, winsize: &Value) -> PyResult<()> {
        const EXPECTED: &str = "tcsetwinsize, arg 2: must be a two-item sequence";
        let slots = winsize.ty().slots();
        if slots.item().is_none() && slots.getitem().is_none() || vm.len(winsize)? != 2 {
            return Err(vm.type_error(format_args!("{EXPECTED}")));
        }
        let mut sizes = [0i64; 2];
        for (index, size) in sizes.iter_mut().enumerate() {
            let item = vm.getitem(winsize, &Value::from_i32(index as i32))?;
            *size = long_of(vm, &item)?;
        }
        let [_, _, width, height] = call(vm, || system::window_size(fd.0))?;
        let [Ok(rows), Ok(columns)] = sizes.map(u16::try_from) else {
            return Err(vm.overflow_error(format_args!("winsize value(s) out of range.")));
        };
        call(vm, || system::set_window_size(fd.0, [rows, columns, width, height]))
    }

    #[init]
    fn init(vm: &mut Vm, module: &Value) -> PyResult<()> {
        crate::constants::add(vm, module, super::constants::NUMBERS)
    }
}
