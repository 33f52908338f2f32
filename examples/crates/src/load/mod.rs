//! From Cargo's metadata to rows: one `bulk_create` a table, all in one transaction.

mod graph;
mod labels;

use std::collections::{BTreeSet, HashMap};

use orm::prelude::*;
use terminal::{Table, count, heading, say};

use crate::Result;
use crate::metadata::{Metadata, Package as Described};
use crate::models::{
    Author, Dependency, DependencyKind, Feature, Keyword, License, Package, Version, create_tables,
};

/// Makes the tables and fills them.
pub async fn load(db: &Db, metadata: &Metadata) -> Result<()> {
    create_tables(db).await?;
    let (db, log) = db.logged();
    db.transaction(async |tx| fill(tx, metadata).await).await?;

    heading("Loaded");
    let mut table = Table::new(["table", "#rows"]);
    for (name, rows) in counts(&db).await? {
        table.row([name.to_owned(), rows.to_string()]);
    }
    table.print();
    let inserts = log.queries().into_iter().filter(|query| query.sql.contains("INSERT INTO"));
    say(&format!("By {}, in one transaction.", count(inserts.count(), "INSERT statement")));
    Ok(())
}

async fn counts(db: &Db) -> orm::Result<Vec<(&'static str, i64)>> {
    Ok(vec![
        ("packages", Package::objects().count(db).await?),
        ("versions", Version::objects().count(db).await?),
        ("  of the workspace", query!(Version.filter(.is_member)).count(db).await?),
        ("dependencies", query!(Dependency.filter(.kind == DependencyKind::Normal)).count(db).await?),
        ("  to build", query!(Dependency.filter(.kind == DependencyKind::Build)).count(db).await?),
        ("  to develop", query!(Dependency.filter(.kind == DependencyKind::Dev)).count(db).await?),
        ("features", Feature::objects().count(db).await?),
        ("  turned on", query!(Feature.filter(.enabled)).count(db).await?),
        ("licences", License::objects().count(db).await?),
        ("keywords", Keyword::objects().count(db).await?),
        ("authors", Author::objects().count(db).await?),
    ])
}

async fn fill(tx: &Transaction<'_>, metadata: &Metadata) -> orm::Result<()> {
    let described = &metadata.packages;
    let packages = by_name::<Package>(tx, described.iter().map(|p| p.name.as_str()), |name| {
        query!(Package.create(name = name))
    })
    .await?;
    let versions = described.iter().map(|p| {
        let is_member = metadata.workspace_members.contains(&p.id);
        query!(Version.create(
            package_id = packages[p.name.as_str()],
            number = &p.version,
            cargo_id = &p.id,
            edition = &p.edition,
            is_member = is_member,
        ))
    });
    let keys = Version::objects().bulk_create(versions).execute(tx).await?;
    let versions: Versions = described.iter().zip(keys).map(|(p, key)| (p.id.as_str(), (key, p))).collect();

    labels::load(tx, &versions).await?;
    Feature::objects().bulk_create(graph::features(metadata, &versions)).execute(tx).await?;
    Dependency::objects().bulk_create(graph::dependencies(metadata, &versions)).execute(tx).await?;
    Ok(())
}

/// By Cargo's identifier the key of each version, and what Cargo said about it.
type Versions<'a> = HashMap<&'a str, (i64, &'a Described)>;

/// A row for each distinct name, by name.
async fn by_name<'a, M: Model<Key = i64>>(
    tx: &Transaction<'_>,
    names: impl Iterator<Item = &'a str>,
    create: impl Fn(&'a str) -> M::Create,
) -> orm::Result<HashMap<&'a str, i64>> {
    let names: BTreeSet<&str> = names.collect();
    let keys = QuerySet::<M>::new().bulk_create(names.iter().map(|name| create(name))).execute(tx).await?;
    Ok(names.into_iter().zip(keys).collect())
}
