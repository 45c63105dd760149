//! The tables of people, as diesel knows them.

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    agency (id) {
        id -> Uid,
        name -> Text,
        kind -> Text,
        parent -> Nullable<Uid>,
        time_zone -> Text,
        locale -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    org (agency, id) {
        agency -> Uid,
        id -> Uid,
        source_id -> Nullable<Text>,
        name -> Text,
        kind -> Text,
        parent -> Nullable<Uid>,
        ended_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    person (agency, id) {
        agency -> Uid,
        id -> Uid,
        account -> Nullable<Uid>,
        source_id -> Nullable<Text>,
        given_name -> Text,
        family_name -> Text,
        preferred_name -> Nullable<Text>,
        email -> Nullable<Text>,
        phone -> Nullable<Text>,
        language -> Nullable<Text>,
        staff_role -> Nullable<Text>,
        ended_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    student (agency, id) {
        agency -> Uid,
        id -> Uid,
        source_id -> Nullable<Text>,
        person -> Nullable<Uid>,
        given_name -> Text,
        family_name -> Text,
        preferred_name -> Nullable<Text>,
        birth_date -> Nullable<Date>,
        grade -> Nullable<Text>,
        school -> Nullable<Uid>,
        home_language -> Nullable<Text>,
        plan -> Nullable<Text>,
        ended_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    class (agency, id) {
        agency -> Uid,
        id -> Uid,
        source_id -> Nullable<Text>,
        title -> Text,
        school -> Nullable<Uid>,
        ended_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    enrollment (agency, id) {
        agency -> Uid,
        id -> Uid,
        source_id -> Nullable<Text>,
        class -> Uid,
        student -> Nullable<Uid>,
        teacher -> Nullable<Uid>,
        starts_at -> Nullable<Instant>,
        ends_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    relationship (agency, id) {
        agency -> Uid,
        id -> Uid,
        person -> Uid,
        student -> Uid,
        relation -> Text,
        lives_with -> Nullable<Bool>,
        source -> Text,
        verified_at -> Nullable<Instant>,
        verified_by -> Nullable<Uid>,
        ended_at -> Nullable<Instant>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    educational_right (agency, id) {
        agency -> Uid,
        id -> Uid,
        person -> Uid,
        student -> Uid,
        basis -> Text,
        evidence -> Text,
        starts_at -> Instant,
        ends_at -> Nullable<Instant>,
        granted_by -> Uid,
        granted_at -> Instant,
        ended_by -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    restriction (agency, id) {
        agency -> Uid,
        id -> Uid,
        person -> Uid,
        student -> Uid,
        court_order -> Text,
        starts_at -> Instant,
        recorded_by -> Uid,
        recorded_at -> Instant,
        lifted_at -> Nullable<Instant>,
        lifted_by -> Nullable<Uid>,
        lifted_evidence -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    assignment (agency, id) {
        agency -> Uid,
        id -> Uid,
        person -> Uid,
        role -> Text,
        service -> Nullable<Text>,
        student -> Nullable<Uid>,
        class -> Nullable<Uid>,
        org -> Nullable<Uid>,
        source -> Text,
        starts_at -> Instant,
        ends_at -> Nullable<Instant>,
        ended_by -> Nullable<Uid>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    majority_law (agency, id) {
        agency -> Uid,
        id -> Uid,
        age -> Integer,
        law -> Text,
        recorded_by -> Uid,
        recorded_at -> Instant,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::types::*;
    majority (agency, id) {
        agency -> Uid,
        id -> Uid,
        student -> Uid,
        starts_at -> Instant,
        age -> Integer,
        law -> Text,
        told_at -> Instant,
        told -> Text,
        recorded_by -> Uid,
        recorded_at -> Instant,
        withdrawn_at -> Nullable<Instant>,
        withdrawn_by -> Nullable<Uid>,
        withdrawn_evidence -> Nullable<Text>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(educational_right, majority);
diesel::allow_tables_to_appear_in_same_query!(agency, person);
