//! Goals as teams write them, and how a child's scores move: slowly, with noise, with a dip after
//! the summer, and not always towards the aim.

use std::sync::LazyLock;

use chrono::NaiveDate;
use domain::progress::{Direction, PointStatus, Score};
use serde::Deserialize;

use super::chance::Chance;

/// A goal that fits children of some grades.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Template {
    pub(super) service: String,
    pub(super) area: String,
    pub(super) unit: String,
    pub(super) direction: Direction,
    /// From, to.
    grades: (u8, u8),
    /// So many opportunities, told in percent; a count, a rate or a time if there are none.
    out_of: Option<u32>,
    /// Where such children start.
    start: (i64, i64),
    /// What a year is meant to bring.
    gain: (i64, i64),
    /// How far single scores lie from the truth.
    noise: f64,
    /// With `{target}` and `{grade}` to be filled in.
    title: String,
}

static TEMPLATES: LazyLock<Vec<Template>> =
    LazyLock::new(|| serde_json::from_str(include_str!("goals.json")).expect("goals.json is read by a test"));

/// A goal of one child, and how it goes in truth.
#[derive(Debug)]
pub(super) struct Course {
    pub(super) template: &'static Template,
    pub(super) baseline: f64,
    pub(super) target: f64,
    pub(super) began: NaiveDate,
    pub(super) ends: NaiveDate,
    /// 1 arrives at the target on its day, 0 never leaves the baseline.
    pace: f64,
}

/// Up to `count` different goals of a service for a child of that grade.
pub(super) fn choose(chance: &mut Chance, service: &str, grade: u8, count: usize) -> Vec<&'static Template> {
    let suits = |template: &&Template| template.service == service && template.suits(grade);
    let mut fit: Vec<_> = TEMPLATES.iter().filter(suits).collect();
    while fit.len() > count {
        fit.remove(chance.below(fit.len()));
    }
    fit
}

impl Course {
    pub(super) fn draw(chance: &mut Chance, template: &'static Template, began: NaiveDate, ends: NaiveDate) -> Self {
        let baseline = template.rounded(chance.between(template.start.0, template.start.1) as f64);
        let gain = chance.between(template.gain.0, template.gain.1) as f64;
        let most = if template.out_of.is_some() { 90.0 } else { f64::MAX };
        let target = template.rounded((baseline + gain).clamp(1.0, most));
        let pace = *chance.weighted(&[(45, 1.05), (28, 0.65), (15, 0.15), (12, 1.4)]);
        Self { template, baseline, target, began, ends, pace }
    }

    pub(super) fn title(&self, grade: &str) -> String {
        let target = format!("{}", self.target);
        self.template.title.replace("{target}", &target).replace("{grade}", grade)
    }

    /// A score on that day.
    pub(super) fn score(&self, chance: &mut Chance, day: NaiveDate) -> Score {
        let gone = (day - self.began).num_days() as f64 / (self.ends - self.began).num_days() as f64;
        let dip = if self.is_after_summer(day) { 0.2 } else { 0.0 };
        let truth = self.baseline + (self.target - self.baseline) * (self.pace * gone - dip);
        let value = truth + self.template.noise * chance.normal();
        let mut score = unscored(PointStatus::Scored);
        match self.template.out_of {
            Some(possible) => {
                let possible = f64::from(possible);
                score.scored = Some((value / 100.0 * possible).round().clamp(0.0, possible));
                score.possible = Some(possible);
            }
            None => score.value = Some(value.round().max(0.0)),
        }
        score
    }

    /// What was learned in spring has to be found again in the first weeks of fall.
    fn is_after_summer(&self, day: NaiveDate) -> bool {
        let fall = super::calendar::date(chrono::Datelike::year(&day), 8, 20);
        self.began < fall && (0..28).contains(&(day - fall).num_days())
    }
}

impl Template {
    fn suits(&self, grade: u8) -> bool {
        (self.grades.0..=self.grades.1).contains(&grade)
    }

    /// To what a measurement can say.
    fn rounded(&self, value: f64) -> f64 {
        match self.out_of {
            Some(of) => {
                let step = 100.0 / f64::from(of);
                (value / step).round() * step
            }
            None => value.round(),
        }
    }
}

/// A point without a score.
pub(super) fn unscored(status: PointStatus) -> Score {
    Score { status, scored: None, possible: None, value: None }
}

#[cfg(test)]
mod tests {
    use super::super::calendar::date;
    use super::*;

    #[test]
    fn every_service_has_a_goal_for_every_grade() {
        let mut chance = Chance::of(1, "goals");
        for service in domain::visit::SERVICES {
            for grade in 0..=12 {
                assert!(!choose(&mut chance, service, grade, 2).is_empty(), "{service} {grade}");
            }
        }
    }

    #[test]
    fn a_course_moves_from_its_baseline_towards_its_target() {
        let (began, ends) = (date(2026, 1, 15), date(2027, 1, 14));
        for template in TEMPLATES.iter() {
            for n in 0..20 {
                let chance = &mut Chance::of(n, &template.title);
                let course = Course { pace: 1.0, ..Course::draw(chance, template, began, ends) };
                let forward = (course.target - course.baseline).signum();
                assert_eq!(forward < 0.0, template.direction == Direction::Decrease, "{}", template.title);
                let mut mean = |day| {
                    let values = (0..40).filter_map(|_| course.score(chance, day).derived());
                    values.sum::<f64>() / 40.0
                };
                let (early, late) = (mean(date(2026, 2, 1)), mean(date(2026, 12, 20)));
                assert!((late - early) * forward > 0.0, "{}: {early} {late}", template.title);
            }
        }
    }
}
