//! Lines through data points.

/// A line y = intercept + slope · t, t in days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// At t = 0.
    pub intercept: f64,
    /// Gain a day.
    pub slope: f64,
}

impl Line {
    /// The value at a day.
    pub fn at(self, day: f64) -> f64 {
        self.intercept + self.slope * day
    }

    /// Gain a week.
    pub fn per_week(self) -> f64 {
        7.0 * self.slope
    }
}

/// The Theil–Sen line: the median of all pairwise slopes, with the median residual as
/// intercept. One typing error does not turn it (Vannest et al. 2012; Mercer et al. 2015).
/// `None` unless two points lie on different days.
pub fn theil_sen(points: &[(f64, f64)]) -> Option<Line> {
    let mut slopes = Vec::with_capacity(points.len() * points.len() / 2);
    for (n, (t, y)) in points.iter().enumerate() {
        slopes.extend(points[n + 1..].iter().filter(|(u, _)| u != t).map(|(u, z)| (z - y) / (u - t)));
    }
    let slope = median(&mut slopes)?;
    let intercept = median(&mut points.iter().map(|(t, y)| y - slope * t).collect::<Vec<_>>())?;
    Some(Line { intercept, slope })
}

/// The least-squares line, shown beside the robust one. `None` unless two points lie on
/// different days.
pub fn ordinary_least_squares(points: &[(f64, f64)]) -> Option<Line> {
    let n = points.len() as f64;
    let mean_t = points.iter().map(|(t, _)| t).sum::<f64>() / n;
    let mean_y = points.iter().map(|(_, y)| y).sum::<f64>() / n;
    let spread: f64 = points.iter().map(|(t, _)| (t - mean_t).powi(2)).sum();
    if points.len() < 2 || spread == 0.0 {
        return None;
    }
    let slope = points.iter().map(|(t, y)| (t - mean_t) * (y - mean_y)).sum::<f64>() / spread;
    Some(Line { intercept: mean_y - slope * mean_t, slope })
}

/// The middle value; the mean of the two middle ones when there is an even number.
pub(super) fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => None,
        odd if odd % 2 == 1 => Some(values[middle]),
        _ => Some(f64::midpoint(values[middle - 1], values[middle])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// domain.md §5, Fixture: one typing error (60 for 30) among ten weekly points.
    #[test]
    fn one_typing_error_turns_least_squares_and_not_theil_sen() {
        let values = [22.0, 24.0, 23.0, 27.0, 26.0, 29.0, 28.0, 60.0, 31.0, 33.0];
        let points: Vec<_> = values.iter().enumerate().map(|(n, y)| (7.0 * n as f64, *y)).collect();
        let robust = theil_sen(&points).expect("ten days");
        let least = ordinary_least_squares(&points).expect("ten days");
        assert!((robust.per_week() - 1.25).abs() < 1e-9);
        assert!((robust.intercept - 21.875).abs() < 1e-9);
        assert!((least.per_week() - 2.0545).abs() < 1e-4);
    }

    #[test]
    fn one_day_has_no_trend() {
        assert_eq!(theil_sen(&[(1.0, 2.0), (1.0, 3.0)]), None);
        assert_eq!(ordinary_least_squares(&[(1.0, 2.0), (1.0, 3.0)]), None);
        assert_eq!(theil_sen(&[]), None);
    }
}
