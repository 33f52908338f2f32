//! Which packages are compiled in more than one version, and who wants which.

use orm::prelude::*;
use terminal::{Table, heading, say, shown};

use super::{listed, say_queries};
use crate::models::Package;

pub async fn section(db: &Db) -> orm::Result<()> {
    heading("Packages in several versions");
    let (db, log) = db.logged();
    let packages = shown!(
        query!(Package
            .prefetch_related(.versions.order_by(.number), .versions.dependents.package)
            .order_by(.name))
        .all(&db)
        .await?
    );
    let duplicates: Vec<_> = packages.iter().filter(|package| package.versions().len() > 1).collect();
    if duplicates.is_empty() {
        say("Each package is there once.");
    } else {
        let mut table = Table::new(["package", "version", "wanted by"]);
        for package in duplicates {
            for (i, version) in package.versions().iter().enumerate() {
                let name = if i == 0 { package.name.clone() } else { String::new() };
                let dependents =
                    version.dependents().iter().map(|dependent| dependent.package().name.clone());
                table.row([name, version.number.clone(), listed(dependents, 4)]);
            }
        }
        table.print();
    }
    say_queries(&log);
    Ok(())
}
