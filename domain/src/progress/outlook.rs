//! Whether a child is on track, said with the care the evidence deserves.

use super::{Aim, Direction, Line, trend::theil_sen};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// How much the data can carry (domain.md §5, "Which default?").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Strength {
    /// Fewer than 6 points, or less than 6 weeks.
    Weak,
    /// In between.
    Moderate,
    /// At least 10 points over at least 10 weeks.
    Strong,
}

/// The word for a parent's report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OutlookStatus {
    /// The projection less its spread still reaches the target.
    OnTrack,
    /// The target lies within the spread.
    Close,
    /// Even with the spread it is missed.
    NotOnTrack,
    /// Fewer than 6 scored points: nothing is said.
    NotEnoughData,
}

/// What the data say about a goal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outlook {
    /// The word.
    pub status: OutlookStatus,
    /// How much it can carry.
    pub strength: Strength,
    /// The Theil–Sen line in days since the baseline; `None` before 6 points.
    pub trend: Option<Line>,
    /// Where the trend is on the target day.
    pub projected: Option<f64>,
    /// The spread of the points round the trend (standard error of estimate).
    pub spread: Option<f64>,
    /// The most recent scored value.
    pub latest: Option<f64>,
}

/// Judges the scored points of a goal, given in any order.
pub fn outlook(aim: &Aim, points: &[(NaiveDate, f64)]) -> Outlook {
    let mut days: Vec<(f64, f64)> =
        points.iter().map(|(on, value)| ((*on - aim.baseline_on).num_days() as f64, *value)).collect();
    days.sort_by(|a, b| a.0.total_cmp(&b.0));
    let latest = days.last().map(|(_, value)| *value);
    let strength = strength(&days);
    let silent =
        Outlook { status: OutlookStatus::NotEnoughData, strength, trend: None, projected: None, spread: None, latest };
    if days.len() < 6 {
        return silent;
    }
    let Some(trend) = theil_sen(&days) else { return silent };
    let projected = trend.at((aim.target_on - aim.baseline_on).num_days() as f64);
    let spread = spread(&days, trend);
    let status = status(aim, projected, spread);
    Outlook { status, trend: Some(trend), projected: Some(projected), spread: Some(spread), ..silent }
}

fn strength(days: &[(f64, f64)]) -> Strength {
    let weeks = match (days.first(), days.last()) {
        (Some(first), Some(last)) => (last.0 - first.0) / 7.0,
        _ => 0.0,
    };
    match (days.len(), weeks) {
        (10.., weeks) if weeks >= 10.0 => Strength::Strong,
        (6.., weeks) if weeks >= 6.0 => Strength::Moderate,
        _ => Strength::Weak,
    }
}

fn spread(days: &[(f64, f64)], trend: Line) -> f64 {
    let squares: f64 = days.iter().map(|(t, y)| (y - trend.at(*t)).powi(2)).sum();
    (squares / (days.len() as f64 - 2.0)).sqrt()
}

fn status(aim: &Aim, projected: f64, spread: f64) -> OutlookStatus {
    // A goal to keep is met while the projection stays within its spread of the target.
    let (reached, near) = match aim.direction {
        Direction::Increase => (projected - spread >= aim.target, projected + spread >= aim.target),
        Direction::Decrease => (projected + spread <= aim.target, projected - spread <= aim.target),
        Direction::Maintain => {
            let away = (projected - aim.target).abs();
            (away <= spread, away <= 2.0 * spread)
        }
    };
    match (reached, near) {
        (true, _) => OutlookStatus::OnTrack,
        (_, true) => OutlookStatus::Close,
        _ => OutlookStatus::NotOnTrack,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: i64) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 9, 1).expect("a date") + chrono::TimeDelta::days(n)
    }

    fn aim(target: f64) -> Aim {
        Aim { direction: Direction::Increase, baseline: 22.0, baseline_on: day(0), target, target_on: day(140) }
    }

    fn weekly(count: i64, gain: f64) -> Vec<(NaiveDate, f64)> {
        (0..count).map(|n| (day(7 * n), 22.0 + gain * n as f64 + if n % 2 == 0 { 0.5 } else { -0.5 })).collect()
    }

    #[test]
    fn the_word_follows_the_projection_and_its_spread() {
        assert_eq!(outlook(&aim(40.0), &weekly(10, 1.25)).status, OutlookStatus::OnTrack);
        assert_eq!(outlook(&aim(47.0), &weekly(10, 1.25)).status, OutlookStatus::Close);
        assert_eq!(outlook(&aim(60.0), &weekly(10, 1.25)).status, OutlookStatus::NotOnTrack);
        assert_eq!(outlook(&aim(40.0), &weekly(5, 1.25)).status, OutlookStatus::NotEnoughData);
    }

    #[test]
    fn evidence_is_labelled_by_points_and_weeks() {
        assert_eq!(outlook(&aim(40.0), &weekly(5, 1.0)).strength, Strength::Weak);
        assert_eq!(outlook(&aim(40.0), &weekly(8, 1.0)).strength, Strength::Moderate);
        assert_eq!(outlook(&aim(40.0), &weekly(11, 1.0)).strength, Strength::Strong);
    }

    #[test]
    fn the_aim_line_rises_from_the_baseline_to_the_target() {
        let aim = aim(42.0);
        assert_eq!((aim.at(day(0)), aim.at(day(70)), aim.at(day(140))), (22.0, 32.0, 42.0));
        assert!((aim.per_week() - 1.0).abs() < 1e-9);
    }
}
