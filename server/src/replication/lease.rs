//! For how long phones may show what they were sent without asking again (decision 13).

use crate::access::Facts;
use chrono::TimeDelta;

/// The longest: a sign-in that lies idle ends on a phone after as long.
pub const LONGEST_DAYS: u16 = 120;
/// What staff get unless the operator says otherwise.
pub const STAFF_DAYS: u16 = 14;
/// What families get.
pub const FAMILY_DAYS: u16 = 60;

/// How long each side's copies may be read without a contact, in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leases {
    /// Of those whom an agency employs.
    pub staff: u16,
    /// Of families, who read of their own child.
    pub family: u16,
}

impl Default for Leases {
    fn default() -> Self {
        Self { staff: STAFF_DAYS, family: FAMILY_DAYS }
    }
}

impl Leases {
    /// That of an account, in microseconds: as staff, if any of the people that it is works somewhere.
    pub fn of(self, people: &[Facts]) -> i64 {
        let works = people.iter().any(|person| person.staff_role.is_some());
        let days = if works { self.staff } else { self.family };
        TimeDelta::days(days.into()).num_microseconds().unwrap_or(i64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::StaffRole;
    use crate::auth::refresh;
    use crate::devices::DeviceKind;
    use sync::{AgencyId, PersonId};
    use uuid::Uuid;

    fn person(staff_role: Option<StaffRole>) -> Facts {
        let (agency, person) = (AgencyId(Uuid::from_u128(1)), PersonId(Uuid::from_u128(2)));
        Facts { agency, person, staff_role, links: Vec::new() }
    }

    #[test]
    fn who_works_in_one_agency_and_is_a_parent_in_another_gets_what_staff_get() {
        let (day, leases) = (86_400_000_000, Leases::default());
        let (mother, therapist) = (person(None), person(Some(StaffRole::Provider)));
        assert_eq!(leases.of(std::slice::from_ref(&mother)), 60 * day);
        assert_eq!(leases.of(std::slice::from_ref(&therapist)), 14 * day);
        assert_eq!(leases.of(&[mother, therapist]), 14 * day);
    }

    #[test]
    fn none_is_longer_than_a_sign_in_may_lie_idle() {
        assert_eq!(i64::from(LONGEST_DAYS), refresh::idle_life(DeviceKind::Phone).num_days());
    }
}
