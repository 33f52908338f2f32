//! What goes over the wire: a proxy between each peer and the server counts it.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};

use crate::{
    Result,
    peer::{Answer, Peer, Running},
    server::Server,
    table::{Table, digits},
};

/// What one run of a workload sent.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    /// How often the client spoke after the server had: round trips.
    turns: u64,
    up: u64,
    down: u64,
    /// Whether the client spoke last.
    client: bool,
}

#[derive(Clone, Default)]
struct Counter(Arc<Mutex<Counts>>);

impl Counter {
    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, client: bool, bytes: u64) {
        let mut counts = self.lock();
        if client {
            counts.turns += u64::from(!counts.client);
            counts.up += bytes;
        } else {
            counts.down += bytes;
        }
        counts.client = client;
    }
}

/// Prints round trips and bytes of each workload and peer.
pub fn wire(peers: &[Peer], works: &[(String, u32)]) -> Result<()> {
    // Those of a pool overlap.
    let works: Vec<_> = works.iter().filter(|(work, _)| work != "W11").collect();
    let server = Server::start()?;
    let mut table = Table::new("turns, kB up, kB down", peers.iter().map(|peer| peer.name));
    let mut rows: Vec<Vec<String>> = vec![Vec::new(); works.len()];
    for peer in peers {
        let counter = Counter::default();
        let port = proxy(server.port(), counter.clone())?;
        let mut running =
            Running::start(*peer, &format!("postgres://postgres@127.0.0.1:{port}/postgres"), 1)?;
        for ((work, _), row) in works.iter().zip(&mut rows) {
            // Twice to have statements prepared, and then for the count.
            let mut counts = None;
            for seed in 0..3 {
                server.prepare(work)?;
                *counter.lock() = Counts::default();
                let answer = running.run(work, 1, seed)?;
                counts = matches!(answer, Answer::Took { .. }).then(|| *counter.lock());
                server.restore(work)?;
            }
            row.push(match counts {
                Some(Counts { turns, up, down, client: _ }) => {
                    format!("{turns}, {}, {}", digits(up as f64 / 1e3), digits(down as f64 / 1e3))
                }
                None => "–".into(),
            });
        }
        running.quit()?;
    }
    for ((work, _), row) in works.iter().zip(rows) {
        table.row(work, row);
    }
    println!("{table}");
    Ok(())
}

/// Listens on a port of its own, and passes everything on to that of the server.
fn proxy(server: u16, counter: Counter) -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let port = listener.local_addr()?.port();
    thread::spawn(move || {
        for client in listener.incoming() {
            if let Err(error) = client.and_then(|client| connect(client, server, &counter)) {
                eprintln!("the proxy: {error}");
            }
        }
    });
    Ok(port)
}

fn connect(client: TcpStream, server: u16, counter: &Counter) -> std::io::Result<()> {
    let server = TcpStream::connect(("127.0.0.1", server))?;
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let ways = [(client.try_clone()?, server.try_clone()?, true), (server, client, false)];
    for (from, to, client) in ways {
        let counter = counter.clone();
        thread::spawn(move || pass(from, to, |bytes| counter.add(client, bytes)));
    }
    Ok(())
}

/// Passes bytes on until one side closes, and then closes the other.
fn pass(mut from: TcpStream, mut to: TcpStream, count: impl Fn(u64)) {
    let mut buffer = vec![0; 1 << 16];
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        count(read as u64);
        if to.write_all(&buffer[..read]).is_err() {
            break;
        }
    }
    // It may be closed already.
    let _ = to.shutdown(Shutdown::Both);
}
