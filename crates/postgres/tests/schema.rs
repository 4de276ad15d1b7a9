//! How a schema comes to its version.

mod common;

use common::{App, cluster};
use imsdk_postgres::Postgres;
use imsdk_postgres::cluster::{Cluster, Disk};
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
async fn a_database_that_ends_in_the_middle_of_a_step_has_nothing_of_it() {
    let mut cluster = Cluster::start(Disk::Safe);
    let postgres = |sql: &str| cluster.sql("postgres", sql);
    postgres(
        "CREATE SCHEMA app_7 CREATE TABLE migration (version integer PRIMARY KEY, done timestamptz NOT NULL DEFAULT now())",
    );
    // What a step has done is all there when its number is to be written.
    let holds = cluster.begin("postgres", "BEGIN; LOCK TABLE app_7.migration IN SHARE MODE");
    let url = cluster.url();
    let started = tokio::spawn(async move { Postgres::connect(&url, 7, 1).await.map(drop) });
    let waits = "SELECT count(*) FROM pg_locks WHERE NOT granted";
    while postgres(waits) == "0" {
        tokio::task::yield_now().await;
    }
    cluster.crash();
    let refused = started.await.unwrap().unwrap_err();
    assert!(refused.is(Code::DatabaseOperateFailed), "{refused:?}");
    drop(holds);
    cluster.start_again();
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'app_7'";
    assert_eq!(cluster.sql("postgres", tables), "1");
    let app = Postgres::connect(&cluster.url(), 7, 1).await.unwrap();
    app.store().service_id().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_schema_of_ones_own_is_all_that_is_needed() {
    let app = App::new();
    let url = cluster().create_database(&format!("given{}", app.id)).replace("imsdk ", "given ");
    cluster().sql("postgres", "CREATE ROLE given LOGIN");
    let refused = Postgres::connect(&url, app.id, 1).await.err().unwrap();
    assert!(refused.desc.contains("permission denied for database"), "{refused:?}");
    let sql = format!("CREATE SCHEMA app_{} AUTHORIZATION given", app.id);
    cluster().sql(&format!("given{}", app.id), &sql);
    for _ in 0..2 {
        Postgres::connect(&url, app.id, 1).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_cannot_hold_every_text_is_refused() {
    cluster().sql("postgres", "CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0");
    let url = cluster().url().replace("dbname=postgres", "dbname=latin");
    let refused = Postgres::connect(&url, 7, 1).await.err().unwrap();
    assert!(refused.desc.contains("LATIN1"), "{refused:?}");
    let schemas = "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'app%'";
    assert_eq!(cluster().sql("latin", schemas), "0");
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
