//! The GraphQL schema: what each area offers, joined.
//!
//! Resolvers are three lines: who asks ([`Request::of`]), what they ask, the answer. An error
//! is a [`crate::error::Error`] and leaves through `error::masked`. What a document may cost
//! is decided before it gets here (`guard`).

pub mod answer;
pub mod load;
pub mod node;
mod nodes;
pub mod page;
mod request;
pub mod scalars;
pub mod view;

use async_graphql::SDLExportOptions;

use crate::app::App;
use crate::auth::passkey::graphql::PasskeyMutation;
use crate::conflict::ConflictMutation;
use crate::contact::AttemptMutation;
use crate::devices::graphql::DeviceMutation;
use crate::disclosure::DisclosureMutation;
use crate::meeting::MeetingMutation;
use crate::people::graphql::PeopleQuery;
use crate::people::graphql::{MajorityMutation, PeopleMutation};
use crate::progress::GoalMutation;
use crate::record_request::RequestMutation;
use crate::replication::{Gate, Shelf, SyncMutation, SyncQuery, SyncSubscription};
use crate::retention::RetentionMutation;
use crate::review::ReviewMutation;

pub use self::nodes::{Node, Nodes};
pub use self::request::{Asking, Request, app, caller};

/// Everything that can be read.
#[derive(async_graphql::MergedObject, Default)]
pub struct Query(Server, Nodes, PeopleQuery, SyncQuery);

/// Everything that can be done.
#[derive(async_graphql::MergedObject, Default)]
pub struct Mutation(
    SyncMutation,
    PeopleMutation,
    MajorityMutation,
    DeviceMutation,
    PasskeyMutation,
    GoalMutation,
    MeetingMutation,
    ConflictMutation,
    AttemptMutation,
    RequestMutation,
    DisclosureMutation,
    RetentionMutation,
    ReviewMutation,
);

/// Everything that can be watched.
#[derive(async_graphql::MergedSubscription, Default)]
pub struct Subscription(SyncSubscription);

/// What can be asked about the server itself.
#[derive(Default)]
pub struct Server;

#[async_graphql::Object]
impl Server {
    /// The version of this server.
    async fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}

/// The schema of this server.
pub type Schema = async_graphql::Schema<Query, Mutation, Subscription>;

/// The schema, answering for `app`.
pub fn schema(app: App) -> Schema {
    let loaders = load::Loaders::new(app.database.clone(), app.clock.clone());
    builder().data(loaders).data(Gate::default()).data(Shelf::default()).data(app).finish()
}

/// The text of the schema, as `schema.graphql` keeps it.
pub fn sdl() -> String {
    let options = SDLExportOptions::new()
        .sorted_fields()
        .sorted_arguments()
        .sorted_enum_items()
        .include_specified_by()
        .use_space_ident()
        .indent_width(2);
    builder().finish().sdl_with_options(options)
}

fn builder() -> async_graphql::SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(Query::default(), Mutation::default(), Subscription::default())
        // The guard has counted already, in linear time; these weigh list sizes as well.
        .limit_depth(16)
        .limit_complexity(20_000)
        .limit_directives(5)
        .disable_suggestions()
}
