//! A server's address that can be cut off, before or after it has got a statement.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

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
    /// How many bytes of answers get through before a pause, if there is to be one.
    before_pause: Mutex<Option<usize>>,
    cut: Notify,
}

/// How long an answer stops halfway.
pub(crate) const PAUSE: Duration = Duration::from_millis(6);

impl Proxy {
    /// In front of the server that a URL names.
    pub(crate) async fn new(url: &str) -> std::io::Result<(Proxy, String)> {
        let (_, rest) = url.split_once('@').expect("the URL has a user");
        let server = rest.split(['/', '?']).next().unwrap_or_default().to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        // By a socket the connection would pass the proxy by.
        let url = url.split("&socket=").next().unwrap_or_default().replace(&server, &address.to_string());
        let mut proxy = Proxy { address, server, line: Arc::default(), listening: None };
        proxy.listen(listener);
        Ok((proxy, url))
    }

    fn listen(&mut self, listener: TcpListener) {
        let (server, line) = (self.server.clone(), self.line.clone());
        self.listening = Some(tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let Ok(server) = TcpStream::connect(&server).await else { continue };
                // Each part of an answer goes at once.
                let _ = client.set_nodelay(true).and_then(|()| server.set_nodelay(true));
                let ((from_client, to_client), (from_server, to_server)) =
                    (client.into_split(), server.into_split());
                let line = line.clone();
                tokio::spawn(async move {
                    tokio::select! {
                        () = line.ask(from_client, to_server) => {}
                        () = line.answer(from_server, to_client) => {}
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

    /// Lets the next answers stop for a while after so many bytes.
    pub(crate) fn pause_after(&self, bytes: usize) {
        *self.line.before_pause.lock().expect("nobody panics") = Some(bytes);
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
    /// Passes statements on.
    async fn ask(&self, mut from: OwnedReadHalf, mut to: OwnedWriteHalf) {
        let mut buffer = vec![0; 1 << 16];
        while let Ok(length @ 1..) = from.read(&mut buffer).await {
            let bytes = &buffer[..length];
            let last_words = *self.last_words.lock().expect("nobody panics");
            if last_words.is_some_and(|words| bytes.windows(words.len()).any(|window| window == words)) {
                self.is_mute.store(true, Ordering::SeqCst);
            }
            if to.write_all(bytes).await.is_err() {
                return;
            }
        }
    }

    /// Passes answers on.
    async fn answer(&self, mut from: OwnedReadHalf, mut to: OwnedWriteHalf) {
        let mut buffer = vec![0; 1 << 16];
        while let Ok(length @ 1..) = from.read(&mut buffer).await {
            if self.is_mute.load(Ordering::SeqCst) {
                return;
            }
            let (before, after) = buffer[..length].split_at(self.until_pause(length));
            if to.write_all(before).await.is_err() {
                return;
            }
            if !after.is_empty() {
                tokio::time::sleep(PAUSE).await;
            }
            if to.write_all(after).await.is_err() {
                return;
            }
        }
    }

    /// How many of the bytes get through at once.
    fn until_pause(&self, length: usize) -> usize {
        let mut before_pause = self.before_pause.lock().expect("nobody panics");
        match *before_pause {
            Some(left) if left < length => {
                *before_pause = None;
                left
            }
            Some(left) => {
                *before_pause = Some(left - length);
                length
            }
            None => length,
        }
    }
}
