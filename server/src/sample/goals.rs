//! Goals as teams write them, and how a child's scores move: slowly, with noise, with a dip after
//! the summer, and not always towards the aim.

use chrono::NaiveDate;
use domain::progress::{Direction, PointStatus, Score};

use super::chance::Chance;

/// A goal that fits children of some grades.
#[derive(Debug)]
pub(super) struct Template {
    pub(super) service: &'static str,
    pub(super) area: &'static str,
    pub(super) unit: &'static str,
    pub(super) direction: Direction,
    pub(super) grades: std::ops::RangeInclusive<u8>,
    measure: Measure,
    /// Where such children start.
    start: (i64, i64),
    /// What a year is meant to bring.
    gain: (i64, i64),
    /// How far single scores lie from the truth.
    noise: f64,
    /// With `{target}` and `{grade}` to be filled in.
    title: &'static str,
}

/// How one score is taken.
#[derive(Clone, Copy, Debug)]
enum Measure {
    /// So many of so many opportunities, told in percent.
    OutOf(u32),
    /// A count, a rate, a time.
    Value,
}

const fn percent(
    service: &'static str,
    area: &'static str,
    grades: std::ops::RangeInclusive<u8>,
    of: u32,
    start: (i64, i64),
    gain: (i64, i64),
    title: &'static str,
) -> Template {
    let measure = Measure::OutOf(of);
    Template {
        service,
        area,
        unit: "percent",
        direction: Direction::Increase,
        grades,
        measure,
        start,
        gain,
        noise: 8.0,
        title,
    }
}

const TEMPLATES: &[Template] = &[
    Template {
        service: "specialized",
        area: "reading",
        unit: "wordsPerMinute",
        direction: Direction::Increase,
        grades: 1..=8,
        measure: Measure::Value,
        start: (18, 70),
        gain: (25, 45),
        noise: 4.0,
        title: "Given a {grade} passage, reads aloud {target} words correctly in one minute",
    },
    percent(
        "specialized",
        "reading",
        3..=12,
        10,
        (30, 50),
        (25, 40),
        "After reading a {grade} text, answers {target}% of questions about its main idea and details",
    ),
    percent(
        "specialized",
        "reading",
        0..=1,
        20,
        (15, 40),
        (40, 55),
        "Shown letters in random order, says the sound of {target}% of them",
    ),
    percent(
        "specialized",
        "math",
        1..=6,
        20,
        (25, 50),
        (30, 40),
        "Given mixed addition and subtraction facts, solves {target}% correctly without help",
    ),
    percent(
        "specialized",
        "math",
        7..=12,
        10,
        (30, 45),
        (30, 40),
        "Given a word problem, writes the equation and solves it in {target}% of trials",
    ),
    percent(
        "specialized",
        "writing",
        3..=12,
        10,
        (20, 45),
        (30, 45),
        "Given a topic and an organizer, writes sentences of which {target}% are complete and punctuated",
    ),
    percent(
        "speech",
        "speech",
        0..=5,
        20,
        (15, 45),
        (35, 50),
        "Says the sound /r/ in words correctly in {target}% of opportunities",
    ),
    percent(
        "speech",
        "speech",
        0..=4,
        20,
        (20, 50),
        (30, 45),
        "Says /s/ and /z/ in sentences correctly in {target}% of opportunities",
    ),
    percent(
        "speech",
        "language",
        0..=6,
        10,
        (30, 50),
        (30, 40),
        "Retells a short story with characters, place and events in order in {target}% of trials",
    ),
    percent(
        "speech",
        "language",
        5..=12,
        10,
        (30, 50),
        (30, 40),
        "Explains the meaning of a new word from its sentence in {target}% of opportunities",
    ),
    percent(
        "occupational",
        "motor",
        0..=4,
        10,
        (20, 45),
        (35, 45),
        "Writes letters on the line with correct size in {target}% of trials",
    ),
    percent(
        "occupational",
        "self-care",
        0..=12,
        10,
        (30, 50),
        (30, 45),
        "Prepares own materials for class without a reminder in {target}% of opportunities",
    ),
    Template {
        service: "physical",
        area: "motor",
        unit: "seconds",
        direction: Direction::Increase,
        grades: 0..=12,
        measure: Measure::Value,
        start: (3, 8),
        gain: (8, 15),
        noise: 1.2,
        title: "Stands on one foot without support for {target} seconds",
    },
    Template {
        service: "counseling",
        area: "behavior",
        unit: "count",
        direction: Direction::Decrease,
        grades: 0..=12,
        measure: Measure::Value,
        start: (9, 16),
        gain: (-11, -6),
        noise: 1.6,
        title: "Calls out without raising a hand at most {target} times in a class period",
    },
    percent(
        "counseling",
        "social",
        3..=12,
        10,
        (20, 45),
        (35, 45),
        "When upset, names the feeling and uses a calming strategy in {target}% of situations",
    ),
];

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
    let mut fit: Vec<_> =
        TEMPLATES.iter().filter(|template| template.service == service && template.grades.contains(&grade)).collect();
    while fit.len() > count {
        fit.remove(chance.below(fit.len()));
    }
    fit
}

impl Course {
    pub(super) fn draw(chance: &mut Chance, template: &'static Template, began: NaiveDate, ends: NaiveDate) -> Self {
        let baseline = template.rounded(chance.between(template.start.0, template.start.1) as f64);
        let gain = chance.between(template.gain.0, template.gain.1) as f64;
        let most = if matches!(template.measure, Measure::OutOf(_)) { 90.0 } else { f64::MAX };
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
        match self.template.measure {
            Measure::OutOf(possible) => {
                let possible = f64::from(possible);
                score.scored = Some((value / 100.0 * possible).round().clamp(0.0, possible));
                score.possible = Some(possible);
            }
            Measure::Value => score.value = Some(value.round().max(0.0)),
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
    /// To what a measurement can say.
    fn rounded(&self, value: f64) -> f64 {
        match self.measure {
            Measure::OutOf(of) => {
                let step = 100.0 / f64::from(of);
                (value / step).round() * step
            }
            Measure::Value => value.round(),
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
        for template in TEMPLATES {
            for n in 0..20 {
                let chance = &mut Chance::of(n, template.title);
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
