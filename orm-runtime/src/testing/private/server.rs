//! The server and the watchdog that ends it.

use std::{
    ffi::OsString,
    fs,
    io::{self, BufRead, BufReader, Read},
    os::unix::{ffi::OsStringExt, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::{
    account::{self, Account},
    base,
    shell::command,
    url,
};
use crate::testing::names;

const WATCHDOG: &str = include_str!("watchdog.sh");

/// Speed instead of durability, and no listening on a network.
const SETTINGS: &str = "-c listen_addresses= -c port=5432 -c max_connections=200 \
                        -c fsync=off -c synchronous_commit=off -c full_page_writes=off";

/// Preloaded if it is there: some systems install it separately.
const STATEMENTS: &str = "pg_stat_statements";

const STARTS_WITHIN: Duration = Duration::from_secs(60);

/// A running server. When this is dropped or the process ends, so does the server, and its folder is removed.
pub(in crate::testing) struct PrivateServer {
    folder: PathBuf,
    _owner: ChildStdin,
}

impl PrivateServer {
    /// Starts a server from the binaries in a folder, and waits until it accepts connections.
    pub(in crate::testing) fn start(binaries: &Path) -> Result<Self, String> {
        let account = account::unprivileged()?;
        let server = match start(binaries, account, &format!("-c shared_preload_libraries={STATEMENTS}")) {
            Err(error) if error.contains(STATEMENTS) => start(binaries, account, ""),
            server => server,
        };
        server.map_err(|error| {
            let user = account.map_or(String::new(), |account| format!(" as user `{}`", account.user));
            format!("PostgreSQL of {} does not start{user}: {error}", binaries.display())
        })
    }

    /// The connection string of a database.
    pub(in crate::testing) fn url(&self, database: &str) -> String {
        url::of_socket(&self.folder, database)
    }

    /// The folder with the server's socket, data and log.
    pub(in crate::testing) fn folder(&self) -> &Path {
        &self.folder
    }
}

fn start(binaries: &Path, account: Option<Account>, preload: &str) -> Result<PrivateServer, String> {
    let mut watchdog = watchdog(binaries, account, preload)
        .spawn()
        .map_err(|error| format!("cannot run /bin/sh: {error}"))?;
    let (Some(owner), Some(report)) = (watchdog.stdin.take(), watchdog.stdout.take()) else {
        return Err("/bin/sh has no pipes".into());
    };
    let mut report = BufReader::new(report);
    let folder = read_folder(&mut report)?;
    await_ready(&folder, &mut watchdog, &mut report)?;
    Ok(PrivateServer { folder, _owner: owner })
}

fn watchdog(binaries: &Path, account: Option<Account>, preload: &str) -> Command {
    let name = format!("orm-test-{}", names::unique());
    let mut watchdog = command("/bin/sh");
    watchdog
        .args(["-c", WATCHDOG, "orm-watchdog", &name])
        .arg(binaries)
        .args(base::candidates(&name))
        .arg("--")
        .args(SETTINGS.split_whitespace().chain(preload.split_whitespace()))
        // Unknown values of these would keep the server from starting.
        .env("LC_ALL", "C")
        .env("TZ", "UTC")
        // The present folder may be closed to another account.
        .current_dir("/")
        // What Ctrl-C ends is the owner; the watchdog then has its work to do.
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    if let Some(account) = account {
        watchdog.uid(account.uid).gid(account.gid);
    }
    watchdog
}

/// The folder that the watchdog made: its first line.
pub(in crate::testing) fn read_folder(report: &mut BufReader<ChildStdout>) -> Result<PathBuf, String> {
    let mut line = Vec::new();
    report.read_until(b'\n', &mut line).map_err(|error| error.to_string())?;
    match line.pop() {
        Some(b'\n') => Ok(PathBuf::from(OsString::from_vec(line))),
        _ => Err("no folder can be made for it, neither in that for temporary files nor in /tmp".into()),
    }
}

fn await_ready(folder: &Path, watchdog: &mut Child, report: &mut impl Read) -> Result<(), String> {
    let started = Instant::now();
    while !is_ready(&folder.join("data/postmaster.pid")) {
        if watchdog.try_wait().map_err(|error| error.to_string())?.is_some() {
            let log = io::read_to_string(report).map_err(|error| error.to_string())?;
            return Err(log.trim_end().into());
        }
        if started.elapsed() > STARTS_WITHIN {
            let log = fs::read_to_string(folder.join("log")).unwrap_or_default();
            return Err(format!("it is not ready after {} seconds\n{log}", STARTS_WITHIN.as_secs()));
        }
        thread::sleep(Duration::from_millis(5));
    }
    Ok(())
}

/// Whether the eighth line of a server's `postmaster.pid`, which is its status, says so.
fn is_ready(pid_file: &Path) -> bool {
    let text = fs::read_to_string(pid_file).unwrap_or_default();
    text.lines().nth(7).is_some_and(|status| status.trim_end() == "ready")
}
