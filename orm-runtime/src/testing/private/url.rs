//! The connection strings of a server on a Unix socket.

use std::{fmt::Write, path::Path};

/// Names a database of the server whose socket is in `folder`.
pub(in crate::testing) fn of_socket(folder: &Path, database: &str) -> String {
    let host = encode(folder.as_os_str().as_encoded_bytes());
    format!("postgresql:///{database}?host={host}&user=postgres")
}

/// Percent-encodes what a parameter of a URL may not hold.
fn encode(bytes: &[u8]) -> String {
    let mut text = String::new();
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing to a `String` does not fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use tokio_postgres::{Config, config::Host};

    use super::*;

    #[test]
    fn any_folder_can_be_named() {
        let url = of_socket(Path::new("/tmp/with space/é"), "one");
        assert_eq!(url, "postgresql:///one?host=/tmp/with%20space/%C3%A9&user=postgres");
        let config: Config = url.parse().unwrap();
        assert_eq!(config.get_hosts(), [Host::Unix("/tmp/with space/é".into())]);
        assert_eq!(config.get_user(), Some("postgres"));
        assert_eq!(config.get_dbname(), Some("one"));
    }
}
