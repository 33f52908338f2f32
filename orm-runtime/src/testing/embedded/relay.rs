//! What clients connect to instead of PGlite itself.
//!
//! PGlite's own listener looks at nobody while a client is connected: a second one would wait for ever, and so
//! would a request to cancel a statement. It also ends for good when a client leaves before it has its answer.

mod turns;

use std::{
    io::{self, Write},
    net::Shutdown,
    os::unix::net::{UnixListener, UnixStream},
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::Duration,
};

use self::turns::{Held, Turns};
use super::startup::{self, Refusal};

/// A socket that passes one client at a time on to another socket.
pub(super) struct Relay {
    turns: Arc<Turns>,
    front: PathBuf,
}

impl Relay {
    /// Listens on the socket `front` for clients of the one at `back`.
    pub(super) fn start(front: &Path, back: PathBuf) -> io::Result<Self> {
        let listener = UnixListener::bind(front)?;
        let turns = Arc::new(Turns::default());
        let shared = Arc::clone(&turns);
        spawn(move || accept(&listener, &back.into(), &shared))?;
        Ok(Self { turns, front: front.to_owned() })
    }

    /// Disconnects the client, and keeps others waiting until what is returned is dropped; `None` if the statement
    /// that runs does not end in time.
    pub(super) fn hold(&self, patience: Duration) -> Option<Held<'_>> {
        self.turns.hold(patience)
    }

    /// Disconnects the client, takes no others, and says whether the last statement has ended in time.
    pub(super) fn end(self, patience: Duration) -> bool {
        self.turns.close();
        // Wakes the listener.
        let _ = UnixStream::connect(&self.front);
        self.turns.hold(patience).is_some()
    }
}

fn accept(listener: &UnixListener, back: &Arc<Path>, turns: &Arc<Turns>) {
    for client in listener.incoming() {
        if turns.closed() {
            return;
        }
        let (back, turns) = (Arc::clone(back), Arc::clone(turns));
        let served = client.and_then(|client| {
            spawn(move || {
                // A client that cannot be served sees its connection end.
                let _ = serve(client, &back, &turns);
            })
        });
        if served.is_err() {
            // No more files or threads; some may be given back.
            thread::sleep(Duration::from_millis(10));
        }
    }
}

/// Serves a client from its first packet to its last.
fn serve(mut client: UnixStream, back: &Path, turns: &Turns) -> io::Result<()> {
    let Some(packet) = startup::read(&mut client)? else {
        return Ok(());
    };
    let turn = match turns.take(client.try_clone()?) {
        Ok(turn) => turn,
        Err(refusal) => return client.write_all(&refusal.message()),
    };
    let Ok(mut server) = UnixStream::connect(back) else {
        return client.write_all(&Refusal::Ended.message());
    };
    let answers = (server.try_clone()?, client.try_clone()?);
    let answers = spawn(move || pass_answers(answers.0, answers.1))?;
    if server.write_all(&packet).is_ok() {
        let _ = io::copy(&mut client, &mut server);
    }
    turn.client_left();
    let _ = server.shutdown(Shutdown::Write);
    let _ = answers.join();
    Ok(())
}

/// Passes answers to the client, and takes those that it is no longer there for.
fn pass_answers(mut server: UnixStream, mut client: UnixStream) {
    let _ = io::copy(&mut server, &mut client);
    let _ = client.shutdown(Shutdown::Both);
    let _ = io::copy(&mut server, &mut io::sink());
}

fn spawn(work: impl FnOnce() + Send + 'static) -> io::Result<thread::JoinHandle<()>> {
    thread::Builder::new().name("orm-relay".into()).spawn(work)
}
