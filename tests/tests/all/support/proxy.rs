use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, split},
    net::{TcpListener, TcpStream, UnixStream},
    task::{JoinHandle, JoinSet},
    time::timeout,
};
use tokio_postgres::{Config, config::Host};

/// How long one side has to be silent before the other hears what it said. It stands for a slow network: what is sent
/// together arrives together.
const SILENCE: Duration = Duration::from_millis(25);

/// A way to the server on which each exchange is counted.
pub(crate) struct Proxy {
    url: String,
    turns: Arc<AtomicUsize>,
    tasks: JoinHandle<()>,
}

impl Proxy {
    /// A way to the server that a URL names.
    pub(crate) async fn to(url: &str) -> Self {
        let config: Config = url.parse().expect("a URL");
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let (user, database) = (config.get_user().expect("a user"), config.get_dbname().expect("a name"));
        let password = config.get_password().map(|password| String::from_utf8_lossy(password).into_owned());
        let url = match password {
            Some(password) => format!("postgres://{user}:{password}@127.0.0.1:{port}/{database}"),
            None => format!("postgres://{user}@127.0.0.1:{port}/{database}"),
        };
        let turns = Arc::new(AtomicUsize::new(0));
        let tasks = tokio::spawn(serve(listener, config, Arc::clone(&turns)));
        Self { url, turns, tasks }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// How often since the last call the client spoke and had to wait for the answer.
    pub(crate) fn turns(&self) -> usize {
        self.turns.swap(0, Ordering::SeqCst)
    }

    /// Closes the way and all connections on it.
    pub(crate) async fn close(self) {
        self.tasks.abort();
        assert!(self.tasks.await.is_err_and(|end| end.is_cancelled()));
    }
}

async fn serve(listener: TcpListener, server: Config, turns: Arc<AtomicUsize>) {
    // Ends its tasks when it is dropped.
    let mut connections = JoinSet::new();
    while let Ok((client, _)) = listener.accept().await {
        let port = server.get_ports().first().copied().unwrap_or(5432);
        match &server.get_hosts()[0] {
            Host::Tcp(name) => {
                let server = TcpStream::connect((name.as_str(), port)).await.expect("a server");
                connect(&mut connections, client, server, &turns);
            }
            Host::Unix(folder) => {
                let server =
                    UnixStream::connect(folder.join(format!(".s.PGSQL.{port}"))).await.expect("a server");
                connect(&mut connections, client, server, &turns);
            }
        }
    }
}

fn connect(
    connections: &mut JoinSet<()>,
    client: TcpStream,
    server: impl AsyncRead + AsyncWrite + Send + 'static,
    turns: &Arc<AtomicUsize>,
) {
    let (from_client, to_client) = split(client);
    let (from_server, to_server) = split(server);
    connections.spawn(pump(from_client, to_server, Some(Arc::clone(turns))));
    connections.spawn(pump(from_server, to_client, None));
}

async fn pump(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    bursts: Option<Arc<AtomicUsize>>,
) {
    let mut burst = Vec::new();
    while let Ok(1..) = from.read_buf(&mut burst).await {
        while let Ok(Ok(1..)) = timeout(SILENCE, from.read_buf(&mut burst)).await {}
        if let Some(bursts) = &bursts {
            bursts.fetch_add(1, Ordering::SeqCst);
        }
        if to.write_all(&burst).await.is_err() {
            return;
        }
        burst.clear();
    }
    drop(to.shutdown().await);
}
