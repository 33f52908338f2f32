//! What one may want to know about one's dependencies.

mod dependents;
mod duplicates;
mod features;
mod labels;
mod popular;

use std::collections::BTreeSet;

use orm::prelude::*;
use orm::{QueryLog, QuerySet};
use terminal::{count, say};

use crate::Result;
use crate::models::Package;

/// Answers all questions, those about one package for `about` or for the one that most depend on.
pub async fn answer(db: &Db, about: Option<&str>) -> Result<()> {
    let popular = popular::section(db).await?;
    let about = match about {
        Some(name) => {
            query!(Package.filter(.name == name)).first(db).await?.ok_or_else(|| unknown(name))?.name
        }
        None => popular,
    };
    duplicates::section(db).await?;
    labels::section(db).await?;
    dependents::section(db, &about).await?;
    features::section(db, &about).await?;
    Ok(())
}

fn unknown(name: &str) -> String {
    format!("the workspace uses no package called {name}")
}

/// All packages but those of the workspace.
fn foreign_packages() -> QuerySet<Package> {
    query!(Package.filter(.versions.none(.is_member)))
}

/// Says how many queries an answer took.
fn say_queries(log: &QueryLog) {
    say(&format!("({})", count(log.count(), "query")));
}

/// At most `most` of the names, in one line.
fn listed(names: impl IntoIterator<Item = String>, most: usize) -> String {
    let names: BTreeSet<String> = names.into_iter().collect();
    let more = names.len().saturating_sub(most);
    let shown = names.into_iter().take(most).collect::<Vec<_>>().join(", ");
    match more {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
