//! Asking a database that is away for a while: less and less often, and told to the log once, since
//! ten thousand who wait would fill it.

use crate::error::Result;
use std::time::Duration;

/// The first pause.
const FIRST: Duration = Duration::from_secs(1);
/// The longest.
const LONGEST: Duration = Duration::from_secs(30);

/// Asks until there is an answer. `what` is it that cannot be found out meanwhile.
pub(super) async fn until_answered<T, F>(what: &'static str, ask: impl Fn() -> F) -> T
where
    F: Future<Output = Result<T>>,
{
    let mut tries = 0;
    loop {
        match ask().await {
            Ok(answer) => {
                if tries > 0 {
                    tracing::info!(what, tries, "found out at last");
                }
                return answer;
            }
            Err(error) if tries == 0 => tracing::warn!(%error, what, "could not be found out, and is asked again"),
            Err(error) => tracing::debug!(%error, what, tries, "still not found out"),
        }
        // By chance, so that all who wait do not come back at the same moment.
        tokio::time::sleep(pause(tries).mul_f64(rand::random_range(0.5..=1.0))).await;
        tries += 1;
    }
}

/// How long to wait after so many tries and the last.
fn pause(tries: u32) -> Duration {
    FIRST.saturating_mul(1 << tries.min(16)).min(LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_database_that_stays_away_is_asked_less_and_less_often() {
        let pauses: Vec<u64> = (0..8).map(|tries| pause(tries).as_secs()).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 30, 30, 30]);
        assert_eq!(pause(u32::MAX), LONGEST);
    }
}
