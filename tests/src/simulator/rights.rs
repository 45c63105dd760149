//! Who may see what, told a second time: from what the office did in the story, in a few lines
//! that share nothing with the server's rules. An order keeps somebody away, whatever they are. What reaches a phone is held against it.

use super::cast::{self, Child, ORDERS, STANDING, TIES, Tie, adult_of};
use domain::team::TeamRole;
use serde_json::Value;
use sync::{AgencyId, Micros, page::Row};
use uuid::Uuid;

/// A tie that holds, held, or will hold.
#[derive(Clone, Debug)]
pub(super) struct Held {
    /// Which of the cast's.
    pub(super) tie: usize,
    /// What says so.
    pub(super) fact: Uuid,
    from: Micros,
    until: Option<Micros>,
}

impl Held {
    fn holds(&self, now: Micros) -> bool {
        self.from <= now && self.until.is_none_or(|until| now < until)
    }

    fn tie(&self) -> &'static Tie {
        &TIES[self.tie]
    }
}

/// An order that keeps, kept, or will keep somebody away.
#[derive(Clone, Debug)]
struct Kept {
    order: usize,
    fact: Uuid,
    from: Micros,
    until: Option<Micros>,
}

/// All of them.
#[derive(Clone, Debug)]
pub(super) struct Rights {
    held: Vec<Held>,
    kept: Vec<Kept>,
}

impl Rights {
    /// As every story begins.
    pub(super) fn at_noon() -> Self {
        let held =
            (0..STANDING).map(|tie| Held { tie, fact: cast::fact(&TIES[tie], 0), from: Micros(i64::MIN), until: None });
        Self { held: held.collect(), kept: Vec::new() }
    }

    /// A tie that could be ended: the last one made of this kind, if it has not ended.
    pub(super) fn open(&self, tie: usize, now: Micros) -> Option<&Held> {
        self.held.iter().rfind(|held| held.tie == tie && held.until.is_none_or(|until| until > now))
    }

    /// What will say that this tie is made once more.
    pub(super) fn next_fact(&self, tie: usize) -> Uuid {
        let nth = self.held.iter().filter(|held| held.tie == tie).count();
        cast::fact(&TIES[tie], nth as u32)
    }

    /// The office made a tie.
    pub(super) fn made(&mut self, tie: usize, fact: Uuid, from: Micros) {
        self.held.push(Held { tie, fact, from, until: None });
    }

    /// The office ended one.
    pub(super) fn ended(&mut self, fact: Uuid, at: Micros) {
        for held in self.held.iter_mut().filter(|held| held.fact == fact) {
            held.until = Some(at.max(held.from));
        }
    }

    /// An order that could be lifted.
    pub(super) fn standing(&self, order: usize) -> Option<Uuid> {
        self.kept.iter().find(|kept| kept.order == order && kept.until.is_none()).map(|kept| kept.fact)
    }

    /// What will say that somebody is kept away once more.
    pub(super) fn next_order(&self, order: usize) -> Uuid {
        let nth = self.kept.iter().filter(|kept| kept.order == order).count();
        cast::order_fact(ORDERS[order], nth as u32)
    }

    /// The office wrote an order down.
    pub(super) fn kept_away(&mut self, order: usize, fact: Uuid, from: Micros) {
        self.kept.push(Kept { order, fact, from, until: None });
    }

    /// The office lifted one.
    pub(super) fn lifted(&mut self, fact: Uuid, at: Micros) {
        for kept in self.kept.iter_mut().filter(|kept| kept.fact == fact) {
            kept.until = Some(at);
        }
    }

    fn is_kept_away(&self, name: &str, child: Child, now: Micros) -> bool {
        self.kept.iter().any(|kept| {
            let (who, from_whom) = ORDERS[kept.order];
            let stands = kept.from <= now && kept.until.is_none_or(|until| now < until);
            stands && who == name && cast::student(from_whom) == cast::student(child)
        })
    }

    /// What somebody is now.
    fn of<'a>(&'a self, name: &'a str, now: Micros) -> impl Iterator<Item = &'static Tie> + 'a {
        let held = self.held.iter().filter(move |held| held.holds(now)).map(Held::tie);
        held.filter(move |tie| tie.person == name && !self.is_kept_away(name, tie.child, now))
    }

    /// Whether somebody has to do with a child now.
    pub(super) fn ties(&self, name: &str, child: Child, now: Micros) -> bool {
        self.of(name, now).any(|tie| cast::student(tie.child) == cast::student(child))
    }

    /// The paths of the scopes that somebody may hold now, by agency.
    pub(super) fn paths(&self, name: &str, now: Micros) -> Vec<(AgencyId, String)> {
        let own = adult_of(name).agencies.iter().flat_map(|agency| {
            let me = cast::person(*agency, name).0.simple();
            [(*agency, "reference".to_owned()), (*agency, format!("person/{me}"))]
        });
        let of_ties = self.of(name, now).flat_map(|tie| {
            let id = cast::student(tie.child).0.simple();
            let me = cast::person(tie.child.agency, name).0.simple();
            let of = |path: &str| (tie.child.agency, format!("student/{id}/{path}"));
            match (tie.role, tie.service) {
                (TeamRole::Guardian, _) => vec![of("family"), of(&format!("guardian/{me}"))],
                (TeamRole::CaseManager, _) => vec![of("glance"), of("teaching"), of("case")],
                (TeamRole::Provider, Some(service)) => {
                    vec![of("glance"), of("teaching"), of(&format!("service/{service}"))]
                }
                _ => vec![of("glance"), of("teaching")],
            }
        });
        let mut all: Vec<_> = own.chain(of_ties).collect();
        all.sort();
        all.dedup();
        all
    }

    /// Why somebody must not get this row, if they must not.
    pub(super) fn objection(&self, name: &str, agency: AgencyId, path: &str, row: &Row, now: Micros) -> Option<String> {
        if !self.paths(name, now).contains(&(agency, path.to_owned())) {
            return Some(format!("{name} gets {} in {path}", row.kind));
        }
        let sync::page::Body::Here(body) = &row.body else { return None };
        let body: Value = serde_json::from_str(body).unwrap_or_default();
        let mine = body["m"]["by"] == cast::person(agency, name).to_string();
        let subject = if row.kind.name() == "student" { row.id.to_string() } else { text(&body["s"]) };
        let is = |role: TeamRole| {
            self.of(name, now).any(|tie| tie.role == role && cast::student(tie.child).to_string() == subject)
        };
        let service = text(&body["f"]["service"]);
        let gives = self
            .of(name, now)
            .any(|tie| tie.service == Some(&*service) && cast::student(tie.child).to_string() == subject);
        let fine = match row.kind.name() {
            "input" if body["f"]["submittedAt"].is_null() => mine && is(TeamRole::Guardian),
            "input" | "answer" => is(TeamRole::CaseManager) || (mine && is(TeamRole::Guardian)),
            "statement" => is(TeamRole::CaseManager) || is(TeamRole::Guardian),
            "visit" => is(TeamRole::CaseManager) || is(TeamRole::Guardian) || gives,
            "attempt" => {
                let with_me = body["f"]["person"] == cast::person(agency, name).to_string();
                is(TeamRole::CaseManager) || (with_me && is(TeamRole::Guardian))
            }
            "org" => true,
            _ => [TeamRole::CaseManager, TeamRole::Guardian, TeamRole::Provider, TeamRole::Teacher].into_iter().any(is),
        };
        (!fine).then(|| format!("{name} gets a {} that is not for them", row.kind))
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
