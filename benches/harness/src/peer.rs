//! The peers' programs.

use std::{
    env,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use crate::Result;

/// A peer: its name in tables, and its program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer {
    pub name: &'static str,
    pub program: &'static str,
}

const fn peer(name: &'static str, program: &'static str) -> Peer {
    Peer { name, program }
}

/// What all are measured against.
pub const PLAIN: Peer = peer("plain", "plain");
pub const ORM: Peer = peer("orm", "orm-peer");

/// All of them, in the order of the tables' columns.
pub const PEERS: [Peer; 8] = [
    PLAIN,
    peer("streamed", "streamed"),
    peer("best", "best"),
    ORM,
    peer("diesel", "diesel-peer"),
    peer("sqlx", "sqlx-peer"),
    peer("sea-orm", "sea-orm-peer"),
    peer("toasty", "toasty-peer"),
];

/// What a peer says of a command.
pub enum Answer {
    Took { wall: f64, cpu: f64, sum: String },
    Unsupported,
}

/// A peer's program, connected.
pub struct Running {
    pub peer: Peer,
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Running {
    pub fn start(peer: Peer, url: &str, connections: usize) -> Result<Self> {
        let mut command = Command::new(folder()?.join(peer.program));
        command.args([url, &connections.to_string()]);
        Self::spawn(peer, command)
    }

    /// Starts a command that runs the program.
    pub fn spawn(peer: Peer, mut command: Command) -> Result<Self> {
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().map_err(|error| format!("{}: {error}", peer.name))?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(format!("{} has no pipes", peer.name).into());
        };
        Ok(Self { peer, child, input, output: BufReader::new(output) })
    }

    /// Has a workload run so many times. Times are nanoseconds for one.
    pub fn run(&mut self, work: &str, times: u32, seed: u64) -> Result<Answer> {
        let answer = self.ask(&format!("{work} {times} {seed}"))?;
        let words: Vec<&str> = answer.split(' ').collect();
        match words[..] {
            ["ok", wall, cpu, sum] => Ok(Answer::Took {
                wall: wall.parse::<f64>()? / f64::from(times),
                cpu: cpu.parse::<f64>()? / f64::from(times),
                sum: sum.into(),
            }),
            ["unsupported"] => Ok(Answer::Unsupported),
            _ => Err(format!("{} at {work}: {answer}", self.peer.name).into()),
        }
    }

    /// Ends the program, and waits for it.
    pub fn quit(mut self) -> Result<()> {
        writeln!(self.input, "quit")?;
        self.child.wait()?;
        Ok(())
    }

    fn ask(&mut self, command: &str) -> Result<String> {
        writeln!(self.input, "{command}").map_err(|error| format!("{}: {error}", self.peer.name))?;
        let mut answer = String::new();
        if self.output.read_line(&mut answer)? == 0 {
            return Err(format!("{} ended at `{command}`", self.peer.name).into());
        }
        Ok(answer.trim_end().into())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Where the programs are: beside this one.
pub fn folder() -> Result<PathBuf> {
    let me = env::current_exe()?;
    Ok(me.parent().ok_or("this program is in no folder")?.into())
}

/// The cargo that built this program. rustup is told its toolchain too: some crates from the registry ask for one of their own.
pub fn cargo() -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    if let Some(toolchain) = option_env!("RUSTUP_TOOLCHAIN") {
        cargo.env("RUSTUP_TOOLCHAIN", toolchain);
    }
    cargo
}

/// Builds the programs of the given peers, in release.
pub fn build(peers: &[Peer]) -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = folder()?;
    let target = folder.parent().ok_or("this program is in no folder")?;
    let (toasty, others): (Vec<&Peer>, Vec<&Peer>) = peers.iter().partition(|peer| peer.name == "toasty");
    for (peers, workspace) in [(others, root.clone()), (toasty, root.join("peers/toasty"))] {
        if peers.is_empty() {
            continue;
        }
        let mut cargo = cargo();
        cargo.args(["build", "--release", "--locked", "--target-dir"]).arg(target).current_dir(workspace);
        for peer in peers {
            cargo.args(["--bin", peer.program]);
        }
        if !cargo.status()?.success() {
            return Err("the peers do not build".into());
        }
    }
    Ok(())
}
