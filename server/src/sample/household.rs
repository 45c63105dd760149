//! Households: who lives with whom, who is whose mother, grandfather or foster parent. Families
//! are as varied as they are, so that every page that shows one has met the case.

use chrono::{Days, NaiveDate};
use domain::facts::RightsBasis;

use super::calendar::{date, year_of};
use super::chance::Chance;
use super::names::{COMMUNITIES, Community, Surnames};

/// A family with children at school.
#[derive(Clone, Debug)]
pub(super) struct Household {
    pub(super) language: &'static str,
    pub(super) adults: Vec<Adult>,
    pub(super) children: Vec<Child>,
}

/// A contact of all children of the household.
#[derive(Clone, Debug)]
pub(super) struct Adult {
    pub(super) given: String,
    pub(super) family: String,
    pub(super) relation: &'static str,
    pub(super) lives_with: bool,
    /// On what grounds the agency granted educational rights; nothing for a contact without.
    pub(super) rights: Option<RightsBasis>,
}

#[derive(Clone, Debug)]
pub(super) struct Child {
    pub(super) given: String,
    pub(super) family: String,
    pub(super) preferred: Option<String>,
    pub(super) born: NaiveDate,
    /// 0 is kindergarten.
    pub(super) grade: u8,
}

/// Who brings up the children.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Couple,
    Mothers,
    Fathers,
    Apart,
    Mother,
    Father,
    Grandmother,
    Foster,
    Stepfather,
}

const KINDS: &[(u32, Kind)] = &[
    (54, Kind::Couple),
    (2, Kind::Mothers),
    (2, Kind::Fathers),
    (15, Kind::Apart),
    (13, Kind::Mother),
    (3, Kind::Father),
    (4, Kind::Grandmother),
    (2, Kind::Foster),
    (5, Kind::Stepfather),
];

/// One household as chance has it.
pub(super) fn household(chance: &mut Chance, today: NaiveDate) -> Household {
    let community = chance.weighted(&COMMUNITIES);
    let kind = *chance.weighted(KINDS);
    let names = FamilyNames::draw(chance, community);
    let adults = adults(chance, community, kind, &names);
    let count = *chance.weighted(&[(60, 1), (30, 2), (10, 3)]);
    let mut grade = chance.between(0, 12);
    let mut children = Vec::new();
    while children.len() < count && grade <= 12 {
        children.push(child(chance, community, &names, u8::try_from(grade).unwrap_or(12), today));
        grade += chance.between(1, 4);
    }
    Household { language: &community.language, adults, children }
}

/// The family names of a father, a mother and their children.
struct FamilyNames {
    father_given: String,
    father: String,
    mother: String,
    children: String,
}

impl FamilyNames {
    fn draw(chance: &mut Chance, community: &Community) -> Self {
        let mut family = || chance.name(&community.families).to_owned();
        let (one, two) = (family(), family());
        let father_given = chance.name(&community.men).to_owned();
        let (father, mother, children) = match community.surnames {
            Surnames::Shared if chance.happens(0.1) => (one.clone(), two.clone(), format!("{two}-{one}")),
            Surnames::Shared => (one.clone(), one.clone(), one),
            Surnames::Both => {
                let [three, four] = [(); 2].map(|()| chance.name(&community.families));
                (format!("{one} {three}"), format!("{two} {four}"), format!("{one} {two}"))
            }
            Surnames::Fathers => (one.clone(), two, one),
            Surnames::Chain => (one.clone(), two, format!("{father_given} {one}")),
        };
        Self { father_given, father, mother, children }
    }
}

fn adults(chance: &mut Chance, community: &Community, kind: Kind, names: &FamilyNames) -> Vec<Adult> {
    use RightsBasis::{Foster, Guardian, Parent};
    let mother = chance.name(&community.women).to_owned();
    let other_woman = chance.name(&community.women).to_owned();
    let other_man = chance.name(&community.men).to_owned();
    let adult = |given: &str, family: &str, relation, lives_with, rights| Adult {
        given: given.to_owned(),
        family: family.to_owned(),
        relation,
        lives_with,
        rights,
    };
    let mum = || adult(&mother, &names.mother, "mother", true, Some(Parent));
    let dad = |lives_with| adult(&names.father_given, &names.father, "father", lives_with, Some(Parent));
    match kind {
        Kind::Couple => vec![mum(), dad(true)],
        Kind::Mothers => vec![mum(), adult(&other_woman, &names.father, "mother", true, Some(Parent))],
        Kind::Fathers => vec![dad(true), adult(&other_man, &names.mother, "father", true, Some(Parent))],
        Kind::Apart => vec![mum(), dad(false)],
        Kind::Mother => vec![mum()],
        Kind::Father => vec![dad(true)],
        Kind::Grandmother => vec![adult(&other_woman, &names.mother, "grandmother", true, Some(Guardian))],
        Kind::Foster => vec![adult(&other_woman, &names.mother, "foster mother", true, Some(Foster))],
        // Lives with the children, brings them to school, and holds no rights.
        Kind::Stepfather => vec![mum(), adult(&other_man, &names.mother, "stepfather", true, None)],
    }
}

fn child(chance: &mut Chance, community: &Community, names: &FamilyNames, grade: u8, today: NaiveDate) -> Child {
    let list = if chance.happens(0.5) { &community.women } else { &community.men };
    let given = chance.name(list).to_owned();
    let (first, _) = year_of(today);
    // Five years old by the first of September of kindergarten.
    let youngest = date(chrono::Datelike::year(&first) - 5 - i32::from(grade), 9, 1);
    let born = youngest - Days::new(chance.between(1, 364).unsigned_abs());
    let preferred = (chance.happens(0.06) && given.len() > 4).then(|| nickname(&given));
    Child { given, family: names.children.clone(), preferred, born, grade }
}

fn nickname(given: &str) -> String {
    let first = given.split(' ').next().unwrap_or(given);
    match first.char_indices().nth(3) {
        Some((end, _)) => first[..end].to_owned(),
        None => first.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_differ_and_every_child_has_somebody_who_decides() {
        let today = date(2026, 11, 22);
        let all: Vec<_> = (0..500).map(|n| household(&mut Chance::of(1, &format!("household {n}")), today)).collect();
        for household in &all {
            assert!(household.adults.iter().any(|adult| adult.rights.is_some()));
            assert!((1..=3).contains(&household.children.len()));
        }
        let relations: std::collections::BTreeSet<_> =
            all.iter().flat_map(|household| &household.adults).map(|adult| adult.relation).collect();
        let expected = ["father", "foster mother", "grandmother", "mother", "stepfather"];
        assert!(relations.into_iter().eq(expected));
        let languages: std::collections::BTreeSet<_> = all.iter().map(|household| household.language).collect();
        assert!(languages.len() >= 7, "{languages:?}");
    }

    #[test]
    fn a_kindergartner_is_five_when_the_year_begins() {
        let mut chance = Chance::of(1, "age");
        let today = date(2026, 11, 22);
        for _ in 0..50 {
            let household = household(&mut chance, today);
            for child in household.children {
                let age = date(2026, 9, 1).years_since(child.born).expect("born before");
                assert_eq!(age, 5 + u32::from(child.grade));
            }
        }
    }
}
