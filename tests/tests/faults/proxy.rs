//! A server's address that can be cut off, before or after it has got a statement.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// Stands between a store and its server.
pub(crate) struct Proxy {
    address: SocketAddr,
    server: String,
    line: Arc<Line>,
    listening: Option<JoinHandle<()>>,
}

/// What every connection looks at.
#[derive(Default)]
struct Line {
    /// After a statement with this text no answer gets through: the connection ends where one would have come.
    last_words: Mutex<Option<&'static [u8]>>,
    is_mute: AtomicBool,
    cut: Notify,
}

impl Proxy {
    /// In front of the server that a URL names.
    pub(crate) async fn new(url: &str) -> std::io::Result<(Proxy, String)> {
        let (_, rest) = url.split_once('@').expect("the URL has a user");
        let server = rest.split(['/', '?']).next().unwrap_or_default().to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let url = url.replace(&server, &address.to_string());
        let mut proxy = Proxy { address, server, line: Arc::default(), listening: None };
        proxy.listen(listener);
        Ok((proxy, url))
    }

    fn listen(&mut self, listener: TcpListener) {
        let (server, line) = (self.server.clone(), self.line.clone());
        self.listening = Some(tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let Ok(server) = TcpStream::connect(&server).await else { continue };
                let ((from_client, to_client), (from_server, to_server)) =
                    (client.into_split(), server.into_split());
                let line = line.clone();
                tokio::spawn(async move {
                    tokio::select! {
                        () = pass(from_client, to_server, |bytes| line.hears(bytes)) => {}
                        () = pass(from_server, to_client, |_| !line.is_mute.load(Ordering::SeqCst)) => {}
                        () = line.cut.notified() => {}
                    }
                });
            }
        }));
    }

    /// Lets a statement with such a value through, and nothing back after it.
    pub(crate) fn mute_after(&self, value: &'static str) {
        *self.line.last_words.lock().expect("nobody panics") = Some(value.as_bytes());
    }

    /// Cuts every connection off and takes no new ones.
    pub(crate) async fn close(&mut self) {
        if let Some(listening) = self.listening.take() {
            listening.abort();
            let _ = listening.await;
        }
        self.line.cut.notify_waiters();
    }

    /// Is as at the beginning.
    pub(crate) async fn open(&mut self) -> std::io::Result<()> {
        self.close().await;
        *self.line.last_words.lock().expect("nobody panics") = None;
        self.line.is_mute.store(false, Ordering::SeqCst);
        let listener = TcpListener::bind(self.address).await?;
        self.listen(listener);
        Ok(())
    }
}

impl Line {
    fn hears(&self, bytes: &[u8]) -> bool {
        let last_words = *self.last_words.lock().expect("nobody panics");
        if last_words.is_some_and(|words| bytes.windows(words.len()).any(|window| window == words)) {
            self.is_mute.store(true, Ordering::SeqCst);
        }
        true
    }
}

/// Passes bytes on as long as it may.
async fn pass(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, may_pass: impl Fn(&[u8]) -> bool) {
    let mut buffer = vec![0; 1 << 16];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        if !may_pass(&buffer[..length]) || to.write_all(&buffer[..length]).await.is_err() {
            return;
        }
    }
}
