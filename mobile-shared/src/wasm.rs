//! The browser's face of the core, for a dedicated worker: SQLite lies in the origin-private file
//! system, which only such a worker may open synchronously.

use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::BigInt;
use sqlite_wasm_rs::WasmOsCallback;
use sqlite_wasm_vfs::sahpool::{OpfsSAHPoolCfg, install};
use wasm_bindgen::prelude::*;

/// One database of this origin.
#[wasm_bindgen]
pub struct Store(SqliteConnection);

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

#[wasm_bindgen]
impl Store {
    /// Opens the database, or makes it.
    pub async fn open(name: &str) -> Result<Self, JsError> {
        console_error_panic_hook::set_once();
        install::<WasmOsCallback>(&OpfsSAHPoolCfg::default(), true).await?;
        let mut db = SqliteConnection::establish(name)?;
        sql_query("PRAGMA synchronous = FULL").execute(&mut db)?;
        sql_query("CREATE TABLE IF NOT EXISTS note (text TEXT NOT NULL)").execute(&mut db)?;
        Ok(Self(db))
    }

    /// Adds one row.
    pub fn add(&mut self, text: &str) -> Result<(), JsError> {
        sql_query("INSERT INTO note (text) VALUES (?)")
            .bind::<diesel::sql_types::Text, _>(text)
            .execute(&mut self.0)?;
        Ok(())
    }

    /// How many rows there are.
    pub fn count(&mut self) -> Result<f64, JsError> {
        let count: Count = sql_query("SELECT COUNT(*) AS rows FROM note").get_result(&mut self.0)?;
        Ok(count.rows as f64)
    }
}
