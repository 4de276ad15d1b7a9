//! What the library carries along: nothing of a server.

use std::process::Command;

#[test]
fn the_library_depends_on_nothing_that_only_a_server_needs() {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--offline", "--package", "imsdk", "--edges", "normal"])
        .args(["--prefix", "none", "--format", "{p}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let tree = String::from_utf8(tree.stdout).unwrap();
    let has = |name: &str| tree.lines().any(|line| line.split(' ').next() == Some(name));
    assert!(has("imsdk-service"), "{tree}");
    for name in [
        "imsdk-server",
        "async-nats",
        "clap",
        "deadpool-postgres",
        "hyper",
        "object_store",
        "prometheus-client",
        "rcgen",
        "tokio-postgres",
    ] {
        assert!(!has(name), "{name} is for servers");
    }
}
