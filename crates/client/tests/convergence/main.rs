//! Random lives of some users: whatever they do on their devices, in whatever order, when all is at rest the devices of each agree, with
//! a new one too, both sides of a conversation and all members of a group have the same, and what was told makes what is shown.
//!
//! A life is drawn from a seed, which a failure names with the fewest things that bring it about. By hand:
//! `IMSDK_CONVERGENCE_SEED=7` lives that life, `IMSDK_CONVERGENCE_COUNT=1000` so many from there on.

mod life;
mod more;
mod ops;
mod society;
mod store;
mod told;
mod view;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use imsdk_client::config::Platform;

use crate::life::Life;
use crate::ops::{Op, USERS, life_of};
use crate::store::Store;
use crate::view::{View, between};

/// Lives that are lived by every run.
const LIVES: u64 = 8;

/// Lives through it, and gives what is wrong in the end.
fn live(ops: &[Op]) -> Vec<String> {
    let lived = catch_unwind(AssertUnwindSafe(|| {
        let mut life = Life::begin();
        ops.iter().for_each(|op| life.run(*op));
        judge(&mut life)
    }));
    lived.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        let text = text.or_else(|| panic.downcast_ref::<&str>().map(|it| (*it).to_owned()));
        vec![format!("panic: {}", text.unwrap_or_default())]
    })
}

fn judge(life: &mut Life) -> Vec<String> {
    let mut wrong = Vec::new();
    for user in 0..USERS.len() {
        (0..2).for_each(|slot| life.come(user, slot));
    }
    life.settle();
    let mut views = Vec::new();
    for user in 0..USERS.len() {
        let mut own: Vec<View> =
            (0..2).map(|slot| look(life, life.store(user, slot), &mut wrong)).collect();
        if life.store(user, 2).begun.is_some() {
            life.come(user, 2);
            life.settle();
            own.push(look(life, life.store(user, 2), &mut wrong));
        }
        let mut new = Store::new(user, "new", Platform::Web, false);
        new.come(&life.world, life.sent.len()).sync();
        let fresh = look(life, &new, &mut wrong);
        for other in &own[1..] {
            own[0].compare(other, false, life, &mut wrong);
        }
        own[0].compare(&fresh, true, life, &mut wrong);
        views.push(own.swap_remove(0));
    }
    between(&views.iter().collect::<Vec<_>>(), life, &mut wrong);
    wrong
}

fn look(life: &Life, store: &Store, wrong: &mut Vec<String>) -> View {
    let view = View::of(life, store, wrong);
    view.check(life, wrong);
    told::check(store, &view, life, wrong);
    view
}

/// Which sort of failure it is.
fn sort(wrong: &[String]) -> &str {
    wrong.first().and_then(|first| first.split(':').next()).unwrap_or_default()
}

/// Drops what a failure does not need.
fn shrink(mut ops: Vec<Op>, sort_of: &str) -> (Vec<Op>, Vec<String>) {
    let mut wrong = Vec::new();
    let mut size = ops.len() / 2;
    while size > 0 {
        let mut at = 0;
        while at < ops.len() {
            let mut fewer = ops.clone();
            fewer.drain(at..(at + size).min(ops.len()));
            let found = live(&fewer);
            if found.iter().any(|it| sort(std::slice::from_ref(it)) == sort_of) {
                (ops, wrong) = (fewer, found);
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    (ops, wrong)
}

fn number(name: &str) -> Option<u64> {
    let value = std::env::var(name).ok()?;
    Some(value.parse().unwrap_or_else(|_| panic!("{name} is no number: {value}")))
}

#[test]
fn everybody_agrees_when_all_is_at_rest() {
    let seed_asked = number("IMSDK_CONVERGENCE_SEED");
    let first = seed_asked.unwrap_or(1);
    let lives = if seed_asked.is_some() { 1 } else { LIVES };
    let count = number("IMSDK_CONVERGENCE_COUNT").unwrap_or(lives);
    // One failure of each sort is shown.
    let mut failed: BTreeMap<String, (Vec<u64>, String)> = BTreeMap::new();
    for seed in first..first + count {
        let ops = life_of(seed);
        let wrong = live(&ops);
        if wrong.is_empty() {
            continue;
        }
        let sort_of = sort(&wrong).to_owned();
        let (seeds, shown) = failed.entry(sort_of.clone()).or_default();
        seeds.push(seed);
        println!("seed {seed}: {}", wrong[0]);
        if seeds.len() == 1 {
            // That takes long.
            let asked = seed_asked.is_some();
            let (fewest, found) = if asked { shrink(ops, &sort_of) } else { (ops, Vec::new()) };
            let found = if found.is_empty() { wrong } else { found };
            *shown = format!("{fewest:#?}\n{}", found.join("\n\n"));
        }
    }
    for (sort, (seeds, shown)) in &failed {
        println!("{sort}: seeds {seeds:?}\n{shown}\n");
    }
    let seeds: Vec<u64> = failed.into_values().flat_map(|(seeds, _)| seeds).collect();
    assert!(seeds.is_empty(), "of {count} lives these failed: {seeds:?}");
}
