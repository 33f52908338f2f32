//! The connection strings of a server that somebody else provides.

/// The same connection string with another database. `name` needs no escaping: it is one of ours.
pub(super) fn with_database(url: &str, name: &str) -> String {
    let Some((scheme, rest)) = split_scheme(url) else {
        // Of a key given twice, the last counts.
        return format!("{} dbname={name}", url.trim_end());
    };
    let credentials = rest.find('@').map_or(0, |at| at + 1);
    let hosts = rest[credentials..].find(['/', '?']).map_or(rest.len(), |end| credentials + end);
    let (server, after) = rest.split_at(hosts);
    let parameters = after.split_once('?').map_or("", |(_, parameters)| parameters);
    let kept: Vec<&str> =
        parameters.split('&').filter(|one| !one.is_empty() && !one.starts_with("dbname=")).collect();
    let question = if kept.is_empty() { "" } else { "?" };
    format!("{scheme}{server}/{name}{question}{}", kept.join("&"))
}

fn split_scheme(url: &str) -> Option<(&str, &str)> {
    let length = ["postgresql://", "postgres://"].into_iter().find(|scheme| url.starts_with(scheme))?.len();
    Some(url.split_at(length))
}

#[cfg(test)]
mod tests {
    use tokio_postgres::Config;

    use super::*;

    #[test]
    fn another_database() {
        for (url, expected) in [
            ("postgres://localhost", "postgres://localhost/new"),
            ("postgres://u:p@h:1/old", "postgres://u:p@h:1/new"),
            ("postgresql://u:p/q@h/old?sslmode=disable", "postgresql://u:p/q@h/new?sslmode=disable"),
            ("postgres://h1:1,h2:2/old?dbname=x&user=u", "postgres://h1:1,h2:2/new?user=u"),
            ("postgres:///old?host=/run", "postgres:///new?host=/run"),
            ("postgres://%2Frun?user=u", "postgres://%2Frun/new?user=u"),
            ("host=h dbname=old", "host=h dbname=old dbname=new"),
        ] {
            assert_eq!(with_database(url, "new"), expected);
            let config: Config = expected.parse().unwrap();
            assert_eq!(config.get_dbname(), Some("new"), "{expected}");
        }
    }
}
