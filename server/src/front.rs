//! What both ways to GraphQL share: reading a request, the guard, who asks, what may leave.
//!
//! `http` and `ws` are fronts of our own because those of async-graphql carry out mutations
//! over GET, take bodies of any size and any type, and let a document through unchecked.

use std::time::Duration;

use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationType};
use async_graphql::{Executor, Request, Response, ServerError, Value, Variables};
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::{Map, Value as Json};

use crate::app::App;
use crate::auth::{self, Caller};
use crate::edge::RequestId;
use crate::error::{self, Error, Result};
use crate::guard::{self, Limits, Refusal};
use crate::ws::Bounds;

/// How long one request may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Who carries documents out, and what stands before them.
#[derive(Clone)]
pub struct Front<E> {
    /// The schema.
    pub executor: E,
    /// What documents may ask for.
    pub limits: Limits,
    /// What sockets may cost.
    pub bounds: Bounds,
    /// Everything else.
    pub app: App,
}

/// A request as it was sent: the parameters of GraphQL over HTTP, and a subscription's payload.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Params {
    /// The document.
    #[serde(default)]
    pub query: Option<String>,
    /// Or the name of one that is known here: `sha256:` and the hash of its text.
    #[serde(default)]
    pub document_id: Option<String>,
    /// Which of its operations.
    #[serde(default)]
    pub operation_name: Option<String>,
    /// What its variables stand for.
    #[serde(default)]
    pub variables: Option<Map<String, Json>>,
    /// Read so that its shape is checked; we understand none.
    #[serde(default)]
    pub extensions: Option<Map<String, Json>>,
}

/// A request that may be carried out.
pub struct Prepared {
    /// For the schema.
    pub request: Request,
    /// What it does; `None` if the document has no such operation, which the schema will say.
    pub kind: Option<OperationType>,
}

/// What a document came to.
pub enum Outcome {
    /// It was carried out, perhaps not everywhere.
    Done(Response),
    /// It was not carried out at all.
    Refused(Vec<ServerError>),
}

impl<E: Executor> Front<E> {
    /// A front with the usual limits.
    pub fn new(app: App, executor: E) -> Self {
        Self { executor, limits: Limits::default(), bounds: Bounds::default(), app }
    }

    /// Reads and checks a document.
    pub fn prepare(&self, params: Params) -> Result<Prepared, Refusal> {
        let (text, document) = self.document(params.query, params.document_id)?;
        let name = params.operation_name.filter(|name| !name.is_empty());
        let kind = kind_of(&document, name.as_deref());
        let variables = Variables::from_json(Json::Object(params.variables.unwrap_or_default()));
        let mut request = Request::new(text).variables(variables);
        if let Some(name) = name {
            request = request.operation_name(name);
        }
        request.set_parsed_query(document);
        Ok(Prepared { request, kind })
    }

    /// The document that is meant, if it is carried out here.
    fn document(&self, text: Option<String>, id: Option<String>) -> Result<(String, ExecutableDocument), Refusal> {
        let door = &self.app.door;
        let (text, document) = match (text, id) {
            (None, Some(id)) => {
                let known = door.documents.named(&id)?;
                (known.text.clone(), known.document.clone())
            }
            (Some(text), None) => {
                door.documents.admit(&text)?;
                let document = guard::read(&text, &self.limits)?;
                (text, document)
            }
            (Some(_), Some(_)) => return Err(Refusal::Syntax("send either query or documentId".to_owned())),
            (None, None) => return Err(Refusal::Syntax("query is missing".to_owned())),
        };
        if !door.introspection && guard::asks_about_schema(&document) {
            return Err(Refusal::Introspection);
        }
        Ok((text, document))
    }

    /// Who asks; `None` is somebody who does not claim to be anybody.
    pub async fn caller(&self, headers: &HeaderMap) -> Result<Option<Caller>> {
        match auth::caller::presented(&self.app.auth, headers) {
            Some(token) => self.identify(token.to_owned()).await.map(Some),
            None => Ok(None),
        }
    }

    /// Who holds that token.
    pub async fn identify(&self, token: String) -> Result<Caller> {
        let app = self.app.clone();
        let work = move |db: &mut _| auth::caller::identify(db, &app.auth, &token, app.clock.now());
        self.app.database.reading(work).await
    }

    /// Carries a query or a mutation out.
    pub async fn carry_out(&self, request: Request, id: RequestId) -> Outcome {
        let answer = tokio::time::timeout(PATIENCE, self.executor.execute(request)).await;
        match answer {
            Ok(response) => outcome(response, id),
            Err(_) => {
                let late = Error::unavailable(anyhow::anyhow!("not done within {PATIENCE:?}"));
                Outcome::Refused(vec![error::in_document(&late, id)])
            }
        }
    }
}

/// Takes out of an answer what must not leave.
pub fn outcome(mut response: Response, id: RequestId) -> Outcome {
    let refused = response.data == Value::Null
        && !response.errors.is_empty()
        && response.errors.iter().all(|error| error.path.is_empty());
    response.errors = error::masked(response.errors, id);
    if refused { Outcome::Refused(response.errors) } else { Outcome::Done(response) }
}

fn kind_of(document: &ExecutableDocument, name: Option<&str>) -> Option<OperationType> {
    let operation = match (&document.operations, name) {
        (DocumentOperations::Single(only), _) => Some(only),
        (DocumentOperations::Multiple(all), Some(name)) => {
            all.iter().find(|(key, _)| key.as_str() == name).map(|(_, operation)| operation)
        }
        (DocumentOperations::Multiple(all), None) if all.len() == 1 => all.values().next(),
        (DocumentOperations::Multiple(_), None) => None,
    }?;
    Some(operation.node.ty)
}
