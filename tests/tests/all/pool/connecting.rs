//! Errors of connecting: each says what is wrong, and where.

use std::time::Duration;

use orm::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::support::{Place, Proxy, within_a_second};

async fn refused(url: &str) -> orm::Error {
    match within_a_second(Db::connect(url)).await {
        Ok(db) => panic!("connected to {url}: {db:?}"),
        Err(error) => error,
    }
}

#[tokio::test]
async fn a_dead_server_is_named() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let error = refused(&format!("postgres://user:secret@{address}/shop")).await;
    assert!(error.is_connection(), "{error:?}");
    let text = error.to_string();
    assert!(text.starts_with(&format!("could not connect to `{address}`")), "{text}");
    assert!(text.contains("refused") && !text.contains("secret"), "{text}");
}

#[tokio::test]
async fn so_is_a_socket_that_is_not_there() {
    let error = refused("postgres:///shop?host=/no/such/folder&user=me").await;
    assert!(
        error.is_connection() && error.to_string().contains("`/no/such/folder/.s.PGSQL.5432`"),
        "{error}"
    );
}

#[tokio::test]
async fn so_is_a_server_that_does_not_answer() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    let limit = Duration::from_millis(50);
    let connecting = Db::builder(&format!("postgres://me@{address}/shop")).connect_timeout(limit).connect();
    let error = within_a_second(connecting).await.expect_err("no answer");
    assert!(error.is_connection() && error.to_string().contains(&address.to_string()), "{error}");
    assert!(error.to_string().contains("50ms"), "{error}");
}

#[tokio::test]
async fn a_wrong_database_or_user_is_the_servers_own_error() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let proxy = Proxy::to(place.url()).await;
    let (server, _) = proxy.url().rsplit_once('/').expect("a database");
    let error = refused(&format!("{server}/no_such_database")).await;
    assert_eq!(error.code(), Some("3D000"));
    assert!(error.to_string().contains("no_such_database"), "{error}");
    let (_, host) = proxy.url().split_once('@').expect("a user");
    let error = refused(&format!("postgres://no_such_user@{host}")).await;
    assert!(error.code().is_some_and(|code| code.starts_with("28")), "{error}");
    assert!(error.to_string().contains("no_such_user"), "{error}");
    Ok(())
}

/// A server that answers every start-up with an error.
async fn refusing(code: &'static str, message: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let mut startup = [0; 1024];
            assert!(client.read(&mut startup).await.expect("a start-up message") > 0);
            let fields = format!("SFATAL\0VFATAL\0C{code}\0M{message}\0\0");
            let mut answer = vec![b'E'];
            answer.extend(u32::try_from(fields.len() + 4).expect("short").to_be_bytes());
            answer.extend(fields.bytes());
            client.write_all(&answer).await.expect("a listener");
        }
    });
    format!("postgres://me:secret@{address}/shop?sslmode=disable")
}

#[tokio::test]
async fn a_wrong_password_is_the_servers_own_error() {
    let error = refused(&refusing("28P01", "password authentication failed for user \"me\"").await).await;
    assert_eq!(error.code(), Some("28P01"));
    assert!(!error.is_connection(), "trying again would not help");
    assert_eq!(error.to_string(), "password authentication failed for user \"me\"");
}

#[tokio::test]
async fn a_server_that_is_starting_up_is_a_connection_error() {
    let error = refused(&refusing("57P03", "the database system is starting up").await).await;
    assert!(error.is_connection() && error.to_string().contains("starting up"), "{error}");
}

#[tokio::test]
async fn mistakes_in_the_url_are_told_without_connecting() {
    for (url, part) in [
        ("nonsense", "malformed"),
        ("postgres://me@localhost", "names no database"),
        ("postgres://me@localhost/shop?sslmode=require", "TLS connector"),
        ("postgres://me@localhost/shop?no_such_option=1", "malformed"),
    ] {
        let error = refused(url).await;
        assert!(!error.is_connection() && error.to_string().contains(part), "{url}: {error}");
    }
    let error =
        Db::builder("postgres://me@localhost/shop").max_size(0).connect().await.expect_err("no connections");
    assert!(error.to_string().contains("max_size"), "{error}");
    let many = Db::builder("postgres://me@localhost/shop").max_size(usize::MAX).connect().await;
    assert!(many.expect_err("too many").to_string().contains("262143 connections at most"));
    let error = refused("postgres://me:p@ss@127.0.0.1:1/shop").await;
    assert!(error.to_string().contains("`127.0.0.1:1`") && !error.to_string().contains("ss@"), "{error}");
}

#[test]
fn without_a_runtime_it_is_an_error() {
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};
    let mut connecting = pin!(Db::connect("postgres://me@localhost/shop"));
    let Poll::Ready(Err(error)) = connecting.as_mut().poll(&mut Context::from_waker(Waker::noop())) else {
        panic!("nothing to wait for");
    };
    assert!(error.to_string().contains("tokio runtime"), "{error}");
}

#[tokio::test]
async fn a_server_that_dies_later_fails_the_next_query() -> orm::Result<()> {
    let place = Place::with_pool(1).await?;
    let proxy = Proxy::to(place.url()).await;
    let db = Db::builder(proxy.url()).max_size(1).connect().await?;
    proxy.close().await;
    // The first may find out that its connection is gone, the second has to make one.
    for part in ["", "could not connect"] {
        let error = within_a_second(db.batch_execute("SELECT 1")).await.expect_err("nobody listens");
        assert!(error.is_connection() && error.to_string().contains(part), "{error}");
    }
    Ok(())
}
