use std::fmt::{self, Display};
use std::str::FromStr;

use crate::error::Error;
use crate::sql::KeyValue;

/// The end of a page: where the next one begins, by the values that its last row has in the order of the query.
///
/// As a text it is short and made of letters, digits, `-` and `_`, so that it can stand in a URL. It is opaque and not
/// signed: whoever has one can read the values in it, and can make another.
///
/// A cursor is of an order, not of a filter: it is refused by queries in another order, and by a query on the same table
/// in the same order with other filters it is taken.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PageCursor {
    /// The number of the order.
    pub(super) mark: u32,
    /// The values.
    pub(super) values: Box<[KeyValue]>,
}

impl PageCursor {
    /// The mark; for each value its length plus one, seven bits a byte, and its bytes; 0 for NULL.
    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.mark.to_be_bytes().to_vec();
        for value in &self.values {
            let mut length = value.as_ref().map_or(0, |value| value.len() + 1);
            while length > 0x7f {
                bytes.push(0x80 | (length & 0x7f) as u8);
                length >>= 7;
            }
            bytes.push(length as u8);
            bytes.extend(value.iter().flat_map(|value| value.iter()));
        }
        bytes
    }

    fn from_bytes(bytes: &[u8]) -> Option<PageCursor> {
        let (mark, mut rest) = bytes.split_first_chunk::<4>()?;
        let mut values = Vec::new();
        while !rest.is_empty() {
            let mut length = 0usize;
            for shift in (0..28).step_by(7) {
                let (byte, after) = rest.split_first()?;
                rest = after;
                length |= usize::from(byte & 0x7f) << shift;
                if byte & 0x80 == 0 {
                    break;
                }
                // A value has less than 2^28 bytes.
                if shift == 21 {
                    return None;
                }
            }
            values.push(match length.checked_sub(1) {
                None => None,
                Some(length) => {
                    let (value, after) = rest.split_at_checked(length)?;
                    rest = after;
                    Some(value.into())
                }
            });
        }
        Some(PageCursor { mark: u32::from_be_bytes(*mark), values: values.into() })
    }
}

/// The digits of base64 for URLs.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

impl Display for PageCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write;
        for chunk in self.to_bytes().chunks(3) {
            let bits = (0..3).fold(0, |bits, i| bits << 8 | u32::from(chunk.get(i).copied().unwrap_or(0)));
            for i in 0..=chunk.len() {
                f.write_char(DIGITS[(bits >> (18 - 6 * i) & 0x3f) as usize].into())?;
            }
        }
        Ok(())
    }
}

impl FromStr for PageCursor {
    type Err = Error;

    /// Reads the text of a cursor.
    ///
    /// # Errors
    ///
    /// [`Error::is_invalid_cursor`] where the text is not one.
    fn from_str(text: &str) -> Result<PageCursor, Error> {
        let bytes = decode(text.as_bytes());
        let cursor = bytes.and_then(|bytes| PageCursor::from_bytes(&bytes));
        cursor.ok_or_else(|| Error::invalid_cursor("this is not the cursor of a page"))
    }
}

fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 3 / 4);
    for chunk in text.chunks(4) {
        if chunk.len() == 1 {
            return None;
        }
        let mut bits = 0u32;
        for i in 0..4 {
            let digit = match chunk.get(i) {
                Some(byte) => DIGITS.iter().position(|digit| digit == byte)?,
                None => 0,
            };
            bits = bits << 6 | digit as u32;
        }
        let [_, all @ ..] = bits.to_be_bytes();
        let (kept, left) = all.split_at(chunk.len() - 1);
        if left.iter().any(|byte| *byte != 0) {
            return None;
        }
        bytes.extend(kept);
    }
    Some(bytes)
}

impl fmt::Debug for PageCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PageCursor({self})")
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for PageCursor {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cursor(values: &[Option<&[u8]>]) -> PageCursor {
        PageCursor { mark: 0xdead_beef, values: values.iter().map(|value| value.map(Box::from)).collect() }
    }

    #[test]
    fn the_text_is_read_back() {
        let long = [7; 70_000];
        let cases: [&[Option<&[u8]>]; 6] = [
            &[],
            &[None],
            &[Some(b"")],
            &[Some(b"a"), None, Some(&[0, 255, 128])],
            &[Some(&[1; 127])],
            &[Some(&long)],
        ];
        for values in cases {
            let cursor = cursor(values);
            let text = cursor.to_string();
            assert!(text.bytes().all(|byte| DIGITS.contains(&byte)), "{text}");
            assert_eq!(text.parse::<PageCursor>().ok(), Some(cursor));
        }
    }

    #[test]
    fn every_cut_or_changed_text_is_refused_or_another_cursor() {
        let whole = cursor(&[Some(b"abc"), None, Some(&[0; 8])]);
        let text = whole.to_string();
        for end in 0..text.len() {
            assert!(
                text[..end].parse::<PageCursor>().is_ok_and(|part| part != whole)
                    || text[..end].parse::<PageCursor>().is_err()
            );
            let mut changed = text.clone().into_bytes();
            changed[end] = if changed[end] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).unwrap_or_default();
            assert_ne!(changed.parse::<PageCursor>().ok(), Some(whole.clone()));
        }
        for text in ["", "A", "====", "é", "AAAA", "AAAAAAAA gA", "AAAAAP____8"] {
            assert!(text.parse::<PageCursor>().is_err_and(|error| error.is_invalid_cursor()), "{text}");
        }
    }
}
