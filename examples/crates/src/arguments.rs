//! The command line.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::Result;

pub const USAGE: &str = "\
Usage: cargo run -p crates -- [--offline] [--about PACKAGE] [path/to/Cargo.toml]

  path/to/Cargo.toml  whose dependencies to look at; this workspace's by default
  --about PACKAGE     tell who depends on it; the one that most depend on by default
  --offline           let Cargo use only what is already on this machine";

pub struct Arguments {
    pub manifest: PathBuf,
    pub about: Option<String>,
    pub offline: bool,
}

impl Arguments {
    /// The arguments, or nothing where help was asked for.
    pub fn parse(given: impl Iterator<Item = OsString>) -> Result<Option<Arguments>> {
        let (mut path, mut about, mut offline) = (None, None, false);
        let mut given = given;
        while let Some(argument) = given.next() {
            match argument.to_str() {
                Some("-h" | "--help") => return Ok(None),
                Some("--offline") => offline = true,
                Some("--about") => {
                    let name = given.next().and_then(|name| name.into_string().ok());
                    about = Some(name.ok_or("--about needs the name of a package")?);
                }
                Some(option) if option.starts_with('-') => {
                    return Err(format!("there is no option {option}\n\n{USAGE}").into());
                }
                _ if path.is_some() => return Err(format!("one manifest at a time\n\n{USAGE}").into()),
                _ => path = Some(PathBuf::from(argument)),
            }
        }
        let manifest = match path {
            Some(path) => manifest(&path)?,
            None => own_manifest(),
        };
        Ok(Some(Arguments { manifest, about, offline }))
    }
}

/// The manifest that a path means: itself, or the one in the folder that it is.
fn manifest(path: &Path) -> Result<PathBuf> {
    let shown = path.display();
    if path.is_dir() {
        let inside = path.join("Cargo.toml");
        return match inside.is_file() {
            true => Ok(inside),
            false => Err(format!("there is no Cargo.toml in the folder {shown}").into()),
        };
    }
    match path.metadata() {
        Ok(_) if path.file_name().is_some_and(|name| name == "Cargo.toml") => Ok(path.to_owned()),
        Ok(_) => {
            Err(format!("{shown} is not a manifest; give the path of a Cargo.toml, or of its folder").into())
        }
        Err(error) => Err(format!("{shown} cannot be read: {error}; give the path of a Cargo.toml").into()),
    }
}

/// That of this package, which Cargo tells whom it runs.
fn own_manifest() -> PathBuf {
    let folder = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).unwrap_or_default();
    folder.join("Cargo.toml")
}

#[cfg(test)]
mod tests {
    use super::Arguments;

    fn parse(given: &[&str]) -> crate::Result<Option<Arguments>> {
        Arguments::parse(given.iter().map(Into::into))
    }

    #[test]
    fn options_in_any_order() {
        let folder = env!("CARGO_MANIFEST_DIR");
        let arguments = parse(&["--about", "syn", folder, "--offline"]).unwrap().unwrap();
        assert!(arguments.manifest.ends_with("Cargo.toml") && arguments.offline);
        assert_eq!(arguments.about.as_deref(), Some("syn"));
        assert!(parse(&["--help"]).unwrap().is_none());
    }

    #[test]
    fn mistakes_are_named() {
        let error = |given: &[&str]| parse(given).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error(&["no/such/file"]).starts_with("no/such/file cannot be read: "));
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/src/main.rs");
        assert!(error(&[source]).contains("main.rs is not a manifest"));
        assert!(error(&["--fast"]).starts_with("there is no option --fast"));
        assert!(error(&["--about"]).contains("name of a package"));
    }
}
