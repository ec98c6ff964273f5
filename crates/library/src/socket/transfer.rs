//! Sending and receiving bytes.

use pvm_macros::pymethods;
use pvm_object::buffer::BufferView;
use pvm_object::bytes::Bytes;
use pvm_object::{Args, Object, PyResult, Ref, Value, Vm};

use super::address::{address_of, shown};
use super::object::Socket;
use super::wait::{Ready, call_within, timed_out};
use crate::parameters::{WritableBuffer, c_int};
use crate::system::{self, Deadline, RawBytes, SocketAddress};

/// Room for so many bytes that a call fills.
pub fn room(vm: &mut Vm, len: isize, function: &str) -> PyResult<Vec<u8>> {
    let Ok(len) = usize::try_from(len) else {
        return Err(vm.value_error(format_args!("negative buffersize in {function}")));
    };
    let mut room = Vec::new();
    match room.try_reserve_exact(len) {
        Ok(()) => Ok(room),
        Err(_) => Err(vm.memory_error()),
    }
}

/// Receives into the room, at most what there is; with the sender's address where that is asked for.
fn receive(socket: &Socket, vm: &mut Vm, room: &mut Vec<u8>, len: usize, flags: i32, from: bool) -> PyResult<SocketAddress> {
    let fd = socket.fd();
    if !from && len == 0 {
        return Ok(SocketAddress::NONE);
    }
    room.resize(len, 0);
    let (count, address) = {
        let room = &mut room[..];
        socket.call(vm, Ready::Read, || match from {
            true => system::receive_from(fd, room, flags),
            false => system::receive(fd, room, flags).map(|count| (count, SocketAddress::NONE)),
        })?
    };
    room.truncate(count);
    Ok(address)
}

/// The part of a buffer that `recv_into` and its like fill.
fn target(vm: &mut Vm, buffer: &WritableBuffer, nbytes: isize, function: &str, too_small: &str) -> PyResult<RawBytes> {
    let len = buffer.0.len();
    let wanted = match usize::try_from(nbytes) {
        Ok(0) => len,
        Ok(wanted) if wanted > len => return Err(vm.value_error(format_args!("{too_small}"))),
        Ok(wanted) => wanted,
        Err(_) => return Err(vm.value_error(format_args!("negative buffersize in {function}"))),
    };
    Ok(RawBytes::of(&buffer.0).part(0, wanted))
}

#[pymethods(part = transfer)]
impl Socket {
    /// recv(buffersize[, flags]) -> data
    ///
    /// Receive up to buffersize bytes from the socket.  For the optional flags
    /// argument, see the Unix manual.  When no data is available, block until
    /// at least one byte is available or until the remote end is closed.  When
    /// the remote end is closed and all data is read, return the empty string.
    #[signature = "(buffersize, flags=0, /)"]
    #[text_signature = ""]
    fn recv(&self, vm: &mut Vm, buffersize: isize, flags: i32) -> PyResult<Ref<Bytes>> {
        let mut room = room(vm, buffersize, "recv")?;
        receive(self, vm, &mut room, buffersize as usize, flags, false)?;
        Ok(vm.new_bytes(&room)?)
    }

    /// recv_into(buffer, [nbytes[, flags]]) -> nbytes_read
    ///
    /// A version of recv() that stores its data into a buffer rather than creating
    /// a new string.  Receive up to buffersize bytes from the socket.  If buffersize
    /// is not specified (or 0), receive up to the size available in the given buffer.
    ///
    /// See recv() for documentation about the flags.
    #[signature = "(buffer, nbytes=0, flags=0)"]
    #[text_signature = ""]
    fn recv_into(&self, vm: &mut Vm, buffer: WritableBuffer, nbytes: isize, flags: i32) -> PyResult<usize> {
        let target = target(vm, &buffer, nbytes, "recv_into", "buffer too small for requested bytes")?;
        if target.is_empty() {
            return Ok(0);
        }
        let fd = self.fd();
        self.call(vm, Ready::Read, move || target.receive(fd, flags))
    }

    /// recvfrom(buffersize[, flags]) -> (data, address info)
    ///
    /// Like recv(buffersize, flags) but also return the sender's address info.
    #[signature = "(buffersize, flags=0, /)"]
    #[text_signature = ""]
    fn recvfrom(&self, vm: &mut Vm, buffersize: isize, flags: i32) -> PyResult<(Ref<Bytes>, Value)> {
        let mut room = room(vm, buffersize, "recvfrom")?;
        let address = receive(self, vm, &mut room, buffersize as usize, flags, true)?;
        let data = vm.new_bytes(&room)?;
        Ok((data, shown(vm, &address, self.protocol_number())?))
    }

    /// recvfrom_into(buffer[, nbytes[, flags]]) -> (nbytes, address info)
    ///
    /// Like recv_into(buffer[, nbytes[, flags]]) but also return the sender's address info.
    #[signature = "(buffer, nbytes=0, flags=0)"]
    #[text_signature = ""]
    fn recvfrom_into(&self, vm: &mut Vm, buffer: WritableBuffer, nbytes: isize, flags: i32) -> PyResult<(usize, Value)> {
        let target = target(vm, &buffer, nbytes, "recvfrom_into", "nbytes is greater than the length of the buffer")?;
        let fd = self.fd();
        let (count, address) = self.call(vm, Ready::Read, move || target.receive_from(fd, flags))?;
        Ok((count, shown(vm, &address, self.protocol_number())?))
    }

    /// send(data[, flags]) -> count
    ///
    /// Send a data string to the socket.  For the optional flags
    /// argument, see the Unix manual.  Return the number of bytes
    /// sent; this may be less than len(data) if the network is busy.
    #[signature = "(data, flags=0, /)"]
    #[text_signature = ""]
    fn send(&self, vm: &mut Vm, data: BufferView, flags: i32) -> PyResult<usize> {
        let (fd, bytes) = (self.fd(), RawBytes::of(&data));
        self.call(vm, Ready::Write, move || bytes.send(fd, flags))
    }

    /// sendall(data[, flags])
    ///
    /// Send a data string to the socket.  For the optional flags
    /// argument, see the Unix manual.  This calls send() repeatedly
    /// until all data is sent.  If an error occurs, it's impossible
    /// to tell how much data has been sent.
    #[signature = "(data, flags=0, /)"]
    #[text_signature = ""]
    fn sendall(&self, vm: &mut Vm, data: BufferView, flags: i32) -> PyResult<()> {
        let (bytes, timeout) = (RawBytes::of(&data), self.timeout_ns());
        let deadline = Deadline::after((timeout > 0).then_some(timeout));
        let mut sent = 0;
        loop {
            let left = deadline.left().unwrap_or(timeout);
            if timeout > 0 && left == 0 {
                return Err(timed_out(vm));
            }
            let (fd, rest) = (self.fd(), bytes.part(sent, data.len()));
            sent += call_within(vm, fd, Ready::Write, left, move || rest.send(fd, flags)).map_err(|failed| failed.raise(vm))?;
            // Handlers of signals run before more is sent.
            vm.poll(0)?;
            if sent >= data.len() {
                return Ok(());
            }
        }
    }

    /// sendto(data[, flags], address) -> count
    ///
    /// Like send(data, flags) but allows specifying the destination address.
    /// For IP sockets, the address is a pair (hostaddr, port).
    #[signature = "(*args)"]
    #[text_signature = ""]
    fn sendto(this: &Object<Self>, vm: &mut Vm, args: Args<'_>) -> PyResult<usize> {
        let values = args.to_values();
        let (data, flags, address) = match &values[..] {
            [data, address] => (data, None, address),
            [data, flags, address] => (data, Some(flags), address),
            _ => {
                let given = values.len();
                return Err(vm.type_error(format_args!("sendto() takes 2 or 3 arguments ({given} given)")));
            }
        };
        let data = vm.bytes_like(data)?;
        let flags = match flags {
            Some(flags) => c_int(flags, vm)?,
            None => 0,
        };
        let raw = address_of(vm, this, address, "sendto")?;
        Socket::audit(this, vm, "socket.sendto", address)?;
        let (fd, bytes) = (this.fd(), RawBytes::of(&data));
        this.call(vm, Ready::Write, move || bytes.send_to(fd, flags, &raw))
    }
}
