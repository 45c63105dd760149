//! The property of replication: any phones, any edits, any losses, repeats and reorderings;
//! when the network is good again, every copy is what the server says, and nothing that was
//! taken is lost or doubled.
//!
//! A failure names its seed; `AIMLINE_SEED=7` runs that one alone, `AIMLINE_SEEDS=1000` more.

use chrono::TimeDelta;
use domain::kinds;
use serde_json::Value;
use tests::{Fate, Stage, TestPhone, World};

const PEOPLE: [&str; 4] = ["mia", "mia", "fred", "pat"];
const FIELDS: [&str; 2] = ["vision", "strengths"];
const STEPS: u64 = 40;

#[test]
fn all_copies_end_alike_whatever_the_network_does() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let seeds = match number("AIMLINE_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("AIMLINE_SEEDS").unwrap_or(50),
    };
    let world = World::of_ana();
    for seed in seeds {
        let outcome = std::panic::catch_unwind(|| Run::new(&world, seed).run_to_its_end());
        assert!(outcome.is_ok(), "AIMLINE_SEED={seed} shows it again");
    }
}

/// One run, told by its seed.
struct Run {
    stage: Stage,
    phones: Vec<(&'static str, TestPhone)>,
    chance: Chance,
    logged: Vec<String>,
}

impl Run {
    fn new(world: &World, seed: u64) -> Self {
        let stage = world.on_sqlite();
        let phones = PEOPLE.iter().map(|name| (*name, stage.phone_of(name))).collect();
        Self { stage, phones, chance: Chance(seed), logged: Vec::new() }
    }

    fn run_to_its_end(mut self) {
        for step in 0..STEPS {
            self.step(step);
        }
        for (_, phone) in &mut self.phones {
            phone.spare();
            phone.online();
        }
        for (_, phone) in &mut self.phones {
            phone.deliver_late();
        }
        // The first round carries everything up, the second everything down.
        for _ in 0..2 {
            for (who, phone) in &mut self.phones {
                phone.sync();
                // A refresh token that came a second time, too late, ends the sign-in; the
                // phone learns of it when it gets in contact.
                if phone.state() == "expired" {
                    phone.sign_in(who);
                    phone.sync();
                }
                assert_eq!((phone.unsent(), phone.state()), (0, "ready".into()));
            }
        }
        self.compare();
    }

    fn step(&mut self, step: u64) {
        let Self { stage, phones, chance, logged } = self;
        stage.pass(TimeDelta::seconds(chance.below(60) as i64));
        let (who, phone) = &mut phones[chance.below(PEOPLE.len() as u64) as usize];
        match chance.below(14) {
            0 => phone.offline(),
            1 => phone.online(),
            2 => phone.reopen(),
            3 => phone.deliver_late(),
            4..=6 => phone.spoil(chance.fate()),
            7 => phone.sync(),
            8..=12 if *who == "pat" => {
                let note = format!("visit {step}");
                phone.log_visit_with("ana", &note, &[("reads aloud", step as f64)]);
                logged.push(note);
            }
            8 => phone.write_input("ana", "hopes", &format!("{who} hopes {step}")),
            9 => phone.resolve("ana", chance.field(), &format!("{who} chose {step}")),
            10..=12 => phone.edit_statement("ana", chance.field(), &format!("{who} wrote {step}")),
            _ => {
                stage.pass(TimeDelta::minutes(16));
                phone.sync();
            }
        }
    }

    /// Each phone against one out of the box, and that against the server's own record.
    fn compare(mut self) {
        let mut notes = self.stage.notes("ana");
        notes.sort_by_key(|note| note.len());
        let mut logged = self.logged.clone();
        logged.sort();
        logged.sort_by_key(String::len);
        assert_eq!(notes, logged);
        assert_eq!(self.stage.records(&kinds::POINT, "ana").len(), logged.len());
        for (who, phone) in &mut self.phones {
            let mut fresh = self.stage.phone_of(who);
            assert_eq!(phone.student("ana"), fresh.student("ana"), "{who}'s copy");
        }
        let (_, mia) = &mut self.phones[0];
        for field in FIELDS {
            let shown: Value = mia.statement("ana", field).into();
            let kept = self.stage.statement("ana", field);
            assert_eq!(shown, if kept.is_null() { "".into() } else { kept });
        }
    }
}

/// SplitMix64: small, and the same everywhere.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn field(&mut self) -> &'static str {
        FIELDS[self.below(FIELDS.len() as u64) as usize]
    }

    fn fate(&mut self) -> Fate {
        match self.below(5) {
            0 => Fate::Arrives,
            1 => Fate::IsLost,
            2 => Fate::LosesReply,
            3 => Fate::ArrivesTwice,
            _ => Fate::ArrivesLate,
        }
    }
}
