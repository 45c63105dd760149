//! Wakes a subscription at the moment when a dated fact changes what its reader may see:
//! nothing is written then, so nobody else would tell.

use crate::clock::Clock;
use futures_util::{Stream, stream};
use std::time::Duration;
use sync::Micros;
use tokio::sync::watch;

/// The clock is looked at this often: clocks are set, and machines sleep.
const LOOK: Duration = Duration::from_secs(1);

/// A stream that says when the moment has come that was told last, and where it is told. The
/// listener tells the next one before it listens again.
pub(super) fn wakes(clock: Clock, first: Option<Micros>) -> (watch::Sender<Option<Micros>>, impl Stream<Item = ()>) {
    let (tell, told) = watch::channel(first);
    let stream = stream::unfold((clock, told), |(clock, mut told)| async move {
        loop {
            let next = *told.borrow_and_update();
            tokio::select! {
                changed = told.changed() => if changed.is_err() { return None },
                () = moment(&clock, next) => return Some(((), (clock, told))),
            }
        }
    });
    (tell, stream)
}

async fn moment(clock: &Clock, at: Option<Micros>) {
    let Some(at) = at else { return std::future::pending().await };
    loop {
        let left = at.0 - clock.now().timestamp_micros();
        if left <= 0 {
            return;
        }
        tokio::time::sleep(LOOK.min(Duration::from_micros(left.unsigned_abs()))).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use futures_util::StreamExt as _;

    #[tokio::test]
    async fn a_subscription_wakes_at_the_moment_and_not_before() {
        let (time, now) = watch::channel(0_i64);
        let clock = Clock::from(move || DateTime::from_timestamp_micros(*now.borrow()).expect("a moment"));
        let (tell, wakes) = wakes(clock, Some(Micros(10_000)));
        let mut wakes = std::pin::pin!(wakes);
        let (soon, long) = (Duration::from_millis(60), Duration::from_secs(10));
        assert!(tokio::time::timeout(soon, wakes.next()).await.is_err(), "the clock stands still");
        time.send_replace(10_000);
        assert!(tokio::time::timeout(long, wakes.next()).await.is_ok());
        tell.send_replace(None);
        assert!(tokio::time::timeout(soon, wakes.next()).await.is_err(), "nothing changes any more");
        tell.send_replace(Some(Micros(1)));
        assert!(tokio::time::timeout(long, wakes.next()).await.is_ok(), "told late is told");
    }
}
