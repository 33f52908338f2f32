//! The folder of all instances, and the watchdog that removes it.

use std::os::unix::process::CommandExt;
use std::{
    io::BufReader,
    path::{Path, PathBuf},
    process::{ChildStdin, Stdio},
};

use crate::testing::{names, private};

const WATCHDOG: &str = include_str!("watchdog.sh");

/// A folder that is removed when this is dropped or the process ends, however that happens.
pub(super) struct Folder {
    path: PathBuf,
    _owner: ChildStdin,
}

impl Folder {
    pub(super) fn make() -> Result<Self, String> {
        let name = format!("orm-test-{}", names::unique());
        // The sockets are one folder deeper than that of a private server.
        let bases = private::candidates(&format!("{name}/1234567"));
        let mut watchdog = private::command("/bin/sh")
            .args(["-c", WATCHDOG, "orm-watchdog", &name])
            .args(bases)
            .current_dir("/")
            // What Ctrl-C ends is the owner; the watchdog then has its work to do.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("cannot run /bin/sh: {error}"))?;
        let (Some(owner), Some(report)) = (watchdog.stdin.take(), watchdog.stdout.take()) else {
            return Err("/bin/sh has no pipes".into());
        };
        let path = private::read_folder(&mut BufReader::new(report))
            .map_err(|error| format!("PGlite does not start: {error}"))?;
        Ok(Self { path, _owner: owner })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}
