//! Licences, authors and keywords by how many packages have them.

use std::cmp::Reverse;

use orm::prelude::*;
use terminal::{Table, heading, say, shown};

use super::{listed, say_queries};
use crate::models::{Author, Keyword, License, Version};

loaded!(
    /// A version with the package it is of.
    type VersionOfPackage = Version { package }
);

pub async fn section(db: &Db) -> orm::Result<()> {
    heading("Licences");
    let (db, log) = db.logged();
    let licenses = shown!(query!(License.prefetch_related(.versions.package)).all(&db).await?);
    ranking("licence", licenses.iter().map(|license| (license.name.as_str(), license.versions())));
    let without = shown!(query!(Version.filter(!.is_member && .licenses.is_empty())).count(&db).await?);
    say(&format!("Without a licence in their manifest: {without}."));
    say_queries(&log);

    heading("Authors and keywords");
    log.clear();
    let authors = shown!(query!(Author.prefetch_related(.versions.package)).all(&db).await?);
    ranking("author", authors.iter().map(|author| (author.name.as_str(), author.versions())));
    let keywords = shown!(query!(Keyword.prefetch_related(.versions.package)).all(&db).await?);
    ranking("keyword", keywords.iter().map(|keyword| (keyword.name.as_str(), keyword.versions())));
    say_queries(&log);
    Ok(())
}

/// A table of those with the most versions.
fn ranking<'a>(title: &str, labels: impl Iterator<Item = (&'a str, &'a [VersionOfPackage])>) {
    let mut labels: Vec<_> = labels.collect();
    labels.sort_by_key(|(name, versions)| (Reverse(versions.len()), *name));
    let mut table = Table::new([title, "#versions", "for example"]);
    for (name, versions) in labels.iter().take(8) {
        let packages = versions.iter().map(|version| version.package().name.clone());
        table.row([name.to_string(), versions.len().to_string(), listed(packages, 3)]);
    }
    table.print();
}
