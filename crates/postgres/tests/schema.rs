//! How a schema comes to its version.

mod common;

use common::{App, cluster};
use imsdk_postgres::Postgres;
use imsdk_service::store::AccountStore;
use imsdk_types::Code;
use tokio_postgres::NoTls;

async fn admin() -> tokio_postgres::Client {
    let (client, connection) = tokio_postgres::connect(&cluster().url(), NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_that_start_at_once_make_one_schema() {
    let app = App::new();
    let starts = (0..8).map(|_| app.connections(1));
    let servers = futures_util::future::join_all(starts).await;
    let mut ids = Vec::new();
    for server in &servers {
        ids.push(server.store().service_id().await.unwrap());
    }
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    let other = App::new().connect().await.store().service_id().await.unwrap();
    assert_ne!(other, ids[0], "another app is another service");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_schema_is_refused_and_left_alone() {
    let app = App::new();
    app.connect().await;
    let admin = admin().await;
    let schema = format!("app_{}", app.id);
    let sql = format!("SELECT count(*) FROM {schema}.migration");
    let steps = admin.query_one(&sql, &[]).await.unwrap().get::<_, i64>(0);
    admin
        .batch_execute(&format!("INSERT INTO {schema}.migration (version) VALUES (1000)"))
        .await
        .unwrap();
    let refused = Postgres::connect(&cluster().url(), app.id, 1).await.err().unwrap();
    assert!(
        refused.is(Code::DatabaseOperateFailed) && refused.desc.contains("newer"),
        "{refused:?}"
    );
    assert_eq!(admin.query_one(&sql, &[]).await.unwrap().get::<_, i64>(0), steps + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_fails_leaves_nothing() {
    let app = App::new();
    let admin = admin().await;
    let schema = format!("app_{}", app.id);
    // A table in the way of the first step, near its end.
    admin
        .batch_execute(&format!(
            "CREATE SCHEMA {schema}; CREATE TABLE {schema}.dissolved (in_the_way int)"
        ))
        .await
        .unwrap();
    assert!(Postgres::connect(&cluster().url(), app.id, 1).await.is_err());
    let sql = "SELECT count(*) FROM pg_tables WHERE schemaname = $1";
    assert_eq!(admin.query_one(sql, &[&schema]).await.unwrap().get::<_, i64>(0), 1);
    admin.batch_execute(&format!("DROP TABLE {schema}.dissolved")).await.unwrap();
    app.connect().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_database_is_refused_with_the_reason() {
    for (url, code) in [
        ("postgres://nobody@127.0.0.1:1/x", Code::DatabaseOperateFailed),
        ("host=/nowhere user=x", Code::DatabaseOperateFailed),
        ("http://x", Code::InvalidParameters),
    ] {
        let refused = Postgres::connect(url, 1, 1).await.err().unwrap();
        assert!(refused.is(code), "{refused:?}");
    }
}
