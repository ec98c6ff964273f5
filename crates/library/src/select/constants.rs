//! The numbers of `select`, with the values they have on Linux.

use crate::constants::Numbers;

/// Names and values.
#[rustfmt::skip]
pub static NUMBERS: &Numbers = &[
    ("EPOLLERR", 8), ("EPOLLET", 0x8000_0000), ("EPOLLEXCLUSIVE", 0x1000_0000), ("EPOLLHUP", 16), ("EPOLLIN", 1),
    ("EPOLLMSG", 1024), ("EPOLLONESHOT", 0x4000_0000), ("EPOLLOUT", 4), ("EPOLLPRI", 2), ("EPOLLRDBAND", 128),
    ("EPOLLRDHUP", 8192), ("EPOLLRDNORM", 64), ("EPOLLWAKEUP", 0x2000_0000), ("EPOLLWRBAND", 512),
    ("EPOLLWRNORM", 256), ("EPOLL_CLOEXEC", 0x8_0000), ("PIPE_BUF", 4096), ("POLLERR", 8), ("POLLHUP", 16),
    ("POLLIN", 1), ("POLLMSG", 1024), ("POLLNVAL", 32), ("POLLOUT", 4), ("POLLPRI", 2), ("POLLRDBAND", 128),
    ("POLLRDHUP", 8192), ("POLLRDNORM", 64), ("POLLWRBAND", 512), ("POLLWRNORM", 256),
];
