//! Licences, keywords and authors.

use std::collections::BTreeSet;

use orm::prelude::*;

use super::{Described, Versions, by_name};
use crate::models::{Author, Keyword, License, VersionAuthor, VersionKeyword, VersionLicense};

/// Licences, keywords and authors, and which version has which.
pub(super) async fn load(tx: &Transaction<'_>, versions: &Versions<'_>) -> orm::Result<()> {
    let licenses =
        pairs(versions, |p| p.license.iter().flat_map(|expression| license_names(expression)).collect());
    let ids = by_name::<License>(tx, names(&licenses), |name| query!(License.create(name = name))).await?;
    let links = licenses
        .iter()
        .map(|&(version, name)| query!(VersionLicense.create(version_id = version, license_id = ids[name])));
    VersionLicense::objects().bulk_create(links).execute(tx).await?;

    let keywords = pairs(versions, |p| p.keywords.iter().map(String::as_str).collect());
    let ids = by_name::<Keyword>(tx, names(&keywords), |name| query!(Keyword.create(name = name))).await?;
    let links = keywords
        .iter()
        .map(|&(version, name)| query!(VersionKeyword.create(version_id = version, keyword_id = ids[name])));
    VersionKeyword::objects().bulk_create(links).execute(tx).await?;

    let authors = pairs(versions, |p| p.authors.iter().map(|author| person(author)).collect());
    let ids = by_name::<Author>(tx, names(&authors), |name| query!(Author.create(name = name))).await?;
    let links = authors
        .iter()
        .map(|&(version, name)| query!(VersionAuthor.create(version_id = version, author_id = ids[name])));
    VersionAuthor::objects().bulk_create(links).execute(tx).await?;
    Ok(())
}

/// Each version with each of its labels, none twice.
fn pairs<'a>(
    versions: &Versions<'a>,
    labels: impl Fn(&'a Described) -> Vec<&'a str>,
) -> BTreeSet<(i64, &'a str)> {
    let labels = &labels;
    versions.values().flat_map(|&(key, p)| labels(p).into_iter().map(move |label| (key, label))).collect()
}

fn names<'a>(pairs: &BTreeSet<(i64, &'a str)>) -> impl Iterator<Item = &'a str> {
    pairs.iter().map(|&(_, name)| name)
}

/// The licences of an SPDX expression, or of its forerunner with slashes.
fn license_names(expression: &str) -> Vec<&str> {
    let parts =
        expression.split(" OR ").flat_map(|part| part.split(" AND ")).flat_map(|part| part.split('/'));
    parts.map(|part| part.trim_matches(|c: char| c.is_whitespace() || c == '(' || c == ')')).collect()
}

/// The name in `Name <address>`.
fn person(author: &str) -> &str {
    author.split('<').next().map(str::trim).filter(|name| !name.is_empty()).unwrap_or(author)
}

#[cfg(test)]
mod tests {
    use super::{license_names, person};

    #[test]
    fn licences_of_an_expression() {
        assert_eq!(license_names("MIT/Apache-2.0"), ["MIT", "Apache-2.0"]);
        assert_eq!(
            license_names("(MIT OR Apache-2.0) AND Unicode-3.0"),
            ["MIT", "Apache-2.0", "Unicode-3.0"]
        );
        assert_eq!(license_names("Apache-2.0 WITH LLVM-exception"), ["Apache-2.0 WITH LLVM-exception"]);
    }

    #[test]
    fn people_have_names() {
        assert_eq!(person("Ada <ada@example.com>"), "Ada");
        assert_eq!(person("<ada@example.com>"), "<ada@example.com>");
    }
}
