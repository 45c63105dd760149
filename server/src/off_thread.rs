//! Work that computes or waits, away from the threads that answer.

use anyhow::anyhow;

/// Runs it on a thread of its own. If it panics, the error says that and no more: what a panic says
/// may repeat what somebody wrote, and the log has its place already ([`crate::log`]).
pub async fn off_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> anyhow::Result<T> {
    #[expect(clippy::disallowed_methods, reason = "the one place that drops what a panic says")]
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| anyhow!("it panicked off the async threads"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_a_panic_says_goes_nowhere() {
        assert_eq!(off_thread(|| 7).await.expect("no panic"), 7);
        let error = off_thread(|| panic!("Ana wrote this")).await.expect_err("it panicked");
        assert!(!format!("{error:?}").contains("Ana"), "{error:?}");
    }
}
