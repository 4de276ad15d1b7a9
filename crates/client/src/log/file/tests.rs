use jiff::civil::date;

use super::*;

fn names(dir: &Path) -> Vec<String> {
    let name = |entry: io::Result<fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
    let mut names: Vec<_> = fs::read_dir(dir).unwrap().map(name).collect();
    names.sort();
    names
}

#[test]
fn a_day_has_a_file_below_all_its_parents() {
    let root = tempfile::tempdir().unwrap();
    let dir: Arc<Path> = root.path().join("a/b").into();
    let mut file = DayFile::new();
    assert!(!dir.exists());
    file.append(&dir, date(2026, 1, 31), "one\n").unwrap();
    file.append(&dir, date(2026, 1, 31), "two\n").unwrap();
    file.append(&dir, date(2026, 2, 1), "three\n").unwrap();
    assert_eq!(names(&dir), ["imsdk_20260131.log", "imsdk_20260201.log"]);
    let text = |name| fs::read_to_string(dir.join(name)).unwrap();
    assert_eq!(text("imsdk_20260131.log"), "one\ntwo\n");
    assert_eq!(text("imsdk_20260201.log"), "three\n");
    // Another process, or the next start, goes on in the same file.
    DayFile::new().append(&dir, date(2026, 2, 1), "four\n").unwrap();
    assert_eq!(text("imsdk_20260201.log"), "three\nfour\n");
}

#[test]
fn a_new_directory_gets_the_next_line() {
    let root = tempfile::tempdir().unwrap();
    let (one, two): (Arc<Path>, Arc<Path>) =
        (root.path().join("1").into(), root.path().join("2").into());
    let mut file = DayFile::new();
    for dir in [&one, &two, &one] {
        file.append(dir, date(2026, 1, 1), "x").unwrap();
    }
    let text = |dir: &Path| fs::read_to_string(dir.join("imsdk_20260101.log")).unwrap();
    assert_eq!([text(&one), text(&two)], ["xx", "x"]);
}

#[test]
fn old_log_files_go_and_nothing_else() {
    let root = tempfile::tempdir().unwrap();
    let dir: Arc<Path> = root.path().into();
    let keep = [
        "imsdk_20260201.log",     // seven days old
        "imsdk_20260209.log",     // of tomorrow: a clock was wrong
        "imsdk_20250101.xlog",    // not ours
        "imsdk_20250101.log.bak", // not ours
        "imsdk_20251301.log",     // no day
        "imsdk_2025101.log",      // no day
        "imsdk_+2025101.log",     // no day
        "my_imsdk_20250101.log",
        "imsdk_notes.log",
        "imsdk_.log",
    ];
    for name in keep.iter().chain(&["imsdk_20260131.log", "imsdk_20250101.log"]) {
        fs::write(dir.join(name), "").unwrap();
    }
    fs::create_dir(dir.join("imsdk_20250102.log")).unwrap();
    DayFile::new().append(&dir, date(2026, 2, 8), "x").unwrap();
    let mut wanted: Vec<_> = keep.iter().map(ToString::to_string).collect();
    wanted.extend(["imsdk_20260208.log".into(), "imsdk_20250102.log".into()]);
    wanted.sort();
    assert_eq!(names(&dir), wanted);
}

#[test]
fn a_failure_is_told_once_and_ends_when_it_ends() {
    let root = tempfile::tempdir().unwrap();
    let dir: Arc<Path> = root.path().join("taken").into();
    let day = date(2026, 1, 1);
    let mut file = DayFile::new();
    for _ in 0..2 {
        fs::write(&dir, "a file where the directory should be").unwrap();
        assert!(matches!(file.append(&dir, day, "x"), Err(Some(_))));
        assert!(matches!(file.append(&dir, day, "x"), Err(None)));
        fs::remove_file(&dir).unwrap();
        file.append(&dir, day, "y").unwrap();
        assert_eq!(fs::read_to_string(dir.join("imsdk_20260101.log")).unwrap(), "y");
        fs::remove_dir_all(&dir).unwrap();
        file = DayFile { open: None, ..file };
    }
}

/// Opening works, writing does not.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_once() {
    let dir: Arc<Path> = Path::new("/").into();
    let day = date(2026, 1, 1);
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut file = DayFile { open: Some((dir.clone(), day, full)), failing: None };
    assert!(matches!(file.append(&dir, day, "x"), Err(Some(_))));
    assert!(matches!(file.append(&dir, day, "x"), Err(None)));
}
