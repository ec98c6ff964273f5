//! Messages with control data: `sendmsg`, `recvmsg`, and the kernel's cryptography.

use pvm_macros::pymethods;
use pvm_object::buffer::{BufferView, flags as buffer_flags};
use pvm_object::list::List;
use pvm_object::tuple::Tuple;
use pvm_object::{Object, PyResult, Ref, Value, Vm, exceptions};

use super::address::{address_of, plain_error, shown};
use super::functions::{CONTROL_HEADER, control_len, control_space};
use super::object::Socket;
use super::wait::Ready;
use crate::parameters::c_int;
use crate::system::{self, Message, RawBytes};

/// One control message.
struct Control {
    level: i32,
    kind: i32,
    data: Vec<u8>,
}

/// The control messages that lie in these bytes, and whether all of them are whole.
fn controls(bytes: &[u8]) -> (Vec<Control>, bool) {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(header) = bytes.get(at..at + CONTROL_HEADER) {
        let part = |range: std::ops::Range<usize>| header[range].try_into().unwrap_or([0; 4]);
        let len = usize::from_ne_bytes(header[..8].try_into().unwrap_or([0; 8]));
        if len < CONTROL_HEADER {
            return (found, false);
        }
        let (level, kind) = (i32::from_ne_bytes(part(8..12)), i32::from_ne_bytes(part(12..16)));
        let end = at.saturating_add(len);
        let data = bytes[at + CONTROL_HEADER..end.min(bytes.len())].to_vec();
        found.push(Control { level, kind, data });
        if end > bytes.len() {
            return (found, false);
        }
        at = end.next_multiple_of(8);
    }
    (found, true)
}

/// The bytes of control messages to send.
fn control_bytes(vm: &mut Vm, controls: &[Control]) -> PyResult<Vec<u8>> {
    let mut bytes = Vec::new();
    for control in controls {
        let (Some(len), Some(space)) = (control_len(control.data.len()), control_space(control.data.len())) else {
            return Err(plain_error(vm, "ancillary data item too large"));
        };
        if bytes.len() + space > i32::MAX as usize {
            return Err(plain_error(vm, "too much ancillary data"));
        }
        let end = bytes.len() + space;
        bytes.extend_from_slice(&len.to_ne_bytes());
        bytes.extend_from_slice(&control.level.to_ne_bytes());
        bytes.extend_from_slice(&control.kind.to_ne_bytes());
        bytes.extend_from_slice(&control.data);
        bytes.resize(end, 0);
    }
    Ok(bytes)
}

/// The control messages of an argument.
fn given_controls(vm: &mut Vm, ancdata: Option<&Value>) -> PyResult<Vec<Control>> {
    const ITEMS: &str = "[sendmsg() ancillary data items]() argument must be";
    let mut controls = Vec::new();
    let Some(ancdata) = ancdata else {
        return Ok(controls);
    };
    let items = vm.items_or(ancdata, "sendmsg() argument 2 must be an iterable")?;
    while let Some(item) = items.as_slice(vm).get(controls.len()).cloned() {
        let Some(tuple) = item.downcast::<Tuple>() else {
            let kind = vm.type_name(&item);
            return Err(vm.type_error(format_args!("{ITEMS} 3-item tuple, not {kind}")));
        };
        let [level, kind, data] = tuple.as_slice() else {
            let len = tuple.as_slice().len();
            return Err(vm.type_error(format_args!("{ITEMS} tuple of length 3, not {len}")));
        };
        let (level, kind) = (c_int(level, vm)?, c_int(kind, vm)?);
        let data = vm.bytes_like(data)?.gather(vm);
        controls.push(Control { level, kind, data });
    }
    Ok(controls)
}

/// The most buffers of one call (`IOV_MAX` is checked by the system).
const MOST_BUFFERS: usize = i32::MAX as usize;

/// The buffers to send.
fn sources(vm: &mut Vm, buffers: &Value, function: &str) -> PyResult<Vec<BufferView>> {
    let items = vm.items_or(buffers, &format!("{function}() argument 1 must be an iterable"))?;
    if items.as_slice(vm).len() > MOST_BUFFERS {
        return Err(plain_error(vm, &format!("{function}() argument 1 is too long")));
    }
    let mut views = Vec::new();
    // To ask one for its bytes may change the list.
    for item in items.as_slice(vm).to_vec() {
        views.push(vm.bytes_like(&item)?);
    }
    Ok(views)
}

/// Control messages as a list of tuples.
fn shown_controls(vm: &mut Vm, controls: &[Control]) -> PyResult<Ref<List>> {
    let mut items = Vec::with_capacity(controls.len());
    for control in controls {
        let data = vm.new_bytes(&control.data)?.into();
        let (level, kind) = (Value::from_i32(control.level), Value::from_i32(control.kind));
        items.push(vm.new_tuple(vec![level, kind, data]).into());
    }
    Ok(vm.try_list(items)?)
}

/// Closes the descriptors that came along: nobody gets to know them.
fn close_received(controls: &[Control]) {
    for control in controls.iter().filter(|control| (control.level, control.kind) == (libc::SOL_SOCKET, libc::SCM_RIGHTS)) {
        for fd in control.data.chunks_exact(4) {
            let fd = i32::from_ne_bytes(fd.try_into().unwrap_or([0xFF; 4]));
            // Nothing can be done about an error.
            let _ = system::close(fd);
        }
    }
}

impl Socket {
    /// What `recvmsg` and `recvmsg_into` have in common: `result` makes the first item out of the length.
    fn receive_message(
        &self,
        vm: &mut Vm,
        buffers: Vec<RawBytes>,
        ancbufsize: isize,
        flags: i32,
        result: impl FnOnce(&mut Vm, usize) -> PyResult,
    ) -> PyResult<Ref<Tuple>> {
        let control = match usize::try_from(ancbufsize) {
            Ok(size) if size <= i32::MAX as usize => size,
            _ => return Err(vm.value_error(format_args!("invalid ancillary data buffer length"))),
        };
        let fd = self.fd();
        let message = self.call(vm, Ready::Read, move || system::receive_message(fd, &buffers, control, flags))?;
        let (controls, whole) = controls(&message.control);
        let shown = self.shown_message(vm, &message, &controls, whole, result);
        if shown.is_err() {
            close_received(&controls);
        }
        shown
    }

    fn shown_message(
        &self,
        vm: &mut Vm,
        message: &Message,
        controls: &[Control],
        whole: bool,
        result: impl FnOnce(&mut Vm, usize) -> PyResult,
    ) -> PyResult<Ref<Tuple>> {
        let ancillary = shown_controls(vm, controls)?;
        if !whole {
            let text = "received malformed or improperly-truncated ancillary data";
            vm.warn(&exceptions::RUNTIME_WARNING, text, 1)?;
        }
        let first = result(vm, message.len)?;
        let address = shown(vm, &message.address, self.protocol_number())?;
        Ok(vm.new_tuple(vec![first, ancillary.into(), Value::from_i32(message.flags), address]))
    }
}

#[pymethods(part = messages)]
impl Socket {
    /// recvmsg(bufsize[, ancbufsize[, flags]]) -> (data, ancdata, msg_flags, address)
    ///
    /// Receive normal data (up to bufsize bytes) and ancillary data from the
    /// socket.  The ancbufsize argument sets the size in bytes of the
    /// internal buffer used to receive the ancillary data; it defaults to 0,
    /// meaning that no ancillary data will be received.  Appropriate buffer
    /// sizes for ancillary data can be calculated using CMSG_SPACE() or
    /// CMSG_LEN(), and items which do not fit into the buffer might be
    /// truncated or discarded.  The flags argument defaults to 0 and has the
    /// same meaning as for recv().
    ///
    /// The return value is a 4-tuple: (data, ancdata, msg_flags, address).
    #[signature = "(bufsize, ancbufsize=0, flags=0, /)"]
    #[text_signature = ""]
    fn recvmsg(&self, vm: &mut Vm, bufsize: isize, ancbufsize: isize, flags: i32) -> PyResult<Ref<Tuple>> {
        let Ok(len) = usize::try_from(bufsize) else {
            return Err(vm.value_error(format_args!("negative buffer size in recvmsg()")));
        };
        let mut zeros = Vec::new();
        if zeros.try_reserve_exact(len).is_err() {
            return Err(vm.memory_error());
        }
        zeros.resize(len, 0);
        let room = vm.new_bytearray(&zeros)?;
        let view = vm.buffer(&room.to_value(), buffer_flags::WRITABLE)?;
        self.receive_message(vm, vec![RawBytes::of(&view)], ancbufsize, flags, |vm, len| {
            let data = view.as_slice(vm)[..len].to_vec();
            Ok(vm.new_bytes(&data)?.into())
        })
    }

    /// recvmsg_into(buffers[, ancbufsize[, flags]]) -> (nbytes, ancdata, msg_flags, address)
    ///
    /// Receive normal data and ancillary data from the socket, scattering the
    /// non-ancillary data into a series of buffers.  The buffers argument
    /// must be an iterable of objects that export writable buffers
    /// (e.g. bytearray objects); these will be filled with successive chunks
    /// of the non-ancillary data until it has all been written or there are
    /// no more buffers.  The ancbufsize argument sets the size in bytes of
    /// the internal buffer used to receive the ancillary data; it defaults to
    /// 0, meaning that no ancillary data will be received.
    #[signature = "(buffers, ancbufsize=0, flags=0, /)"]
    #[text_signature = ""]
    fn recvmsg_into(&self, vm: &mut Vm, buffers: &Value, ancbufsize: isize, flags: i32) -> PyResult<Ref<Tuple>> {
        const WRITABLE: &str = "recvmsg_into() argument 1 must be an iterable of single-segment read-write buffers";
        let items = vm.items_or(buffers, "recvmsg_into() argument 1 must be an iterable")?;
        if items.as_slice(vm).len() > MOST_BUFFERS {
            return Err(plain_error(vm, "recvmsg_into() argument 1 is too long"));
        }
        let mut views = Vec::new();
        while let Some(item) = items.as_slice(vm).get(views.len()).cloned() {
            match vm.buffer(&item, buffer_flags::WRITABLE) {
                Ok(view) => views.push(view),
                Err(raised) => {
                    drop(vm.catch(raised));
                    return Err(vm.type_error(format_args!("{WRITABLE}")));
                }
            }
        }
        let targets = views.iter().map(RawBytes::of).collect();
        self.receive_message(vm, targets, ancbufsize, flags, |vm, len| Ok(vm.int(len as i64)))
    }

    /// sendmsg(buffers[, ancdata[, flags[, address]]]) -> count
    ///
    /// Send normal and ancillary data to the socket, gathering the
    /// non-ancillary data from a series of buffers and concatenating it into
    /// a single message.  The buffers argument specifies the non-ancillary
    /// data as an iterable of bytes-like objects (e.g. bytes objects).
    /// The ancdata argument specifies the ancillary data (control messages)
    /// as an iterable of zero or more tuples (cmsg_level, cmsg_type,
    /// cmsg_data), where cmsg_level and cmsg_type are integers specifying the
    /// protocol level and protocol-specific type respectively, and cmsg_data
    /// is a bytes-like object holding the associated data.  The flags
    /// argument defaults to 0 and has the same meaning as for send().  If
    /// address is supplied and not None, it sets a destination address for
    /// the message.  The return value is the number of bytes of non-ancillary
    /// data sent.
    #[signature = "(buffers, ancdata=None, flags=0, address=None, /)"]
    #[text_signature = ""]
    fn sendmsg(
        this: &Object<Self>,
        vm: &mut Vm,
        buffers: &Value,
        ancdata: Option<&Value>,
        flags: i32,
        address: Option<&Value>,
    ) -> PyResult<usize> {
        let raw = match address {
            Some(address) => {
                let raw = address_of(vm, this, address, "sendmsg")?;
                Socket::audit(this, vm, "socket.sendmsg", address)?;
                Some(raw)
            }
            None => {
                Socket::audit(this, vm, "socket.sendmsg", &Value::none())?;
                None
            }
        };
        let views = sources(vm, buffers, "sendmsg")?;
        let controls = given_controls(vm, ancdata)?;
        let control = control_bytes(vm, &controls)?;
        let vectors: Vec<RawBytes> = views.iter().map(RawBytes::of).collect();
        let fd = this.fd();
        this.call(vm, Ready::Write, move || system::send_message(fd, &vectors, &control, flags, raw.as_ref()))
    }

    /// sendmsg_afalg([msg], *, op[, iv[, assoclen[, flags=MSG_MORE]]])
    ///
    /// Set operation mode, IV and length of associated data for an AF_ALG
    /// operation socket.
    #[signature = "(msg=(), *, op=<unrepresentable>, iv=<unrepresentable>, assoclen=<unrepresentable>, flags=0)"]
    #[text_signature = ""]
    fn sendmsg_afalg(
        &self,
        vm: &mut Vm,
        msg: Option<&Value>,
        op: Option<&Value>,
        iv: Option<&Value>,
        assoclen: Option<&Value>,
        flags: i32,
    ) -> PyResult<usize> {
        const SET_IV: i32 = 2;
        const SET_OP: i32 = 3;
        const SET_ASSOCLEN: i32 = 4;
        if self.address_family() != libc::AF_ALG {
            return Err(plain_error(vm, "algset is only supported for AF_ALG"));
        }
        let operation = match op {
            Some(op) => c_int(op, vm)?,
            None => -1,
        };
        if operation < 0 {
            return Err(vm.type_error(format_args!("Invalid or missing argument 'op'")));
        }
        let associated = match assoclen {
            None => None,
            Some(len) => match c_int(len, vm)? {
                len if len < 0 => return Err(vm.type_error(format_args!("assoclen must be positive"))),
                len => Some(len),
            },
        };
        let number = |kind: i32, number: i32| Control { level: libc::SOL_ALG, kind, data: number.to_ne_bytes().to_vec() };
        let mut controls = vec![number(SET_OP, operation)];
        if let Some(iv) = iv {
            let iv = vm.bytes_like(iv)?.gather(vm);
            let data = [&(iv.len() as u32).to_ne_bytes()[..], &iv].concat();
            controls.push(Control { level: libc::SOL_ALG, kind: SET_IV, data });
        }
        if let Some(len) = associated {
            controls.push(number(SET_ASSOCLEN, len));
        }
        let views = match msg {
            Some(msg) => sources(vm, msg, "sendmsg_afalg")?,
            None => Vec::new(),
        };
        let control = control_bytes(vm, &controls)?;
        let vectors: Vec<RawBytes> = views.iter().map(RawBytes::of).collect();
        let fd = self.fd();
        self.call(vm, Ready::Write, move || system::send_message(fd, &vectors, &control, flags, None))
    }
}
