//! What the server did is noted as it happens, and held against what may be.

use super::{Failure, cast, log::short, run::Run, server::Saw};
use sync::{
    Scope,
    page::{Page, PullReply},
    push::PushAnswer,
};

impl Run<'_> {
    /// What the server did is noted, and held against what may be.
    pub(super) fn saw(&mut self, saw: Saw) -> Result<(), Failure> {
        match saw {
            Saw::Nothing => Ok(()),
            Saw::Push(push) => {
                let (request, reply, touched) = *push;
                let PushAnswer::Taken { verdicts, .. } = &reply.answer else {
                    self.note(format_args!("server: a push from {} on: {:?}", request.first, reply.answer));
                    return Ok(());
                };
                for judged in verdicts {
                    let taken = judged.verdict.is_success();
                    self.note(format_args!("server: {} {:?}", short(&judged.id.to_string()), judged.verdict));
                    let known = self.ledger.judged.entry(judged.id).or_insert(taken);
                    *known |= taken;
                }
                self.poke(&touched);
                Ok(())
            }
            Saw::Pull(account, reply) => match *reply {
                PullReply::Page(page) => {
                    let mut all = self.phones.iter().flat_map(|phone| phone.people.iter().copied());
                    let owner = all.find(|name| cast::account(name) == account);
                    owner.map_or(Ok(()), |owner| self.check_page(owner, &page))
                }
                other => {
                    self.note(format_args!("server: {other:?}"));
                    Ok(())
                }
            },
        }
    }

    /// Nothing that somebody must not see leaves the server.
    fn check_page(&mut self, owner: &'static str, page: &Page) -> Result<(), Failure> {
        self.note(format_args!(
            "server: a page for {owner}: {} rows, {} fill, {} purge, {}",
            page.rows.len(),
            page.fill.len(),
            page.purge.len(),
            if page.complete { "complete" } else { "more to come" },
        ));
        let of = |index: u32| page.scopes.get(index as usize).cloned().unwrap_or_else(|| Scope::new(cast::LAKE, "?"));
        for row in &page.rows {
            let scope = of(row.scope);
            if let Some(why) = self.rights.objection(owner, scope.agency, &scope.path, row, self.now) {
                return Err(Failure::new("nothing outside a person's scopes reaches a phone", why));
            }
        }
        for scope in &page.purge {
            if let Some(student) = domain::scope::student_of(&scope.path) {
                self.ledger.purged(owner, scope.agency, student);
            }
        }
        Ok(())
    }
}
