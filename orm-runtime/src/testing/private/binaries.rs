//! The search for the binaries of an installed PostgreSQL.

use std::{
    cmp::Reverse,
    env,
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

use super::shell::output;

/// Folders with a subfolder for each installed version: where they are, and how a subfolder's name starts.
const VERSIONED: [(&str, &str); 6] = [
    ("usr/lib/postgresql", ""),
    ("usr", "pgsql-"),
    ("usr/libexec", "postgresql"),
    ("opt/homebrew/opt", "postgresql@"),
    ("usr/local/opt", "postgresql@"),
    ("home/linuxbrew/.linuxbrew/opt", "postgresql@"),
];

/// Where to look.
pub(super) struct Search {
    pg_bin_dir: Option<PathBuf>,
    path: Vec<PathBuf>,
    root: PathBuf,
}

impl Search {
    /// Looks where the environment says, then in the usual folders.
    pub(super) fn from_env() -> Search {
        Search {
            pg_bin_dir: env::var_os("PG_BIN_DIR").filter(|folder| !folder.is_empty()).map(PathBuf::from),
            path: env::var_os("PATH").map(|path| env::split_paths(&path).collect()).unwrap_or_default(),
            root: PathBuf::from("/"),
        }
    }

    /// The first folder that holds a server's binaries, absolute.
    ///
    /// A `PG_BIN_DIR` without them is an error: whoever sets it wants that PostgreSQL and no other.
    pub(super) fn find(&self) -> Result<Option<PathBuf>, String> {
        if let Some(folder) = &self.pg_bin_dir {
            return complete(folder).map(Some).ok_or_else(|| {
                format!(
                    "PG_BIN_DIR is `{}`, where `initdb` and `postgres` are not both found",
                    folder.display()
                )
            });
        }
        let in_path = self.path.iter().find_map(|folder| complete(folder));
        Ok(in_path.or_else(|| self.configured()).or_else(|| self.installed()))
    }

    /// The folder that the first `pg_config` in `PATH` names.
    fn configured(&self) -> Option<PathBuf> {
        let pg_config =
            self.path.iter().map(|folder| folder.join("pg_config")).find(|file| file.is_file())?;
        complete(Path::new(&output(pg_config.to_str()?, &["--bindir"])?))
    }

    /// The newest version in the first of the usual folders that has one.
    fn installed(&self) -> Option<PathBuf> {
        VERSIONED.into_iter().find_map(|(parent, prefix)| {
            let mut found: Vec<(Vec<u32>, PathBuf)> = fs::read_dir(self.root.join(parent))
                .ok()?
                .flatten()
                .filter_map(|entry| Some((version(&entry.file_name(), prefix)?, entry.path().join("bin"))))
                .collect();
            found.sort_by_key(|(version, _)| Reverse(version.clone()));
            found.iter().find_map(|(_, folder)| complete(folder))
        })
    }
}

/// The folder, if it holds all that a private server is made of.
fn complete(folder: &Path) -> Option<PathBuf> {
    let both = folder.join("initdb").is_file() && folder.join("postgres").is_file();
    both.then(|| std::path::absolute(folder).ok()).flatten()
}

fn version(name: &OsStr, prefix: &str) -> Option<Vec<u32>> {
    name.to_str()?.strip_prefix(prefix)?.split('.').map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    /// A machine with files of our choice, in a folder that is removed at the end.
    struct Machine(PathBuf);

    impl Machine {
        fn new(test: &str, folders: &[&str]) -> Machine {
            let root = env::temp_dir().join(format!("orm-binaries-{test}-{}", std::process::id()));
            let machine = Machine(root);
            for folder in folders {
                machine.file(&format!("{folder}/initdb"), "");
                machine.file(&format!("{folder}/postgres"), "");
            }
            machine
        }

        fn file(&self, path: &str, text: &str) {
            let path = self.0.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, text).unwrap();
            fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
        }

        fn find(&self, pg_bin_dir: Option<&str>, path: &[&str]) -> Result<Option<PathBuf>, String> {
            let search = Search {
                pg_bin_dir: pg_bin_dir.map(|folder| self.0.join(folder)),
                path: path.iter().map(|folder| self.0.join(folder)).collect(),
                root: self.0.clone(),
            };
            let found = search.find()?;
            Ok(found.map(|folder| folder.strip_prefix(&self.0).unwrap().to_owned()))
        }
    }

    impl Drop for Machine {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn folder(path: &str) -> Result<Option<PathBuf>, String> {
        Ok(Some(PathBuf::from(path)))
    }

    #[test]
    fn pg_bin_dir_comes_first() {
        let machine = Machine::new("first", &["mine", "on/path"]);
        assert_eq!(machine.find(Some("mine"), &["on/path"]), folder("mine"));
    }

    #[test]
    fn pg_bin_dir_without_binaries_is_an_error() {
        let machine = Machine::new("error", &["on/path"]);
        let error = machine.find(Some("nothing"), &["on/path"]).unwrap_err();
        assert!(error.starts_with("PG_BIN_DIR is `") && error.contains("/nothing`, where"), "{error}");
    }

    #[test]
    fn path_comes_before_pg_config() {
        let machine = Machine::new("path", &["on/path", "configured"]);
        machine.file("tools/pg_config", &format!("#!/bin/sh\necho {}/configured", machine.0.display()));
        assert_eq!(machine.find(None, &["tools", "on/path"]), folder("on/path"));
    }

    #[test]
    fn pg_config_comes_before_the_usual_folders() {
        let machine = Machine::new("config", &["configured", "usr/lib/postgresql/17/bin"]);
        machine.file("tools/pg_config", &format!("#!/bin/sh\necho {}/configured", machine.0.display()));
        assert_eq!(machine.find(None, &["tools"]), folder("configured"));
    }

    #[test]
    fn a_client_only_pg_config_is_passed_over() {
        let machine = Machine::new("client", &["usr/lib/postgresql/17/bin"]);
        machine.file("tools/pg_config", "#!/bin/sh\necho /nonexistent");
        assert_eq!(machine.find(None, &["tools"]), folder("usr/lib/postgresql/17/bin"));
    }

    #[test]
    fn the_newest_version_wins() {
        let machine = Machine::new("newest", &["usr/lib/postgresql/9.6/bin", "usr/lib/postgresql/14/bin"]);
        machine.file("usr/lib/postgresql/18/bin/initdb", "");
        assert_eq!(machine.find(None, &[]), folder("usr/lib/postgresql/14/bin"));
    }

    #[test]
    fn homebrew() {
        let machine = Machine::new("homebrew", &["opt/homebrew/opt/postgresql@17/bin"]);
        assert_eq!(machine.find(None, &[]), folder("opt/homebrew/opt/postgresql@17/bin"));
    }

    #[test]
    fn nothing_installed() {
        assert_eq!(Machine::new("nothing", &[]).find(None, &["usr/bin"]), Ok(None));
    }
}
