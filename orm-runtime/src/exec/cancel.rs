//! Cancelling what a connection runs, and hearing that it was done.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

#[cfg(unix)]
use tokio::net::UnixStream;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::sleep,
};
use tokio_postgres::{
    CancelToken, Config, NoTls, Socket,
    config::{Host, LoadBalanceHosts},
    tls::MakeTlsConnect,
};

/// How long nothing is sent after a request of which nothing is heard.
const QUIET: Duration = Duration::from_millis(50);

/// Asks the server to cancel what the token's connection runs, and waits until it has done so: a statement sent from
/// then on is not hit. A request that fails shows in that the statement goes on.
///
/// The server closes the connection of a request when it has acted on it, which the driver does not wait for.
pub(super) async fn plain(config: &Config, token: CancelToken) {
    let port = config.get_ports().first().copied().unwrap_or(5432);
    let reached = match (config.get_hosts(), config.get_hostaddrs(), config.get_load_balance_hosts()) {
        ([_], [address], _) => through(TcpStream::connect((*address, port)).await, &token).await,
        ([Host::Tcp(name)], [], LoadBalanceHosts::Disable) => {
            through(TcpStream::connect((name.as_str(), port)).await, &token).await
        }
        #[cfg(unix)]
        ([Host::Unix(folder)], [], _) => {
            let socket = folder.join(format!(".s.PGSQL.{port}"));
            through(UnixStream::connect(socket).await, &token).await
        }
        // Only the driver knows which of several servers it is connected to.
        _ => false,
    };
    if !reached {
        unheard(NoTls, token).await;
    }
}

/// Asks as [`plain`] does, by the driver's own means: the answer is not waited for but given time.
pub(super) async fn unheard<T: MakeTlsConnect<Socket>>(tls: T, token: CancelToken) {
    drop(token.cancel_query(tls).await);
    sleep(QUIET).await;
}

/// Sends the request over a connection, if there is one.
async fn through<S>(stream: io::Result<S>, token: &CancelToken) -> bool
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    match stream {
        Ok(stream) => token.cancel_query_raw(Closing(stream), NoTls).await.is_ok(),
        Err(_) => false,
    }
}

/// A stream whose shutdown is that the other side closes it.
struct Closing<S>(S);

impl<S: AsyncRead + Unpin> AsyncRead for Closing<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(cx, buf)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Closing<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            let mut bytes = [0; 64];
            let mut bytes = ReadBuf::new(&mut bytes);
            let read = ready!(Pin::new(&mut self.0).poll_read(cx, &mut bytes));
            if read.is_err() || bytes.filled().is_empty() {
                return Poll::Ready(Ok(()));
            }
        }
    }
}
