//! Reaching the server, with or without TLS.

use std::{future::Future, pin::Pin};

use tokio::task::JoinHandle;
use tokio_postgres::{
    CancelToken, Client, Config, Error, Socket,
    tls::{MakeTlsConnect, TlsConnect},
};

type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Opens connections of one kind of TLS, and side doors to them.
pub(super) trait Connect: Send + Sync {
    /// Opens a connection and starts the task that drives it, on the current tokio runtime.
    fn connect<'a>(&'a self, config: &'a Config) -> BoxFuture<'a, Result<(Client, JoinHandle<()>), Error>>;

    /// Asks the server, over a connection of its own, to cancel what the token's connection is running.
    fn cancel(&self, token: CancelToken) -> BoxFuture<'_, Result<(), Error>>;
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
        let tls = self.0.clone();
        Box::pin(async move {
            let (client, connection) = config.connect(tls).await?;
            // Why it ended is told to whoever was waiting for an answer.
            let driver = tokio::spawn(async { drop(connection.await) });
            Ok((client, driver))
        })
    }

    fn cancel(&self, token: CancelToken) -> BoxFuture<'_, Result<(), Error>> {
        let tls = self.0.clone();
        Box::pin(async move { token.cancel_query(tls).await })
    }
}
