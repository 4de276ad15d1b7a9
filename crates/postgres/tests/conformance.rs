//! The suite that every store must pass. Each case has an app of its own in one database, which also shows that apps are separate.

mod common;

use common::{App, block_on};
use imsdk_postgres::PostgresStore;
use imsdk_service::store::Answer;
use imsdk_service::store::conformance::Subject;

impl Subject for App {
    type Store = PostgresStore;

    async fn open(&self) -> PostgresStore {
        // Its own caches: as another server would open it.
        self.connect().await.store()
    }

    async fn commit(&self, store: &mut PostgresStore) -> Answer<()> {
        store.commit().await
    }

    async fn rollback(&self, store: &mut PostgresStore) {
        store.rollback().await;
    }
}

imsdk_service::store_conformance!(block_on, App::new());
