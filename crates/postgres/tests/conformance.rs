//! The suite that every store must pass. Each case has an app of its own in one database, which also shows that apps are separate;
//! and each statement that it used must be a look-up by an index.

mod common;

use std::cell::RefCell;
use std::future::Future;

use common::{App, block_on, is_look_up};
use imsdk_postgres::{Postgres, PostgresStore};
use imsdk_service::store::Answer;
use imsdk_service::store::conformance::Subject;

thread_local! {
    /// The connections of this case.
    static USED: RefCell<Vec<Postgres>> = const { RefCell::new(Vec::new()) };
}

impl Subject for App {
    type Store = PostgresStore;

    async fn open(&self) -> PostgresStore {
        // Its own caches: as another server would open it.
        let postgres = self.connect().await;
        let store = postgres.store();
        USED.with_borrow_mut(|used| used.push(postgres));
        store
    }

    async fn commit(&self, store: &mut PostgresStore) -> Answer<()> {
        store.commit().await
    }

    async fn rollback(&self, store: &mut PostgresStore) {
        store.rollback().await;
    }
}

/// Runs a case, and then looks at the plans of all that it asked.
fn checked(case: impl Future<Output = ()>) {
    block_on(async {
        case.await;
        for postgres in USED.take() {
            for (statement, plan) in postgres.plans().await.unwrap() {
                assert!(is_look_up(&plan), "{statement}\n{plan}");
            }
        }
    });
}

imsdk_service::store_conformance!(checked, App::new());
