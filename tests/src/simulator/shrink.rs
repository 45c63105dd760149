//! Makes a story that ends badly short: takes steps out, many at once at first, as long as the
//! same thing still breaks.

use super::{Failure, Step, Story, tell};
use server::db::Location;

/// The shortest story found that breaks the same invariant, and how it does.
pub fn shrink(story: &Story, failure: &Failure, noon: &Location) -> (Story, Failure) {
    let mut best = (story.clone(), failure.clone());
    let mut width = story.steps.len().div_ceil(2);
    while width > 0 {
        let mut at = 0;
        let mut shorter = false;
        while at < best.0.steps.len() {
            let end = (at + width).min(best.0.steps.len());
            let steps: Vec<Step> = [&best.0.steps[..at], &best.0.steps[end..]].concat();
            match still_broken(&Story { steps, ..best.0.clone() }, failure, noon) {
                Some(found) => {
                    best = found;
                    shorter = true;
                }
                None => at = end,
            }
        }
        width = if shorter && width == 1 { 1 } else { width / 2 };
    }
    best
}

fn still_broken(story: &Story, failure: &Failure, noon: &Location) -> Option<(Story, Failure)> {
    let found = tell(story, noon).failure?;
    (found.invariant == failure.invariant).then(|| (story.clone(), found))
}
