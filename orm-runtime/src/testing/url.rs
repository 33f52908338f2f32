//! Connection strings.

use std::path::Path;

/// The same connection string with another database. `name` needs no escaping: it is one of ours.
pub(super) fn with_database(url: &str, name: &str) -> String {
    let Some((scheme, rest)) = split_scheme(url) else {
        // Of a key given twice, the last counts.
        return format!("{} dbname={name}", url.trim_end());
    };
    let credentials = rest.find('@').map_or(0, |at| at + 1);
    let hosts = rest[credentials..]
        .find(['/', '?'])
        .map_or(rest.len(), |end| credentials + end);
    let (server, after) = rest.split_at(hosts);
    let parameters = after.split_once('?').map_or("", |(_, parameters)| parameters);
    let kept: Vec<&str> = parameters
        .split('&')
        .filter(|one| !one.is_empty() && !one.starts_with("dbname="))
        .collect();
    let question = if kept.is_empty() { "" } else { "?" };
    format!("{scheme}{server}/{name}{question}{}", kept.join("&"))
}

#[cfg(unix)]
/// The connection string of a server that listens on the Unix socket in `folder`.
pub(super) fn of_socket(folder: &Path, database: &str) -> String {
    let host = encode(folder.as_os_str().as_encoded_bytes());
    format!("postgresql:///{database}?host={host}&user=postgres")
}

fn split_scheme(url: &str) -> Option<(&str, &str)> {
    let length = ["postgresql://", "postgres://"]
        .into_iter()
        .find(|scheme| url.starts_with(scheme))?
        .len();
    Some(url.split_at(length))
}

/// Percent-encodes what a query parameter may not hold.
fn encode(bytes: &[u8]) -> String {
    let mut text = String::new();
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use tokio_postgres::{Config, config::Host};

    use super::*;

    #[test]
    fn another_database() {
        for (url, expected) in [
            ("postgres://localhost", "postgres://localhost/new"),
            ("postgres://u:p@h:1/old", "postgres://u:p@h:1/new"),
            (
                "postgresql://u:p/q@h/old?sslmode=disable",
                "postgresql://u:p/q@h/new?sslmode=disable",
            ),
            (
                "postgres://h1:1,h2:2/old?dbname=x&user=u",
                "postgres://h1:1,h2:2/new?user=u",
            ),
            ("postgres:///old?host=/run", "postgres:///new?host=/run"),
            ("postgres://%2Frun?user=u", "postgres://%2Frun/new?user=u"),
            ("host=h dbname=old", "host=h dbname=old dbname=new"),
        ] {
            assert_eq!(with_database(url, "new"), expected);
            let config: Config = expected.parse().unwrap();
            assert_eq!(config.get_dbname(), Some("new"), "{expected}");
        }
    }

    #[test]
    fn socket() {
        let url = of_socket(Path::new("/tmp/with space/é"), "one");
        assert_eq!(
            url,
            "postgresql:///one?host=/tmp/with%20space/%C3%A9&user=postgres"
        );
        let config: Config = url.parse().unwrap();
        assert_eq!(config.get_hosts(), [Host::Unix("/tmp/with space/é".into())]);
        assert_eq!(config.get_user(), Some("postgres"));
        assert_eq!(config.get_dbname(), Some("one"));
    }
}
