//! What families write: input of one guardian, and the statement that all share.

use domain::kinds;
use serde_json::json;
use tests::World;

#[test]
fn input_written_and_handed_in_offline_reaches_the_team() {
    for stage in World::of_ana().on_each_engine() {
        let (mut mia, mut fred, mut cas) = (stage.phone_of("mia"), stage.phone_of("fred"), stage.phone_of("cas"));
        mia.offline();
        mia.write_input("ana", "hopes", "That she reads to her brother.");
        mia.write_input("ana", "concerns", "She tires after lunch.");
        mia.submit_input("ana");
        mia.online();

        let input = &stage.records(&kinds::INPUT, "ana")[0];
        assert_eq!(input.text("hopes"), "That she reads to her brother.");
        assert!(!input.field("submittedAt").is_null());
        cas.sync();
        assert!(cas.holds("She tires after lunch."));
        fred.sync();
        assert!(!fred.holds("She tires after lunch."), "it is between one guardian and the team");
    }
}

#[test]
fn two_guardians_who_wrote_the_same_sentence_choose_and_the_choice_reaches_every_phone() {
    for stage in World::of_ana().on_each_engine() {
        let (mut mia, mut fred) = (stage.phone_of("mia"), stage.phone_of("fred"));
        let mut tablet = stage.phone_of("mia");
        mia.edit_statement("ana", "vision", "She reads.");
        fred.sync();
        for phone in [&mut mia, &mut fred] {
            phone.offline();
        }
        mia.edit_statement("ana", "vision", "She loves to read.");
        fred.edit_statement("ana", "vision", "She reads to others.");
        for phone in [&mut mia, &mut fred] {
            phone.online();
        }
        for phone in [&mut mia, &mut fred, &mut tablet] {
            phone.sync();
            assert_eq!(phone.versions("ana", "vision"), ["She loves to read.", "She reads to others."]);
        }

        fred.offline();
        fred.resolve("ana", "vision", "She loves to read to others.");
        assert!(fred.versions("ana", "vision").is_empty());
        fred.online();
        for phone in [&mut mia, &mut tablet, &mut fred] {
            phone.sync();
            assert!(phone.versions("ana", "vision").is_empty());
            assert_eq!(phone.statement("ana", "vision"), "She loves to read to others.");
        }
        assert_eq!(stage.statement("ana", "vision"), json!("She loves to read to others."));
    }
}

#[test]
fn a_guardians_own_earlier_edits_never_conflict_with_themselves() {
    for stage in World::of_ana().on_each_engine() {
        let mut mia = stage.phone_of("mia");
        mia.offline();
        mia.edit_statement("ana", "vision", "one");
        // Sent, but she does not know it: the next edit stands on this one.
        mia.lose_next_reply();
        mia.online();
        mia.offline();
        mia.edit_statement("ana", "vision", "one, two");
        mia.edit_statement("ana", "vision", "one, two, three");
        mia.online();
        mia.sync();
        assert!(mia.versions("ana", "vision").is_empty());
        assert_eq!(stage.statement("ana", "vision"), json!("one, two, three"));
    }
}

#[test]
fn a_version_written_while_another_chose_is_not_lost() {
    for stage in World::of_ana().on_each_engine() {
        let (mut mia, mut fred) = (stage.phone_of("mia"), stage.phone_of("fred"));
        mia.offline();
        mia.edit_statement("ana", "vision", "hers");
        fred.edit_statement("ana", "vision", "his");
        mia.online();
        mia.sync();
        fred.sync();
        fred.offline();
        fred.edit_statement("ana", "vision", "his, with more");
        mia.resolve("ana", "vision", "ours");
        fred.online();
        fred.sync();
        mia.sync();
        assert_eq!(mia.versions("ana", "vision"), ["his, with more", "ours"]);
        assert_eq!(fred.versions("ana", "vision"), ["his, with more", "ours"]);
    }
}
