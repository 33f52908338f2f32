//! A PostgreSQL of the harness's own, on loopback TCP, with the rows that all peers read.

use std::{
    env, fs,
    net::TcpListener,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use tokio::runtime::{Builder, Runtime};
use tokio_postgres::{Client, NoTls};

use crate::Result;

const LIFE: &str = include_str!("server.sh");
const SCHEMA: &str = include_str!("../../workloads/src/schema.sql");

/// A running server. It ends with this value, or with the process.
pub struct Server {
    runtime: Runtime,
    client: Client,
    port: u16,
    _life: Child,
}

impl Server {
    /// Starts a server and fills it.
    pub fn start() -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mut life = life(&binaries()?, port)?;
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let client = runtime.block_on(connect(&url(port), &mut life))?;
        let server = Self { runtime, client, port, _life: life };
        server.run(SCHEMA)?;
        server.run("VACUUM (ANALYZE, FREEZE)")?;
        Ok(server)
    }

    /// The URL of its database.
    pub fn url(&self) -> String {
        url(self.port)
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Brings the tables that a workload changes into the state that it expects.
    pub fn prepare(&self, work: &str) -> Result<()> {
        match work {
            "W8" | "W8c" => self.run("TRUNCATE events RESTART IDENTITY"),
            _ => Ok(()),
        }
    }

    /// Undoes what a workload changed.
    pub fn restore(&self, work: &str) -> Result<()> {
        match work {
            "W10" => {
                self.run("UPDATE books SET price = id * 3 WHERE price <> id * 3")?;
                self.run("VACUUM books")
            }
            _ => Ok(()),
        }
    }

    fn run(&self, sql: &str) -> Result<()> {
        Ok(self.runtime.block_on(self.client.batch_execute(sql))?)
    }
}

fn url(port: u16) -> String {
    format!("postgres://postgres@127.0.0.1:{port}/postgres")
}

/// Runs the script that starts the server, as a user that PostgreSQL accepts.
fn life(binaries: &Path, port: u16) -> Result<Child> {
    let mut life = Command::new("/bin/sh");
    life.args(["-c", LIFE, "orm-bench"]).arg(binaries).arg(port.to_string());
    // What Ctrl-C ends is this process; the script then sees the end of its input.
    life.current_dir("/").process_group(0).stdin(Stdio::piped()).stdout(Stdio::null());
    if fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0) {
        life.uid(id("-u")?).gid(id("-g")?);
    }
    Ok(life.spawn()?)
}

/// The number of the user or the group `postgres`.
fn id(which: &str) -> Result<u32> {
    let output = Command::new("id").args([which, "postgres"]).output()?;
    let text = String::from_utf8(output.stdout)?;
    text.trim().parse().map_err(|_| "PostgreSQL does not run as root, and there is no user `postgres`".into())
}

/// `PG_BIN_DIR`, or the newest of Debian's folders.
fn binaries() -> Result<PathBuf> {
    if let Some(folder) = env::var_os("PG_BIN_DIR") {
        return Ok(folder.into());
    }
    let versions = fs::read_dir("/usr/lib/postgresql").map_err(|_| "no PostgreSQL found: set PG_BIN_DIR")?;
    let newest = versions
        .filter_map(|version| version.ok()?.file_name().to_str()?.parse::<u32>().ok())
        .max()
        .ok_or("no PostgreSQL found: set PG_BIN_DIR")?;
    Ok(format!("/usr/lib/postgresql/{newest}/bin").into())
}

/// Connects as soon as the server accepts it.
async fn connect(url: &str, life: &mut Child) -> Result<Client> {
    let started = Instant::now();
    loop {
        match tokio_postgres::connect(url, NoTls).await {
            Ok((client, connection)) => {
                tokio::spawn(connection);
                return Ok(client);
            }
            Err(error) if life.try_wait()?.is_some() || started.elapsed() > Duration::from_secs(60) => {
                return Err(format!("PostgreSQL does not start: {error}").into());
            }
            Err(_) => thread::sleep(Duration::from_millis(20)),
        }
    }
}
