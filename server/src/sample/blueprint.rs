//! The two districts, before chance fills them: schools, how many children, and the few people
//! whose names everybody should find again, because somebody signs in as them.

use chrono_tz::Tz;

/// A district to be.
#[derive(Debug)]
pub(super) struct Blueprint {
    /// Goes into every id of the sample's roster.
    pub(super) key: &'static str,
    pub(super) name: &'static str,
    pub(super) zone: Tz,
    pub(super) schools: &'static [School],
    pub(super) students: usize,
    pub(super) plans: usize,
    /// Whether the people who sign in live and work here. The visiting providers work in both.
    pub(super) is_home: bool,
}

#[derive(Debug)]
pub(super) struct School {
    pub(super) name: &'static str,
    /// From kindergarten, 0, to 12.
    pub(super) grades: std::ops::RangeInclusive<u8>,
}

pub(super) const DISTRICTS: [Blueprint; 2] = [
    Blueprint {
        key: "AV",
        name: "Aspen Valley School District",
        zone: chrono_tz::America::Denver,
        schools: &[
            School { name: "Cottonwood Elementary", grades: 0..=5 },
            School { name: "Juniper Elementary", grades: 0..=5 },
            School { name: "Silver Creek Middle School", grades: 6..=8 },
            School { name: "Aspen Valley High School", grades: 9..=12 },
        ],
        students: 424,
        plans: 64,
        is_home: true,
    },
    Blueprint {
        key: "PR",
        name: "Piñon Ridge School District",
        zone: chrono_tz::America::Denver,
        schools: &[
            School { name: "Piñon Ridge School", grades: 0..=8 },
            School { name: "Piñon Ridge High School", grades: 9..=12 },
        ],
        students: 132,
        plans: 20,
        is_home: false,
    },
];

/// Somebody who can sign in to the sample.
#[derive(Debug)]
pub struct SignIn {
    /// What they are, for the line that is printed.
    pub role: &'static str,
    /// What is typed.
    pub login: &'static str,
    /// The same in every sample, so that it can be read off a page.
    pub password: &'static str,
    /// The language they read.
    pub locale: &'static str,
    pub(super) given: &'static str,
    pub(super) family: &'static str,
    pub(super) part: Part,
}

/// Whom a sign-in belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Mother,
    Father,
    /// Serves both districts.
    Visiting(&'static str),
    Director,
    Office,
    CaseManager,
    Teacher,
}

/// Everybody who can sign in; the first three are what a newcomer needs.
pub const SIGN_INS: [SignIn; 8] = [
    SignIn {
        role: "parent",
        login: "parent",
        password: "morning garden kite",
        locale: "en",
        given: "Rosa",
        family: "Delgado Ruiz",
        part: Part::Mother,
    },
    SignIn {
        role: "provider (speech, two districts)",
        login: "provider",
        password: "yellow river lantern",
        locale: "en",
        given: "Samira",
        family: "Haddad",
        part: Part::Visiting("speech"),
    },
    SignIn {
        role: "staff (director)",
        login: "director",
        password: "quiet maple window",
        locale: "en",
        given: "Ruth",
        family: "Begay",
        part: Part::Director,
    },
    SignIn {
        role: "second parent (Spanish)",
        login: "parent2",
        password: "blue bicycle bell",
        locale: "es",
        given: "Martín",
        family: "Álvarez Soto",
        part: Part::Father,
    },
    SignIn {
        role: "provider (occupational therapy, two districts)",
        login: "provider2",
        password: "paper crane pocket",
        locale: "en",
        given: "Daniel",
        family: "Okafor",
        part: Part::Visiting("occupational"),
    },
    SignIn {
        role: "case manager",
        login: "manager",
        password: "seven copper kettles",
        locale: "en",
        given: "Priya",
        family: "Raman",
        part: Part::CaseManager,
    },
    SignIn {
        role: "teacher",
        login: "teacher",
        password: "winter apple basket",
        locale: "en",
        given: "Tom",
        family: "Lindqvist",
        part: Part::Teacher,
    },
    SignIn {
        role: "office",
        login: "office",
        password: "green paper folder",
        locale: "en",
        given: "Carlos",
        family: "Medina",
        part: Part::Office,
    },
];
