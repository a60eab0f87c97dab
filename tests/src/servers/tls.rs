//! TLS, with a certificate made for the occasion; and a listener for axum that speaks it.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::Listener;
use rcgen::{
    BasicConstraints, Certificate, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa,
    Issuer, KeyPair,
};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::rustls::pki_types::PrivatePkcs8KeyDer;
use tokio_rustls::rustls::{self, ClientConfig, RootCertStore, ServerConfig};
use tokio_rustls::server::TlsStream;
use tokio_rustls::{TlsAcceptor, TlsConnector};
use ws_errors::transport::LingeringStream;
use ws_errors::transport::axum::LingeringListener;

/// A certificate for this machine, and the authority that issued it.
pub struct Identity {
    authority: Certificate,
    certificate: Certificate,
    key: KeyPair,
}

impl Identity {
    /// Makes both.
    ///
    /// # Errors
    /// Returns why it can't.
    pub fn new() -> Result<Self, rcgen::Error> {
        let mut issuer = CertificateParams::new([])?;
        issuer.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        issuer.distinguished_name.push(DnType::CommonName, "tests of ws-errors");
        let issuer_key = KeyPair::generate()?;
        let authority = issuer.self_signed(&issuer_key)?;
        let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
        let mut subject = CertificateParams::new(names)?;
        subject.distinguished_name.push(DnType::CommonName, "localhost");
        subject.extended_key_usages.push(ExtendedKeyUsagePurpose::ServerAuth);
        let key = KeyPair::generate()?;
        let certificate = subject.signed_by(&key, &Issuer::new(issuer, issuer_key))?;
        Ok(Self { authority, certificate, key })
    }

    /// Certificate and key, as most programs read them.
    pub fn pem(&self) -> (String, String) {
        (self.certificate.pem(), self.key.serialize_pem())
    }

    /// What clients have to trust.
    pub fn authority(&self) -> String {
        self.authority.pem()
    }

    /// For a server that has this certificate.
    ///
    /// # Errors
    /// Returns why it can't.
    pub fn acceptor(&self) -> Result<TlsAcceptor, rustls::Error> {
        let key = PrivatePkcs8KeyDer::from(self.key.serialize_der());
        let config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![self.certificate.der().clone()], key.into())?;
        Ok(TlsAcceptor::from(Arc::new(config)))
    }

    /// For a client that trusts this certificate.
    ///
    /// # Errors
    /// Returns why it can't.
    pub fn connector(&self) -> Result<TlsConnector, rustls::Error> {
        let mut roots = RootCertStore::empty();
        roots.add(self.authority.der().clone())?;
        let config = ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
        Ok(TlsConnector::from(Arc::new(config)))
    }
}

/// How long a client may take for the TLS handshake: a busy machine starves it longer than 10 s.
const HANDSHAKE: Duration = Duration::from_secs(60);

type Stream = TlsStream<LingeringStream<TcpStream>>;

/// A listener for axum that speaks TLS over streams that linger. Handshakes run beside each other, so
/// a client that stalls in one holds up nobody.
#[derive(Debug)]
pub struct TlsListener {
    address: SocketAddr,
    accepted: mpsc::Receiver<(Stream, SocketAddr)>,
    _accepting: JoinSet<()>,
}

impl TlsListener {
    /// Begins to accept.
    ///
    /// # Errors
    /// Returns why the address of the listener is not known.
    pub fn new(
        mut listener: LingeringListener<tokio::net::TcpListener>,
        acceptor: TlsAcceptor,
    ) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let (sender, accepted) = mpsc::channel(64);
        let mut accepting = JoinSet::new();
        accepting.spawn(async move {
            let mut handshakes = JoinSet::new();
            loop {
                tokio::select! {
                    (stream, peer) = listener.accept() => {
                        let (acceptor, sender) = (acceptor.clone(), sender.clone());
                        handshakes.spawn(async move {
                            let accepting = timeout(HANDSHAKE, acceptor.accept(stream));
                            if let Ok(Ok(stream)) = accepting.await {
                                // Nobody waits for it any more where it can't be sent.
                                let _ = sender.send((stream, peer)).await;
                            }
                        });
                    }
                    Some(_) = handshakes.join_next() => {}
                }
            }
        });
        Ok(Self { address, accepted, _accepting: accepting })
    }
}

impl Listener for TlsListener {
    type Io = Stream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Stream, SocketAddr) {
        match self.accepted.recv().await {
            Some(accepted) => accepted,
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}
