//! What is set for an app, by several servers.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{App, is_look_up};
use imsdk_postgres::{Apps, Postgres};
use tokio_postgres::NoTls;

#[tokio::test(flavor = "multi_thread")]
async fn of_servers_that_set_at_once_one_does() {
    let app = App::new();
    let (one, other) = (app.connect().await, app.connect().await);
    assert_eq!(one.settings().await.unwrap(), None);
    assert!(!one.set_settings(Some("a"), "b").await.unwrap(), "there is nothing to change");
    let first = (0..8).map(|n| {
        let server = one.clone();
        async move { server.set_settings(None, &n.to_string()).await.unwrap().then_some(n) }
    });
    let first = futures_util::future::join_all(first);
    let winners: Vec<i32> = first.await.into_iter().flatten().collect();
    assert_eq!(winners.len(), 1, "{winners:?}");
    let known = winners[0].to_string();
    assert_eq!(other.settings().await.unwrap().as_ref(), Some(&known));
    let (a, b) = tokio::join!(
        one.set_settings(Some(&known), "of one"),
        other.set_settings(Some(&known), "of the other"),
    );
    let (a, b) = (a.unwrap(), b.unwrap());
    assert!(a != b, "one of them: {a}, {b}");
    let now = one.settings().await.unwrap();
    assert_eq!(now.as_deref(), Some(if a { "of one" } else { "of the other" }));
    let plans: Vec<_> = [one.plans().await.unwrap(), other.plans().await.unwrap()].concat();
    let plans: Vec<_> = plans.iter().filter(|(sql, _)| sql.contains("settings")).collect();
    assert!(!plans.is_empty() && plans.iter().all(|(_, plan)| is_look_up(plan)), "{plans:?}");
    assert_eq!(App::new().connect().await.settings().await.unwrap(), None, "another app's");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_apps_of_a_database_are_those_with_settings() {
    let url = common::cluster().create_database("apps");
    let apps = Apps::new(&url).unwrap();
    let none = BTreeSet::new();
    assert_eq!(apps.settings(&none).await.unwrap(), BTreeMap::new());
    for (app, text) in [(1, Some("one")), (u64::MAX, Some("the last")), (3, None)] {
        let postgres = Postgres::connect(&url, app, 1).await.unwrap();
        if let Some(text) = text {
            assert!(postgres.set_settings(None, text).await.unwrap());
        }
    }
    let (admin, connection) = tokio_postgres::connect(&url, NoTls).await.unwrap();
    tokio::spawn(connection);
    // Names that only look so, and one that others may not look into.
    for schema in
        ["app_", "app_x", "app_07", "app_7x", "my_app_7", "app_99999999999999999999", "app_8"]
    {
        let sql = format!("CREATE SCHEMA {schema} CREATE TABLE settings (no integer, text text)");
        admin.batch_execute(&sql).await.unwrap();
    }
    // Those of somebody else do not keep the others from being found.
    for (app, columns) in
        [(5, "id integer"), (6, "no integer, text bytea"), (7, "no text, text text")]
    {
        let sql = format!("CREATE SCHEMA app_{app} CREATE TABLE settings ({columns})");
        admin.batch_execute(&sql).await.unwrap();
    }
    admin.batch_execute("CREATE SCHEMA app_9; CREATE ROLE guest LOGIN").await.unwrap();
    let all = [(1, "one".to_owned()), (u64::MAX, "the last".to_owned())];
    assert_eq!(apps.settings(&none).await.unwrap(), BTreeMap::from(all.clone()));
    let known = BTreeSet::from([1]);
    assert_eq!(apps.settings(&known).await.unwrap(), BTreeMap::from([all[1].clone()]));
    let guest = Apps::new(&url.replace("user=imsdk", "user=guest")).unwrap();
    assert_eq!(guest.settings(&none).await.unwrap(), BTreeMap::new());
    admin.batch_execute("DROP SCHEMA app_1 CASCADE").await.unwrap();
    assert_eq!(apps.settings(&none).await.unwrap(), BTreeMap::from([all[1].clone()]));
}
