use std::{
    env, fs,
    io::{self, BufRead, Write},
    time::Instant,
};

use tokio::runtime::{Builder, Runtime};

use crate::{Error, Peer, Sum, Work};

/// The `main` of a peer.
///
/// Its arguments are the URL of the database and the number of connections. A command is a line `W1 200 7`: the workload,
/// how often to run it, and the number that makes runs differ. The answer is a line `ok <wall> <cpu> <sum>`, in
/// nanoseconds for all runs together, where `cpu` is that of the main thread; `unsupported`; or `error <text>`. The
/// command `memory` is answered by `ok <bytes>`, the most memory that the process has held so far, and `quit` ends it.
///
/// With one connection everything happens on one thread, as the statements of one connection do; with more there are as
/// many as the machine has cores.
pub fn serve<P: Peer>() -> Result<(), Error> {
    let mut arguments = env::args().skip(1);
    let (Some(url), Some(connections)) = (arguments.next(), arguments.next()) else {
        return Err("the arguments are a URL and a number of connections".into());
    };
    let connections = connections.parse()?;
    let runtime = match connections {
        1 => Builder::new_current_thread().enable_all().build()?,
        _ => Builder::new_multi_thread().enable_all().build()?,
    };
    let mut peer: P = runtime.block_on(P::connect(&url, connections))?;
    for line in io::stdin().lock().lines() {
        let line = line?;
        let answer = match line.as_str() {
            "quit" => break,
            "memory" => format!("ok {}", peak_memory()?),
            command => match answer(&runtime, &mut peer, command) {
                Ok(answer) => answer,
                Err(error) => format!("error {}", said(&*error)),
            },
        };
        writeln!(io::stdout(), "{answer}")?;
    }
    Ok(())
}

fn answer<P: Peer>(runtime: &Runtime, peer: &mut P, command: &str) -> Result<String, Error> {
    let mut words = command.split(' ');
    let (Some(work), Some(times), Some(seed)) = (words.next(), words.next(), words.next()) else {
        return Err(format!("`{command}` is no command").into());
    };
    let (work, times, seed) = (work.parse::<Work>()?, times.parse::<i64>()?, seed.parse::<i64>()?);
    runtime.block_on(async {
        let (started, busy) = (Instant::now(), cpu()?);
        let mut total = Sum::new();
        for turn in 0..times {
            match peer.run(work.at(seed + turn)).await? {
                Some(sum) => total.number(sum.0.cast_signed()),
                None => return Ok("unsupported".into()),
            }
        }
        let (wall, cpu) = (started.elapsed().as_nanos(), cpu()? - busy);
        Ok(format!("ok {wall} {cpu} {}", total.0))
    })
}

/// The error and its causes in one line.
fn said(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text.replace('\n', " ")
}

/// Nanoseconds that this thread has run.
fn cpu() -> Result<u64, Error> {
    let text = fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(text.split(' ').next().unwrap_or_default().parse()?)
}

/// The most memory that this process has held, in bytes.
fn peak_memory() -> Result<u64, Error> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM in /proc/self/status")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1024)
}
