//! Who depends on a package, directly and through others: one query a level, however wide the level is.

use std::collections::BTreeMap;

use orm::prelude::*;
use terminal::{count, heading, line, note, say, shown};

use super::{listed, say_queries};
use crate::models::{Dependency, DependencyKind, Package, Version};

loaded!(
    /// A dependency with who has it.
    type Use = Dependency { dependent { package } }
);

/// How a version was reached on the way up: from which one, and by what kind of dependency.
struct Step {
    name: String,
    is_member: bool,
    below: Option<(i64, DependencyKind)>,
}

pub async fn section(db: &Db, name: &str) -> orm::Result<()> {
    heading(&format!("Who depends on {name}, and through what"));
    let (db, log) = db.logged();
    let versions = shown!(
        query!(Version.filter(.package.name == name).select_related(.package).order_by(.number))
            .all(&db)
            .await?
    );
    let mut steps: BTreeMap<i64, Step> = BTreeMap::new();
    for version in &versions {
        let name = label(version.package(), version);
        steps.insert(version.id, Step { name, is_member: version.is_member, below: None });
    }
    let mut level: Vec<i64> = versions.iter().map(|version| version.id).collect();
    let mut depth = 0;
    while !level.is_empty() {
        let uses = match depth {
            0 => shown!(users_of(&level).all(&db).await?),
            _ => users_of(&level).all(&db).await?,
        };
        level = climb(&uses, &mut steps);
        depth += 1;
        if !level.is_empty() {
            let names = level.iter().map(|id| steps[id].name.clone());
            line(format!("Level {depth}, {}:", count(level.len(), "version")));
            note(&listed(names, 12));
        }
    }
    say("The shortest way from each package of the workspace:");
    for step in steps.values().filter(|step| step.is_member && step.below.is_some()) {
        line(format!("    {}", way(step, &steps)));
    }
    line("");
    say_queries(&log);
    Ok(())
}

/// Who uses any of these versions directly.
fn users_of(versions: &[i64]) -> orm::QuerySet<Dependency, Use> {
    query!(Dependency
        .filter(.dependency_id.is_in(versions))
        .select_related(.dependent.package)
        .order_by(.kind, .dependent.package.name))
}

/// Notes who is new among the dependents, and returns their keys.
fn climb(uses: &[Use], steps: &mut BTreeMap<i64, Step>) -> Vec<i64> {
    let mut new = Vec::new();
    for usage in uses {
        let version = usage.dependent();
        if steps.contains_key(&version.id) {
            continue;
        }
        let below = Some((usage.dependency_id, usage.kind));
        steps.insert(
            version.id,
            Step { name: label(version.package(), version), is_member: version.is_member, below },
        );
        new.push(version.id);
    }
    new
}

fn label(package: &Package, version: &Version) -> String {
    match version.is_member {
        true => package.name.clone(),
        false => format!("{} {}", package.name, version.number),
    }
}

/// `shop > orm > syn 3.0.1`
fn way(from: &Step, steps: &BTreeMap<i64, Step>) -> String {
    let mut way = from.name.clone();
    let mut step = from;
    while let Some((below, kind)) = step.below {
        let arrow = match kind {
            DependencyKind::Normal => " > ",
            DependencyKind::Build => " >(build) ",
            DependencyKind::Dev => " >(dev) ",
        };
        step = &steps[&below];
        way.push_str(arrow);
        way.push_str(&step.name);
    }
    way
}
