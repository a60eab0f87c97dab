//! What this process uses, as Linux tells it.

use std::io;

/// Memory and descriptors.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Usage {
    /// The resident memory.
    pub(crate) kibibytes: u64,
    /// The open descriptors.
    pub(crate) descriptors: usize,
}

impl Usage {
    /// What is used now.
    pub(crate) fn now() -> io::Result<Self> {
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
    pub(crate) async fn settled(descriptors: usize) -> io::Result<Self> {
        for _ in 0..100_000 {
            if Self::now()?.descriptors <= descriptors {
                break;
            }
            tokio::task::yield_now().await;
        }
        Self::now()
    }

    pub(crate) fn mebibytes(self) -> u64 {
        self.kibibytes / 1024
    }
}
