//! The beginning of a connection, before PostgreSQL's protocol proper.

use std::io::{self, Error, ErrorKind, Read, Write};

const PROTOCOL_3: u32 = 3 << 16;
const CANCEL: u32 = (1234 << 16) | 5678;
const SSL: u32 = (1234 << 16) | 5679;
const GSS: u32 = (1234 << 16) | 5680;

/// The longest packet that PostgreSQL takes.
const LONGEST: usize = 10_000;

/// Reads the packet with which a session starts. Encryption is refused. There is none if the client only wants a
/// statement cancelled, which PGlite cannot do.
pub(super) fn read(client: &mut (impl Read + Write)) -> io::Result<Option<Vec<u8>>> {
    loop {
        let (code, packet) = packet(client)?;
        match code {
            SSL | GSS => client.write_all(b"N")?,
            CANCEL => return Ok(None),
            PROTOCOL_3.. => return Ok(Some(packet)),
            _ => return Err(Error::new(ErrorKind::InvalidData, "a protocol older than PostgreSQL 7.4")),
        }
    }
}

/// A packet: its length, what it is for, and more.
fn packet(client: &mut impl Read) -> io::Result<(u32, Vec<u8>)> {
    let mut head = [0; 8];
    client.read_exact(&mut head)?;
    let [l0, l1, l2, l3, code @ ..] = head;
    let length = u32::from_be_bytes([l0, l1, l2, l3]) as usize;
    if !(head.len()..=LONGEST).contains(&length) {
        return Err(Error::new(ErrorKind::InvalidData, "not a packet of PostgreSQL's protocol"));
    }
    let mut packet = vec![0; length];
    let (start, rest) = packet.split_at_mut(head.len());
    start.copy_from_slice(&head);
    client.read_exact(rest)?;
    Ok((u32::from_be_bytes(code), packet))
}

/// Why a session does not start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Another client is connected, and stays.
    Busy,
    /// The database is removed.
    Removed,
    /// PGlite has ended.
    Ended,
}

impl Refusal {
    /// The message that tells the client.
    pub(super) fn message(self) -> Vec<u8> {
        let (code, text) = match self {
            Self::Busy => ("53300", "PGlite takes one connection at a time, and another client is connected"),
            Self::Removed => ("3D000", "the database is removed"),
            Self::Ended => ("57P03", "PGlite has ended"),
        };
        let fields = format!("SFATAL\0VFATAL\0C{code}\0M{text}\0\0");
        let length = u32::try_from(fields.len() + 4).unwrap_or_default();
        [b"E", &length.to_be_bytes()[..], fields.as_bytes()].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a client sends, and what it is answered.
    struct Client<'a>(&'a [u8], Vec<u8>);

    impl Read for Client<'_> {
        fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
            self.0.read(bytes)
        }
    }

    impl Write for Client<'_> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.1.write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn packet(code: u32, rest: &[u8]) -> Vec<u8> {
        let length = 8 + rest.len() as u32;
        [&length.to_be_bytes(), &code.to_be_bytes(), rest].concat()
    }

    #[test]
    fn encryption_is_refused_before_a_session_starts() {
        let start = packet(PROTOCOL_3, b"user\0postgres\0\0");
        let sent = [packet(SSL, b""), packet(GSS, b""), start.clone()].concat();
        let mut client = Client(&sent, Vec::new());
        assert_eq!(read(&mut client).unwrap(), Some(start));
        assert_eq!(client.1, b"NN");
    }

    #[test]
    fn a_cancel_request_starts_no_session() {
        let sent = packet(CANCEL, &[0; 8]);
        let mut client = Client(&sent, Vec::new());
        assert_eq!(read(&mut client).unwrap(), None);
        assert!(client.0.is_empty() && client.1.is_empty());
    }

    #[test]
    fn nonsense_is_an_error() {
        for sent in [&b"GET / HTTP/1.1"[..], &[0, 0, 0, 4, 0, 3, 0, 0], &[0, 0, 0, 9, 0, 3, 0, 0], b""] {
            assert!(read(&mut Client(sent, Vec::new())).is_err(), "{sent:?}");
        }
    }

    #[test]
    fn refusals_are_errors_of_the_protocol() {
        let message = Refusal::Busy.message();
        assert_eq!(message[0], b'E');
        assert_eq!(message[1..5], (message.len() as u32 - 1).to_be_bytes());
        assert!(message.ends_with(b"\0\0"));
    }
}
