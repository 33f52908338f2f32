//! Reaching the server, with or without TLS.

use std::{future::Future, pin::Pin, sync::Arc};

use tokio::task::JoinHandle;
use tokio_postgres::{
    CancelToken, Client, Config, Error, NoTls, Socket,
    tls::{MakeTlsConnect, TlsConnect},
};

use super::cancel;

type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Opens connections of one kind of TLS, and side doors to them.
pub(super) trait Connect: Send + Sync {
    /// Opens a connection and starts the task that drives it, on the current tokio runtime.
    fn connect<'a>(&'a self, config: &'a Config) -> BoxFuture<'a, Result<(Client, JoinHandle<()>), Error>>;

    /// Asks the server, over a connection of its own, to cancel what the token's connection is running, and waits
    /// until it has done so.
    fn cancel<'a>(&'a self, config: &'a Config, token: CancelToken) -> BoxFuture<'a, ()>;
}

/// A server, and how it is reached.
pub(super) struct Server {
    pub(super) config: Config,
    pub(super) connector: Arc<dyn Connect>,
}

impl Server {
    pub(super) async fn connect(&self) -> Result<(Client, JoinHandle<()>), Error> {
        self.connector.connect(&self.config).await
    }

    pub(super) async fn cancel(&self, token: CancelToken) {
        self.connector.cancel(&self.config, token).await;
    }
}

/// Connects without TLS.
pub(super) struct Plain;

impl Connect for Plain {
    fn connect<'a>(&'a self, config: &'a Config) -> BoxFuture<'a, Result<(Client, JoinHandle<()>), Error>> {
        Box::pin(open(config, NoTls))
    }

    fn cancel<'a>(&'a self, config: &'a Config, token: CancelToken) -> BoxFuture<'a, ()> {
        Box::pin(cancel::plain(config, token))
    }
}

/// Connects by a TLS connector as the driver knows them.
pub(super) struct Connector<T>(pub(super) T);

impl<T> Connect for Connector<T>
where
    T: MakeTlsConnect<Socket> + Clone + Send + Sync + 'static,
    T::Stream: Send + Sync,
    T::TlsConnect: Send + Sync,
    <T::TlsConnect as TlsConnect<Socket>>::Future: Send,
{
    fn connect<'a>(&'a self, config: &'a Config) -> BoxFuture<'a, Result<(Client, JoinHandle<()>), Error>> {
        Box::pin(open(config, self.0.clone()))
    }

    fn cancel<'a>(&'a self, _: &'a Config, token: CancelToken) -> BoxFuture<'a, ()> {
        Box::pin(cancel::unheard(self.0.clone(), token))
    }
}

async fn open<T>(config: &Config, tls: T) -> Result<(Client, JoinHandle<()>), Error>
where
    T: MakeTlsConnect<Socket>,
    T::Stream: Send + 'static,
{
    let (client, connection) = config.connect(tls).await?;
    // Why it ended is told to whoever was waiting for an answer.
    let driver = tokio::spawn(async { drop(connection.await) });
    Ok((client, driver))
}
