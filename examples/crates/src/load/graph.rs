//! Features, and which version depends on which.

use std::collections::{BTreeMap, BTreeSet};

use super::{Described, Versions};
use crate::metadata::{Link, LinkKind, Metadata, Node, Requirement};
use crate::models::{CreateDependency, DependencyKind, NewDependency, NewFeature};

/// The features of all versions, with what each turns on.
pub(super) fn features(metadata: &Metadata, versions: &Versions<'_>) -> Vec<NewFeature> {
    let nodes =
        metadata.resolve.nodes.iter().filter_map(|node| Some((node, *versions.get(node.id.as_str())?)));
    let of_node = |(node, (version_id, package)): (&Node, (i64, &Described))| {
        let feature = |(name, implies): (&String, &Vec<String>)| NewFeature {
            version_id,
            name: name.clone(),
            enabled: node.features.contains(name),
            implies: implies.clone(),
        };
        package.features.iter().map(feature).collect::<Vec<_>>()
    };
    nodes.flat_map(of_node).collect()
}

/// One dependency for each kind of use, whatever the number of platforms that it is for.
pub(super) fn dependencies(metadata: &Metadata, versions: &Versions<'_>) -> Vec<CreateDependency> {
    let mut rows = BTreeMap::new();
    for node in &metadata.resolve.nodes {
        let Some(&(dependent_id, dependent)) = versions.get(node.id.as_str()) else {
            continue;
        };
        for link in &node.deps {
            let Some(&(dependency_id, dependency)) = versions.get(link.pkg.as_str()) else {
                continue;
            };
            for how in &link.dep_kinds {
                let key = (dependent_id, dependency_id, how.kind.as_deref());
                let (features, default_features): &mut (BTreeSet<&str>, bool) = rows.entry(key).or_default();
                let asked =
                    dependent.dependencies.iter().filter(|r| is_asked_by(r, &dependency.name, link, how));
                for requirement in asked {
                    features.extend(requirement.features.iter().map(String::as_str));
                    *default_features |= requirement.uses_default_features;
                }
            }
        }
    }
    let row =
        |((dependent_id, dependency_id, kind), (features, default_features)): (_, (BTreeSet<&str>, bool))| {
            let features = features.into_iter().map(str::to_owned).collect();
            NewDependency { dependent_id, dependency_id, kind: kind_named(kind), features, default_features }
                .into()
        };
    rows.into_iter().map(row).collect()
}

/// Whether a requirement of the manifest led to this use of the package `name`.
fn is_asked_by(requirement: &Requirement, name: &str, link: &Link, how: &LinkKind) -> bool {
    let Requirement { name: wanted, rename, kind, target, .. } = requirement;
    let called = |rename: &String| rename.replace('-', "_") == link.name;
    wanted == name && *kind == how.kind && *target == how.target && rename.as_ref().is_none_or(called)
}

fn kind_named(kind: Option<&str>) -> DependencyKind {
    match kind {
        Some("build") => DependencyKind::Build,
        Some("dev") => DependencyKind::Dev,
        _ => DependencyKind::Normal,
    }
}
