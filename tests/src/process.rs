//! What this process uses, as Linux reports it, and whether any of its tasks panicked.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

static PANICS: AtomicUsize = AtomicUsize::new(0);

/// Counts the panics from here on, those of tasks that nobody waits for among them.
pub fn count_panics() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        PANICS.fetch_add(1, Ordering::Relaxed);
        usual(panic);
    }));
}

/// How many panics there were since [`count_panics`].
pub fn panics() -> usize {
    PANICS.load(Ordering::Relaxed)
}

/// Memory and descriptors.
#[derive(Debug, Clone, Copy)]
pub struct Usage {
    /// The resident memory.
    pub kibibytes: u64,
    /// The open descriptors.
    pub descriptors: usize,
}

impl Usage {
    /// What is used now.
    ///
    /// # Errors
    /// Returns why it can't be known: this is not Linux, say.
    pub fn now() -> io::Result<Self> {
        let status = std::fs::read_to_string("/proc/self/status")?;
        let kibibytes = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok())
            .ok_or_else(|| io::Error::other("VmRSS is missing in /proc/self/status"))?;
        // One of them is the folder that is being read.
        let descriptors = std::fs::read_dir("/proc/self/fd")?.count() - 1;
        Ok(Self { kibibytes, descriptors })
    }

    /// What is used when the tasks that have ended have been dropped; after a bounded number of
    /// turns, whether they have or not.
    ///
    /// # Errors
    /// As [`Usage::now`].
    pub async fn settled(descriptors: usize) -> io::Result<Self> {
        for _ in 0..100_000 {
            if Self::now()?.descriptors <= descriptors {
                break;
            }
            tokio::task::yield_now().await;
        }
        Self::now()
    }

    /// The resident memory, rounded down.
    pub fn mebibytes(self) -> u64 {
        self.kibibytes / 1024
    }
}
