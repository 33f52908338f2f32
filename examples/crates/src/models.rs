//! Packages, their versions, and how these depend on each other.

use orm::prelude::*;

/// A name in the registry, or in the workspace.
#[derive(Model, Debug, Clone)]
#[model(table = "packages", has_many(versions: Version.package))]
pub struct Package {
    pub id: i64,
    #[model(unique)]
    pub name: String,
}

/// One version of a package, as the workspace uses it.
#[derive(Model, Debug, Clone)]
#[model(
    table = "versions",
    unique(package_id, cargo_id),
    has_many(features: Feature.version, requires: Dependency.dependent, required_by: Dependency.dependency),
    many_to_many(
        licenses: License, through = VersionLicense(version, license),
        keywords: Keyword, through = VersionKeyword(version, keyword),
        authors: Author, through = VersionAuthor(version, author),
        dependencies: Version, through = Dependency(dependent, dependency),
        dependents: Version, through = Dependency(dependency, dependent),
    )
)]
pub struct Version {
    pub id: i64,
    #[model(belongs_to = Package)]
    pub package_id: i64,
    /// `1.2.3`
    pub number: String,
    /// What Cargo calls it: unique, and with its source.
    pub cargo_id: String,
    pub edition: String,
    /// Whether it belongs to the workspace itself.
    pub is_member: bool,
}

/// When a dependency is needed.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DependencyKind {
    Normal,
    Build,
    Dev,
}

/// That one version depends on another.
#[derive(Model, Debug, Clone)]
#[model(table = "dependencies", unique(dependent_id, dependency_id, kind), index(dependency_id))]
pub struct Dependency {
    pub id: i64,
    #[model(belongs_to = Version)]
    pub dependent_id: i64,
    #[model(belongs_to = Version)]
    pub dependency_id: i64,
    pub kind: DependencyKind,
    /// The features that the dependent asks for.
    pub features: Vec<String>,
    pub default_features: bool,
}

/// A feature that a version has.
#[derive(Model, Debug, Clone)]
#[model(table = "features", unique(version_id, name))]
pub struct Feature {
    pub id: i64,
    #[model(belongs_to = Version)]
    pub version_id: i64,
    pub name: String,
    pub enabled: bool,
    /// What it turns on, as the manifest says: features, `dep:package`, `package/feature`.
    pub implies: Vec<String>,
}

/// A licence by its SPDX name.
#[derive(Model, Debug, Clone)]
#[model(table = "licenses", many_to_many(versions: Version, through = VersionLicense(license, version)))]
pub struct License {
    pub id: i64,
    #[model(unique)]
    pub name: String,
}

/// A word that a package's authors find it by.
#[derive(Model, Debug, Clone)]
#[model(table = "keywords", many_to_many(versions: Version, through = VersionKeyword(keyword, version)))]
pub struct Keyword {
    pub id: i64,
    #[model(unique)]
    pub name: String,
}

/// Somebody who wrote packages.
#[derive(Model, Debug, Clone)]
#[model(table = "authors", many_to_many(versions: Version, through = VersionAuthor(author, version)))]
pub struct Author {
    pub id: i64,
    #[model(unique)]
    pub name: String,
}

/// One of the licences that a version is under.
#[derive(Model, Debug, Clone)]
#[model(table = "version_licenses", index(license_id))]
pub struct VersionLicense {
    #[model(primary_key, belongs_to = Version)]
    pub version_id: i64,
    #[model(primary_key, belongs_to = License)]
    pub license_id: i64,
}

/// One of the keywords of a version.
#[derive(Model, Debug, Clone)]
#[model(table = "version_keywords", index(keyword_id))]
pub struct VersionKeyword {
    #[model(primary_key, belongs_to = Version)]
    pub version_id: i64,
    #[model(primary_key, belongs_to = Keyword)]
    pub keyword_id: i64,
}

/// One of the authors of a version.
#[derive(Model, Debug, Clone)]
#[model(table = "version_authors", index(author_id))]
pub struct VersionAuthor {
    #[model(primary_key, belongs_to = Version)]
    pub version_id: i64,
    #[model(primary_key, belongs_to = Author)]
    pub author_id: i64,
}

/// Creates the tables, each after those that it refers to.
pub async fn create_tables(db: &Db) -> orm::Result<()> {
    db.create_tables(models![
        Package,
        Version,
        Dependency,
        Feature,
        License,
        Keyword,
        Author,
        VersionLicense,
        VersionKeyword,
        VersionAuthor,
    ])
    .await
}
