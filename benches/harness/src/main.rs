//! Runs the peers, and prints what they took. `README.md` in the folder above says how to read it.

mod compare;
mod compile;
mod count;
mod peer;
mod server;
mod table;
mod wire;

use std::{env, process::ExitCode};

use peer::{PEERS, PLAIN, Peer};

type Error = Box<dyn std::error::Error + Send + Sync>;
type Result<T, E = Error> = std::result::Result<T, E>;

const USAGE: &str = "\
usage: harness COMMAND [--peers plain,orm,..] [--works W1,W2,..] [--rounds N] [--models 25,50,..]

  compare   wall time and the client's CPU, in shuffled rounds on a private server
  grow      the same as rows become more, and levels of relations
  wire      round trips and bytes, counted by a proxy
  count     the client's instructions and allocations, counted by valgrind
  compile   what the compiler takes for a user's crate of models";

/// What the command line says.
struct Arguments {
    command: String,
    peers: Vec<Peer>,
    works: Vec<(String, u32)>,
    rounds: u64,
    models: Vec<usize>,
}

fn arguments() -> Result<Arguments> {
    let mut words = env::args().skip(1);
    let command = words.next().ok_or(USAGE)?;
    let works = if command == "grow" { &compare::GROWING[..] } else { &compare::WORKS };
    let mut arguments = Arguments {
        command,
        peers: PEERS.to_vec(),
        works: works.iter().map(|&(work, times)| (work.into(), times)).collect(),
        rounds: 31,
        models: vec![25, 50, 100, 200],
    };
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("{word} needs a value\n\n{USAGE}"))?;
        match word.as_str() {
            "--peers" => arguments.peers = named(&value)?,
            "--works" => arguments.works.retain(|(work, _)| value.split(',').any(|name| name == work)),
            "--rounds" => arguments.rounds = value.parse()?,
            "--models" => arguments.models = value.split(',').map(str::parse).collect::<Result<_, _>>()?,
            _ => return Err(format!("{word} is unknown\n\n{USAGE}").into()),
        }
    }
    Ok(arguments)
}

/// The peers of these names, and the one that all are measured against.
fn named(names: &str) -> Result<Vec<Peer>> {
    let unknown = names.split(',').find(|name| PEERS.iter().all(|peer| peer.name != *name));
    if let Some(name) = unknown {
        return Err(format!("no peer is called `{name}`").into());
    }
    Ok(PEERS
        .into_iter()
        .filter(|peer| *peer == PLAIN || names.split(',').any(|name| name == peer.name))
        .collect())
}

fn run() -> Result<()> {
    let Arguments { command, peers, works, rounds, models } = arguments()?;
    if command == "compile" {
        return compile::compile(&peers, &models);
    }
    peer::build(&peers)?;
    match command.as_str() {
        "compare" | "grow" => compare::compare(&peers, &works, rounds),
        "wire" => wire::wire(&peers, &works),
        "count" => count::count(&peers, &works),
        _ => Err(format!("`{command}` is no command\n\n{USAGE}").into()),
    }
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
