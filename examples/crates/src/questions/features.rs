//! Which features of a package are on, and who turned them on.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use orm::prelude::*;
use terminal::{Table, heading, note, say, shown};

use super::{listed, say_queries};
use crate::models::{Dependency, Feature, Version};

loaded!(
    /// A version with its features, and with who asks for which.
    type WithFeatures = Version { features, required_by { dependent { package } } }
);

pub async fn section(db: &Db, name: &str) -> orm::Result<()> {
    heading(&format!("The features of {name}, and who turns them on"));
    let (db, log) = db.logged();
    let versions = shown!(
        query!(Version
            .filter(.package.name == name)
            .prefetch_related(.features.order_by(.name), .required_by.dependent.package)
            .order_by(.number))
        .all(&db)
        .await?
    );
    for version in &versions {
        say(&format!("Version {}:", version.number));
        print(version);
    }
    say_queries(&log);

    heading("Versions with the most features on");
    log.clear();
    let enabled = shown!(query!(Feature.filter(.enabled).select_related(.version.package)).all(&db).await?);
    let mut versions: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for feature in &enabled {
        let version = feature.version();
        versions.entry((&version.package().name, &version.number)).or_default().push(&feature.name);
    }
    let mut ranking: Vec<_> = versions.into_iter().collect();
    ranking.sort_by_key(|(_, features)| Reverse(features.len()));
    let mut table = Table::new(["version", "#on", "features"]);
    for ((name, number), features) in ranking.iter().take(6) {
        let some = listed(features.iter().map(|feature| feature.to_string()), 6);
        table.row([format!("{name} {number}"), features.len().to_string(), some]);
    }
    table.print();
    say_queries(&log);
    Ok(())
}

fn print(version: &WithFeatures) {
    let (on, off): (Vec<&Feature>, Vec<&Feature>) =
        version.features().iter().partition(|feature| feature.enabled);
    let mut table = Table::new(["feature", "turned on by"]);
    for feature in on {
        table.row([feature.name.clone(), listed(turned_on_by(feature, version), 6)]);
    }
    table.print();
    if !off.is_empty() {
        note(&format!("Off: {}", listed(off.iter().map(|feature| feature.name.clone()), 12)));
    }
}

/// Packages that ask for the feature, and features that turn it on, as `+name`.
fn turned_on_by(feature: &Feature, version: &WithFeatures) -> Vec<String> {
    let asks = |usage: &Dependency| match feature.name.as_str() {
        "default" => usage.default_features,
        name => usage.features.iter().any(|asked| asked == name),
    };
    let packages = version.required_by().iter().filter(|usage| asks(usage));
    let packages = packages.map(|usage| usage.dependent().package().name.clone());
    let others =
        version.features().iter().filter(|other| other.enabled && other.implies.contains(&feature.name));
    packages.chain(others.map(|other| format!("+{}", other.name))).collect()
}
