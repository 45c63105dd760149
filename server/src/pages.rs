//! The pages: files that the web build left, served with the right life in caches.
//!
//! `/` chooses; `/phone/…` and `/staff/…` answer with one page each whatever comes after,
//! because the page itself reads its address. Files under `/assets/` carry their hash in their
//! name and never change; everything else is asked for again each time, the service worker
//! above all.

use std::path::{Path, PathBuf};

use axum::Router;
use axum::extract::Request;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::get;
use tower::ServiceExt;
use tower_http::services::{ServeDir, ServeFile};

/// Where the built pages are; `None` where nobody built them.
#[derive(Clone, Debug)]
pub struct Pages(pub Option<PathBuf>);

/// The routes of all pages.
pub fn routes(Pages(folder): Pages) -> Router {
    match folder {
        Some(folder) => built(&folder).layer(from_fn(shelf_life)),
        None => Router::new().route("/", get(unbuilt)).route("/phone/", get(unbuilt)).route("/staff/", get(unbuilt)),
    }
}

fn built(folder: &Path) -> Router {
    Router::new()
        .route("/phone", get(async || Redirect::temporary("/phone/")))
        .route("/staff", get(async || Redirect::temporary("/staff/")))
        .nest_service("/phone/", one_page(&folder.join("phone")))
        .nest_service("/staff/", one_page(&folder.join("staff")))
        .fallback_service(files(folder).fallback(get(missing)))
}

fn files(folder: &Path) -> ServeDir {
    ServeDir::new(folder).precompressed_br().precompressed_gzip()
}

/// A folder's files, and its page for every other address below it.
fn one_page(folder: &Path) -> ServeDir<axum::routing::MethodRouter> {
    let page = ServeFile::new(folder.join("index.html"));
    let address = async |uri: Uri, request: Request| {
        // A name with a dot is a file that is not there, not a place in the page.
        if uri.path().rsplit('/').next().is_some_and(|name| name.contains('.')) {
            return missing().await.into_response();
        }
        page.oneshot(request).await.into_response()
    };
    files(folder).fallback(get(address))
}

async fn missing() -> impl IntoResponse {
    (StatusCode::NOT_FOUND, "not found\n")
}

async fn unbuilt() -> Html<&'static str> {
    Html(
        "<!doctype html><title>Aimline</title><p>The pages are not built here. <code>cargo xtask run</code> builds them.",
    )
}

async fn shelf_life(request: Request, next: Next) -> Response {
    let is_asset = request.uri().path().starts_with("/assets/");
    let mut response = next.run(request).await;
    let life = match response.status() {
        StatusCode::OK | StatusCode::PARTIAL_CONTENT if is_asset => "public, max-age=31536000, immutable",
        _ => "no-cache",
    };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(life));
    response
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use tempfile::TempDir;

    use super::*;

    fn site() -> (TempDir, Router) {
        let folder = TempDir::new().unwrap();
        for (name, text) in [
            ("index.html", "chooser"),
            ("phone/index.html", "phone"),
            ("phone/sw.js", "worker"),
            ("staff/index.html", "staff"),
            ("assets/core-1a2b.wasm", "\0asm"),
            ("phone.webmanifest", "{}"),
        ] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let routes = routes(Pages(Some(folder.path().into())));
        (folder, routes)
    }

    async fn get_page(routes: &Router, path: &str) -> (StatusCode, String, String, String) {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let response = routes.clone().oneshot(request).await.unwrap();
        let header = |name: &str| {
            let value = response.headers().get(name).map(|value| value.to_str().unwrap());
            value.unwrap_or_default().to_owned()
        };
        let (life, kind) = (header("cache-control"), header("content-type"));
        let status = response.status();
        let body = axum::body::to_bytes(response.into_body(), 1024).await.unwrap();
        (status, life, kind, String::from_utf8(body.into()).unwrap())
    }

    #[tokio::test]
    async fn each_address_leads_to_its_page() {
        let (_folder, routes) = site();
        for (path, page) in [
            ("/", "chooser"),
            ("/phone/", "phone"),
            ("/phone/students/7", "phone"),
            ("/phone/sw.js", "worker"),
            ("/staff/students/stu_1_2/goals", "staff"),
        ] {
            let (status, life, _, body) = get_page(&routes, path).await;
            assert_eq!((status, life.as_str(), body.as_str()), (StatusCode::OK, "no-cache", page), "{path}");
        }
    }

    #[tokio::test]
    async fn only_what_never_changes_is_kept_for_ever() {
        let (_folder, routes) = site();
        let (status, life, kind, _) = get_page(&routes, "/assets/core-1a2b.wasm").await;
        assert_eq!((status, kind.as_str()), (StatusCode::OK, "application/wasm"));
        assert!(life.contains("immutable"));

        let (status, life, ..) = get_page(&routes, "/assets/core-gone.wasm").await;
        assert_eq!((status, life.as_str()), (StatusCode::NOT_FOUND, "no-cache"));
    }

    #[tokio::test]
    async fn a_missing_file_is_not_answered_with_a_page() {
        let (_folder, routes) = site();
        for path in ["/phone/old-worker.js", "/nothing", "/phone/../../secret.txt", "/%2e%2e/secret"] {
            let (status, ..) = get_page(&routes, path).await;
            assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        }
    }

    #[tokio::test]
    async fn a_folder_without_its_slash_leads_to_the_one_with() {
        let (_folder, routes) = site();
        for path in ["/phone", "/staff"] {
            assert_eq!(get_page(&routes, path).await.0, StatusCode::TEMPORARY_REDIRECT);
        }
    }
}
