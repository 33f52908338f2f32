//! Which packages most others depend on.

use std::collections::BTreeSet;

use orm::prelude::*;
use terminal::{Table, heading, shown};

use super::{foreign_packages, listed, say_queries};

/// Prints the packages with the most dependents, and returns the name of the first.
pub async fn section(db: &Db) -> orm::Result<String> {
    heading("Most depended upon");
    let (db, log) = db.logged();
    let packages =
        shown!(query!(foreign_packages().prefetch_related(.versions.dependents.package)).all(&db).await?);
    let mut ranking: Vec<(BTreeSet<&str>, &str)> = packages
        .iter()
        .map(|package| {
            let dependents = package.versions().iter().flat_map(|version| version.dependents());
            (dependents.map(|version| version.package().name.as_str()).collect(), package.name.as_str())
        })
        .collect();
    ranking.sort_by_key(|(dependents, name)| (std::cmp::Reverse(dependents.len()), *name));

    let mut table = Table::new(["package", "#dependents", "among them"]);
    for (dependents, name) in ranking.iter().take(10) {
        let some = listed(dependents.iter().map(|name| name.to_string()), 4);
        table.row([name.to_string(), dependents.len().to_string(), some]);
    }
    table.print();
    say_queries(&log);
    Ok(ranking.first().map(|(_, name)| name.to_string()).unwrap_or_default())
}
