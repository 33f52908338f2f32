//! What `cargo metadata` says, as far as it is wanted here.

use std::collections::BTreeMap;
use std::env;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;

use crate::Result;

#[derive(Deserialize)]
pub struct Metadata {
    pub packages: Vec<Package>,
    pub workspace_members: Vec<String>,
    pub resolve: Resolve,
}

/// One version of a package.
#[derive(Deserialize)]
pub struct Package {
    pub id: String,
    pub name: String,
    pub version: String,
    pub edition: String,
    pub license: Option<String>,
    pub authors: Vec<String>,
    pub keywords: Vec<String>,
    /// Each feature with what it turns on.
    pub features: BTreeMap<String, Vec<String>>,
    pub dependencies: Vec<Requirement>,
}

/// A dependency as the manifest asks for it.
#[derive(Deserialize)]
pub struct Requirement {
    pub name: String,
    pub rename: Option<String>,
    pub kind: Option<String>,
    pub target: Option<String>,
    pub features: Vec<String>,
    pub uses_default_features: bool,
}

/// What Cargo chose.
#[derive(Deserialize)]
pub struct Resolve {
    pub nodes: Vec<Node>,
}

#[derive(Deserialize)]
pub struct Node {
    pub id: String,
    pub deps: Vec<Link>,
    /// The features that are on.
    pub features: Vec<String>,
}

/// That one version uses another, under a name of its own.
#[derive(Deserialize)]
pub struct Link {
    pub name: String,
    pub pkg: String,
    pub dep_kinds: Vec<LinkKind>,
}

#[derive(Deserialize)]
pub struct LinkKind {
    pub kind: Option<String>,
    pub target: Option<String>,
}

impl Metadata {
    /// Asks Cargo about a manifest.
    pub fn read(manifest: &Path, offline: bool) -> Result<Metadata> {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args(["metadata", "--format-version", "1", "--manifest-path"]).arg(manifest);
        if offline {
            command.arg("--offline");
        }
        let output = command.output().map_err(|error| format!("`cargo metadata` cannot be run: {error}"))?;
        if !output.status.success() {
            return Err(refused(manifest, &String::from_utf8_lossy(&output.stderr), offline).into());
        }
        let metadata = serde_json::from_slice(&output.stdout);
        Ok(metadata.map_err(|error| format!("`cargo metadata` said something unexpected: {error}"))?)
    }
}

/// Cargo's own reasons, each on a line, and what may help.
fn refused(manifest: &Path, said: &str, offline: bool) -> String {
    let reasons = said.lines().map(str::trim).filter(|line| !line.is_empty() && *line != "Caused by:");
    let reasons = reasons.map(|line| line.trim_start_matches("error: ")).collect::<Vec<_>>().join("\n  ");
    let network = ["failed to download", "failed to get", "failed to fetch", "network"];
    let hint = match network.iter().any(|word| said.contains(word)) && !offline {
        true => "\nwithout a network, `--offline` uses what is already on this machine",
        false => "",
    };
    format!("Cargo cannot make sense of {}:\n  {reasons}{hint}", manifest.display())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::refused;

    #[test]
    fn causes_are_kept_and_the_network_is_hinted_at() {
        let said = "error: failed to get `x`\n\nCaused by:\n  network failure\n";
        let expected = "Cargo cannot make sense of a/Cargo.toml:\n  failed to get `x`\n  network failure";
        assert_eq!(refused(Path::new("a/Cargo.toml"), said, true), expected);
        assert!(refused(Path::new("a/Cargo.toml"), said, false).contains("`--offline`"));
    }
}
