//! What stands before every request: phones get through it, whatever an installation chose.

use server::door::Door;
use server::door::documents::Documents;
use server::door::rates::Rates;
use std::sync::Arc;
use tests::World;

#[test]
fn phones_go_on_where_nothing_but_known_documents_is_carried_out() {
    for mut stage in World::of_ana().on_each_engine() {
        let mut pat = stage.phone_of("pat");
        let pages = tempfile::tempdir().expect("a folder");
        std::fs::write(pages.path().join("documents.json"), "{}").expect("to write");
        let documents = Documents::of(pages.path(), true).expect("those of phones");
        stage.server.restart_behind(Door { documents: Arc::new(documents), ..Door::default() });

        pat.log_visit("ana", "Worked on /r/.");
        assert_eq!((stage.notes("ana"), pat.unsent()), (vec!["Worked on /r/.".into()], 0));
        let mut mia = stage.phone_of("mia");
        mia.sync();
        assert_eq!(mia.notes("ana"), ["Worked on /r/."]);
    }
}

#[test]
fn a_phone_that_is_told_to_wait_loses_nothing() {
    for mut stage in World::of_ana().on_each_engine() {
        let mut pat = stage.phone_of("pat");
        stage.server.restart_behind(Door { rates: Arc::new(Rates::of(1)), ..Door::default() });
        let notes: Vec<String> = (0..30).map(|n| format!("note {n}")).collect();
        for note in &notes {
            pat.log_visit("ana", note);
        }
        assert!(pat.unsent() > 0, "each goes in a request of its own, and 20 are let in at once");
        stage.server.restart_behind(Door::default());
        pat.sync();
        let mut there = stage.notes("ana");
        there.sort_by_key(|note| note.trim_start_matches("note ").parse::<u32>().ok());
        assert_eq!((there, pat.unsent()), (notes, 0));
    }
}
